// Lives that other rules change are in lanes what they are one by one: those that go elsewhere
// (changed_lives.hpp) and those whose pooled money moves at another rate (pooled_changes.hpp).
#include "sim/engine/changed_lives.hpp"

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "sim/rules/rule_files.hpp"
#include "tests/sim/lanes/restless_world.hpp"
#include "tests/support/compared.hpp"
#include "tests/support/few_lives.hpp"
#include "tests/support/in_lanes.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {
namespace {

using law::Criterion;

/// A rule set with another value of one rule from a month on.
template <class T, class Value>
law::RuleBook
changed(law::RuleBook book, law::Dated<T> law::PlaceRules::*rule, YearMonth from, Value value) {
    (book.place.*rule).replace_from({{from, T(value), ""}});
    return book;
}
law::RuleBook rate_from(law::RuleBook book,
                        std::vector<std::pair<YearMonth, law::PooledRate>> const& rates) {
    std::vector<law::Dated<law::PooledRate>::Entry> entries;
    entries.reserve(rates.size());
    for (auto const& [from, rate] : rates) {
        entries.push_back({from, rate, ""});
    }
    book.transfer.pooled_rate.replace_from(entries);
    return book;
}
law::PooledRate rate(std::int64_t percent) {
    return {false, Rate::ppm(percent * 10'000)};
}
law::PooledRate const actual{true, {}};

/// Months on both sides of the limit, and whatever else chooses the place.
std::vector<law::RuleBook> other_places(law::RuleBook const& law) {
    using Places = law::PlaceRules;
    std::vector<law::RuleBook> books;
    for (int const months : {12, 60, 119, 121, 180}) {
        books.push_back(changed(law, &Places::min_months, YearMonth::first(), months));
    }
    books.push_back(changed(law, &Places::min_months, {2027, 7}, 60));
    books.push_back(changed(law, &Places::tie, {2020, 1}, law::TieRule::earliest_start));
    books.push_back(changed(law, &Places::compare_unit, {2020, 1}, law::CompareUnit::year));
    books.push_back(changed(law, &Places::count_transferred_months, {2030, 1}, true));
    for (auto const rule : {&Places::order_hmt, &Places::order_foreign, &Places::order_mainland}) {
        for (auto const& order : {std::vector{Criterion::longest},
                                  std::vector{Criterion::last_area},
                                  std::vector{Criterion::first_qualified, Criterion::longest},
                                  std::vector{Criterion::longest_qualified}}) {
            books.push_back(changed(law, rule, {2024, 1}, order));
        }
    }
    return books;
}

std::vector<law::RuleBook> other_rates(law::RuleBook const& law) {
    return {rate_from(law, {{YearMonth::first(), rate(0)}}),
            rate_from(law, {{YearMonth::first(), rate(16)}}),
            rate_from(law, {{YearMonth::first(), actual}}),
            rate_from(law, {{{2019, 7}, actual}}),
            rate_from(law, {{{2010, 3}, rate(20)}, {{2021, 11}, actual}, {{2031, 6}, rate(5)}})};
}

/// The same people under the same rule sets, in lanes and one by one.
class PairedWays {
  public:
    PairedWays(world::World const& world,
               std::string_view rule_set,
               std::vector<law::RuleBook> const& books)
        : law_(rules(rule_set), tables()), limits_(law_.book(), tables().wages, areas().size()),
          setup_{.first = setup_of(world, law_, limits_),
                 .default_areas = areas().default_count(),
                 .reference = YearMonth(2027, 1),
                 .witnesses = 2} {
        for (law::RuleBook const& book : books) {
            Other& other = others_.emplace_back(book);
            setup_.variants.push_back({setup_of(world, other.law, other.limits),
                                       law::RuleDifferences(law_.book(), other.law.book()),
                                       true});
        }
    }

    /// The first difference between them, at any width.
    std::string difference(engine::Crowd const& crowd) {
        for (int const width : lane_widths()) {
            engine::PairedSetup alone = setup_;
            alone.first.lanes = 0;
            engine::PairedSetup wide = setup_;
            wide.first.lanes = width;
            engine::PairedRun one_by_one(alone);
            engine::PairedRun in_lanes(wide);
            for (std::uint64_t shard = 0; shard < crowd.shards(); ++shard) {
                engine::Crowd const part{
                    crowd.begin(shard), crowd.end(shard) - crowd.begin(shard), 4'096};
                auto a = one_by_one.run({2026, 3}, part, {});
                auto b = in_lanes.run({2026, 3}, part, {});
                std::string const found = difference_of(a, b, areas());
                if (!found.empty()) {
                    return fmt::format("{} lanes, from person {}: {}", width, part.first, found);
                }
                if (a.lives_run != b.lives_run) {
                    return "lives run";
                }
                people += b.first.people;
                went_general += b.went_general;
                for (auto& variant : b.variants) {
                    changed += variant.people.changed;
                }
            }
        }
        return "";
    }

    std::int64_t people = 0;
    std::int64_t went_general = 0;
    std::int64_t changed = 0;

  private:
    struct Other {
        explicit Other(law::RuleBook const& book)
            : law(book, tables()), limits(law.book(), tables().wages, areas().size()) {}
        cases::Law law;
        world::BaseLimits limits;
    };
    [[nodiscard]] engine::Setup setup_of(world::World const& world,
                                         cases::Law const& law,
                                         world::BaseLimits const& limits) const {
        return {world, law.context(), limits, watch_, areas().size()};
    }

    engine::Watch watch_;
    cases::Law law_;
    world::BaseLimits limits_;
    std::deque<Other> others_;
    engine::PairedSetup setup_;
};

/// People who are never at rest, under rules most of which change most of them; few at a time, so
/// that no difference is made good by another one, and many.
void compare(std::string_view rule_set, std::vector<law::RuleBook> const& books) {
    CAPTURE(rule_set);
    SmallWorld const world = restless_world(rule_set);
    PairedWays both(world.world, rule_set, books);
    CHECK(both.difference({0, lives_to_try(400U), 4}) == "");
    CHECK(both.difference({1'000, lives_to_try(3'000U), 1'500}) == "");
    if (!lane_widths().empty()) {
        CHECK(both.changed > both.people);
        CHECK(both.went_general * 2 < both.people);
    }
}

} // namespace

TEST_CASE("another place in lanes is what it is one by one") {
    for (std::string_view const rule_set : {"law", "practice"}) {
        compare(rule_set, other_places(rules(rule_set)));
    }
}

TEST_CASE("pooled money at another rate in lanes is what it is one by one") {
    for (std::string_view const rule_set : {"law", "full-employer-share"}) {
        compare(rule_set, other_rates(rules(rule_set)));
    }
}

TEST_CASE("both at once, and rules that no lane has, in lanes and one by one") {
    SmallWorld const world = restless_world("law");
    std::vector<law::RuleBook> books = other_rates(rules("law"));
    for (law::RuleBook const& book : other_places(rules("law"))) {
        books.push_back(book);
    }
    books.push_back(rules("required-180"));
    books.push_back(rate_from(rules("five-years"), {{{2027, 1}, actual}}));
    PairedWays both(world.world, "law", books);
    CHECK(both.difference({0, lives_to_try(1'000U), 50}) == "");
}

TEST_CASE("more sets of variants than there are books for go one by one") {
    SmallWorld const world = restless_world("law");
    std::vector<law::RuleBook> books;
    for (int months = 6; months <= 240; months += 6) {
        books.push_back(
            changed(rules("law"), &law::PlaceRules::min_months, YearMonth::first(), months));
    }
    PairedWays both(world.world, "law", books);
    CHECK(both.difference({0, lives_to_try(2'000U), 500}) == "");
    if (!lane_widths().empty()) {
        CHECK(both.went_general > 0);
        CHECK(both.went_general < both.people);
    }
}

} // namespace pensim::test
