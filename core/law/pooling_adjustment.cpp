#include "core/law/pooling_adjustment.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace pensim::law {

namespace {

constexpr Rate whole = Rate::ppm(1'000'000);
/// gf-2018-18: the part of the wage that is charged.
constexpr Rate charged_part = Rate::ppm(900'000);

Wide product(Wide a, Wide b) {
    Wide result = 0;
    if (__builtin_mul_overflow(a, b, &result)) {
        throw MoneyOverflow();
    }
    return result;
}

/// What an area pays: wage x insured x charged part x rate, one rounding.
Fen central_payment(PoolPosition const& area, Rate rate) {
    Wide const wages = product(area.average_yearly_wage.count(), area.insured);
    Wide const payment = product(product(wages, charged_part.parts()), rate.parts());
    std::int64_t const denominator = whole.parts() * whole.parts();
    if (payment / denominator > INT64_MAX) {
        throw MoneyOverflow();
    }
    return divide_half_up(payment, denominator);
}

Fen sum_of(std::vector<Fen> const& amounts) {
    return std::accumulate(amounts.begin(), amounts.end(), Fen{});
}

/// An amount by weight, in whole fen, by largest remainders. Some weight is positive.
std::vector<Fen> apportion(Fen amount, std::vector<std::int64_t> const& weights) {
    PENSIM_EXPECT(amount >= Fen{0});
    Wide const total = std::accumulate(weights.begin(), weights.end(), Wide{0});
    PENSIM_EXPECT(total > 0);
    std::vector<Fen> shares;
    std::vector<Wide> remainders;
    Fen left = amount;
    for (auto const weight : weights) {
        Wide const portion = product(amount.count(), weight);
        shares.emplace_back(static_cast<std::int64_t>(portion / total));
        remainders.push_back(portion % total);
        left -= shares.back();
    }
    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return remainders[a] > remainders[b];
    });
    for (std::size_t i = 0; left > Fen{0}; ++i) {
        shares[order[i]] += Fen{1};
        left -= Fen{1};
    }
    PENSIM_ENSURE(sum_of(shares) == amount);
    return shares;
}

/// Received less paid, which together is nothing.
std::vector<Fen> net(std::vector<Fen> received, std::vector<Fen> const& paid) {
    Wide balance = 0;
    for (std::size_t i = 0; i < received.size(); ++i) {
        received[i] -= paid[i];
        balance += received[i].count();
    }
    PENSIM_ENSURE(balance == 0);
    return received;
}

std::vector<std::int64_t> weights_of(std::vector<Fen> const& amounts) {
    std::vector<std::int64_t> weights;
    weights.reserve(amounts.size());
    for (auto const amount : amounts) {
        weights.push_back(amount.count());
    }
    return weights;
}

} // namespace

std::vector<Fen> central_adjustment_2018(std::span<PoolPosition const> areas, Rate rate) {
    PENSIM_EXPECT(rate >= Rate{});
    std::vector<Fen> paid;
    std::vector<std::int64_t> retirees;
    for (auto const& area : areas) {
        PENSIM_EXPECT(area.average_yearly_wage >= Fen{0} && area.insured >= 0
                      && area.retirees >= 0);
        paid.push_back(central_payment(area, rate));
        retirees.push_back(area.retirees);
    }
    if (std::all_of(retirees.begin(), retirees.end(), [](auto heads) { return heads == 0; })) {
        return std::vector<Fen>(areas.size()); // the centre keeps nothing, so it takes nothing
    }
    return net(apportion(sum_of(paid), retirees), paid);
}

std::vector<Fen> national_pooling(std::span<PoolPosition const> areas, Rate share) {
    PENSIM_EXPECT(share >= Rate{} && share <= whole);
    std::vector<Fen> offered;
    std::vector<Fen> deficits;
    for (auto const& area : areas) {
        offered.push_back(times(std::max(area.surplus, Fen{0}), share));
        deficits.push_back(Fen{0} - std::min(area.surplus, Fen{0}));
    }
    Fen const all_offered = sum_of(offered);
    Fen const all_deficits = sum_of(deficits);
    if (std::min(all_offered, all_deficits) == Fen{0}) {
        return std::vector<Fen>(areas.size());
    }
    if (all_offered > all_deficits) {
        return net(deficits, apportion(all_deficits, weights_of(offered)));
    }
    return net(apportion(all_offered, weights_of(deficits)), offered);
}

} // namespace pensim::law
