#include "tests/support/read_workbook.hpp"

#include <stdexcept>

#include "sim/report/unzip.hpp"

namespace pensim::test {

namespace {

using View = std::string_view;

std::string unescaped(View text) {
    std::string out;
    while (!text.empty()) {
        bool known = false;
        for (auto const& [escape, plain] : {std::pair<View, char>{"&amp;", '&'},
                                            {"&lt;", '<'},
                                            {"&gt;", '>'},
                                            {"&quot;", '"'},
                                            {"&apos;", '\''}}) {
            if (text.starts_with(escape)) {
                out += plain;
                text.remove_prefix(escape.size());
                known = true;
                break;
            }
        }
        if (!known) {
            out += text.front();
            text.remove_prefix(1);
        }
    }
    return out;
}

/// Calls visit(attributes, inner) for every element of a name; attributes with the space before.
template <class Visit>
void each(View xml, std::string const& name, Visit const& visit) {
    std::string const open = "<" + name;
    std::string const close = "</" + name + ">";
    for (std::size_t at = xml.find(open); at != View::npos; at = xml.find(open, at + 1)) {
        std::size_t const attributes = at + open.size();
        if (xml[attributes] != ' ' && xml[attributes] != '>' && xml[attributes] != '/') {
            continue; // a longer name
        }
        std::size_t const end = xml.find('>', attributes);
        bool const empty = xml[end - 1] == '/';
        std::size_t const inner_end = empty ? end + 1 : xml.find(close, end);
        if (end == View::npos || inner_end == View::npos) {
            throw std::runtime_error("element without an end: " + name);
        }
        visit(xml.substr(attributes, end - attributes), xml.substr(end + 1, inner_end - end - 1));
    }
}

std::string attribute(View attributes, std::string const& name) {
    return unescaped(between(attributes, " " + name + "=\"", "\"").value_or(""));
}

std::vector<std::string> formats_of(std::string const& styles) {
    std::map<std::string, std::string> by_id;
    each(styles, "numFmt", [&](View attributes, View) {
        by_id[attribute(attributes, "numFmtId")] = attribute(attributes, "formatCode");
    });
    std::vector<std::string> formats;
    each(between(styles, "<cellXfs", "</cellXfs>").value(), "xf", [&](View attributes, View) {
        formats.push_back(by_id[attribute(attributes, "numFmtId")]);
    });
    return formats;
}

/// "AB12": row 11, column 27.
std::pair<std::size_t, std::size_t> place(View name) {
    std::size_t column = 0;
    std::size_t row = 0;
    for (char const c : name) {
        if (c >= 'A' && c <= 'Z') {
            column = column * 26 + static_cast<std::size_t>(c - 'A' + 1);
        } else {
            row = row * 10 + static_cast<std::size_t>(c - '0');
        }
    }
    return {row - 1, column - 1};
}

} // namespace

std::optional<std::string> between(View text, View from, View to) {
    std::size_t const start = text.find(from);
    if (start == View::npos) {
        return std::nullopt;
    }
    std::size_t const inner = start + from.size();
    std::size_t const end = text.find(to, inner);
    return end == View::npos ? std::nullopt
                             : std::optional(std::string(text.substr(inner, end - inner)));
}

ReadCell const* ReadSheet::find(std::size_t row, std::size_t column) const {
    auto const found = cells.find({row, column});
    return found == cells.end() ? nullptr : &found->second;
}

std::string ReadSheet::text(std::size_t row, std::size_t column) const {
    ReadCell const* const cell = find(row, column);
    return cell == nullptr ? "" : cell->value;
}

std::size_t ReadSheet::rows() const {
    return cells.empty() ? 0 : cells.rbegin()->first.first + 1;
}

ReadSheet const& ReadWorkbook::sheet(View name) const {
    for (ReadSheet const& sheet : sheets) {
        if (sheet.name == name) {
            return sheet;
        }
    }
    throw std::runtime_error("no sheet " + std::string(name));
}

ReadWorkbook read_workbook(View bytes) {
    ReadWorkbook book;
    bool const whole = report::unzip(
        bytes, [&](View name, View piece) { book.members[std::string(name)] += piece; });
    if (!whole) {
        throw std::runtime_error("no whole archive");
    }
    auto const formats = formats_of(book.members.at("xl/styles.xml"));
    each(book.members.at("xl/workbook.xml"), "sheet", [&](View attributes, View) {
        ReadSheet sheet{.name = attribute(attributes, "name")};
        sheet.xml = book.members.at("xl/worksheets/sheet" + std::to_string(book.sheets.size() + 1)
                                    + ".xml");
        each(sheet.xml, "c", [&](View cell, View inner) {
            bool const is_text = attribute(cell, "t") == "inlineStr";
            std::string const style = attribute(cell, "s");
            std::string value;
            each(inner, is_text ? "t" : "v", [&](View, View text) { value = unescaped(text); });
            if (!value.empty()) {
                sheet.cells[place(attribute(cell, "r"))] = {
                    value, is_text, style.empty() ? "" : formats.at(std::stoul(style))};
            }
        });
        book.sheets.push_back(std::move(sheet));
    });
    return book;
}

} // namespace pensim::test
