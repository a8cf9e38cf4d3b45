#include "sim/report/workbook_sheet.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <xlsxwriter.h>

#include <fmt/format.h>

#include "core/basis/check.hpp"

namespace pensim::report {

namespace {

constexpr std::uint32_t pale = 0xdce6f1;
constexpr double narrowest = 8;
constexpr double widest = 60;

/// Errors of a measure over errors of another have no unit, whatever the measure.
bool is_pure_number(std::string_view column) {
    return column.ends_with("factor");
}

std::optional<Unit> unit_of_word(std::string_view word) {
    for (Unit const unit : {Unit::people, Unit::months, Unit::yuan, Unit::share}) {
        if (word == word_of(unit)) {
            return unit;
        }
    }
    return word == "chance" ? std::optional(Unit::share) : std::nullopt;
}

int decimals_of(Unit unit, Column const& column) {
    bool const plain = unit == Unit::number || unit == Unit::none;
    return plain && column.kind == Column::Kind::real ? column.decimals : 0;
}

/// Lines that a label takes in a column, when lines break between words; Chinese breaks anywhere.
std::size_t lines_of(std::string_view label, double width) {
    auto const room = static_cast<std::size_t>(std::max(1.0, width - 1));
    std::size_t lines = 1;
    std::size_t used = 0;
    while (!label.empty()) {
        auto const blank = label.find(' ');
        std::size_t const word = width_of(label.substr(0, blank));
        if (used > 0 && used + 1 + word > room) {
            ++lines;
            used = 0;
        }
        std::size_t const here = used + (used > 0 ? 1 : 0) + word;
        lines += here > room ? (here - 1) / room : 0;
        used = here > room ? (here - 1) % room + 1 : here;
        label.remove_prefix(blank == std::string_view::npos ? label.size() : blank + 1);
    }
    return lines;
}

class Sheet {
  public:
    Sheet(WorkbookFile& file, std::string const& name, ShownTable const& shown)
        : file_(file), shown_(shown), sheet_(file.add_sheet(name)),
          columns_(shown.table().columns.size()), widths_(columns_) {}

    std::size_t write(SummaryLanguage language, std::size_t rows_max) {
        std::size_t const rows = shown_.table().rows;
        std::size_t const room = rows_max - header_rows;
        std::size_t const written = rows <= room ? rows : room - 1;
        layout(written);
        header(written);
        prepare();
        for (std::size_t row = 0; row < written; ++row) {
            data(row);
        }
        if (written < rows) {
            auto const* const text = language == SummaryLanguage::zh
                                         ? "本表共 {} 行，仅列出前 {} 行。"
                                         : "The table has {} rows; this sheet ends after {}.";
            file_.text(sheet_,
                       {header_rows + written, 0},
                       fmt::format(fmt::runtime(text), rows, written),
                       {.bold = true});
        }
        return written;
    }

  private:
    void layout(std::size_t rows) {
        for (std::size_t column = 0; column < columns_; ++column) {
            auto const content = static_cast<double>(shown_.width(column, rows));
            auto const label = static_cast<double>(width_of(shown_.label(column)));
            // A label takes two lines or three rather than a column much wider than its numbers.
            constexpr double filter_button = 3;
            double const header = std::min(label, std::max(narrowest, label / 3 + 2));
            widths_[column] =
                std::clamp(std::max(content, header) + filter_button, narrowest, widest);
            WorkbookFile::column_width(sheet_, column, widths_[column]);
        }
        // Keys stay in sight while they leave room for anything else.
        constexpr double frozen_max = 70;
        std::size_t frozen = 0;
        double width = 0;
        while (frozen < shown_.keys() && width + widths_[frozen] <= frozen_max) {
            width += widths_[frozen];
            ++frozen;
        }
        worksheet_freeze_panes(sheet_, header_rows, static_cast<lxw_col_t>(frozen));
        worksheet_set_landscape(sheet_);
        worksheet_set_paper(sheet_, 9); // A4
        worksheet_fit_to_pages(sheet_, 1, 0);
        expect_written(worksheet_repeat_rows(sheet_, 0, header_rows - 1), "printed header");
        expect_written(worksheet_set_footer(sheet_, "&L&A&R&P / &N"), "footer");
    }

