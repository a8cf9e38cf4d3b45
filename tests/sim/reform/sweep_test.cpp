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

std::vector<SweepAxis> axes_of(std::vector<std::string> const& settings) {
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
    return Sweep::make(simulation, axes_of(settings), from);
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

} // namespace pensim::test
