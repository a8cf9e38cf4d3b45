#include "core/law/life_checks.hpp"

#include <functional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/support/shipped.hpp"

namespace pensim::test {

namespace {

using Fault = law::LifeFaultKind;
using Part = law::LifeFault::Part;
using LifeEdit = std::function<void(Life&)>;

/// A man from Hong Kong, statutory month 2031-10 (60y17m); three records and no fault.
Life sound() {
    Life life;
    life.group = Group::hong_kong;
    life.birth = {1970, 5};
    life.records = {{.area = area("GD"), .from = {2010, 1}, .to = {2015, 12}, .base = Fen{100}},
                    {.area = area("SH"), .from = {2016, 1}, .to = {2020, 12}, .base = Fen{100}},
                    {.area = area("BJ"), .from = {2021, 1}, .to = {2021, 1}, .base = Fen{100}}};
    return life;
}

std::vector<law::LifeFault> faults_of(LifeEdit const& change) {
    Life life = sound();
    change(life);
    std::vector<law::LifeFault> faults;
    law::check_life(rules("law"), life, areas().default_count(), faults);
    return faults;
}

void make_lump(Record& record, int months) {
    record.kind = Kind::lump_sum;
    record.to = record.from;
    record.lump_months = months;
}

Event event(EventKind kind, YearMonth month) {
    return {kind, month, false};
}

struct RefusedLife {
    std::string why;
    LifeEdit fine;   ///< one step on the right side
    LifeEdit faulty; ///< one step on the wrong side
    law::LifeFault fault;
};

void check(std::vector<RefusedLife> const& cases) {
    for (auto const& c : cases) {
        CAPTURE(c.why);
        CHECK(faults_of(c.fine).empty());
        auto const faults = faults_of(c.faulty);
        REQUIRE(faults.size() == 1);
        CHECK(faults[0].kind == c.fault.kind);
        CHECK(faults[0].part == c.fault.part);
        CHECK(faults[0].index == c.fault.index);
        CHECK(faults[0].field == c.fault.field);
        CHECK(faults[0].month == c.fault.month);
        CHECK(faults[0].area == c.fault.area);
    }
}

} // namespace

TEST_CASE("faults of the person") {
    auto const group = [](Group of) { return [of](Life& life) { life.group = of; }; };
    auto const person = [](Fault kind, std::string_view field, YearMonth month) {
        return law::LifeFault{.kind = kind, .field = field, .month = month};
    };
    auto const none = YearMonth::first();
    auto const claim = [](YearMonth month) { return [month](Life& life) { life.claim = month; }; };
    check({
        {"a mainland resident has a hukou",
         [](Life& l) {
             l.group = Group::mainland;
             l.hukou = area("SC");
         },
         group(Group::mainland),
         person(Fault::hukou_missing, "hukou", none)},
        {"nobody else has one",
         group(Group::taiwan),
         [](Life& l) {
             l.group = Group::taiwan;
             l.hukou = area("SC");
         },
         person(Fault::hukou_not_mainland, "hukou", none)},
        {"a foreigner has a nationality",
         [](Life& l) {
             l.group = Group::foreign;
             l.nationality = {'D', 'E', 'U'};
         },
         [](Life& l) {
             l.nationality = {'D', 'E', 'U'};
         },
         person(Fault::nationality_not_foreign, "nationality", none)},
        {"a foreigner may be a permanent resident",
         [](Life& l) {
             l.group = Group::foreign;
             l.permanent_resident = true;
         },
         [](Life& l) { l.permanent_resident = true; },
         person(Fault::permanent_not_foreign, "permanent_resident", none)},
        {"a claim never before the original age",
         claim({2030, 5}),
         claim({2030, 4}),
         person(Fault::claim_too_early, "claim", {2030, 5})},
        {"a claim at most 36 months late",
         claim({2034, 10}),
         claim({2034, 11}),
         person(Fault::claim_too_late, "claim", {2034, 10})},
        {"a claim at most 36 months early",
         [](Life& l) {
             l.sex = Sex::female;
             l.birth = {1984, 11};
             l.claim = {2036, 11};
         },
         [](Life& l) {
             l.sex = Sex::female;
             l.birth = {1984, 11};
             l.claim = {2036, 10};
         },
         person(Fault::claim_too_early, "claim", {2036, 11})},
    });
}

TEST_CASE("faults of a record") {
    auto const record = [](Fault kind, int index, std::string_view field) {
        return law::LifeFault{.kind = kind, .part = Part::record, .index = index, .field = field};
    };
    law::LifeFault young = record(Fault::record_too_early, 0, "from");
    young.month = {1986, 5};
    law::LifeFault corps = record(Fault::area_not_admitted, 1, "area");
    corps.area = area("XPCC");
    check({
        {"a record ends no earlier than it starts",
         [](Life& l) { l.records[1].to = l.records[1].from; },
         [](Life& l) { l.records[1].to = l.records[1].from.previous(); },
         record(Fault::record_backward, 1, "to")},
        {"nobody works before 16",
         [](Life& l) {
             l.records[0].from = {1986, 5};
         },
         [](Life& l) {
             l.records[0].from = {1986, 4};
         },
         young},
        {"the corps is no area of the law",
         [](Life& l) { l.records[1].area = area("XJ"); },
         [](Life& l) { l.records[1].area = area("XPCC"); },
         corps},
        {"a resident record does not extend",
         [](Life& l) { l.records[2].scheme = Scheme::resident; },
         [](Life& l) {
             l.records[2].scheme = Scheme::resident;
             l.records[2].kind = Kind::extension;
         },
         record(Fault::resident_kind, 2, "kind")},
        {"nor does it pay at once",
         [](Life& l) { make_lump(l.records[2], 1); },
         [](Life& l) {
             make_lump(l.records[2], 1);
             l.records[2].scheme = Scheme::resident;
         },
         record(Fault::resident_kind, 2, "kind")},
        {"a lump sum pays for months",
         [](Life& l) { make_lump(l.records[0], 1); },
         [](Life& l) { make_lump(l.records[0], 0); },
         record(Fault::lump_months_missing, 0, "months")},
        {"for a number above zero",
         [](Life& l) { make_lump(l.records[0], 300); },
         [](Life& l) { make_lump(l.records[0], -1); },
         record(Fault::lump_months_missing, 0, "months")},
        {"no other kind does",
         [](Life& l) { l.records[1].kind = Kind::flexible; },
         [](Life& l) {
             l.records[1].kind = Kind::flexible;
             l.records[1].lump_months = 1;
         },
         record(Fault::lump_months_misplaced, 1, "months")},
    });
}

TEST_CASE("a lump sum is paid in one month, whatever its end says") {
    for (YearMonth const end : {YearMonth{1990, 1}, YearMonth{2010, 1}, YearMonth{2050, 1}}) {
        CAPTURE(end.text());
        CHECK(faults_of([&](Life& life) {
                  make_lump(life.records[0], 5);
                  life.records[0].to = end;
              }).empty());
    }
}

TEST_CASE("nothing happens after a death") {
    auto const death = EventKind::death;
    auto const depart = EventKind::depart;
    auto const events = [](std::vector<Event> const& list) {
        return [list](Life& life) { life.events = list; };
    };
    auto const after = [](int index, YearMonth month) {
        return law::LifeFault{.kind = Fault::event_after_death,
                              .part = Part::event,
                              .index = index,
                              .field = "month",
                              .month = month};
    };
    YearMonth const may{2018, 5};
    check({
        {"in a later month",
         events({event(depart, may), event(death, may.next())}),
         events({event(depart, may.next()), event(death, may)}),
         after(0, may)},
        {"in the same month, by the order of the list",
         events({event(depart, may), event(death, may)}),
         events({event(death, may), event(depart, may)}),
         after(1, may)},
        {"nobody dies twice",
         events({event(death, may)}),
         events({event(death, may), event(death, may)}),
         after(1, may)},
        {"the first of two deaths is the death",
         events({event(depart, may)}),
         events({event(death, may.next()), event(death, may)}),
         after(0, may)},
    });
}

TEST_CASE("an area beyond the provinces counts where and when a rule set admits it") {
    law::RuleBook book = rules("law");
    book.area.admitted.replace_from({{{2018, 1}, {area("XPCC")}, ""}});
    for (YearMonth const from : {YearMonth{2017, 12}, YearMonth{2018, 1}}) {
        Life life = sound();
        life.records[1].area = area("XPCC");
        life.records[1].from = from;
        std::vector<law::LifeFault> faults;
        law::check_life(book, life, areas().default_count(), faults);
        CAPTURE(from.text());
        CHECK(faults.size() == (from < YearMonth{2018, 1} ? 1 : 0));
    }
}

TEST_CASE("all faults are found at once") {
    auto const faults = faults_of([](Life& life) {
        life.hukou = area("SC");
        life.claim = YearMonth{2030, 4};
        life.records[0].from = {1986, 4};
        life.records[0].to = {1986, 3};
        life.records[2].lump_months = 4;
        life.events = {event(EventKind::death, {2018, 5}), event(EventKind::depart, {2019, 1})};
    });
    std::vector<Fault> kinds;
    kinds.reserve(faults.size());
    for (auto const& fault : faults) {
        kinds.push_back(fault.kind);
    }
    CHECK(kinds
          == std::vector<Fault>{Fault::hukou_not_mainland,
                                Fault::claim_too_early,
                                Fault::record_backward,
                                Fault::record_too_early,
                                Fault::lump_months_misplaced,
                                Fault::event_after_death});
}

} // namespace pensim::test
