// Comparisons against two runs of their own, whatever the shortcuts, threads and shards; and the
// errors that paired samples leave.
#include "sim/reform/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <tbb/global_control.h>

#include "sim/data/shipped.hpp"
#include "sim/report/run_scenario.hpp"
#include "tests/sim/support.hpp"
#include "tests/support/compared.hpp"
#include "tests/support/few_lives.hpp"
#include "tests/support/monte_carlo.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {
namespace {

using engine::Change;
using reform::Comparison;
using reform::ComparisonPlan;
using reform::SampleCells;
using reform::SampleMoments;
using report::AreaColumn;
using report::Table;

/// Rows that tell of money and places.
constexpr std::array<std::string_view, 5> books{
    "flows", "flow_totals", "locations", "areas", "area_totals"};

// ---- nothing changes --------------------------------------------------------------------------

TEST_CASE("the law against itself changes nothing") {
    for (std::uint32_t const replicates : {1U, 3U}) {
        for (bool const shortcuts : {true, false}) {
            CAPTURE(replicates);
            CAPTURE(shortcuts);
            auto const simulation =
                simulated("hmt", {.persons = 300, .replicates = replicates, .with_pilot = false});
            Planned planned(*simulation, {"law"});
            planned.plan.shortcuts = shortcuts;
            planned.plan.witnesses = 2;
            Comparison const comparison = reform::compare(planned.plan);
            CHECK(comparison.people == 300 * static_cast<std::int64_t>(replicates));
            CHECK(comparison.reforms[0].people.changed == 0);
            CHECK(comparison.reforms[0].people.witnesses.empty());
            for (Table const& table : reform::tables_of(comparison, planned.plan)) {
                CAPTURE(table.name);
                if (table.name == "changes") {
                    CHECK(table.rows == engine::change_count + 1);
                    for (std::size_t row = 0; row < table.rows; ++row) {
                        CHECK(text_at(table, "people", row) == "0");
                    }
                } else if (table.name == "winners") {
                    CHECK(table.rows > 10);
                    for (std::size_t row = 0; row < table.rows; ++row) {
                        for (char const* const column :
                             {"winners", "losers", "gained_a_month", "lost_a_month"}) {
                            CHECK(text_at(table, column, row) == "0");
                        }
                    }
                } else {
                    std::string const csv = report::csv_of(table);
                    CHECK(csv.find('\n') == csv.size() - 1); // the header
                    CHECK(csv.starts_with("reform,"));
                }
            }
        }
    }
}

TEST_CASE("no table has two columns of one name") {
    auto const simulation = simulated("hmt", {.persons = 50, .with_pilot = false});
    Planned const planned(*simulation, {"five-years"});
    auto const tables = reform::tables_of(reform::compare(planned.plan), planned.plan);
    CHECK(tables.size() == 9);
    for (Table const& table : tables) {
        CAPTURE(table.name);
        std::set<std::string> names;
        for (report::Column const& column : table.columns) {
            CAPTURE(column.name);
            CHECK(names.insert(column.name).second);
        }
    }
}

// ---- two runs of their own --------------------------------------------------------------------

double at(std::map<std::string, double> const& cells, std::string const& key) {
    auto const cell = cells.find(key);
    return cell == cells.end() ? 0 : cell->second;
}

/// Exact for one replicate; else means over replicates, to the last digits of a double.
bool equal(double a, double b, bool exact) {
    return exact ? a == b : std::abs(a - b) <= 1e-9 * std::max({1.0, std::abs(a), std::abs(b)});
}

/// What a table of the comparison says against the tables of two runs: rows, and how many differ.
std::string against_runs(Table const& compared,
                         Table const& before,
                         Table const& after,
                         std::string const& reform,
                         bool exact,
                         int& rows) {
    auto const differences = cells_of_comparison(compared, reform);
    auto const first = cells_of_run(before);
    auto const second = cells_of_run(after);
    std::set<std::string> keys;
    for (auto const* const cells : {&first, &second}) {
        for (auto const& [key, value] : *cells) {
            keys.insert(key);
        }
    }
    for (std::string const& key : keys) {
        double const a = at(first, key);
        double const b = at(second, key);
        auto const cell = differences.find(key);
        if (cell == differences.end()) {
            if (!equal(a, b, exact)) {
                return key + " is left out, but differs";
            }
            continue;
        }
        ++rows;
        Compared const& c = cell->second;
        if (!equal(c.before, a, exact) || !equal(c.after, b, exact)
            || !(exact ? c.difference == b - a
                       : std::abs(c.difference - (b - a))
                             <= 1e-9 * std::max({1.0, std::abs(a), std::abs(b)}))) {
            return key + ": " + std::to_string(a) + " and " + std::to_string(b);
        }
    }
    for (auto const& [key, cell] : differences) {
        if (!keys.contains(key) && (cell.before != 0 || cell.after != 0)) {
            return key + " is in neither run";
        }
    }
    return "";
}

/// Of each shown amount the sums by hand: over years, and over areas.
std::string against_totals(std::vector<Table> const& tables,
                           std::string const& reform,
                           std::array<std::string_view, 2> names,
                           int last_year) {
    std::map<std::string, double> sums;
    for (auto const& [key, cell] : cells_of_comparison(named(tables, names[0]), reform)) {
        std::size_t const year_end = key.find('|');
        std::string const rest = key.substr(year_end + 1);
        bool const balance = rest.ends_with("_balance");
        if (balance && std::stoi(key.substr(0, year_end)) != last_year) {
            continue;
        }
        sums[rest] += cell.difference;
        // "FROM|TO|kind|measure" or "AREA|item": without areas.
        std::size_t blank = rest.find('|');
        std::string all = "|";
        if (names[0] == "flows") {
            blank = rest.find('|', blank + 1);
            all = "||";
        }
        sums[all + rest.substr(blank + 1)] += cell.difference;
    }
    auto const totals = cells_of_comparison(named(tables, names[1]), reform);
    for (auto const& [key, sum] : sums) {
        auto const total = totals.find(key);
        if ((total == totals.end() ? 0 : total->second.difference) != sum) {
            return key;
        }
    }
    for (auto const& [key, total] : totals) {
        if (!sums.contains(key) && total.difference != 0) {
            return key + " without a year";
        }
    }
    return "";
}

void check_two_runs(std::string const& scenario,
                    SimulatedOptions const& options,
                    std::vector<std::string> const& reforms) {
    CAPTURE(scenario);
    auto const simulation = simulated(scenario, options);
    Planned const planned(*simulation, reforms);
    Comparison const comparison = reform::compare(planned.plan);
    auto const tables = reform::tables_of(comparison, planned.plan);
    auto const run = [&](std::string const& rules) {
        SimulatedOptions other = options;
        other.rules = rules;
        auto const alone = simulated(scenario, other);
        return report::tables_of(report::run_scenario(*alone, {}).results, *alone);
    };
    auto const before = run(options.rules);
    int rows = 0;
    for (std::string const& reform : reforms) {
        CAPTURE(reform);
        auto const after = run(reform);
        for (char const* const name : {"flows", "locations", "areas"}) {
            CAPTURE(name);
            CHECK(against_runs(named(tables, name),
                               named(before, name),
                               named(after, name),
                               reform,
                               options.replicates == 1,
                               rows)
                  == "");
        }
        if (options.replicates == 1) {
            int const last = simulation->scenario.horizon.last;
            CHECK(against_totals(tables, reform, {"flows", "flow_totals"}, last) == "");
            CHECK(against_totals(tables, reform, {"areas", "area_totals"}, last) == "");
        }
    }
    CHECK(rows > 1000);
}

TEST_CASE("differences are those of two runs, to the fen") {
    auto reforms = shipped_reforms();
    reforms.emplace_back("law+longest-only+no-pooled-money");
    for (std::string const scenario : {"national", "foreigners"}) {
        check_two_runs(scenario, {.persons = lives_to_try(400U), .with_pilot = false}, reforms);
    }
    check_two_runs("hmt",
                   {.persons = lives_to_try(1500U), .with_pilot = false},
                   {"longest-only", "pro-rata", "law+five-years+full-employer-share"});
    check_two_runs("small",
                   {.persons = 700, .rules = "five-years", .with_pilot = false},
                   {"law", "law+longest-only+five-years"});
}

TEST_CASE("differences of several replicates are those of the means of two runs") {
    for (std::string const scenario : {"national", "hmt"}) {
        check_two_runs(scenario,
                       {.persons = 250, .replicates = 3, .with_pilot = false},
                       {"longest-only", "pro-rata", "law+five-years+no-pooled-money"});
    }
}

TEST_CASE("one life alone can be compared, without errors") {
    auto const simulation = simulated("hmt", {.persons = 1, .with_pilot = false});
    int changed = 0;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        CAPTURE(seed);
        simulation->scenario.run.seed = seed;
        Planned const planned(*simulation, {"pro-rata"});
        Comparison const comparison = reform::compare(planned.plan);
        CHECK(comparison.people == 1);
        CHECK(comparison.samples == 1);
        Table const areas = named(reform::tables_of(comparison, planned.plan), "areas");
        for (std::size_t row = 0; row < areas.rows; ++row) {
            CHECK(text_at(areas, "value_difference", row) != "0");
            CHECK(std::isnan(areas.column("value_lo95").real[row]));
        }
        changed += areas.rows > 0 ? 1 : 0;
    }
    CHECK(changed > 0);
}

