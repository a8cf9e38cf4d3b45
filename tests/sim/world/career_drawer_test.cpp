// Careers: what is drawn once for both ways through the law (LifeDrawer makes records of them, the
// lanes rows).
#include "sim/world/career_drawer.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/law/qualifying_period.hpp"
#include "core/law/retirement_age.hpp"
#include "sim/random/first_words.hpp"
#include "tests/sim/lanes/restless_world.hpp"
#include "tests/support/random_life.hpp"

namespace pensim::test {

namespace {

using world::Career;
using world::CareerDrawer;
using world::PersonStreams;

constexpr random::Key key_of_careers{2024, 3};

/// A career in words; equal words, equal careers.
std::string words_of(Career const& career) {
    std::string text = describe(career.life);
    for (world::Spell const& spell : career.spells) {
        text += "  spell " + spell.from.text() + ".." + spell.to.text() + " area "
                + std::to_string(row(spell.area)) + " kind "
                + std::to_string(static_cast<int>(spell.kind)) + " ppm "
                + std::to_string(spell.own_ppm) + (spell.transfer ? "" : " transfer:false") + "\n";
    }
    return text + "  entry " + career.entry.text() + " T " + career.counting.text() + " required "
           + std::to_string(career.required) + " paid " + std::to_string(career.months_paid)
           + " last " + std::to_string(career.last_spell_ppm) + " death " + career.death.text();
}

/// What must hold of any career; the first thing that does not, in words.
std::string career_fault(Career const& career, law::RuleBook const& book) {
    YearMonth const end = std::min(career.counting, career.death);
    YearMonth after = career.entry;
    int months = 0;
    auto event = career.life.events.begin();
    for (world::Spell const& spell : career.spells) {
        for (; event != career.life.events.end() && event->month < spell.from; ++event) {
            months = event->terminate ? 0 : months;
        }
        if (spell.from < after || spell.to < spell.from || spell.to > end) {
            return "a spell overlaps another one, or leaves the career";
        }
        if (event != career.life.events.end() && event->month <= spell.to) {
            return "a departure within a spell";
        }
        if (spell.own_ppm < 0) {
            return "a wage below nothing";
        }
        months += (spell.to - spell.from).count() + 1;
        after = spell.to.next();
    }
    for (; event != career.life.events.end(); ++event) {
        months = event->terminate ? 0 : months;
    }
    if (months != career.months_paid) {
        return "other months paid than those of the spells";
    }
    YearMonth const statutory = law::statutory_month(book, career.life);
    if (career.statutory != statutory || career.counting != career.life.claim.value_or(statutory)) {
        return "another T than that of the law";
    }
    if (career.required != law::required_months(book, statutory, career.counting)) {
        return "other months required than by the law";
    }
    return "";
}

} // namespace

TEST_CASE("a career is spells in order up to T or death, and knows what the law requires") {
    for (std::string_view const rule_set : {"law", "practice", "required-180"}) {
        CAPTURE(rule_set);
        SmallWorld const world = restless_world(rule_set);
        CareerDrawer const drawer(world.world, world.law);
        Career career;
        int claims_early = 0;
        int is_short = 0;
        int dies_before = 0;
        for (std::uint64_t person = 0; person < 3'000; ++person) {
            CAPTURE(person);
            PersonStreams streams(key_of_careers, person);
            drawer.draw(streams, career);
            CHECK(career_fault(career, world.law.book) == "");
            claims_early += career.counting < career.statutory ? 1 : 0;
            is_short += career.is_short() ? 1 : 0;
            dies_before += career.reaches_counting() ? 0 : 1;
        }
        CHECK(claims_early > 100);
        CHECK(is_short > 300);
        CHECK(dies_before > 100);
    }
}

TEST_CASE("a life is its career in records of calendar years, with what is done when short") {
    SmallWorld const world = restless_world("law");
    CareerDrawer const drawer(world.world, world.law);
    world::LifeDrawer lives = world.drawer();
    Career career;
    for (std::uint64_t person = 0; person < 2'000; ++person) {
        CAPTURE(person);
        PersonStreams streams(key_of_careers, person);
        drawer.draw(streams, career);
        Life const& life = lives.draw(key_of_careers, person).life;
        auto record = life.records.begin();
        for (world::Spell const& spell : career.spells) {
            for (YearMonth month = spell.from; month <= spell.to; ++record) {
                REQUIRE(record != life.records.end());
                CHECK(record->from == month);
                CHECK(record->to == std::min(spell.to, month.december()));
                CHECK(record->area == spell.area);
                CHECK(record->kind == spell.kind);
                CHECK(record->transfer == spell.transfer);
                month = record->to.next();
            }
        }
        bool const acts = career.is_short();
        CHECK((record == life.records.end() || (acts && record->from == career.counting.next())));
        CHECK((life.events.size() == career.life.events.size() + 1 || acts));
    }
}

TEST_CASE("words that were made before change nothing of a career") {
    SmallWorld const world = restless_world("law");
    CareerDrawer const drawer(world.world, world.law);
    constexpr std::size_t persons = 100;
    using random::Purpose;
    constexpr std::array purposes{
        Purpose::who, Purpose::death, Purpose::claim, Purpose::career, Purpose::wage};
    for (std::size_t blocks = 0; blocks <= 3; ++blocks) {
        std::array<std::vector<std::uint32_t>, purposes.size()> words;
        std::size_t const each = blocks * random::Stream::words_of_block;
        for (std::size_t i = 0; i < purposes.size(); ++i) {
            words[i].resize(persons * each);
            random::write_first_words(key_of_careers, 0, persons, purposes[i], blocks, words[i]);
        }
        Career with;
        Career without;
        for (std::size_t person = 0; person < persons; ++person) {
            auto const own = [&](std::size_t i) {
                return std::span<std::uint32_t const>(words[i]).subspan(person * each, each);
            };
            PersonStreams made(key_of_careers, person, {own(0), own(1), own(2), own(3), own(4)});
            PersonStreams plain(key_of_careers, person);
            drawer.draw(made, with);
            drawer.draw(plain, without);
            CAPTURE(blocks);
            CAPTURE(person);
            CHECK(words_of(with) == words_of(without));
            auto const acts = [&](PersonStreams& streams) {
                return drawer.conduct(with, YearMonth(2009, 1), streams);
            };
            auto const mine = acts(made);
            auto const theirs = acts(plain);
            CHECK(mine.extension_months == theirs.extension_months);
            CHECK(mine.lump_months == theirs.lump_months);
            CHECK(mine.moves_to_resident_scheme == theirs.moves_to_resident_scheme);
            CHECK(mine.ends_after == theirs.ends_after);
            CHECK(drawer.elects_last_area(with, made) == drawer.elects_last_area(with, plain));
        }
    }
}

TEST_CASE("a career is the same whoever was drawn before") {
    SmallWorld const world = restless_world("law");
    CareerDrawer const drawer(world.world, world.law);
    Career reused;
    for (std::uint64_t person = 300; person-- > 0;) {
        PersonStreams streams(key_of_careers, person);
        drawer.draw(streams, reused);
        Career fresh;
        PersonStreams again(key_of_careers, person);
        drawer.draw(again, fresh);
        CHECK(words_of(reused) == words_of(fresh));
    }
}

} // namespace pensim::test
