#include "sim/world/life_drawer.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/law/retirement_age.hpp"
#include "tests/sim/world/small_world.hpp"
#include "tests/support/monte_carlo.hpp"
#include "tests/support/random_life.hpp"

namespace pensim::test {

namespace {

using world::DrawnLife;
using world::GroupSpec;

constexpr std::uint64_t persons = 10'000;

/// Months that something with this hazard a month lasts, if it lasts one at least and ends with a
/// month: 1 / (1 - exp(-hazard)).
double mean_months(double per_month) {
    return -1 / std::expm1(-per_month);
}

/// Everything that does not depend on what somebody earns.
std::string without_wages(Life life) {
    for (Record& record : life.records) {
        record.base = Fen{};
    }
    return describe(life);
}

/// The life up to a month.
std::string up_to(Life life, YearMonth month) {
    std::erase_if(life.records, [&](Record const& r) { return r.from > month; });
    for (Record& record : life.records) {
        record.to = std::min(record.to, month);
    }
    std::erase_if(life.events, [&](Event const& e) { return e.month > month; });
    life.claim.reset();
    return describe(life);
}

/// Normal distribution function.
double normal(double z) {
    return std::erfc(-z / std::sqrt(2.0)) / 2;
}

Fen average(AreaId area, YearMonth month) {
    return tables().wages.at(area, month.year() - 1);
}

} // namespace

TEST_CASE("who: shares of sexes, posts, nationalities and permanent residents") {
    GroupSpec spec = plain_group();
    spec.group = Group::foreign;
    spec.male = 0.6;
    spec.management = 0.3;
    spec.nationalities = {{CountryCode{'D', 'E', 'U'}, 3}, {CountryCode{'U', 'S', 'A'}, 1}};
    spec.permanent_resident = 0.1;
    std::size_t men = 0;
    std::size_t managers = 0;
    std::size_t germans = 0;
    std::size_t permanent = 0;
    SmallWorld(spec).each(persons, [&](DrawnLife const& drawn) {
        Life const& life = drawn.life;
        men += life.sex == Sex::male ? 1U : 0U;
        managers += life.post == Post::management ? 1U : 0U;
        CHECK((life.sex == Sex::female || life.post == Post::worker));
        CHECK_FALSE(life.hukou.has_value());
        germans += life.nationality.value() == CountryCode{'D', 'E', 'U'} ? 1U : 0U;
        permanent += life.permanent_resident ? 1U : 0U;
    });
    CHECK(surprise_of_share(men, persons, 0.6) < standard_errors);
    CHECK(surprise_of_share(managers, persons, 0.4 * 0.3) < standard_errors);
    CHECK(surprise_of_share(germans, persons, 0.75) < standard_errors);
    CHECK(surprise_of_share(permanent, persons, 0.1) < standard_errors);
}

TEST_CASE("when: entry and age by their densities, to the month") {
    GroupSpec spec = plain_group();
    // Twice as many at the end of the two years as in their middle, nobody in their beginning.
    spec.entry.years.points = {{2003.5, 0}, {2005.5, 1}};
    spec.entry.ages.points = {{30, 1}, {31, 1}, {31, 3}, {32, 3}};
    std::array<std::size_t, 24> by_month{};
    std::array<std::size_t, 24> by_age{};
    SmallWorld(spec).each(persons, [&](DrawnLife const& drawn) {
        auto const month = (drawn.entry - YearMonth(2003, 7)).count();
        auto const age = (drawn.entry - drawn.life.birth).count() - 360;
        REQUIRE(month >= 0);
        REQUIRE(month < 24);
        REQUIRE(age >= 0);
        REQUIRE(age < 24);
        ++by_month[static_cast<std::size_t>(month)];
        ++by_age[static_cast<std::size_t>(age)];
        CHECK(drawn.life.records.front().from == drawn.entry);
    });
    for (std::size_t i = 0; i < 24; ++i) {
        CAPTURE(i);
        double const month_share = (static_cast<double>(i) + 0.5) / 288;
        double const age_share = (i < 12 ? 1.0 : 3.0) / 48;
        CHECK(surprise_of_share(by_month[i], persons, month_share) < standard_errors);
        CHECK(surprise_of_share(by_age[i], persons, age_share) < standard_errors);
    }
}

TEST_CASE("where: the first area, the hukou, and who does not begin at home") {
    GroupSpec spec = plain_group();
    spec.first_area.weights = weights_of_first({1, 2, 1});
    auto const monthly = moves_among_first(3, {1, 0, 0, 1e-13, 1 - 4e-13, 3e-13, 0, 0, 1});
    SUBCASE("without a home the first area is it") {
        std::array<std::size_t, 3> first{};
        SmallWorld({spec, monthly}).each(persons, [&](DrawnLife const& drawn) {
            AreaId const area = drawn.life.records.front().area;
            CHECK(drawn.life.hukou == area);
            ++first[row(area)];
        });
        CHECK(surprise_of_share(first[0], persons, 0.25) < standard_errors);
        CHECK(surprise_of_share(first[1], persons, 0.5) < standard_errors);
    }
    SUBCASE("with a home, a share begins where moves lead from there, if they lead anywhere") {
        spec.home.at.weights = spec.first_area.weights;
        spec.home.stays = 0.3;
        std::array<std::size_t, 9> begins{};
        SmallWorld({spec, monthly}).each(persons, [&](DrawnLife const& drawn) {
            AreaId const area = drawn.life.records.front().area;
            ++begins[row(*drawn.life.hukou) * 3U + row(area)];
        });
        std::array<double, 9> const shares{
            0.25, 0, 0, 0.5 * 0.7 / 4, 0.5 * 0.3, 0.5 * 0.7 * 3 / 4, 0, 0, 0.25};
        for (std::size_t cell = 0; cell < 9; ++cell) {
            CAPTURE(cell);
            CHECK(surprise_of_share(begins[cell], persons, shares[cell]) < standard_errors);
        }
    }
}

TEST_CASE("groups have their shares and keep their own processes") {
    GroupSpec self_employed = plain_group();
    self_employed.share = 3;
    self_employed.paying.self_employed = 1;
    GroupSpec taiwan = plain_group();
    taiwan.group = Group::taiwan;
    std::size_t second = 0;
    SmallWorld(std::vector{GroupPlan{self_employed}, GroupPlan{taiwan}})
        .each(persons, [&](DrawnLife const& drawn) {
            second += drawn.group == 1 ? 1U : 0U;
            CHECK(drawn.life.group == (drawn.group == 1 ? Group::taiwan : Group::mainland));
            CHECK(drawn.life.records.front().kind
                  == (drawn.group == 1 ? Kind::employed : Kind::self_employed));
        });
    CHECK(surprise_of_share(second, persons, 0.25) < standard_errors);
}

TEST_CASE("an undisturbed career lasts from entry to the statutory month or to death") {
    GroupSpec spec = plain_group();
    SmallWorld const living(spec);
    living.each(200, [&](DrawnLife const& drawn) {
        auto const spells = spells_of(drawn.life);
        REQUIRE(spells.size() == 1);
        CHECK(spells[0].from == drawn.entry);
        CHECK(spells[0].to == law::statutory_month(living.law.book, drawn.life));
        CHECK(drawn.life.events.size() == 1);
    });
    SmallWorld const dying(GroupPlan{spec, {}, mortal()});
    std::uint64_t person = 0;
    std::size_t early = 0;
    dying.each(2'000, [&](DrawnLife const& drawn) {
        random::Stream draws({2024, 0}, person++, random::Purpose::death);
        YearMonth const death = mortal()->death(drawn.life.sex,
                                                drawn.life.birth,
                                                drawn.entry,
                                                dying.world.exponential.draw(draws.next()));
        CHECK(drawn.death == death);
        CHECK(drawn.life.events.back().kind == EventKind::death);
        CHECK(drawn.life.events.back().month == death);
        YearMonth const statutory = law::statutory_month(dying.law.book, drawn.life);
        CHECK(drawn.life.records.back().to == std::min(statutory, death));
        early += death < statutory ? 1U : 0U;
    });
    CHECK(early > 50);
}