// ---- how it was run -----------------------------------------------------------------------------

TEST_CASE("shortcuts, threads and shards change no byte of any table") {
    for (std::string const scenario : {"national", "hmt", "foreigners"}) {
        for (std::uint32_t const replicates : {1U, 2U}) {
            if (replicates == 2 && scenario != "national") {
                continue; // less is enough
            }
            CAPTURE(scenario);
            CAPTURE(replicates);
            auto const simulation = simulated(
                scenario,
                {.persons = lives_to_try(250U), .replicates = replicates, .with_pilot = false});
            Planned planned(
                *simulation,
                {"longest-only", "pro-rata", "law+longest-only+no-pooled-money+five-years"});
            CHECK(planned.plan.parts.size() >= 3); // parameters alone, and a step
            planned.plan.witnesses = 2;
            Comparison const quick = reform::compare(planned.plan);
            std::string const csv = csv_of_all(quick, planned.plan);
            auto const check_equal = [&](Comparison const& other) {
                CHECK(csv_of_all(other, planned.plan) == csv);
                for (std::size_t i = 0; i < quick.reforms.size(); ++i) {
                    CHECK(other.reforms[i].people.witnesses == quick.reforms[i].people.witnesses);
                    CHECK(other.reforms[i].people.first == quick.reforms[i].people.first);
                }
            };
            planned.plan.shortcuts = false;
            Comparison const slow = reform::compare(planned.plan);
            check_equal(slow);
            CHECK(slow.lives_run > quick.lives_run);
            planned.plan.shortcuts = true;
            struct Way {
                std::size_t threads;
                std::uint64_t shard;
            };
            for (Way const& way : {Way{1, 4096}, {2, 97}, {7, 1}}) {
                CAPTURE(way.threads);
                tbb::global_control const limit(tbb::global_control::max_allowed_parallelism,
                                                way.threads);
                planned.plan.shard = way.shard;
                check_equal(reform::compare(planned.plan));
            }
        }
    }
}

