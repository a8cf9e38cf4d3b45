#include "core/law/dated.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace pensim::test {

namespace {

using Numbers = law::Dated<int>;

Numbers numbers() {
    return Numbers({{{1998, 1}, 11, "first"}, {{2006, 1}, 8, "second"}, {{2025, 1}, 9, "third"}});
}

std::string text(Numbers const& dated) {
    std::string all;
    for (auto const& entry : dated.entries()) {
        all += entry.from.text() + '=' + std::to_string(entry.value) + ' ';
    }
    return all;
}

} // namespace

TEST_CASE("a value holds from its month until the next") {
    struct Case {
        std::string why;
        YearMonth month;
        int value;
        std::string source;
    };
    for (auto const& c : std::vector<Case>{
             {"the first also holds before", {1900, 1}, 11, "first"},
             {"the month before the first", {1997, 12}, 11, "first"},
             {"the first month", {1998, 1}, 11, "first"},
             {"the last month of the first", {2005, 12}, 11, "first"},
             {"the first month of the second", {2006, 1}, 8, "second"},
             {"the last month of the second", {2024, 12}, 8, "second"},
             {"the first month of the last", {2025, 1}, 9, "third"},
             {"for ever", {2199, 12}, 9, "third"},
         }) {
        CAPTURE(c.why);
        CHECK(numbers().at(c.month) == c.value);
        CHECK(numbers().entry_at(c.month).source == c.source);
    }
}

TEST_CASE("a reader that goes forward finds what a look-up finds") {
    Numbers const dated = numbers();
    for (YearMonth const start : {YearMonth{1997, 12}, YearMonth{2005, 12}, YearMonth{2025, 1}}) {
        for (int const step : {0, 1, 12, 240}) {
            CAPTURE(start.text());
            CAPTURE(step);
            law::DatedReader<int> reader(dated, start);
            for (int i = 0; i < 40; ++i) {
                YearMonth const month = start + Months(i * step);
                CHECK(reader.at(month) == dated.at(month));
            }
        }
    }
    CHECK_THROWS_AS(law::DatedReader<int>(Numbers(), YearMonth(2025, 1)), ContractViolation);
}

TEST_CASE("a reform replaces everything from its first month on") {
    struct Case {
        std::string why;
        std::vector<Numbers::Entry> reform;
        std::string result;
    };
    for (auto const& c : std::vector<Case>{
             {"between two", {{{2010, 1}, 5, ""}}, "1998-01=11 2006-01=8 2010-01=5 "},
             {"in the month of an entry", {{{2006, 1}, 5, ""}}, "1998-01=11 2006-01=5 "},
             {"a month after an entry", {{{2006, 2}, 5, ""}}, "1998-01=11 2006-01=8 2006-02=5 "},
             {"after the last", {{{2030, 1}, 5, ""}}, "1998-01=11 2006-01=8 2025-01=9 2030-01=5 "},
             {"before the first", {{{1990, 1}, 5, ""}}, "1990-01=5 "},
             {"two steps",
              {{{2010, 1}, 5, ""}, {{2040, 1}, 6, ""}},
              "1998-01=11 2006-01=8 2010-01=5 2040-01=6 "},
         }) {
        CAPTURE(c.why);
        Numbers dated = numbers();
        dated.replace_from(c.reform);
        CHECK(text(dated) == c.result);
    }
}

TEST_CASE("entries stand in order, and one there must be") {
    std::vector<Numbers::Entry> const backwards{{{2006, 1}, 8, ""}, {{1998, 1}, 11, ""}};
    CHECK_THROWS_AS(static_cast<void>(Numbers(backwards)), ContractViolation);
    CHECK_THROWS_AS(numbers().replace_from(backwards), ContractViolation);
    CHECK_THROWS_AS(numbers().replace_from({}), ContractViolation);
    CHECK(Numbers().empty());
    CHECK_THROWS_AS(static_cast<void>(Numbers().at({2025, 1})), ContractViolation);
}

} // namespace pensim::test