TEST_CASE("paying: shares of kinds; gaps begin at their hazard and last as long as they should") {
    GroupSpec spec = plain_group();
    spec.paying.self_employed = 0.2;
    spec.paying.flexible = 0.3;
    spec.paying.gap_per_year = 0.6;
    spec.paying.gap_months = 6;
    std::array<std::size_t, 3> kinds{};
    Sample worked;
    Sample gap;
    std::size_t single_months = 0;
    std::size_t single_gaps = 0;
    SmallWorld(spec).each(persons, [&](DrawnLife const& drawn) {
        auto const spells = spells_of(drawn.life);
        // With 43 years of career, whoever has no two spells is a bug.
        REQUIRE(spells.size() > 2);
        ++kinds[static_cast<std::size_t>(spells[1].kind)];
        worked.add(spells[0].months());
        single_months += spells[0].months() == 1 ? 1U : 0U;
        int const between = (spells[1].from - spells[0].to).count() - 1;
        gap.add(between);
        single_gaps += between == 1 ? 1U : 0U;
    });
    CHECK(surprise_of_share(kinds[0], persons, 0.5) < standard_errors);
    CHECK(surprise_of_share(kinds[1], persons, 0.2) < standard_errors);
    CHECK(surprise_of_share(kinds[2], persons, 0.3) < standard_errors);
    CHECK(worked.surprise(mean_months(0.05)) < standard_errors);
    CHECK(surprise_of_share(single_months, persons, -std::expm1(-0.05)) < standard_errors);
    CHECK(gap.surprise(6) < standard_errors);
    CHECK(surprise_of_share(single_gaps, persons, 1.0 / 6) < standard_errors);
}