// ---- one group ----------------------------------------------------------------------------------

/// Residents of Hong Kong, Macau and Taiwan, and foreigners, in one scenario.
std::string mixed_scenario() {
    using Json = nlohmann::ordered_json;
    Json mixed = Json::parse(R"({"schema": "pensim/scenario/1", "id": "mixed", "extends": "hmt",
        "title": {"en": "Mixed", "zh": "混合"}, "run": {"persons": 4000},
        "population": {"people": 4000, "calibrated_to": null, "source": "test"},
        "groups": {"hong_kong": {"share": 0.3}, "macau": {"share": 0.1},
                   "taiwan": {"share": 0.2}}})");
    Json const foreigners = Json::parse(data::shipped_file("foreigners.json").value());
    mixed["groups"]["foreign"] = foreigners["groups"]["foreign"];
    mixed["groups"]["foreign"]["share"] = 0.4;
    return mixed.dump();
}

TEST_CASE("a reform of one group's rule leaves the others as they are") {
    TemporaryFolder const folder;
    std::string const reform =
        folder.file("f.json", R"({"schema": "pensim/rules/1", "id": "f", "extends": "law",
            "title": {"en": "F", "zh": "外"}, "parameters": {"place.order.foreign": [
            {"from": "2027-01", "value": ["longest"], "source": "test"}]}})");
    auto const simulation = simulated_text(mixed_scenario());
    Planned const planned(*simulation, {reform});
    Comparison const comparison = reform::compare(planned.plan);
    CHECK(comparison.reforms[0].people.changed > 20);
    auto const tables = reform::tables_of(comparison, planned.plan);
    for (std::string_view const name : {"locations", "transitions"}) {
        Table const& table = named(tables, name);
        CHECK(table.rows > 0);
        for (std::size_t row = 0; row < table.rows; ++row) {
            CHECK(text_at(table, "group", row) == "foreign");
        }
    }
    Table const& winners = named(tables, "winners");
    std::map<std::string, std::int64_t> pensions; // that change, by group
    for (std::size_t row = 0; row < winners.rows; ++row) {
        if (text_at(winners, "by", row) == "group") {
            pensions[text_at(winners, "value", row)] =
                winners.column("winners").whole[row] + winners.column("losers").whole[row];
        }
    }
    CHECK(pensions.at("foreign") > 0);
    for (char const* const group : {"hong_kong", "macau", "taiwan"}) {
        CHECK(pensions.at(group) == 0);
    }
    // The others alone: no number differs.
    auto const others = simulated("hmt", {.persons = 1200, .with_pilot = false});
    Planned const same(*others, {reform});
    Comparison const nothing = reform::compare(same.plan);
    CHECK(nothing.reforms[0].people.changed == 0);
    auto const same_tables = reform::tables_of(nothing, same.plan);
    for (std::string_view const name : books) {
        CAPTURE(name);
        CHECK(named(same_tables, name).rows == 0);
    }
}

