#include "bench/support/careers.hpp"

#include <filesystem>
#include <fstream>
#include <random>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "core/law/words.hpp"
#include "sim/rules/rule_files.hpp"

namespace pensim::bench {

data::Tables const& tables() {
    static data::Tables const loaded = data::load_tables({}).value();
    return loaded;
}

cases::Law const& law() {
    static cases::Law const loaded(rules::load_rules("law", tables()).value(), tables());
    return loaded;
}

Life career(std::uint64_t number) {
    std::mt19937_64 random(number);
    auto const draw = [&](int low, int high) { // a bias of 2^-50 does not matter here
        return low + static_cast<int>(random() % static_cast<std::uint64_t>(high - low + 1));
    };
    auto const areas = static_cast<int>(tables().areas.default_count());
    auto const area = [&] { return static_cast<AreaId>(draw(0, areas - 1)); };
    constexpr int records = 12;
    Life life;
    life.group = number % 4 == 0   ? Group::mainland
                 : number % 4 == 1 ? Group::hong_kong
                 : number % 4 == 2 ? Group::macau
                                   : Group::taiwan;
    life.birth = YearMonth(1966, 1) + Months(draw(0, 239));
    if (life.group == Group::mainland) {
        life.hukou = area();
    }
    YearMonth month = life.birth + Months::of_years(22);
    AreaId where = area();
    for (int i = 0; i < records; ++i) {
        if (draw(0, 9) < 4) {
            where = area();
        }
        Months const length(draw(6, 35));
        Record record;
        record.area = where;
        record.from = month;
        record.to = month + length - Months(1);
        record.base = Fen(draw(200'000, 2'000'000));
        life.records.push_back(record);
        month = month + length + Months(draw(0, 2));
    }
    return life;
}

CareerFiles::CareerFiles(std::uint64_t persons) {
    folder_ = (std::filesystem::temp_directory_path()
               / fmt::format("pensim-bench-{}", std::random_device{}()))
                  .string();
    std::filesystem::create_directory(folder_);
    std::ofstream person_file(folder_ + "/persons.csv");
    std::ofstream record_file(folder_ + "/records.csv");
    person_file << "id,group,sex,birth,hukou\n";
    record_file << "person_id,area,from,to,base\n";
    auto const& areas = tables().areas;
    for (std::uint64_t number = 0; number < persons; ++number) {
        Life const life = career(number);
        fmt::print(person_file,
                   "p{},{},{},{},{}\n",
                   number,
                   word(life.group),
                   word(life.sex),
                   life.birth.text(),
                   life.hukou ? areas[*life.hukou].id : "");
        for (Record const& record : life.records) {
            fmt::print(record_file,
                       "p{},{},{},{},{}.{:02}\n",
                       number,
                       areas[record.area].id,
                       record.from.text(),
                       record.to.text(),
                       record.base.count() / 100,
                       record.base.count() % 100);
        }
    }
}

CareerFiles::~CareerFiles() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

} // namespace pensim::bench
