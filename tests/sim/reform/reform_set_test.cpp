#include "sim/reform/reform_set.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "tests/sim/support.hpp"
#include "tests/support/compared.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {
namespace {

using reform::Part;

std::vector<std::string> names_of_parts(reform::ComparisonPlan const& plan, Part::Kind kind) {
    std::vector<std::string> names;
    for (Part const& part : plan.parts) {
        if (part.kind == kind) {
            names.push_back(std::to_string(part.reform) + " " + part.name);
        }
    }
    return names;
}

TEST_CASE("every fault of every rule set is told") {
    auto const simulation = simulated("hmt", {.with_pilot = false});
    CHECK(faults_of(reform::ReformSet::load(
              *simulation, {"five-years", "fife-years", "five-years", "law+lwa", "five-years"}))
          == "fife-years | unknown rule set \"fife-years\"; did you mean \"five-years\"? A file "
             "ends in .json.\n"
             "--rules | \"five-years\" is given twice\n"
             "law+lwa | unknown rule set \"lwa\"; did you mean \"law\"? A file ends in .json.\n"
             "--rules | \"five-years\" is given twice\n");
}

TEST_CASE("parts: each of several parameters alone, each rule set on the way") {
    auto const simulation = simulated("hmt", {.with_pilot = false});
    Planned const one(*simulation, {"five-years", "law"});
    CHECK(one.plan.parts.empty());
    Planned const several(*simulation,
                          {"five-years", "longest-only", "law+five-years+longest-only"});
    CHECK(names_of_parts(several.plan, Part::Kind::parameter)
          == std::vector<std::string>{"1 place.order.hmt",
                                      "1 place.order.foreign",
                                      "1 place.order.mainland",
                                      "2 place.order.hmt",
                                      "2 place.order.foreign",
                                      "2 place.order.mainland",
                                      "2 place.min_months"});
    CHECK(names_of_parts(several.plan, Part::Kind::step)
          == std::vector<std::string>{"2 law+five-years"});
    // A step that is the baseline is none.
    auto const under = simulated("hmt", {.rules = "five-years", .with_pilot = false});
    Planned const on_top(*under, {"law+five-years+longest-only+pro-rata"});
    CHECK(names_of_parts(on_top.plan, Part::Kind::step)
          == std::vector<std::string>{"0 law+five-years+longest-only"});
    for (Part const& part : several.plan.parts) {
        CHECK_FALSE(part.differences.empty());
        CHECK((part.kind == Part::Kind::step || reform::keys_of(part.differences).size() == 1));
    }
}

TEST_CASE("a part changes whom its rules change by themselves") {
    TemporaryFolder const folder;
    auto const simulation = simulated("hmt", {.persons = 800, .with_pilot = false});
    std::string const both =
        folder.file("both.json", R"({"schema": "pensim/rules/1", "id": "both", "extends": "law",
            "title": {"en": "Both", "zh": "两"}, "parameters": {
            "place.min_months": [{"from": "2027-01", "value": 60, "source": "test"}],
            "transfer.pooled_rate": [{"from": "2027-01", "value": 0, "source": "test"}]}})");
    Planned const planned(*simulation, {both, "law+five-years+no-pooled-money"});
    auto const comparison = reform::compare(planned.plan);
    Planned const alone(*simulation, {"five-years", "no-pooled-money"});
    auto const expected = reform::compare(alone.plan);
    std::int64_t const five_years = expected.reforms[0].people.changed;
    std::int64_t const no_money = expected.reforms[1].people.changed;
    CHECK(five_years > 0);
    CHECK(no_money > 0);
    CHECK(reform::changed_alone(comparison, planned.plan, 0, "place.min_months") == five_years);
    CHECK(reform::changed_alone(comparison, planned.plan, 0, "transfer.pooled_rate") == no_money);
    CHECK(reform::changed_alone(comparison, planned.plan, 0, "place.tie") == std::nullopt);
    // Of a single parameter the reform itself tells.
    CHECK(reform::changed_alone(expected, alone.plan, 0, "place.min_months") == five_years);
    auto const step = std::find_if(planned.plan.parts.begin(),
                                   planned.plan.parts.end(),
                                   [](Part const& p) { return p.kind == Part::Kind::step; });
    REQUIRE(step != planned.plan.parts.end());
    CHECK(step->reform == 1);
    CHECK(comparison.parts[static_cast<std::size_t>(step - planned.plan.parts.begin())].changed
          == five_years);
    // Who differs under both together differs under one of them.
    CHECK(comparison.reforms[0].people.changed == comparison.reforms[1].people.changed);
    CHECK(comparison.reforms[0].people.changed <= five_years + no_money);
    CHECK(comparison.reforms[0].people.changed >= std::max(five_years, no_money));
}

TEST_CASE("a second scenario is compared as a whole") {
    auto const first = simulated("hmt", {.with_pilot = false});
    auto const second = simulated("foreigners", {.rules = "five-years", .with_pilot = false});
    auto const set = reform::ReformSet::of_scenario(*first, *second);
    auto const plan = set.plan();
    REQUIRE(plan.reforms.size() == 1);
    CHECK(plan.reforms[0].name == "foreigners");
    CHECK_FALSE(plan.reforms[0].same_world);
    CHECK(reform::keys_of(plan.reforms[0].differences)
          == std::vector<std::string>{"place.min_months"});
    CHECK(plan.parts.empty());
    CHECK(plan.terms.horizon.first != second->scenario.horizon.first);
    CHECK(plan.reforms[0].terms.horizon.first == plan.terms.horizon.first);
    CHECK(&set.law(0) == second->law.get());
}

TEST_CASE("scenarios of other horizons are compared over the years of the first") {
    auto const first = simulated("hmt", {.persons = 200, .with_pilot = false});
    auto const second = simulated("hmt", {.persons = 200, .with_pilot = false});
    second->scenario.horizon = {2030, 2040};
    auto const set = reform::ReformSet::of_scenario(*first, *second);
    auto const plan = set.plan();
    auto const comparison = reform::compare(plan);
    for (auto const& table : reform::tables_of(comparison, plan)) {
        CAPTURE(table.name);
        CHECK((table.rows == 0 || table.name == "changes" || table.name == "winners"));
    }
}

} // namespace
} // namespace pensim::test
