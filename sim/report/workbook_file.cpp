#include "sim/report/workbook_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>
#include <xlsxwriter.h>

#include <fmt/format.h>

#include "core/basis/check.hpp"
#include "sim/input/file.hpp"
#include "sim/input/text_out.hpp"
#include "sim/report/unzip.hpp"

namespace pensim::report {

namespace {

constexpr std::string_view no_character = "\xEF\xBF\xBD"; ///< U+FFFD
constexpr std::size_t sheet_units_max = 31;

/// A character of UTF-8: its bytes, how many UTF-16 units it takes, and whether it may stand in a
/// cell. Bytes that are none are one of U+FFFD each.
struct Character {
    std::string_view bytes;
    std::size_t units = 1;
    std::size_t read = 1; ///< bytes of the text that it stands for
};

bool unwanted(std::string_view bytes) {
    auto const first = static_cast<unsigned char>(bytes[0]);
    if (bytes.size() == 1) {
        return (first < 0x20 && bytes[0] != '\t' && bytes[0] != '\n') || first == 0x7f;
    }
    auto const second = static_cast<unsigned char>(bytes[1]);
    bool const control = first == 0xc2 && second < 0xa0; // U+0080 to U+009F
    bool const no_character_ever =
        bytes == "\xEF\xBF\xBE" || bytes == "\xEF\xBF\xBF"; // U+FFFE, FFFF
    return control || no_character_ever;
}

Character next_character(std::string_view text) {
    std::size_t const length = input::utf8_length(text);
    if (length == 0) {
        return {no_character, 1, 1};
    }
    auto const bytes = text.substr(0, length);
    if (unwanted(bytes)) {
        return {no_character, 1, length};
    }
    return {bytes, length == 4 ? 2U : 1U, length};
}

/// "_x0041_"
bool looks_escaped(std::string_view text) {
    auto const hexadecimal = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    };
    return text.size() >= 7 && text[0] == '_' && text[1] == 'x' && text[6] == '_'
           && std::all_of(text.begin() + 2, text.begin() + 6, hexadecimal);
}

/// Clean characters while they have room, then "…".
std::string cut(std::string_view text, std::size_t units_max, bool escaped) {
    constexpr std::string_view ellipsis = "\xE2\x80\xA6";
    constexpr std::string_view underscore = "_x005F_";
    std::string out;
    std::size_t units = 0;
    std::size_t fitting = 0; // bytes of `out` behind which the ellipsis has room
    for (std::size_t i = 0; i < text.size();) {
        std::string_view const rest = text.substr(i);
        Character const next = escaped && looks_escaped(rest)
                                   ? Character{underscore, underscore.size(), 1}
                                   : next_character(rest);
        if (units + next.units > units_max) {
            out.resize(fitting);
            out += ellipsis;
            break;
        }
        out += next.bytes;
        units += next.units;
        if (units < units_max) {
            fitting = out.size();
        }
        i += next.read;
    }
    return out;
}

lxw_color_t colour_of(std::uint32_t colour) {
    return colour; // the library's are 0xRRGGBB as well; black is 0 to both
}

/// The first and last bytes of a member, enough to see whether its root element is closed.
struct Ends {
    std::string head;
    std::string tail;
};
constexpr std::size_t ends_kept = 512;

bool is_closed(Ends const& ends) {
    auto root = ends.head.find("<?xml") == 0 ? ends.head.find('<', 1) : ends.head.find('<');
    if (root == std::string::npos) {
        return false;
    }
    ++root;
    auto const name = ends.head.substr(root, ends.head.find_first_of(" />\r\n", root) - root);
    auto const last = ends.tail.rfind('<');
    if (last == std::string::npos) {
        return false;
    }
    auto const tag = ends.tail.substr(last, ends.tail.find_last_not_of("\r\n") + 1 - last);
    return tag == fmt::format("</{}>", name)
           || (tag.starts_with("<" + name) && tag.ends_with("/>"));
}

/// The library does not ask whether its temporary files took what it wrote: on a full disk it packs
/// sheets that end anywhere.
bool is_whole(std::string_view archive) {
    std::map<std::string, Ends, std::less<>> members;
    bool const unpacked = unzip(archive, [&](std::string_view name, std::string_view piece) {
        Ends& ends = members[std::string(name)];
        ends.head += piece.substr(0, ends_kept - std::min(ends_kept, ends.head.size()));
        ends.tail += piece.substr(piece.size() - std::min(piece.size(), ends_kept));
        ends.tail.erase(0, ends.tail.size() - std::min(ends.tail.size(), ends_kept));
    });
    return unpacked && std::all_of(members.begin(), members.end(), [](auto const& member) {
               return is_closed(member.second);
           });
}

} // namespace

