#include "sim/report/manifest.hpp"

#include <doctest/doctest.h>

#include "sim/input/json_merge.hpp"
#include "sim/report/run_scenario.hpp"
#include "sim/scenario/scenario_json.hpp"
#include "tests/sim/support.hpp"
#include "tests/support/shipped.hpp"
#include "tests/support/simulated.hpp"

namespace pensim::report {
namespace {

using test::faults_of;
using test::replaced;

std::vector<TableDigest> digests_of(std::vector<Table> const& tables) {
    std::vector<TableDigest> digests;
    for (Table const& table : tables) {
        digests.push_back({table.name + ".csv", table.rows, sha256(csv_of(table))});
    }
    return digests;
}

/// A scenario run to its end, and its manifest.
struct Finished {
    explicit Finished(std::string const& rules = "", std::optional<Precision> until = {})
        : simulation(test::simulated("hmt", {.persons = 200, .replicates = 7, .rules = rules})),
          results(run_scenario(*simulation, {.until = until}).results),
          digests(digests_of(tables_of(results, *simulation))) {}
    [[nodiscard]] std::string manifest(ManifestFacts const& facts) const {
        return manifest_json(*simulation, results, digests, facts);
    }
    std::unique_ptr<scenario::Simulation> simulation;
    RunResults results;
    std::vector<TableDigest> digests;
};

ManifestFacts const facts{"0.1.0", "flows.total:1%", "", true, {"2026-01-02T03:04:05Z", 1.5, 2}};

TEST_CASE("a manifest says what made a run what it is") {
    Finished const run;
    std::string const text = run.manifest(facts);
    auto const json = input::parse_json(text).value();
    CHECK(json.find("schema")->text == "pensim/manifest/1");
    CHECK(json.find("version")->text == "0.1.0");
    CHECK(json.find("scenario_id")->text == "hmt");
    CHECK(json.find("rules_id")->text == "law");
    CHECK(json.find("seed")->text == "20191129");
    CHECK(json.find("persons")->text == "200");
    CHECK(json.find("people")->text == std::to_string(run.simulation->people));
    CHECK(json.find("replicates")->text == "7");
    CHECK(json.find("until")->text == "flows.total:1%");
    CHECK(json.find("microdata")->boolean);
    CHECK(json.find("clock")->find("started")->text == "2026-01-02T03:04:05Z");
    CHECK(json.find("clock")->find("threads")->text == "2");
    REQUIRE(json.find("tables")->items.size() == 13);
    CHECK(json.find("tables")->items[0].find("file")->text == "flows.csv");
    CHECK(json.find("tables")->items[0].find("sha256")->text == run.digests[0].sha256);
    CHECK(json.find("scenario")->find("run")->find("persons")->text == "200");
    CHECK(json.find("scenario")->find("run")->find("replicates")->text == "7");
    CHECK(json.find("rules")->find("schema")->text == "pensim/rules/1");
    CHECK(json.find("scenario_sha256")->text == sha256(input::json_text(*json.find("scenario"))));
}

TEST_CASE("only the clock tells two runs apart") {
    Finished const run;
    ManifestFacts later = facts;
    later.clock = {"2027-01-02T03:04:05Z", 99, 7};
    auto const a = input::parse_json(run.manifest(facts)).value();
    auto const b = input::parse_json(run.manifest(later)).value();
    REQUIRE(a.members.size() == b.members.size());
    for (std::size_t i = 0; i < a.members.size(); ++i) {
        CAPTURE(a.members[i].key);
        CHECK(a.members[i].key == b.members[i].key);
        bool const same =
            input::json_text(a.members[i].value) == input::json_text(b.members[i].value);
        CHECK(same == (a.members[i].key != "clock"));
    }
}

TEST_CASE("a manifest read again runs to the same tables, whatever rules and precision it had") {
    for (std::string const rules : {"", "pro-rata"}) {
        CAPTURE(rules);
        Finished const run(rules, parse_precision("flows.total:90%", test::areas()).value());
        CHECK(run.results.replicates() < 7);
        auto const manifest = read_manifest(run.manifest(facts)).value();
        CHECK(manifest.version == "0.1.0");
        CHECK(manifest.microdata);
        CHECK(manifest.data_folder.empty());
        CHECK(manifest.data_sha256 == data_digest({}));
        auto scenario =
            scenario::read_scenario("manifest", "", manifest.scenario, test::tables()).value();
        CHECK(scenario.run.replicates == run.results.replicates());
        auto const again =
            scenario::prepare(std::move(scenario), {}, {"manifest", manifest.rules}).value();
        CHECK(again->people == run.simulation->people);
        auto const digests = digests_of(tables_of(run_scenario(*again, {}).results, *again));
        REQUIRE(manifest.tables.size() == digests.size());
        for (std::size_t i = 0; i < digests.size(); ++i) {
            CHECK(manifest.tables[i].file == digests[i].file);
            CHECK(manifest.tables[i].rows == digests[i].rows);
            CHECK(manifest.tables[i].sha256 == digests[i].sha256);
        }
    }
}

TEST_CASE("faults of a manifest") {
    Finished const run;
    std::string const good = run.manifest(facts);
    CHECK(faults_of(read_manifest(good)) == "(no problem)\n");
    CHECK(faults_of(read_manifest("")) == "line 1, column 1 | not JSON: the text ends too early\n");
    CHECK(faults_of(read_manifest("{}")).starts_with(" | \"schema\" is missing\n"));
    CHECK(faults_of(read_manifest("[]")) != "(no problem)\n");
    CHECK(faults_of(read_manifest(replaced(good, "pensim/manifest/1", "pensim/manifest/2")))
          == "/schema | expected \"pensim/manifest/1\"\n");
    for (std::string const key : {"version",
                                  "data_folder",
                                  "data_sha256",
                                  "microdata",
                                  "scenario",
                                  "rules",
                                  "replicates"}) {
        CAPTURE(key);
        auto json = input::parse_json(good).value();
        std::erase_if(json.members, [&](auto const& member) { return member.key == key; });
        std::string const faults = faults_of(read_manifest(input::json_text(json)));
        CHECK(faults == " | \"" + key + "\" is missing\n");
    }
    CHECK(faults_of(read_manifest(replaced(good, "\"tables\":", "\"other\":")))
          == "/tables | expected the digests of tables\n");
    for (std::string const name : {"", "../flows.csv", "/etc/passwd", ".hidden", "a\\u001b[31m"}) {
        CAPTURE(name);
        std::string const faults =
            faults_of(read_manifest(replaced(good, "\"flows.csv\"", "\"" + name + "\"")));
        CHECK(faults.starts_with("/tables/0/file | \""));
        CHECK(faults.ends_with("\" is no name of a table; expected such as flows.csv\n"));
    }
    CHECK(faults_of(read_manifest(replaced(good, "\"suppress_below\": 0", "\"suppress_below\": 5")))
          == "/suppress_below | expected one replicate, and no microdata\n");
    CHECK(faults_of(read_manifest(replaced(good, "\"sha256\":", "\"sha\":")))
          == "/tables/0 | \"sha256\" is missing\n");
}

TEST_CASE("the digest of the data tables sees a table of one's own") {
    test::TemporaryFolder const folder;
    CHECK(data_digest(data::TableSource(folder.path())) == data_digest({}));
    folder.file("interest_rates.csv", "year,rate_ppm,source\n2020,0,test\n");
    CHECK(data_digest(data::TableSource(folder.path())) != data_digest({}));
    folder.file("interest_rates.csv", data::shipped_file("data/interest_rates.csv").value());
    CHECK(data_digest(data::TableSource(folder.path())) == data_digest({}));
}

} // namespace
} // namespace pensim::report