    void header(std::size_t rows) {
        std::size_t lines = 1;
        for (std::size_t column = 0; column < columns_; ++column) {
            lines = std::max(lines, lines_of(shown_.label(column), widths_[column] - 2));
            file_.text(sheet_,
                       {0, column},
                       shown_.table().columns[column].name,
                       {.size = 8, .colour = grey, .right = stands_right(column)});
        }
        for (std::size_t column = 0; column < columns_; ++column) {
            file_.text(sheet_,
                       {1, column},
                       shown_.unit_name(column),
                       {.size = 9, .colour = grey, .right = stands_right(column)});
        }
        WorkbookFile::row_height(sheet_, header_rows - 1, lines);
        for (std::size_t column = 0; column < columns_; ++column) {
            file_.text(sheet_,
                       {header_rows - 1, column},
                       shown_.label(column),
                       {.fill = pale,
                        .bold = true,
                        .wrapped = true,
                        .right = stands_right(column),
                        .line_below = true});
        }
        expect_written(worksheet_autofilter(sheet_,
                                            header_rows - 1,
                                            0,
                                            static_cast<lxw_row_t>(header_rows - 1 + rows),
                                            static_cast<lxw_col_t>(columns_ - 1)),
                       "filter");
    }

    /// What many cells share: clean texts, formats of columns whose rows are alike.
    void prepare() {
        for (std::size_t column = 0; column < columns_; ++column) {
            bool const alike = !is_words(column) && shown_.unit(column) != Unit::number;
            formats_.push_back(alike ? file_.format({.number_format = shown_.format(column, 0),
                                                     .left = !stands_right(column)})
                                     : nullptr);
            texts_.emplace_back();
            for (std::string const& text : shown_.texts(column)) {
                texts_.back().push_back(cell_text(text));
            }
        }
    }

    void data(std::size_t row) {
        CellAt at{header_rows + row, 0};
        for (; at.column < columns_; ++at.column) {
            if (is_words(at.column)) {
                auto const code = shown_.table().columns[at.column].codes[row];
                std::string const& text = texts_[at.column][code];
                if (!text.empty()) {
                    WorkbookFile::clean_text(sheet_, at, text);
                }
            } else if (auto const value = shown_.number(at.column, row)) {
                lxw_format* const format = formats_[at.column];
                WorkbookFile::number(
                    sheet_,
                    at,
                    *value,
                    format != nullptr
                        ? format
                        : file_.format({.number_format = shown_.format(at.column, row)}));
            }
        }
    }

    /// Numbers that count something; years stand where words do.
    [[nodiscard]] bool stands_right(std::size_t column) const {
        return shown_.unit(column) != Unit::none && shown_.unit(column) != Unit::year;
    }
    [[nodiscard]] bool is_words(std::size_t column) const {
        return shown_.table().columns[column].kind == Column::Kind::word;
    }

    WorkbookFile& file_;
    ShownTable const& shown_;
    lxw_worksheet* sheet_;
    std::size_t columns_;
    std::vector<double> widths_;
    std::vector<lxw_format*> formats_;            ///< by column; none: each row has its own
    std::vector<std::vector<std::string>> texts_; ///< by column and code
};

/// "GD Guangdong"; an area that is called by its id needs no second name.
std::string word_text(Table const& table,
                      Column const& column,
                      std::string const& word,
                      AreaTable const& areas,
                      SummaryLanguage language) {
    Bilingual const label = label_of_word(table.name, column.name, word, areas);
    auto const area = areas.find(word);
    bool const of_area = area && label.en == areas[*area].name_en && label.en != word;
    return of_area ? fmt::format("{} {}", word, in(label, language)) : in(label, language);
}

} // namespace

std::string number_format(Unit unit, int decimals) {
    std::string positive;
    switch (unit) {
    case Unit::year:
        return "0";
    case Unit::people:
    case Unit::months:
        positive = "#,##0";
        break;
    case Unit::yuan:
        positive = "#,##0.00";
        break;
    case Unit::share:
        positive = "0.0%";
        break;
    case Unit::none:
    case Unit::number:
        positive = decimals > 0 ? "#,##0." + std::string(static_cast<std::size_t>(decimals), '0')
                                : "#,##0";
        break;
    }
    return fmt::format("{0};[Red]-{0}", positive);
}

ShownTable::ShownTable(Table const& table, AreaTable const& areas, SummaryLanguage language)
    : table_(&table), language_(language), words_(table.columns.size()) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        Column const& column = table.columns[i];
        labels_.push_back(label_of(table.name, column));
        for (std::string const& word : column.words) {
            words_[i].push_back(word_text(table, column, word, areas, language));
        }
        if (column.name == "unit" && column.kind == Column::Kind::word) {
            unit_column_ = i;
        }
    }
}

