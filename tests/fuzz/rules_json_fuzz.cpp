// Rule sets of any bytes. One that is accepted is written and read back to the same values, and
// decides the shipped cases without breaking a contract.
#include <vector>

#include "sim/cases/case_json.hpp"
#include "sim/rules/rule_files.hpp"
#include "sim/rules/rule_table.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {
namespace {

std::vector<cases::CaseFile> shipped_cases() {
    std::vector<cases::CaseFile> files;
    for (auto const& file : data::shipped_files()) {
        if (file.name.starts_with("cases/")) {
            files.push_back(cases::read_cases(file.content, tables()).value());
        }
    }
    return files;
}

} // namespace
} // namespace pensim::test

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace pensim;
    test::use_one_thread();
    static auto const shipped = test::shipped_cases();
    // A name without a folder: `extends` reaches shipped ids and nothing else.
    constexpr std::string_view name = "fuzzed";
    auto book = rules::read_rules(name, test::text_of(data, size), test::tables());
    if (!book) {
        test::claim(!book.error().empty(), "a refusal has a reason");
        return 0;
    }
    auto const written = rules::rules_json(*book, test::areas());
    auto const again = rules::read_rules(name, written, test::tables());
    test::claim(again.has_value(), "what is written can be read");
    test::claim(rules::rules_json(*again, test::areas()) == written, "the values stay the same");
    cases::Law const law(std::move(*book), test::tables());
    for (cases::CaseFile file : shipped) {
        static_cast<void>(cases::decide_file(law, file));
    }
    return 0;
}
