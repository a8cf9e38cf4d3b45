// Writes pensim/cases/1: histories that decide and explain read back to the same lives.
#pragma once

#include <string>
#include <string_view>

#include "core/area/area_table.hpp"
#include "core/record/life.hpp"

namespace pensim::cases {

/// The head of a file up to its list of persons, and its end. Objects between them are separated by
/// ",\n".
[[nodiscard]] std::string cases_head(std::string_view rules, std::string_view note);
[[nodiscard]] std::string_view cases_end();

/// What stands beside a history; empty parts are left out.
struct CaseRemarks {
    std::string_view note;
    std::string_view expect; ///< a JSON object: fields of the outcome
};

/// Appends one person's object, a record a line.
void append_case(std::string& out,
                 std::string_view id,
                 Life const& life,
                 AreaTable const& areas,
                 CaseRemarks const& remarks = {});

} // namespace pensim::cases
