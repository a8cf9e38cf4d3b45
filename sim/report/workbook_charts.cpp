#include "sim/report/workbook_charts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <xlsxwriter.h>

#include <fmt/format.h>

#include "core/basis/check.hpp"

namespace pensim::report {

namespace {

constexpr std::array<lxw_color_t, 6> colours{
    0x1f4e79, 0xc55a11, 0x548235, 0x7f6000, 0x7030a0, 0x808080};
constexpr std::size_t chart_columns = 12; ///< of usual width, under the charts
constexpr double width_pixels = 760;
constexpr std::size_t rows_of_chart = 20; ///< of usual height
constexpr std::size_t many_categories = 24;

lxw_chart_type type_of(WorkbookChart::Kind kind) {
    switch (kind) {
    case WorkbookChart::Kind::line:
        return LXW_CHART_LINE;
    case WorkbookChart::Kind::column:
        return LXW_CHART_COLUMN;
    case WorkbookChart::Kind::bar:
        break;
    }
    return LXW_CHART_BAR;
}

/// An axis in millions where its numbers are so large: formats can leave out thousands.
struct AxisScale {
    std::string format;
    Bilingual unit;
};
AxisScale scale_of(Unit unit, double largest) {
    constexpr double many = 1e7;
    Bilingual const name = unit == Unit::number ? Bilingual{} : name_of(unit);
    if (unit == Unit::share) {
        return {"0%", {}};
    }
    if (largest < many) {
        return {"#,##0", name};
    }
    return {"#,##0,,", {"million " + name.en, "百万" + name.zh}};
}

/// A chart, its block of data and where both stand.
class ChartBlock {
  public:
    ChartBlock(WorkbookChart const& chart, ShownTable const& shown)
        : chart_(chart), shown_(shown), category_(column_of(chart.category)), rows_(chart.rows) {
        for (std::string const& name : chart.values) {
            values_.push_back(column_of(name));
        }
        PENSIM_EXPECT(!values_.empty());
        if (rows_.empty()) {
            rows_.resize(shown.table().rows);
            std::iota(rows_.begin(), rows_.end(), std::size_t{0});
        }
        PENSIM_EXPECT(std::all_of(
            rows_.begin(), rows_.end(), [&](std::size_t r) { return r < shown.table().rows; }));
    }

    /// A bar needs room for its name.
    [[nodiscard]] std::size_t chart_rows() const {
        return chart_.kind == WorkbookChart::Kind::bar ? std::max(rows_of_chart, rows_.size() + 6)
                                                       : rows_of_chart;
    }
    /// Columns of its data, with an empty one behind them.
    [[nodiscard]] std::size_t columns() const { return values_.size() + 2; }
    /// Rows of its data, with a title and a header.
    [[nodiscard]] std::size_t data_rows() const { return rows_.size() + 2; }

    /// A row of the data, if there is one.
    void
    write_row(WorkbookFile& file, lxw_worksheet* sheet, CellAt at, SummaryLanguage language) const {
        if (at.row == 0) {
            file.text(sheet, at, in(chart_.title, language), {.bold = true});
        } else if (at.row == 1) {
            file.text(sheet, at, shown_.label(category_), {.bold = true, .line_below = true});
            for (std::size_t const column : values_) {
                ++at.column;
                file.text(sheet,
                          at,
                          shown_.label(column),
                          {.bold = true, .right = true, .line_below = true});
            }
        } else if (at.row < data_rows()) {
            std::size_t const row = rows_[at.row - 2];
            write_cell(file, sheet, at, category_, row);
            for (std::size_t const column : values_) {
                ++at.column;
                write_cell(file, sheet, at, column, row);
            }
        }
    }

    void draw(WorkbookFile& file,
              lxw_worksheet* sheet,
              std::string const& name,
              CellAt at,
              std::size_t data_column,
              SummaryLanguage language) const {
        lxw_chart* const chart = workbook_add_chart(file.library(), type_of(chart_.kind));
        PENSIM_EXPECT(chart != nullptr);
        std::string const title = clean_text(in(chart_.title, language));
        chart_title_set_name(chart, title.c_str());
        lxw_chart_font title_font{};
        title_font.size = 12;
        title_font.bold = LXW_TRUE;
        chart_title_set_name_font(chart, &title_font);
        add_series(chart, name, data_column);
        axes(chart, language);
        lxw_chart_options options{};
        options.x_scale = width_pixels / 480;                           // of the library's
        options.y_scale = static_cast<double>(chart_rows()) * 20 / 288; // usual 480 x 288
        options.description = const_cast<char*>(title.c_str());         // copied, not changed
        expect_written(worksheet_insert_chart_opt(sheet,
                                                  static_cast<lxw_row_t>(at.row),
                                                  static_cast<lxw_col_t>(at.column),
                                                  chart,
                                                  &options),
                       "chart");
    }

  private:
    [[nodiscard]] std::size_t column_of(std::string const& name) const {
        auto const& columns = shown_.table().columns;
        auto const found = std::find_if(
            columns.begin(), columns.end(), [&](Column const& c) { return c.name == name; });
        PENSIM_EXPECT(found != columns.end());
        return static_cast<std::size_t>(found - columns.begin());
    }
    void write_cell(WorkbookFile& file,
                    lxw_worksheet* sheet,
                    CellAt at,
                    std::size_t column,
                    std::size_t row) const {
        if (shown_.table().columns[column].kind == Column::Kind::word) {
            file.text(sheet, at, shown_.text(column, row), {});
        } else if (auto const value = shown_.number(column, row)) {
            file.number(sheet, at, *value, {.number_format = shown_.format(column, row)});
        }
    }

