// Scenarios of any bytes. One that is accepted keeps its text when it is read again; one of few
// areas can be made ready and run, and its books balance.
#include "sim/scenario/scenario_json.hpp"

#include "sim/report/run_scenario.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {
namespace {

constexpr int areas_max = 60;    ///< more take long to lay out
constexpr std::uint64_t few = 8; ///< lives

void make_and_run(scenario::Scenario scenario) {
    if (scenario.country && scenario.country->areas > areas_max) {
        return;
    }
    scenario.run.persons = few;
    scenario.run.replicates = 1;
    if (!scenario.population.calibrated_to.empty()) { // a pilot is no small run
        scenario.population.calibrated_to.clear();
        scenario.population.people = few;
    }
    auto const simulation = scenario::prepare(std::move(scenario), {}, {"law", ""});
    if (!simulation) {
        claim(!simulation.error().empty(), "a refusal has a reason");
        return;
    }
    try {
        // Throws when the books are out of balance.
        auto const outcome = report::run_scenario(**simulation, {});
        claim(outcome.results.people() == few, "everybody is simulated");
        claim(!report::tables_of(outcome.results, **simulation).empty(), "there are tables");
    } catch (MoneyOverflow const&) {
        return; // wages may be made as high as one likes
    }
}

} // namespace
} // namespace pensim::test

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace pensim;
    test::use_one_thread();
    // A name without a folder: `extends` reaches shipped ids and files beside.
    constexpr std::string_view name = "fuzzed";
    auto scenario = scenario::read_scenario(name, "", test::text_of(data, size), test::tables());
    if (!scenario) {
        test::claim(!scenario.error().empty(), "a refusal has a reason");
        return 0;
    }
    auto const again = scenario::read_scenario(name, "", scenario->text, test::tables());
    test::claim(again.has_value(), "what is written can be read");
    test::claim(again->text == scenario->text, "the text stays the same");
    test::make_and_run(std::move(*scenario));
    return 0;
}
