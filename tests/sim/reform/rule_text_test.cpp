#include "sim/reform/rule_text.hpp"

#include <algorithm>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/sim/support.hpp"
#include "tests/support/compared.hpp"

namespace pensim::test {
namespace {

using reform::RuleText;
using report::SummaryLanguage;

bool says(std::string const& text, std::string const& part) {
    return text.find(part) != std::string::npos;
}

/// Residents of Hong Kong, Macau and Taiwan under some rule sets; each life stands for 1000.
struct ToldRule {
    explicit ToldRule(std::vector<std::string> const& names)
        : simulation(simulated("hmt", {.persons = 600, .with_pilot = false})),
          planned(*simulation, names), comparison(reform::compare(planned.plan)) {}
    [[nodiscard]] RuleText text(std::size_t reform,
                                SummaryLanguage language = SummaryLanguage::en) const {
        return {comparison, planned.plan, planned.reforms, reform, language};
    }
    std::unique_ptr<scenario::Simulation> simulation;
    Planned planned;
    reform::Comparison comparison;
};

TEST_CASE("a composition tells its order and what gave way") {
    TemporaryFolder const folder;
    auto const file = [&](char const* name, int months) {
        return folder.file(std::string(name) + ".json",
                           fmt::format(R"({{"schema": "pensim/rules/1", "id": "{}",
            "extends": "law", "title": {{"en": "A", "zh": "甲"}}, "parameters": {{
            "place.min_months": [{{"from": "2027-01", "value": {}, "source": "t"}}]}}}})",
                                       name,
                                       months));
    };
    std::string const a = file("a", 60);
    std::string const b = file("b", 180);
    ToldRule const told({"five-years", "law+" + a + "+" + b});
    CHECK(told.text(0).composition().empty());
    CHECK(told.text(1).composition()
          == "  law, then " + a + ", then " + b + "; later ones win\n  place.min_months: 60 of " + a
                 + " gives way to 180 of " + b + "\n");
    CHECK(told.text(1, SummaryLanguage::zh).composition()
          == "  law，其后 " + a + "，其后 " + b + "；后者优先\n  place.min_months：60（" + a
                 + "）让位于 180（" + b + "）\n");
    // The step on the way is what it would be alone.
    CHECK(says(told.text(1).parameters(),
               fmt::format("  law+{} changes {} people\n",
                           a,
                           report::grouped(static_cast<double>(
                               told.comparison.reforms[0].people.changed * 1000)))));
}

TEST_CASE("each parameter is told with its values, sources and what came of it") {
    ToldRule const told({"longest-only", "central-2018", "law"});
    std::string const text = told.text(0).parameters();
    auto const& people = told.comparison.reforms[0].people;
    std::int64_t const reached = people.reached[*law::rule_number("place.order.hmt")];
    CHECK(reached > people.changed);
    CHECK(people.changed > 0);
    CHECK(says(text, "\nParameters that differ\n"));
    CHECK(says(text,
               "  place.order.hmt  2027-01: [\"relation_qualified\", \"last_qualified\", "
               "\"longest\"] -> [\"longest\"]\n    before: order-41-2019 art. 8(2)"));
    CHECK(says(text, "\n    after:  proposal: only the longest place counts, instead of "));
    CHECK(says(text,
               fmt::format("  place.order.hmt can act in {} people's lives, and alone changes {}\n",
                           report::grouped(static_cast<double>(reached * 1000)),
                           report::grouped(static_cast<double>(people.changed * 1000)))));
    CHECK(says(text,
               "  place.order.foreign was never read: in nobody's life here does it act while it "
               "differs\n"));
    CHECK(says(told.text(1).parameters(),
               "  pooling.adjustment acts between the areas' pools, in nobody's life\n"));
    CHECK(told.text(2).parameters() == "\nNo parameter differs\n");
    std::string const chinese = told.text(0, SummaryLanguage::zh).parameters();
    CHECK(says(chinese, "\n不同的参数\n"));
    CHECK(says(chinese,
               fmt::format("  place.order.hmt 可作用于 {} 人，单独实施时影响 {} 人\n",
                           report::grouped(static_cast<double>(reached * 1000)),
                           report::grouped(static_cast<double>(people.changed * 1000)))));
    CHECK(says(chinese, "  place.order.foreign 从未用到："));
    CHECK(told.text(2, SummaryLanguage::zh).parameters() == "\n没有不同的参数\n");
}

