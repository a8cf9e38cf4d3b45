// Every shipped case, for tests that hold for all of them.
#pragma once

#include "sim/cases/case_json.hpp"
#include "sim/cases/decide_case.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {

/// With the rule set it is meant for and its place in its file.
template <class Visit>
void each_shipped_case(Visit const& visit) {
    for (auto const& shipped : data::shipped_files()) {
        if (shipped.name.starts_with("cases/")) {
            auto file = cases::read_cases(shipped.content, tables()).value();
            for (std::size_t i = 0; i < file.persons.size(); ++i) {
                visit(shipped_law(file.rules.value_or("law")),
                      file.persons[i],
                      input::child("/persons", i));
            }
        }
    }
}

} // namespace pensim::test
