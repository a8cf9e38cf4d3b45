#include "sim/report/workbook.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <utility>
#include <xlsxwriter.h>

#include <fmt/format.h>

#include "core/basis/check.hpp"
#include "sim/input/file.hpp"
#include "sim/report/workbook_charts.hpp"
#include "sim/report/workbook_file.hpp"
#include "sim/report/workbook_sheet.hpp"

namespace pensim::report {

namespace {

constexpr std::uint32_t dark = 0x1f4e79;
constexpr std::uint32_t link_blue = 0x0563c1;

/// A folder of our own for temporary files, gone at the end.
class TemporaryFolder {
  public:
    TemporaryFolder() {
        std::error_code failure;
        auto const place = std::filesystem::temp_directory_path(failure);
        path_ = (failure ? std::filesystem::path("/tmp") : place).string() + "/pensim.XXXXXX";
        if (::mkdtemp(path_.data()) == nullptr) {
            throw input::MachineFault(
                fmt::format("{}: no temporary folder can be created",
                            std::filesystem::path(path_).parent_path().string()));
        }
    }
    TemporaryFolder(TemporaryFolder const&) = delete;
    TemporaryFolder& operator=(TemporaryFolder const&) = delete;
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] std::string const& path() const { return path_; }

  private:
    std::string path_;
};

/// Names of sheets that differ, whatever their case; a second one of a name gets a number.
class SheetNames {
  public:
    std::string add(std::string_view wanted) {
        std::string name = sheet_name(wanted);
        for (int i = 2; !used_.insert(folded(name)).second; ++i) {
            std::string const behind = fmt::format(" ({})", i);
            std::string stem = sheet_name(wanted);
            while (sheet_name(stem + behind) != stem + behind) { // too long
                stem = sheet_name(without_last(stem));
            }
            name = stem + behind;
        }
        return name;
    }

  private:
    /// Latin letters only: others hardly come in two cases here.
    static std::string folded(std::string text) {
        for (char& c : text) {
            c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
        return text;
    }
    static std::string without_last(std::string text) {
        auto const continues = [](char c) {
            return (static_cast<unsigned char>(c) & 0xc0U) == 0x80;
        };
        while (!text.empty() && continues(text.back())) {
            text.pop_back();
        }
        text.pop_back();
        return text;
    }
    std::set<std::string> used_{"history"}; // the format keeps this one for itself
};

/// What the cover says of a sheet.
struct Content {
    std::string sheet;
    std::string note;
    std::size_t rows = 0;  ///< of the table
    std::size_t shown = 0; ///< of them in the sheet
    bool table = true;
};

/// The rows of a table that its sheet will show.
std::size_t shown_rows(Table const& table, std::size_t rows_max) {
    std::size_t const room = rows_max - header_rows;
    return table.rows <= room ? table.rows : room - 1;
}

class Cover {
  public:
    Cover(WorkbookFile& file, std::string const& name, Workbook const& workbook)
        : file_(file), workbook_(workbook), zh_(workbook.language == SummaryLanguage::zh),
          sheet_(file.add_sheet(name)) {}

    void write(std::vector<Content> const& contents) {
        layout();
        line(workbook_.title, {.size = 18, .colour = dark, .bold = true}, 2);
        if (!say(workbook_.subtitle).empty()) {
            line(workbook_.subtitle, {.size = 11, .colour = grey}, 1);
        }
        facts({"Headline figures", "主要结果"}, workbook_.headlines, true);
        sheets(contents);
        facts({"How to reproduce", "如何重现"}, workbook_.facts, false);
        notes(contents);
    }

  private:
    [[nodiscard]] std::string const& say(Bilingual const& text) const {
        return zh_ ? text.zh : text.en;
    }