TEST_CASE("nobody differs before the first date, or who does is named") {
    ToldRule told({"five-years", "law"});
    CHECK(told.text(0).before_first_date()
          == "  Nobody differs before 2027-01: payments, transfers, refunds, decisions and yearly "
             "books\n  of all 600 lives were compared.\n");
    CHECK(says(told.text(0, SummaryLanguage::zh).before_first_date(),
               "  2027-01 以前无人不同：已比较全部 600 "));
    CHECK(told.text(1).before_first_date().empty()); // no date
    // A reform that pretends to begin a month after the first difference.
    auto const first = told.comparison.reforms[0].people.first.value();
    auto& differences = told.planned.plan.reforms[0].differences;
    REQUIRE(differences.size() == 1);
    differences[0].from = first.first;
    CHECK(says(told.text(0).before_first_date(), "  Nobody differs before "));
    differences[0].from = first.first.next();
    CHECK(told.text(0).before_first_date()
          == fmt::format("  WARNING: person {} of replicate 0 differs as early as {}, before {}\n",
                         first.second.person,
                         first.first.text(),
                         first.first.next().text()));
    CHECK(says(told.text(0, SummaryLanguage::zh).before_first_date(),
               fmt::format("  注意：第 {} 人（重复 0）早在 {} 即有不同，先于 {}\n",
                           first.second.person,
                           first.first.text(),
                           first.first.next().text())));
    // Rules that differ for all time have no date to hold, nor has another world.
    differences[0].from = YearMonth::first();
    CHECK(told.text(0).before_first_date().empty());
    differences[0].from = first.first.next();
    told.planned.plan.reforms[0].same_world = false;
    CHECK(told.text(0).before_first_date().empty());
}

TEST_CASE("a rule that acts before its date is found out") {
    // Announced for 2027, but in force since 2015.
    TemporaryFolder const folder;
    std::string const early =
        folder.file("early.json", R"({"schema": "pensim/rules/1", "id": "early", "extends": "law",
            "title": {"en": "E", "zh": "早"}, "parameters": {"transfer.pooled_rate": [
            {"from": "2015-01", "value": 0, "source": "test"}]}})");
    ToldRule told({early});
    told.planned.plan.reforms[0].differences[0].from = YearMonth(2027, 1);
    auto const first = told.comparison.reforms[0].people.first.value();
    CHECK(first.first >= YearMonth(2015, 1));
    CHECK(first.first < YearMonth(2027, 1));
    CHECK(told.text(0).before_first_date()
          == fmt::format("  WARNING: person {} of replicate 0 differs as early as {}, before "
                         "2027-01\n",
                         first.second.person,
                         first.first.text()));
    // It is this person's first transfer with pooled money since then.
    engine::LifeBooks books(told.simulation->tables.areas.size());
    engine::BasicLifeRunner<engine::LifeBooks> runner(
        told.simulation->setup(), told.simulation->key(0), books);
    static_cast<void>(runner.run(first.second.person));
    auto const& transfers = books.transfers();
    auto const transfer = std::find_if(transfers.begin(), transfers.end(), [](Transfer const& t) {
        return t.month >= YearMonth(2015, 1) && t.pooled > Fen{};
    });
    REQUIRE(transfer != transfers.end());
    CHECK(transfer->month == first.first);
}

} // namespace
} // namespace pensim::test
