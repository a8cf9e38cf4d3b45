#include "sim/engine/batch_runner.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/law/timeline.hpp"
#include "sim/random/first_words.hpp"

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

} // namespace

std::unique_ptr<lanes::LaneTables const> lane_tables(Setup const& setup) {
    if (setup.lanes == 0 || setup.watch.behind) {
        return nullptr;
    }
    return lanes::LaneTables::make(setup.world, setup.law, setup.limits, setup.areas);
}

BatchRunner::BatchRunner(Setup const& setup,
                         random::Key key,
                         lanes::LaneTables const& tables,
                         Tally& tally,
                         BatchCompany* company)
    : setup_(setup), key_(key), tables_(tables), tally_(tally), careers_(setup.world, setup.law),
      years_(tables, setup.lanes), pensions_(tables, setup.lanes),
      planner_(setup.world, setup_.law, careers_, tables, years_), company_(company),
      refunds_(pensions_.books().size()), to_residents_(pensions_.books().size()),
      unflushed_max_(static_cast<std::uint64_t>(exact / tables.largest_posting_of_life())) {
    if (company_ == nullptr) {
        general_.emplace(setup, key, tally);
    }
    auto const watch = [&](YearMonth month) {
        first_watched_ = std::min(first_watched_, month);
        last_watched_ = std::max(last_watched_, month);
    };
    std::for_each(setup.watch.months.begin(), setup.watch.months.end(), watch);
    if (setup.watch.moves_from) {
        watch(*setup.watch.moves_from);
        watch(*setup.watch.moves_to);
    }
}

void BatchRunner::run(std::uint64_t first, std::uint64_t end) {
    for (std::uint64_t const step = persons_drawn; first < end;
         first += std::min(step, end - first)) {
        draw(first, static_cast<std::size_t>(std::min(step, end - first)));
        if (plans_.lives.size() >= batch) {
            run_batch();
        }
    }
}

void BatchRunner::finish() {
    flush();
}

/// Those who go the general way go at once.
void BatchRunner::draw(std::uint64_t first, std::size_t persons) {
    if (unflushed_ + persons > unflushed_max_) {
        flush();
    }
    unflushed_ += persons;
    plan(first, persons);
    for (std::uint64_t const person : general_persons_) {
        if (company_ != nullptr) {
            company_->run_alone(person);
        } else {
            general_->run(person);
        }
    }
    went_general_ += static_cast<std::int64_t>(general_persons_.size());
    general_persons_.clear();
}

void BatchRunner::run_batch() {
    reckon_years();
    for (lanes::PlannedLife const& life : plans_.lives) {
        reckon(life);
    }
    years_.clear();
    plans_.clear();
}

void BatchRunner::make_words(std::uint64_t first, std::size_t persons) {
    using random::Purpose;
    constexpr std::array purposes{
        Purpose::who, Purpose::death, Purpose::claim, Purpose::career, Purpose::wage};
    constexpr std::array<std::size_t, 5> blocks{who_blocks, 1, 1, career_blocks, wage_blocks};
    for (std::size_t i = 0; i < purposes.size(); ++i) {
        words_[i].resize(persons * blocks[i] * random::Stream::words_of_block);
        random::write_first_words(key_, first, persons, purposes[i], blocks[i], words_[i]);
    }
}

void BatchRunner::plan(std::uint64_t first, std::size_t persons) {
    make_words(first, persons);
    for (std::size_t i = 0; i < persons; ++i) {
        auto const words = [&](std::size_t purpose, std::size_t blocks) {
            std::size_t const count = blocks * random::Stream::words_of_block;
            return std::span(words_[purpose]).subspan(i * count, count);
        };
        world::PersonStreams streams(key_,
                                     first + i,
                                     {words(0, who_blocks),
                                      words(1, 1),
                                      words(2, 1),
                                      words(3, career_blocks),
                                      words(4, wage_blocks)});
        careers_.draw(streams, career_);
        bool const planned = planner_.plan(career_, streams, plans_);
        if (!planned || (company_ != nullptr && !company_->stays(planner_, career_))) {
            if (planned) {
                planner_.drop();
            }
            general_persons_.push_back(first + i);
            continue;
        }
        lanes::PlannedLife& life = planner_.keep();
        life.person = first + i;
        note_planned(life);
        note_watched(career_);
    }
}

