#include "sim/engine/reckoner.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/law/timeline.hpp"

namespace pensim::engine {

namespace {

constexpr double exact = 9'007'199'254'740'992.0; // 2^53

Fen fen(double whole) {
    return Fen(static_cast<std::int64_t>(whole));
}
double real(Fen amount) {
    return static_cast<double>(amount.count());
}

/// The account of a holding, for the law's own reckoning.
law::Holding holding_of(lanes::Amounts const& amounts) {
    return {.opening = fen(amounts.opening),
            .credits = fen(amounts.credits),
            .weighted_credits = fen(amounts.weighted_credits)};
}

std::int64_t sign_of(Booking const& booking) {
    return booking.as == Booking::As::deduction ? -1 : 1;
}

} // namespace

LocationKey location_of(lanes::PlannedLife const& life) {
    LocationKey key;
    key.group = life.group;
    key.last_area = life.last_area;
    if (life.place) {
        key.branch = life.place->branch;
        key.benefit_area = life.place->area;
    }
    return key;
}

Fen pooled_money(bool temporary,
                 lanes::Amounts const& amounts,
                 std::int64_t unit,
                 law::PooledRate const& rate) {
    law::Holding held;
    held.temporary = temporary;
    held.base_sum = fen(amounts.base_sum);
    held.pool_in = fen(amounts.pool_in);
    held.pool_product = static_cast<Wide>(static_cast<std::int64_t>(amounts.pool_in)) * unit;
    return held.pooled(rate);
}

Reckoner::Reckoner(Setup const& setup,
                   random::Key key,
                   lanes::LaneTables const& tables,
                   std::vector<Booking> bookings)
    : setup_(setup), key_(key), tables_(tables), bookings_(std::move(bookings)),
      years_(tables, setup.lanes), pensions_(tables, setup.lanes),
      refunds_(pensions_.books().size()), to_residents_(pensions_.books().size()),
      unflushed_max_(static_cast<std::uint64_t>(exact / tables.largest_posting_of_life())) {}

void Reckoner::run(ReckonedListener* listener) {
    PENSIM_EXPECT(has_room(0));
    unflushed_ += plans_.lives.size();
    reckon_years();
    for (std::size_t number = 0; number < plans_.lives.size(); ++number) {
        reckon(number, listener);
    }
    years_.clear();
    plans_.clear();
}

Fen Reckoner::flush() {
    PENSIM_EXPECT(plans_.lives.empty());
    if (unflushed_ == 0) {
        return {};
    }
    pensions_.run();
    unflushed_ = 0;
    flush_paid();
    flush_pensions();
    return std::exchange(paid_out_, Fen{});
}

// ---- to the tallies ----

/// What does not hang on money.
void Reckoner::note_planned(lanes::PlannedLife const& life) {
    LocationKey const key = location_of(life);
    for (Booking const& booking : bookings_) {
        std::int64_t const sign = sign_of(booking);
        if (booking.as == Booking::As::all) {
            ++booking.tally->people;
            if (life.counted) {
                booking.tally->note_ending(Ending::missing_months,
                                           Endings::bin_of_missing(life.missing));
            }
        }
        booking.tally->by_status[static_cast<std::size_t>(life.status)] += sign;
        booking.tally->locations.add(key.packed(), {sign});
    }
}

void Reckoner::note_transfer(Transfer const& transfer) {
    FlowKey const key{transfer.month.year(), transfer.from, transfer.to, transfer.kind};
    for (Booking const& booking : bookings_) {
        std::int64_t const sign = sign_of(booking);
        booking.tally->flows.add(
            key.packed(), {sign, sign * transfer.account.count(), sign * transfer.pooled.count()});
    }
}

void Reckoner::post(int year, AreaId area, AreaYear const& books) {
    for (Booking const& booking : bookings_) {
        AreaYear& row = booking.tally->books(year, area);
        if (booking.as == Booking::As::deduction) {
            row.subtract(books);
        } else {
            row.add(books);
        }
    }
}

// ---- lives ----

/// Pass after pass: what a holding takes in is known when those before it have run.
void Reckoner::reckon_years() {
    amounts_.resize(plans_.segments.size());
    for (std::size_t pass = 0; pass < lanes::PaidYears::passes_max; ++pass) {
        for (std::uint32_t const taker : plans_.takers[pass]) {
            amounts_[taker] = take_in(plans_.segments[taker]);
        }
        years_.run(pass, amounts_);
    }
}

/// What other segments bring, by transfers or as the same area's own.
lanes::Amounts Reckoner::take_in(lanes::Segment const& segment) {
    lanes::Amounts sum;
    for (std::uint32_t i = 0; i < segment.joins; ++i) {
        lanes::Join const& join = plans_.joins[segment.first_join + i];
        lanes::Amounts const& amounts = amounts_[join.segment];
        sum.add(amounts);
        if (join.transfer) {
            lanes::PlannedTransfer const& t = plans_.transfers[*join.transfer];
            Fen const moves = pooled_money(t.temporary,
                                           amounts,
                                           tables_.pooled_unit(),
                                           setup_.law.book.transfer.pooled_rate.at(t.month));
            note_transfer({t.month, t.from, t.to, t.kind, fen(amounts.principal()), moves});
            sum.pool_in += real(moves);
        } else {
            sum.pool_in += amounts.pool_in;
        }
    }
    return sum;
}

void Reckoner::reckon(std::size_t number, ReckonedListener* listener) {
    lanes::PlannedLife const& life = plans_.lives[number];
    note_planned(life);
    for (std::uint32_t i = 0; i < life.refunds; ++i) {
        book_refund(plans_.refunds[life.first_refund + i]);
    }
    std::optional<Pension> pension;
    if (life.account_end == lanes::AccountEnd::pension) {
        pension = settle(life);
    } else if (life.account_end == lanes::AccountEnd::resident_scheme) {
        leave_for_resident_scheme(life);
    }
    if (listener != nullptr) {
        listener->reckoned(*this, number, pension ? &*pension : nullptr);
    }
}

void Reckoner::book_refund(lanes::PlannedRefund const& refund) {
    law::Holding const held = holding_of(amounts_[refund.segment]);
    YearMonth const month = refund.month;
    Fen const interest = setup_.law.book.refund.part_year_interest.at(month)
                             ? held.interest(month, tables_.interest_of(month.year()))
                             : Fen{};
    std::size_t const line = pensions_.line(refund.area, month.year());
    lanes::PensionBooks& books = pensions_.books()[line];
    books.interest += real(interest);
    (refund.reason == RefundReason::death ? books.inherited : refunds_[line]) +=
        real(held.principal() + interest);
}

/// Everything was gathered at the benefit location.
lanes::Amounts Reckoner::accounts_of(lanes::PlannedLife const& life) const {
    lanes::Amounts sum;
    for (std::uint32_t i = 0; i < life.accounts; ++i) {
        sum.add(amounts_[plans_.accounts[life.first_account + i]]);
    }
    return sum;
}

/// The average index from the sum of quotients, whose rounding is far below a ten-millionth. Where
/// that could decide the last digit, the law's own formula is asked, with all wages.
int Reckoner::index_of(lanes::PlannedLife const& life, double sum) const {
    constexpr double scale = 10'000;
    constexpr double doubt = 1e-5;
    double const index = sum * scale / life.months_total + 0.5;
    double const whole = std::floor(index);
    if (index - whole > doubt && index - whole < 1 - doubt && index < 1e9) {
        return static_cast<int>(whole);
    }
    world::LifeDrawer drawer(setup_.world, setup_.law, setup_.limits);
    law::Walk walk;
    law::SilentListener nobody;
    law::Timeline(setup_.law, drawer.draw(key_, life.person).life, walk, nobody).run();
    return law::average_index_e4(walk.wages, setup_.law.wages, life.place->area);
}

Pension Reckoner::settle(lanes::PlannedLife const& life) {
    lanes::Amounts const amounts = accounts_of(life);
    law::Holding const held = holding_of(amounts);
    law::RuleBook const& book = setup_.law.book;
    YearMonth const month = life.month;
    AreaId const place = life.place->area;
    Fen const interest = held.interest(month, tables_.interest_of(month.year()));
    Fen const balance = held.principal() + interest;
    lanes::PensionBooks& books = pensions_.books()[pensions_.line(place, month.year())];
    books.interest += real(interest);
    if (month.month() == 12) { // else the first year of payment says what is left
        books.holdings += real(balance);
    }
    Pension pension;
    pension.index_e4 = index_of(life, amounts.index);
    pension.payout_months_e1 = law::payout_months_e1(
        book.payout.months.at(month), book.payout.interpolation.at(month), month - life.birth);
    pension.basic = law::basic_pension(
        setup_.law.wages.at(place, month.year() - 1), pension.index_e4, life.months_total);
    pension.account = law::account_pension(balance, pension.payout_months_e1);
    pension.monthly = pension.basic + pension.account;
    note_pension(life, pension);

    law::PensionTerms const terms{month, life.death, pension.basic, pension.account, balance};
    if (!pensions_.fits(terms, life.months_total, life.earners)) {
        pay_alone(life, terms);
        return pension;
    }
    pensions_.add(terms,
                  book.refund.part_year_interest.at(life.death),
                  place,
                  std::span(plans_.earners).subspan(life.first_earner, life.earners),
                  life.months_total);
    return pension;
}

/// A pension of amounts that lanes do not hold exactly: as the law pays it.
void Reckoner::pay_alone(lanes::PlannedLife const& life, law::PensionTerms const& terms) {
    AreaId const place = life.place->area;
    auto const rest = law::pay_pension(terms, setup_.law.book, [&](law::PensionYear const& paid) {
        AreaYear books;
        books.interest = paid.interest;
        books.pensions_from_accounts = paid.from_account;
        books.pensions_from_pool = paid.from_pool;
        books.holdings = paid.account_left;
        books.pension_months = paid.months;
        books.pensioners = 1;
        paid_out_ += paid.from_account + paid.from_pool;
        for (std::uint32_t i = 0; i < life.earners; ++i) {
            lanes::Earner const& earner = plans_.earners[life.first_earner + i];
            Wide const part = static_cast<Wide>(paid.from_pool.count()) * earner.months;
            Fen const share(static_cast<std::int64_t>(part / life.months_total));
            books.for_elsewhere += share;
            AreaYear of_earner;
            of_earner.by_elsewhere = share;
            post(paid.year, earner.area, of_earner);
        }
        post(paid.year, place, books);
    });
    AreaYear left;
    left.inheritances = rest.account;
    post(rest.month.year(), place, left);
}

void Reckoner::note_pension(lanes::PlannedLife const& life, Pension const& pension) {
    Fen const average = setup_.law.wages.at(life.place->area, life.month.year() - 1);
    for (Booking const& booking : bookings_) {
        if (booking.as == Booking::As::all) {
            note_replacement(
                *booking.tally, pension.monthly, replaced_by(average, pension.index_e4));
        }
    }
}

/// rsb-2014-17: the account goes, with part-year interest; the pooled money stays.
void Reckoner::leave_for_resident_scheme(lanes::PlannedLife const& life) {
    law::Holding const held = holding_of(accounts_of(life));
    YearMonth const month = life.month;
    Fen const interest = held.interest(month, tables_.interest_of(month.year()));
    std::size_t const line = pensions_.line(life.place->area, month.year());
    pensions_.books()[line].interest += real(interest);
    to_residents_[line] += real(held.principal() + interest);
}

void Reckoner::flush_paid() {
    auto paid = years_.books().begin();
    for (std::size_t area = 0; area < tables_.areas(); ++area) {
        for (std::size_t number = 0; number < tables_.periods(); ++number, ++paid) {
            if (paid->months == 0 && paid->holdings == 0 && paid->insured == 0) {
                continue;
            }
            AreaYear books;
            books.paid_to_accounts = fen(paid->paid_to_accounts);
            books.paid_to_pool = fen(paid->paid_to_pool);
            books.paid_by_workers = fen(paid->paid_by_workers);
            books.interest = fen(paid->interest);
            books.holdings = fen(paid->holdings);
            books.months = static_cast<std::int64_t>(paid->months);
            books.insured = static_cast<std::int64_t>(paid->insured);
            *paid = {};
            post(tables_.period(number).first.year(), static_cast<AreaId>(area), books);
        }
    }
}

void Reckoner::flush_pensions() {
    auto const take = [](double& amount) { return fen(std::exchange(amount, 0)); };
    auto const empty = [&](std::size_t line) {
        lanes::PensionBooks const& paid = pensions_.books()[line];
        return paid.interest == 0 && paid.holdings == 0 && paid.inherited == 0
               && paid.pensioners == 0 && refunds_[line] == 0 && to_residents_[line] == 0
               && pensions_.by_elsewhere()[line] == 0;
    };
    std::size_t line = 0;
    for (std::size_t area = 0; area < tables_.areas(); ++area) {
        for (int year = 0; year < tables_.years(); ++year, ++line) {
            if (empty(line)) {
                continue;
            }
            lanes::PensionBooks& paid = pensions_.books()[line];
            AreaYear books;
            books.interest = take(paid.interest);
            books.holdings = take(paid.holdings);
            books.inheritances = take(paid.inherited);
            books.refunds = take(refunds_[line]);
            books.to_residents = take(to_residents_[line]);
            books.by_elsewhere = take(pensions_.by_elsewhere()[line]);
            if (paid.pensioners != 0) {
                books.pensions_from_accounts = take(paid.from_accounts);
                books.pensions_from_pool = take(paid.from_pool);
                books.pension_months = take(paid.months).count();
                books.pensioners = take(paid.pensioners).count();
                books.for_elsewhere = take(paid.for_elsewhere);
                paid_out_ += books.pensions_from_accounts + books.pensions_from_pool;
            }
            post(tables_.first_year() + year, static_cast<AreaId>(area), books);
        }
    }
}

} // namespace pensim::engine
