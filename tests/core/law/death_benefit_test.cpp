#include "core/law/death_benefit.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace pensim::test {

namespace {

using law::death_grant;
using law::death_money;
using law::DeathMoney;

constexpr AreaId payer{7};
constexpr YearMonth first_month{2021, 9};
constexpr Fen own{123456};

} // namespace

TEST_CASE("survivors get months by the paid years") {
    struct Case {
        std::string why;
        int paid_months;
        int survivor_twelfths;
        bool capped;
    };
    for (auto const& c : std::vector<Case>{
             {"one month paid", 1, 3 * 12, true},
             {"just below 5 years", 59, 3 * 12, true},
             {"5 years", 60, 6 * 12, false},
             {"just below 10 years", 119, 6 * 12, false},
             {"10 years", 120, 9 * 12, false},
             {"just below 15 years", 179, 9 * 12, false},
             {"15 years", 180, 9 * 12, false},
             {"a month above", 181, 9 * 12 + 1, false},
             {"16 years", 192, 10 * 12, false},
             {"just below 30 years", 359, 24 * 12 - 1, false},
             {"30 years", 360, 24 * 12, false},
             {"more", 361, 24 * 12, false},
             {"far more", 540, 24 * 12, false},
         }) {
        CAPTURE(c.why);
        auto const grant = death_grant(first_month, payer, c.paid_months, std::nullopt, own);
        REQUIRE(grant);
        CHECK(grant->month == first_month);
        CHECK(grant->payer == payer);
        CHECK(grant->funeral_months == 2);
        CHECK(grant->survivor_twelfths == c.survivor_twelfths);
        CHECK(grant->own_contributions == (c.capped ? std::optional(own) : std::nullopt));
    }
}

TEST_CASE("drawing a pension uses the survivors' months up") {
    struct Case {
        std::string why;
        int paid_months;
        int months_drawn;
        int survivor_twelfths;
    };
    for (auto const& c : std::vector<Case>{
             {"nothing drawn", 360, 0, 24 * 12},
             {"a month drawn", 360, 1, 24 * 12 - 1},
             {"a year drawn", 360, 12, 23 * 12},
             {"published example: 28 years 9 months, drawn 3 years 6 months", 345, 42, 231},
             {"published example: the same, drawn 15 years 6 months", 345, 186, 9 * 12},
             {"one above the floor", 360, 179, 9 * 12 + 1},
             {"at the floor", 360, 180, 9 * 12},
             {"below the floor", 360, 181, 9 * 12},
             {"more paid than counts", 480, 12, 23 * 12},
             {"15 years have the floor from the start", 180, 1, 9 * 12},
             {"a short career is raised to the floor", 119, 0, 9 * 12},
             {"a very short one too", 59, 1, 9 * 12},
         }) {
        CAPTURE(c.why);
        auto const grant = death_grant(first_month, payer, c.paid_months, c.months_drawn, own);
        REQUIRE(grant);
        CHECK(grant->survivor_twelfths == c.survivor_twelfths);
        CHECK(grant->own_contributions.has_value() == (c.paid_months < 60));
    }
}

TEST_CASE("there is no grant before the measures, nor without a paid month") {
    CHECK_FALSE(death_grant({2021, 8}, payer, 200, std::nullopt, own));
    CHECK(death_grant({2021, 9}, payer, 200, std::nullopt, own));
    CHECK_FALSE(death_grant({2030, 1}, payer, 0, std::nullopt, own));
    CHECK(death_grant({2030, 1}, payer, 1, std::nullopt, own));
}

TEST_CASE("a grant has no negative figures") {
    CHECK_THROWS_AS(static_cast<void>(death_grant(first_month, payer, -1, std::nullopt, own)),
                    ContractViolation);
    CHECK_THROWS_AS(static_cast<void>(death_grant(first_month, payer, 200, -1, own)),
                    ContractViolation);
    CHECK_THROWS_AS(static_cast<void>(death_grant(first_month, payer, 20, std::nullopt, Fen{-1})),
                    ContractViolation);
    CHECK_THROWS_AS(static_cast<void>(death_money(DeathGrant{}, Fen{-1})), ContractViolation);
}

TEST_CASE("the money is rounded once and capped in total") {
    struct Case {
        std::string why;
        int survivor_twelfths;
        std::optional<Fen> own_contributions;
        Fen yearly_income;
        DeathMoney money;
    };
    for (auto const& c : std::vector<Case>{
             {"published example: 2 818.50 yuan a month, 19.25 months",
              231,
              {},
              Fen{3382200},
              {Fen{563700}, Fen{5425613}}},
             {"published example: 9 months", 108, {}, Fen{3382200}, {Fen{563700}, Fen{2536650}}},
             {"halves go up: 3 fen a year, 0.5 and 0.75", 36, {}, Fen{3}, {Fen{1}, Fen{1}}},
             {"below a half goes down: 2 fen a year, 1/3 and 1/2",
              36,
              {},
              Fen{2},
              {Fen{0}, Fen{1}}},
             {"no income, no money", 288, {}, Fen{0}, {Fen{0}, Fen{0}}},
             {"a month's income is not rounded on the way", 288, {}, Fen{100}, {Fen{17}, Fen{200}}},
             {"cap above the sum", 36, Fen{500001}, Fen{1200000}, {Fen{200000}, Fen{300000}}},
             {"cap at the sum", 36, Fen{500000}, Fen{1200000}, {Fen{200000}, Fen{300000}}},
             {"cap below it takes from the survivors",
              36,
              Fen{499999},
              Fen{1200000},
              {Fen{200000}, Fen{299999}}},
             {"cap at the funeral", 36, Fen{200000}, Fen{1200000}, {Fen{200000}, Fen{0}}},
             {"cap below the funeral", 36, Fen{199999}, Fen{1200000}, {Fen{199999}, Fen{0}}},
             {"nothing contributed", 36, Fen{0}, Fen{1200000}, {Fen{0}, Fen{0}}},
         }) {
        CAPTURE(c.why);
        DeathGrant grant;
        grant.funeral_months = 2;
        grant.survivor_twelfths = c.survivor_twelfths;
        grant.own_contributions = c.own_contributions;
        auto const money = death_money(grant, c.yearly_income);
        CHECK(money.funeral.count() == c.money.funeral.count());
        CHECK(money.survivors.count() == c.money.survivors.count());
    }
}

} // namespace pensim::test