TEST_CASE("moving: each area at its own rate, to its own destinations, with the money or not") {
    GroupSpec spec = plain_group();
    spec.first_area.weights = weights_of_first({1, 1, 1});
    spec.moving.leaves_money = 0.25;
    std::vector<double> const chances{0.95, 0.01, 0.04, 0.06, 0.94, 0, 0.1, 0.1, 0.8};
    std::array<Sample, 3> stays;
    std::array<Sample, 3> later_stays;
    std::array<std::size_t, 3> first_to_third{};
    std::size_t left_behind = 0;
    std::size_t moves = 0;
    SmallWorld({spec, moves_among_first(3, chances)}).each(persons, [&](DrawnLife const& drawn) {
        auto const spells = spells_of(drawn.life);
        REQUIRE(spells.size() > 2);
        auto const from = row(spells[0].area);
        stays[from].add(spells[0].months());
        later_stays[row(spells[1].area)].add(spells[1].months());
        first_to_third[from] += row(spells[1].area) == 2 ? 1U : 0U;
        CHECK(spells[0].transfer);
        CHECK(spells[0].to.next() == spells[1].from);
        for (std::size_t i = 1; i < spells.size(); ++i) {
            CHECK(chances[row(spells[i - 1].area) * 3U + row(spells[i].area)] > 0);
            left_behind += spells[i].transfer ? 0U : 1U;
            ++moves;
        }
    });
    for (std::size_t area = 0; area < 3; ++area) {
        CAPTURE(area);
        double const months = 1 / (1 - chances[area * 4]);
        CHECK(stays[area].surprise(months) < standard_errors);
        CHECK(later_stays[area].surprise(months) < standard_errors);
    }
    CHECK(surprise_of_share(first_to_third[0], stays[0].count(), 0.8) < standard_errors);
    CHECK(surprise_of_share(left_behind, moves, 0.25) < standard_errors);
}

TEST_CASE("moving: the age counts, not the time in an area") {
    // Nobody moves before 40, everybody soon after.
    GroupSpec spec = plain_group();
    spec.first_area.weights = weights_of_first({1, 1});
    spec.moving.age = {0, 0, 1, 0, 40, 200, 0};
    Sample moved_at;
    SmallWorld({spec, moves_among_first(2, {0.8, 0.2, 0.2, 0.8})})
        .each(2'000, [&](DrawnLife const& drawn) {
            auto const spells = spells_of(drawn.life);
            REQUIRE(spells.size() > 1);
            int const age = (spells[1].from - drawn.life.birth).count();
            CHECK(age > 480);
            moved_at.add(age);
        });
    // The mean over 20 to 59 is 1, so from 40 on the hazard is twice as high: two months' chance.
    CHECK(moved_at.surprise(480 + 1 / (1 - 0.8 * 0.8)) < standard_errors);
}

