// What became of each record of a life, month by month: the bars of its timeline.
//   Law    as the walk has it: gbf-2009-66 art. 5 (temporary accounts), rsb-2010-70 item 10
//          (overlaps), order-41-2019 art. 7 and order-16-2011 art. 5 (ended relations)
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/law/walk.hpp"

namespace pensim::story {

/// `idle`: months that count for nothing: lost to an overlapping record, before an ended relation,
/// after death.
enum class SpanState : std::uint8_t { counted, temporary, extension, lump_sum, idle, resident };

/// "counted", "void" ...: as page documents say it.
[[nodiscard]] std::string_view word_of(SpanState state);

/// Months of one record that share a fate; ends included. A lump sum has from = to.
struct Span {
    int record = 0; ///< of the life
    YearMonth from = YearMonth::first();
    YearMonth to = YearMonth::first();
    SpanState state = SpanState::counted;
    friend bool operator==(Span const&, Span const&) = default;
};

/// Adjacent spans of one area, scheme and state, whatever their bases: what a timeline labels.
struct Spell {
    AreaId area{};
    YearMonth from = YearMonth::first();
    YearMonth to = YearMonth::first();
    SpanState state = SpanState::counted;
    int months = 0; ///< those of a lump sum are what it pays for
    friend bool operator==(Spell const&, Spell const&) = default;
};

/// By record, then by month; the spans of a record cover its months exactly. The life must have no
/// faults.
[[nodiscard]] std::vector<Span> spans_of(law::LawContext const& law, Life const& life);

/// By month, then by area.
[[nodiscard]] std::vector<Spell> spells_of(std::vector<Span> const& spans, Life const& life);

} // namespace pensim::story
