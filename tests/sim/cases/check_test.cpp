#include "sim/cases/check.hpp"

#include <vector>

#include <doctest/doctest.h>

#include "tests/sim/support.hpp"

namespace pensim::test {

TEST_CASE("only what is expected is compared") {
    struct Case {
        std::string why;
        std::string expected;
        std::string found;
        std::string differences;
    };
    for (
        auto const& c : std::vector<Case>{
            {"nothing expected", "{}", R"({"status": "extend"})", ""},
            {"the same", R"({"status": "extend"})", R"({"id": "p", "status": "extend"})", ""},
            {"another word",
             R"({"status": "pension"})",
             R"({"status": "extend"})",
             "status: \"pension\" / \"extend\"\n"},
            {"a field that is not there",
             R"({"status": "pension"})",
             "{}",
             "status: \"pension\" / null\n"},
            {"null is nothing", R"({"settlement_month": null})", "{}", ""},
            {"nothing is not null",
             R"({"settlement_month": null})",
             R"({"settlement_month": "2027-03"})",
             "settlement_month: null / \"2027-03\"\n"},
            {"numbers by value",
             R"({"account_balance": 106080})",
             R"({"account_balance": 106080.00})",
             ""},
            {"numbers to the fen",
             R"({"account_balance": 106080.01})",
             R"({"account_balance": 106080.00})",
             "account_balance: 106080.01 / 106080.00\n"},
            {"a number is no text",
             R"({"missing_months": "48"})",
             R"({"missing_months": 48})",
             "missing_months: \"48\" / 48\n"},
            {"objects by the expected members",
             R"({"pension": {"index": 1.2}})",
             R"({"pension": {"index": 1.2000, "monthly": 5}})",
             ""},
            {"their members have a path",
             R"({"pension": {"index": 1.2}})",
             R"({"pension": {"index": 1.3}})",
             "pension/index: 1.2 / 1.3\n"},
            {"months by area: all of them",
             R"({"months_by_area": {"GD": 60}})",
             R"({"months_by_area": {"GD": 60, "SH": 1}})",
             "months_by_area/SH: null / 1\n"},
            {"in any order",
             R"({"months_by_area": {"GD": 60, "SH": 1}})",
             R"({"months_by_area": {"SH": 1, "GD": 60}})",
             ""},
            {"an expected area that is not there",
             R"({"months_by_area": {"GD": 60, "SH": 1}})",
             R"({"months_by_area": {"GD": 60}})",
             "months_by_area/SH: 1 / null\n"},
            {"lists item by item",
             R"({"transfers": [{"kind": "move"}, {"pooled": 7200}]})",
             R"({"transfers": [{"kind": "move", "pooled": 1.00}, {"kind": "gather", "pooled": 7200.01}]})",
             "transfers/1/pooled: 7200 / 7200.01\n"},
            {"lists in length",
             R"({"refunds": []})",
             R"({"refunds": [{"reason": "death"}]})",
             "refunds: [] / [{\"reason\": \"death\"}]\n"},
            {"lists in order",
             R"({"basis": ["a", "b"]})",
             R"({"basis": ["b", "a"]})",
             "basis/0: \"a\" / \"b\"\nbasis/1: \"b\" / \"a\"\n"},
            {"several differences",
             R"({"status": "pension", "branch": "hukou"})",
             R"({"status": "extend", "branch": "longest"})",
             "status: \"pension\" / \"extend\"\nbranch: \"hukou\" / \"longest\"\n"},
        }) {
        CAPTURE(c.why);
        std::string text;
        for (auto const& d : cases::compare(input::parse_json(c.expected).value(),
                                            input::parse_json(c.found).value())) {
            text += d.field + ": " + d.expected + " / " + d.found + "\n";
        }
        CHECK(text == c.differences);
    }
}

TEST_CASE("an expectation of something that no outcome has is a fault of the file") {
    Problems problems;
    cases::check_expectation(
        input::parse_json(R"({"statsu": "pension", "branch": "longest", "payment": 1})").value(),
        "/persons/0/expect",
        problems);
    CHECK(
        lines_of(problems)
        == "/persons/0/expect/statsu | unknown outcome field \"statsu\"; did you mean \"status\"?\n"
           "/persons/0/expect/payment | unknown outcome field \"payment\"\n");
}

TEST_CASE("a value as short text") {
    for (std::string const text : {"null",
                                   "true",
                                   "false",
                                   "12.50",
                                   R"("a\"b")",
                                   R"([1, "x", []])",
                                   R"({"a": 1, "b": {}})"}) {
        CAPTURE(text);
        CHECK(cases::to_json(input::parse_json(text).value()) == text);
    }
}

} // namespace pensim::test