TEST_CASE("moving: nobody moves without a model, and home calls back") {
    GroupSpec spec = plain_group();
    spec.first_area.weights = weights_of_first({2, 1, 1});
    spec.home.at.weights = spec.first_area.weights;
    spec.home.stays = 0;
    SUBCASE("nobody moves") {
        SmallWorld(spec).each(1'000, [&](DrawnLife const& drawn) {
            CHECK(spells_of(drawn.life).size() == 1);
            CHECK(drawn.life.records.front().area == drawn.life.hukou);
        });
    }
    // Everybody begins away from home; too small a chance to see a second time leads there.
    spec.moving.leaves_money = 0.4;
    std::vector<double> const away{1 - 1e-13, 1e-13, 0, 0, 1 - 1e-13, 1e-13, 1e-13, 0, 1 - 1e-13};
    SUBCASE("nobody comes home unless called") {
        SmallWorld({spec, moves_among_first(3, away)}).each(1'000, [&](DrawnLife const& drawn) {
            CHECK(spells_of(drawn.life).size() == 1);
            CHECK(drawn.life.records.front().area != drawn.life.hukou);
        });
    }
    SUBCASE("all come home and stay") {
        spec.moving.return_home_per_year = 0.36;
        Sample away_months;
        std::size_t left_behind = 0;
        SmallWorld({spec, moves_among_first(3, away)}).each(persons, [&](DrawnLife const& drawn) {
            auto const spells = spells_of(drawn.life);
            REQUIRE(spells.size() == 2);
            CHECK(spells[0].area != drawn.life.hukou);
            CHECK(spells[1].area == drawn.life.hukou);
            CHECK(spells[1].from == spells[0].to.next());
            away_months.add(spells[0].months());
            left_behind += spells[1].transfer ? 0U : 1U;
        });
        CHECK(away_months.surprise(mean_months(0.03)) < standard_errors);
        CHECK(surprise_of_share(left_behind, persons, 0.4) < standard_errors);
    }
}

TEST_CASE("leaving: when, with what end, and for how long") {
    GroupSpec spec = plain_group();
    spec.group = Group::macau;
    spec.leaving = {0.36, 0.25, 0.6, 24, ""};
    Sample stayed;
    Sample away;
    std::size_t ended = 0;
    std::size_t back = 0;
    SmallWorld(spec).each(persons, [&](DrawnLife const& drawn) {
        auto const spells = spells_of(drawn.life);
        auto const& events = drawn.life.events;
        REQUIRE(events.size() > 1);
        // The event stands in the first month that is not paid.
        CHECK(events[0].kind == EventKind::depart);
        CHECK(events[0].month == spells[0].to.next());
        stayed.add(spells[0].months());
        ended += events[0].terminate ? 1U : 0U;
        if (spells.size() > 1) {
            ++back;
            away.add((spells[1].from - events[0].month).count());
        } else {
            CHECK(events.size() == 2);
        }
    });
    CHECK(stayed.surprise(mean_months(0.03)) < standard_errors);
    CHECK(surprise_of_share(ended, persons, 0.25) < standard_errors);
    // Of those who would come back some reach T before (at most one in a thousand).
    CHECK(surprise_of_share(back, persons, 0.6) < standard_errors);
    CHECK(away.surprise(24) < standard_errors);
}

TEST_CASE("exempt: by a certificate of the home insurance, from 2020 on") {
    GroupSpec spec = plain_group();
    spec.group = Group::hong_kong;
    spec.exempt = {0.3, 24, ""};
    std::size_t exempt = 0;
    for (bool const lawful : {false, true}) {
        CAPTURE(lawful);
        spec.entry.years.points = lawful ? decltype(spec.entry.years.points){{2020, 1}, {2022, 1}}
                                         : decltype(spec.entry.years.points){{2018, 1}, {2020, 1}};
        SmallWorld(spec).each(persons, [&](DrawnLife const& drawn) {
            auto const& exemptions = drawn.life.exemptions;
            YearMonth const first = drawn.life.records.front().from;
            if (exemptions.empty()) {
                CHECK(first == drawn.entry);
                return;
            }
            CHECK(lawful);
            REQUIRE(exemptions.size() == 1);
            CHECK(exemptions[0].ground == ExemptionGround::home_certificate);
            CHECK(exemptions[0].from == drawn.entry);
            CHECK(exemptions[0].to == drawn.entry + Months(23));
            CHECK(first == drawn.entry + Months(24));
            ++exempt;
        });
    }
    CHECK(surprise_of_share(exempt, persons, 0.3) < standard_errors);
}

