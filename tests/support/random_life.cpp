#include "tests/support/random_life.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <sstream>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "tests/support/plain_law.hpp"

namespace pensim::test {

namespace {

/// Draws that are the same with every standard library. Two draws in one expression stand in
/// braces, where their order is fixed.
class Dice {
  public:
    explicit Dice(std::mt19937_64& random) : random_(&random) {}
    /// From 0 up to, not including, `count`.
    int below(int count) {
        return static_cast<int>((*random_)() % static_cast<std::uint64_t>(count));
    }
    int between(int lowest, int highest) { return lowest + below(highest - lowest + 1); }
    bool percent(int chance) { return below(100) < chance; }
    template <class T>
    T one_of(std::initializer_list<T> values) {
        return *(values.begin() + below(static_cast<int>(values.size())));
    }
    template <class T>
    T const& one_of(std::vector<T> const& values) {
        return values[static_cast<std::size_t>(below(static_cast<int>(values.size())))];
    }

  private:
    std::mt19937_64* random_;
};

YearMonth end_of(Record const& record) {
    return record.kind == Kind::lump_sum ? record.from : record.to;
}

/// Draws one life. Every answer that depends on the law is asked of plain_decide.
class LifeDraw {
  public:
    LifeDraw(std::mt19937_64& random, RandomLifeOptions const& options)
        : dice_(random), options_(options) {}
    Life draw() {
        draw_person();
        draw_places();
        draw_claim();
        draw_career();
        draw_manners();
        if (dice_.percent(18)) {
            add_gap();
        }
        if (dice_.percent(22)) {
            add_overlap();
        }
        if (dice_.percent(16)) {
            add_early_lump_sum();
        }
        draw_events_before();
        draw_after();
        if (dice_.percent(options_.faulty_percent)) {
            add_fault();
        }
        shuffle_lists();
        return std::move(life_);
    }

  private:
    [[nodiscard]] std::optional<Outcome> decide() const {
        auto decision = plain_decide(*options_.rules, *options_.wages, life_);
        if (auto* const outcome = std::get_if<Outcome>(&decision)) {
            return std::move(*outcome);
        }
        return std::nullopt;
    }

    // Who, where, when.
    void draw_person();
    void draw_places();
    void draw_claim();
    [[nodiscard]] AreaId any_area() {
        return AreaId(static_cast<std::uint16_t>(dice_.below(options_.areas)));
    }
    [[nodiscard]] Fen draw_base();
    [[nodiscard]] Kind draw_kind() {
        return dice_.percent(65) ? Kind::employed
                                 : dice_.one_of({Kind::self_employed, Kind::flexible});
    }
    [[nodiscard]] YearMonth youngest() const { return life_.birth + Months::of_years(16); }
    void add_spell(AreaId area, YearMonth from, YearMonth to);

    // Careers.
    void draw_career();
    void draw_free_career();
    void draw_spells_back_from_counting(std::vector<int> const& lengths);
    [[nodiscard]] std::vector<int> near_a_limit();
    [[nodiscard]] std::vector<int> a_tie();
    [[nodiscard]] std::vector<int> exact_total();
    void tie_by_lump_sums();
    void pay_a_spell_at_once();
    void add_gap();
    void draw_manners();
    void add_overlap();
    void add_early_lump_sum();
    void draw_events_before();

    // After the counting month.
    void draw_after();
    void extend(Outcome const& short_of);
    YearMonth add_extension(AreaId area, YearMonth from, int months);
    void pay_the_rest(AreaId area, YearMonth month, int months);
    void add_late_event(YearMonth counting);

    void add_fault();
    void add_fault_after(Outcome const& outcome);
    void shuffle_lists();

