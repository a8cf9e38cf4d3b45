// An audit for people, for programs, and its witnesses as cases that decide, explain and check
// take.
#pragma once

#include <string>
#include <string_view>

#include "core/area/area_table.hpp"
#include "sim/audit/audit.hpp"
#include "sim/story/words.hpp"

namespace pensim::audit {

/// The verdict in one line, what was enumerated, and the findings, the gravest first. `cases` is
/// the file of the witnesses, if there is one.
[[nodiscard]] std::string audit_text(Audit const& audit,
                                     AreaTable const& areas,
                                     story::Language language,
                                     std::string_view cases);

/// pensim/audit/1, with the witnesses of each finding.
[[nodiscard]] std::string audit_json(Audit const& audit, AreaTable const& areas);

/// pensim/cases/1: every witness, with what the rule set says of it as expectation. `rules` is how
/// the file names the rule set.
[[nodiscard]] std::string
audit_cases(Audit const& audit, AreaTable const& areas, std::string_view rules);

/// One sentence.
[[nodiscard]] std::string sentence(Finding const& finding, story::Language language);
/// "GD Guangdong 119 months, then SH Shanghai 120 months"
[[nodiscard]] std::string
career_text(Witness const& witness, AreaTable const& areas, story::Language language);
/// The words of a finding in JSON: "open_tie", "observation".
[[nodiscard]] std::string_view word_of(FindingKind kind);
[[nodiscard]] std::string_view word_of(Severity severity);

} // namespace pensim::audit
