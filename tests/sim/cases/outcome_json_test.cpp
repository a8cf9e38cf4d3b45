#include "sim/cases/outcome_json.hpp"

#include <vector>

#include <doctest/doctest.h>

#include "sim/cases/case_json.hpp"
#include "sim/cases/decide_case.hpp"
#include "sim/input/text_out.hpp"
#include "sim/rules/rule_files.hpp"
#include "tests/sim/support.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {

namespace {

/// Wages of 10 000.00 in every year and area, and no interest: a pension to be worked out by hand.
data::Tables plain_tables() {
    TemporaryFolder const folder;
    std::string wages = "area,year,yuan_per_month,method,source\n";
    for (Area const& known : areas().all()) {
        wages += known.id + ",2020,10000.00,assumed,test\n";
    }
    folder.file("average_wage.csv", wages);
    folder.file("wage_projection.csv", "from_year,growth_ppm,source\n2021,0,test\n");
    folder.file("interest_rates.csv", "year,rate_ppm,source\n2020,0,test\n");
    return data::load_tables(data::TableSource(folder.path())).value();
}

std::string outcome_of(data::Tables const& tables, std::string const& person) {
    cases::Law const law(rules::load_rules("law", tables).value(), tables);
    auto file =
        cases::read_cases(R"({"schema": "pensim/cases/1", "persons": [)" + person + "]}", tables)
            .value();
    return cases::decide_file(law, file).outcomes[0];
}

/// The citations are the business of core; here they are cut out.
std::string without_basis(std::string text) {
    std::size_t const start = text.find("\"basis\": [");
    std::size_t const end = text.find(']', start);
    REQUIRE(start != std::string::npos);
    return text.erase(start, end - start + 3);
}

} // namespace

TEST_CASE("a pension worked out by hand, field by field") {
    data::Tables const plain = plain_tables();
    std::string const outcome = outcome_of(plain, R"({"id": "a \"b\"\t广", "group": "hong_kong",
        "sex": "male", "birth": "1966-09", "records": [
        {"area": "SH", "from": "2012-04", "to": "2012-06", "base": 10000},
        {"area": "GD", "from": "2012-07", "to": "2027-03", "base": 10000}]})");
    // 3 x 800 of the account and 12% of 3 x 10 000 move. 180 x 800 = 144 000 without interest; by
    // 135.5 months (60 years and 6 months, between 139 and 132): 1062.73. The index is 1:
    // 10 000 x (1 + 1) / 2 x 15 x 1% = 1500.
    CHECK(
        without_basis(outcome)
        == R"({"id": "a \"b\"\u0009广", "status": "pension", "statutory_month": "2027-03", )"
           R"("counting_month": "2027-03", "settlement_month": "2027-03", "months_total": 180, )"
           R"("months_by_area": {"SH": 3, "GD": 177}, "required_months": 180, "missing_months": 0, )"
           R"("benefit_area": "GD", "branch": "relation_qualified", )"
           R"("transfers": [{"month": "2012-07", "from": "SH", "to": "GD", "kind": "move", )"
           R"("account": 2400.00, "pooled": 3600.00}], "refunds": [], "account_balance": 144000.00, )"
           R"("pension": {"basic": 1500.00, "account": 1062.73, "monthly": 2562.73, )"
           R"("index": 1.0000, "payout_months": 135.5}})");
    auto const basis = input::parse_json(outcome).value().find("basis")->items;
    REQUIRE_FALSE(basis.empty());
    CHECK(outcome.find("order-41-2019 art. 8(2)") != std::string::npos);
    CHECK(outcome.find("gbf-2009-66 art. 4") != std::string::npos);
}

TEST_CASE("a refund worked out by hand, field by field") {
    // A woman born in 1995-08 reaches 50 in 2045-08; five years later at most. 20 years in 2050.
    std::string const outcome = outcome_of(tables(), R"({"id": "r", "group": "hong_kong",
        "sex": "female", "birth": "1995-08", "records": [
        {"area": "GD", "from": "2024-02", "to": "2024-04", "base": 10000}],
        "events": [{"event": "depart", "month": "2024-04", "terminate": true}]})");
    CHECK(
        without_basis(outcome)
        == R"({"id": "r", "status": "refunded", "statutory_month": "2050-08", )"
           R"("counting_month": "2050-08", "months_total": 0, "months_by_area": {}, )"
           R"("required_months": 240, "missing_months": 0, "benefit_area": null, "branch": "none", )"
           R"("transfers": [], "refunds": [{"month": "2024-04", "reason": "terminated", )"
           R"("area": "GD", "account": 2410.48}]})");
}

TEST_CASE("errors in the place of an outcome") {
    std::string out;
    cases::append_errors(out, "p\n", {{"/persons/0/sex", "unknown sex \"m\""}, {"", "b\xB9\xE3"}});
    CHECK(
        out
        == R"({"id": "p\u000a", "errors": [{"path": "/persons/0/sex", "message": "unknown sex \"m\""}, )"
           "{\"path\": \"\", \"message\": \"b\xEF\xBF\xBD\xEF\xBF\xBD\"}]}");
}

TEST_CASE("decimals are written exactly, to the ends of the range") {
    struct Case {
        std::int64_t scaled;
        int decimals;
        std::string text;
    };
    for (auto const& c :
         std::vector<Case>{{0, 2, "0.00"},
                           {5, 2, "0.05"},
                           {-5, 2, "-0.05"},
                           {123'456, 2, "1234.56"},
                           {10'000, 4, "1.0000"},
                           {1384, 1, "138.4"},
                           {7, 0, "7"},
                           {9'223'372'036'854'775'807, 2, "92233720368547758.07"},
                           {-9'223'372'036'854'775'807 - 1, 2, "-92233720368547758.08"}}) {
        CAPTURE(c.text);
        std::string out;
        input::append_decimal(out, c.scaled, c.decimals);
        CHECK(out == c.text);
    }
}

TEST_CASE("what is written is UTF-8, whatever was read") {
    struct Case {
        std::string why;
        std::string text;
        std::string written;
    };
    std::string const bad = "\xEF\xBF\xBD";
    for (auto const& c :
         std::vector<Case>{{"Chinese", "广东", "广东"},
                           {"four bytes", "𠀀", "𠀀"},
                           {"GBK", "\xB9\xE3", bad + bad},
                           {"cut off", "a\xE5\xB9", "a" + bad + bad},
                           {"overlong", "\xC0\xAF", bad + bad},
                           {"half a surrogate pair", "\xED\xA0\x80", bad + bad + bad},
                           {"beyond Unicode", "\xF4\x90\x80\x80", bad + bad + bad + bad},
                           {"a lone continuation", "\x80x", bad + "x"},
                           {"delete stays", "\x7f", "\x7f"},
                           {"a zero byte", std::string(1, '\0'), "\\u0000"}}) {
        CAPTURE(c.why);
        std::string out;
        input::append_json_text(out, c.text);
        CHECK(out == "\"" + c.written + "\"");
    }
}

} // namespace pensim::test
