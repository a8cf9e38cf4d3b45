#include "tests/support/plain_law.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <vector>

#include <boost/multiprecision/cpp_int.hpp>

namespace pensim::test {

namespace {

using boost::multiprecision::cpp_int;

constexpr Wide million = 1'000'000; // a rate is in parts per million

/// Thrown inside this file only; plain_decide turns it into Rejected.
struct Fault {};

void refuse_if(bool fault) {
    if (fault) {
        throw Fault();
    }
}

/// Nearest whole number, halves up; neither number is negative.
Wide half_up(Wide numerator, Wide denominator) {
    return (2 * numerator + denominator) / (2 * denominator);
}

Fen fen(Wide count) {
    if (count > INT64_MAX) {
        throw MoneyOverflow();
    }
    return Fen(static_cast<std::int64_t>(count));
}

/// What waits for the person in one area (contract 2.1).
struct Holding {
    AreaId area{};
    bool temporary = false;
    Wide opening = 0;               ///< account on 31 December of last year
    std::array<Wide, 12> credits{}; ///< account, this year, January first
    Wide base_sum = 0;
    Wide pooled_in = 0;       ///< all pooled money that came in: paid, or arrived with a move
    Wide temporary_parts = 0; ///< sum of base x max(pooled rate, pool rate), in fen x ppm