// ---- errors -------------------------------------------------------------------------------------

constexpr FlowKey all_gathered{0, reform::all_areas, reform::all_areas, TransferKind::gather};

/// Account and pooled money that is gathered at T in a run's horizon.
double gathered(engine::Tally& tally, scenario::Horizon horizon, std::size_t i) {
    std::int64_t sum = 0;
    for (auto const& cell : tally.flows.cells()) {
        FlowKey const key = FlowKey::unpacked(cell.key);
        bool const shown = horizon.first <= key.year && key.year <= horizon.last;
        sum += shown && key.kind == TransferKind::gather ? cell.values[i] : 0;
    }
    return static_cast<double>(sum);
}

TEST_CASE("interval and factor are those of the replicates, reckoned by hand") {
    constexpr std::uint32_t replicates = 6;
    constexpr double t_5 = 2.570582; // Student's t, 5 degrees of freedom, 97.5%
    auto const simulation =
        simulated("hmt", {.persons = 300, .replicates = replicates, .with_pilot = false});
    Planned const planned(*simulation, {"longest-only"});
    Comparison const comparison = reform::compare(planned.plan);
    for (std::size_t const i : {1U, 2U}) {
        CAPTURE(i);
        Sample before;
        Sample after;
        Sample difference;
        for (std::uint32_t r = 0; r < replicates; ++r) {
            auto const number = [&](engine::Setup const& setup) {
                engine::Tally tally = engine::run_people(setup, simulation->key(r), {0, 300}, {});
                return gathered(tally, simulation->scenario.horizon, i);
            };
            double const a = number(planned.plan.baseline);
            double const b = number(planned.plan.reforms[0].setup);
            before.add(a);
            after.add(b);
            difference.add(b - a);
        }
        reform::Contrast const c = comparison.contrast(comparison.reforms[0],
                                                       &SampleMoments::flow_totals,
                                                       &SampleCells::flow_totals,
                                                       all_gathered.packed(),
                                                       i);
        double const half = t_5 * std::sqrt(difference.variance() / replicates);
        CHECK(c.mean_before == doctest::Approx(before.mean()));
        CHECK(c.mean_after == doctest::Approx(after.mean()));
        CHECK(c.difference == doctest::Approx(difference.mean()));
        CHECK(c.lo95 == doctest::Approx(difference.mean() - half).epsilon(1e-5));
        CHECK(c.hi95 == doctest::Approx(difference.mean() + half).epsilon(1e-5));
        CHECK(c.factor
              == doctest::Approx(
                  std::sqrt((before.variance() + after.variance()) / difference.variance())));
        CHECK(c.factor > 1);
    }
}

