#include "core/law/resident_bridge.hpp"

#include <algorithm>

#include "core/law/timeline.hpp"

namespace pensim::law {

namespace {

/// The record that counts in a month: the kept one, else the earlier start, else the first listed.
Record const* paying_record(Life const& life, YearMonth month) {
    Record const* best = nullptr;
    for (Record const& record : life.records) {
        if (record.scheme != Scheme::resident || month < record.from || record.to < month) {
            continue;
        }
        bool const better = best == nullptr || (record.keep && !best->keep)
                            || (record.keep == best->keep && record.from < best->from);
        if (better) {
            best = &record;
        }
    }
    return best;
}

bool paid_as_employee(Walk const& walk, YearMonth month) {
    return std::any_of(walk.runs.begin(), walk.runs.end(), [&](PaidRun const& run) {
        return run.from <= month && month <= run.to;
    });
}

Fen share_of_month(Fen yearly, int month) {
    return divide_half_up(static_cast<Wide>(yearly.count()) * month, 12)
           - divide_half_up(static_cast<Wide>(yearly.count()) * (month - 1), 12);
}

} // namespace

YearMonth reckoning_month(Walk const& walk) {
    return walk.settlement ? *walk.settlement : walk.died.value_or(walk.counting);
}

bool crosses_at_counting(RuleBook const& book, Life const& life, YearMonth counting) {
    if (!life.move_to_resident_scheme || !book.bridge.open.at(counting)) {
        return false;
    }
    auto const death = std::find_if(life.events.begin(), life.events.end(), [](Event const& event) {
        return event.kind == EventKind::death;
    });
    YearMonth const end = death == life.events.end() ? YearMonth::last() : death->month;
    bool const pays_on =
        std::any_of(life.records.begin(), life.records.end(), [&](Record const& record) {
            return record.scheme == Scheme::employee
                   && (record.kind == Kind::extension || record.kind == Kind::lump_sum)
                   && record.from > counting && record.from <= end;
        });
    bool const ends_the_relation =
        std::any_of(life.events.begin(), life.events.end(), [&](Event const& event) {
            return event.kind == EventKind::depart && event.terminate && event.month > counting;
        });
    return !pays_on && !ends_the_relation;
}

bool has_resident_records(Life const& life) {
    return std::any_of(life.records.begin(), life.records.end(), [](Record const& record) {
        return record.scheme == Scheme::resident;
    });
}

ResidentAccount
resident_account(RuleBook const& book, Life const& life, Walk const& walk, YearMonth until) {
    ResidentAccount account;
    std::optional<YearMonth> first;
    for (Record const& record : life.records) {
        if (record.scheme == Scheme::resident) {
            first = first ? std::min(*first, record.from) : record.from;
        }
    }
    Holding held;
    for (YearMonth month = first.value_or(until.next()); month <= until; month = month.next()) {
        Record const* const paying = paying_record(life, month);
        for (Record const& record : life.records) {
            if (record.scheme != Scheme::resident || month < record.from || record.to < month) {
                continue;
            }
            Fen const share = share_of_month(record.base, month.month());
            if (&record == paying && !paid_as_employee(walk, month)) {
                held.credit(month, month, share);
                account.area = record.area;
            } else if (share > Fen{}) {
                account.overlaps.push_back({month, RefundReason::overlap, record.area, share});
            }
        }
        Rate const yearly = book.account.interest.at(month);
        account.balance = held.principal() + held.interest(month, yearly);
        if (month.month() == 12) {
            held.close_year(held.interest(month, yearly));
        }
    }
    return account;
}

std::optional<Bridge> bridge_accounts(RuleBook const& book,
                                      Life const& life,
                                      Walk const& walk,
                                      ResidentAccount const& resident) {
    if (!walk.place || (walk.died && !walk.bridged)) {
        return std::nullopt;
    }
    if (walk.settlement) {
        if (resident.balance == Fen{} || !book.bridge.open.at(*walk.settlement)) {
            return std::nullopt;
        }
        return Bridge{BridgeDirection::resident_to_employee,
                      *walk.settlement,
                      walk.place->area,
                      resident.balance,
                      0};
    }
    if (!life.move_to_resident_scheme || !book.bridge.open.at(walk.counting)) {
        return std::nullopt;
    }
    // The residents' scheme pays at the hukou or the place of residence: the latter shows in where
    // it was paid up to T.
    std::optional<AreaId> const residence =
        walk.died ? resident_account(book, life, walk, walk.counting).area : resident.area;
    AreaId const area = life.hukou.value_or(residence.value_or(walk.place->area));
    return Bridge{BridgeDirection::employee_to_resident,
                  walk.counting,
                  area,
                  walk.balance,
                  walk.months_total};
}

} // namespace pensim::law
