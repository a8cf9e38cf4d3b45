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

} // namespace
} // namespace pensim::report