/// What does not hang on money.
void BatchRunner::note_planned(lanes::PlannedLife const& life) {
    if (life.counted) {
        tally_.note_ending(Ending::missing_months, Endings::bin_of_missing(life.missing));
    }
    LocationKey key;
    key.group = life.group;
    key.last_area = life.last_area;
    if (life.place) {
        key.branch = life.place->branch;
        key.benefit_area = life.place->area;
    }
    tally_.note_life(life.status, key);
}

void BatchRunner::note_watched(world::Career const& career) {
    Watch const& watch = setup_.watch;
    std::optional<AreaId> from;
    std::optional<AreaId> to;
    for (world::Spell const& spell : career.spells) {
        if (spell.to < first_watched_ || last_watched_ < spell.from) {
            continue;
        }
        auto const has = [&](YearMonth month) { return spell.from <= month && month <= spell.to; };
        for (std::size_t i = 0; i < watch.months.size(); ++i) {
            if (has(watch.months[i])) {
                tally_.note_paying(i, career.life.group, spell.area);
            }
        }
        if (watch.moves_from) {
            from = has(*watch.moves_from) ? spell.area : from;
            to = has(*watch.moves_to) ? spell.area : to;
        }
    }
    if (from && to) {
        tally_.note_move(*from, *to);
    }
}

/// Pass after pass: what a holding takes in is known when those before it have run.
void BatchRunner::reckon_years() {
    amounts_.resize(plans_.segments.size());
    for (std::size_t pass = 0; pass < lanes::PaidYears::passes_max; ++pass) {
        for (std::uint32_t const taker : plans_.takers[pass]) {
            amounts_[taker] = take_in(plans_.segments[taker]);
        }
        years_.run(pass, amounts_);
    }
}

/// What other segments bring, by transfers or as the same area's own.
lanes::Amounts BatchRunner::take_in(lanes::Segment const& segment) {
    lanes::Amounts sum;
    for (std::uint32_t i = 0; i < segment.joins; ++i) {
        lanes::Join const& join = plans_.joins[segment.first_join + i];
        lanes::Amounts const& amounts = amounts_[join.segment];
        sum.add(amounts);
        if (join.transfer) {
            lanes::PlannedTransfer const& t = plans_.transfers[*join.transfer];
            Fen const moves = pooled(t, amounts);
            tally_.note_transfer({t.month, t.from, t.to, t.kind, fen(amounts.principal()), moves});
            sum.pool_in += real(moves);
        } else {
            sum.pool_in += amounts.pool_in;
        }
    }
    return sum;
}

/// As law::Holding::pooled, at the rate of the month.
Fen BatchRunner::pooled(lanes::PlannedTransfer const& transfer,
                        lanes::Amounts const& amounts) const {
    law::Holding held;
    held.temporary = transfer.temporary;
    held.base_sum = fen(amounts.base_sum);
    held.pool_in = fen(amounts.pool_in);
    held.pool_product =
        static_cast<Wide>(static_cast<std::int64_t>(amounts.pool_in)) * tables_.pooled_unit();
    return held.pooled(setup_.law.book.transfer.pooled_rate.at(transfer.month));
}

void BatchRunner::reckon(lanes::PlannedLife const& life) {
    for (std::uint32_t i = 0; i < life.refunds; ++i) {
        book_refund(plans_.refunds[life.first_refund + i]);
    }
    std::optional<Pension> pension;
    if (life.account_end == lanes::AccountEnd::pension) {
        pension = settle(life);
    } else if (life.account_end == lanes::AccountEnd::resident_scheme) {
        leave_for_resident_scheme(life);
    }
    if (company_ != nullptr) {
        company_->reckoned(life, pension ? &*pension : nullptr);
    }
}

