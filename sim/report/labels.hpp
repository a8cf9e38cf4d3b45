// What tables, columns and words of results are called for people, in English and Chinese, and in
// what their numbers are counted. Every writer for people takes its names from here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/area/area_table.hpp"
#include "sim/report/table.hpp"

namespace pensim::report {

struct Bilingual {
    std::string en;
    std::string zh;
};

enum class Unit : std::uint8_t {
    none,   ///< words and texts
    year,   ///< calendar years: no grouping
    people, ///< also transfers, each of one person
    months,
    yuan,
    share,  ///< 0.25 is 25%
    number, ///< anything else
};
[[nodiscard]] std::string_view word_of(Unit unit); ///< "yuan"
[[nodiscard]] Bilingual name_of(Unit unit);        ///< "yuan", "元"

struct Label {
    Bilingual name;
    Unit unit = Unit::none;
};

/// "flows": "Flows between pooling areas", short enough for the name of a sheet (31 characters).
/// Every table that a command writes has one; another is called by its own name.
[[nodiscard]] Bilingual title_of(std::string_view table);
/// What the table shows, in a sentence: rows, what is left out. Empty for a table without a title.
[[nodiscard]] Bilingual note_of(std::string_view table);
/// Of a column; its suffix (_sd, _lo95, _baseline, _difference ...) is told in words. A parameter
/// of the rules is told by its meaning. A column that nobody named is called by its own name.
[[nodiscard]] Label label_of(std::string_view table, Column const& column);
/// A parameter of the rules by its key: "Months that qualify an area (place.min_months)"; nothing
/// for what is no key.
[[nodiscard]] std::optional<Bilingual> rule_label(std::string_view key);
/// A word of a column of words: an area's name, a criterion, a kind of transfer. A word that is
/// nobody's name (a text from a file) is its own label; no word stands for all areas where the
/// table has rows of totals, and else for nothing.
[[nodiscard]] Bilingual label_of_word(std::string_view table,
                                      std::string_view column,
                                      std::string_view word,
                                      AreaTable const& areas);
/// Where the table does not matter: no word is nothing.
[[nodiscard]] Bilingual
label_of_word(std::string_view column, std::string_view word, AreaTable const& areas);

} // namespace pensim::report
