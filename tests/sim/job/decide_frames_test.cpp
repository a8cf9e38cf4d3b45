#include "sim/job/decide_frames.hpp"

#include <doctest/doctest.h>

#include "sim/job/law_setup.hpp"
#include "sim/job/wrong_input.hpp"

namespace pensim::test {
namespace {

/// Columns from rows of texts; an empty text is an empty cell.
job::Frame frame(std::string name,
                 std::vector<std::string> const& columns,
                 std::vector<std::vector<std::string>> const& rows) {
    job::Frame made{std::move(name), {}, rows.size()};
    for (std::size_t i = 0; i < columns.size(); ++i) {
        job::FrameColumn column{columns[i], {}, {}};
        for (auto const& row : rows) {
            column.codes.push_back(row[i].empty() ? -1 : static_cast<int>(column.words.size()));
            column.words.push_back(row[i]);
        }
        made.columns.push_back(std::move(column));
    }
    return made;
}

job::DecidedFrames decide(job::Frame const& persons, job::Frame const& records) {
    data::Tables const tables = job::load_tables({});
    cases::Law const law(job::load_rules({"law", ""}, tables), tables);
    return job::decide_frames(law, persons, records, {false, true}, {});
}

job::Frame const good = frame("persons",
                              {"id", "group", "sex", "birth"},
                              {{"a", "hong_kong", "male", "1966-05"},
                               {"b", "taiwan", "male", "1966-13"},
                               {"c", "macau", "female", "1980-01"}});
job::Frame const histories = frame("records",
                                   {"person_id", "area", "from", "to", "base"},
                                   {{"c", "GD", "2010-01", "2011-12", "5000"},
                                    {"nobody", "GD", "2010-01", "2011-12", "5000"},
                                    {"a", "GD", "2008-01", "2026-05", "5200.5"},
                                    {"c", "GDD", "2012-01", "2012-12", "5000"}});

TEST_CASE("each person has a row, and each fault its row of the frame") {
    auto const made = decide(good, histories);
    CHECK(made.failed == 3);
    CHECK(report::csv_of(made.errors)
          == "id,table,row,column,message\n"
             "b,persons,1,birth,\"\"\"1966-13\"\" is no month; expected YYYY-MM from 1900-01 to "
             "2199-12\"\n"
             "c,records,3,area,\"unknown area \"\"GDD\"\"; did you mean \"\"GD\"\"?\"\n"
             "nobody,records,1,person_id,\"no person has the id \"\"nobody\"\"\"\n");
    CHECK(made.outcomes.rows == 3);
    auto const& status = made.outcomes.column("status");
    CHECK(status.words[status.codes[0]] == "pension");
    CHECK(status.words[status.codes[1]] == "error");
    CHECK(made.outcomes.column("account_balance").missing == std::vector<std::uint8_t>{0, 1, 1});
    CHECK(made.json.find("\"id\": \"a\"") != std::string::npos);
}

TEST_CASE("a table that lacks a column is not decided") {
    auto lacking = good;
    lacking.columns.pop_back();
    CHECK_THROWS_AS(static_cast<void>(decide(lacking, histories)), job::WrongInput);
}

} // namespace
} // namespace pensim::test