std::string ShownTable::label(std::size_t column) const {
    return in(labels_[column].name, language_);
}

std::string ShownTable::unit_name(std::size_t column) const {
    Unit const unit = labels_[column].unit;
    return unit == Unit::number || unit == Unit::year ? "" : in(name_of(unit), language_);
}

std::string const& ShownTable::text(std::size_t column, std::size_t row) const {
    return words_[column][table_->columns[column].codes[row]];
}

std::optional<double> ShownTable::number(std::size_t column, std::size_t row) const {
    constexpr double fen = 100;
    Column const& of = table_->columns[column];
    switch (of.kind) {
    case Column::Kind::word:
        break;
    case Column::Kind::whole:
        return static_cast<double>(of.whole[row]);
    case Column::Kind::yuan:
        return static_cast<double>(of.whole[row]) / fen;
    case Column::Kind::quantity:
        return static_cast<double>(of.whole[row]) / (of.in_fen[row] ? fen : 1);
    case Column::Kind::real:
        return std::isfinite(of.real[row]) ? std::optional(of.real[row]) : std::nullopt;
    }
    return std::nullopt;
}

Unit ShownTable::unit_at(std::size_t column, std::size_t row) const {
    Unit const unit = labels_[column].unit;
    Column const& of = table_->columns[column];
    if (unit != Unit::number || is_pure_number(of.name)) {
        return unit;
    }
    if (unit_column_) {
        Column const& units = table_->columns[*unit_column_];
        return unit_of_word(units.words[units.codes[row]]).value_or(unit);
    }
    return of.kind == Column::Kind::quantity && of.in_fen[row] ? Unit::yuan : unit;
}

std::string ShownTable::format(std::size_t column, std::size_t row) const {
    Column const& of = table_->columns[column];
    if (labels_[column].unit != Unit::number) {
        return number_format(labels_[column].unit, 0);
    }
    Unit const unit = unit_at(column, row);
    return number_format(unit, decimals_of(unit, of));
}

std::size_t ShownTable::width(std::size_t column, std::size_t rows) const {
    Column const& of = table_->columns[column];
    std::size_t most = 0;
    if (of.kind == Column::Kind::word) {
        std::vector<std::size_t> widths;
        for (std::string const& word : words_[column]) {
            widths.push_back(width_of(word));
        }
        for (std::size_t row = 0; row < rows; ++row) {
            most = std::max(most, widths[of.codes[row]]);
        }
        return most;
    }
    double largest = 0;
    double smallest = 0;
    for (std::size_t row = 0; row < rows; ++row) {
        double const value = number(column, row).value_or(0);
        largest = std::max(largest, value);
        smallest = std::min(smallest, value);
    }
    Unit const unit = labels_[column].unit;
    int const decimals = unit == Unit::yuan     ? 2
                         : unit == Unit::share  ? 0
                         : unit == Unit::number ? std::max(2, decimals_of(unit, of))
                                                : 0;
    double const scale = unit == Unit::share ? 100 : 1;
    return std::max(grouped(largest * scale, decimals).size(),
                    grouped(smallest * scale, decimals).size());
}

std::size_t ShownTable::keys() const {
    std::size_t keys = 0;
    while (keys < labels_.size()
           && (labels_[keys].unit == Unit::none || labels_[keys].unit == Unit::year)) {
        ++keys;
    }
    return keys < labels_.size() ? keys : 0;
}

std::size_t write_sheet(WorkbookFile& file,
                        std::string const& name,
                        ShownTable const& shown,
                        SummaryLanguage language,
                        std::size_t rows_max) {
    PENSIM_EXPECT(!shown.table().columns.empty() && rows_max > header_rows + 1);
    return Sheet(file, name, shown).write(language, rows_max);
}

} // namespace pensim::report
