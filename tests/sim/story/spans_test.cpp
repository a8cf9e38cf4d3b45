#include "sim/story/spans.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/sim/story/shipped_cases.hpp"

namespace pensim::test {

namespace {

cases::Case case_of(std::string const& person) {
    return cases::read_cases(R"({"schema": "pensim/cases/1", "persons": [{"id": "p", )" + person
                                 + "}]}",
                             tables())
        .value()
        .persons[0];
}

/// "0 2010-01..2010-12 counted" a line.
std::string spans_of_case(std::string const& person) {
    cases::Case const one = case_of(person);
    std::string out;
    for (story::Span const& span : story::spans_of(shipped_law("law").context(), one.life)) {
        out += fmt::format("{} {}..{} {}\n",
                           span.record,
                           span.from.text(),
                           span.to.text(),
                           story::word_of(span.state));
    }
    return out;
}

std::string const hk_man = R"("group": "hong_kong", "sex": "male", "birth": "1966-09", )";

} // namespace

TEST_CASE("spans: what became of each month") {
    struct Case {
        std::string why;
        std::string person;
        std::string spans;
    };
    for (
        auto const& c : std::vector<Case>{
            {"years and rates join",
             hk_man
                 + R"("records": [{"area": "GD", "from": "2010-03", "to": "2020-06", "base": 9000}])",
             "0 2010-03..2020-06 counted\n"},
            {"the later record wins, the earlier goes on behind it",
             hk_man + R"("records": [
              {"area": "GD", "from": "2010-01", "to": "2012-12", "base": 9000},
              {"area": "SH", "from": "2011-01", "to": "2011-06", "base": 9000, "keep": true}])",
             "0 2010-01..2010-12 counted\n0 2011-01..2011-06 void\n0 2011-07..2012-12 counted\n"
             "1 2011-01..2011-06 counted\n"},
            {"away from the hukou area at 50",
             R"("group": "mainland", "sex": "male", "birth": "1966-09", "hukou": "SC", "records": [
              {"area": "SC", "from": "2010-01", "to": "2016-08", "base": 5000},
              {"area": "GD", "from": "2016-10", "to": "2020-12", "base": 5000}])",
             "0 2010-01..2016-08 counted\n1 2016-10..2020-12 temporary\n"},
            {"paid on after T",
             hk_man
                 + R"("records": [{"area": "GD", "from": "2014-04", "to": "2027-03", "base": 9000},
              {"area": "GD", "from": "2027-04", "to": "2028-03", "base": 9000, "kind": "extension"}])",
             "0 2014-04..2027-03 counted\n1 2027-04..2028-03 extension\n"},
            {"an ended relation voids what was before it, not what comes later",
             R"("group": "foreign", "nationality": "USA", "sex": "male", "birth": "1970-01", "records": [
              {"area": "GD", "from": "2012-01", "to": "2014-06", "base": 9000},
              {"area": "SH", "from": "2016-03", "to": "2018-02", "base": 9000}], "events": [
              {"event": "depart", "month": "2014-06", "terminate": true}])",
             "0 2012-01..2014-06 void\n1 2016-03..2018-02 counted\n"},
            {"payments after death",
             hk_man + R"("events": [{"event": "death", "month": "2019-05"}], "records": [
              {"area": "GD", "from": "2016-04", "to": "2019-08", "base": 9000}])",
             "0 2016-04..2019-05 counted\n0 2019-06..2019-08 void\n"},
            {"the residents' scheme",
             hk_man + R"("records": [
              {"area": "GD", "from": "2018-01", "to": "2018-12", "base": 1200, "scheme": "resident"},
              {"area": "GD", "from": "2018-07", "to": "2018-12", "base": 10000}])",
             "0 2018-01..2018-12 resident\n1 2018-07..2018-12 counted\n"},
        }) {
        CAPTURE(c.why);
        CHECK(spans_of_case(c.person) == c.spans);
    }
}

TEST_CASE("spells join what differs in its base only") {
    cases::Case person = case_of(hk_man + R"("records": [
        {"area": "GD", "from": "2016-01", "to": "2016-12", "base": 9000},
        {"area": "GD", "from": "2017-01", "to": "2017-06", "base": 9500},
        {"area": "SH", "from": "2017-07", "to": "2017-12", "base": 9500},
        {"area": "GD", "from": "2018-01", "to": "2018-03", "base": 9000},
        {"area": "GD", "from": "2018-05", "to": "2018-06", "base": 9000}])");
    auto const spans = story::spans_of(shipped_law("law").context(), person.life);
    auto const counted = story::SpanState::counted;
    AreaId const gd = area("GD");
    CHECK(story::spells_of(spans, person.life)
          == std::vector<story::Spell>{{gd, {2016, 1}, {2017, 6}, counted, 18},
                                       {area("SH"), {2017, 7}, {2017, 12}, counted, 6},
                                       {gd, {2018, 1}, {2018, 3}, counted, 3},
                                       {gd, {2018, 5}, {2018, 6}, counted, 2}});
}

TEST_CASE("spans cover each record of every shipped case exactly, and count its months") {
    int lump_sums = 0;
    each_shipped_case([&](cases::Law const& law, cases::Case& person, std::string const& pointer) {
        CAPTURE(person.id);
        law::Decider decider = law.decider();
        auto const* const outcome =
            cases::decide_case(decider, person, pointer, law.tables().areas);
        if (outcome == nullptr) {
            return;
        }
        auto const all = story::spans_of(law.context(), person.life);
        auto span = all.begin();
        int months = 0;
        for (std::size_t i = 0; i < person.life.records.size(); ++i) {
            Record const& record = person.life.records[i];
            YearMonth next = record.from;
            for (; span != all.end() && span->record == static_cast<int>(i); ++span) {
                CHECK(span->from == next);
                CHECK(span->to >= span->from);
                next = span->to.next();
                if (span->state == story::SpanState::lump_sum) {
                    months += record.lump_months;
                    ++lump_sums;
                } else if (span->state != story::SpanState::idle
                           && span->state != story::SpanState::resident) {
                    months += (span->to - span->from).count() + 1;
                }
            }
            CHECK(next == (record.kind == Kind::lump_sum ? record.from : record.to).next());
        }
        CHECK(span == all.end());
        CHECK(months == outcome->months_total);
        int spells = 0;
        for (story::Spell const& spell : story::spells_of(all, person.life)) {
            CHECK(spell.from <= spell.to);
            spells +=
                spell.state == story::SpanState::idle || spell.state == story::SpanState::resident
                    ? 0
                    : spell.months;
        }
        CHECK(spells == months);
    });
    CHECK(lump_sums > 0);
}

} // namespace pensim::test
