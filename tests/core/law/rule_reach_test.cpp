#include "core/law/rule_reach.hpp"

#include <doctest/doctest.h>

#include "core/law/decide.hpp"
#include "sim/cases/outcome_json.hpp"
#include "tests/support/outside_reach.hpp"
#include "tests/support/random_life.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {

namespace {

constexpr int areas_used = 5;
constexpr std::size_t default_areas = 3; // the others have to be admitted

std::string decided(law::RuleBook const& book, Life const& life) {
    law::MoneyCalendar const money(book);
    law::Decider decider({book, money, tables().wages}, default_areas);
    std::string text;
    if (decider.decide(life)) {
        cases::append_outcome(text, "x", life.group, decider.outcome(), tables());
    }
    return text;
}

/// Nothing when the life has faults.
std::optional<law::RuleReach> reach_under(law::RuleBook const& book, Life const& life) {
    law::MoneyCalendar const money(book);
    law::LawContext const law{book, money, tables().wages};
    law::Walk walk;
    law::check_life(book, life, default_areas, walk.faults);
    if (!walk.faults.empty()) {
        return std::nullopt;
    }
    law::SilentListener nobody;
    law::Timeline(law, life, walk, nobody).run();
    YearMonth death = YearMonth::last();
    for (Event const& event : life.events) {
        death = event.kind == EventKind::death ? event.month : death;
    }
    return walk.faults.empty()
               ? std::optional(law::reach_of(book, life, walk, death, default_areas))
               : std::nullopt;
}

law::RuleBook base_of(std::mt19937_64& random, int i) {
    constexpr std::array<std::string_view, 4> shipped{
        "law", "practice", "pro-rata", "longest-only"};
    std::string_view const id = shipped[static_cast<std::size_t>(i) % shipped.size()];
    law::RuleBook book = i % 2 == 0 ? rules(id) : random_rules(random, rules(id), areas_used);
    book.area.admitted =
        law::Dated<std::vector<AreaId>>({{YearMonth::first(), {AreaId{3}, AreaId{4}}, "test"}});
    return book;
}

/// Years in the residents' scheme, beside and between the others.
void add_resident_years(std::mt19937_64& random, Life& life) {
    YearMonth const from = life.birth + Months::of_years(17 + static_cast<int>(random() % 40));
    life.records.push_back({.area = AreaId{1},
                            .from = from,
                            .to = from + Months(static_cast<int>(random() % 90)),
                            .base = Fen(100'000),
                            .scheme = Scheme::resident});
}

law::Reach of(law::RuleReach const& reach, law::Rule rule) {
    return reach[law::number_of(rule)];
}

bool in(law::Reach const& reach, YearMonth first, YearMonth last) {
    return reach == law::Reach{first, last};
}

Life one_area() {
    Life life;
    life.group = Group::hong_kong;
    life.birth = {1960, 5};
    life.records.push_back(
        {.area = AreaId{1}, .from = {2000, 3}, .to = {2018, 6}, .base = Fen(500'000)});
    life.events.push_back({EventKind::death, {2040, 7}, false});
    return life;
}

} // namespace

TEST_CASE("changes outside the reach change no outcome") {
    std::mt19937_64 random(20260318);
    auto const values = drawn_books(random, rules("law"), areas_used, 60);
    std::array<std::int64_t, law::rule_count> changed{};
    int lives = 0;
    for (int i = 0; i < 200; ++i) {
        law::RuleBook const book = base_of(random, i);
        for (int j = 0; j < 40; ++j) {
            Life life = random_life(random,
                                    {.rules = &book,
                                     .wages = &tables().wages,
                                     .areas = areas_used,
                                     .faulty_percent = 0});
            if (random() % 4 == 0) {
                add_resident_years(random, life);
            }
            auto const reach = reach_under(book, life);
            if (!reach) {
                continue;
            }
            ++lives;
            std::string const wanted = decided(book, life);
            for (int k = 0; k < 2; ++k) {
                auto const other = changed_outside(random, book, *reach, values, {}, &changed);
                if (decided(other, life) == wanted) {
                    continue;
                }
                for (std::size_t number = 0; number < law::rule_count; ++number) {
                    auto const one = law::rule_name(number);
                    for (int attempt = 0; attempt < 20; ++attempt) {
                        auto const alone = changed_outside(random, book, *reach, values, number);
                        if (decided(alone, life) != wanted) {
                            FAIL_CHECK(one,
                                       " acts outside ",
                                       (*reach)[number].first.text(),
                                       "..",
                                       (*reach)[number].last.text(),
                                       "\n",
                                       describe(life),
                                       wanted,
                                       "\n",
                                       decided(alone, life));
                            break;
                        }
                    }
                }
                FAIL("a change outside the reach acts\n", describe(life));
            }
        }
    }
    CHECK(lives > 6000);
    for (std::size_t number = 0; number < law::rule_count; ++number) {
        CAPTURE(law::rule_name(number));
        CHECK(changed[number] > 10'000);
    }
}

TEST_CASE("the reaches of a life in one area") {
    Life const life = one_area();
    auto const reach = reach_under(rules("law"), life).value();
    using law::Rule;
    YearMonth const counting{2020, 5};
    for (Rule const rule : {Rule::place_order_hmt,
                            Rule::place_min_months,
                            Rule::payout_months,
                            Rule::pension_paid_by}) {
        CAPTURE(law::rule_name(law::number_of(rule)));
        CHECK(in(of(reach, rule), counting, counting));
    }
    for (Rule const rule : {Rule::place_order_foreign,
                            Rule::place_order_mainland,
                            Rule::place_tie,
                            Rule::place_compare_unit,
                            Rule::place_count_transferred_months,
                            Rule::place_election_area,
                            Rule::place_election_groups,
                            Rule::transfer_pooled_rate,
                            Rule::transfer_on_move,
                            Rule::temporary_male_age,
                            Rule::temporary_female_age,
                            Rule::contribution_alone_pool_rate,
                            Rule::pooling_adjustment,
                            Rule::pooling_rate,
                            Rule::retirement_female_worker_original_age,
                            Rule::retirement_female_management_delay_step,
                            Rule::extension_groups,
                            Rule::extension_lump_sum_after,
                            Rule::extension_lump_sum_first_paid_before,
                            Rule::bridge_open}) {
        CAPTURE(law::rule_name(law::number_of(rule)));
        CHECK(of(reach, rule).empty());
    }
    // A reform could give HMT a temporary account where they begin.
    CHECK(in(of(reach, Rule::temporary_groups), {2000, 3}, {2000, 3}));
    CHECK(in(of(reach, Rule::account_rate), {2000, 3}, {2018, 6}));
    CHECK(in(of(reach, Rule::contribution_employer_rate), {2000, 3}, {2018, 6}));
    CHECK(in(of(reach, Rule::contribution_base_floor), {2000, 1}, {2000, 1}));
    CHECK(in(of(reach, Rule::account_interest), {2000, 3}, {2040, 7}));
    CHECK(in(of(reach, Rule::refund_part_year_interest), {2040, 7}, {2040, 7}));
    CHECK(in(of(reach, Rule::payout_january_raise), {2021, 1}, {2040, 7}));
    CHECK(in(of(reach, Rule::pension_required_months), YearMonth::first(), counting));
    CHECK(in(of(reach, Rule::retirement_male_original_age), {1960, 5}, {1960, 5}));
    CHECK(in(of(reach, Rule::retirement_male_delay_max), counting, counting));
    CHECK(in(of(reach, Rule::retirement_early_max), counting, counting));
}

TEST_CASE("the reaches of a life in two areas") {
    Life life = one_area();
    life.records.push_back({.area = AreaId{2},
                            .from = {2018, 9},
                            .to = {2019, 4},
                            .base = Fen(500'000),
                            .kind = Kind::flexible});
    auto const reach = reach_under(rules("law"), life).value();
    using law::Rule;
    CHECK(in(of(reach, Rule::transfer_pooled_rate), {2018, 9}, {2020, 5}));
    CHECK(in(of(reach, Rule::transfer_on_move), {2018, 9}, {2018, 9}));
    CHECK(in(of(reach, Rule::pension_paid_by), {2018, 9}, {2020, 5}));
    CHECK(in(of(reach, Rule::temporary_groups), {2000, 3}, {2018, 9}));
    CHECK(in(of(reach, Rule::contribution_alone_pool_rate), {2018, 9}, {2019, 4}));
    CHECK(in(of(reach, Rule::contribution_base_ceiling), {2000, 1}, {2018, 1}));
    CHECK(in(of(reach, Rule::place_tie), {2020, 5}, {2020, 5}));
    CHECK(of(reach, Rule::place_election_area).empty());
    life.continue_in_last_area = true;
    CHECK(in(of(reach_under(rules("law"), life).value(), Rule::place_election_area),
             {2020, 5},
             {2020, 5}));
}

TEST_CASE("differences of two rule sets, and whether they touch a life") {
    law::RuleDifferences const none(rules("law"), rules("law"));
    CHECK(none.empty());
    law::RuleDifferences const five(rules("law"), rules("five-years"));
    CHECK_FALSE(five.empty());
    Life life = one_area();
    CHECK_FALSE(five.touch(reach_under(rules("law"), life).value())); // T before the reform
    life.birth = {1972, 5};
    auto const late = reach_under(rules("law"), life).value();
    CHECK(five.touch(late));
    CHECK_FALSE(none.touch(late));
    CHECK_FALSE(law::RuleDifferences(rules("law"), rules("no-pooled-money")).touch(late));
    CHECK(law::RuleDifferences(rules("law"), rules("required-180")).touch(late));
}

} // namespace pensim::test
