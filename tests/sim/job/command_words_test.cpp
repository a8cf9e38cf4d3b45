#include "sim/job/command_words.hpp"

#include <doctest/doctest.h>

#include "sim/job/presented.hpp"

namespace pensim::test {
namespace {

std::string line_of(auto const& asked) {
    return job::command_text(job::words_of(asked));
}

TEST_CASE("what was asked for elsewhere has its command") {
    job::ScenarioSetting setting;
    setting.scenario = "hmt";
    CHECK(line_of(job::RunAsked{setting}) == "pensim run hmt");
    setting.setting.rules = "law+five-years";
    setting.persons = 1000;
    setting.replicates = 3;
    setting.seed = "7";
    job::RunAsked run{setting, "flows.total:1%", true, 0, {2040, 2050}, true};
    CHECK(line_of(run)
          == "pensim run hmt --rules law+five-years --persons 1000 --replicates 3 --seed 7 "
             "--until flows.total:1% --microdata --graph-year 2040 --graph-year 2050");

    setting = {};
    setting.scenario = "my scenario.json";
    setting.full = true;
    job::CompareAsked compare{setting, "", "", {{"law", ""}, {"mine.json", "{}"}}, 1};
    CHECK(line_of(compare)
          == "pensim compare 'my scenario.json' --rules law --rules mine.json --full");
    compare = {setting, "other.json", "", {}, 3};
    CHECK(line_of(compare) == "pensim compare 'my scenario.json' other.json --full --witnesses 3");

    job::SweepAsked const sweep{setting, {"place.min_months=60:180:60"}, "2027-01"};
    CHECK(line_of(sweep)
          == "pensim sweep 'my scenario.json' --set place.min_months=60:180:60 --from 2027-01 "
             "--full");

    job::ExplainAsked explain;
    explain.source = "hmt";
    explain.person = "12";
    explain.replicate = 2;
    CHECK(line_of(explain) == "pensim explain hmt --person 12 --replicate 2");
}

} // namespace
} // namespace pensim::test
