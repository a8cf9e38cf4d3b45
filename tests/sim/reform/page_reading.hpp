// The document of a page, read back for tests: tables by name, and whether every text is there in
// both languages.
#pragma once

#include <cmath>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "sim/input/json_document.hpp"
#include "sim/report/table.hpp"

namespace pensim::test {

[[nodiscard]] inline input::JsonValue const& member(input::JsonValue const& value,
                                                    std::string_view key) {
    auto const* const found = value.find(key);
    if (found == nullptr) {
        FAIL("no member ", key);
    }
    return *found;
}

[[nodiscard]] inline input::JsonValue const&
column_of(input::JsonValue const& document, std::string_view table, std::string_view column) {
    for (auto const& each : member(member(member(document, "tables"), table), "columns").items) {
        if (member(each, "name").text == column) {
            return each;
        }
    }
    FAIL("no column ", column, " in ", table);
    return document;
}

[[nodiscard]] inline std::string const& number_text(input::JsonValue const& document,
                                                    std::string_view table,
                                                    std::string_view column,
                                                    std::size_t row) {
    return member(column_of(document, table, column), "data").items.at(row).text;
}

[[nodiscard]] inline double number_in(input::JsonValue const& document,
                                      std::string_view table,
                                      std::string_view column,
                                      std::size_t row) {
    return std::stod(number_text(document, table, column, row));
}

/// The number of texts in two languages in a value; each has words, and Chinese unless it is the
/// same in both (ids and numbers).
inline std::size_t check_languages(input::JsonValue const& value) {
    std::size_t texts = 0;
    auto const* const en = value.find("en");
    auto const* const zh = value.find("zh");
    if (en != nullptr || zh != nullptr) {
        REQUIRE(en != nullptr);
        REQUIRE(zh != nullptr);
        CAPTURE(en->text);
        CAPTURE(zh->text);
        CHECK(en->text.empty() == zh->text.empty());
        bool const chinese = std::any_of(zh->text.begin(), zh->text.end(), [](char c) {
            return static_cast<unsigned char>(c) >= 0xe4;
        });
        CHECK((chinese || en->text == zh->text));
        ++texts;
    }
    for (auto const& each : value.members) {
        texts += check_languages(each.value);
    }
    for (auto const& item : value.items) {
        texts += check_languages(item);
    }
    return texts;
}

/// Every number of every column as the weighted table has it, to the unit of its last place.
inline void check_table(input::JsonValue const& document, report::Table const& simulated) {
    report::Table const table = report::weighted(simulated);
    CAPTURE(table.name);
    auto const& told = member(member(document, "tables"), table.name);
    CHECK(member(told, "rows").text == std::to_string(table.rows));
    REQUIRE(member(told, "columns").items.size() == table.columns.size());
    using Kind = report::Column::Kind;
    for (report::Column const& column : table.columns) {
        CAPTURE(column.name);
        auto const& data = member(column_of(document, table.name, column.name), "data").items;
        REQUIRE(data.size() == table.rows);
        for (std::size_t row = 0; row < table.rows; ++row) {
            std::string const& text = data[row].text;
            if (column.kind == Kind::word) {
                bool const nothing = column.words[column.codes[row]].empty();
                CHECK(text == (nothing ? "-1" : std::to_string(column.codes[row])));
                continue;
            }
            bool const fen =
                column.kind == Kind::yuan || (column.kind == Kind::quantity && column.in_fen[row]);
            double const number = column.kind == Kind::real
                                      ? column.real[row]
                                      : static_cast<double>(column.whole[row]) / (fen ? 100 : 1);
            CHECK(text.empty() == !std::isfinite(number)); // null
            if (!text.empty()) {
                CHECK(text != "-0");
                CHECK(std::stod(text) == doctest::Approx(number).epsilon(1e-4).scale(1e4));
                CHECK(std::abs(std::stod(text) - number) <= 0.5000001);
            }
        }
    }
}

} // namespace pensim::test