    Dice dice_;
    RandomLifeOptions options_;
    Life life_;
    std::vector<AreaId> places_;              ///< where this person works; some may be equal
    YearMonth counting_ = YearMonth::first(); ///< expected: the claim, else the statutory month
};

// ---- Who, where, when ----

void LifeDraw::draw_person() {
    life_.group =
        dice_.percent(45)
            ? Group::mainland
            : dice_.one_of(
                {Group::hong_kong, Group::macau, Group::taiwan, Group::foreign, Group::foreign});
    life_.sex = dice_.one_of({Sex::male, Sex::female});
    life_.post = dice_.one_of({Post::worker, Post::management});
    life_.birth = YearMonth{dice_.between(1945, 1990), dice_.between(1, 12)};
    if (life_.group == Group::foreign) {
        life_.nationality = dice_.one_of({CountryCode{'U', 'S', 'A'}, CountryCode{'D', 'E', 'U'}});
        life_.permanent_resident = dice_.percent(50);
    }
    life_.continue_in_last_area = dice_.percent(40);
    life_.move_to_resident_scheme = dice_.percent(25);
}

void LifeDraw::draw_places() {
    int const count = dice_.between(1, std::min(5, options_.areas));
    for (int i = 0; i < count; ++i) {
        places_.push_back(any_area());
    }
    // An election is open in one area: without help it would seldom be the last one.
    auto const& entries = options_.rules->place.election_area.entries();
    auto const election = entries.empty() ? std::nullopt : entries.back().value.area;
    if (election && row(*election) < options_.areas && dice_.percent(50)) {
        places_.front() = *election;
    }
    if (life_.group == Group::mainland) {
        life_.hukou = dice_.percent(55) ? dice_.one_of(places_) : any_area();
    }
}

void LifeDraw::draw_claim() {
    counting_ = decide().value().statutory_month; // a life without records has no fault
    if (!dice_.percent(35)) {
        return;
    }
    int const most = dice_.percent(50) ? 36 : 12;
    life_.claim = counting_ + Months(dice_.between(-most, dice_.percent(60) ? 0 : most));
    if (decide()) {
        counting_ = *life_.claim;
    } else if (!dice_.percent(options_.faulty_percent)) {
        life_.claim.reset();
    }
}

Fen LifeDraw::draw_base() {
    if (dice_.percent(3)) {
        return Fen(dice_.between(0, 20)); // a few fen: every rounding shows
    }
    if (dice_.percent(40)) {
        return Fen(100'000) * dice_.between(1, 40);
    }
    return Fen(dice_.between(50'000, 4'000'000));
}

void LifeDraw::add_spell(AreaId area, YearMonth from, YearMonth to) {
    if (to < from) {
        return;
    }
    Record record;
    record.area = area;
    record.from = from;
    record.to = to;
    record.base = draw_base();
    record.kind = draw_kind();
    life_.records.push_back(record);
}

// ---- Careers ----

void LifeDraw::draw_career() {
    switch (dice_.below(16)) {
    case 0:
        return; // never paid
    case 1:
    case 2:
    case 3:
    case 4:
        return draw_free_career();
    case 5:
    case 6:
    case 7:
    case 8:
        return draw_spells_back_from_counting(near_a_limit());
    case 9:
    case 10:
    case 11:
        draw_spells_back_from_counting(a_tie());
        if (dice_.percent(30)) {
            pay_a_spell_at_once();
        }
        return;
    case 12:
        return tie_by_lump_sums();
    default:
        return draw_spells_back_from_counting(exact_total());
    }
}

void LifeDraw::draw_free_career() {
    int const spells = dice_.between(1, 8);
    int const length = dice_.one_of({12, 36, 60, 120});
    YearMonth month = youngest() + Months(dice_.below(300));
    for (int i = 0; i < spells && month <= counting_; ++i) {
        YearMonth const from = month + Months(dice_.percent(50) ? 0 : dice_.below(60));
        int const months = dice_.percent(12) ? 1 : dice_.between(1, length);
        YearMonth const to = std::min(counting_, from + Months(months - 1));
        add_spell(dice_.one_of(places_), from, to);
        month = std::max(month, to + Months(1));
    }
}

/// The last spell ends at or somewhat before the counting month; where a life has no room the early
/// spells are lost.
void LifeDraw::draw_spells_back_from_counting(std::vector<int> const& lengths) {
    bool const gaps = dice_.percent(30);
    YearMonth to = counting_ - Months(dice_.percent(65) ? 0 : dice_.below(80));
    std::vector<AreaId> areas = places_;
    if (areas.size() == 2 && lengths.size() > 2) {
        // Back where the career began, perhaps into a temporary account.
        areas.push_back(areas.front());
    }
    while (areas.size() < lengths.size()) {
        areas.push_back(dice_.percent(60) ? any_area() : dice_.one_of(places_));
    }
    for (std::size_t i = 0; i < lengths.size(); ++i) {
        YearMonth const from = std::max(youngest(), to - Months(lengths[i] - 1));
        add_spell(areas[i], from, to);
        to = from - Months(1 + (gaps ? dice_.below(24) : 0));
    }
    std::reverse(life_.records.begin(), life_.records.end());
}

std::vector<int> LifeDraw::near_a_limit() {
    int const limit = options_.rules->place.min_months.at(counting_);
    std::vector<int> lengths;
    int const spells = dice_.between(1, 4);
    for (int i = 0; i < spells; ++i) {
        int const near = std::max(1, limit + dice_.between(-1, 1));
        lengths.push_back(dice_.percent(55) ? near : dice_.between(1, 150));
    }
    return lengths;
}

std::vector<int> LifeDraw::a_tie() {
    int const limit = options_.rules->place.min_months.at(counting_);
    int const months = dice_.between(2, dice_.percent(75) ? std::max(2, limit - 1) : limit + 40);
    std::vector<int> lengths(static_cast<std::size_t>(dice_.between(2, 4)), months);
    if (dice_.percent(50)) {
        lengths.front() = dice_.between(1, months); // a last area that does not share the tie
    }
    if (dice_.percent(30)) {
        lengths.back() =
            std::max(1, months - dice_.between(1, 11)); // equal in completed years, perhaps
    }
    return lengths;
}

/// The required months, one more or one less, cut into spells.
std::vector<int> LifeDraw::exact_total() {
    int const required = options_.rules->pension.required_months.at(counting_);
    int const step = dice_.percent(80) ? 1 : 30;
    int total = std::max(1, required + step * dice_.between(-1, 1));
    if (dice_.percent(35)) {
        total = std::max(1, total - dice_.between(1, 70)); // leaves room for an extension
    }
    std::vector<int> lengths;
    for (int spells = dice_.between(1, 4); spells > 1 && total > 1; --spells) {
        lengths.push_back(dice_.between(1, total - 1));
        total -= lengths.back();
    }
    lengths.push_back(total);
    return lengths;
}

/// Areas paid in last in one and the same month: the ties that a month-by-month history cannot
/// have.
void LifeDraw::tie_by_lump_sums() {
    int const months = dice_.one_of({dice_.between(2, 90), dice_.between(118, 130)});
    YearMonth const last = std::max(youngest(), counting_ - Months(dice_.below(40)));
    if (dice_.percent(70)) {
        int const run = dice_.one_of({1, months, dice_.between(1, months)});
        add_spell(dice_.one_of(places_), std::max(youngest(), last - Months(run - 1)), last);
    }
    int const sums = dice_.between(1, 3);
    for (int i = 0; i < sums; ++i) {
        Record record;
        record.area = any_area();
        // Inside the run of another area, a later last month is not a later start.
        record.from = std::max(youngest(), last - Months(dice_.percent(75) ? 0 : dice_.below(30)));
        record.to = record.from;
        record.base = draw_base();
        record.kind = Kind::lump_sum;
        record.lump_months = months - (dice_.percent(25) ? 1 : 0);
        life_.records.push_back(record);
        if (dice_.percent(35)) {
            // Just before it, or with one month between: the last run starts earlier, or does not.
            YearMonth const to = record.from - Months(dice_.between(1, 2));
            add_spell(record.area, std::max(youngest(), to - Months(dice_.below(3))), to);
        }
    }
}

/// As many months in all, but inside another spell: its last month and the start of its last run
/// are in another order.
void LifeDraw::pay_a_spell_at_once() {
    Record& paid =
        life_
            .records[static_cast<std::size_t>(dice_.below(static_cast<int>(life_.records.size())))];
    Record const other = dice_.one_of(life_.records);
    paid.lump_months = (paid.to - paid.from).count() + 1;
    paid.kind = Kind::lump_sum;
    paid.from = other.from + Months(dice_.below((other.to - other.from).count() + 1));
    paid.to = paid.from;
}

/// One spell becomes two, with as many months in all and one or two unpaid between them.
void LifeDraw::add_gap() {
    if (life_.records.empty()) {
        return;
    }
    std::size_t const chosen =
        static_cast<std::size_t>(dice_.below(static_cast<int>(life_.records.size())));
    Record early = life_.records[chosen];
    int const months = (early.to - early.from).count() + 1;
    if (early.kind == Kind::lump_sum || months < 2) {
        return;
    }
    int const gap = dice_.between(1, 2);
    int const first_part = dice_.between(1, months - 1);
    life_.records[chosen].from = early.from + Months(first_part);
    early.from = std::max(youngest(), early.from - Months(gap));
    early.to = life_.records[chosen].from - Months(gap + 1);
    if (early.from <= early.to) {
        life_.records.push_back(early);
    }
}

/// Whether money waits, of the whole life or of single records.
void LifeDraw::draw_manners() {
    int const waits = dice_.one_of({0, 0, 20, 60, 100});
    for (auto& record : life_.records) {
        record.transfer = !dice_.percent(waits);
        record.keep = dice_.percent(8);
    }
}

void LifeDraw::add_overlap() {
    if (life_.records.empty()) {
        return;
    }
    int const count = dice_.percent(75) ? 1 : 2;
    for (int i = 0; i < count; ++i) {
        Record record = dice_.one_of(life_.records);
        if (record.kind == Kind::lump_sum) {
            continue;
        }
        int const shift = dice_.percent(30) ? 0 : dice_.between(-30, 30);
        int const length = dice_.percent(25) ? 1 : dice_.between(1, 48);
        record.area = dice_.percent(80) ? dice_.one_of(places_) : any_area();
        record.from = std::clamp(record.from + Months(shift), youngest(), counting_);
        record.to = std::min(counting_, record.from + Months(length - 1));
        record.base = draw_base();
        record.kind = draw_kind();
        record.keep = dice_.percent(45);
        life_.records.push_back(record);
    }
}

void LifeDraw::add_early_lump_sum() {
    int const room = std::max(1, (counting_ - youngest()).count());
    Record record;
    record.area = dice_.percent(80) ? dice_.one_of(places_) : any_area();
    record.from = counting_ - Months(dice_.percent(30) ? 0 : dice_.below(std::min(room, 260)));
    record.to = record.from;
    record.base = draw_base();
    record.kind = Kind::lump_sum;
    record.lump_months = dice_.percent(20) ? 1 : dice_.between(1, 60);
    record.transfer = dice_.percent(80);
    life_.records.push_back(record);
}

void LifeDraw::draw_events_before() {
    int const room = std::max(1, (counting_ - youngest()).count());
    auto const any_month = [&] {
        // At the end of a record, where lives change, or anywhere.
        return !life_.records.empty() && dice_.percent(60) ? end_of(dice_.one_of(life_.records))
                                                           : counting_ - Months(dice_.below(room));
    };
    if (dice_.percent(12)) {
        life_.events.push_back({EventKind::depart, any_month(), false});
    }
    if (dice_.percent(14)) {
        life_.events.push_back({EventKind::depart, any_month(), true});
    }
    if (dice_.percent(9)) {
        YearMonth const month = dice_.percent(25) ? counting_ : any_month();
        std::erase_if(life_.events, [&](Event const& event) { return event.month > month; });
        life_.events.push_back({EventKind::death, month, false});
    }
}

// ---- After the counting month ----

void LifeDraw::draw_after() {
    auto const outcome = decide();
    if (!outcome) {
        return;
    }
    bool const is_short = outcome->status == Status::extend || outcome->status == Status::lump_sum;
    if (is_short && dice_.percent(75)) {
        extend(*outcome);
    }
    if (dice_.percent(14)) {
        add_late_event(outcome->counting_month);
    }
}

void LifeDraw::extend(Outcome const& short_of) {
    AreaId const area = short_of.benefit_area.value();
    YearMonth from =
        short_of.counting_month + Months(1 + (dice_.percent(60) ? 0 : dice_.below(20)));
    int const missing = short_of.missing_months;
    int const after = options_.rules->extension.lump_sum_after.at(from);
    int months = missing;
    if (dice_.percent(40)) {
        months = dice_.between(1, missing);
    }
    if (missing > after && dice_.percent(60)) {
        months = std::clamp(after + dice_.between(-1, 3), 1, missing);
    }
    YearMonth last = from;
    if (months > 1 && dice_.percent(30)) {
        int const first_part = dice_.between(1, months - 1);
        last = add_extension(area, from, first_part);
        from = last + Months(1 + (dice_.percent(50) ? 0 : dice_.below(9)));
        last = add_extension(area, from, months - first_part);
    } else {
        last = add_extension(area, from, months);
    }
    if (dice_.percent(12)) {
        // A second payment of the same months, refunded.
        add_extension(area, from, dice_.between(1, std::max(1, (last - from).count() + 1)));
    }
    if (months < missing && dice_.percent(70)) {
        pay_the_rest(area, last, missing - months);
    }
}

YearMonth LifeDraw::add_extension(AreaId area, YearMonth from, int months) {
    Record record;
    record.area = area;
    record.from = from;
    record.to = from + Months(months - 1);
    record.base = draw_base();
    record.kind = Kind::extension;
    record.transfer = dice_.percent(85);
    record.keep = dice_.percent(8);
    life_.records.push_back(record);
    return record.to;
}

/// A lump sum where the right to one is open; without the right it would only be refused.
void LifeDraw::pay_the_rest(AreaId area, YearMonth last_paid, int months) {
    Record record;
    record.area = area;
    record.from = last_paid + Months(dice_.percent(30) ? 0 : dice_.between(1, 6));
    record.to = record.from;
    record.base = draw_base();
    record.kind = Kind::lump_sum;
    record.lump_months = dice_.percent(60) ? months : dice_.between(1, months);
    life_.records.push_back(record);
    if (!decide()) {
        life_.records.pop_back();
    }
}

void LifeDraw::add_late_event(YearMonth counting) {
    YearMonth last = counting;
    for (auto const& record : life_.records) {
        last = std::max(last, end_of(record));
    }
    int const span = (last - counting).count();
    YearMonth const month =
        counting + Months(dice_.percent(50) ? span : dice_.between(1, span + 12));
    Event const event{
        dice_.percent(60) ? EventKind::death : EventKind::depart, month, dice_.percent(80)};
    auto const records = life_.records;
    life_.events.push_back(event);
    if (event.kind == EventKind::depart && event.terminate) {
        std::erase_if(life_.records, [&](Record const& record) {
            return record.from > std::max(month, counting); // nothing follows the end
        });
        for (auto& record : life_.records) {
            record.to = std::min(record.to, std::max(month, counting));
        }
    }
    if (!decide()) {
        life_.events.pop_back();
        life_.records = records;
    }
}

// ---- Faults ----

void LifeDraw::add_fault() {
    Record record;
    record.area = dice_.one_of(places_);
    record.from = youngest() + Months(dice_.below(200));
    record.to = record.from;
    record.base = draw_base();
    switch (dice_.below(12)) {
    case 0:
        record.from = youngest() - Months(1);
        break;
    case 1:
        record.to = record.from - Months(1);
        break;
    case 2:
        record.kind = Kind::lump_sum;
        record.lump_months = 0;
        break;
    case 3:
        record.kind = Kind::extension;
        record.from = record.to = counting_;
        break;
    case 4:
        // Too early by the statutory month, too early by the original age (some of these are
        // valid), too late.
        life_.claim = counting_ + Months(dice_.one_of({-61, -37, dice_.between(-36, -1), 37, 61}));
        return;
    case 5:
        if (life_.group == Group::mainland) {
            life_.hukou.reset();
            return;
        }
        break;
    case 6:
        life_.events.push_back({EventKind::death, counting_ - Months(12), false});
        life_.events.push_back(
            {EventKind::depart, counting_ - Months(dice_.between(0, 12)), false});
        return;
    default:
        if (auto const outcome = decide()) {
            add_fault_after(*outcome);
        }
        return;
    }
    life_.records.push_back(record);
}

/// One month after T that is not due: of the wrong kind, in the wrong area, without a right, or
/// after settlement.
void LifeDraw::add_fault_after(Outcome const& outcome) {
    YearMonth const from = outcome.settlement_month.value_or(outcome.counting_month) + Months(1);
    AreaId const area =
        outcome.benefit_area && dice_.percent(75) ? *outcome.benefit_area : any_area();
    add_extension(area, from, dice_.between(1, 3));
    Record& record = life_.records.back();
    record.kind = dice_.one_of({Kind::extension, Kind::extension, Kind::employed, Kind::lump_sum});
    record.lump_months = record.kind == Kind::lump_sum ? dice_.between(1, 12) : 0;
}

/// The order of a file is not the order of time; it decides between records that start together,
/// and nothing else.
void LifeDraw::shuffle_lists() {
    if (dice_.percent(40)) {
        for (std::size_t i = life_.records.size(); i > 1; --i) {
            std::swap(life_.records[i - 1],
                      life_.records[static_cast<std::size_t>(dice_.below(static_cast<int>(i)))]);
        }
    }
    if (dice_.percent(15)) {
        std::reverse(life_.events.begin(), life_.events.end());
    }
}

// ---- Rules ----

/// Draws changes to a rule set, key by key.
class RuleDraw {
  public:
    RuleDraw(std::mt19937_64& random, law::RuleBook book, int areas)
        : dice_(random), book_(std::move(book)), areas_(areas) {}
    law::RuleBook draw() {
        // Some rule sets differ in a key or two, some in most of them.
        chance_ = dice_.one_of({4, 10, 25, 60});
        book_.id += "-perturbed";
        draw_place();
        draw_transfer();
        draw_money();
        draw_pension();
        draw_retirement();
        return std::move(book_);
    }

  private:
    template <class T, class Draw>
    void
    perturb(law::Dated<T>& dated, Draw draw_value, int first_year = 2000, int last_year = 2035) {
        if (!dice_.percent(chance_)) {
            return;
        }
        std::vector<typename law::Dated<T>::Entry> reform;
        int const changes = dice_.one_of({1, 1, 1, 2, 3});
        int year = dice_.between(first_year, last_year);
        for (int i = 0; i < changes && year <= last_year; ++i) {
            int const month = dice_.percent(40) ? 1 : dice_.between(1, 12);
            reform.push_back({YearMonth(year, month), draw_value(), "drawn"});
            year += dice_.between(1, 10);
        }
        dated.replace_from(std::move(reform));
    }
    void draw_place();
    void draw_transfer();
    void draw_money();
    void draw_pension();
    void draw_retirement();
    void draw_class(law::RetirementClass& ages, int original_age);

    [[nodiscard]] std::vector<law::Criterion> order();
    [[nodiscard]] law::PersonSet persons();
    [[nodiscard]] Rate rate(int lowest_ppm, int highest_ppm) {
        return Rate::ppm(dice_.percent(50)
                             ? dice_.between(lowest_ppm / 10'000, highest_ppm / 10'000) * 10'000
                             : dice_.between(lowest_ppm, highest_ppm));
    }
    [[nodiscard]] law::AreaRate area_rate(int lowest_ppm, int highest_ppm);
    [[nodiscard]] law::PayoutTable payout_table();
    [[nodiscard]] bool coin() { return dice_.percent(50); }
    [[nodiscard]] AreaId any_area() {
        return AreaId(static_cast<std::uint16_t>(dice_.below(areas_)));
    }

    Dice dice_;
    law::RuleBook book_;
    int areas_;
    int chance_ = 0;
};

std::vector<law::Criterion> RuleDraw::order() {
    using law::Criterion;
    std::vector<Criterion> all{Criterion::hukou,
                               Criterion::relation_qualified,
                               Criterion::last_qualified,
                               Criterion::longest,
                               Criterion::hukou_gathers,
                               Criterion::last_area,
                               Criterion::first_qualified,
                               Criterion::longest_qualified};
    for (std::size_t i = all.size(); i > 1; --i) {
        std::swap(all[i - 1], all[static_cast<std::size_t>(dice_.below(static_cast<int>(i)))]);
    }
    all.erase(all.begin() + dice_.between(1, 5), all.end());
    return all;
}

law::PersonSet RuleDraw::persons() {
    law::PersonSet set;
    for (auto const person : {law::Person::hong_kong,
                              law::Person::macau,
                              law::Person::taiwan,
                              law::Person::foreign_temporary,
                              law::Person::foreign_permanent,
                              law::Person::mainland}) {
        if (coin()) {
            set.insert(person);
        }
    }
    return set;
}

law::AreaRate RuleDraw::area_rate(int lowest_ppm, int highest_ppm) {
    law::AreaRate drawn{rate(lowest_ppm, highest_ppm), {}};
    for (int row = 0; row < areas_; ++row) {
        if (dice_.percent(30)) {
            drawn.exceptions.emplace_back(AreaId(static_cast<std::uint16_t>(row)),
                                          rate(lowest_ppm, highest_ppm));
        }
    }
    return drawn;
}

law::PayoutTable RuleDraw::payout_table() {
    law::PayoutTable table;
    int months = dice_.between(180, 260);
    for (int& entry : table.months) {
        entry = months;
        months -= dice_.between(0, 5);
    }
    return table;
}

void RuleDraw::draw_place() {
    auto& place = book_.place;
    for (auto* const orders : {&place.order_hmt, &place.order_foreign, &place.order_mainland}) {
        perturb(*orders, [&] { return order(); });
    }
    perturb(place.min_months, [&] { return dice_.one_of({1, 12, 60, 100, 121, 144, 180}); });
    perturb(place.tie, [&] {
        return dice_.one_of({law::TieRule::latest_last_paid,
                             law::TieRule::latest_start,
                             law::TieRule::latest_start,
                             law::TieRule::earliest_start,
                             law::TieRule::none});
    });
    perturb(place.compare_unit, [&] {
        return dice_.one_of(
            {law::CompareUnit::year, law::CompareUnit::year, law::CompareUnit::month});
    });
    perturb(place.count_transferred_months, [&] { return coin(); });
    perturb(place.election_area, [&] {
        return dice_.one_of({law::ElectionArea{true, std::nullopt},
                             law::ElectionArea{false, any_area()},
                             law::ElectionArea{false, any_area()},
                             law::ElectionArea{}});
    });
    perturb(place.election_groups, [&] { return persons(); });
}

void RuleDraw::draw_transfer() {
    perturb(book_.transfer.pooled_rate, [&] {
        return dice_.one_of({law::PooledRate{true, Rate()},
                             law::PooledRate{false, Rate()},
                             law::PooledRate{false, rate(0, 250'000)}});
    });
    perturb(book_.transfer.on_move, [&] { return coin(); });
    perturb(book_.temporary.male_age, [&] { return dice_.between(30, 60); });
    perturb(book_.temporary.female_age, [&] { return dice_.between(30, 60); });
    perturb(book_.temporary.groups, [&] { return persons(); });
}

/// The account never takes more than employer and worker pay together: a pool that paid in would be
/// another system.
void RuleDraw::draw_money() {
    perturb(book_.account.rate, [&] { return rate(0, 120'000); });
    perturb(book_.account.interest, [&] { return rate(0, 100'000); });
    perturb(book_.contribution.recorded, [&] { return dice_.percent(70); });
    perturb(book_.contribution.employer_rate, [&] { return area_rate(80'000, 220'000); });
    perturb(book_.contribution.individual_rate, [&] { return area_rate(40'000, 100'000); });
    perturb(book_.contribution.alone_pool_rate, [&] { return area_rate(0, 200'000); });
    perturb(book_.refund.part_year_interest, [&] { return coin(); });
}

void RuleDraw::draw_pension() {
    perturb(book_.pension.required_months, [&] {
        return dice_.one_of({60, 120, 180, 181, 240, dice_.between(1, 300)});
    });
    perturb(book_.pension.paid_by, [&] {
        return dice_.one_of({law::PaidBy::each_area, law::PaidBy::each_area, law::PaidBy::place});
    });
    perturb(book_.payout.months, [&] { return payout_table(); });
    perturb(book_.payout.interpolation, [&] {
        return dice_.one_of(
            {law::PayoutInterpolation::linear, law::PayoutInterpolation::completed_years});
    });
    perturb(book_.extension.groups, [&] { return persons(); });
    perturb(book_.bridge.open, [&] { return coin(); });
    perturb(book_.extension.lump_sum_after, [&] { return dice_.one_of({0, 1, 12, 24, 61}); });
    perturb(book_.extension.lump_sum_first_paid_before, [&] {
        return YearMonth{dice_.between(1990, 2040), dice_.between(1, 12)};
    });
}

void RuleDraw::draw_retirement() {
    auto& retirement = book_.retirement;
    draw_class(retirement.male, 60);
    draw_class(retirement.female_management, 55);
    draw_class(retirement.female_worker, 50);
    perturb(retirement.delay_start, [&] {
        return YearMonth{dice_.between(2005, 2040), dice_.between(1, 12)};
    });
    perturb(retirement.early_max, [&] { return dice_.one_of({0, 12, 36, 60}); });
    perturb(retirement.late_max, [&] { return dice_.one_of({0, 12, 36, 60}); });
}

void RuleDraw::draw_class(law::RetirementClass& ages, int original_age) {
    // Looked up at the month of birth: a change inside 2000-2035 would meet nobody.
    perturb(
        ages.original_age, [&] { return original_age + dice_.between(-5, 10); }, 1945, 1990);
    perturb(ages.delay_step, [&] { return dice_.between(0, 6); });
    perturb(ages.delay_max, [&] { return dice_.between(0, 72); });
}

// ---- Text ----

constexpr std::array<std::string_view, 5> group_names{
    "hong_kong", "macau", "taiwan", "foreign", "mainland"};
constexpr std::array<std::string_view, 5> kind_names{
    "employed", "self_employed", "flexible", "extension", "lump_sum"};

void describe_record(std::ostream& text, Record const& record) {
    text << "  area " << row(record.area) << ' ' << record.from.text();
    if (record.kind == Kind::lump_sum) {
        text << " for " << record.lump_months << " months";
    } else {
        text << ".." << record.to.text();
    }
    std::int64_t const fen = record.base.count();
    text << " base " << fen / 100 << '.' << fen % 100 / 10 << fen % 10 << ' '
         << kind_names[static_cast<std::size_t>(record.kind)];
    text << (record.transfer ? "" : " transfer:false") << (record.keep ? " keep" : "") << '\n';
}

} // namespace

Life random_life(std::mt19937_64& random, RandomLifeOptions const& options) {
    PENSIM_EXPECT(options.rules != nullptr && options.wages != nullptr && options.areas > 0);
    // A fault that comes by chance (an overlap into the wrong month, say) is drawn again; a few are
    // let through.
    for (int attempt = 0;; ++attempt) {
        Life life = LifeDraw(random, options).draw();
        bool const valid =
            std::holds_alternative<Outcome>(plain_decide(*options.rules, *options.wages, life));
        if (valid || attempt == 20 || Dice(random).percent(options.faulty_percent * 10)) {
            return life;
        }
    }
}

law::RuleBook random_rules(std::mt19937_64& random, law::RuleBook const& base, int areas) {
    PENSIM_EXPECT(areas > 0);
    return RuleDraw(random, base, areas).draw();
}

std::string describe(Life const& life) {
    std::ostringstream text;
    text << group_names[static_cast<std::size_t>(life.group)]
         << (life.sex == Sex::male ? " male" : " female")
         << (life.post == Post::management ? " management" : "") << " born " << life.birth.text();
    if (life.hukou) {
        text << " hukou " << row(*life.hukou);
    }
    text << (life.permanent_resident ? " permanent_resident" : "")
         << (life.continue_in_last_area ? " continue_in_last_area" : "")
         << (life.move_to_resident_scheme ? " move_to_resident_scheme" : "");
    if (life.claim) {
        text << " claim " << life.claim->text();
    }
    text << '\n';
    for (auto const& record : life.records) {
        describe_record(text, record);
    }
    for (auto const& event : life.events) {
        text << "  " << event.month.text()
             << (event.kind == EventKind::death ? " death"
                 : event.terminate              ? " depart terminate"
                                                : " depart")
             << '\n';
    }
    return text.str();
}

} // namespace pensim::test