TEST_CASE("exempt: under the agreement with the country, no longer than it allows") {
    GroupSpec spec = plain_group();
    spec.group = Group::foreign;
    spec.entry.years.points = {{2025, 1}, {2026, 1}};
    spec.exempt = {1, 150, ""};
    SUBCASE("no agreement") {
        spec.nationalities = {{CountryCode{'U', 'S', 'A'}, 1}};
        SmallWorld(spec).each(100, [&](DrawnLife const& drawn) {
            CHECK(drawn.life.exemptions.empty());
            CHECK(drawn.life.records.front().from == drawn.entry);
        });
    }
    for (auto const& agreement : tables().agreements) {
        if (!agreement.employee_scheme) {
            continue;
        }
        auto const& code = agreement.nationality;
        CAPTURE(std::string(code.begin(), code.end()));
        int const limit =
            agreement.detached_months_total.value_or(agreement.detached_months.value_or(150));
        spec.nationalities = {{code, 1}};
        SmallWorld(spec).each(50, [&](DrawnLife const& drawn) {
            bool const in_force = agreement.in_force <= drawn.entry;
            REQUIRE(drawn.life.exemptions.size() == (in_force ? 1 : 0));
            int const months = in_force ? std::min(limit, 150) : 0;
            CHECK(drawn.life.records.front().from == drawn.entry + Months(months));
            CHECK(law::check_exemptions(drawn.life, tables().agreements).empty());
        });
    }
}

TEST_CASE("claims: early and late ones at the ends of the window") {
    GroupSpec spec = plain_group();
    spec.claim = {0.3, 0.2, ""};
    SmallWorld const world(spec);
    std::size_t early = 0;
    std::size_t late = 0;
    world.each(persons, [&](DrawnLife const& drawn) {
        Life const& life = drawn.life;
        auto const window = law::claim_window(world.law.book, life);
        YearMonth const statutory = law::statutory_month(world.law.book, life);
        YearMonth const claim = life.claim.value_or(statutory);
        CHECK((claim == window.earliest || claim == statutory || claim == window.latest));
        CHECK(life.records.back().to == claim);
        early += claim == window.earliest ? 1U : 0U;
        late += claim == window.latest ? 1U : 0U;
    });
    CHECK(surprise_of_share(late, persons, 0.2) < standard_errors);
    CHECK(surprise_of_share(early, persons, 0.8 * 0.3) < standard_errors);
}

TEST_CASE("claims: nobody short of months claims early, whoever has them does") {
    GroupSpec spec = plain_group();
    spec.claim.early = 1;
    // Born 1990: 63, at 60 in 2050, when 20 years are needed.
    spec.entry.years.points = {{2025, 1}, {2035, 1}};
    spec.entry.ages.points = {{35, 1}, {45, 1}};
    SmallWorld const world(spec);
    std::array<std::size_t, 2> seen{};
    world.each(1'000, [&](DrawnLife const& drawn) {
        Life life = drawn.life;
        auto const window = law::claim_window(world.law.book, life);
        int const months = (window.earliest - drawn.entry).count() + 1;
        bool const enough = months >= world.law.book.pension.required_months.at(window.earliest);
        CAPTURE(describe(life));
        CHECK(life.claim.has_value() == enough);
        ++seen[enough ? 1 : 0];
    });
    CHECK(seen[0] > 100);
    CHECK(seen[1] > 100);
}

TEST_CASE("claims: nobody claims early in the month of death") {
    GroupSpec spec = plain_group();
    spec.claim.early = 1;
    // All die on the 60th birthday: in the first month in which men may claim.
    auto const survival = std::make_shared<world::Survival const>(
        world::DeathRates{{2000}, {0, 60}, {{{0, 1e6}, {0, 1e6}}}}, 1.0);
    SmallWorld const world(GroupPlan{spec, {}, survival});
    world.each(200, [&](DrawnLife const& drawn) {
        CHECK(drawn.death == law::claim_window(world.law.book, drawn.life).earliest);
        CHECK_FALSE(drawn.life.claim.has_value());
        CHECK(drawn.life.records.back().to == drawn.death);
    });
}

