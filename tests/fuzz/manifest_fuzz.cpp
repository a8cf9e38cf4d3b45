// Manifests of any bytes. What is accepted names tables that stand in its folder, and holds a
// scenario and a rule set that are read or refused like any other.
#include "sim/report/manifest.hpp"

#include "sim/input/json_document.hpp"
#include "sim/rules/rule_files.hpp"
#include "sim/scenario/scenario_json.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/support/shipped.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace pensim;
    test::use_one_thread();
    auto const manifest = report::read_manifest(test::text_of(data, size));
    if (!manifest) {
        test::claim(!manifest.error().empty(), "a refusal has a reason");
        return 0;
    }
    test::claim(!manifest->tables.empty(), "there are tables");
    for (report::TableDigest const& table : manifest->tables) {
        test::claim(table.file.find('/') == std::string::npos && !table.file.starts_with('.'),
                    "a table stands in the folder");
    }
    test::claim(input::parse_json(manifest->scenario).has_value(), "a scenario is JSON");
    test::claim(input::parse_json(manifest->rules).has_value(), "a rule set is JSON");
    // A name without a folder: `extends` reaches shipped ids and files beside.
    constexpr std::string_view name = "fuzzed";
    auto const scenario = scenario::read_scenario(name, "", manifest->scenario, test::tables());
    test::claim(scenario || !scenario.error().empty(), "a refusal has a reason");
    auto const rules = rules::read_rules(name, manifest->rules, test::tables());
    test::claim(rules || !rules.error().empty(), "a refusal has a reason");
    return 0;
}