void BatchRunner::book_refund(lanes::PlannedRefund const& refund) {
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
lanes::Amounts BatchRunner::accounts_of(lanes::PlannedLife const& life) const {
    lanes::Amounts sum;
    for (std::uint32_t i = 0; i < life.accounts; ++i) {
        sum.add(amounts_[plans_.accounts[life.first_account + i]]);
    }
    return sum;
}

/// The average index from the sum of quotients, whose rounding is far below a ten-millionth. Where
/// that could decide the last digit, the law's own formula is asked, with all wages.
int BatchRunner::index_of(lanes::PlannedLife const& life, double sum) const {
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

Pension BatchRunner::settle(lanes::PlannedLife const& life) {
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
void BatchRunner::pay_alone(lanes::PlannedLife const& life, law::PensionTerms const& terms) {
    AreaId const place = life.place->area;
    auto const rest = law::pay_pension(terms, setup_.law.book, [&](law::PensionYear const& paid) {
        AreaYear& books = tally_.books(paid.year, place);
        books.interest += paid.interest;
        books.pensions_from_accounts += paid.from_account;
        books.pensions_from_pool += paid.from_pool;
        books.holdings += paid.account_left;
        books.pension_months += paid.months;
        ++books.pensioners;
        for (std::uint32_t i = 0; i < life.earners; ++i) {
            lanes::Earner const& earner = plans_.earners[life.first_earner + i];
            Wide const part = static_cast<Wide>(paid.from_pool.count()) * earner.months;
            Fen const share(static_cast<std::int64_t>(part / life.months_total));
            tally_.books(paid.year, place).for_elsewhere += share;
            tally_.books(paid.year, earner.area).by_elsewhere += share;
        }
    });
    tally_.books(rest.month.year(), place).inheritances += rest.account;
}

void BatchRunner::note_pension(lanes::PlannedLife const& life, Pension const& pension) {
    Fen const average = setup_.law.wages.at(life.place->area, life.month.year() - 1);
    note_replacement(tally_, pension.monthly, replaced_by(average, pension.index_e4));
}

/// rsb-2014-17: the account goes, with part-year interest; the pooled money stays.
void BatchRunner::leave_for_resident_scheme(lanes::PlannedLife const& life) {
    law::Holding const held = holding_of(accounts_of(life));
    YearMonth const month = life.month;
    Fen const interest = held.interest(month, tables_.interest_of(month.year()));
    std::size_t const line = pensions_.line(life.place->area, month.year());
    pensions_.books()[line].interest += real(interest);
    to_residents_[line] += real(held.principal() + interest);
}

void BatchRunner::flush() {
    run_batch();
    pensions_.run();
    unflushed_ = 0;
    flush_paid();
    flush_pensions();
}

void BatchRunner::flush_paid() {
    auto paid = years_.books().begin();
    for (std::size_t area = 0; area < tables_.areas(); ++area) {
        for (std::size_t number = 0; number < tables_.periods(); ++number, ++paid) {
            if (paid->months == 0 && paid->holdings == 0 && paid->insured == 0) {
                continue;
            }
            AreaYear& books =
                tally_.books(tables_.period(number).first.year(), static_cast<AreaId>(area));
            books.paid_to_accounts += fen(paid->paid_to_accounts);
            books.paid_to_pool += fen(paid->paid_to_pool);
            books.paid_by_workers += fen(paid->paid_by_workers);
            books.interest += fen(paid->interest);
            books.holdings += fen(paid->holdings);
            books.months += static_cast<std::int64_t>(paid->months);
            books.insured += static_cast<std::int64_t>(paid->insured);
            *paid = {};
        }
    }
}

void BatchRunner::flush_pensions() {
    auto const take = [](double& amount) { return fen(std::exchange(amount, 0)); };
    std::size_t line = 0;
    for (std::size_t area = 0; area < tables_.areas(); ++area) {
        for (int year = 0; year < tables_.years(); ++year, ++line) {
            lanes::PensionBooks& paid = pensions_.books()[line];
            AreaYear& books = tally_.books(tables_.first_year() + year, static_cast<AreaId>(area));
            books.interest += take(paid.interest);
            books.holdings += take(paid.holdings);
            books.inheritances += take(paid.inherited);
            books.refunds += take(refunds_[line]);
            books.to_residents += take(to_residents_[line]);
            books.by_elsewhere += take(pensions_.by_elsewhere()[line]);
            if (paid.pensioners != 0) {
                books.pensions_from_accounts += take(paid.from_accounts);
                books.pensions_from_pool += take(paid.from_pool);
                books.pension_months += take(paid.months).count();
                books.pensioners += take(paid.pensioners).count();
                books.for_elsewhere += take(paid.for_elsewhere);
            }
        }
    }
}

} // namespace pensim::engine