TEST_CASE("short of months: who would continue at the last area, and nobody else") {
    GroupSpec spec = plain_group();
    spec.entry.years.points = {{2005, 1}, {2006, 1}};
    spec.when_short = {0.3, 0.2, 0.15, 0.25, ""};
    auto const electing = [&](double share, int entry_age) {
        spec.when_short.elects_last_area = share;
        spec.entry.ages.points = {{entry_age, 1}, {entry_age + 1, 1}};
        std::size_t count = 0;
        SmallWorld(spec).each(persons, [&](DrawnLife const& drawn) {
            count += drawn.life.continue_in_last_area ? 1 : 0;
        });
        return count;
    };
    // 60 in 2013 with some 7 of 15 years, and with some 33.
    CHECK(surprise_of_share(electing(0.4, 52), persons, 0.4) < standard_errors);
    CHECK(electing(0, 52) == 0);
    CHECK(electing(1, 52) == persons);
    CHECK(electing(1, 26) == 0);
}

TEST_CASE("short of months: each does what its share says") {
    GroupSpec spec = plain_group();
    // 60 in 2013, with some 7 of 15 years, insured before the lump sum was closed.
    spec.entry.years.points = {{2005, 1}, {2006, 1}};
    spec.entry.ages.points = {{52, 1}, {53, 1}};
    spec.when_short = {0.3, 0.2, 0.15, 0.25, ""};
    std::array<std::size_t, 5> actions{};
    SmallWorld const world(spec);
    world.each(persons, [&](DrawnLife const& drawn) {
        Life const& life = drawn.life;
        YearMonth const statutory = law::statutory_month(world.law.book, life);
        int const missing = 180 - ((statutory - drawn.entry).count() + 1);
        auto const spells = spells_of(life);
        if (spells.size() == 2) {
            CHECK(spells[1].kind == Kind::extension);
            CHECK(spells[1].from == statutory.next());
            CHECK(spells[1].months() == missing);
            ++actions[0];
        } else if (spells.size() == 3) {
            CHECK(spells[1].months() == 60);
            CHECK(spells[2].kind == Kind::lump_sum);
            CHECK(spells[2].from == statutory + Months(61));
            CHECK(spells[2].to == spells[2].from);
            CHECK(life.records.back().lump_months == missing - 60);
            ++actions[1];
        } else if (life.move_to_resident_scheme) {
            ++actions[2];
        } else if (life.events.size() > 1) {
            CHECK(life.events[0].terminate);
            CHECK(life.events[0].month > statutory);
            CHECK(life.events[0].month <= statutory + Months(16));
            ++actions[3];
        } else {
            ++actions[4];
        }
    });
    std::array<double, 5> const shares{0.3, 0.2, 0.15, 0.25, 0.1};
    for (std::size_t i = 0; i < shares.size(); ++i) {
        CAPTURE(i);
        CHECK(surprise_of_share(actions[i], persons, shares[i]) < standard_errors);
    }
}

TEST_CASE("short of months: no lump sum for those insured too late, or who need no five years") {
    GroupSpec spec = plain_group();
    spec.when_short.lump_sum = 1;
    SUBCASE("insured too late") {
        spec.entry.years.points = {{2012, 1}, {2013, 1}};
        spec.entry.ages.points = {{52, 1}, {53, 1}};
    }
    SUBCASE("five years are enough") {
        spec.entry.years.points = {{2005, 1}, {2006, 1}};
        spec.entry.ages.points = {{49, 1}, {50, 1}};
    }
    SmallWorld(spec).each(500, [&](DrawnLife const& drawn) {
        auto const spells = spells_of(drawn.life);
        REQUIRE(spells.size() == 2);
        CHECK(spells[1].kind == Kind::extension);
        CHECK(spells[0].months() + spells[1].months() == 180);
    });
}

TEST_CASE("short of months: whoever dies on the way pays to the end") {
    GroupSpec spec = plain_group();
    spec.entry.years.points = {{2005, 1}, {2006, 1}};
    spec.entry.ages.points = {{52, 1}, {53, 1}};
    // One in ten dies in a year.
    auto const survival = std::make_shared<world::Survival const>(
        world::DeathRates{{2000}, {0}, {{{0.1}, {0.1}}}}, 1.0);
    for (bool const lump_sum : {false, true}) {
        CAPTURE(lump_sum);
        spec.when_short.extends = lump_sum ? 0 : 1;
        spec.when_short.lump_sum = lump_sum ? 1 : 0;
        SmallWorld const world(GroupPlan{spec, {}, survival});
        std::size_t on_the_way = 0;
        world.each(1'000, [&](DrawnLife const& drawn) {
            YearMonth const statutory = law::statutory_month(world.law.book, drawn.life);
            int const paid = (statutory - drawn.entry).count() + 1;
            int const extra = lump_sum ? 61 : 180 - paid;
            if (drawn.death <= statutory || drawn.death >= statutory + Months(extra)) {
                return;
            }
            ++on_the_way;
            auto const spells = spells_of(drawn.life);
            REQUIRE(spells.size() == 2);
            CHECK(spells[1].kind == Kind::extension);
            CHECK(spells[1].to == drawn.death);
        });
        CHECK(on_the_way > 100);
    }
}

