#include "sim/engine/life_change.hpp"

#include <algorithm>
#include <numeric>

namespace pensim::engine {

namespace {

/// Keeps the earliest of the months that it is told.
class Earliest {
  public:
    void note(YearMonth month) { month_ = month_ ? std::min(*month_, month) : month; }
    [[nodiscard]] std::optional<YearMonth> month() const { return month_; }

  private:
    std::optional<YearMonth> month_;
};

bool same_payment(Record const& a, Record const& b) {
    return a.area == b.area && a.base == b.base && a.kind == b.kind && a.transfer == b.transfer
           && a.lump_months == b.lump_months;
}

/// Records of drawn lives stand in order of time and end with their year.
void compare_records(Life const& before, Life const& after, Earliest& earliest) {
    auto const& a = before.records;
    auto const& b = after.records;
    for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
        if (i >= a.size() || i >= b.size()) {
            earliest.note(i < a.size() ? a[i].from : b[i].from);
            return;
        }
        if (a[i].from != b[i].from || !same_payment(a[i], b[i])) {
            earliest.note(std::min(a[i].from, b[i].from));
            return;
        }
        if (a[i].to != b[i].to) {
            earliest.note(std::min(a[i].to, b[i].to).next());
            return;
        }
    }
}

/// Lists in order of time: the month of the first entries that differ.
template <class Entry>
bool compare_lists(std::vector<Entry> const& a, std::vector<Entry> const& b, Earliest& earliest) {
    auto const [left, right] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    if (left != a.end()) {
        earliest.note(left->month);
    }
    if (right != b.end()) {
        earliest.note(right->month);
    }
    return left != a.end() || right != b.end();
}

bool compare_books(LifeBooks const& before, LifeBooks const& after, Earliest& earliest) {
    auto const& a = before.rows();
    auto const& b = after.rows();
    auto const [left, right] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    bool const differ = left != a.end() || right != b.end();
    if (differ) {
        int const year = left == a.end()    ? right->year
                         : right == b.end() ? left->year
                                            : std::min(left->year, right->year);
        earliest.note(YearMonth(year, 12));
    }
    return differ;
}

} // namespace

LifeFacts facts_of(LifeResult const& result) {
    law::Walk const& walk = *result.walk;
    LifeFacts facts;
    facts.group = result.drawn->life.group;
    facts.birth = result.drawn->life.birth;
    facts.status = result.status;
    facts.branch = walk.place ? walk.place->branch : Branch::none;
    facts.benefit_area = walk.place ? std::optional(walk.place->area) : std::nullopt;
    facts.counting = walk.counting;
    facts.settlement = walk.settlement;
    facts.months_total = walk.months_total;
    if (walk.counted && walk.place) {
        int const at_counting = std::accumulate(
            walk.standings.begin(), walk.standings.end(), 0, [](int sum, law::Standing const& s) {
                return sum + s.months;
            });
        facts.months_short = std::max(0, walk.required - at_counting);
    }
    facts.pension = result.pension;
    facts.paid_out = result.paid_out;
    return facts;
}

LifeChange change_between(LifeSide const& before, LifeSide const& after) {
    LifeFacts const& a = before.facts;
    LifeFacts const& b = after.facts;
    LifeChange change;
    Earliest earliest;
    auto const mark = [&](Change what, bool differs, YearMonth month) {
        if (differs) {
            change.changed[static_cast<std::size_t>(what)] = true;
            earliest.note(month);
        }
    };
    YearMonth const counting = std::min(a.counting, b.counting);
    YearMonth const never = YearMonth::last();
    YearMonth const settled = std::min(a.settlement.value_or(never), b.settlement.value_or(never));
    // T or later: what came before shows in the records and lists below.
    mark(Change::status, a.status != b.status, counting);
    mark(Change::benefit_area, a.benefit_area != b.benefit_area, counting);
    mark(Change::branch, a.branch != b.branch, counting);
    mark(Change::months_short, a.months_short != b.months_short, counting);
    mark(Change::pension, a.monthly() != b.monthly(), settled);
    compare_records(before.life, after.life, earliest);
    if (before.life.claim != after.life.claim
        || before.life.move_to_resident_scheme != after.life.move_to_resident_scheme) {
        earliest.note(counting);
    }
    bool const transfers =
        compare_lists(before.books.transfers(), after.books.transfers(), earliest);
    bool const refunds = compare_lists(before.books.refunds(), after.books.refunds(), earliest);
    bool const books = compare_books(before.books, after.books, earliest);
    change.changed[static_cast<std::size_t>(Change::transfers)] = transfers;
    change.changed[static_cast<std::size_t>(Change::books)] = books || refunds || transfers;
    change.first = earliest.month();
    return change;
}

Simplicity simplicity_of(Life const& life) {
    Simplicity simplicity;
    Record const* last = nullptr;
    for (Record const& record : life.records) {
        bool const goes_on = last != nullptr && last->area == record.area
                             && last->kind == record.kind && last->to.next() == record.from;
        simplicity.spells += goes_on ? 0 : 1;
        simplicity.months += (record.to - record.from).count() + 1;
        last = &record;
    }
    return simplicity;
}

LifeFacts facts_of(lanes::PlannedLife const& life) {
    LifeFacts facts;
    facts.group = life.group;
    facts.birth = life.birth;
    facts.status = life.status;
    facts.branch = life.place ? life.place->branch : Branch::none;
    facts.benefit_area = life.place ? std::optional(life.place->area) : std::nullopt;
    facts.months_total = life.months_total;
    facts.months_short = life.place ? life.missing : 0;
    return facts;
}

Simplicity simplicity_of(world::Career const& career) {
    Simplicity simplicity;
    world::Spell const* last = nullptr;
    for (world::Spell const& spell : career.spells) {
        bool const goes_on = last != nullptr && last->area == spell.area && last->kind == spell.kind
                             && last->to.next() == spell.from;
        simplicity.spells += goes_on ? 0 : 1;
        simplicity.months += (spell.to - spell.from).count() + 1;
        last = &spell;
    }
    return simplicity;
}

} // namespace pensim::engine
