#include "core/law/death_benefit.hpp"

#include <algorithm>
#include <cstdint>

namespace pensim::law {

namespace {

constexpr int twelfths = 12;
constexpr int months_a_year = 12;

// rsb-2021-18.
constexpr YearMonth in_force{2021, 9};
constexpr int funeral_grant_months = 2;
constexpr int short_career = 5 * months_a_year;
constexpr int middle_career = 10 * months_a_year;
constexpr int long_career = 15 * months_a_year;
constexpr int short_career_grant = 3 * twelfths;
constexpr int middle_career_grant = 6 * twelfths;
constexpr int long_career_grant = 9 * twelfths;
constexpr int largest_grant = 24 * twelfths;
constexpr int smallest_pensioner_grant = 9 * twelfths;

/// Article 5(1), in twelfths of a month: a month paid beyond the long career adds one.
int grant_by_career(int paid_months) {
    if (paid_months < short_career) {
        return short_career_grant;
    }
    if (paid_months < middle_career) {
        return middle_career_grant;
    }
    int const beyond = std::max(0, paid_months - long_career);
    return std::min(long_career_grant + beyond, largest_grant);
}

} // namespace

std::optional<DeathGrant> death_grant(YearMonth death,
                                      AreaId payer,
                                      int paid_months,
                                      std::optional<int> months_drawn,
                                      Fen own_contributions) {
    PENSIM_EXPECT(paid_months >= 0 && months_drawn.value_or(0) >= 0);
    PENSIM_EXPECT(own_contributions >= Fen{0});
    if (death < in_force || paid_months == 0) {
        return std::nullopt;
    }
    DeathGrant grant;
    grant.month = death;
    grant.payer = payer;
    grant.funeral_months = funeral_grant_months;
    grant.survivor_twelfths = grant_by_career(paid_months);
    if (months_drawn) {
        // 5(2): a month drawn takes one twelfth away.
        grant.survivor_twelfths =
            std::max(grant.survivor_twelfths - *months_drawn, smallest_pensioner_grant);
    }
    if (paid_months < short_career) {
        grant.own_contributions = own_contributions;
    }
    PENSIM_ENSURE(grant.survivor_twelfths >= short_career_grant
                  && grant.survivor_twelfths <= largest_grant);
    return grant;
}

DeathMoney death_money(DeathGrant const& grant, Fen yearly_income_per_head) {
    PENSIM_EXPECT(yearly_income_per_head >= Fen{0});
    PENSIM_EXPECT(grant.funeral_months >= 0 && grant.survivor_twelfths >= 0);
    Wide const income = yearly_income_per_head.count();
    DeathMoney money{
        divide_half_up(income * grant.funeral_months, months_a_year),
        divide_half_up(income * grant.survivor_twelfths, std::int64_t{months_a_year} * twelfths),
    };
    if (grant.own_contributions) {
        money.funeral = std::min(money.funeral, *grant.own_contributions);
        money.survivors = std::min(money.survivors, *grant.own_contributions - money.funeral);
        PENSIM_ENSURE(money.funeral + money.survivors <= *grant.own_contributions);
    }
    return money;
}

} // namespace pensim::law
