// Histories in CSV of any bytes: persons.csv, a line "====", records.csv. What comes out must be
// tables with as many fields in every row as in the header, and an outcome or an error a person.
#include "sim/cases/case_csv.hpp"

#include <filesystem>

#include "sim/input/csv.hpp"
#include "sim/input/row_stream.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {
namespace {

void check_table(std::string const& path) {
    auto stream = input::RowStream::open(path);
    claim(stream.has_value(), "a table can be read");
    std::string_view row;
    input::RowPlace place;
    input::RowSplitter splitter;
    while (stream->next(row, place)) {
        auto const* const fields = splitter.split(row);
        claim(fields != nullptr && fields->size() == stream->header().size(),
              "a row has the fields of its header");
    }
}

} // namespace
} // namespace pensim::test

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace pensim;
    test::use_one_thread();
    constexpr std::string_view between = "====\n";
    auto const text = test::text_of(data, size);
    auto const cut = std::min(text.find(between), size);
    cases::CsvJob job;
    job.persons = test::own_folder() + "/persons.csv";
    job.records = test::own_folder() + "/records.csv";
    job.output = cases::CsvOutput::folder;
    job.folder = test::own_folder() + "/out";
    job.keep_columns = size % 2 == 0;
    test::write_text(job.persons, text.substr(0, cut));
    test::write_text(job.records, text.substr(std::min(cut + between.size(), size)));
    auto const done = cases::decide_csv(test::shipped_law("law"), job);
    if (!done) {
        test::claim(!done.error().empty(), "a refusal has a reason");
        return 0;
    }
    for (char const* const table : {"outcomes", "transfers", "refunds", "errors"}) {
        test::check_table(job.folder + "/" + table + ".csv");
    }
    std::filesystem::remove_all(job.folder);
    return 0;
}
