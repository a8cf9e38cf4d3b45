// The page that a story is written on: lines in order of time, each with its month and the law
// behind it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/area/area_table.hpp"
#include "core/basis/money.hpp"
#include "sim/story/line.hpp"

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
    [[nodiscard]] std::string say(Words const& words, auto const&... arguments) const {
        return one_month(fmt::format(fmt::runtime(words.in(language_)), arguments...));
    }
    /// Id and name.
    [[nodiscard]] std::string area(AreaId id) const;
    /// "10 years", or "125 months" where they make no full years.
    [[nodiscard]] std::string length(int months) const;

    void heading(std::string text) {
        lines_.push_back({.text = std::move(text), .heading = true, .gap = true});
    }
    /// The line is good until the next one, for what else a page shows of it.
    Line& line(YearMonth month, std::string text, std::optional<law::Ground> ground = {}) {
        return append(month.text(), 0, std::move(text), ground);
    }
    Line& line(YearMonth first, YearMonth last, std::string text, law::Ground ground) {
        return append(first == last ? first.text() : first.text() + ".." + last.text(),
                      0,
                      std::move(text),
                      ground);
    }
    void detail(std::string text, std::optional<law::Ground> ground = {}) {
        append("", 1, std::move(text), ground);
    }
    /// A blank line. A story begins with its heading, so there is a line to follow.
    void blank() { lines_.back().gap = true; }

    [[nodiscard]] std::vector<Line> take_lines() { return std::move(lines_); }
    [[nodiscard]] Language language() const { return language_; }

  private:
    Line&
    append(std::string time, int indent, std::string text, std::optional<law::Ground> ground) {
        Line line{.time = std::move(time), .text = std::move(text), .indent = indent};
        if (ground) {
            line.law = law::cite(*ground, group_);
        }
        return lines_.emplace_back(std::move(line));
    }

    Language language_;
    Group group_;
    AreaTable const& areas_;
    std::vector<Line> lines_;
};

} // namespace pensim::story