std::string clean_text(std::string_view text) {
    return cut(text, cell_units_max, false);
}

std::string cell_text(std::string_view text) {
    return cut(text, cell_units_max, true);
}

std::string sheet_name(std::string_view wanted) {
    std::string out;
    std::size_t units = 0;
    for (std::size_t i = 0; i < wanted.size();) {
        Character const next = next_character(wanted.substr(i));
        if (units + next.units > sheet_units_max) {
            break;
        }
        bool const forbidden =
            next.bytes.size() == 1
            && std::string_view("[]:*?/\\\t\n").find(next.bytes) != std::string_view::npos;
        out += forbidden ? std::string_view(" ") : next.bytes;
        units += next.units;
        i += next.read;
    }
    auto const kept = [](char c) { return c != '\'' && c != ' '; };
    out.erase(out.begin(), std::find_if(out.begin(), out.end(), kept));
    out.erase(std::find_if(out.rbegin(), out.rend(), kept).base(), out.end());
    return out.empty() ? "-" : out;
}

void expect_written(int error, std::string_view what) {
    if (error != LXW_NO_ERROR) {
        throw input::MachineFault(
            fmt::format("workbook: {}: {}", what, lxw_strerror(static_cast<lxw_error>(error))));
    }
}

WorkbookFile::WorkbookFile(std::string folder, WorkbookTexts const& texts)
    : folder_(std::move(folder)), path_(folder_ + "/workbook.xlsx") {
    // Rows go to disk as they come: a table of millions of cells needs no memory of its own.
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = folder_.data();
    book_ = workbook_new_opt(path_.c_str(), &options);
    if (book_ == nullptr) {
        throw input::MachineFault("workbook: out of memory");
    }
    workbook_unset_default_url_format(book_);
    std::string title = report::clean_text(texts.title);
    std::string subject = report::clean_text(texts.subject);
    std::string author = report::clean_text(texts.author);
    lxw_doc_properties properties{};
    properties.title = title.data();
    properties.subject = subject.data();
    properties.author = author.data();
    properties.created = 946'684'800; // 2000-01-01: no clock, so that equal results are equal bytes
    expect_written(workbook_set_properties(book_, &properties), "properties");
}

WorkbookFile::~WorkbookFile() {
    if (book_ != nullptr) {
        lxw_workbook_free(book_);
    }
}

lxw_worksheet* WorkbookFile::add_sheet(std::string const& name) {
    expect_written(workbook_validate_sheet_name(book_, name.c_str()), name);
    lxw_worksheet* const sheet = workbook_add_worksheet(book_, name.c_str());
    if (sheet == nullptr) {
        throw input::MachineFault(
            fmt::format("workbook: {}: no temporary file can be created for a sheet", folder_));
    }
    return sheet;
}

lxw_format* WorkbookFile::format(CellStyle const& style) {
    lxw_format*& format = formats_[style];
    if (format != nullptr) {
        return format;
    }
    format = workbook_add_format(book_);
    if (format == nullptr) {
        throw input::MachineFault("workbook: out of memory");
    }
    if (!style.number_format.empty()) {
        format_set_num_format(format, style.number_format.c_str());
    }
    if (style.size > 0) {
        format_set_font_size(format, style.size);
    }
    if (style.colour != 0) {
        format_set_font_color(format, colour_of(style.colour));
    }
    if (style.fill != 0) {
        format_set_bg_color(format, colour_of(style.fill));
    }
    if (style.bold) {
        format_set_bold(format);
    }
    if (style.wrapped) {
        format_set_text_wrap(format);
        format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    }
    if (style.left) {
        format_set_align(format, LXW_ALIGN_LEFT);
    }
    if (style.right) {
        format_set_align(format, LXW_ALIGN_RIGHT);
    }
    if (style.line_below) {
        format_set_bottom(format, LXW_BORDER_THIN);
    }
    return format;
}

