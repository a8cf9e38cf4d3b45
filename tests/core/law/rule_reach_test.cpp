#include "core/law/rule_reach.hpp"

#include <doctest/doctest.h>

#include "core/law/decide.hpp"
#include "sim/cases/outcome_json.hpp"
#include "tests/support/few_lives.hpp"
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

/// A life taken through a rule set.
struct Walked {
    Walked(law::RuleBook const& rules, Life const& one) : book(rules), life(one) {
        law::MoneyCalendar const money(book);
        law::check_life(book, life, default_areas, walk.faults);
        faultless = walk.faults.empty();
        if (faultless) {
            law::SilentListener nobody;
            law::LawContext const law{book, money, tables().wages};
            law::Timeline(law, life, walk, nobody).run();
            faultless = walk.faults.empty();
        }
        for (Event const& event : life.events) {
            death = event.kind == EventKind::death ? event.month : death;
        }
    }
    [[nodiscard]] law::WalkedLife facts() const { return {book, life, walk, death, default_areas}; }
    [[nodiscard]] law::RuleReach reach() const { return law::reach_of(facts()); }
    [[nodiscard]] law::Reach reach(law::Rule rule) const { return reach()[law::number_of(rule)]; }
    [[nodiscard]] bool touched_by(law::RuleBook const& other) const {
        return law::RuleDifferences(book, other).touch(facts());
    }

