// Every sentence of a story, in English and Chinese. Patterns are fmt's; both languages take the
// same arguments.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include <fmt/args.h>
#include <fmt/format.h>

#include "core/law/citation.hpp"
#include "core/law/rule_book.hpp"
#include "core/record/outcome.hpp"

namespace pensim::story {

enum class Language : std::uint8_t { en, zh };

/// A name or a pattern in both languages.
struct Words {
    std::string_view en;
    std::string_view zh;
    [[nodiscard]] std::string_view in(Language language) const {
        return language == Language::en ? en : zh;
    }
};

enum class Phrase : std::uint8_t {
    heading,
    statutory_age,
    statutory_age_delayed,
    claim_asked,
    exempt_certificate,
    exempt_agreement,
    relation_starts,
    relation_moves,
    relation_moves_money_waits,
    temporary_opened,
    paid,
    paid_unrecorded,
    paid_lump_sum,
    below_floor,
    above_ceiling,
    into_temporary,
    overlap_refunded,
    money_moves,
    money_temporary,
    interest,
    departed_kept,
    departed_ended,
    refunded,
    died,
    inherited,
    claim_accepted,
    claim_refused,
    counting_month,
    months_in_area,
    relation_here,
    months_in_temporary,
    enough,
    short_by,
    nothing_paid,
    criterion_chooses,
    criterion_skips,
    criterion_tie_open,
    reason_not_hukou,
    reason_no_relation,
    reason_short,
    reason_none_qualified,
    reason_nearest,
    reason_no_candidate,
    reason_no_hukou,
    undetermined,
    election_used,
    election_idle,
    place,
    otherwise_heading,
    otherwise_more,
    otherwise_longest,
    otherwise_margin,
    otherwise_lead,
    otherwise_nothing,
    settled,
    pension_basic,
    pension_account,
    wage_projected,
    pension_monthly,
    pension_area,
    pension_from,
    balance_short,
    may_extend,
    may_pay_rest,
    may_not_extend,
    resident_paid,
    resident_overlap,
    resident_inherited,
    bridge_in,
    bridge_out,
    death_grant,
    death_grant_cap,
    nothing_ever,
    after_death,
    in_years,
    in_months,
    age,
    cited_heading,
    count_,
};

/// What a timeline marks. `counting` is T, the month in which the benefit location is decided.
enum class MarkKind : std::uint8_t {
    transfer,
    counting,
    settlement,
    departure,
    comeback, ///< the first payment after a departure
    termination,
    death,
    refund, ///< to the person or the heirs
    bridge, ///< between the employees' and the residents' scheme
};

/// The pattern of a phrase.
[[nodiscard]] std::string_view pattern(Phrase phrase, Language language);

template <class... Arguments>
[[nodiscard]] std::string say(Language language, Phrase phrase, Arguments const&... arguments) {
    return fmt::format(fmt::runtime(pattern(phrase, language)), arguments...);
}

[[nodiscard]] std::string_view name_of(Group group, Language language);
[[nodiscard]] std::string_view name_of(Sex sex, Language language);
[[nodiscard]] std::string_view name_of(Kind kind, Language language);
[[nodiscard]] std::string_view name_of(law::Criterion criterion, Language language);
[[nodiscard]] std::string_view name_of(Branch branch, Language language);
[[nodiscard]] std::string_view name_of(TransferKind kind, Language language);
[[nodiscard]] std::string_view name_of(MarkKind kind, Language language);

[[nodiscard]] std::string_view name_of(Post post, Language language);

/// A document of SOURCES.md by its key: title with number.
struct Document {
    std::string_view key;
    std::string_view en;
    std::string_view zh;
};
[[nodiscard]] Document const* find_document(std::string_view key);

/// "order-41-2019 art. 8(2)" or "第41号令第8条第2款".
[[nodiscard]] std::string citation_text(law::Citation const& citation, Language language);

} // namespace pensim::story
