// What a reform does, in words for people: an answer in sentences, headline figures with their
// error, and what to bear in mind.
#pragma once

#include "sim/reform/reform_set.hpp"
#include "sim/report/presentation.hpp"

namespace pensim::reform {

struct ReformWords {
    report::Bilingual title;
    report::Bilingual answer;
    std::vector<report::Headline> headlines;
    /// How it is composed and what gives way, since when it differs, parameters that change nobody.
    std::vector<report::Bilingual> notes;
};

/// Figures stand for the scenario's people.
[[nodiscard]] ReformWords words_of(Comparison const& comparison,
                                   ComparisonPlan const& plan,
                                   ReformSet const& reforms,
                                   std::size_t reform);

/// "five-years: What if five years ..." has a name and a title; this is the title, or the name.
[[nodiscard]] report::Bilingual title_of(Reform const& reform);

/// What "±" means on a page of a comparison or of a sweep.
[[nodiscard]] report::Bilingual interval_note(Comparison const& comparison);

/// With its sign: "+1.24 billion yuan".
[[nodiscard]] report::Bilingual signed_money(double yuan);

/// A headline of an amount of money that is more or less than under the baseline.
[[nodiscard]] report::Headline
money_headline(report::Bilingual label, Contrast const& fen, double weight);
/// A headline of people who change.
[[nodiscard]] report::Headline people_headline(report::Bilingual label,
                                               Contrast const& lives,
                                               double weight,
                                               std::optional<report::Bilingual> note = {});

} // namespace pensim::reform
