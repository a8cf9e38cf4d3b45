#include "core/law/pension_formula.hpp"

#include <algorithm>
#include <optional>

#include <boost/multiprecision/cpp_int.hpp>

namespace pensim::law {

namespace {

constexpr int index_scale = 10'000;

/// One summand of the index: wages over the average wage they are measured with.
struct Quotient {
    Fen base_sum;
    Fen average_wage;
};

/// Exactly floor(10^4 x (sum of quotients) / months + 1/2), whatever the sizes.
int exact_index(std::span<Quotient const> quotients, int months) {
    using boost::multiprecision::cpp_rational;
    cpp_rational sum = 0;
    for (Quotient const& q : quotients) {
        sum += cpp_rational(q.base_sum.count(), q.average_wage.count());
    }
    cpp_rational const scaled = sum * index_scale / months + cpp_rational(1, 2);
    boost::multiprecision::cpp_int const whole = numerator(scaled) / denominator(scaled);
    if (whole > INT32_MAX) {
        throw MoneyOverflow();
    }
    return static_cast<int>(whole);
}

/// Sums quotients as fixed-point numbers rounded down, and knows how far below the truth it can be.
class IndexSum {
  public:
    void add(Quotient q) {
        PENSIM_EXPECT(q.average_wage > Fen{} && q.base_sum >= Fen{});
        if (q.base_sum.count() < INT64_MAX / fixed_point) {
            sum_ += q.base_sum.count() * fixed_point / q.average_wage.count();
        } else {
            sum_ += static_cast<Wide>(q.base_sum.count()) * fixed_point / q.average_wage.count();
        }
        ++terms_;
    }
    /// Nothing when the rounding of the last digit is in doubt.
    [[nodiscard]] std::optional<int> index(int months) const {
        Wide const low = rounded(sum_, months);
        if (low != rounded(sum_ + terms_, months) || low > INT32_MAX) {
            return std::nullopt;
        }
        return static_cast<int>(low);
    }

  private:
    static constexpr std::int64_t fixed_point = 1'000'000'000;
    static Wide rounded(Wide sum, int months) {
        Wide const unit = static_cast<Wide>(fixed_point) * months;
        return (2 * sum * index_scale + unit) / (2 * unit);
    }
    Wide sum_ = 0;
    int terms_ = 0;
};

template <class WageOf>
int index_with(std::span<WageSum const> paid, WageOf const& wage_of) {
    IndexSum sum;
    int months = 0;
    for (WageSum const& wage : paid) {
        sum.add({wage.base_sum, wage_of(wage)});
        months += wage.months;
    }
    PENSIM_EXPECT(months > 0);
    if (auto const index = sum.index(months)) {
        return *index;
    }
    std::vector<Quotient> quotients;
    for (WageSum const& wage : paid) {
        quotients.push_back({wage.base_sum, wage_of(wage)});
    }
    return exact_index(quotients, months);
}

int payout_of(RuleBook const& book, Settlement const& settlement) {
    return payout_months_e1(book.payout.months.at(settlement.month),
                            book.payout.interpolation.at(settlement.month),
                            settlement.age);
}

} // namespace

int average_index_e4(std::span<WageSum const> paid, AverageWages const& wages, AreaId place) {
    return index_with(paid, [&](WageSum const& wage) { return wages.at(place, wage.year - 1); });
}

int average_index_where_paid_e4(std::span<WageSum const> paid, AverageWages const& wages) {
    return index_with(paid,
                      [&](WageSum const& wage) { return wages.at(wage.area, wage.year - 1); });
}

Fen basic_pension(Fen average_wage, int index_e4, int months) {
    return divide_half_up(static_cast<Wide>(average_wage.count()) * (index_scale + index_e4)
                              * months,
                          std::int64_t{2} * index_scale * 12 * 100);
}

int payout_months_e1(PayoutTable const& table, PayoutInterpolation interpolation, Months age) {
    int const years = age.count() / 12;
    int const months = age.count() % 12;
    auto const at = [&](int full_age) {
        int const inside = std::clamp(full_age, PayoutTable::first_age, PayoutTable::last_age);
        return table.months[static_cast<std::size_t>(inside - PayoutTable::first_age)];
    };
    if (interpolation == PayoutInterpolation::completed_years) {
        return at(years) * 10;
    }
    // Tenths, half up: (10 x ((12 - m) x P(a) + m x P(a+1)) / 12), with 24ths to keep the half.
    int const in_twelfths = (12 - months) * at(years) + months * at(years + 1);
    return (2 * 10 * in_twelfths + 12) / 24;
}

Fen account_pension(Fen balance, int payout_months_e1) {
    return divide_half_up(static_cast<Wide>(balance.count()) * 10, payout_months_e1);
}

Pension pension_of(RuleBook const& book,
                   AverageWages const& wages,
                   Settlement const& settlement,
                   std::span<WageSum const> paid) {
    Pension pension;
    pension.index_e4 = average_index_e4(paid, wages, settlement.place);
    pension.payout_months_e1 = payout_of(book, settlement);
    pension.basic = basic_pension(wages.at(settlement.place, settlement.month.year() - 1),
                                  pension.index_e4,
                                  settlement.months_total);
    pension.account = account_pension(settlement.balance, pension.payout_months_e1);
    pension.monthly = pension.basic + pension.account;
    return pension;
}

Pension pension_by_area(RuleBook const& book,
                        AverageWages const& wages,
                        Settlement const& settlement,
                        std::span<WageSum const> paid,
                        std::span<AreaBalance const> balances) {
    Pension pension;
    pension.index_e4 = average_index_where_paid_e4(paid, wages);
    pension.payout_months_e1 = payout_of(book, settlement);
    auto const share_of = [&](AreaId area) -> AreaPension& {
        auto const share = std::find_if(pension.by_area.begin(),
                                        pension.by_area.end(),
                                        [&](auto const& s) { return s.area == area; });
        return share == pension.by_area.end() ? pension.by_area.emplace_back(AreaPension{area})
                                              : *share;
    };
    for (WageSum const& wage : paid) {
        share_of(wage.area).months += wage.months;
    }
    for (AreaBalance const& held :
         balances) { // also of a place that gathered and was never paid in
        share_of(held.area).balance += held.balance;
    }
    std::vector<WageSum> own;
    for (AreaPension& share : pension.by_area) {
        if (share.months > 0) {
            own.clear();
            std::copy_if(paid.begin(), paid.end(), std::back_inserter(own), [&](auto const& wage) {
                return wage.area == share.area;
            });
            share.index_e4 = average_index_e4(own, wages, share.area);
            Fen const average = wages.at(share.area, settlement.month.year() - 1);
            share.basic = basic_pension(average, share.index_e4, share.months);
        }
        share.account = account_pension(share.balance, pension.payout_months_e1);
        pension.basic += share.basic;
        pension.account += share.account;
    }
    pension.monthly = pension.basic + pension.account;
    return pension;
}

} // namespace pensim::law
