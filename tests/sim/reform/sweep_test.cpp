#include "sim/reform/sweep.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <map>
#include <numeric>
#include <random>
#include <set>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <tbb/global_control.h>

#include "core/law/words.hpp"
#include "sim/reform/change_names.hpp"
#include "sim/rules/rule_change.hpp"
#include "tests/sim/support.hpp"
#include "tests/support/few_lives.hpp"
#include "tests/support/shipped.hpp"
#include "tests/support/simulated.hpp"

namespace pensim::test {

namespace {

using reform::Comparison;
using reform::ComparisonPlan;
using reform::Contrast;
using reform::parse_axis;
using reform::Sweep;
using reform::SweepAxis;
using report::AreaColumn;
using report::Table;

constexpr YearMonth later(2027, 1);

/// Made ready once; what it simulates is of no matter.
scenario::Simulation const& few() {
    static auto const ready = simulated("hmt", {.persons = 10, .with_pilot = false});
    return *ready;
}

std::vector<SweepAxis> parsed_axes(std::vector<std::string> const& settings) {
    std::vector<SweepAxis> axes;
    axes.reserve(settings.size());
    for (std::string const& setting : settings) {
        axes.push_back(parse_axis(setting).value());
    }
    return axes;
}

Result<Sweep> swept(std::vector<std::string> const& settings,
                    std::optional<YearMonth> from = std::nullopt,
                    scenario::Simulation const& simulation = few()) {
    return Sweep::make(simulation, parsed_axes(settings), from);
}

/// The rule set of a setting, made one parameter after the other.
law::RuleBook book_of(Sweep const& sweep,
                      std::size_t setting,
                      std::optional<YearMonth> from,
                      law::RuleBook book) {
    for (std::size_t i = 0; i < sweep.axes().size(); ++i) {
        SweepAxis const& axis = sweep.axes()[i];
        book =
            rules::with_value(
                book, axis.key, axis.values[sweep.value_of(setting, i)], from, "separate", tables())
                .value();
    }
    return book;
}

} // namespace

TEST_CASE("the values of a parameter on the command line") {
    struct Case {
        std::string why;
        std::string text;
        std::vector<std::string> values;
        std::vector<double> numbers;
    };
    for (auto const& c : std::vector<Case>{
             {"up", "a.b=60:100:20", {"60", "80", "100"}, {60, 80, 100}},
             {"down", "a.b=3:1:-1", {"3", "2", "1"}, {3, 2, 1}},
             {"shares, exactly",
              "a.b=0.06:0.18:0.03",
              {"0.06", "0.09", "0.12", "0.15", "0.18"},
              {0.06, 0.09, 0.12, 0.15, 0.18}},
             {"the finest step",
              "a.b=0.999999:1.000001:0.000001",
              {"0.999999", "1", "1.000001"},
              {0.999999, 1, 1.000001}},
             {"through nothing", "a.b=-0.5:0.5:0.5", {"-0.5", "0", "0.5"}, {-0.5, 0, 0.5}},
             {"misses the end", "a.b=60:180:50", {"60", "110", "160"}, {60, 110, 160}},
             {"misses it downwards", "a.b=180:60:-50", {"180", "130", "80"}, {180, 130, 80}},
             {"a step beyond the end", "a.b=60:61:12", {"60"}, {60}},
             {"from is to", "a.b=60:60:12", {"60"}, {60}},
             {"from is to, downwards", "a.b=60:60:-12", {"60"}, {60}},
             {"as far as numbers go",
              "a.b=-9000000000000:9000000000000:9000000000000",
              {"-9000000000000", "0", "9000000000000"},
              {-9e12, 0, 9e12}},
             {"misses the end there",
              "a.b=0:9000000000000:5000000000000",
              {"0", "5000000000000"},
              {0, 5e12}},
             {"one value", "a.b=72", {"72"}, {72}},
             {"a list", "a.b=60,120,72", {"60", "120", "72"}, {60, 120, 72}},
             {"with blanks", "a.b=60, 120 ,72", {"60", "120", "72"}, {60, 120, 72}},
             {"words", "a.b=latest_start,none", {R"("latest_start")", R"("none")"}, {}},
             {"words in quotes", R"(a.b="actual",0.1)", {R"("actual")", "0.1"}, {}},
             {"a number in quotes is a word", R"(a.b="60","72")", {R"("60")", R"("72")"}, {}},
             {"true, false and nothing", "a.b=true,false,null", {"true", "false", "null"}, {}},
             {"lists",
              R"(a.b=["longest"],["relation_qualified","longest"],[])",
              {R"(["longest"])", R"(["relation_qualified","longest"])", "[]"},
              {}},
             {"shares by area",
              R"(a.b={"*": 0.16, "GD": 0.14},{"*":0.2})",
              {R"({"*": 0.16, "GD": 0.14})", R"({"*":0.2})"},
              {}},
             {"an equals sign in a value", "a.b=c=d", {R"("c=d")"}, {}},
             {"nothing between commas", "a.b=60,,72", {"60", R"("")", "72"}, {}},
         }) {
        CAPTURE(c.why);
        auto const axis = parse_axis(c.text);
        REQUIRE(axis.has_value());
        CHECK(axis->key == "a.b");
        CHECK(axis->values == c.values);
        REQUIRE(axis->numbers.size() == c.numbers.size());
        for (std::size_t i = 0; i < c.numbers.size(); ++i) {
            CHECK(axis->numbers[i] == c.numbers[i]);
        }
    }
    auto const most = parse_axis("a.b=1:1000:1").value().values;
    CHECK(most.size() == Sweep::settings_max);
    CHECK(most.front() == "1");
    CHECK(most.back() == "1000");
}

TEST_CASE("values that cannot be read") {
    for (std::string const text : {"place.min_months",
                                   "",
                                   "=",
                                   "=60",
                                   "place.min_months=",
                                   "place.min_months=60:180:0",
                                   "place.min_months=60:180:-12",
                                   "place.min_months=180:60:12",
                                   "place.min_months=60:59:12",
                                   "place.min_months=60:180",
                                   "place.min_months=60:180:12:1",
                                   "place.min_months=60:180:",
                                   "place.min_months=:",
                                   "place.min_months=1:1001:1",
                                   "place.min_months=1001:1:-1",
                                   "place.min_months=-9000000000000:9000000000000:1",
                                   "place.min_months=9000000000000:-9000000000000:-1",
                                   "place.min_months=0:10000000000000:10000000000000",
                                   "transfer.pooled_rate=0:0.1:0.0000001",
                                   "place.tie=latest_start:none:1",
                                   "place.tie=latest_start:none",
                                   "place.min_months=60,72:84:1"}) {
        CAPTURE(text);
        CHECK(faults_of(parse_axis(text))
              == "--set | \"" + text
                     + "\": expected PARAMETER=from:to:step with fewer than 1000 steps from `from` "
                       "to `to`, or PARAMETER=value,value,..., such as "
                       "place.min_months=60:180:12\n");
    }
}

TEST_CASE("sweeps that cannot be made") {
    struct Case {
        std::string why;
        std::vector<std::string> settings;
        std::string faults;
    };
    for (auto const& c : std::vector<Case>{
             {"unknown, said once",
              {"place.min_month=60:180:12"},
              "--set | place.min_month: unknown parameter \"place.min_month\"; did you mean "
              "\"place.min_months\"?\n"},
             {"twice the same",
              {"place.min_months=60,72", "place.min_months=84"},
              "--set | \"place.min_months\" is set twice\n"},
             {"of another kind",
              {"place.min_months=60,ten,72"},
              "--set | place.min_months: expected a number, found a text\n"},
             {"out of range",
              {"place.min_months=0:24:12"},
              "--set | place.min_months: expected 1 or more\n"},
             {"an unknown word",
              {"place.tie=latest_strat,latest_start"},
              "--set | place.tie: unknown tie rule \"latest_strat\"; did you mean "
              "\"latest_start\"?\n"},
             {"rates that do not fit",
              {"account.rate=0.08,0.3"},
              "--set | account.rate: from 1900-01 the account takes more than employer and "
              "employee pay\n"},
             {"too many",
              {"place.min_months=1:40:1", "transfer.pooled_rate=0:0.2:0.005"},
              "--set | 1640 settings; expected no more than 1000\n"},
             {"more than a number can say",
              {"retirement.male.original_age=1:999:1", // 999^7 is beyond 2^64
               "retirement.female_management.original_age=1:999:1",
               "retirement.female_worker.original_age=1:999:1",
               "temporary.male_age=1:999:1",
               "temporary.female_age=1:999:1",
               "place.min_months=1:999:1",
               "pension.required_months=1:999:1"},
              "--set | 18446744073709551615 settings; expected no more than 1000\n"},
             {"all at once",
              {"place.min_month=60,72", "place.tie=latest_strat,none", "place.min_month=84"},
              "--set | \"place.min_month\" is set twice\n"
              "--set | place.min_month: unknown parameter \"place.min_month\"; did you mean "
              "\"place.min_months\"?\n"
              "--set | place.tie: unknown tie rule \"latest_strat\"; did you mean "
              "\"latest_start\"?\n"},
         }) {
        CAPTURE(c.why);
        CHECK(faults_of(swept(c.settings)) == c.faults);
    }
    CHECK(faults_of(swept({"account.rate=0.3"}, later))
          == "--set | account.rate: from 2027-01 the account takes more than employer and employee "
             "pay\n");
    CHECK(swept({"place.min_months=1:40:1", "transfer.pooled_rate=0:0.12:0.005"})->settings()
          == Sweep::settings_max);
}

TEST_CASE("every combination, the last parameter fastest, under the rule set it names") {
    auto const sweep = swept({"place.min_months=60:120:60",
                              "place.count_transferred_months=true,false",
                              R"(place.order.hmt=["longest"],["relation_qualified","longest"])"},
                             later)
                           .value();
    REQUIRE(sweep.settings() == 8);
    auto const plan = sweep.plan();
    REQUIRE(plan.reforms.size() == 8);
    CHECK_FALSE(plan.yearly);
    std::size_t setting = 0;
    for (std::size_t a = 0; a < 2; ++a) {
        for (std::size_t b = 0; b < 2; ++b) {
            for (std::size_t c = 0; c < 2; ++c, ++setting) {
                CAPTURE(setting);
                CHECK(sweep.value_of(setting, 0) == a);
                CHECK(sweep.value_of(setting, 1) == b);
                CHECK(sweep.value_of(setting, 2) == c);
                reform::Reform const& reform = plan.reforms[setting];
                CHECK(reform.name
                      == fmt::format("place.min_months={},place.count_transferred_months={},"
                                     "place.order.hmt={}",
                                     a == 0 ? "60" : "120",
                                     b == 0 ? "true" : "false",
                                     c == 0 ? R"(["longest"])"
                                            : R"(["relation_qualified","longest"])"));
                law::RuleBook const wanted = book_of(sweep, setting, later, rules("law"));
                CHECK(rules::difference_of(wanted, reform.setup.law.book, areas()).empty());
                auto const differences = rules::difference_of(rules("law"), wanted, areas());
                REQUIRE(reform.differences.size() == differences.size());
                for (std::size_t i = 0; i < differences.size(); ++i) {
                    CHECK(reform.differences[i].key == differences[i].key);
                    CHECK(reform.differences[i].from == later);
                    CHECK(reform.differences[i].second == differences[i].second);
                }
            }
        }
    }
    CHECK(swept({"place.election_area=null,GD"})->settings() == 2);
    CHECK(swept({R"(contribution.employer_rate={"*":0.16},{"*":0.12,"GD":0.1})"})->settings() == 2);
}

TEST_CASE("the line through a figure: by hand") {
    auto const sweep = swept({"place.min_months=60:180:60"}).value();
    auto const exact = slope_of(sweep, {33, 63, 93}); // 3 + months / 2
    CHECK(exact.per_unit[0] == doctest::Approx(0.5));
    CHECK(exact.lowest == 33);
    CHECK(exact.highest == 93);
    CHECK(exact.fit == doctest::Approx(1));
    // Mean 3; (-60)(-2) + 0(-1) + 60(3) = 300 over 7200; of the variance 300²/7200 over 4 + 1 + 9.
    auto const bent = slope_of(sweep, {1, 2, 6});
    CHECK(bent.per_unit[0] == doctest::Approx(300.0 / 7200));
    CHECK(bent.lowest == 1);
    CHECK(bent.highest == 6);
    CHECK(bent.fit == doctest::Approx(300.0 * 300 / 7200 / 14));
    auto const falling = slope_of(sweep, {6, 2, 1});
    CHECK(falling.per_unit[0] == doctest::Approx(-300.0 / 7200));
    CHECK(falling.fit == doctest::Approx(bent.fit));
    // As high on both sides: no slope, and the line explains nothing.
    auto const hill = slope_of(sweep, {1, 4, 1});
    CHECK(hill.per_unit[0] == 0);
    CHECK(hill.fit == 0);
    for (double const height : {0.0, 0.1, 1e15 / 7}) {
        auto const flat = slope_of(sweep, {height, height, height});
        CHECK(flat.per_unit[0] == 0);
        CHECK(flat.lowest == height);
        CHECK(flat.highest == height);
        CHECK(std::isnan(flat.fit));
    }
}

TEST_CASE("the line through a figure: two parameters, words, a value twice") {
    auto const both =
        swept({"place.min_months=60:180:60", "transfer.pooled_rate=0.05:0.2:0.05"}).value();
    std::vector<double> plane;
    for (double const months : {60, 120, 180}) {
        for (double const rate : {0.05, 0.1, 0.15, 0.2}) {
            plane.push_back(7 + 2 * months - 5000 * rate);
        }
    }
    auto const exact = slope_of(both, plane);
    CHECK(exact.per_unit[0] == doctest::Approx(2));
    CHECK(exact.per_unit[1] == doctest::Approx(-5000));
    CHECK(exact.lowest == doctest::Approx(7 + 120 - 1000));
    CHECK(exact.highest == doctest::Approx(7 + 360 - 250));
    CHECK(exact.fit == doctest::Approx(1));

    // With a word in the other place the slope is that over the settings of every word.
    auto const mixed =
        swept({"place.tie=latest_start,latest_last_paid", "place.min_months=60:180:60"}).value();
    auto const slope = slope_of(mixed, {1, 2, 6, 11, 12, 16});
    CHECK(std::isnan(slope.per_unit[0]));
    CHECK(slope.per_unit[1] == doctest::Approx(300.0 / 7200));
    // Twice 300²/7200, of the 14 of each word about its mean and 5² of each setting about both.
    CHECK(slope.fit == doctest::Approx(2 * 300.0 * 300 / 7200 / (2 * 14 + 6 * 25)));

    auto const words = slope_of(swept({"place.tie=latest_start,none"}).value(), {1, 3});
    CHECK(std::isnan(words.per_unit[0]));
    CHECK(words.highest == 3);
    CHECK(words.fit == 0);
    CHECK(std::isnan(slope_of(swept({"place.min_months=60,60"}).value(), {4, 4}).per_unit[0]));
    CHECK(std::isnan(slope_of(swept({"place.min_months=60"}).value(), {4}).per_unit[0]));
}

TEST_CASE("the line leaves what no line can explain") {
    // Least squares: what is left has no mean and goes with no parameter.
    auto const sweep =
        swept({"place.min_months=60,72,120,240", "transfer.pooled_rate=0,0.12,0.2"}).value();
    std::mt19937_64 random(20270101);
    std::uniform_real_distribution<double> heights(-1000, 1000);
    for (int round = 0; round < 50; ++round) {
        std::vector<double> figure(sweep.settings());
        std::generate(figure.begin(), figure.end(), [&] { return heights(random); });
        auto const slope = slope_of(sweep, figure);
        auto const n = static_cast<double>(figure.size());
        double const mean = std::accumulate(figure.begin(), figure.end(), 0.0) / n;
        std::array<double, 2> centre{(60 + 72 + 120 + 240) / 4.0, (0 + 0.12 + 0.2) / 3};
        std::array<double, 2> with_axis{};
        double left = 0;
        double all = 0;
        for (std::size_t s = 0; s < figure.size(); ++s) {
            double rest = figure[s] - mean;
            all += rest * rest;
            for (std::size_t axis = 0; axis < 2; ++axis) {
                rest -= slope.per_unit[axis]
                        * (sweep.axes()[axis].numbers[sweep.value_of(s, axis)] - centre[axis]);
            }
            left += rest * rest;
            for (std::size_t axis = 0; axis < 2; ++axis) {
                with_axis[axis] +=
                    rest * (sweep.axes()[axis].numbers[sweep.value_of(s, axis)] - centre[axis]);
            }
        }
        CHECK(std::abs(with_axis[0]) < 1e-6);
        CHECK(std::abs(with_axis[1]) < 1e-6);
        CHECK(slope.fit == doctest::Approx(1 - left / all));
    }
}

namespace {

constexpr std::array<std::string_view, 3> measures{"people", "account", "pooled"};
constexpr std::array book_figures{AreaColumn::contributions_account,
                                  AreaColumn::contributions_pool,
                                  AreaColumn::benefits_account,
                                  AreaColumn::benefits_pool,
                                  AreaColumn::refunds,
                                  AreaColumn::inheritances};

/// People and fen by name, as runs of their own have them, summed over replicates: figures, and
/// flows as "GD HN move pooled".
using Sums = std::map<std::string, std::int64_t>;

std::string figure_name(std::string_view kind, std::string_view measure) {
    return fmt::format("flows.{}.{}", kind, measure);
}
std::string flow_name(std::string_view from,
                      std::string_view to,
                      std::string_view kind,
                      std::string_view measure) {
    return fmt::format("{} {} {} {}", from, to, kind, measure);
}

Sums separate_run(scenario::Simulation const& ready,
                  engine::Setup const& setup,
                  report::BooksTerms const& terms) {
    Sums sums;
    scenario::RunSpec const& spec = ready.scenario.run;
    for (std::uint32_t replicate = 0; replicate < spec.replicates; ++replicate) {
        auto tally = engine::run_people(setup, ready.key(replicate), {0, spec.persons}, {});
        for (auto const& cell : tally.flows.cells()) {
            FlowKey const key = FlowKey::unpacked(cell.key);
            if (key.year < terms.horizon.first || key.year > terms.horizon.last) {
                continue;
            }
            std::string const kind(word(key.kind));
            std::string const& from = ready.tables.areas[key.from].id;
            std::string const& to = ready.tables.areas[key.to].id;
            for (std::size_t i = 0; i < measures.size(); ++i) {
                sums[figure_name(kind, measures[i])] += cell.values[i];
                sums[flow_name(from, to, kind, measures[i])] += cell.values[i];
                sums[flow_name("", "", kind, measures[i])] += cell.values[i];
                sums["flows.total"] += i > 0 ? cell.values[i] : 0;
            }
        }
        for (report::AreaCell const& cell : report::area_cells(tally, terms)) {
            for (AreaColumn const column : book_figures) {
                sums[std::string(column_name(column))] += value_of(cell, column);
            }
            for (AreaColumn const column :
                 {AreaColumn::benefits_account, AreaColumn::benefits_pool}) {
                sums["benefits.total"] += value_of(cell, column);
            }
            AreaId const area = report::AreaKey::unpacked(cell.key).area;
            sums["gain." + ready.tables.areas[area].id] +=
                value_of(cell, AreaColumn::portability_gain);
        }
    }
    return sums;
}

std::int64_t sum_of(Sums const& sums, std::string const& name) {
    auto const found = sums.find(name);
    return found == sums.end() ? 0 : found->second;
}

struct Figure {
    std::string name;
    bool money = false;
    bool counted = false; ///< of people who change: no run of its own has it
    Contrast alone;       ///< of a comparison with this setting alone
};

/// Every figure of a comparison with one reform.
std::vector<Figure> figures_of(Comparison const& alone, AreaTable const& areas) {
    reform::ReformResult const& r = alone.reforms.front();
    std::vector<Figure> figures;
    auto const changed = [&](report::Moments const& count) {
        Contrast contrast = alone.count_of(count);
        contrast.factor = std::nan("");
        return contrast;
    };
    figures.push_back({"changed.any", false, true, changed(r.changed)});
    auto const changes = reform::change_names();
    for (std::size_t c = 0; c < changes.size(); ++c) {
        figures.push_back({"changed." + changes[c], false, true, changed(r.by_change[c])});
    }
    figures.push_back({"winners", false, true, changed(r.winners)});
    figures.push_back({"losers", false, true, changed(r.losers)});
    figures.push_back({"flows.total", true, false, alone.total(r, reform::MoneyTotal::moved)});
    figures.push_back(
        {"benefits.total", true, false, alone.total(r, reform::MoneyTotal::pensions)});
    for (std::size_t k = 0; k < words<TransferKind>.size(); ++k) {
        FlowKey const key{0, reform::all_areas, reform::all_areas, static_cast<TransferKind>(k)};
        for (std::size_t i = 0; i < measures.size(); ++i) {
            figures.push_back({figure_name(words<TransferKind>[k], measures[i]),
                               i > 0,
                               false,
                               alone.contrast(r,
                                              &reform::SampleMoments::flow_totals,
                                              &reform::SampleCells::flow_totals,
                                              key.packed(),
                                              i)});
        }
    }
    auto const books = [&](std::string name, AreaId area, AreaColumn column) {
        figures.push_back({std::move(name),
                           true,
                           false,
                           alone.contrast(r,
                                          &reform::SampleMoments::area_totals,
                                          &reform::SampleCells::area_totals,
                                          report::AreaKey{0, area}.packed(),
                                          static_cast<std::size_t>(column))});
    };
    for (AreaColumn const column : book_figures) {
        books(std::string(column_name(column)), reform::all_areas, column);
    }
    for (std::size_t a = 0; a < areas.size(); ++a) {
        auto const id = static_cast<AreaId>(a);
        books("gain." + areas[id].id, id, AreaColumn::portability_gain);
    }
    return figures;
}

/// The same number, or neither is one.
bool same(double a, double b) {
    return a == b || (std::isnan(a) && std::isnan(b));
}

std::string const& word_at(Table const& table, std::string_view column, std::size_t row) {
    auto const& words = table.column(column);
    return words.words[words.codes[row]];
}

double real_at(Table const& table, std::string_view column, std::size_t row) {
    return table.column(column).real[row];
}

struct Example {
    std::string scenario;
    std::vector<std::string> settings;
    std::optional<YearMonth> from;
    std::uint64_t persons = 2000;
    std::uint32_t replicates = 1;
};

/// One sweep in one pass, beside each of its settings alone.
struct Beside {
    explicit Beside(Example const& example)
        : ready(simulated(example.scenario,
                          {.persons = lives_to_try(example.persons),
                           .replicates = example.replicates,
                           .with_pilot = false})),
          sweep(swept(example.settings, example.from, *ready).value()), plan(sweep.plan()),
          comparison(compare(plan)), tables(tables_of(comparison, plan, sweep)),
          before(separate_run(*ready, ready->setup(), report::terms_of(*ready))) {
        for (std::size_t s = 0; s < sweep.settings(); ++s) {
            reform::RuleVariant const& variant =
                variants.emplace_back(book_of(sweep, s, example.from, ready->law->book()), *ready);
            after.push_back(separate_run(*ready, variant.setup(), variant.terms()));
        }
    }

