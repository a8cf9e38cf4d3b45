#include "sim/reform/sweep_page.hpp"

#include <map>

#include "sim/reform/reform_words.hpp"
#include "tests/sim/reform/page_reading.hpp"
#include "tests/support/compared.hpp"
#include "tests/support/simulated.hpp"

namespace pensim::test {
namespace {

using input::JsonValue;
using report::Table;

std::vector<reform::SweepAxis> axes_of(std::vector<std::string> const& texts) {
    std::vector<reform::SweepAxis> axes;
    axes.reserve(texts.size());
    for (std::string const& text : texts) {
        axes.push_back(reform::parse_axis(text).value());
    }
    return axes;
}

/// A sweep that has been run, and its page read back.
struct PagedSweep {
    PagedSweep(std::unique_ptr<scenario::Simulation> ready,
               std::vector<std::string> const& settings)
        : simulation(std::move(ready)),
          sweep(reform::Sweep::make(*simulation, axes_of(settings), YearMonth(2027, 1)).value()),
          plan(sweep.plan()), comparison(reform::compare(plan)),
          tables(reform::tables_of(comparison, plan, sweep)),
          page(reform::presentation_of(comparison,
                                       plan,
                                       sweep,
                                       tables,
                                       {"pensim sweep test", {}, {"1.2.3", "", "", false, {}}})),
          document(input::parse_json(report::page_json(page,
                                                       *simulation,
                                                       report::SummaryLanguage::en,
                                                       reform::page_of(plan, sweep)))
                       .value()) {}

    std::unique_ptr<scenario::Simulation> simulation;
    reform::Sweep sweep;
    reform::ComparisonPlan plan;
    reform::Comparison comparison;
    std::vector<Table> tables;
    report::Presentation page;
    JsonValue document;
};

TEST_CASE("a sweep's page has the folder's tables, and curves with an interval around each value") {
    for (std::uint32_t const replicates : {1U, 3U}) {
        CAPTURE(replicates);
        PagedSweep const paged(
            simulated("small", {.persons = 900, .replicates = replicates, .with_pilot = false}),
            {"place.min_months=60:180:60", "transfer.pooled_rate=0.06,0.12"});
        CHECK(member(paged.document, "kind").text == "sweep");
        CHECK(check_languages(paged.document) > 100);
        for (Table const& table : paged.tables) {
            check_table(paged.document, table);
        }
        Table const& sweep = paged.tables.front();
        Table const& curves = paged.page.page_tables.front();
        CHECK(curves.name == "curves");
        REQUIRE(curves.rows == sweep.rows);
        check_table(paged.document, curves);
        for (std::size_t row = 0; row < curves.rows; ++row) {
            double const value = curves.column("value").real[row];
            CHECK(value == sweep.column("value").real[row]);
            CHECK(text_at(curves, "figure", row) == text_at(sweep, "figure", row));
            CHECK(text_at(curves, "place.min_months", row)
                  == text_at(sweep, "place.min_months", row));
            double const half =
                (sweep.column("hi95").real[row] - sweep.column("lo95").real[row]) / 2;
            CHECK(curves.column("value_lo95").real[row]
                  == doctest::Approx(value - half).epsilon(1e-9).scale(1e6));
            CHECK(curves.column("value_hi95").real[row]
                  == doctest::Approx(value + half).epsilon(1e-9).scale(1e6));
        }
    }
}

TEST_CASE("axes: values, numbers, and which one is the baseline's") {
    PagedSweep const numbers(simulated("hmt", {.persons = 600, .with_pilot = false}),
                             {"place.min_months=60:180:60", "place.tie=latest_start,none"});
    auto const& axes = member(numbers.document, "axes").items;
    REQUIRE(axes.size() == 2);
    CHECK(member(axes[0], "key").text == "place.min_months");
    CHECK(member(member(axes[0], "label"), "en").text.ends_with(" (place.min_months)"));
    std::vector<std::string> values;
    std::vector<double> told;
    for (std::size_t i = 0; i < 3; ++i) {
        values.push_back(member(axes[0], "values").items.at(i).text);
        told.push_back(std::stod(member(axes[0], "numbers").items.at(i).text));
    }
    CHECK(values == std::vector<std::string>{"60", "120", "180"});
    CHECK(told == std::vector<double>{60, 120, 180});
    CHECK(member(axes[0], "baseline").text == "1");
    CHECK(member(axes[1], "values").items.at(1).text == "none");
    CHECK(member(axes[1], "numbers").is(JsonValue::Type::null));
    CHECK(member(axes[1], "baseline").is(JsonValue::Type::null)); // the law has another
    auto const notes = [](PagedSweep const& paged) {
        std::string all;
        for (auto const& note : member(paged.document, "notes").items) {
            all += member(note, "en").text + '\n';
        }
        return all;
    };
    CHECK(notes(numbers).find("\nplace.min_months is 120 under the baseline.\n")
          != std::string::npos);
    CHECK(notes(numbers).find("\nNone of the values of place.tie is the baseline's.\n")
          != std::string::npos);
    CHECK(notes(numbers).find("never read") == std::string::npos);
    // Of people from Hong Kong, Macau and Taiwan nobody's life reads the order for foreigners.
    PagedSweep const idle(simulated("hmt", {.persons = 300, .with_pilot = false}),
                          {R"(place.order.foreign=["longest"],["relation_qualified","longest"])"});
    CHECK(notes(idle).find("\nplace.order.foreign was never read: in nobody's life here does it "
                           "act.\n")
          != std::string::npos);
}

TEST_CASE("headlines run from the least to the greatest of the settings") {
    PagedSweep const paged(simulated("hmt", {.persons = 3000, .with_pilot = false}),
                           {"place.min_months=60:180:60"});
    Table const& sweep = paged.tables.front();
    std::map<std::string, std::map<double, std::string>> values;
    for (std::size_t row = 0; row < sweep.rows; ++row) {
        values[text_at(sweep, "figure", row)].emplace(sweep.column("value").real[row] * 1000,
                                                      text_at(sweep, "place.min_months", row));
    }
    auto const& headlines = member(paged.document, "headlines").items;
    REQUIRE(headlines.size() == 5);
    struct Told {
        std::size_t headline;
        char const* figure;
        bool money;
    };
    for (auto const& told : {Told{0, "changed.benefit_area", false},
                             Told{1, "winners", false},
                             Told{2, "losers", false},
                             Told{3, "flows.total", true},
                             Told{4, "benefits.total", true}}) {
        CAPTURE(told.figure);
        auto const& found = values.at(told.figure);
        auto const text = [&](double number) {
            return told.money ? report::money_text(number).en : report::people_text(number).en;
        };
        CHECK(member(member(headlines[told.headline], "value"), "en").text
              == text(found.begin()->first) + " to " + text(found.rbegin()->first));
        CHECK(member(member(headlines[told.headline], "note"), "en")
                  .text.starts_with("least with " + found.begin()->second + ", most with "
                                    + found.rbegin()->second));
    }
    CHECK(member(member(paged.document, "question"), "en").text
          == "How much hangs on: Months that qualify an area (place.min_months)?");
    CHECK(
        member(member(paged.document, "answer"), "en").text.starts_with("Over 3 settings, 0 to "));
}

} // namespace
} // namespace pensim::test
