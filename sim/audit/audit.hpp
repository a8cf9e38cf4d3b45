// Checks a rule set for what no single case shows: lives without an answer, criteria that never
// decide, places that do not stay, months that cost a place, short stays that pay.
//
//   Audit const audit = audit_rules(book, tables, {});
//
// By enumeration: every career of careers_to_try(), of every person whom the rules treat apart, in
// every regime, asked of the one law. What is found is shown by its smallest life; what is not
// found does not exist among the lives enumerated, and the audit says which these are.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/law/benefit_location.hpp"
#include "sim/audit/regime.hpp"

namespace pensim::audit {

enum class FindingKind : std::uint8_t {
    gap,            ///< no criterion answers
    open_tie,       ///< a criterion fits several areas, and nothing decides between them
    dead_criterion, ///< a criterion of the order never decides
    instability,    ///< paying on at the designated place changes it
    longer_loses,   ///< another place has more months
    cliff,          ///< one more month changes the place
    gaming,         ///< a short stay moves the place to where more is paid
    known_tie,      ///< two lump sums in one month (OPEN_QUESTIONS A24, R1)
};

enum class Severity : std::uint8_t { fault, warning, observation, note };
[[nodiscard]] Severity severity_of(FindingKind kind);

/// What a month more is: in which spell it lies.
enum class Change : std::uint8_t { none, last_longer, earlier_longer, month_back, month_elsewhere };

/// Is an account newly, or no longer, temporary?
enum class Accounts : std::uint8_t { same, temporary_changes };

/// Findings of one class are one finding.
struct FindingClass {
    FindingKind kind = FindingKind::gap;
    Change change = Change::none;
    Accounts accounts = Accounts::same;
    Branch before = Branch::none;         ///< of the life as it is
    Branch after = Branch::none;          ///< of the changed one
    std::optional<law::Criterion> dead{}; ///< the criterion
    friend auto operator<=>(FindingClass const&, FindingClass const&) = default;
};

/// A life and what the law says of it.
struct Witness {
    Life life;
    YearMonth counting = YearMonth::first();
    std::optional<law::PlaceDecision> place;
    std::optional<AreaId> relation;
    std::vector<AreaId> temporary; ///< areas of temporary accounts
    int months = 0;
    int required = 0;
    std::optional<Fen> pension; ///< a month
};

struct Finding {
    std::string id; ///< "cliff-3"
    FindingClass what;
    std::vector<law::Person> persons; ///< with those that a representative stands for
    std::vector<Regime> regimes;
    std::uint64_t careers = 0;      ///< that show it
    int months = 0;                 ///< of the stay, or of paying on, in the witness
    std::optional<Witness> witness; ///< none of a criterion that fits nobody
    std::optional<Witness> changed; ///< with the month, the stay or the months more
    std::optional<Fen> gain;        ///< gaming: against the same months paid in the last area
    std::optional<Fen> least;       ///< cliff: change of the monthly pension, over all that show it
    std::optional<Fen> most;
};

/// What was enumerated in one regime.
struct RegimeCoverage {
    Regime regime;
    Limits limits;
    std::vector<int> months;         ///< of a spell
    std::vector<YearMonth> counting; ///< of the persons tried
    std::uint64_t careers = 0;       ///< of all persons
    std::uint64_t too_long = 0;      ///< left out: they do not fit into a working life
    std::uint64_t paid_on = 0;       ///< times that paying on at the designated place was tried
    std::uint64_t examined = 0;      ///< with all their variations
    bool place_pays = true; ///< else each area for its months, and no stay is worth anything
};

struct Audit {
    std::string rules;
    std::string title_en;
    std::string title_zh;
    int spells = 0;
    std::vector<std::vector<law::Person>> persons; ///< first the representative
    std::vector<RegimeCoverage> coverage;
    std::vector<Finding> findings; ///< the gravest first

    [[nodiscard]] std::size_t count(FindingKind kind) const;
    /// Is anybody left without a place?
    [[nodiscard]] bool faulty() const {
        return count(FindingKind::gap) + count(FindingKind::open_tie) > 0;
    }
};

struct AuditPlan {
    /// Counting months: from the month in which order-41-2019 came into force, to where the ages
    /// and the required months of npc-2024-09-13 have long risen to their end (2039).
    Regime months{{2020, 1}, {2045, 12}};
    int spells = spells_max;
    /// Told now and then: settings done, settings in all, lives examined.
    std::function<void(std::size_t, std::size_t, std::uint64_t)> progress;
};

/// Throws input::Interrupted.
[[nodiscard]] Audit
audit_rules(law::RuleBook const& book, data::Tables const& tables, AuditPlan const& plan = {});

} // namespace pensim::audit
