#include "core/law/place_preview.hpp"

#include <doctest/doctest.h>

#include "core/law/timeline.hpp"
#include "tests/support/few_lives.hpp"
#include "tests/support/random_life.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {

namespace {

/// Remembers what T decided.
struct Placed : law::SilentListener {
    law::PlaceAnswer answer;
    law::PlaceFacts facts;
    std::vector<law::Standing> standings;
    int times = 0;
    void placed(YearMonth,
                law::PlaceFacts const& known,
                std::optional<law::PlaceDecision> const& found,
                std::optional<law::PlaceDecision> const& place) {
        answer = {found, place};
        facts = known;
        standings.assign(known.standings.begin(), known.standings.end());
        ++times;
    }
};

/// Only its place rules are those of `other`.
law::RuleBook with_places_of(law::RuleBook book, law::RuleBook const& other) {
    book.place = other.place;
    return book;
}

} // namespace

TEST_CASE("the preview says what the timeline decides under other place rules") {
    std::mt19937_64 random(20260509);
    int compared = 0;
    int other_place = 0;
    int elected = 0;
    int nowhere = 0;
    int voided = 0; // by the end of the relation, after T
    int const rule_sets = lives_to_try(300);
    for (int i = 0; i < rule_sets; ++i) {
        law::RuleBook const book = i % 2 == 0 ? rules("law") : random_rules(random, rules("law"));
        std::string_view const base = i % 4 < 2 ? "practice" : "opt-in-everyone";
        law::RuleBook const other = with_places_of(book, random_rules(random, rules(base)));
        law::MoneyCalendar const money(book);
        for (int j = 0; j < 60; ++j) {
            Life life = random_life(
                random, {.rules = &book, .wages = &tables().wages, .faulty_percent = 0});
            life.continue_in_last_area = j % 2 == 0;
            law::Walk walk;
            Placed mine;
            law::Timeline({book, money, tables().wages}, life, walk, mine).run();
            auto const facts = law::facts_at_counting(life, walk);
            if (!walk.faults.empty() || !facts) {
                CHECK((!walk.faults.empty() || mine.times == 0));
                continue;
            }
            voided += walk.place != walk.counted_place ? 1 : 0;
            REQUIRE(mine.times == 1);
            CHECK(facts->relation == mine.facts.relation);
            CHECK(facts->hukou == life.hukou);
            CHECK(facts->standings.size() == mine.standings.size());
            CHECK(law::answer_under(book, life, walk) == mine.answer);
            CHECK(law::place_under(book, life, walk) == walk.counted_place);
            law::Walk again;
            Placed theirs;
            law::Timeline({other, money, tables().wages}, life, again, theirs).run();
            REQUIRE(theirs.times == 1);
            if (law::answer_under(other, life, walk) != theirs.answer) {
                FAIL_CHECK("not what the timeline decides\n", describe(life));
            }
            ++compared;
            other_place += theirs.answer.place != mine.answer.place ? 1 : 0;
            elected += theirs.answer.place != theirs.answer.found ? 1 : 0;
            nowhere += theirs.answer.place ? 0 : 1;
        }
    }
    CHECK(compared > 33 * rule_sets);
    CHECK(other_place > 3 * rule_sets);
    CHECK(elected > rule_sets / 6);
    CHECK(nowhere > rule_sets / 6);
    CHECK(voided > rule_sets / 6);
}

TEST_CASE("a walk without facts of T has no preview") {
    Life life;
    life.group = Group::hong_kong;
    life.birth = {1960, 5};
    law::Walk walk;
    law::SilentListener nobody;
    auto const walked = [&] {
        law::Timeline(law_context("law"), life, walk, nobody).run();
        return law::facts_at_counting(life, walk).has_value();
    };
    CHECK_FALSE(walked()); // nothing paid
    life.records.push_back(
        {.area = area("SH"), .from = {2010, 3}, .to = {2018, 6}, .base = Fen(500'000)});
    CHECK(walked());
    life.events.push_back({EventKind::depart, {2021, 7}, true});
    CHECK(walked()); // the months are void now, but they counted at T
    CHECK(walk.standings.empty());
    CHECK(law::place_under(rules("law"), life, walk) == walk.counted_place);
    life.events.push_back({EventKind::depart, {2022, 1}, true});
    CHECK(walked()); // ended twice: what counted is not forgotten
    CHECK(law::facts_at_counting(life, walk)->standings.size() == 1);
    CHECK(law::place_under(rules("law"), life, walk) == walk.counted_place);
    life.events.pop_back();
    life.events.front() = {EventKind::depart, {2019, 7}, true};
    CHECK_FALSE(walked()); // void before T
    CHECK_THROWS_AS(static_cast<void>(law::place_under(rules("law"), life, walk)),
                    ContractViolation);
    life.events.front() = {EventKind::death, {2019, 7}, false};
    CHECK_FALSE(walked()); // before T
}

} // namespace pensim::test
