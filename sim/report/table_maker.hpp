// Builds a table of results row by row, column after column (table.hpp).
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/area/area_table.hpp"
#include "core/law/words.hpp"
#include "sim/report/moments.hpp"
#include "sim/report/table.hpp"

namespace pensim::report {

/// Every month there is, and behind them nothing.
[[nodiscard]] inline std::vector<std::string> month_words() {
    std::vector<std::string> words;
    for (YearMonth month = YearMonth::first(); month < YearMonth::last(); month = month.next()) {
        words.push_back(month.text());
    }
    words.push_back(YearMonth::last().text());
    words.emplace_back();
    return words;
}
[[nodiscard]] inline std::size_t code_of_month(std::optional<YearMonth> month) {
    Months const last = YearMonth::last() - YearMonth::first();
    return static_cast<std::size_t>(month ? (*month - YearMonth::first()).count()
                                          : last.count() + 1);
}

/// Measures get their spread where there are several replicates.
class TableMaker {
  public:
    TableMaker(std::string name, std::uint32_t replicates) : replicates_(replicates) {
        table_.name = std::move(name);
    }
    std::size_t words(std::string name, std::vector<std::string> words) {
        return add(
            {.name = std::move(name), .kind = Column::Kind::word, .words = std::move(words)});
    }
    /// Months, by put_month().
    std::size_t months(std::string name) {
        return add({.name = std::move(name),
                    .kind = Column::Kind::word,
                    .words = month_words(),
                    .months = true});
    }
    void are_months(std::size_t column) { table_.columns[column].months = true; }
    std::size_t whole(std::string name) {
        return add({.name = std::move(name), .kind = Column::Kind::whole});
    }
    std::size_t number(std::string name, Column::Kind kind, int decimals = 2) {
        return add({.name = std::move(name), .kind = kind, .decimals = decimals});
    }
    /// One column, or four.
    std::size_t measure(std::string_view name, bool amount) {
        if (replicates_ == 1) {
            return add({.name = std::string(name),
                        .kind = amount ? Column::Kind::yuan : Column::Kind::whole,
                        .weighted = true});
        }
        std::size_t const first = table_.columns.size();
        for (std::string_view const suffix : {"", "_sd", "_lo95", "_hi95"}) {
            add({.name = std::string(name) + std::string(suffix),
                 .kind = Column::Kind::real,
                 .weighted = true});
        }
        amounts_.resize(first + 1);
        amounts_[first] = amount;
        return first;
    }
    void weight(double value) { weight_ = value; }
    /// A column of simulated lives, or of their money.
    std::size_t weighted(std::size_t column) {
        table_.columns[column].weighted = true;
        return column;
    }

    [[nodiscard]] bool has(std::string_view column) const {
        return std::any_of(table_.columns.begin(), table_.columns.end(), [&](Column const& c) {
            return c.name == column;
        });
    }

    void put(std::size_t column, std::size_t code) {
        table_.columns[column].codes.push_back(static_cast<std::uint32_t>(code));
    }
    void put_whole(std::size_t column, std::int64_t value) {
        table_.columns[column].whole.push_back(value);
    }
    void put_real(std::size_t column, double value) {
        table_.columns[column].real.push_back(value);
    }
    void put_quantity(std::size_t column, std::int64_t value, bool in_fen) {
        table_.columns[column].whole.push_back(value);
        table_.columns[column].in_fen.push_back(in_fen);
    }
    /// A word of a column whose words are not known beforehand.
    void put_text(std::size_t column, std::string_view text) {
        auto& words = table_.columns[column].words;
        auto const known = std::find(words.begin(), words.end(), text);
        put(column, static_cast<std::size_t>(known - words.begin()));
        if (known == words.end()) {
            words.emplace_back(text);
        }
    }
    void put_month(std::size_t column, std::optional<YearMonth> month) {
        put(column, code_of_month(month));
    }
    /// A number, or none, of a column of whole numbers or amounts.
    void put_whole_if(std::size_t column, std::optional<std::int64_t> value) {
        put_whole(column, value.value_or(0));
        table_.columns[column].missing.push_back(value ? 0 : 1);
    }
    void put_measure(std::size_t column, Moments const& moments) {
        Spread const spread = moments.over(replicates_);
        if (replicates_ == 1) {
            table_.columns[column].whole.push_back(moments.first());
            return;
        }
        double const unit = amounts_[column] ? 100 : 1;
        table_.columns[column].real.push_back(spread.mean / unit);
        table_.columns[column + 1].real.push_back(spread.sd / unit);
        table_.columns[column + 2].real.push_back(spread.lo95 / unit);
        table_.columns[column + 3].real.push_back(spread.hi95 / unit);
    }
    void end_row() { ++table_.rows; }
    /// Rows that stand for themselves, without a weight.
    Table finish_plain() { return std::move(table_); }
    Table finish() {
        table_.columns.push_back({.name = "weight",
                                  .kind = Column::Kind::real,
                                  .decimals = 6,
                                  .real = std::vector<double>(table_.rows, weight_)});
        return std::move(table_);
    }

  private:
    std::size_t add(Column column) {
        table_.columns.push_back(std::move(column));
        return table_.columns.size() - 1;
    }
    Table table_;
    std::uint32_t replicates_;
    double weight_ = 1;
    std::vector<bool> amounts_;
};

template <class Enum>
[[nodiscard]] std::vector<std::string> words_of() {
    return {words<Enum>.begin(), words<Enum>.end()};
}

/// Ids by row; the last word, nothing, is for no area.
[[nodiscard]] inline std::vector<std::string> area_words(AreaTable const& areas) {
    std::vector<std::string> ids;
    for (Area const& area : areas.all()) {
        ids.push_back(area.id);
    }
    ids.emplace_back();
    return ids;
}

} // namespace pensim::report
