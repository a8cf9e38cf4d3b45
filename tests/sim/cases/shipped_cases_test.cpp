// The case files of scenarios/cases, which stand as a test of the law on both sides of its dates.
#include <doctest/doctest.h>

#include "sim/cases/case_json.hpp"
#include "sim/cases/check.hpp"
#include "sim/cases/decide_case.hpp"
#include "sim/data/shipped.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {

TEST_CASE("every shipped case comes out as it expects, and says why it is there") {
    for (auto const& shipped : data::shipped_files()) {
        if (!shipped.name.starts_with("cases/")) {
            continue;
        }
        CAPTURE(shipped.name);
        auto file = cases::read_cases(shipped.content, tables()).value();
        auto const decided = cases::decide_file(shipped_law(file.rules.value_or("law")), file);
        CHECK(file.persons.size() >= 2);
        for (std::size_t i = 0; i < file.persons.size(); ++i) {
            cases::Case const& person = file.persons[i];
            CAPTURE(person.id);
            CHECK(person.problems.empty());
            REQUIRE(person.expect);
            CHECK_FALSE(person.expect->members.empty());
            auto const outcome = input::parse_json(decided.outcomes[i]).value();
            for (auto const& difference : cases::compare(*person.expect, outcome)) {
                FAIL_CHECK(difference.field << ": expected " << difference.expected << ", found "
                                            << difference.found);
            }
        }
    }
}

} // namespace pensim::test