    void layout() {
        constexpr double margin = 2;
        constexpr double names = 36;
        constexpr double texts = 84;
        constexpr double numbers = 13;
        WorkbookFile::column_width(sheet_, 0, margin);
        WorkbookFile::column_width(sheet_, 1, names);
        WorkbookFile::column_width(sheet_, 2, texts);
        WorkbookFile::column_width(sheet_, 3, numbers);
        worksheet_gridlines(sheet_, LXW_HIDE_ALL_GRIDLINES);
        worksheet_set_landscape(sheet_);
        worksheet_set_paper(sheet_, 9); // A4
        worksheet_fit_to_pages(sheet_, 1, 0);
    }

    void line(Bilingual const& text, CellStyle const& style, std::size_t lines) {
        WorkbookFile::row_height(sheet_, row_, lines);
        file_.text(sheet_, {row_, 1}, say(text), style);
        ++row_;
    }
    void heading(Bilingual const& text) {
        ++row_;
        CellStyle const style{.size = 13, .colour = dark, .bold = true, .line_below = true};
        WorkbookFile::row_height(sheet_, row_, 2);
        file_.text(sheet_, {row_, 1}, say(text), style);
        file_.empty(sheet_, {row_, 2}, style);
        file_.empty(sheet_, {row_, 3}, style);
        ++row_;
    }
    /// Lines that a text takes when they are so long.
    static std::size_t lines_of(std::string_view text, std::size_t characters) {
        std::size_t lines = 0;
        for (std::size_t from = 0; from <= text.size();) {
            auto const end = std::min(text.find('\n', from), text.size());
            lines += 1 + width_of(text.substr(from, end - from)) / characters;
            from = end + 1;
        }
        constexpr std::size_t lines_max = 27; // a row is at most 409 points high
        return std::min(lines, lines_max);
    }
    /// A row of a name and a text, as high as both need.
    void row_of(std::string_view name, std::string_view text) {
        constexpr std::size_t of_name = 34;
        constexpr std::size_t of_text = 96;
        WorkbookFile::row_height(
            sheet_, row_, std::max(lines_of(name, of_name), lines_of(text, of_text)));
    }

    void facts(Bilingual const& title, std::vector<WorkbookFact> const& facts, bool bold) {
        if (facts.empty()) {
            return;
        }
        heading(title);
        for (WorkbookFact const& fact : facts) {
            row_of(say(fact.label), say(fact.value));
            file_.text(sheet_, {row_, 1}, say(fact.label), {.wrapped = true});
            file_.text(sheet_, {row_, 2}, say(fact.value), {.bold = bold, .wrapped = true});
            ++row_;
        }
    }

    void sheets(std::vector<Content> const& contents) {
        heading({"Sheets", "工作表"});
        file_.text(sheet_, {row_, 3}, say({"rows", "行数"}), {.colour = grey, .right = true});
        ++row_;
        for (Content const& content : contents) {
            row_of(content.sheet, content.note);
            file_.link(sheet_,
                       {row_, 1},
                       content.sheet,
                       content.sheet,
                       {.colour = link_blue, .wrapped = true});
            file_.text(sheet_, {row_, 2}, content.note, {.wrapped = true});
            if (content.table) {
                file_.number(sheet_,
                             {row_, 3},
                             static_cast<double>(content.shown),
                             {.number_format = "#,##0", .wrapped = true});
            }
            ++row_;
        }
    }

