// Case files of any bytes. Whoever can be read is decided, and told in both languages; what is
// written must be JSON again.
#include "sim/cases/case_json.hpp"

#include <algorithm>

#include "sim/input/json_document.hpp"
#include "sim/rules/rule_files.hpp"
#include "sim/story/story.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {
namespace {

constexpr std::size_t told_max = 8; ///< stories are long; the first persons are enough

cases::Law const& law_for(cases::CaseFile const& file) {
    auto const ids = rules::shipped_rule_sets();
    bool const known = file.rules && std::find(ids.begin(), ids.end(), *file.rules) != ids.end();
    return shipped_law(known ? std::string_view(*file.rules) : "law");
}

void tell_everything(cases::Law const& law, cases::CaseFile& file) {
    for (std::size_t i = 0; i < std::min(told_max, file.persons.size()); ++i) {
        cases::Case& person = file.persons[i];
        if (!person.problems.empty()) {
            continue;
        }
        for (auto const language : {story::Language::en, story::Language::zh}) {
            auto const text = story::tell(law, person, input::child("/persons", i), language);
            claim(!text.empty(), "whoever is decided has a story");
        }
    }
}

} // namespace
} // namespace pensim::test

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace pensim;
    test::use_one_thread();
    auto file = cases::read_cases(test::text_of(data, size), test::tables());
    if (!file) {
        test::claim(!file.error().empty(), "a refusal has a reason");
        return 0;
    }
    cases::Law const& law = test::law_for(*file);
    auto const decided = cases::decide_file(law, *file);
    for (std::string const& outcome : decided.outcomes) {
        test::claim(input::parse_json(outcome).has_value(), "an outcome is JSON");
    }
    test::tell_everything(law, *file);
    return 0;
}
