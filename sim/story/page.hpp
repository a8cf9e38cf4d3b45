// The page that a story is written on: lines in order of time, with the month on the left and the
// law behind it.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "core/area/area_table.hpp"
#include "core/basis/money.hpp"
#include "core/law/citation.hpp"
#include "sim/story/words.hpp"

namespace pensim::story {

/// 1,234,567.89
[[nodiscard]] std::string yuan(Fen amount);
/// A whole number of 10^-decimals.
[[nodiscard]] std::string decimal(std::int64_t scaled, int decimals);
/// 0.0392 as "3.92".
[[nodiscard]] std::string percent(Rate rate);
/// "1 months" as "1 month": English has a singular.
[[nodiscard]] std::string one_month(std::string text);

class Page {
  public:
    Page(Language language, Group group, AreaTable const& areas)
        : language_(language), group_(group), areas_(areas) {}

    template <class... Arguments>
    [[nodiscard]] std::string say(Phrase phrase, Arguments const&... arguments) const {
        return one_month(story::say(language_, phrase, arguments...));
    }
    /// Id and name.
    [[nodiscard]] std::string area(AreaId id) const;
    /// "10 years", or "125 months" where they make no full years.
    [[nodiscard]] std::string length(int months) const;

    void heading(std::string const& text) { text_ += text + "\n\n"; }
    void line(YearMonth month, std::string const& text, std::optional<law::Ground> ground = {}) {
        line(month.text(), text, ground);
    }
    void line(YearMonth first, YearMonth last, std::string const& text, law::Ground ground) {
        line(first == last ? first.text() : first.text() + ".." + last.text(), text, ground);
    }
    void detail(std::string const& text, std::optional<law::Ground> ground = {}) {
        line("", "  " + text, ground);
    }
    void blank() { text_ += '\n'; }

    /// The text, closed by the list of the documents cited.
    [[nodiscard]] std::string finish();
    [[nodiscard]] Language language() const { return language_; }

  private:
    void line(std::string const& time, std::string const& text, std::optional<law::Ground> ground);

    Language language_;
    Group group_;
    AreaTable const& areas_;
    std::string text_;
    std::set<std::string> cited_;
};

} // namespace pensim::story
