// A run in words: every figure is one of the tables', added up here again.
#include <array>
#include <cmath>
#include <map>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "sim/report/presentation.hpp"
#include "sim/report/run_scenario.hpp"
#include "tests/support/simulated.hpp"

namespace pensim::report {
namespace {

struct Told {
    explicit Told(std::string_view scenario, std::uint32_t replicates = 1, std::int64_t below = 0)
        : simulation(test::simulated(
            scenario, {.persons = 3000, .replicates = replicates, .with_pilot = false})),
          results(run(below)),
          page(presentation_of(
              results, *simulation, tables_of(results, *simulation), {"pensim run", {}, {}})) {}
    RunResults run(std::int64_t below) const {
        simulation->watch.behind = below > 0;
        RunOptions options;
        options.suppress_below = below;
        return run_scenario(*simulation, options).results;
    }
    [[nodiscard]] Table const& table(std::string_view name) const {
        for (auto const* const list : {&page.tables, &page.page_tables}) {
            for (Table const& table : *list) {
                if (table.name == name) {
                    return table;
                }
            }
        }
        FAIL("no table ", name);
        return page.tables.front();
    }
    /// Nothing where there is none.
    [[nodiscard]] Headline const* find(std::string_view label) const {
        for (Headline const& headline : page.headlines) {
            if (headline.label.en == label) {
                return &headline;
            }
        }
        return nullptr;
    }
    [[nodiscard]] Headline const& headline(std::string_view label) const {
        REQUIRE_MESSAGE(find(label) != nullptr, label);
        return *find(label);
    }
    std::unique_ptr<scenario::Simulation> simulation;
    RunResults results;
    Presentation page;
};

std::string const& shown_word(Table const& table, char const* column, std::size_t row) {
    Column const& words = table.column(column);
    return words.words[words.codes[row]];
}

/// People, or yuan, of the simulated lives.
double number(Table const& table, char const* column, std::size_t row) {
    Column const& values = table.column(column);
    return values.kind == Column::Kind::real   ? values.real[row]
           : values.kind == Column::Kind::yuan ? static_cast<double>(values.whole[row]) / 100
                                               : static_cast<double>(values.whole[row]);
}
double sum_of(Table const& table, char const* column) {
    double sum = 0;
    for (std::size_t row = 0; row < table.rows; ++row) {
        sum += number(table, column, row);
    }
    return sum;
}

constexpr double weight = 1000; // a life, without a pilot

struct Places {
    double placed = 0;
    double elsewhere = 0;
};
Places places_of(Table const& locations) {
    Places places;
    for (std::size_t row = 0; row < locations.rows; ++row) {
        double const people = number(locations, "people", row);
        std::string const& benefit = shown_word(locations, "benefit_area", row);
        places.placed += benefit.empty() ? 0 : people;
        places.elsewhere +=
            benefit.empty() || benefit == shown_word(locations, "last_area", row) ? 0 : people;
    }
    return places;
}

TEST_CASE("headline figures and the answer are those of the tables, weighted") {
    Told const told("national");
    auto const [placed, elsewhere] = places_of(told.table("locations"));
    REQUIRE(elsewhere > 10);
    Headline const& paid = told.headline("paid elsewhere than where they last paid");
    CHECK(paid.value.en == people_text(elsewhere * weight).en);
    CHECK(paid.value.zh == people_text(elsewhere * weight).zh);
    std::string const share = fmt::format("{:.1f}%", 100 * elsewhere / placed);
    CHECK(paid.note->en
          == share + " of " + people_text(placed * weight).en + " whose place is decided");
    Table const& flows = told.table("flows");
    double const account = sum_of(flows, "account") * weight;
    double const pooled = sum_of(flows, "pooled") * weight;
    Headline const& moves = told.headline("moves between areas");
    CHECK(moves.value.en == money_text(account + pooled).en);
    CHECK(moves.note->en
          == money_text(account).en + " of accounts, " + money_text(pooled).en
                 + " of pooled money");
    CHECK(told.headline("transfers").value.en == people_text(sum_of(flows, "people") * weight).en);
    std::map<double, std::string> gains;
    Table const& totals = told.table("area_totals");
    for (std::size_t row = 0; row < totals.rows; ++row) {
        gains[number(totals, "portability_gain", row)] = shown_word(totals, "area", row);
    }
    auto const& areas = told.simulation->tables.areas;
    std::string const most = areas[*areas.find(gains.rbegin()->second)].name_en;
    std::string const least = areas[*areas.find(gains.begin()->second)].name_en;
    std::string const gain = money_text(gains.rbegin()->first * weight).en;
    std::string const loss = money_text(gains.begin()->first * weight).en;
    CHECK(told.headline(most + " gains most").value.en == gain);
    CHECK(told.headline(least + " loses most").value.en == loss);
    CHECK(told.page.answer.en
          == fmt::format("Of {} people whose benefit location is decided, {} ({}) are paid by "
                         "another area than the one they last paid in. {} move between areas from "
                         "{} to {}. {} gains most by portability ({}), {} loses most ({}).",
                         people_text(placed * weight).en,
                         paid.value.en,
                         share,
                         moves.value.en,
                         told.simulation->scenario.horizon.first,
                         told.simulation->scenario.horizon.last,
                         most,
                         gain,
                         least,
                         loss));
    CHECK(told.headline("people").value.en == "3,000,000");
    CHECK(told.headline("people").note->en == "3,000 simulated lives, each for 1000; rules law");
}

TEST_CASE("who is short of months, and the median pension, are those of the distributions") {
    Told const told("national");
    Table const& bins = told.table("distributions");
    double counted = 0;
    double enough = 0;
    double paid = 0;
    for (std::size_t row = 0; row < bins.rows; ++row) {
        double const people = number(bins, "people", row);
        std::string const& measure = shown_word(bins, "measure", row);
        counted += measure == "missing_months" ? people : 0;
        enough += measure == "missing_months" && number(bins, "from", row) == 0 ? people : 0;
        paid += measure == "replacement_of_area_wage" ? people : 0;
    }
    double const share = (counted - enough) / counted;
    REQUIRE((share > 0 && share < 1));
    Headline const& missing = told.headline("short of the required months when counted");
    CHECK(missing.value.en == fmt::format("{:.1f}%", 100 * share));
    CHECK(missing.error->en
          == fmt::format("± {:.1f}%", 196 * std::sqrt(share * (1 - share) / counted)));
    double below = 0;
    for (std::size_t row = 0; row < bins.rows; ++row) {
        if (shown_word(bins, "measure", row) != "replacement_of_area_wage") {
            continue;
        }
        below += number(bins, "people", row);
        if (below >= paid / 2) {
            CHECK(told.headline("median first pension").value.en
                  == fmt::format("{:.0f}–{:.0f}%",
                                 100 * number(bins, "from", row),
                                 100 * number(bins, "to", row)));
            break;
        }
    }
}

/// Half of a 95% interval of a mean, by Student's t of n - 1 degrees of freedom.
double half_interval(std::vector<double> const& sample, double t) {
    double mean = 0;
    for (double const value : sample) {
        mean += value / static_cast<double>(sample.size());
    }
    double squares = 0;
    for (double const value : sample) {
        squares += (value - mean) * (value - mean);
    }
    auto const n = static_cast<double>(sample.size());
    return t * std::sqrt(squares / (n - 1) / n);
}

/// Paid elsewhere, and yuan that move, of people numbered from `first` on.
std::array<double, 2> counted_of(scenario::Simulation const& simulation,
                                 std::uint32_t replicate,
                                 std::uint64_t first,
                                 std::uint64_t persons) {
    engine::Tally tally =
        engine::run_people(simulation.setup(), simulation.key(replicate), {first, persons}, {});
    std::array<double, 2> found{};
    for (auto const& cell : tally.locations.cells()) {
        found[0] += is_elsewhere(engine::LocationKey::unpacked(cell.key))
                        ? static_cast<double>(cell.values[0])
                        : 0;
    }
    for (auto const& cell : tally.flows.cells()) {
        int const year = FlowKey::unpacked(cell.key).year;
        bool const shown =
            simulation.scenario.horizon.first <= year && year <= simulation.scenario.horizon.last;
        found[1] += shown ? static_cast<double>(cell.values[1] + cell.values[2]) / 100 : 0;
    }
    return found;
}

TEST_CASE("one replicate: errors are those between twenty batches of its people") {
    Told const told("national");
    std::vector<double> elsewhere;
    std::vector<double> moved;
    constexpr std::uint64_t batches = 20;
    for (std::uint64_t batch = 0; batch < batches; ++batch) {
        auto const [people, yuan] =
            counted_of(*told.simulation, 0, batch * 3000 / batches, 3000 / batches);
        elsewhere.push_back(people);
        moved.push_back(yuan);
    }
    // The sum of all has twenty times the error of the mean of one.
    constexpr double t19 = 2.0930240544;
    CHECK(told.headline("paid elsewhere than where they last paid").error->en
          == "± " + people_text(batches * half_interval(elsewhere, t19) * weight).en);
    CHECK(told.headline("moves between areas").error->en
          == "± " + money_text(batches * half_interval(moved, t19) * weight).en);
    CHECK(told.page.notes.size() == 1);
    CHECK(told.page.notes[0].en.find("20 batches") != std::string::npos);
}

TEST_CASE("several replicates: means, and errors between them") {
    Told const told("national", 4);
    std::vector<double> elsewhere;
    std::vector<double> moved;
    double people = 0;
    double yuan = 0;
    for (std::uint32_t replicate = 0; replicate < 4; ++replicate) {
        auto const found = counted_of(*told.simulation, replicate, 0, 3000);
        elsewhere.push_back(found[0]);
        moved.push_back(found[1]);
        people += found[0] / 4;
        yuan += found[1] / 4;
    }
    constexpr double t3 = 3.1824463053;
    Headline const& paid = told.headline("paid elsewhere than where they last paid");
    CHECK(paid.value.en == people_text(people * weight).en);
    CHECK(paid.error->en == "± " + people_text(half_interval(elsewhere, t3) * weight).en);
    Headline const& moves = told.headline("moves between areas");
    CHECK(moves.value.en == money_text(yuan * weight).en);
    CHECK(moves.error->en == "± " + money_text(half_interval(moved, t3) * weight).en);
    CHECK(told.page.notes[0].en == "± is half of the 95% interval of the mean over replicates.");
    CHECK(told.headline("people").value.en == "3,000,000");
}

TEST_CASE("with small numbers hidden no figure has an error that tells of them") {
    Told const open("national");
    Told const told("national", 1, 10);
    REQUIRE(told.results.hidden());
    for (Headline const& headline : told.page.headlines) {
        CAPTURE(headline.label.en);
        // A share's own error is made of the shown share alone.
        CHECK(
            (!headline.error || headline.label.en == "short of the required months when counted"));
    }
    CHECK(open.headline("moves between areas").error);
    auto const [placed, elsewhere] = places_of(told.table("locations"));
    CHECK(told.headline("paid elsewhere than where they last paid").value.en
          == people_text(elsewhere * weight).en);
    CHECK(placed < places_of(open.table("locations")).placed);
    REQUIRE(told.page.notes.size() == 2);
    CHECK(told.page.notes[0].en
          == "± is half of a 95% interval of a share. Numbers and amounts have none: it would tell "
             "of those that are hidden.");
    CHECK(told.page.notes[1].en == hidden_text(*told.results.hidden()).en);
}

TEST_CASE("a run without flows is told in words as well") {
    auto const simulation = test::simulated("country400", {.persons = 1, .with_pilot = false});
    RunResults results(terms_of(*simulation));
    engine::Tally tally(simulation->tables.areas.size(), simulation->watch);
    results.add(tally);
    Presentation const page =
        presentation_of(results, *simulation, tables_of(results, *simulation), {"pensim", {}, {}});
    CHECK(page.answer.en.starts_with(
        "Of 0 people whose benefit location is decided, 0 (0.0%) are paid by another area than "
        "the one they last paid in. 0 yuan move between areas from "));
    REQUIRE(page.headlines.size() == 4); // no gains, no distributions
    for (Headline const& headline : page.headlines) {
        for (std::string const& text : {headline.value.en, headline.value.zh}) {
            CAPTURE(text);
            CHECK(text.find("nan") == std::string::npos);
            CHECK(text.find("inf") == std::string::npos);
        }
        CHECK_FALSE(headline.error);
    }
    CHECK(page.page_tables.size() == 4);
    CHECK(page.charts.size() == 3);
    std::string const workbook =
        report::workbook_of(workbook_of(page, SummaryLanguage::en), simulation->tables.areas);
    CHECK(workbook.starts_with("PK"));
}

TEST_CASE("everything is told in Chinese too, and in nothing else") {
    for (std::int64_t const below : {0, 10}) {
        Told const told("national", 1, below);
        std::vector<Bilingual> texts{told.page.question, told.page.answer};
        for (Headline const& headline : told.page.headlines) {
            texts.push_back(headline.label);
            if (headline.note) {
                texts.push_back(*headline.note);
            }
        }
        texts.insert(texts.end(), told.page.notes.begin(), told.page.notes.end());
        for (WorkbookChart const& chart : told.page.charts) {
            texts.push_back(chart.title);
        }
        for (Bilingual const& text : texts) {
            CAPTURE(text.en);
            CAPTURE(text.zh);
            CHECK(text.zh != text.en);
            // Only names of rule sets are written in Latin letters.
            std::string zh = text.zh;
            for (std::size_t at = zh.find("law"); at != std::string::npos; at = zh.find("law")) {
                zh.erase(at, 3);
            }
            CHECK(std::none_of(zh.begin(), zh.end(), [](char c) {
                return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z');
            }));
            CHECK(std::any_of(text.zh.begin(), text.zh.end(), [](char c) {
                return static_cast<unsigned char>(c) >= 0xe4; // lead byte of a Chinese character
            }));
            CHECK(text.en.find("，") == std::string::npos);
        }
    }
}

} // namespace
} // namespace pensim::report