TEST_CASE("batches of one replicate leave an error like that of replicates") {
    constexpr double t_19 = 2.093024; // Student's t, 19 and 24 degrees of freedom, 97.5%
    constexpr double t_24 = 2.063899;
    constexpr std::uint32_t replicates = 25;
    auto const simulation =
        simulated("hmt", {.persons = 600, .replicates = replicates, .with_pilot = false});
    Planned const several(*simulation, {"longest-only"});
    Comparison const by_replicates = reform::compare(several.plan);
    simulation->scenario.run.replicates = 1;
    Planned const one(*simulation, {"longest-only"});
    Comparison const by_batches = reform::compare(one.plan);
    CHECK(by_batches.samples == 20);
    auto const spread = [](Comparison const& comparison, Change change) {
        return comparison.count_of(
            comparison.reforms[0].by_change[static_cast<std::size_t>(change)]);
    };
    for (Change const change : {Change::benefit_area, Change::pension, Change::transfers}) {
        CAPTURE(static_cast<int>(change));
        reform::Contrast const a = spread(by_replicates, change);
        reform::Contrast const b = spread(by_batches, change);
        // Of one replicate's number: from the error of the mean of all, and from the batches.
        double const sd_a = (a.hi95 - a.lo95) / 2 / t_24 * std::sqrt(replicates);
        double const sd_b = (b.hi95 - b.lo95) / 2 / t_19;
        // Each is known to a sixth or so; 2 is four standard errors of their quotient.
        CHECK(sd_b > sd_a / 2);
        CHECK(sd_b < sd_a * 2);
        CHECK(std::abs(b.difference - a.difference) < standard_errors * sd_a);
        // People who change are counted with their binomial error.
        double const share = a.difference / 600;
        CHECK(sd_a > std::sqrt(600 * share * (1 - share)) / 2);
        CHECK(sd_a < std::sqrt(600 * share * (1 - share)) * 2);
    }
    // Amounts: a few large ones weigh more, so that the errors are known less well.
    auto const money = [](Comparison const& comparison) {
        return comparison.contrast(comparison.reforms[0],
                                   &SampleMoments::flow_totals,
                                   &SampleCells::flow_totals,
                                   all_gathered.packed(),
                                   1);
    };
    reform::Contrast const a = money(by_replicates);
    reform::Contrast const b = money(by_batches);
    double const sd_a = (a.hi95 - a.lo95) / 2 / t_24 * std::sqrt(replicates);
    double const sd_b = (b.hi95 - b.lo95) / 2 / t_19;
    CHECK(sd_b > sd_a / 3);
    CHECK(sd_b < sd_a * 3);
    CHECK(b.difference == static_cast<double>(b.after - b.before));
    CHECK(std::abs(b.difference - a.difference) < standard_errors * sd_a);
}

