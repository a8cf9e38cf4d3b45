#include "sim/engine/life_runner.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/law/decide.hpp"

namespace pensim::engine {

template <class Target>
LifeResult const& BasicLifeRunner<Target>::run(std::uint64_t person) {
    result_.drawn = &drawer_.draw(key_, person);
    result_.walk = &walk_;
    Life const& life = result_.drawn->life;
    books_.open(life);
    law::Timeline(setup_.law, life, walk_, books_).run();
    if (!walk_.faults.empty()) {
        throw BrokenLife(fmt::format("person {}: the life that was drawn has a fault of kind {}",
                                     person,
                                     static_cast<int>(walk_.faults.front().kind)));
    }
    result_.status = law::status_of(setup_.law.book, life, walk_);
    result_.pension.reset();
    result_.paid_out = Fen{};
    if (walk_.counted && walk_.counted_months > 0) {
        target_.note_ending(
            Ending::missing_months,
            Endings::bin_of_missing(std::max(0, walk_.required - walk_.counted_months)));
    }
    if (walk_.settlement) {
        pay_pension();
        note_pension(*walk_.settlement);
    }
    if (books_.held() != Fen{}) {
        throw BrokenLife(fmt::format(
            "person {}: {} fen are left in accounts after the end", person, books_.held().count()));
    }
    result_.moved = books_.moved();
    target_.note_life(result_.status, location());
    if (setup_.watch.moves_from) {
        count_moves();
    }
    return result_;
}

template <class Target>
void BasicLifeRunner<Target>::pay_pension() {
    YearMonth const settlement = *walk_.settlement;
    YearMonth const death = result_.drawn->death;
    for (law::Holding const& holding : walk_.holdings) {
        auto const settled = std::find_if(walk_.balances.begin(),
                                          walk_.balances.end(),
                                          [&](auto const& b) { return b.area == holding.area; });
        if (settled == walk_.balances.end()) {
            books_.left_behind(holding, settlement, death);
        } else {
            books_.account_settled(
                settlement, holding.area, settled->balance, settled->balance - holding.principal());
        }
    }
    Pension const& pension =
        result_.pension.emplace(law::settled_pension(setup_.law, result_.drawn->life, walk_));
    if (pension.by_area.empty()) {
        pay_from(walk_.place->area,
                 {settlement, death, pension.basic, pension.account, walk_.balance},
                 true);
        return;
    }
    for (AreaPension const& share : pension.by_area) {
        pay_from(share.area, {settlement, death, share.basic, share.account, share.balance}, false);
    }
}

template <class Target>
void BasicLifeRunner<Target>::pay_from(AreaId area,
                                       law::PensionTerms const& terms,
                                       bool for_all_areas) {
    // One area is enough, where it is not the payer: the hukou area gathers what it never had.
    bool const shared =
        for_all_areas && (walk_.standings.size() > 1 || walk_.standings.front().area != area);
    auto const rest = law::pay_pension(terms, setup_.law.book, [&](law::PensionYear const& paid) {
        books_.pension_paid(area, paid);
        result_.paid_out += paid.from_account + paid.from_pool;
        if (shared) {
            for (law::Standing const& standing : walk_.standings) {
                if (standing.area != area) {
                    Wide const part = static_cast<Wide>(paid.from_pool.count()) * standing.months;
                    books_.paid_for(paid.year,
                                    area,
                                    standing.area,
                                    Fen(static_cast<std::int64_t>(part / walk_.months_total)));
                }
            }
        }
    });
    books_.inherited(area, rest);
}

/// How much of a wage the pension replaces; with several payers, of theirs by months paid.
template <class Target>
void BasicLifeRunner<Target>::note_pension(YearMonth settlement) {
    int const year = settlement.year() - 1;
    Pension const& pension = *result_.pension;
    if (pension.by_area.empty()) {
        Fen const average = setup_.law.wages.at(walk_.place->area, year);
        note_replacement(target_, pension.monthly, replaced_by(average, pension.index_e4));
        return;
    }
    ReplacedWages sum;
    Wide months = 0;
    for (AreaPension const& share : pension.by_area) {
        auto const wages =
            replaced_by(setup_.law.wages.at(share.area, year) * share.months, share.index_e4);
        sum.area += wages.area;
        sum.own += wages.own;
        months += share.months;
    }
    note_replacement(target_, pension.monthly, {sum.area / months, sum.own / months});
}

template <class Target>
LocationKey BasicLifeRunner<Target>::location() const {
    LocationKey key;
    key.group = result_.drawn->life.group;
    key.last_area = walk_.last_area;
    if (walk_.place) {
        key.branch = walk_.place->branch;
        key.benefit_area = walk_.place->area;
    }
    return key;
}

template <class Target>
void BasicLifeRunner<Target>::count_moves() {
    auto const area_in = [&](YearMonth month) -> std::optional<AreaId> {
        auto const& records = result_.drawn->life.records; // in order of time
        auto const record = std::lower_bound(records.begin(),
                                             records.end(),
                                             month,
                                             [](Record const& r, YearMonth m) { return r.to < m; });
        bool const paid = record != records.end() && record->from <= month;
        return paid ? std::optional(record->area) : std::nullopt;
    };
    auto const from = area_in(*setup_.watch.moves_from);
    auto const to = from ? area_in(*setup_.watch.moves_to) : std::nullopt;
    if (from && to) {
        target_.note_move(*from, *to);
    }
}

template class BasicLifeRunner<Tally>;
template class BasicLifeRunner<LifeBooks>;

} // namespace pensim::engine
