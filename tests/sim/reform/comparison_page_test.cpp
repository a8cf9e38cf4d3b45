#include "sim/reform/comparison_page.hpp"

#include <map>
#include <set>

#include <fmt/format.h>

#include "sim/reform/reform_words.hpp"
#include "tests/sim/reform/page_reading.hpp"
#include "tests/sim/support.hpp"
#include "tests/support/compared.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {
namespace {

using input::JsonValue;
using report::Table;

/// A comparison that has been run, and its page read back.
struct Paged {
    Paged(std::unique_ptr<scenario::Simulation> ready,
          std::vector<std::string> const& names,
          std::size_t witnesses_kept = 1)
        : simulation(std::move(ready)), planned(*simulation, names) {
        planned.plan.witnesses = witnesses_kept;
        comparison = std::make_unique<reform::Comparison>(reform::compare(planned.plan));
        tables = reform::tables_of(*comparison, planned.plan);
        witnesses =
            reform::witnesses_of(*comparison, planned.plan, planned.reforms, story::Language::en);
        page = reform::presentation_of(*comparison,
                                       planned.plan,
                                       planned.reforms,
                                       tables,
                                       {"pensim compare test", {}, {"1.2.3", "", "", false, {}}});
        json = report::page_json(
            page,
            *simulation,
            report::SummaryLanguage::zh,
            reform::page_of(*comparison, planned.plan, planned.reforms, witnesses));
        document = input::parse_json(json).value();
    }

