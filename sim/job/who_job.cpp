#include "sim/job/who_job.hpp"

#include <fmt/format.h>

#include "core/law/words.hpp"
#include "sim/cases/case_out.hpp"
#include "sim/cases/fields.hpp"
#include "sim/job/wrong_input.hpp"
#include "sim/report/table_maker.hpp"

namespace pensim::job {

namespace {

engine::FlowQuery query_of(WhoAsked const& asked, AreaTable const& areas) {
    Problems problems;
    auto const fault_at = [&](char const* option) {
        return [&problems, option](std::string what) {
            problems.push_back({option, std::move(what)});
        };
    };
    engine::FlowQuery query;
    query.year = asked.year;
    if (!asked.from.empty()) {
        query.from = cases::decode_area(asked.from, areas, fault_at("--from"));
    }
    if (!asked.to.empty()) {
        query.to = cases::decode_area(asked.to, areas, fault_at("--to"));
    }
    if (!asked.kind.empty()) {
        query.kind = cases::decode_word<TransferKind>(asked.kind, "kind", fault_at("--kind"));
    }
    if (!problems.empty()) {
        throw WrongInput(std::move(problems));
    }
    return query;
}

} // namespace

engine::FoundPeople find_people(scenario::Simulation const& simulation,
                                WhoAsked const& asked,
                                input::OnProgress const& progressed) {
    engine::FlowQuery const query = query_of(asked, simulation.tables.areas);
    std::uint64_t const persons = simulation.scenario.run.persons;
    std::uint64_t done = 0;
    return engine::find_people(simulation.setup(),
                               simulation.key(asked.replicate),
                               {0, persons},
                               query,
                               asked.limit,
                               [&](std::uint64_t more) {
                                   done += more;
                                   if (progressed) {
                                       progressed(done, persons, done);
                                   }
                               });
}

report::Table table_of(engine::FoundPeople const& found, AreaTable const& areas) {
    using Kind = report::Column::Kind;
    report::TableMaker maker("who", 1);
    auto const person = maker.whole("person");
    auto const group = maker.words("group", report::words_of<Group>());
    auto const sex = maker.words("sex", report::words_of<Sex>());
    auto const birth = maker.months("birth");
    auto const month = maker.months("month");
    auto const from = maker.words("from", report::area_words(areas));
    auto const to = maker.words("to", report::area_words(areas));
    auto const kind = maker.words("kind", report::words_of<TransferKind>());
    auto const account = maker.number("account", Kind::yuan);
    auto const pooled = maker.number("pooled", Kind::yuan);
    auto const branch = maker.words("branch", report::words_of<Branch>());
    auto const benefit_area = maker.words("benefit_area", report::area_words(areas));
    for (engine::FoundTransfer const& one : found.first) {
        Transfer const& t = one.transfer;
        maker.put_whole(person, static_cast<std::int64_t>(one.person));
        maker.put(group, static_cast<std::size_t>(one.group));
        maker.put(sex, static_cast<std::size_t>(one.sex));
        maker.put_month(birth, one.birth);
        maker.put_month(month, t.month);
        maker.put(from, static_cast<std::size_t>(t.from));
        maker.put(to, static_cast<std::size_t>(t.to));
        maker.put(kind, static_cast<std::size_t>(t.kind));
        maker.put_whole(account, t.account.count());
        maker.put_whole(pooled, t.pooled.count());
        maker.put(branch, static_cast<std::size_t>(one.branch));
        maker.put(benefit_area,
                  one.benefit_area ? static_cast<std::size_t>(*one.benefit_area) : areas.size());
        maker.end_row();
    }
    return maker.finish_plain();
}

void check(SampleAsked const& asked) {
    if (asked.first >= random::persons_max || asked.persons > random::persons_max - asked.first) {
        throw WrongInput("--first",
                         fmt::format("{} persons from {} on: they are numbered from 0 to {}",
                                     asked.persons,
                                     asked.first,
                                     random::persons_max - 1));
    }
}

void sample_cases(scenario::Simulation const& simulation,
                  SampleAsked const& asked,
                  std::function<void(std::string_view)> const& write) {
    std::string const& rules = asked.scenario.setting.rules;
    write(cases::cases_head(rules.empty() ? simulation.scenario.rules : rules,
                            fmt::format("persons {} to {} of scenario {}, seed {}, "
                                        "replicate {}",
                                        asked.first,
                                        asked.first + asked.persons - 1,
                                        simulation.scenario.id,
                                        simulation.scenario.run.seed,
                                        asked.replicate)));
    world::LifeDrawer drawer(simulation.world, simulation.law->context(), simulation.limits);
    std::string text;
    for (std::uint64_t i = 0; i < asked.persons; ++i) {
        std::uint64_t const person = asked.first + i;
        auto const& drawn = drawer.draw(simulation.key(asked.replicate), person);
        text = i == 0 ? "" : ",\n";
        cases::append_case(text, fmt::format("{}", person), drawn.life, simulation.tables.areas);
        write(text);
    }
    write(cases::cases_end());
}

} // namespace pensim::job
