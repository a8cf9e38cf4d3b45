// Sums of money that leave 64 bits: over people, over replicates, in a comparison, in a report.
// Each ends the command with what to do, and nothing is written.
#include <doctest/doctest.h>

#include "sim/data/shipped.hpp"
#include "sim/input/csv.hpp"
#include "tests/app/program.hpp"

namespace pensim::test {

namespace {

/// The shipped wages, all of them this, for ever.
void write_wages(TemporaryFolder const& folder, std::string const& yuan_per_month) {
    std::filesystem::create_directory(folder.path("rich"));
    folder.file("rich/wage_projection.csv", "from_year,growth_ppm,source\n2025,0,test\n");
    std::string const shipped(data::shipped_file("data/average_wage.csv").value());
    std::string wages;
    input::RowSplitter splitter;
    for (std::size_t start = 0; start < shipped.size();) {
        std::size_t const end = std::min(input::row_end(shipped, start), shipped.size());
        auto const& row = *splitter.split(std::string_view(shipped).substr(start, end - start));
        REQUIRE(row.size() == 5);
        wages += start == 0 ? std::string("area,year,yuan_per_month,method,source\n")
                            : std::string(row[0]) + "," + std::string(row[1]) + "," + yuan_per_month
                                  + ",observed,test\n";
        start = end;
    }
    folder.file("rich/average_wage.csv", wages);
}

/// A scenario of so many people, each of them simulated.
void write_scenario(TemporaryFolder const& folder, std::string const& people) {
    folder.file("x.json",
                R"({"schema": "pensim/scenario/1", "id": "x", "extends": "small",
                    "title": {"en": "X", "zh": "甲"},
                    "population": {"people": )"
                    + people + R"(, "calibrated_to": null}, "run": {"persons": )" + people + "}}");
}

/// The law, with other shares: up to ten times the base.
void write_rules(TemporaryFolder const& folder,
                 std::string const& id,
                 std::vector<std::string> const& keys) {
    std::string parameters;
    for (std::string const& key : keys) {
        parameters += (parameters.empty() ? "\"" : ", \"") + key
                      + R"(": [{"from": "1998-01", "value": 10, "source": "test"}])";
    }
    folder.file(id + ".json",
                R"({"schema": "pensim/rules/1", "id": ")" + id
                    + R"(", "extends": "law", "title": {"en": "X", "zh": "甲"}, "parameters": {)"
                    + parameters + "}}");
}

constexpr char const* largest_wage = "30000000000";
std::string const range = " leaves the range of 64-bit fen; expected ";

/// Runs what must say `told`, and leave nothing.
void check_refused(TemporaryFolder const& folder,
                   std::string const& arguments,
                   std::string const& told) {
    CAPTURE(arguments);
    Ran const ran = run(folder, arguments + " --data rich -o out");
    CHECK(ran.status == 2);
    CHECK(ran.out.empty());
    CHECK(ran.err == "pensim: " + told + "\n");
    CHECK_FALSE(std::filesystem::exists(folder.path("out")));
}

void check_fits(TemporaryFolder const& folder, std::string const& arguments) {
    CAPTURE(arguments);
    CHECK(run(folder, arguments + " --data rich --no-report -o fits").status == 0);
    std::filesystem::remove_all(folder.path("fits"));
}

} // namespace

TEST_CASE("the books of too many rich people") {
    TemporaryFolder const folder;
    write_wages(folder, largest_wage);
    write_rules(folder, "dear", {"contribution.employer_rate"});
    write_scenario(folder, "100");
    check_fits(folder, "run x.json --rules dear.json");
    write_scenario(folder, "2000");
    check_refused(folder,
                  "run x.json --rules dear.json",
                  "an amount" + range + "fewer persons, or lower wages");
}

TEST_CASE("flows of too many replicates") {
    TemporaryFolder const folder;
    write_wages(folder, largest_wage);
    write_rules(folder, "dear", {"contribution.employer_rate", "transfer.pooled_rate"});
    write_scenario(folder, "300");
    check_fits(folder, "run x.json --rules dear.json --replicates 2");
    check_refused(folder,
                  "run x.json --rules dear.json --replicates 20",
                  "a sum of flows over years and replicates" + range
                      + "fewer replicates, fewer persons, or lower wages");
}

TEST_CASE("pensions of a comparison of too many replicates") {
    TemporaryFolder const folder;
    write_wages(folder, largest_wage);
    write_rules(folder, "rich", {"contribution.employer_rate", "account.rate"});
    write_scenario(folder, "30");
    check_fits(folder, "run x.json --rules rich.json --replicates 20");
    check_fits(folder, "compare x.json --rules law --rules rich.json --replicates 2");
    check_refused(folder,
                  "compare x.json --rules law --rules rich.json --replicates 20",
                  "a sum of the comparison" + range
                      + "fewer replicates, fewer persons, or lower wages");
}

TEST_CASE("amounts of few lives that stand for too many people") {
    TemporaryFolder const folder;
    write_wages(folder, "10000000000");
    check_fits(folder, "run small --persons 20"); // tables show the lives that were simulated
    check_refused(folder,
                  "run small --persons 20",
                  "an amount times the people that a life stands for" + range
                      + "fewer people, or lower wages");
}

} // namespace pensim::test