TEST_CASE("wages: the area's average of the year before, by age, between floor and ceiling") {
    GroupSpec spec = plain_group();
    spec.first_area.weights = weights_of_first({1, 1, 1});
    law::RuleBook const& book = rules("law");
    struct Case {
        std::string why;
        double level;
        double flexible_level;
        std::int64_t ppm; ///< at 20
        bool grows;       ///< by a twentieth of that a year of age
    };
    for (auto const& c : std::vector<Case>{{"average", 1, 1, 1'000'000, false},
                                           {"above", 1.25, 1, 1'250'000, false},
                                           {"alone", 1.25, 0.8, 1'000'000, false},
                                           {"with age", 0.75, 1, 750'000, true},
                                           {"floor", 0.1, 1, -1, false},
                                           {"ceiling", 9, 1, -2, false}}) {
        CAPTURE(c.why);
        spec.wage.level = c.level;
        spec.wage.flexible_level = c.flexible_level;
        spec.paying.flexible = c.flexible_level < 1 ? 1 : 0;
        spec.wage.ages.clear();
        if (c.grows) {
            spec.wage.ages = {{20, 1}, {40, 2}, {60, 2}};
        }
        SmallWorld(spec).each(30, [&](DrawnLife const& drawn) {
            for (Record const& r : drawn.life.records) {
                YearMonth const january(r.from.year(), 1);
                int const age = (r.from - drawn.life.birth).count() / 12;
                std::int64_t const grown = c.ppm / 20 * (c.grows ? std::min(age - 20, 20) : 0);
                Rate const rate = c.ppm == -1 ? book.contribution.base_floor.at(january).at(r.area)
                                  : c.ppm == -2
                                      ? book.contribution.base_ceiling.at(january).at(r.area)
                                      : Rate::ppm(c.ppm + grown);
                CHECK(r.base == times(average(r.area, r.from), rate));
            }
        });
    }
}

TEST_CASE("wages: the person's own for life, the spell's anew, with the mean 1") {
    GroupSpec spec = plain_group();
    spec.paying.gap_per_year = 1;
    spec.paying.gap_months = 3;
    auto const ratio = [](Record const& r) {
        return static_cast<double>(r.base.count())
               / static_cast<double>(average(r.area, r.from).count());
    };
    SUBCASE("for life") {
        spec.wage.person_sigma = 1;
        std::size_t at_floor = 0;
        std::size_t at_ceiling = 0;
        SmallWorld const world(spec);
        random::LogNormal const own(1);
        std::uint64_t person = 0;
        world.each(persons, [&](DrawnLife const& drawn) {
            Record const& begin = drawn.life.records.front();
            random::Stream wage({2024, 0}, person++, random::Purpose::wage);
            CHECK(begin.base
                  == world.limits.base(begin.area, begin.from.year(), own.draw_ppm(wage.next())));
            double const first = ratio(begin);
            CHECK(ratio(drawn.life.records.back()) == doctest::Approx(first).epsilon(1e-4));
            at_floor += first < 0.60001 ? 1U : 0U;
            at_ceiling += first > 2.9999 ? 1U : 0U;
        });
        CHECK(surprise_of_share(at_floor, persons, normal(std::log(0.6) + 0.5)) < standard_errors);
        CHECK(surprise_of_share(at_ceiling, persons, normal(-std::log(3) - 0.5)) < standard_errors);
    }
    SUBCASE("anew") {
        spec.wage.spell_sigma = 0.1;
        Sample first;
        Sample last;
        Sample together;
        SmallWorld(spec).each(persons, [&](DrawnLife const& drawn) {
            double const one = ratio(drawn.life.records.front()) - 1;
            double const other = ratio(drawn.life.records.back()) - 1;
            first.add(one);
            last.add(other);
            together.add(one * other);
        });
        CHECK(first.surprise(0) < standard_errors);
        CHECK(last.surprise(0) < standard_errors);
        CHECK(together.surprise(0) < standard_errors);
        CHECK(std::sqrt(first.variance())
              == doctest::Approx(std::sqrt(std::expm1(0.01))).epsilon(0.04));
    }
}

TEST_CASE("a process draws for its own purpose only") {
    GroupSpec spec = plain_group();
    spec.first_area.weights = weights_of_first({1, 1, 1, 1});
    spec.moving.per_year = 0.2;
    spec.paying = {0.2, 0.2, 0.3, 5, ""};
    spec.leaving = {0.02, 0.5, 0.5, 12, ""};
    SmallWorld const plain(GroupPlan{spec, {}, mortal()});
    auto drawing = plain.drawer();
    auto const compare = [&](GroupPlan const& plan, auto const& look) {
        std::uint64_t person = 0;
        SmallWorld(plan).each(300, [&](DrawnLife const& other) {
            look(drawing.draw({2024, 0}, person++), other);
        });
    };
    SUBCASE("wages") {
        spec.wage.person_sigma = 0.7;
        spec.wage.spell_sigma = 0.2;
        compare({spec, {}, mortal()}, [](DrawnLife const& one, DrawnLife const& other) {
            CHECK(without_wages(one.life) == without_wages(other.life));
        });
    }
    SUBCASE("claims") {
        spec.claim = {0.2, 0.4, ""};
        spec.when_short = {0.3, 0.3, 0.2, 0.1, ""};
        compare({spec, {}, mortal()}, [&](DrawnLife const& one, DrawnLife const& other) {
            YearMonth const T = std::min(law::statutory_month(plain.law.book, one.life),
                                         other.life.claim.value_or(YearMonth::last()));
            YearMonth const before = std::min(T, one.death.previous());
            Life life = other.life;
            life.move_to_resident_scheme = false;
            CHECK(up_to(one.life, before) == up_to(life, before));
            CHECK(one.death == other.death);
        });
    }
    SUBCASE("death") {
        compare({spec, {}, immortal()}, [&](DrawnLife const& one, DrawnLife const& other) {
            YearMonth const before = one.death.previous();
            CHECK(up_to(one.life, before) == up_to(other.life, before));
        });
    }
    SUBCASE("moves, gaps and departures") {
        spec.moving.per_year = 0.4;
        spec.paying.gap_per_year = 0.1;
        spec.leaving.per_year = 0.1;
        compare({spec, {}, mortal()}, [](DrawnLife const& one, DrawnLife const& other) {
            CHECK(one.life.birth == other.life.birth);
            CHECK(one.life.hukou == other.life.hukou);
            CHECK(one.entry == other.entry);
            CHECK(one.death == other.death);
        });
    }
}

TEST_CASE("a person drawn alone is the one drawn among others; a replicate is another") {
    GroupSpec foreign = plain_group();
    foreign.group = Group::foreign;
    foreign.nationalities = {{CountryCode{'D', 'E', 'U'}, 1}};
    foreign.entry.years.points = {{2012, 1}, {2030, 1}};
    foreign.exempt = {0.5, 12, ""};
    foreign.leaving = {0.1, 0.5, 0.5, 12, ""};
    foreign.claim = {0.3, 0.3, ""};
    GroupSpec mainland = plain_group();
    mainland.when_short = {0, 0, 1, 0, ""};
    mainland.entry.ages.points = {{20, 1}, {58, 1}};
    SmallWorld const world(
        std::vector{GroupPlan{foreign, {}, mortal()}, GroupPlan{mainland, {}, mortal()}});
    std::uint64_t person = 0;
    std::size_t other_replicate = 0;
    world.each(300, [&](DrawnLife const& drawn) {
        auto alone = world.drawer();
        DrawnLife const& same = alone.draw({2024, 0}, person);
        CHECK(describe(same.life) == describe(drawn.life));
        CHECK(same.life.nationality == drawn.life.nationality);
        CHECK(same.life.exemptions.size() == drawn.life.exemptions.size());
        CHECK(same.group == drawn.group);
        other_replicate +=
            describe(alone.draw({2024, 1}, person++).life) == describe(drawn.life) ? 0U : 1U;
    });
    CHECK(other_replicate > 290);
}

} // namespace pensim::test
