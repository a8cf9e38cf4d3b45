#include "sim/report/text_grid.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "core/law/words.hpp"

namespace pensim::report {
namespace {

TEST_CASE("numbers are grouped by thousands and rounded to their decimals") {
    struct Case {
        double number;
        int decimals;
        char const* text;
    };
    for (Case const& c : {Case{0, 0, "0"},
                          {999, 0, "999"},
                          {1000, 0, "1,000"},
                          {1234567.8, 0, "1,234,568"},
                          {-1234567.8, 1, "-1,234,567.8"},
                          {-999, 0, "-999"},
                          {999'999.97, 1, "1,000,000.0"},
                          {1e12, 2, "1,000,000,000,000.00"},
                          {-0.4, 0, "0"},
                          {-0.04, 1, "0.0"},
                          {-0.05, 2, "-0.05"}}) {
        CAPTURE(c.text);
        CHECK(grouped(c.number, c.decimals) == c.text);
    }
    CHECK(percent(0.1234) == "12.3%");
    CHECK(percent(1) == "100.0%");
}

TEST_CASE("kinds of transfers have names in both languages") {
    std::vector<std::string_view> names;
    for (std::size_t i = 0; i < words<TransferKind>.size(); ++i) {
        auto const kind = static_cast<TransferKind>(i);
        CHECK(kind_name(kind, SummaryLanguage::en) == word(kind));
        names.push_back(kind_name(kind, SummaryLanguage::zh));
        CHECK(std::count(names.begin(), names.end(), names.back()) == 1);
        CHECK(names.back() != word(kind));
    }
}

TEST_CASE("a grid pads each column to its widest cell; Chinese takes two columns") {
    Grid grid({false, true, false});
    CHECK(grid.empty());
    grid.add({"", "people", "unit"});
    grid.add({"GD 广东", "1,234", "元"});
    grid.add({"Shanghai", "5", ""});
    CHECK_FALSE(grid.empty());
    std::string out = "before\n";
    grid.append_to(out);
    CHECK(out
          == "before\n"
             "            people  unit\n"
             "  GD 广东    1,234  元\n"
             "  Shanghai       5\n");
    std::string nothing;
    Grid({true}).append_to(nothing);
    CHECK(nothing.empty());
}

TEST_CASE("widths are those of a terminal: wide, narrow and punctuation beyond ASCII") {
    Grid grid({false, true});
    grid.add({"±1–2 …é", "1"}); // seven columns
    grid.add({"１２中", "22"}); // six
    std::string out;
    grid.append_to(out);
    CHECK(out == "  ±1–2 …é   1\n  １２中   22\n");
}

TEST_CASE("in colour: a faint head, red numbers below zero, the same columns") {
    auto const grid_in = [](Ink ink) {
        Grid grid({false, true, true}, ink);
        grid.head({"area", "gain", ""});
        grid.add({"GD", "-1,234", "-"});
        grid.add({"-5", "7", ""});
        std::string out;
        grid.append_to(out);
        return out;
    };
    CHECK(grid_in(Ink::plain) == "  area    gain\n  GD    -1,234  -\n  -5         7\n");
    CHECK(grid_in(Ink::colour)
          == "\x1b[2m  area    gain\x1b[0m\n  GD    \x1b[31m-1,234\x1b[0m  -\n  -5         7\n");
    CHECK(bold("Title", Ink::colour) == "\x1b[1mTitle\x1b[0m");
    CHECK(bold("Title", Ink::plain) == "Title");
    CHECK(bold("Two\nlines\x1b", Ink::plain) == "Two\nlines\xEF\xBF\xBD");
}

TEST_CASE("no name steers the terminal") {
    CHECK(printable("a\x1b[2Jb\tc\n\x7f")
          == "a\xEF\xBF\xBD[2Jb\xEF\xBF\xBD"
             "c\xEF\xBF\xBD\xEF\xBF\xBD");
    CHECK(printable("a\u202Eb\u2066c\u2028\u200F") == "a\uFFFDb\uFFFDc\uFFFD\uFFFD");
    CHECK(printable("\xC2\x9B 广东 \xFF") == "\xEF\xBF\xBD 广东 \xEF\xBF\xBD");
    Grid grid({false});
    grid.add({"\x1b]0;owned\x07"});
    std::string out;
    grid.append_to(out);
    CHECK(out == "  \xEF\xBF\xBD]0;owned\xEF\xBF\xBD\n");
}

TEST_CASE("lines stay lines") {
    CHECK(printable_lines("a\nb\x1b[2J\n\n\u202Ec\r\n") == "a\nb\uFFFD[2J\n\n\uFFFDc\uFFFD\n");
    CHECK(printable_lines("").empty());
    CHECK(printable_lines("one") == "one");
}

} // namespace
} // namespace pensim::report