    std::unique_ptr<scenario::Simulation> simulation;
    Planned planned;
    std::unique_ptr<reform::Comparison> comparison;
    std::vector<Table> tables;
    reform::Witnesses witnesses;
    report::Presentation page;
    std::string json;
    JsonValue document;
};

TEST_CASE("a comparison's page has the folder's tables and its own, weighted") {
    for (std::uint32_t const replicates : {1U, 3U}) {
        CAPTURE(replicates);
        Paged const paged(
            simulated("hmt", {.persons = 1500, .replicates = replicates, .with_pilot = false}),
            {"five-years", "pro-rata"});
        CHECK(member(paged.document, "schema").text == "pensim/page/1");
        CHECK(member(paged.document, "kind").text == "compare");
        CHECK(member(paged.document, "language").text == "zh");
        for (Table const& table : paged.tables) {
            check_table(paged.document, table);
            CHECK(member(member(member(paged.document, "tables"), table.name), "file").text
                  == table.name + ".csv");
        }
        for (Table const& table : reform::page_tables_of(*paged.comparison, paged.planned.plan)) {
            check_table(paged.document, table);
            CHECK(member(member(member(paged.document, "tables"), table.name), "file")
                      .is(JsonValue::Type::null));
        }
        CHECK(check_languages(paged.document) > 500);
    }
}

/// Rows of a table by the words of some of its columns.
std::map<std::string, std::size_t> rows_by(Table const& table,
                                           std::vector<std::string> const& columns) {
    std::map<std::string, std::size_t> rows;
    for (std::size_t row = 0; row < table.rows; ++row) {
        std::string key;
        for (std::string const& column : columns) {
            key += text_at(table, column, row) + '|';
        }
        CHECK(rows.emplace(key, row).second);
    }
    return rows;
}

TEST_CASE("the page's own tables say what the folder's say, and leave nothing out") {
    Paged const paged(simulated("hmt", {.persons = 2000, .with_pilot = false}),
                      {"five-years", "pro-rata"});
    auto const own = reform::page_tables_of(*paged.comparison, paged.planned.plan);

    Table const& contrasts = named(own, "area_contrasts");
    auto const books = rows_by(named(paged.tables, "area_totals"), {"reform", "area", "item"});
    auto const all = rows_by(contrasts, {"reform", "area", "item"});
    std::size_t const areas = paged.simulation->tables.areas.default_count(); // no other pays
    CHECK(all.size() == 2 * (areas + 1) * report::area_columns);
    for (auto const& [key, row] : all) {
        std::string const& name = key;
        CAPTURE(name);
        double const difference = contrasts.column("value_difference").real[row];
        CHECK(difference
              == doctest::Approx(contrasts.column("value_reform").real[row]
                                 - contrasts.column("value_baseline").real[row]));
        auto const differs = books.find(key);
        if (differs == books.end()) {
            CHECK(difference == 0);
            continue;
        }
        Table const& totals = named(paged.tables, "area_totals");
        auto const& exact = totals.column("value_difference");
        double const unit = exact.in_fen[differs->second] ? 100 : 1;
        CHECK(difference
              == doctest::Approx(static_cast<double>(exact.whole[differs->second]) / unit));
        CHECK(text_at(contrasts, "unit", row) == text_at(totals, "unit", differs->second));
        CHECK(contrasts.column("value_lo95").real[row]
              == totals.column("value_lo95").real[differs->second]);
    }

    // All groups together: the sums of the folder's rows.
    std::map<std::string, std::int64_t> sums;
    std::map<std::string, std::int64_t> by_change;
    Table const& transitions = named(paged.tables, "transitions");
    for (std::size_t row = 0; row < transitions.rows; ++row) {
        std::string const change =
            text_at(transitions, "reform", row) + '|' + text_at(transitions, "change", row) + '|';
        std::int64_t const people = transitions.column("people").whole[row];
        sums[change + text_at(transitions, "from", row) + '|' + text_at(transitions, "to", row)
             + '|'] += people;
        by_change[change] += people;
    }
    Table const& totals = named(own, "transition_totals");
    auto const summed = rows_by(totals, {"reform", "change", "from", "to"});
    CHECK(summed.size() == sums.size());
    for (auto const& [key, people] : sums) {
        std::string const& name = key;
        CAPTURE(name);
        REQUIRE(summed.contains(key));
        CHECK(totals.column("people").whole[summed.at(key)] == people);
    }
    std::string change;
    double share = 0;
    for (std::size_t row = 0; row < totals.rows; ++row) {
        std::string const of =
            text_at(totals, "reform", row) + '|' + text_at(totals, "change", row) + '|';
        share = of == change ? share : 0;
        change = of;
        share += static_cast<double>(totals.column("people").whole[row])
                 / static_cast<double>(by_change[change]);
        CHECK(totals.column("cumulative_share").real[row] == doctest::Approx(share));
    }

    // Everybody has a criterion, or none: both sides count the same people.
    Table const& branches = named(own, "branch_contrasts");
    std::map<std::string, std::array<std::int64_t, 3>> people;
    for (std::size_t row = 0; row < branches.rows; ++row) {
        auto& sum = people[text_at(branches, "reform", row)];
        sum[0] += branches.column("people_baseline").whole[row];
        sum[1] += branches.column("people_reform").whole[row];
        sum[2] += std::abs(branches.column("people_difference").whole[row]);
    }
    CHECK(people.at("five-years")
          == std::array<std::int64_t, 3>{2000, 2000, people["five-years"][2]});
    CHECK(people["five-years"][2] > 0);
}

TEST_CASE("headlines and answers are the figures of the tables") {
    Paged const paged(simulated("hmt", {.persons = 3000, .with_pilot = false}), {"five-years"});
    auto const& reform = member(paged.document, "reforms").items.at(0);
    CHECK(member(reform, "id").text == "five-years");
    CHECK(member(member(reform, "title"), "en").text == "Five years qualify a place");
    auto const& headlines = member(paged.document, "headlines").items;
    REQUIRE(headlines.size() == 8);
    CHECK(member(reform, "headlines").items.size() == 8);
    auto const value = [&](std::size_t i) -> std::string const& {
        return member(member(headlines[i], "value"), "en").text;
    };
    auto const error = [&](std::size_t i) -> std::string const& {
        return member(member(headlines[i], "error"), "en").text;
    };
    Table const& changes = named(paged.tables, "changes");
    auto const rows = rows_by(changes, {"change"});
    auto const people = [&](char const* change) {
        return static_cast<double>(changes.column("people").whole[rows.at(change)]) * 1000;
    };
    auto const half = [&](char const* change) {
        return (changes.column("hi95").real[rows.at(change)]
                - changes.column("lo95").real[rows.at(change)])
               / 2 * 1000;
    };
    CHECK(value(0) == report::grouped(people("any|")));
    CHECK(error(0) == "± " + report::grouped(half("any|")));
    CHECK(value(1) == report::grouped(people("benefit_area|")));
    CHECK(error(1) == "± " + report::grouped(half("benefit_area|")));
    Table const& winners = named(paged.tables, "winners");
    CHECK(value(2)
          == report::grouped(static_cast<double>(winners.column("winners").whole[0]) * 1000));
    CHECK(value(3)
          == report::grouped(static_cast<double>(winners.column("losers").whole[0]) * 1000));
    // Money: the page's own table has the same amounts, in whole yuan.
    CHECK(value(4)
          == reform::signed_money(number_in(paged.document, "overview", "moved_difference", 0)).en);
    CHECK(value(5)
          == reform::signed_money(number_in(paged.document, "overview", "pensions_difference", 0))
                 .en);
    // Areas: the first and the last by what they gain.
    std::map<double, std::string> gains;
    auto const contrasts = reform::page_tables_of(*paged.comparison, paged.planned.plan)[1];
    for (std::size_t row = 0; row < contrasts.rows; ++row) {
        if (text_at(contrasts, "item", row) == "portability_gain") {
            gains[contrasts.column("value_difference").real[row]] = text_at(contrasts, "area", row);
        }
    }
    auto const& areas = paged.simulation->tables.areas;
    CHECK(value(6) == areas[*areas.find(gains.rbegin()->second)].name_en);
    CHECK(value(7) == areas[*areas.find(gains.begin()->second)].name_en);
    std::string const& answer = member(member(paged.document, "answer"), "en").text;
    for (std::size_t const i : {0U, 1U, 2U, 3U, 6U, 7U}) {
        CAPTURE(i);
        CHECK(answer.find(value(i)) != std::string::npos);
    }
    CHECK(member(member(reform, "answer"), "en").text == answer);
}

TEST_CASE("several reforms: each has an answer of its own, and notes on what changes nobody") {
    Paged const paged(simulated("small", {.persons = 600, .with_pilot = false}),
                      {"law+five-years+no-pooled-money", "central-2018", "law"});
    auto const& reforms = member(paged.document, "reforms").items;
    REQUIRE(reforms.size() == 3);
    CHECK(member(paged.document, "headlines").items.size() == 3);
    CHECK(member(member(paged.document, "baseline"), "id").text == "law");
    auto const notes = [&](std::size_t r) {
        std::string all;
        for (auto const& note : member(reforms[r], "notes").items) {
            all += member(note, "en").text + '\n';
        }
        return all;
    };
    CHECK(notes(0).find("law, then five-years, then no-pooled-money; later ones win\n") == 0);
    CHECK(notes(0).find("law+five-years changes ") != std::string::npos);
    CHECK(notes(1).find(" acts between the areas' pools, in nobody's life\n") != std::string::npos);
    CHECK(notes(2).empty());
    CHECK(member(member(reforms[1], "answer"), "en")
              .text.starts_with("Nobody's place, pension or transfers change."));
    CHECK(member(member(reforms[2], "answer"), "en").text
          == "Nobody's place, pension or transfers change.");
    CHECK(member(member(reforms[2], "answer"), "zh").text
          == "无人的待遇领取地、养老金或转移资金受影响。");
}

TEST_CASE("a witness on the page has the story of either rule set, line by line") {
    Paged const paged(simulated("hmt", {.persons = 3000, .with_pilot = false}), {"five-years"}, 5);
    auto const& witnesses = member(paged.document, "witnesses").items;
    std::map<std::string, std::size_t> of_kind;
    std::size_t shown = 0;
    for (reform::WitnessLine const& witness : paged.witnesses.lines) {
        if (++of_kind[witness.change] > reform::witnesses_on_page) {
            continue;
        }
        CAPTURE(witness.change);
        REQUIRE(shown < witnesses.size());
        auto const& told = witnesses[shown++];
        CHECK(member(told, "reform").text == "five-years");
        CHECK(member(told, "id").text == witness.id);
        for (auto const& [name, story] :
             {std::pair("before", &witness.before), std::pair("after", &witness.after)}) {
            auto const& lines = member(told, name).items;
            REQUIRE(lines.size() == story->en.size());
            REQUIRE(lines.size() == story->zh.size());
            CHECK(lines.size() > 5);
            for (std::size_t i = 0; i < lines.size(); ++i) {
                CHECK(member(member(lines[i], "text"), "en").text == story->en[i].text);
                CHECK(member(member(lines[i], "text"), "zh").text == story->zh[i].text);
                CHECK(member(lines[i], "law")
                          .is(story->en[i].law ? JsonValue::Type::object : JsonValue::Type::null));
            }
        }
        CHECK(told.find("before")->items.size() > 0);
    }
    CHECK(shown == witnesses.size());
    CHECK(shown < paged.witnesses.lines.size());
    CHECK(reform::kind_label({engine::Change::pension, 0, 1}).zh == "月养老金：增加");
    CHECK(reform::kind_label({engine::Change::transfers, 0, 0}).en == "Transfers");
    CHECK(reform::kind_label({engine::Change::status,
                              static_cast<std::uint16_t>(Status::pension),
                              static_cast<std::uint16_t>(Status::died)})
              .en
          == "Status: pension → died before the pension");
}

TEST_CASE("hostile titles stay texts of the document") {
    TemporaryFolder const folder;
    std::string const hostile = R"(</script><img src=x onerror=alert(1)>\u0000\u2028"__proto__)";
    std::string const file = folder.file(
        "__proto__.json",
        R"({"schema": "pensim/rules/1", "id": "mine", "extends": "law", "title": {"en": ")"
            + replaced(hostile, "\"", "\\\"")
            + R"(", "zh": "我<b>"}, "parameters": {"place.min_months":
            [{"from": "2027-01", "value": 60, "source": "<script>alert(2)</script>"}]}})");
    Paged const paged(simulated("hmt", {.persons = 600, .with_pilot = false}), {file});
    auto const& reform = member(paged.document, "reforms").items.at(0);
    CHECK(member(reform, "id").text == file);
    using namespace std::string_literals;
    CHECK(member(member(reform, "title"), "en").text
          == "</script><img src=x onerror=alert(1)>\0\u2028\"__proto__"s);
    CHECK(member(member(reform, "title"), "zh").text == "我<b>");
    auto const& sources = member(column_of(paged.document, "parameters", "reform_source"), "words");
    CHECK(member(sources.items.at(0), "id").text == "<script>alert(2)</script>");
    CHECK(paged.json.find('\n') == std::string::npos);
    CHECK(paged.json.find('\0') == std::string::npos);
}

} // namespace
} // namespace pensim::test