TEST_CASE("the paired interval covers the true difference about as often as it says"
          * doctest::skip(few_lives())) {
    constexpr std::uint32_t replicates = 30;
    constexpr std::uint32_t experiments = 80;
    constexpr std::uint64_t persons = 25;
    auto const simulation = simulated("hmt", {.persons = persons, .with_pilot = false});
    Planned const planned(*simulation, {"longest-only"});
    engine::PairedSetup const setup{
        .first = planned.plan.baseline,
        .default_areas = areas().default_count(),
        .variants = {{planned.plan.reforms[0].setup,
                      law::RuleDifferences(rules("law"), rules("longest-only")),
                      false}}};
    constexpr std::size_t numbers = 3;
    std::array<Sample, numbers> truth;
    std::array<std::vector<reform::Contrast>, numbers> found;
    for (std::uint32_t e = 0; e < experiments; ++e) {
        std::array<report::Moments, numbers> moments;
        for (std::uint32_t r = 0; r < replicates; ++r) {
            engine::PairedTally const tally =
                engine::PairedRun(setup).run({2027, e * replicates + r}, {0, persons}, {});
            engine::ChangeTally const& people = tally.variants[0].people;
            std::array<std::int64_t, numbers> const values{
                people.changed,
                people.by_change[static_cast<std::size_t>(Change::benefit_area)],
                (people.impacts[0].gained - people.impacts[0].lost).count()};
            for (std::size_t i = 0; i < numbers; ++i) {
                moments[i].add(values[i]);
                truth[i].add(static_cast<double>(values[i]));
            }
        }
        Comparison comparison{.replicates = replicates,
                              .samples = replicates,
                              .population = engine::PopulationTally(
                                  engine::Traits(areas().size(), YearMonth(2027, 1)))};
        for (std::size_t i = 0; i < numbers; ++i) {
            found[i].push_back(comparison.count_of(moments[i]));
        }
    }
    for (std::size_t i = 0; i < numbers; ++i) {
        CAPTURE(i);
        // The mean of all experiments is as good as true: its own error is a ninth of one's.
        double const mean = truth[i].mean();
        std::size_t covered = 0;
        for (reform::Contrast const& c : found[i]) {
            covered += c.lo95 <= mean && mean <= c.hi95 ? 1 : 0;
        }
        CHECK(mean != 0);
        CHECK(surprise_of_share(covered, experiments, 0.95) < standard_errors);
    }
}

// ---- the shapes of reforms ----------------------------------------------------------------------

/// Every life of a crowd under one rule set, with its books.
class Lives {
  public:
    Lives(scenario::Simulation const& simulation, std::string_view rule_set)
        : variant_(rules(rule_set), simulation), setup_(variant_.setup()), books_(setup_.areas),
          runner_(setup_, simulation.key(0), books_) {}
    engine::LifeResult const& run(std::uint64_t person) {
        books_.clear();
        return runner_.run(person);
    }
    [[nodiscard]] std::vector<Transfer> const& transfers() const { return books_.transfers(); }

  private:
    reform::RuleVariant variant_;
    engine::Setup setup_;
    engine::LifeBooks books_;
    engine::BasicLifeRunner<engine::LifeBooks> runner_;
};

constexpr YearMonth reforms_begin(2027, 1);
constexpr std::uint64_t shape_persons = 3000;

TEST_CASE("pro rata: no money moves any more, the areas' shares are the pension") {
    for (std::string_view const id : {"national", "hmt"}) {
        CAPTURE(id);
        auto const simulation = simulated(id, {.persons = shape_persons, .with_pilot = false});
        Lives lives(*simulation, "pro-rata");
        int shared = 0;
        for (std::uint64_t person = 0; person < shape_persons; ++person) {
            CAPTURE(person);
            engine::LifeResult const& result = lives.run(person);
            for (Transfer const& transfer : lives.transfers()) {
                CHECK(transfer.month < reforms_begin);
            }
            if (!result.pension || *result.walk->settlement < reforms_begin) {
                continue;
            }
            Fen sum;
            for (AreaPension const& part : result.pension->by_area) {
                sum += part.basic + part.account;
            }
            CHECK(sum == result.pension->monthly);
            shared += result.pension->by_area.size() > 1 ? 1 : 0;
        }
        CHECK(shared > 100);
    }
}