    void add_series(lxw_chart* chart, std::string const& sheet, std::size_t data_column) const {
        auto const first = static_cast<lxw_col_t>(data_column);
        constexpr lxw_row_t top = 2;
        auto const bottom = static_cast<lxw_row_t>(std::max<std::size_t>(top, data_rows() - 1));
        for (std::size_t i = 0; i < values_.size(); ++i) {
            auto const column = static_cast<lxw_col_t>(data_column + 1 + i);
            lxw_chart_series* const series = chart_add_series(chart, nullptr, nullptr);
            PENSIM_EXPECT(series != nullptr);
            chart_series_set_categories(series, sheet.c_str(), top, first, bottom, first);
            chart_series_set_values(series, sheet.c_str(), top, column, bottom, column);
            chart_series_set_name_range(series, sheet.c_str(), top - 1, column);
            lxw_color_t const colour = colours[i % colours.size()];
            if (chart_.kind == WorkbookChart::Kind::line) {
                lxw_chart_line line{};
                line.color = colour;
                line.width = 2;
                chart_series_set_line(series, &line);
            } else {
                lxw_chart_fill fill{};
                fill.color = colour;
                chart_series_set_fill(series, &fill);
            }
        }
    }

    void axes(lxw_chart* chart, SummaryLanguage language) const {
        double largest = 0;
        for (std::size_t const column : values_) {
            for (std::size_t const row : rows_) {
                largest = std::max(largest, std::abs(shown_.number(column, row).value_or(0)));
            }
        }
        AxisScale const scale = scale_of(shown_.unit(values_.front()), largest);
        std::string const of_values = in(scale.unit, language);
        std::string const of_categories = shown_.label(category_);
        lxw_chart_font font{};
        font.bold = LXW_FALSE;
        font.size = 10;
        // The library's bars have their categories on the axis that it calls y.
        bool const bars = chart_.kind == WorkbookChart::Kind::bar;
        lxw_chart_axis* const categories = bars ? chart->y_axis : chart->x_axis;
        lxw_chart_axis* const values = bars ? chart->x_axis : chart->y_axis;
        for (auto const& [axis, name] :
             {std::pair(categories, &of_categories), std::pair(values, &of_values)}) {
            if (!name->empty()) {
                chart_axis_set_name(axis, name->c_str());
                chart_axis_set_name_font(axis, &font);
            }
        }
        chart_axis_set_num_format(values, scale.format.c_str());
        // Names stand at the edge, not on bars that go below zero.
        chart_axis_set_label_position(categories, LXW_CHART_AXIS_LABEL_POSITION_LOW);
        if (bars) { // the first row at the top, numbers at the bottom
            chart_axis_set_reverse(categories);
            chart_axis_set_crossing_max(categories);
        } else if (rows_.size() > many_categories) {
            chart_axis_set_interval_unit(categories, static_cast<uint16_t>(rows_.size() / 12));
        }
        if (values_.size() == 1) {
            chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
        } else {
            chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
        }
    }

    WorkbookChart const& chart_;
    ShownTable const& shown_;
    std::size_t category_;
    std::vector<std::size_t> rows_;
    std::vector<std::size_t> values_;
};

} // namespace

void write_charts(WorkbookFile& file,
                  std::string const& sheet,
                  std::vector<WorkbookChart> const& charts,
                  std::vector<ShownTable> const& tables,
                  SummaryLanguage language) {
    lxw_worksheet* const on = file.add_sheet(sheet);
    worksheet_gridlines(on, LXW_HIDE_ALL_GRIDLINES);
    worksheet_set_landscape(on);
    worksheet_set_paper(on, 9); // A4
    std::vector<ChartBlock> blocks;
    std::size_t last = 0;
    for (WorkbookChart const& chart : charts) {
        auto const shown = std::find_if(tables.begin(), tables.end(), [&](ShownTable const& t) {
            return t.table().name == chart.table;
        });
        PENSIM_EXPECT(shown != tables.end());
        last = std::max(last, blocks.emplace_back(chart, *shown).data_rows());
    }
    for (std::size_t row = 0; row < last; ++row) { // rows go out one by one, across the blocks
        std::size_t column = chart_columns;
        for (ChartBlock const& block : blocks) {
            block.write_row(file, on, {row, column}, language);
            column += block.columns();
        }
    }
    CellAt at;
    std::size_t column = chart_columns;
    std::vector<lxw_row_t> breaks; // a chart a page
    for (ChartBlock const& block : blocks) {
        constexpr double data_width = 20;
        for (std::size_t i = 0; i + 1 < block.columns(); ++i) {
            WorkbookFile::column_width(on, column + i, data_width);
        }
        block.draw(file, on, sheet, at, column, language);
        at.row += block.chart_rows() + 1;
        breaks.push_back(static_cast<lxw_row_t>(at.row));
        column += block.columns();
    }
    expect_written(
        worksheet_print_area(
            on, 0, 0, static_cast<lxw_row_t>(at.row), static_cast<lxw_col_t>(chart_columns - 1)),
        "printed charts");
    breaks.back() = 0; // the library's end of the list
    if (breaks.size() > 1) {
        expect_written(worksheet_set_h_pagebreaks(on, breaks.data()), "page breaks");
    }
}

} // namespace pensim::report
