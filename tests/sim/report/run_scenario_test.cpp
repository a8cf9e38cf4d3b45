#include "sim/report/run_scenario.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "tests/sim/support.hpp"
#include "tests/support/shipped.hpp"
#include "tests/support/simulated.hpp"

namespace pensim::report {
namespace {

using test::areas;

Figure figure(std::string_view name) {
    return Figure::parse(name, areas()).value();
}

TEST_CASE("figures are sums over the tables") {
    auto const simulation = test::simulated("national", {.persons = 1500, .with_pilot = false});
    auto tally = engine::run_people(simulation->setup(), simulation->key(0), {0, 1500}, {});
    RunResults results(terms_of(*simulation));
    results.add(tally);
    auto const tables = tables_of(results, *simulation);
    Table const& flows = tables[0];
    Table const& years = tables[2];
    auto const sum = [](Table const& table, char const* column, auto const& counts) {
        std::int64_t total = 0;
        for (std::size_t row = 0; row < table.rows; ++row) {
            total += counts(row) ? table.column(column).whole[row] : 0;
        }
        return total;
    };
    auto const every = [](std::size_t) { return true; };
    auto const is = [](Table const& table, char const* column, std::string const& id) {
        return [&table, column, id](std::size_t row) {
            Column const& words = table.column(column);
            return words.words[words.codes[row]] == id;
        };
    };
    auto const of = [&](std::string_view name) {
        return figure(name).of(tally, simulation->scenario.horizon);
    };
    CHECK(of("flows.people") == sum(flows, "people", every));
    CHECK(of("flows.account") == sum(flows, "account", every));
    CHECK(of("flows.pooled") == sum(flows, "pooled", every));
    CHECK(of("flows.total") == of("flows.account") + of("flows.pooled"));
    CHECK(of("benefits.total")
          == sum(years, "benefits_account", every) + sum(years, "benefits_pool", every));
    CHECK(of("contributions.total")
          == sum(years, "contributions_account", every) + sum(years, "contributions_pool", every));
    auto const pair = [&](std::size_t row) {
        return is(flows, "from", "GD")(row) && is(flows, "to", "HN")(row);
    };
    CHECK(of("flows.GD.HN") > 0);
    CHECK(of("flows.GD.HN") == sum(flows, "account", pair) + sum(flows, "pooled", pair));
    std::int64_t gains = 0;
    for (Area const& area : areas().all()) {
        CAPTURE(area.id);
        std::int64_t const gain = of("gain." + area.id);
        CHECK(gain == sum(years, "portability_gain", is(years, "area", area.id)));
        gains += gain;
    }
    CHECK(gains == 0);
    // Years outside do not count.
    CHECK(figure("flows.total").of(tally, {1900, 1950}) == 0);
    CHECK(figure("flows.people").of(tally, {2010, 2019})
              + figure("flows.people").of(tally, {2020, 2100})
              + figure("flows.people").of(tally, {1998, 2009})
          == of("flows.people"));
}

TEST_CASE("a precision is a figure and a share; what is neither is named") {
    auto const precision = parse_precision("flows.total:0.5%", areas());
    REQUIRE(precision.has_value());
    CHECK(precision->share == 0.005);
    CHECK(parse_precision("gain.GD:100%", areas()).has_value());
    CHECK(parse_precision("flows.GD.HN:1e-3%", areas())->share == doctest::Approx(1e-5));
    struct Case {
        char const* text;
        char const* fault;
    };
    for (Case const& c : {
             Case{"flows.totl:1%",
                  "--until | unknown figure \"flows.totl\"; did you mean \"flows.total\"?\n"},
             {"flows.GDD.HN:1%", "--until | unknown area \"GDD\"; did you mean \"GD\"?\n"},
             {"gain.ZZ:1%", "--until | unknown area \"ZZ\""},
             {"flows.GD:1%", "--until | unknown figure \"flows.GD\""},
             {":1%", "--until | unknown figure \"\""},
             {"gain.AREA:1%", "--until | unknown area \"AREA\""},
         }) {
        CAPTURE(c.text);
        CHECK(test::faults_of(parse_precision(c.text, areas())).starts_with(c.fault));
    }
    for (std::string const text : {"flows.total",
                                   "flows.total:",
                                   "flows.total:1",
                                   "flows.total:%",
                                   "flows.total:0%",
                                   "flows.total:-1%",
                                   "flows.total:101%",
                                   "flows.total:1%%",
                                   "flows.total:one%",
                                   "flows.total:nan%",
                                   "flows.total:inf%",
                                   "flows.total:1 %",
                                   ""}) {
        CAPTURE(text);
        CHECK(test::faults_of(parse_precision(text, areas()))
              == "--until | \"" + text
                     + "\": expected a figure and a precision, such as flows.total:1%\n");
    }
}

TEST_CASE("a precision stops a run, five replicates at least") {
    struct Case {
        std::uint32_t replicates;
        char const* until;
        std::uint32_t ran;
        bool reached;
    };
    for (Case const& c : {Case{20, "flows.total:100%", 5, true},
                          {4, "flows.total:100%", 4, false}, // too few to believe it
                          {6, "flows.total:0.0001%", 6, false},
                          {1, "flows.total:1%", 1, false},
                          {3, nullptr, 3, true}}) {
        CAPTURE(c.replicates);
        auto const simulation = test::simulated(
            "hmt", {.persons = 100, .replicates = c.replicates, .with_pilot = false});
        RunOptions options;
        if (c.until != nullptr) {
            options.until = parse_precision(c.until, areas()).value();
        }
        auto const outcome = run_scenario(*simulation, options);
        CHECK(outcome.results.replicates() == c.ran);
        CHECK(outcome.results.people() == 100 * c.ran);
        CHECK(outcome.reached == c.reached);
    }
}

TEST_CASE("a precision in between stops when it is met, not before") {
    auto const simulation =
        test::simulated("hmt", {.persons = 200, .replicates = 60, .with_pilot = false});
    RunOptions options;
    options.until = parse_precision("contributions.total:3%", areas()).value();
    auto const outcome = run_scenario(*simulation, options);
    CHECK(outcome.reached);
    std::uint32_t const ran = outcome.results.replicates();
    CHECK(ran >= 5);
    Moments moments;
    for (std::uint32_t replicate = 0; replicate < ran; ++replicate) {
        auto tally =
            engine::run_people(simulation->setup(), simulation->key(replicate), {0, 200}, {});
        moments.add(figure("contributions.total").of(tally, simulation->scenario.horizon));
        Spread const spread = moments.over(replicate + 1);
        bool const met =
            replicate + 1 >= 5 && spread.hi95 - spread.mean <= 0.03 * std::abs(spread.mean);
        CHECK(met == (replicate + 1 == ran));
    }
}

TEST_CASE("progress and rows reach every replicate") {
    auto const simulation =
        test::simulated("hmt", {.persons = 50, .replicates = 3, .with_pilot = false});
    std::uint64_t done = 0;
    std::vector<std::uint32_t> asked;
    std::string text;
    engine::RowSink sink;
    RunOptions options;
    options.shard = 20;
    options.progressed = [&](std::uint64_t more) { done += more; };
    options.rows = [&](std::uint32_t replicate) {
        asked.push_back(replicate);
        sink = {[](std::string& out, std::uint64_t, engine::LifeResult const&) { out += 'x'; },
                [](std::string_view) { return std::string(); },
                [&](std::string const& rows, std::string const&) { text += rows; }};
        return &sink;
    };
    auto const outcome = run_scenario(*simulation, options);
    CHECK(done == 150);
    CHECK(asked == std::vector<std::uint32_t>{0, 1, 2});
    CHECK(text == std::string(150, 'x'));
    CHECK(outcome.results.people() == 150);
}

} // namespace
} // namespace pensim::report