    law::RuleBook const& book;
    Life const& life;
    law::Walk walk;
    YearMonth death = YearMonth::last();
    bool faultless = false;
};

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
    int const rule_sets = lives_to_try(200);
    for (int i = 0; i < rule_sets; ++i) {
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
            Walked const walked(book, life);
            if (!walked.faultless) {
                continue;
            }
            law::RuleReach const reach = walked.reach();
            ++lives;
            std::string const wanted = decided(book, life);
            for (int k = 0; k < 2; ++k) {
                auto const other = changed_outside(random, book, reach, values, {}, &changed);
                if (decided(other, life) == wanted) {
                    continue;
                }
                for (std::size_t number = 0; number < law::rule_count; ++number) {
                    auto const one = law::rule_name(number);
                    for (int attempt = 0; attempt < 20; ++attempt) {
                        auto const alone = changed_outside(random, book, reach, values, number);
                        if (decided(alone, life) != wanted) {
                            FAIL_CHECK(one,
                                       " acts outside ",
                                       reach[number].first.text(),
                                       "..",
                                       reach[number].last.text(),
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
    CHECK(lives > 30 * rule_sets);
    for (std::size_t number = 0; number < law::rule_count; ++number) {
        CAPTURE(law::rule_name(number));
        CHECK(changed[number] > 50 * rule_sets);
    }
}

TEST_CASE("the reaches of a life in one area") {
    Life const life = one_area();
    Walked const walked(rules("law"), life);
    using law::Rule;
    YearMonth const counting{2020, 5};
    for (Rule const rule : {Rule::place_order_hmt,
                            Rule::place_min_months,
                            Rule::payout_months,
                            Rule::pension_paid_by}) {
        CAPTURE(law::rule_name(law::number_of(rule)));
        CHECK(in(walked.reach(rule), counting, counting));
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
        CHECK(walked.reach(rule).empty());
    }
    // A reform could give HMT a temporary account where they begin.
    CHECK(in(walked.reach(Rule::temporary_groups), {2000, 3}, {2000, 3}));
    CHECK(in(walked.reach(Rule::account_rate), {2000, 3}, {2018, 6}));
    CHECK(in(walked.reach(Rule::contribution_employer_rate), {2000, 3}, {2018, 6}));
    CHECK(in(walked.reach(Rule::contribution_base_floor), {2000, 1}, {2000, 1}));
    CHECK(in(walked.reach(Rule::account_interest), {2000, 3}, {2040, 7}));
    CHECK(in(walked.reach(Rule::refund_part_year_interest), {2040, 7}, {2040, 7}));
    CHECK(in(walked.reach(Rule::payout_january_raise), {2021, 1}, {2040, 7}));
    CHECK(in(walked.reach(Rule::pension_required_months), YearMonth::first(), counting));
    CHECK(in(walked.reach(Rule::retirement_male_original_age), {1960, 5}, {1960, 5}));
    CHECK(in(walked.reach(Rule::retirement_male_delay_max), counting, counting));
    CHECK(in(walked.reach(Rule::retirement_early_max), counting, counting));
}

TEST_CASE("the reaches of a life in two areas") {
    Life life = one_area();
    life.records.push_back({.area = AreaId{2},
                            .from = {2018, 9},
                            .to = {2019, 4},
                            .base = Fen(500'000),
                            .kind = Kind::flexible});
    Walked const walked(rules("law"), life);
    using law::Rule;
    CHECK(in(walked.reach(Rule::transfer_pooled_rate), {2018, 9}, {2020, 5}));
    CHECK(in(walked.reach(Rule::transfer_on_move), {2018, 9}, {2018, 9}));
    CHECK(in(walked.reach(Rule::pension_paid_by), {2018, 9}, {2020, 5}));
    CHECK(in(walked.reach(Rule::temporary_groups), {2000, 3}, {2018, 9}));
    CHECK(in(walked.reach(Rule::contribution_alone_pool_rate), {2018, 9}, {2019, 4}));
    CHECK(in(walked.reach(Rule::contribution_base_ceiling), {2000, 1}, {2018, 1}));
    CHECK(in(walked.reach(Rule::place_tie), {2020, 5}, {2020, 5}));
    CHECK(walked.reach(Rule::place_election_area).empty());
    life.continue_in_last_area = true;
    CHECK(in(Walked(rules("law"), life).reach(Rule::place_election_area), {2020, 5}, {2020, 5}));
}

TEST_CASE("differences of two rule sets, and whether they touch a life") {
    CHECK(law::RuleDifferences(rules("law"), rules("law")).empty());
    CHECK_FALSE(law::RuleDifferences(rules("law"), rules("five-years")).empty());
    Life life = one_area();
    CHECK_FALSE(Walked(rules("law"), life).touched_by(rules("five-years"))); // T before it
    life.birth = {1972, 5};
    Walked const walked(rules("law"), life);
    CHECK(walked.touched_by(rules("five-years")));
    CHECK(walked.touched_by(rules("required-180")));
    CHECK_FALSE(walked.touched_by(rules("law")));
    CHECK_FALSE(walked.touched_by(rules("no-pooled-money")));
    CHECK_FALSE(walked.touched_by(rules("years-in-ties")));
}

TEST_CASE("a life is touched where a difference meets a reach, to the month") {
    std::mt19937_64 random(20260521);
    law::RuleBook const& book = rules("practice");
    int touched = 0;
    for (int i = 0; i < 3000; ++i) {
        Life const life =
            random_life(random, {.rules = &book, .wages = &tables().wages, .faulty_percent = 0});
        Walked const walked(book, life);
        if (!walked.faultless) {
            continue;
        }
        law::Reach const own = walked.reach(law::Rule::transfer_pooled_rate);
        YearMonth const month(2012 + static_cast<int>(random() % 20), 1);
        law::RuleBook other = book;
        REQUIRE(book.transfer.pooled_rate.entries().back().from <= month);
        other.transfer.pooled_rate.replace_from(
            {{month, {true, Rate{}}, "test"},
             {month + Months(7), book.transfer.pooled_rate.at(month), "test"}});
        bool const meets = std::max(own.first, month) <= std::min(own.last, month + Months(6));
        CHECK(walked.touched_by(other) == meets);
        touched += meets ? 1 : 0;
    }
    CHECK(touched > 100);
}

} // namespace pensim::test