void WorkbookFile::number(lxw_worksheet* sheet, CellAt at, double value, CellStyle const& style) {
    number(sheet, at, value, format(style));
}

void WorkbookFile::number(lxw_worksheet* sheet, CellAt at, double value, lxw_format* format) {
    expect_written(worksheet_write_number(sheet,
                                          static_cast<lxw_row_t>(at.row),
                                          static_cast<lxw_col_t>(at.column),
                                          value,
                                          format),
                   "number");
}

void WorkbookFile::clean_text(lxw_worksheet* sheet, CellAt at, std::string const& text) {
    expect_written(worksheet_write_string(sheet,
                                          static_cast<lxw_row_t>(at.row),
                                          static_cast<lxw_col_t>(at.column),
                                          text.c_str(),
                                          nullptr),
                   "text");
}

void WorkbookFile::text(lxw_worksheet* sheet,
                        CellAt at,
                        std::string_view text,
                        CellStyle const& style) {
    if (text.empty()) {
        return;
    }
    expect_written(worksheet_write_string(sheet,
                                          static_cast<lxw_row_t>(at.row),
                                          static_cast<lxw_col_t>(at.column),
                                          cell_text(text).c_str(),
                                          format(style)),
                   "text");
}

void WorkbookFile::empty(lxw_worksheet* sheet, CellAt at, CellStyle const& style) {
    expect_written(worksheet_write_blank(sheet,
                                         static_cast<lxw_row_t>(at.row),
                                         static_cast<lxw_col_t>(at.column),
                                         format(style)),
                   "cell");
}

void WorkbookFile::merged_text(lxw_worksheet* sheet,
                               CellAt at,
                               std::size_t columns,
                               std::string_view text,
                               CellStyle const& style) {
    auto const row = static_cast<lxw_row_t>(at.row);
    expect_written(worksheet_merge_range(sheet,
                                         row,
                                         static_cast<lxw_col_t>(at.column),
                                         row,
                                         static_cast<lxw_col_t>(at.column + columns - 1),
                                         cell_text(text).c_str(),
                                         format(style)),
                   "text");
}

void WorkbookFile::link(lxw_worksheet* sheet,
                        CellAt at,
                        std::string_view text,
                        std::string const& to_sheet,
                        CellStyle const& style) {
    std::string quoted; // an apostrophe in a name is doubled
    for (char const character : to_sheet) {
        quoted.append(character == '\'' ? 2 : 1, character);
    }
    expect_written(worksheet_write_url_opt(sheet,
                                           static_cast<lxw_row_t>(at.row),
                                           static_cast<lxw_col_t>(at.column),
                                           fmt::format("internal:'{}'!A1", quoted).c_str(),
                                           format(style),
                                           cell_text(text).c_str(),
                                           nullptr),
                   "link");
}

void WorkbookFile::column_width(lxw_worksheet* sheet, std::size_t column, double width) {
    auto const at = static_cast<lxw_col_t>(column);
    expect_written(worksheet_set_column(sheet, at, at, width, nullptr), "column width");
}

void WorkbookFile::row_height(lxw_worksheet* sheet, std::size_t row, std::size_t lines) {
    expect_written(worksheet_set_row(sheet,
                                     static_cast<lxw_row_t>(row),
                                     LXW_DEF_ROW_HEIGHT * static_cast<double>(lines),
                                     nullptr),
                   "row height");
}

std::string WorkbookFile::finish() {
    PENSIM_EXPECT(book_ != nullptr);
    lxw_workbook* const book = std::exchange(book_, nullptr);
    errno = 0;
    lxw_error const error = workbook_close(book);
    std::string const reason = errno == 0 ? "" : fmt::format(": {}", std::strerror(errno));
    expect_written(error, path_ + reason);
    auto bytes = input::read_file(path_, input::FileKind::regular, UINT64_MAX); // it is ours
    if (!bytes || !is_whole(*bytes)) {
        throw input::MachineFault(
            fmt::format("workbook: {} cannot take it: is the disk full?", folder_));
    }
    return *std::move(bytes);
}

} // namespace pensim::report