    [[nodiscard]] Wide principal() const {
        Wide sum = opening;
        for (Wide const credit : credits) {
            sum += credit;
        }
        return sum;
    }
    /// 2.1.5 with 12 for the month, 2.1.6 with an earlier one: a credit of month n earns from n to
    /// the month.
    [[nodiscard]] Wide interest(Rate rate, int month) const {
        Wide weighted = month * opening;
        for (int n = 1; n <= month; ++n) {
            weighted += credits[static_cast<std::size_t>(n - 1)] * (month + 1 - n);
        }
        return half_up(rate.parts() * weighted, 12 * million);
    }
};

/// One payment that counts: a month, or a lump sum for several.
struct Paid {
    YearMonth month = YearMonth::first();
    AreaId area{};
    int months = 1;
    Fen base;
    bool temporary = false;
    bool extension = false;
};

/// What the place test sees of one area.
struct Candidate {
    AreaId area{};
    int months = 0;
    YearMonth first = YearMonth::first();
    YearMonth last = YearMonth::first();
    YearMonth run_start = YearMonth::first(); ///< of the last unbroken run of paid months
};

/// What a criterion says. A tie that nothing breaks fits and designates nobody (facts, A24).
struct Answer {
    bool fits = false;
    std::optional<AreaId> area;
    Branch branch = Branch::none;
};

using Key = std::function<int(Candidate const&)>;

int since_first(YearMonth month) {
    return (month - YearMonth::first()).count();
}

std::vector<Candidate> greatest(std::vector<Candidate> const& candidates, Key const& key) {
    std::vector<Candidate> best;
    for (auto const& candidate : candidates) {
        if (!best.empty() && key(candidate) > key(best.front())) {
            best.clear();
        }
        if (best.empty() || key(candidate) == key(best.front())) {
            best.push_back(candidate);
        }
    }
    return best;
}

/// The candidate with the greatest key; of several the one whose last run of paid months started
/// later.
Answer the_greatest(std::vector<Candidate> const& candidates, Key const& key, Branch branch) {
    auto const best = greatest(greatest(candidates, key),
                               [](Candidate const& c) { return since_first(c.run_start); });
    if (best.empty()) {
        return {};
    }
    if (best.size() > 1) {
        return {true, std::nullopt, Branch::none};
    }
    return {true, best.front().area, branch};
}

/// Mean over paid months of base / wage, in ten-thousandths, half up. Bases under one wage are
/// added first: that is the same exact number with fewer fractions.
int average_index_e4(std::vector<Paid> const& payments,
                     std::function<Fen(Paid const&)> const& wage_of) {
    std::map<std::int64_t, cpp_int> bases;
    int months = 0;
    for (auto const& paid : payments) {
        bases[wage_of(paid).count()] += cpp_int(paid.base.count()) * paid.months;
        months += paid.months;
    }
    cpp_int sum = 0; // over `denominator`
    cpp_int denominator = 1;
    for (auto const& [wage, base] : bases) {
        sum = sum * wage + base * denominator;
        denominator *= wage;
    }
    cpp_int const divisor = denominator * months;
    cpp_int const floor = (2 * 10'000 * sum + divisor) / (2 * divisor);
    return static_cast<int>(floor);
}

/// Payout months in tenths for an age in months (2.5).
int payout_months_e1(law::PayoutTable const& table,
                     law::PayoutInterpolation interpolation,
                     int age_months) {
    auto const full = [&](int years) {
        int const age = std::clamp(years, law::PayoutTable::first_age, law::PayoutTable::last_age);
        return table.months[static_cast<std::size_t>(age - law::PayoutTable::first_age)];
    };
    int const years = age_months / 12;
    int const months = age_months % 12;
    if (interpolation == law::PayoutInterpolation::completed_years) {
        return full(years) * 10;
    }
    return static_cast<int>(
        half_up(Wide{10} * (full(years) * (12 - months) + full(years + 1) * months), 12));
}

/// W(1 + index)/2 x n x 1%, n in years (2.5).
Wide basic_pension(Fen wage, int index_e4, int months) {
    return half_up(Wide{wage.count()} * (10'000 + index_e4) * months, Wide{2} * 10'000 * 12 * 100);
}

bool covers(Record const& record, YearMonth month) {
    return record.kind != Kind::lump_sum && record.from <= month && month <= record.to;
}

bool is_lump_sum_of(Record const& record, YearMonth month) {
    return record.kind == Kind::lump_sum && record.from == month;
}

class Reading {
  public:
    Reading(law::RuleBook const& rules, AverageWages const& wages, Life const& life)
        : rules_(rules), wages_(wages), life_(life), person_(law::person_of(life)),
          events_(life.events) {
        std::stable_sort(events_.begin(), events_.end(), [](Event const& a, Event const& b) {
            return a.month < b.month;
        });
        if (life.group == Group::mainland) {
            hukou_ = life.hukou;
        }
    }
    Outcome decide();

  private:
    // 2.2 and 2.6: what can be said before the walk.
    void find_statutory_month();
    void check_claim() const;
    void check_shape() const;
    [[nodiscard]] YearMonth first_month() const;
    [[nodiscard]] YearMonth last_month() const;

    // 2.1, within a month.
    void pay(YearMonth month);
    void check_payment(Record const& record, YearMonth month) const;
    void refund_overlap(Record const& record, YearMonth month);
    void credit(Record const& record, YearMonth month, int months);
    [[nodiscard]] bool is_temporary(AreaId area, YearMonth month) const;
    [[nodiscard]] Rate pool_rate(Record const& record, YearMonth month) const;
    void happen(YearMonth month);
    void close(YearMonth month);
    void add_interest(YearMonth december);

    // Holdings.
    [[nodiscard]] Holding* find_holding(AreaId area);
    Holding& holding(AreaId area);
    [[nodiscard]] Wide pooled_that_moves(Holding const& holding, YearMonth month) const;
    void move_to(AreaId area,
                 YearMonth month,
                 std::function<bool(Holding const&)> const& leaves,
                 std::function<TransferKind(Holding const&)> const& kind);
    [[nodiscard]] Wide balance(Holding const& holding, YearMonth month) const;
    void refund_all(YearMonth month, RefundReason reason);

    // 2.2: the place.
    void count(YearMonth month);
    [[nodiscard]] bool holds_temporary(AreaId area) const;
    [[nodiscard]] std::vector<Candidate> candidates() const;
    [[nodiscard]] std::vector<Candidate> qualified(bool with_relation) const;
    [[nodiscard]] Answer ask(law::Criterion criterion) const;
    [[nodiscard]] Answer
    longest(std::vector<Candidate> const& candidates, Branch alone, Branch tied) const;
    [[nodiscard]] Answer find_place() const;
    [[nodiscard]] bool election_acts(Answer const& answer) const;
    void gather();

    // 3: over to the residents' scheme.
    [[nodiscard]] bool may_go_to_residents() const;
    [[nodiscard]] bool goes_for_good() const;
    void go_to_residents();

    // 2.3 and 2.5.
    [[nodiscard]] int total() const;
    [[nodiscard]] int extension_months() const;
    [[nodiscard]] bool may_extend() const;
    [[nodiscard]] bool lump_sum_is_open(YearMonth month) const;
    [[nodiscard]] bool each_area_pays(YearMonth month) const;
    [[nodiscard]] Wide account_balance(YearMonth month);
    void settle(YearMonth month);
    [[nodiscard]] Pension pension_of_place(YearMonth month, Wide balance) const;
    [[nodiscard]] Pension pension_of_each_area(YearMonth month);
    [[nodiscard]] int payout(YearMonth month) const;
    [[nodiscard]] Status status() const;
    [[nodiscard]] std::vector<AreaMonths> months_by_area(YearMonth until) const;

    law::RuleBook const& rules_;
    AverageWages const& wages_;
    Life const& life_;
    law::Person person_;
    std::vector<Event> events_; ///< in order of months
    std::optional<AreaId> hukou_;

    YearMonth original_age_ = YearMonth::first();
    /// T; the statutory or the late one until an early claim is accepted.
    YearMonth counting_ = YearMonth::first();
    int required_ = 0;

    std::vector<Holding> holdings_; ///< in the order in which they came into being
    std::vector<Paid> paid_;        ///< since the last termination
    std::optional<AreaId> relation_;
    bool ever_paid_ = false;
    bool counted_ = false; ///< T has been
    bool dead_ = false;
    bool gone_to_residents_ = false; ///< the account left at T
    Outcome out_;
};

Outcome Reading::decide() {
    find_statutory_month();
    check_shape();
    check_claim();

    // 2.1: payments; events; an early claim, T or a settlement; 31 December.
    YearMonth const last = last_month();
    for (YearMonth month = first_month(); month <= last && !dead_; month = month.next()) {
        pay(month);
        happen(month);
        if (!dead_) {
            close(month);
        }
        if (month == month.december()) {
            add_interest(month);
        }
    }

    out_.counting_month = counting_;
    out_.required_months = required_;
    out_.months_total = total();
    out_.months_by_area = months_by_area(counting_);
    out_.status = status();
    bool const is_short = out_.status == Status::extend || out_.status == Status::lump_sum
                          || out_.status == Status::short_no_extension;
    out_.missing_months = is_short ? required_ - total() : 0;
    // 3: the living who are short and chose it cross even if they paid on, with what stood at T.
    if (may_go_to_residents() && out_.benefit_area && !out_.settlement_month
        && (!dead_ || gone_to_residents_)) {
        out_.bridge = Bridge{BridgeDirection::employee_to_resident,
                             counting_,
                             hukou_.value_or(*out_.benefit_area),
                             out_.account_balance.value(),
                             total()};
    }
    if (!is_short && out_.status != Status::pension) {
        out_.account_balance.reset();
    }
    return out_;
}

// ---- Before the walk ----

void Reading::find_statutory_month() {
    // 2.2: original age plus the delay of the 2024 decision. One month of delay for each started
    // step of months by which the original age is reached after the start.
    auto const& ages = rules_.retirement_class(life_.sex, life_.post);
    original_age_ = life_.birth + Months::of_years(ages.original_age.at(life_.birth));
    int delay = 0;
    int const step = ages.delay_step.at(original_age_);
    YearMonth const start = rules_.retirement.delay_start.at(original_age_);
    if (step > 0 && original_age_ >= start) {
        int const late_by = (original_age_ - start).count();
        delay = std::min(ages.delay_max.at(original_age_), late_by / step + 1);
    }
    out_.statutory_month = original_age_ + Months(delay);

    // T is the statutory month or a late claim, unless an early claim is accepted on the way; 2.3:
    // in both cases the year of the statutory month says how many months are required.
    counting_ = std::max(out_.statutory_month, life_.claim.value_or(out_.statutory_month));
    required_ = rules_.pension.required_months.at(out_.statutory_month);
}

void Reading::check_claim() const {
    if (!life_.claim) {
        return;
    }
    YearMonth const statutory = out_.statutory_month;
    YearMonth const earliest = statutory - Months(rules_.retirement.early_max.at(statutory));
    YearMonth const latest = statutory + Months(rules_.retirement.late_max.at(statutory));
    refuse_if(*life_.claim < std::max(original_age_, earliest) || *life_.claim > latest);
}

void Reading::check_shape() const {
    refuse_if(life_.group == Group::mainland && !life_.hukou);
    std::optional<YearMonth> death;
    for (auto const& event : events_) {
        refuse_if(death.has_value());
        if (event.kind == EventKind::death) {
            death = event.month;
        }
    }
    for (auto const& record : life_.records) {
        PENSIM_EXPECT(record.scheme == Scheme::employee);
        refuse_if(record.from < life_.birth + Months::of_years(16));
        refuse_if(record.kind == Kind::lump_sum ? record.lump_months < 1 : record.to < record.from);
    }
}

YearMonth Reading::first_month() const {
    return events_.empty() ? life_.birth : std::min(life_.birth, events_.front().month);
}

YearMonth Reading::last_month() const {
    YearMonth last = counting_;
    for (auto const& record : life_.records) {
        last = std::max(last, record.kind == Kind::lump_sum ? record.from : record.to);
    }
    for (auto const& event : life_.events) {
        last = std::max(last, event.month);
    }
    return last;
}

// ---- 2.1 Payments ----

void Reading::pay(YearMonth month) {
    // A lump sum pays for past months: it competes with nothing and comes first.
    for (auto const& record : life_.records) {
        if (is_lump_sum_of(record, month)) {
            check_payment(record, month);
            credit(record, month, record.lump_months);
        }
    }
    // 2.1.1: the record marked `keep`, else the one that starts earlier, else the one listed first.
    Record const* winner = nullptr;
    for (auto const& record : life_.records) {
        if (!covers(record, month)) {
            continue;
        }
        check_payment(record, month);
        if (winner == nullptr || (record.keep && !winner->keep)
            || (record.keep == winner->keep && record.from < winner->from)) {
            winner = &record;
        }
    }
    for (auto const& record : life_.records) {
        if (covers(record, month) && &record != winner) {
            refund_overlap(record, month);
        }
    }
    if (winner != nullptr) {
        credit(*winner, month, 1);
    }
}

void Reading::check_payment(Record const& record, YearMonth month) const {
    if (!counted_) {
        refuse_if(record.kind == Kind::extension); // in or before T
        return;
    }
    // 2.3, 2.6: after T only the missing months are made up, where T said, by those who may.
    refuse_if(out_.settlement_month.has_value());
    refuse_if(!out_.benefit_area || record.area != *out_.benefit_area);
    refuse_if(record.kind != Kind::extension && record.kind != Kind::lump_sum);
    refuse_if(!may_extend());
    refuse_if(record.kind == Kind::lump_sum && !lump_sum_is_open(month));
}

void Reading::refund_overlap(Record const& record, YearMonth month) {
    if (!rules_.contribution.recorded.at(month)) {
        return;
    }
    Wide const account =
        half_up(Wide{record.base.count()} * rules_.account.rate.at(month).parts(), million);
    if (account > 0) {
        out_.refunds.push_back({month, RefundReason::overlap, record.area, fen(account)});
    }
}

void Reading::credit(Record const& record, YearMonth month, int months) {
    // 2.4: a temporary account leaves the relation and everything else where it is.
    bool const temporary = is_temporary(record.area, month);
    // 2.1.2: starting to pay elsewhere moves the relation and, unless told otherwise, the money.
    if (!temporary && relation_ != record.area) {
        relation_ = record.area;
        if (record.transfer && rules_.transfer.on_move.at(month)
            && rules_.pension.paid_by.at(month) == law::PaidBy::place) {
            move_to(
                record.area,
                month,
                [](Holding const& each) { return !each.temporary; },
                [](Holding const&) { return TransferKind::move; });
        }
    }
    // The month counts, with money or without.
    ever_paid_ = true;
    paid_.push_back(
        {month, record.area, months, record.base, temporary, record.kind == Kind::extension});
    Holding& here = holding(record.area);
    here.temporary = temporary;
    if (!rules_.contribution.recorded.at(month)) {
        return;
    }
    // 2.1.3: one rounding for what is paid at once.
    Wide const base = Wide{record.base.count()} * months;
    Rate const pool = pool_rate(record, month);
    here.credits[static_cast<std::size_t>(month.month() - 1)] +=
        half_up(base * rules_.account.rate.at(month).parts(), million);
    here.base_sum += base;
    here.pooled_in += half_up(base * pool.parts(), million);
    // 2.4: each month of a temporary account at the better of two rates; `actual` names no rate.
    auto const& pooled = rules_.transfer.pooled_rate.at(month);
    here.temporary_parts += base * std::max(pooled.actual ? 0 : pooled.rate.parts(), pool.parts());
}

bool Reading::is_temporary(AreaId area, YearMonth month) const {
    for (auto const& each : holdings_) {
        if (each.area == area) {
            return each.temporary; // what waits there goes on as it is
        }
    }
    if (relation_ == area || hukou_ == area) {
        return false;
    }
    auto const& age =
        life_.sex == Sex::male ? rules_.temporary.male_age : rules_.temporary.female_age;
    return rules_.temporary.groups.at(month).contains(person_)
           && month - life_.birth >= Months::of_years(age.at(month));
}

Rate Reading::pool_rate(Record const& record, YearMonth month) const {
    auto const& contribution = rules_.contribution;
    if (record.kind != Kind::employed) {
        return contribution.alone_pool_rate.at(month).at(record.area);
    }
    return Rate::ppm(contribution.employer_rate.at(month).at(record.area).parts()
                     + contribution.individual_rate.at(month).at(record.area).parts()
                     - rules_.account.rate.at(month).parts());
}

// ---- 2.1 Events, the month's end, 31 December ----

void Reading::happen(YearMonth month) {
    for (auto const& event : events_) {
        if (event.month != month) {
            continue;
        }
        bool const settled = out_.settlement_month.has_value(); // a settled pension stays
        if (event.kind == EventKind::death) {
            dead_ = true;
            if (!settled) {
                refund_all(month, RefundReason::death);
            }
        } else if (event.terminate && !settled) {
            // 2.3: the account is paid out, the months are void for good, the place is forgotten.
            refund_all(month, RefundReason::terminated);
            paid_.clear();
            relation_.reset();
            out_.benefit_area.reset();
            out_.branch = Branch::none;
        }
    }
}

void Reading::close(YearMonth month) {
    if (out_.settlement_month) {
        return;
    }
    if (!counted_) {
        // 2.2: an early claim is tested on the months that count now; refused, it is as if never
        // made.
        bool const early = life_.claim == month && month < out_.statutory_month;
        int const required_now = rules_.pension.required_months.at(month);
        if (early && !paid_.empty() && total() >= required_now) {
            counting_ = month;
            required_ = required_now;
        }
        if (month == counting_) {
            counted_ = true;
            count(month);
        }
        return;
    }
    // 2.3: months made up at the benefit area reach what is required.
    if (out_.benefit_area && total() >= required_) {
        settle(month);
    }
}

void Reading::add_interest(YearMonth december) {
    for (auto& each : holdings_) {
        each.opening = each.principal() + each.interest(rules_.account.interest.at(december), 12);
        each.credits.fill(0);
    }
}

// ---- Holdings ----

Holding* Reading::find_holding(AreaId area) {
    for (auto& each : holdings_) {
        if (each.area == area) {
            return &each;
        }
    }
    return nullptr;
}

Holding& Reading::holding(AreaId area) {
    if (Holding* const found = find_holding(area)) {
        return *found;
    }
    Holding fresh;
    fresh.area = area;
    holdings_.push_back(fresh);
    return holdings_.back();
}

Wide Reading::pooled_that_moves(Holding const& holding, YearMonth month) const {
    if (holding.temporary) {
        return half_up(holding.temporary_parts, million); // 2.4
    }
    auto const& pooled = rules_.transfer.pooled_rate.at(month);
    if (pooled.actual) {
        return holding.pooled_in;
    }
    return half_up(holding.base_sum * pooled.rate.parts(), million); // 2.1.4
}

void Reading::move_to(AreaId area,
                      YearMonth month,
                      std::function<bool(Holding const&)> const& leaves,
                      std::function<TransferKind(Holding const&)> const& kind) {
    std::vector<Holding> leaving;
    std::vector<Holding> staying;
    for (auto const& each : holdings_) {
        (each.area != area && leaves(each) ? leaving : staying).push_back(each);
    }
    holdings_ = staying;
    for (auto const& each : leaving) {
        // 2.1.4: the principal, this year's credits month by month, no interest; the base sum goes
        // along.
        Wide const pooled = pooled_that_moves(each, month);
        Holding& receiver = holding(area);
        receiver.opening += each.opening;
        for (std::size_t n = 0; n < each.credits.size(); ++n) {
            receiver.credits[n] += each.credits[n];
        }
        receiver.base_sum += each.base_sum;
        receiver.pooled_in += pooled;
        out_.transfers.push_back(
            {month, each.area, area, kind(each), fen(each.principal()), fen(pooled)});
    }
}

Wide Reading::balance(Holding const& holding, YearMonth month) const {
    return holding.principal() + holding.interest(rules_.account.interest.at(month), month.month());
}

void Reading::refund_all(YearMonth month, RefundReason reason) {
    bool const with_interest = rules_.refund.part_year_interest.at(month);
    for (auto const& each : holdings_) {
        Wide const account = with_interest ? balance(each, month) : each.principal();
        if (account > 0) {
            out_.refunds.push_back({month, reason, each.area, fen(account)});
        }
    }
    holdings_.clear();
}

// ---- 2.2 The place ----

void Reading::count(YearMonth month) {
    if (paid_.empty()) {
        return; // who never paid, or ended it, has no place
    }
    Answer const answer = find_place();
    if (!answer.area) {
        return; // undetermined: nothing moves, nothing is settled
    }
    out_.benefit_area = answer.area;
    out_.branch = answer.branch;
    if (election_acts(answer)) {
        out_.benefit_area = relation_;
        out_.branch = Branch::last_area_election;
    }
    gather();
    if (total() >= required_) {
        settle(month);
    } else {
        out_.account_balance = fen(account_balance(month)); // as of T while months are missing
        if (may_go_to_residents() && goes_for_good()) {
            go_to_residents();
        }
    }
}

bool Reading::may_go_to_residents() const {
    return life_.move_to_resident_scheme && rules_.bridge.open.at(counting_);
}

/// Nothing after T, up to the death if there is one, takes the choice back.
bool Reading::goes_for_good() const {
    std::optional<YearMonth> death;
    for (auto const& event : events_) {
        if (event.kind == EventKind::death) {
            death = event.month;
        } else if (event.terminate && event.month > counting_) {
            return false;
        }
    }
    for (auto const& record : life_.records) {
        bool const alive = !death || record.from <= *death;
        bool const later = record.kind == Kind::extension || record.kind == Kind::lump_sum;
        if (later && alive && record.from > counting_) {
            return false;
        }
    }
    return true;
}

void Reading::go_to_residents() {
    gone_to_residents_ = true;
    std::vector<Holding> staying;
    for (auto const& each : holdings_) {
        if (each.area != out_.benefit_area) {
            staying.push_back(each);
        }
    }
    holdings_ = staying;
}

bool Reading::holds_temporary(AreaId area) const {
    return std::any_of(holdings_.begin(), holdings_.end(), [&](Holding const& each) {
        return each.area == area && each.temporary;
    });
}

std::vector<Candidate> Reading::candidates() const {
    bool const months_follow = rules_.place.count_transferred_months.at(counting_);
    std::vector<Candidate> all;
    for (auto const& paid : paid_) {
        // Each month for the area where it was paid (A2), no area that is a temporary account
        // (2.4). Where months follow the relation, all that were not paid into a temporary account
        // are the relation's.
        if (months_follow ? paid.temporary : holds_temporary(paid.area)) {
            continue;
        }
        AreaId const area = months_follow ? relation_.value() : paid.area;
        auto found = std::find_if(
            all.begin(), all.end(), [&](Candidate const& c) { return c.area == area; });
        if (found == all.end()) {
            found = all.insert(all.end(), {area, 0, paid.month, paid.month, paid.month});
        }
        if (paid.month > found->last.next()) {
            found->run_start = paid.month;
        }
        found->last = paid.month;
        found->months += paid.months;
    }
    return all;
}

std::vector<Candidate> Reading::qualified(bool with_relation) const {
    std::vector<Candidate> found;
    for (auto const& candidate : candidates()) {
        if (candidate.months >= rules_.place.min_months.at(counting_)
            && (with_relation || relation_ != candidate.area)) {
            found.push_back(candidate);
        }
    }
    return found;
}

Answer Reading::ask(law::Criterion criterion) const {
    auto const last_paid = [](Candidate const& c) { return since_first(c.last); };
    auto const first_paid = [](Candidate const& c) { return -since_first(c.first); };
    switch (criterion) {
    case law::Criterion::hukou:
        return hukou_ && relation_ == hukou_ ? Answer{true, hukou_, Branch::hukou} : Answer{};
    case law::Criterion::relation_qualified:
        for (auto const& candidate : qualified(true)) {
            if (relation_ == candidate.area) {
                return {true, relation_, Branch::relation_qualified};
            }
        }
        return {};
    case law::Criterion::last_qualified:
        return the_greatest(qualified(false), last_paid, Branch::last_qualified);
    case law::Criterion::longest:
        return longest(candidates(), Branch::longest, Branch::longest_last);
    case law::Criterion::hukou_gathers:
        return hukou_ ? Answer{true, hukou_, Branch::hukou_gathers} : Answer{};
    case law::Criterion::last_area:
        return the_greatest(candidates(), last_paid, Branch::last_area);
    case law::Criterion::first_qualified:
        return the_greatest(qualified(true), first_paid, Branch::first_qualified);
    case law::Criterion::longest_qualified:
        return longest(qualified(true), Branch::longest_qualified, Branch::longest_qualified);
    }
    return {};
}

Answer Reading::longest(std::vector<Candidate> const& candidates, Branch alone, Branch tied) const {
    // A4: months, or completed years.
    int const unit = rules_.place.compare_unit.at(counting_) == law::CompareUnit::year ? 12 : 1;
    auto const longest = greatest(candidates, [&](Candidate const& c) { return c.months / unit; });
    if (longest.size() == 1) {
        return {true, longest.front().area, alone};
    }
    Key key;
    switch (rules_.place.tie.at(counting_)) {
    case law::TieRule::latest_last_paid:
        key = [](Candidate const& c) { return since_first(c.last); };
        break;
    case law::TieRule::latest_start:
        key = [](Candidate const& c) { return since_first(c.run_start); };
        break;
    case law::TieRule::earliest_start:
        key = [](Candidate const& c) { return -since_first(c.first); };
        break;
    case law::TieRule::none:
        return longest.empty() ? Answer{} : Answer{true, std::nullopt, Branch::none};
    }
    return the_greatest(longest, key, tied);
}

Answer Reading::find_place() const {
    for (law::Criterion const criterion : rules_.place.order(life_.group).at(counting_)) {
        Answer const answer = ask(criterion);
        if (answer.fits) {
            return answer;
        }
    }
    return {};
}

bool Reading::election_acts(Answer const& answer) const {
    auto const& where = rules_.place.election_area.at(counting_);
    bool const open_here = relation_ && (where.any || where.area == relation_);
    bool const weak = answer.branch == Branch::longest || answer.branch == Branch::longest_last
                      || answer.branch == Branch::hukou_gathers;
    return life_.continue_in_last_area
           && rules_.place.election_groups.at(counting_).contains(person_) && open_here
           && total() < required_ && weak && answer.area != relation_;
}

void Reading::gather() {
    AreaId const place = out_.benefit_area.value();
    if (!each_area_pays(counting_)) {
        auto const kind = [&](Holding const& each) {
            if (each.temporary) {
                return TransferKind::temporary;
            }
            return out_.branch == Branch::last_qualified && relation_ == each.area
                       ? TransferKind::sent_back
                       : TransferKind::gather;
        };
        move_to(
            place, counting_, [](Holding const&) { return true; }, kind);
    }
    relation_ = place;
}

// ---- 2.3 Enough months? ----

int Reading::total() const {
    int months = 0;
    for (auto const& paid : paid_) {
        months += paid.months;
    }
    return months;
}

int Reading::extension_months() const {
    return static_cast<int>(
        std::count_if(paid_.begin(), paid_.end(), [](Paid const& paid) { return paid.extension; }));
}

bool Reading::may_extend() const {
    return rules_.extension.groups.at(counting_).contains(person_);
}

/// Looked up at a month: that of the lump sum, or T when only the status is asked for.
bool Reading::lump_sum_is_open(YearMonth month) const {
    return paid_.front().month < rules_.extension.lump_sum_first_paid_before.at(month)
           && extension_months() >= rules_.extension.lump_sum_after.at(month);
}

bool Reading::each_area_pays(YearMonth month) const {
    return rules_.pension.paid_by.at(month) == law::PaidBy::each_area;
}

Wide Reading::account_balance(YearMonth month) {
    // Under each_area nothing is gathered: the benefit location may hold nothing.
    Holding const* const held = find_holding(out_.benefit_area.value());
    return held == nullptr ? 0 : balance(*held, month);
}

void Reading::settle(YearMonth month) {
    Wide const balance = account_balance(month);
    out_.settlement_month = month;
    out_.account_balance = fen(balance);
    out_.pension =
        each_area_pays(month) ? pension_of_each_area(month) : pension_of_place(month, balance);
}

Status Reading::status() const {
    if (out_.settlement_month) {
        return Status::pension;
    }
    if (!ever_paid_) {
        return Status::no_contributions;
    }
    if (paid_.empty()) {
        return Status::refunded;
    }
    if (dead_) {
        return Status::died;
    }
    if (!out_.benefit_area) {
        return Status::undetermined;
    }
    if (!may_extend()) {
        return Status::short_no_extension;
    }
    return lump_sum_is_open(counting_) ? Status::lump_sum : Status::extend;
}

std::vector<AreaMonths> Reading::months_by_area(YearMonth until) const {
    std::vector<AreaMonths> all;
    for (auto const& paid : paid_) {
        if (paid.month > until) {
            continue;
        }
        auto found = std::find_if(
            all.begin(), all.end(), [&](AreaMonths const& a) { return a.area == paid.area; });
        if (found == all.end()) {
            found = all.insert(all.end(), {paid.area, 0});
        }
        found->months += paid.months;
    }
    return all;
}

// ---- 2.5 The pension ----

int Reading::payout(YearMonth month) const {
    return payout_months_e1(rules_.payout.months.at(month),
                            rules_.payout.interpolation.at(month),
                            (month - life_.birth).count());
}

Pension Reading::pension_of_place(YearMonth month, Wide balance) const {
    AreaId const place = out_.benefit_area.value();
    Pension pension;
    pension.index_e4 = average_index_e4(
        paid_, [&](Paid const& paid) { return wages_.at(place, paid.month.year() - 1); });
    pension.payout_months_e1 = payout(month);
    pension.basic =
        fen(basic_pension(wages_.at(place, month.year() - 1), pension.index_e4, total()));
    pension.account = fen(half_up(10 * balance, pension.payout_months_e1));
    pension.monthly = pension.basic + pension.account;
    return pension;
}

Pension Reading::pension_of_each_area(YearMonth month) {
    auto const wage_where_paid = [&](Paid const& paid) {
        return wages_.at(paid.area, paid.month.year() - 1);
    };
    Pension pension;
    pension.index_e4 = average_index_e4(paid_, wage_where_paid);
    pension.payout_months_e1 = payout(month);
    for (auto const& share : months_by_area(month)) {
        std::vector<Paid> here;
        std::copy_if(paid_.begin(), paid_.end(), std::back_inserter(here), [&](Paid const& paid) {
            return paid.area == share.area;
        });
        AreaPension part;
        part.area = share.area;
        part.months = share.months;
        part.index_e4 = average_index_e4(here, wage_where_paid);
        Fen const wage = wages_.at(share.area, month.year() - 1);
        part.basic = fen(basic_pension(wage, part.index_e4, share.months));
        if (Holding const* const held = find_holding(share.area)) {
            part.balance = fen(balance(*held, month));
            part.account = fen(half_up(10 * balance(*held, month), pension.payout_months_e1));
        }
        pension.basic += part.basic;
        pension.account += part.account;
        pension.by_area.push_back(part);
    }
    // Gathered before the reform at a place where nothing was ever paid: its account pays all the
    // same.
    for (auto const& held : holdings_) {
        bool paid_there = false;
        for (auto const& part : pension.by_area) {
            paid_there = paid_there || part.area == held.area;
        }
        if (!paid_there) {
            AreaPension part;
            part.area = held.area;
            part.balance = fen(balance(held, month));
            part.account = fen(half_up(10 * balance(held, month), pension.payout_months_e1));
            pension.account += part.account;
            pension.by_area.push_back(part);
        }
    }
    pension.monthly = pension.basic + pension.account;
    return pension;
}

} // namespace

std::variant<Outcome, Rejected>
plain_decide(law::RuleBook const& rules, AverageWages const& wages, Life const& life) {
    try {
        return Reading(rules, wages, life).decide();
    } catch (Fault const&) {
        return Rejected{};
    }
}

} // namespace pensim::test
