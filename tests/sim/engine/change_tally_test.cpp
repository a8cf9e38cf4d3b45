#include "sim/engine/change_tally.hpp"

#include <algorithm>
#include <cstdlib>
#include <random>
#include <set>

#include <doctest/doctest.h>

#include "core/law/words.hpp"

namespace pensim::engine {
namespace {

constexpr std::size_t areas = 3;
constexpr YearMonth reference(2027, 1);

// ---- amounts ------------------------------------------------------------------------------------

/// Around every power of two, and others at random, sizes of every order; rising.
std::vector<std::int64_t> many_amounts() {
    std::set<std::int64_t> amounts;
    for (std::int64_t i = 0; i <= 10'000; ++i) {
        amounts.insert(i);
    }
    for (int bit = 1; bit < 63; ++bit) {
        for (std::int64_t const near : {-2, -1, 0, 1, 2}) {
            amounts.insert((std::int64_t{1} << bit) + near);
        }
    }
    amounts.erase(-1);
    amounts.insert({INT64_MAX, INT64_MAX - 1, INT64_MAX - 2});
    std::mt19937_64 random(1);
    for (int i = 0; i < 20'000; ++i) {
        amounts.insert(static_cast<std::int64_t>(random() >> (1 + random() % 60)));
    }
    std::vector<std::int64_t> both;
    for (std::int64_t const amount : amounts) {
        both.push_back(amount);
        both.push_back(-amount);
    }
    std::sort(both.begin(), both.end());
    return both;
}

TEST_CASE("classes of amounts rise with the amount, and hold it to one part in 2048") {
    std::uint32_t last = 0;
    for (std::int64_t const amount : many_amounts()) {
        CAPTURE(amount);
        std::uint32_t const number = amount_class(Fen(amount));
        CHECK(number >= last);
        last = number;
        std::int64_t const middle = amount_of_class(number).count();
        std::int64_t const size = std::abs(amount);
        CHECK(static_cast<Wide>(std::abs(middle - amount)) * 2048 <= size);
        if (size < 2048) {
            CHECK(middle == amount);
        }
        // The middle stands for the class, on both sides of nothing.
        CHECK(amount_class(Fen(middle)) == number);
        CHECK(amount_of_class(amount_class(Fen(-amount))) == Fen(-middle));
    }
}

// ---- classes ------------------------------------------------------------------------------------

TEST_CASE("months short fall into classes, both sides of each limit") {
    CHECK(months_short_class(0) == 0);
    for (std::size_t i = 0; i + 1 < months_short_ends.size(); ++i) {
        CAPTURE(months_short_ends[i]);
        CHECK(months_short_class(months_short_ends[i]) == i);
        CHECK(months_short_class(months_short_ends[i] + 1) == i + 1);
    }
    CHECK(months_short_class(240) == months_short_ends.size() - 1);
}

TEST_CASE("pensions fall into classes, both sides of each limit") {
    CHECK(pension_class(Fen(0)) == 0);
    CHECK(pension_class(Fen(1)) == 1);
    for (std::size_t i = 0; i + 1 < pension_ends.size(); ++i) {
        CAPTURE(pension_ends[i]);
        CHECK(pension_class(Fen(pension_ends[i] * 100)) == i);
        CHECK(pension_class(Fen(pension_ends[i] * 100 + 1)) == i + 1);
    }
}

TEST_CASE("areas, and none, have codes") {
    for (int const number : {0, 1, 399, 0xfffe}) {
        std::optional<AreaId> const area(static_cast<AreaId>(number));
        CHECK(area_of_code(area_code(area)) == area);
    }
    CHECK(area_of_code(area_code(std::nullopt)) == std::nullopt);
}

TEST_CASE("a transition packs and unpacks; transitions are listed by change, then by group") {
    std::vector<std::uint64_t> packed;
    for (std::size_t what = 0; what < change_count; ++what) {
        for (std::size_t group = 0; group < group_count; ++group) {
            for (int const from : {0, 7, 0xffff}) {
                for (int const to : {0, 399, 0xffff}) {
                    TransitionKey const key{static_cast<Change>(what),
                                            static_cast<Group>(group),
                                            static_cast<std::uint16_t>(from),
                                            static_cast<std::uint16_t>(to)};
                    packed.push_back(key.packed());
                    TransitionKey const again = TransitionKey::unpacked(packed.back());
                    CHECK(again.what == key.what);
                    CHECK(again.group == key.group);
                    CHECK(again.from == key.from);
                    CHECK(again.to == key.to);
                }
            }
        }
    }
    CHECK(std::is_sorted(packed.begin(), packed.end()));
    CHECK(std::adjacent_find(packed.begin(), packed.end()) == packed.end());
}

// ---- traits -------------------------------------------------------------------------------------

LifeFacts born(int months_before_reference) {
    LifeFacts facts;
    facts.birth = reference - Months(months_before_reference);
    return facts;
}

TEST_CASE("ages go by decades, from birth on") {
    Traits const traits(areas, reference);
    struct Case {
        int months;
        std::size_t value;
    };
    for (Case const& c : {Case{-1, age_unborn},
                          {0, 1},
                          {119, 1},
                          {120, 2},
                          {599, 5},
                          {600, 6},
                          {1199, 10},
                          {1200, 11},
                          {1299, 11},
                          {1320, 11}}) {
        CAPTURE(c.months);
        CHECK(traits.rows_of(born(c.months))[static_cast<std::size_t>(Trait::age)]
              == traits.row_of(Trait::age, c.value));
    }
}

TEST_CASE("careers go by five years of paid months") {
    Traits const traits(areas, reference);
    struct Case {
        int months;
        std::size_t value;
    };
    for (Case const& c : {Case{0, 0}, {1, 1}, {59, 1}, {60, 2}, {539, 9}, {540, 10}, {700, 10}}) {
        CAPTURE(c.months);
        LifeFacts facts;
        facts.months_total = c.months;
        CHECK(traits.rows_of(facts)[static_cast<std::size_t>(Trait::career)]
              == traits.row_of(Trait::career, c.value));
    }
}

TEST_CASE("each value of a trait has a row of its own, and no row is left over") {
    Traits const traits(areas, reference);
    std::set<std::size_t> rows;
    std::size_t values = 0;
    for (std::size_t t = 0; t < trait_count; ++t) {
        auto const trait = static_cast<Trait>(t);
        values += traits.values(trait);
        for (std::size_t v = 0; v < traits.values(trait); ++v) {
            rows.insert(traits.row_of(trait, v));
        }
    }
    CHECK(rows.size() == values);
    CHECK(rows.size() == traits.rows());
    CHECK(*rows.rbegin() + 1 == traits.rows());
    CHECK(traits.values(Trait::group) == words<Group>.size());
    LifeFacts facts;
    CHECK(traits.rows_of(facts)[static_cast<std::size_t>(Trait::benefit_area)]
          == traits.row_of(Trait::benefit_area, areas));
    facts.benefit_area = AreaId{2};
    CHECK(traits.rows_of(facts)[static_cast<std::size_t>(Trait::benefit_area)]
          == traits.row_of(Trait::benefit_area, 2));
    facts.group = Group::mainland;
    CHECK(traits.rows_of(facts)[static_cast<std::size_t>(Trait::group)]
          == traits.row_of(Trait::group, static_cast<std::size_t>(Group::mainland)));
}

// ---- sums ---------------------------------------------------------------------------------------

/// One person with something that differs.
struct Person {
    LifeFacts before;
    LifeFacts after;
    Life life;
    LifeChange change;
    PersonOfRun number;
};

Pension pension_of(std::int64_t fen) {
    Pension pension;
    pension.monthly = Fen(fen);
    return pension;
}

/// None for one in three.
std::optional<Pension> random_pension(std::mt19937_64& random) {
    if (random() % 3 == 0) {
        return std::nullopt;
    }
    return pension_of(static_cast<std::int64_t>(1 + random() % 900'000));
}

Person random_person(std::mt19937_64& random, std::uint64_t number) {
    Person person;
    person.number = {static_cast<std::uint32_t>(number % 3), number};
    LifeFacts& a = person.before;
    a.group = static_cast<Group>(random() % group_count);
    a.birth = YearMonth(1930, 1) + Months(static_cast<int>(random() % 1200));
    a.months_total = static_cast<int>(random() % 600);
    if (random() % 4 != 0) {
        a.benefit_area = static_cast<AreaId>(random() % areas);
        a.branch = Branch::longest;
    }
    LifeFacts& b = person.after;
    b = a;
    a.pension = random_pension(random);
    b.pension = random_pension(random);
    a.paid_out = Fen(static_cast<std::int64_t>(random() % 1'000'000));
    b.paid_out = Fen(static_cast<std::int64_t>(random() % 1'000'000));
    b.months_short = static_cast<int>(random() % 3) * 50;
    auto const mark = [&](Change what, bool differs) {
        person.change.changed[static_cast<std::size_t>(what)] = differs;
        if (differs) {
            person.change.first = YearMonth(2027, 1) + Months(static_cast<int>(random() % 500));
        }
    };
    mark(Change::months_short, a.months_short != b.months_short);
    mark(Change::pension, a.monthly() != b.monthly());
    auto const spells = static_cast<int>(1 + random() % 4);
    for (int i = 0; i < spells; ++i) {
        Record record;
        record.area = static_cast<AreaId>(i % 2);
        record.from = YearMonth(2000 + 5 * i, 1);
        record.to = record.from + Months(static_cast<int>(random() % 6));
        person.life.records.push_back(record);
    }
    return person;
}

std::vector<Person> random_people(int count) {
    std::mt19937_64 random(7);
    std::vector<Person> people;
    for (int i = 0; i < count; ++i) {
        people.push_back(random_person(random, static_cast<std::uint64_t>(i)));
    }
    return people;
}

void note(ChangeTally& tally, Person const& person) {
    LifeBooks const books(areas);
    ++tally.people;
    tally.note({person.before, person.life, books},
               {person.after, person.life, books},
               person.change,
               person.number);
}

/// Everything that a tally holds, as text.
std::string text_of(ChangeTally& tally) {
    std::string text = std::to_string(tally.people) + ' ' + std::to_string(tally.changed) + ' '
                       + std::to_string(tally.paid_out.count());
    for (std::int64_t const count : tally.by_change) {
        text += ' ' + std::to_string(count);
    }
    for (auto* const cells : {&tally.transitions, &tally.changes}) {
        for (auto const& cell : cells->cells()) {
            text += '\n' + std::to_string(cell.key) + ' ' + std::to_string(cell.values[0]);
        }
    }
    for (Impact const& impact : tally.impacts) {
        text += '\n' + std::to_string(impact.winners) + ' ' + std::to_string(impact.losers) + ' '
                + std::to_string(impact.gained.count()) + ' ' + std::to_string(impact.lost.count());
    }
    for (std::int64_t const reached : tally.reached) {
        text += ' ' + std::to_string(reached);
    }
    text += tally.first ? '\n' + tally.first->first.text() + ' '
                              + std::to_string(tally.first->second.person)
                        : "";
    for (auto const& [kind, kept] : tally.witnesses) {
        text += '\n' + std::to_string(static_cast<int>(kind.what)) + ' ' + std::to_string(kind.from)
                + ' ' + std::to_string(kind.to) + ':';
        for (Witness const& witness : kept) {
            text += ' ' + std::to_string(witness.person.person);
        }
    }
    return text;
}

TEST_CASE("winners and losers of every trait add up to all of them") {
    Traits const traits(areas, reference);
    ChangeTally tally(traits, 0);
    std::int64_t winners = 0;
    std::int64_t losers = 0;
    Fen gained;
    Fen lost;
    Fen paid_out;
    for (Person const& person : random_people(2000)) {
        note(tally, person);
        Fen const change = person.after.monthly() - person.before.monthly();
        winners += change > Fen{} ? 1 : 0;
        losers += change < Fen{} ? 1 : 0;
        gained += std::max(change, Fen{});
        lost += std::max(Fen{} - change, Fen{});
        paid_out += person.change.any() ? person.after.paid_out - person.before.paid_out : Fen{};
    }
    CHECK(tally.people == 2000);
    CHECK(winners > 500);
    CHECK(losers > 500);
    CHECK(tally.by_change[static_cast<std::size_t>(Change::pension)] == winners + losers);
    CHECK(tally.paid_out == paid_out);
    for (std::size_t t = 0; t < trait_count; ++t) {
        CAPTURE(t);
        auto const trait = static_cast<Trait>(t);
        Impact sum;
        for (std::size_t v = 0; v < traits.values(trait); ++v) {
            sum.add(tally.impacts[traits.row_of(trait, v)]);
        }
        CHECK(sum.winners == winners);
        CHECK(sum.losers == losers);
        CHECK(sum.gained == gained);
        CHECK(sum.lost == lost);
    }
    CHECK(tally.witnesses.empty());
}

TEST_CASE("tallies of parts add up to the whole, in any order") {
    Traits const traits(areas, reference);
    auto const people = random_people(500);
    ChangeTally whole(traits, 3);
    for (Person const& person : people) {
        note(whole, person);
    }
    std::string const text = text_of(whole);
    for (std::size_t const parts : {1U, 2U, 7U}) {
        for (bool const backwards : {false, true}) {
            CAPTURE(parts);
            CAPTURE(backwards);
            std::vector<ChangeTally> tallies(parts, ChangeTally(traits, 3));
            for (std::size_t i = 0; i < people.size(); ++i) {
                note(tallies[i % parts], people[backwards ? people.size() - 1 - i : i]);
            }
            ChangeTally sum(traits, 3);
            for (ChangeTally& tally : tallies) {
                sum.merge(tally);
            }
            CHECK(text_of(sum) == text);
        }
    }
}

TEST_CASE("the earliest difference is kept; of one month the first person's") {
    ChangeTally tally(Traits(areas, reference), 0);
    Person person;
    person.change.first = YearMonth(2030, 5);
    person.number = {1, 4};
    note(tally, person);
    person.number = {0, 9};
    note(tally, person);
    person.change.first = YearMonth(2031, 1);
    person.number = {0, 1};
    note(tally, person);
    REQUIRE(tally.first.has_value());
    CHECK(tally.first->first == YearMonth(2030, 5));
    CHECK(tally.first->second == PersonOfRun{0, 9});
    // Who does not differ is no difference.
    person.change.first.reset();
    person.number = {0, 0};
    note(tally, person);
    CHECK(tally.changed == 3);
    CHECK(tally.people == 4);
    CHECK(tally.first->second == PersonOfRun{0, 9});
}

TEST_CASE("the simplest witnesses of each kind are kept") {
    auto const people = random_people(800);
    std::map<WitnessKind, std::vector<Witness>> all;
    for (std::size_t const keep : {1U, 2U, 5U}) {
        CAPTURE(keep);
        ChangeTally tally(Traits(areas, reference), keep);
        std::map<WitnessKind, std::vector<Witness>> expected;
        for (Person const& person : people) {
            note(tally, person);
            // Only these two changes are drawn here, in the order of `Change`.
            if (person.change.has(Change::months_short)) {
                expected[{Change::months_short, 0, 1}].push_back(
                    {simplicity_of(person.life), person.number});
            } else if (person.change.has(Change::pension)) {
                bool const more = person.after.monthly() > person.before.monthly();
                expected[{Change::pension, 0, static_cast<std::uint16_t>(more ? 1 : 0)}].push_back(
                    {simplicity_of(person.life), person.number});
            }
        }
        CHECK(expected.size() == 3);
        CHECK(tally.witnesses.size() == 3);
        for (auto& [kind, witnesses] : expected) {
            std::sort(witnesses.begin(), witnesses.end());
            REQUIRE(witnesses.size() > keep);
            witnesses.resize(keep);
            CHECK(tally.witnesses[kind] == witnesses);
        }
    }
}

TEST_CASE("a witness shows what changed first in the order of changes") {
    struct Case {
        std::vector<Change> changed;
        WitnessKind kind;
    };
    LifeFacts before;
    before.status = Status::pension;
    before.branch = Branch::longest;
    before.benefit_area = AreaId{0};
    before.months_short = 5;
    before.pension = pension_of(100);
    LifeFacts after = before;
    after.status = Status::extend;
    after.branch = Branch::last_qualified;
    after.benefit_area = AreaId{1};
    after.months_short = 4;
    after.pension = pension_of(200);
    auto const code = [](auto value) { return static_cast<std::uint16_t>(value); };
    for (Case const& c : std::vector<Case>{
             {{Change::status, Change::benefit_area, Change::pension},
              {Change::status, code(Status::pension), code(Status::extend)}},
             {{Change::benefit_area, Change::branch, Change::months_short},
              {Change::benefit_area, code(Branch::longest), code(Branch::last_qualified)}},
             {{Change::branch, Change::pension, Change::books},
              {Change::branch, code(Branch::longest), code(Branch::last_qualified)}},
             {{Change::months_short, Change::pension}, {Change::months_short, 0, 0}},
             {{Change::pension, Change::transfers}, {Change::pension, 0, 1}},
             {{Change::transfers, Change::books}, {Change::transfers, 0, 0}},
             {{Change::books}, {Change::books, 0, 0}}}) {
        CAPTURE(static_cast<int>(c.kind.what));
        ChangeTally tally(Traits(areas, reference), 1);
        Person person{before, after, {}, {}, {}};
        person.change.first = YearMonth(2030, 1);
        for (Change const change : c.changed) {
            person.change.changed[static_cast<std::size_t>(change)] = true;
        }
        note(tally, person);
        REQUIRE(tally.witnesses.size() == 1);
        CHECK(tally.witnesses.begin()->first == c.kind);
    }
}

TEST_CASE("a population is counted by each trait") {
    Traits const traits(areas, reference);
    PopulationTally whole(traits);
    PopulationTally sum(traits);
    std::array<PopulationTally, 3> parts{
        PopulationTally(traits), PopulationTally(traits), PopulationTally(traits)};
    std::int64_t pensioners = 0;
    Fen monthly;
    auto const people = random_people(600);
    for (std::size_t i = 0; i < people.size(); ++i) {
        whole.note(people[i].before);
        parts[i % 3].note(people[i].before);
        pensioners += people[i].before.pension ? 1 : 0;
        monthly += people[i].before.monthly();
    }
    for (PopulationTally const& part : parts) {
        sum.merge(part);
    }
    CHECK(sum.people == whole.people);
    CHECK(sum.pensioners == whole.pensioners);
    CHECK(sum.monthly == whole.monthly);
    for (std::size_t t = 0; t < trait_count; ++t) {
        auto const trait = static_cast<Trait>(t);
        std::int64_t people_sum = 0;
        std::int64_t pensioners_sum = 0;
        Fen monthly_sum;
        for (std::size_t v = 0; v < traits.values(trait); ++v) {
            people_sum += whole.people[traits.row_of(trait, v)];
            pensioners_sum += whole.pensioners[traits.row_of(trait, v)];
            monthly_sum += whole.monthly[traits.row_of(trait, v)];
        }
        CHECK(people_sum == 600);
        CHECK(pensioners_sum == pensioners);
        CHECK(monthly_sum == monthly);
    }
}

} // namespace
} // namespace pensim::engine