TEST_CASE("no pooled money: from 2027 on only temporary accounts bring any along") {
    for (std::string_view const id : {"national", "hmt"}) {
        CAPTURE(id);
        auto const simulation = simulated(id, {.persons = shape_persons, .with_pilot = false});
        Lives lives(*simulation, "no-pooled-money");
        Lives law(*simulation, "law");
        int without = 0;
        for (std::uint64_t person = 0; person < shape_persons; ++person) {
            CAPTURE(person);
            engine::LifeResult const& b = lives.run(person);
            engine::LifeResult const& a = law.run(person);
            // Nobody's place or pension depends on it.
            CHECK(a.pension == b.pension);
            CHECK(a.walk->place == b.walk->place);
            CHECK(a.status == b.status);
            auto const& before = law.transfers();
            auto const& after = lives.transfers();
            REQUIRE(before.size() == after.size());
            for (std::size_t i = 0; i < before.size(); ++i) {
                Transfer expected = before[i];
                if (expected.month >= reforms_begin && expected.kind != TransferKind::temporary) {
                    without += expected.pooled > Fen{} ? 1 : 0;
                    expected.pooled = Fen{};
                }
                CHECK(after[i].account == expected.account);
                CHECK((expected.kind == TransferKind::temporary || after[i] == expected));
            }
        }
        CHECK(without > 100);
    }
}

TEST_CASE("the full employer share: each move brings no less than under the law") {
    for (std::string_view const id : {"national", "hmt"}) {
        CAPTURE(id);
        auto const simulation = simulated(id, {.persons = shape_persons, .with_pilot = false});
        Lives lives(*simulation, "full-employer-share");
        Lives law(*simulation, "law");
        int more = 0;
        for (std::uint64_t person = 0; person < shape_persons; ++person) {
            CAPTURE(person);
            engine::LifeResult const& b = lives.run(person);
            engine::LifeResult const& a = law.run(person);
            CHECK(a.pension == b.pension);
            CHECK(a.walk->place == b.walk->place);
            auto const& records = a.drawn->life.records;
            bool const employed = std::all_of(records.begin(), records.end(), [](Record const& r) {
                return r.kind == Kind::employed;
            });
            auto const& before = law.transfers();
            auto const& after = lives.transfers();
            REQUIRE(before.size() == after.size());
            for (std::size_t i = 0; i < before.size(); ++i) {
                CHECK(after[i].month == before[i].month);
                CHECK(after[i].account == before[i].account);
                if (after[i].month < reforms_begin) {
                    CHECK(after[i] == before[i]);
                } else if (employed) {
                    CHECK(after[i].pooled >= before[i].pooled);
                    more += after[i].pooled > before[i].pooled ? 1 : 0;
                }
            }
        }
        CHECK(more > 50);
    }
}

TEST_CASE("pooling between areas changes nobody, and only the balances of the pools") {
    auto const simulation = simulated("national", {.persons = 800, .with_pilot = false});
    Planned const planned(*simulation, {"central-2018", "national-pooling"});
    Comparison const comparison = reform::compare(planned.plan);
    auto const tables = reform::tables_of(comparison, planned.plan);
    for (std::string_view const name : {"flows", "flow_totals", "locations", "transitions"}) {
        CAPTURE(name);
        CHECK(named(tables, name).rows == 0);
    }
    Table const& changes = named(tables, "changes");
    CHECK(changes.rows == 2 * (engine::change_count + 1));
    for (std::int64_t const people : changes.column("people").whole) {
        CHECK(people == 0);
    }
    struct Pooling {
        std::string reform;
        int first_year;
    };
    for (Pooling const& pooling : {Pooling{"central-2018", 2018}, {"national-pooling", 2022}}) {
        CAPTURE(pooling.reform);
        std::map<std::string, double> sums;
        int rows = 0;
        for (auto const& [key, cell] :
             cells_of_comparison(named(tables, "areas"), pooling.reform)) {
            bool const adjusted = key.ends_with("|pooling_adjustment");
            CHECK((adjusted || key.ends_with("|pool_balance")));
            CHECK((!adjusted || cell.before == 0));
            CHECK(std::stoi(key) >= pooling.first_year);
            sums[key.substr(0, 4) + (adjusted ? " adjusted" : " balance")] += cell.difference;
            ++rows;
        }
        CHECK(rows > 1000);
        for (auto const& sum : sums) {
            CAPTURE(sum.first);
            CHECK(sum.second == 0);
        }
    }
}

} // namespace
} // namespace pensim::test
