// The shipped law, data and areas, loaded once, for tests.
#pragma once

#include <string_view>

#include "core/law/timeline.hpp"
#include "sim/cases/decide_case.hpp"
#include "sim/data/tables.hpp"

namespace pensim::test {

[[nodiscard]] data::Tables const& tables();
[[nodiscard]] inline AreaTable const& areas() {
    return tables().areas;
}
[[nodiscard]] AreaId area(std::string_view id);

/// A shipped rule set by id.
[[nodiscard]] cases::Law const& shipped_law(std::string_view id);
[[nodiscard]] inline law::RuleBook const& rules(std::string_view id) {
    return shipped_law(id).book();
}
[[nodiscard]] inline law::LawContext law_context(std::string_view id) {
    return shipped_law(id).context();
}

} // namespace pensim::test