    [[nodiscard]] std::vector<Figure> alone(std::size_t setting) const {
        reform::RuleVariant const& variant = variants[setting];
        ComparisonPlan single{.simulation = *ready,
                              .baseline = ready->setup(),
                              .terms = report::terms_of(*ready),
                              .shortcuts = false};
        single.reforms.push_back(
            {"alone",
             variant.setup(),
             variant.terms(),
             true,
             rules::difference_of(ready->law->book(), variant.book(), ready->tables.areas)});
        return figures_of(compare(single), ready->tables.areas);
    }

    std::unique_ptr<scenario::Simulation> ready;
    Sweep sweep;
    ComparisonPlan plan;
    Comparison comparison;
    std::vector<Table> tables;
    Sums before;
    std::deque<reform::RuleVariant> variants;
    std::vector<Sums> after; ///< by setting
};

void check_row(Beside const& beside, std::size_t setting, Figure const& figure, std::size_t row) {
    CAPTURE(figure.name);
    Table const& table = beside.tables.front();
    for (std::size_t i = 0; i < beside.sweep.axes().size(); ++i) {
        SweepAxis const& axis = beside.sweep.axes()[i];
        CHECK(word_at(table, axis.key, row) == axis.values[beside.sweep.value_of(setting, i)]);
    }
    CHECK(word_at(table, "figure", row) == figure.name);
    CHECK(word_at(table, "unit", row) == (figure.money ? "yuan" : "people"));
    double const unit = figure.money ? 100 : 1;
    CHECK(real_at(table, "baseline", row) == figure.alone.mean_before / unit);
    CHECK(real_at(table, "value", row) == figure.alone.mean_after / unit);
    CHECK(real_at(table, "difference", row) == figure.alone.difference / unit);
    CHECK(same(real_at(table, "lo95", row), figure.alone.lo95 / unit));
    CHECK(same(real_at(table, "hi95", row), figure.alone.hi95 / unit));
    CHECK(same(real_at(table, "factor", row), figure.alone.factor));
    if (figure.counted) {
        CHECK(real_at(table, "baseline", row) == 0);
        return;
    }
    // The fen of all replicates together.
    auto const fen = [&](std::string_view column) {
        return std::llround(real_at(table, column, row) * unit * beside.comparison.replicates);
    };
    std::int64_t const before = sum_of(beside.before, figure.name);
    std::int64_t const after = sum_of(beside.after[setting], figure.name);
    CHECK(fen("baseline") == before);
    CHECK(fen("value") == after);
    CHECK(fen("difference") == after - before);
}

} // namespace

TEST_CASE("a sweep equals its single runs, to the fen") {
    for (auto const& example : std::vector<Example>{
             {"small", {"place.min_months=60:180:60"}, {}, 2000, 1},
             {"small", {"transfer.pooled_rate=0.06:0.18:0.06"}, later, 600, 3},
             {"hmt", {"place.min_months=60:120:60", "transfer.pooled_rate=0.12,0.2"}, later},
             {"hmt", {R"(place.order.hmt=["longest"],["relation_qualified","longest"])"}, {}},
             {"national", {"pension.required_months=120,240"}, later, 1500, 1},
             {"national",
              {R"(contribution.employer_rate={"*": 0.16},{"*": 0.12, "GD": 0.1})",
               R"(place.order.mainland=["hukou","hukou_gathers"],["last_area"])"},
              later,
              800,
              1},
         }) {
        CAPTURE(example.scenario);
        CAPTURE(example.settings.front());
        Beside const beside(example);
        Table const& table = beside.tables.front();
        CHECK(table.name == "sweep");
        std::size_t row = 0;
        bool people_change = false;
        bool money_changes = false;
        for (std::size_t s = 0; s < beside.sweep.settings(); ++s) {
            CAPTURE(s);
            auto const figures = beside.alone(s);
            REQUIRE(row + figures.size() <= table.rows);
            for (Figure const& figure : figures) {
                check_row(beside, s, figure, row);
                bool const differs = real_at(table, "difference", row) != 0;
                people_change = people_change || (figure.counted && differs);
                money_changes = money_changes || (figure.money && differs);
                ++row;
            }
        }
        CHECK(row == table.rows);
        CHECK(people_change);
        CHECK(money_changes);
    }
}

TEST_CASE("a setting that says what the baseline says changes nothing") {
    // From 2027-01 the law has these values already.
    Beside const beside({"hmt", {"place.min_months=120,60", "transfer.pooled_rate=0.12,0"}, later});
    Table const& table = beside.tables.front();
    std::size_t equal = 0;
    std::size_t different = 0;
    for (std::size_t row = 0; row < table.rows; ++row) {
        if (word_at(table, "place.min_months", row) == "120"
            && word_at(table, "transfer.pooled_rate", row) == "0.12") {
            CAPTURE(word_at(table, "figure", row));
            CHECK(real_at(table, "difference", row) == 0);
            CHECK(real_at(table, "value", row) == real_at(table, "baseline", row));
            ++equal;
        } else if (real_at(table, "difference", row) != 0) {
            ++different;
        }
    }
    CHECK(equal == table.rows / beside.sweep.settings());
    CHECK(different > 0);
    CHECK(beside.plan.reforms.front().differences.empty());
}

TEST_CASE("sensitivity: the lines through the figures of the settings") {
    for (auto const& example : std::vector<Example>{
             {"small", {"place.min_months=60:180:60"}, {}, 2000, 1},
             {"hmt", {"place.tie=latest_start,none", "transfer.pooled_rate=0:0.2:0.1"}, later},
             {"national", {"transfer.pooled_rate=0,0.12,0.3"}, later, 800, 2},
         }) {
        CAPTURE(example.scenario);
        Beside const beside(example);
        Table const& swept_table = beside.tables[0];
        Table const& table = beside.tables[1];
        CHECK(table.name == "sensitivity");
        std::size_t const figures = swept_table.rows / beside.sweep.settings();
        double const replicates = beside.comparison.replicates;
        // What any setting changes, and nothing else, has rows.
        std::set<std::string> wanted;
        for (Sums const& after : beside.after) {
            for (Sums const* const sums : {&beside.before, &after}) {
                for (auto const& [name, value] : *sums) {
                    if (name.find(' ') != std::string::npos
                        && sum_of(beside.before, name) != sum_of(after, name)) {
                        std::string const flow = name.substr(0, name.rfind(' '));
                        for (std::string_view const measure : measures) {
                            wanted.insert(fmt::format("{} {}", flow, measure));
                        }
                    }
                }
            }
        }
        CHECK(table.rows == wanted.size());
        CHECK(table.rows > 3);
        for (std::size_t row = 0; row < table.rows; ++row) {
            std::string const kind = word_at(table, "kind", row);
            std::string const measure = word_at(table, "measure", row);
            std::string const flow =
                flow_name(word_at(table, "from", row), word_at(table, "to", row), kind, measure);
            CAPTURE(flow);
            CHECK(wanted.count(flow) == 1);
            double const unit = measure == "people" ? 1 : 100;
            std::vector<double> values;
            for (std::size_t s = 0; s < beside.sweep.settings(); ++s) {
                values.push_back(static_cast<double>(sum_of(beside.after[s], flow)) / replicates
                                 / unit);
                // All flows of a kind: the figure of sweep.csv.
                for (std::size_t at = s * figures;
                     word_at(table, "from", row).empty() && at < (s + 1) * figures;
                     ++at) {
                    if (word_at(swept_table, "figure", at) == figure_name(kind, measure)) {
                        CHECK(real_at(swept_table, "value", at) == doctest::Approx(values.back()));
                    }
                }
            }
            auto const slope = slope_of(beside.sweep, values);
            CHECK(real_at(table, "baseline", row)
                  == doctest::Approx(static_cast<double>(sum_of(beside.before, flow)) / replicates
                                     / unit));
            CHECK(real_at(table, "lowest", row) == doctest::Approx(slope.lowest));
            CHECK(real_at(table, "highest", row) == doctest::Approx(slope.highest));
            for (std::size_t i = 0; i < beside.sweep.axes().size(); ++i) {
                double const found =
                    real_at(table, "per_unit_of_" + beside.sweep.axes()[i].key, row);
                CHECK(std::isnan(found) == std::isnan(slope.per_unit[i]));
                CHECK((std::isnan(found) || found == doctest::Approx(slope.per_unit[i])));
            }
            double const fit = real_at(table, "r_squared", row);
            CHECK(std::isnan(fit) == std::isnan(slope.fit));
            CHECK((std::isnan(fit) || fit == doctest::Approx(slope.fit)));
        }
    }
}

TEST_CASE("equal bytes of a sweep whatever the threads and the shards") {
    auto const ready = simulated("national", {.persons = 1500, .with_pilot = false});
    auto const sweep =
        swept({"place.min_months=60,240", "transfer.pooled_rate=0,0.2"}, later, *ready).value();
    std::vector<std::string> first;
    for (std::size_t const threads : {1U, 2U, 7U}) {
        for (std::uint64_t const shard : {4096U, 64U, 7U}) {
            CAPTURE(threads);
            CAPTURE(shard);
            tbb::global_control const limit(tbb::global_control::max_allowed_parallelism, threads);
            ComparisonPlan plan = sweep.plan();
            plan.shard = shard;
            std::vector<std::string> texts;
            for (Table const& table : tables_of(compare(plan), plan, sweep)) {
                texts.push_back(csv_of(table));
            }
            REQUIRE(texts.size() == 2);
            CHECK(texts[0].size() > 1000);
            first = first.empty() ? texts : first;
            CHECK(texts == first);
        }
    }
}

} // namespace pensim::test
