#include "sim/lanes/lane_tables.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "sim/rules/rule_files.hpp"
#include "tests/sim/lanes/restless_world.hpp"
#include "tests/sim/lanes/scaled_wages.hpp"
#include "tests/support/simulated.hpp"

namespace pensim::test {

namespace {

using lanes::LaneTables;

/// Tables and what they were made from.
struct MadeTables {
    MadeTables(world::World const& world, law::RuleBook book, AverageWages own_wages)
        : rules(std::move(book)), money(rules), wages(std::move(own_wages)),
          limits(rules, wages, areas().size()),
          tables(LaneTables::make(world, law(), limits, areas().size())) {}
    explicit MadeTables(world::World const& world, law::RuleBook book = test::rules("law"))
        : MadeTables(world, std::move(book), test::tables().wages) {}
    MadeTables(MadeTables const&) = delete;
    MadeTables& operator=(MadeTables const&) = delete;
    ~MadeTables() = default;
    [[nodiscard]] law::LawContext law() const { return {rules, money, wages}; }

    law::RuleBook rules;
    law::MoneyCalendar money;
    AverageWages wages;
    world::BaseLimits limits;
    std::unique_ptr<LaneTables const> tables;
};

world::World const& people() {
    static SmallWorld const made = restless_world("law");
    return made.world;
}

/// Whatever lanes keep whole numbers in.
template <class Number>
std::int64_t whole(Number number) {
    auto const count = static_cast<std::int64_t>(number);
    CHECK(static_cast<Number>(count) == number);
    return count;
}

/// The law but for one change.
law::RuleBook changed(std::function<void(law::RuleBook&)> const& change) {
    law::RuleBook book = rules("law");
    change(book);
    return book;
}

bool possible_under(std::function<void(law::RuleBook&)> const& change) {
    return MadeTables(people(), changed(change)).tables != nullptr;
}

} // namespace

TEST_CASE("lanes are used under every shipped rule set but where each area pays") {
    for (std::string_view const id : rules::shipped_rule_sets()) {
        CAPTURE(id);
        CHECK((MadeTables(people(), rules(id)).tables != nullptr) == (id != "pro-rata"));
    }
}

TEST_CASE("lanes are not used where the rules need more than they have") {
    YearMonth const january(2035, 1);
    YearMonth const july(2035, 7);
    CHECK(possible_under([](law::RuleBook&) {}));
    CHECK(possible_under([&](law::RuleBook& book) {
        book.account.interest.replace_from({{january, Rate::ppm(30'000), ""}});
    }));
    CHECK_FALSE(possible_under([&](law::RuleBook& book) {
        book.account.interest.replace_from({{july, Rate::ppm(80'000), ""}});
    }));
    CHECK(possible_under([&](law::RuleBook& book) {
        book.account.rate.replace_from({{july, Rate::ppm(10'000), ""}});
    }));
    CHECK_FALSE(possible_under([&](law::RuleBook& book) {
        book.account.rate.replace_from({{july, Rate(), ""}});
    }));
    CHECK_FALSE(possible_under([&](law::RuleBook& book) {
        book.pension.paid_by.replace_from({{YearMonth::last(), law::PaidBy::each_area, ""}});
    }));
}

TEST_CASE("lanes are not used where an amount could leave what a lane holds exactly") {
    for (std::int64_t const factor : {1, 2, 10'000}) {
        CAPTURE(factor);
        CHECK((MadeTables(people(), rules("law"), wages_times(factor)).tables != nullptr)
              == (factor < 10'000));
    }
    // Interest at which a life's account grows beyond all limits.
    for (std::int64_t const ppm : {0, 20'000, 1'000'000}) {
        CAPTURE(ppm);
        CHECK(possible_under([&](law::RuleBook& book) {
                  book.account.interest.replace_from({{YearMonth(2030, 1), Rate::ppm(ppm), ""}});
              })
              == (ppm < 1'000'000));
    }
    // A wage of ten thousand times the average at some age leaves no room for a person's own share.
    SmallWorld rich = restless_world("law");
    rich.world.groups[0].wage_ppm[40] = std::int64_t{1} << 48U;
    auto const tables = LaneTables::make(rich.world, rich.law, rich.limits, areas().size());
    REQUIRE(tables != nullptr);
    CHECK(tables->largest_own_ppm() == 2);
}

TEST_CASE("periods are all months once, each of one year and of one set of money terms") {
    for (std::string_view const id : {"law", "practice", "full-employer-share"}) {
        CAPTURE(id);
        MadeTables const made(people(), rules(id));
        LaneTables const& tables = *made.tables;
        CHECK(tables.first_year() == 1993);
        CHECK(tables.first_year() + tables.years() - 1 > 2130);
        YearMonth next(tables.first_year(), 1);
        std::size_t parts_of_years = 0;
        for (std::size_t number = 0; number < tables.periods(); ++number) {
            lanes::Period const& period = tables.period(number);
            REQUIRE(period.first == next);
            REQUIRE(period.last >= period.first);
            CHECK(period.last <= period.first.december());
            parts_of_years += period.last < period.first.december() ? 1U : 0U;
            law::MoneyTerms const& terms = made.money.at(period.first);
            CHECK(period.recorded == terms.recorded);
            CHECK(terms.last >= period.last);
            CHECK(tables.period_ends()[number] == tables.month_number(period.last) + 1);
            int const year = period.first.year() - tables.first_year();
            CHECK(tables.first_period(year) <= number);
            CHECK(number < tables.first_period(year + 1));
            next = period.last.next();
        }
        CHECK(next == YearMonth(tables.first_year() + tables.years(), 1));
        CHECK(parts_of_years > 0);
    }
}

TEST_CASE("a line has the numbers of the law and of the wages") {
    for (std::string_view const id :
         {"law", "practice", "no-pooled-money", "full-employer-share"}) {
        CAPTURE(id);
        MadeTables const made(people(), rules(id));
        LaneTables const& tables = *made.tables;
        for (std::size_t i = 0; i < areas().size(); ++i) {
            auto const area = static_cast<AreaId>(i);
            for (std::size_t number = 0; number < tables.periods(); ++number) {
                CAPTURE(areas()[area].id);
                YearMonth const month = tables.period(number).first;
                CAPTURE(month.text());
                std::uint32_t const line = tables.line(area, number);
                lanes::MoneyLine const& has = tables.lines()[line];
                law::MoneyTerms const& terms = made.money.at(month);
                Rate const employed = law::pool_rate(terms, Kind::employed, area);
                Rate const alone = law::pool_rate(terms, Kind::flexible, area);
                auto const recorded = [&](Rate rate) { return terms.recorded ? rate.parts() : 0; };
                auto const& cell = made.limits.at(area, month.year());
                CHECK(whole(has.wage) == cell.wage);
                CHECK(whole(has.floor) == cell.floor);
                CHECK(whole(has.ceiling) == cell.ceiling);
                CHECK(whole(has.account) == recorded(terms.account));
                CHECK(whole(has.pool_employed) == recorded(employed));
                CHECK(whole(has.pool_alone) == recorded(alone));
                CHECK(whole(has.individual) == recorded(terms.individual->at(area)));
                CHECK(whole(has.interest) * 12'000'000
                      == made.money.interest(month.december()).parts()
                             * whole(tables.interest_unit()));
                CHECK(tables.inverse_wages()[line] == 1 / static_cast<double>(cell.wage));
                Rate const moves = terms.pooled.actual ? Rate() : terms.pooled.rate;
                CHECK(whole(tables.temporary_rates(false)[line]) * tables.pooled_unit()
                      == std::max(moves, employed).parts());
                CHECK(whole(tables.temporary_rates(true)[line]) * tables.pooled_unit()
                      == std::max(moves, alone).parts());
            }
        }
    }
}

TEST_CASE("years have their interest and raise") {
    MadeTables const made(people(), rules("practice"));
    LaneTables const& tables = *made.tables;
    double growth = 1;
    for (int i = 0; i < tables.years(); ++i) {
        int const year = tables.first_year() + i;
        CAPTURE(year);
        Rate const interest = made.money.interest(YearMonth(year, 12));
        Rate const raise = made.rules.payout.january_raise.at(YearMonth(year, 1));
        CHECK(tables.interest_of(year) == interest);
        CHECK(tables.interest()[i] * 12e6
              == static_cast<double>(interest.parts()) * tables.interest_unit());
        CHECK(tables.raises()[i] == static_cast<double>(raise.parts()));
        growth *= i == 0 ? 1 : 1 + static_cast<double>(raise.parts()) / 1e6;
        CHECK(tables.growth(tables.first_year(), year) == doctest::Approx(growth));
    }
}

TEST_CASE("everybody's age in each January has its wage") {
    SmallWorld world = restless_world("law");
    world.world.groups.resize(2, world.world.groups[0]);
    for (std::int64_t& ppm : world.world.groups[1].wage_ppm) {
        ppm += 1;
    }
    auto const tables = LaneTables::make(world.world, world.law, world.limits, areas().size());
    REQUIRE(tables != nullptr);
    YearMonth const first(tables->first_year(), 1);
    YearMonth const last(tables->first_year() + tables->years() - 1, 12);
    for (int group = 0; group < 2; ++group) {
        for (YearMonth birth = first - Months::of_years(90); birth < last; birth = birth.next()) {
            double const* const by_year = tables->age_shares() + tables->first_age(group, birth);
            for (int year = 0; year < tables->years(); ++year) {
                YearMonth const january = first + Months::of_years(year);
                Months const age = january - birth;
                if (age.count() >= 0) {
                    auto const& of_group = world.world.groups[static_cast<std::size_t>(group)];
                    REQUIRE(whole(by_year[year]) == of_group.age_ppm(age));
                }
            }
        }
    }
}

} // namespace pensim::test