    void notes(std::vector<Content> const& contents) {
        heading({"Notes", "说明"});
        for (Content const& content : contents) {
            if (content.shown < content.rows) {
                note({fmt::format("Sheet \"{}\" ends after {} of {} rows: a sheet has no more.",
                                  content.sheet,
                                  grouped(static_cast<double>(content.shown)),
                                  grouped(static_cast<double>(content.rows))),
                      fmt::format("工作表“{}”仅列出全部 {} 行中的前 {} 行，已达工作表行数上限。",
                                  content.sheet,
                                  grouped(static_cast<double>(content.rows)),
                                  grouped(static_cast<double>(content.shown)))});
            }
        }
        for (Bilingual const& text : workbook_.notes) {
            note(text);
        }
        note({"Numbers stand for the people of the scenario: the simulated lives of the CSV files, "
              "times the weight of each.",
              "数值代表情景中的全部人口，即 CSV 文件中的模拟人数乘以每人的权重。"});
        note({"Amounts are in yuan. The second line of each sheet has the units; the first one, in "
              "grey, the names of the same columns in the CSV files.",
              "金额单位为元。各表第二行为单位，第一行灰字为 CSV 文件中的列名。"});
        note({"An empty cell: there is no such number. Negative numbers are red.",
              "空白单元格表示没有该数值；负数为红色。"});
    }
    void note(Bilingual const& text) {
        constexpr std::size_t characters = 150;
        constexpr std::size_t columns = 3;
        WorkbookFile::row_height(sheet_, row_, lines_of(say(text), characters));
        file_.merged_text(sheet_, {row_, 1}, columns, say(text), {.wrapped = true});
        ++row_;
    }

    WorkbookFile& file_;
    Workbook const& workbook_;
    bool zh_;
    lxw_worksheet* sheet_;
    std::size_t row_ = 1;
};

} // namespace

std::string workbook_of(Workbook const& workbook, AreaTable const& areas) {
    PENSIM_EXPECT(workbook.rows_max > header_rows + 1);
    TemporaryFolder const folder;
    WorkbookFile file(folder.path(),
                      {in(workbook.title, workbook.language),
                       in(workbook.subtitle, workbook.language),
                       "pensim"});
    SheetNames names;
    bool const zh = workbook.language == SummaryLanguage::zh;
    std::string const cover = names.add(zh ? "概览" : "Overview");
    std::vector<Content> contents;
    if (!workbook.charts.empty()) {
        contents.push_back(
            {names.add(zh ? "图表" : "Charts"),
             zh ? "主要结果的图示及其数据。" : "Main results as pictures, with their numbers.",
             0,
             0,
             false});
    }
    std::vector<Table> tables;
    for (Table const* const table : workbook.tables) {
        tables.push_back(weighted(*table));
        contents.push_back({names.add(in(title_of(table->name), workbook.language)),
                            in(note_of(table->name), workbook.language),
                            table->rows,
                            shown_rows(*table, workbook.rows_max)});
    }
    std::vector<ShownTable> shown;
    shown.reserve(tables.size());
    for (Table const& table : tables) {
        shown.emplace_back(table, areas, workbook.language);
    }
    Cover(file, cover, workbook).write(contents);
    auto content = contents.begin();
    if (!workbook.charts.empty()) {
        write_charts(file, content->sheet, workbook.charts, shown, workbook.language);
        ++content;
    }
    for (ShownTable const& table : shown) {
        std::size_t const written =
            write_sheet(file, content->sheet, table, workbook.language, workbook.rows_max);
        PENSIM_ENSURE(written == content->shown);
        ++content;
    }
    return file.finish();
}

void write_workbook(std::string const& path, Workbook const& workbook, AreaTable const& areas) {
    input::write_file(path, workbook_of(workbook, areas));
}

std::vector<std::size_t> extremes(Table const& table, std::string_view column, std::size_t each) {
    Column const& of = table.column(column);
    PENSIM_EXPECT(of.kind != Column::Kind::word && of.kind != Column::Kind::quantity);
    bool const real = of.kind == Column::Kind::real;
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < table.rows; ++row) {
        if (!real || std::isfinite(of.real[row])) {
            rows.push_back(row);
        }
    }
    std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
        return real ? of.real[a] > of.real[b] : of.whole[a] > of.whole[b];
    });
    if (rows.size() > 2 * each) {
        auto const first = rows.begin() + static_cast<std::ptrdiff_t>(each);
        rows.erase(first, rows.end() - static_cast<std::ptrdiff_t>(each));
    }
    return rows;
}

} // namespace pensim::report
