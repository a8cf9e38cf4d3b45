#include "core/law/benefit_location.hpp"

#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/law/words.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {

namespace {

using law::CompareUnit;
using law::Criterion;
using law::PlaceFacts;
using law::PlaceTerms;
using law::Standing;
using law::TieRule;

/// What one area counts: `months` up to the month with the number `last`. Unless `first` says
/// otherwise all of them in one run.
struct Stay {
    std::string_view area;
    int months;
    int last;
    bool temporary = false;
    int first = 0;     ///< number of the first paid month
    int run_start = 0; ///< number of the first month of the last run
};

std::vector<Standing> standings_of(std::vector<Stay> const& stays) {
    std::vector<Standing> standings;
    for (Stay const& s : stays) {
        auto const month = [](int number) { return YearMonth{1980, 1} + Months(number); };
        int const start = s.last - s.months + 1;
        int const run_start = s.run_start != 0 ? s.run_start : start;
        standings.push_back({area(s.area),
                             s.months,
                             s.temporary ? 0 : s.months,
                             month(s.first != 0 ? s.first : run_start),
                             month(s.last),
                             month(run_start),
                             s.temporary});
    }
    return standings;
}

std::optional<AreaId> area_or_none(std::string_view id) {
    return id.empty() ? std::nullopt : std::optional(area(id));
}

std::string text(std::optional<law::PlaceDecision> const& decision) {
    return decision ? areas()[decision->area].id + ' ' + std::string(word(decision->branch)) : "-";
}

PlaceTerms terms_of(Group group) {
    return law::place_terms(rules("law"), group, {2027, 10});
}

struct PlaceCase {
    std::string why;
    std::vector<Stay> stays;
    std::string_view relation;
    std::string_view hukou;
    std::string place;
};

void check(std::vector<Group> const& groups, std::vector<PlaceCase> const& cases) {
    for (auto const& c : cases) {
        CAPTURE(c.why);
        auto const standings = standings_of(c.stays);
        PlaceFacts const facts{area_or_none(c.relation), area_or_none(c.hukou), standings};
        for (Group const group : groups) {
            CHECK(text(decide_benefit_location(terms_of(group), facts)) == c.place);
        }
    }
}

std::vector<Group> const without_hukou{
    Group::hong_kong, Group::macau, Group::taiwan, Group::foreign};
constexpr bool temporary = true;

} // namespace

TEST_CASE("Order 41, article 8(2): some place has 120 months") {
    auto const relation = [](int months) { return Stay{"GD", months, 500}; };
    auto const before = [](int months) { return Stay{"SH", months, 300}; };
    Stay const between{"BJ", 125, 350};
    std::string const here = "GD relation_qualified";
    std::string const back = "SH last_qualified";
    check(without_hukou,
          {
              {"130 at the relation", {relation(130)}, "GD", "", here},
              {"exactly 120 there", {relation(120)}, "GD", "", here},
              {"121 there", {relation(121)}, "GD", "", here},
              {"120 there beat 300 before", {relation(120), before(300)}, "GD", "", here},
              {"119 there, 121 before", {relation(119), before(121)}, "GD", "", back},
              {"119 there, 120 before", {relation(119), before(120)}, "GD", "", back},
              {"last, not longest",
               {relation(60), before(240), between},
               "GD",
               "",
               "BJ last_qualified"},
              {"listed otherwise",
               {between, relation(60), before(240)},
               "GD",
               "",
               "BJ last_qualified"},
              {"later one short", {relation(60), before(240), {"BJ", 119, 350}}, "GD", "", back},
              {"relation without months", {before(120), {"BJ", 240, 200}}, "FJ", "", back},
              {"no relation at all", {before(120), {"BJ", 240, 200}}, "", "", back},
          });
}

TEST_CASE("Order 41, article 8(2): no place has 120 months") {
    auto const relation = [](int months) { return Stay{"GD", months, 500}; };
    auto const before = [](int months) { return Stay{"SH", months, 200}; };
    auto const between = [](int months) { return Stay{"BJ", months, 350}; };
    check(
        without_hukou,
        {
            {"119 alone", {relation(119)}, "GD", "", "GD longest"},
            {"119 each: last", {relation(119), before(119)}, "GD", "", "GD longest_last"},
            {"119 before", {relation(118), before(119)}, "GD", "", "SH longest"},
            {"longest", {relation(60), before(70), between(50)}, "GD", "", "SH longest"},
            {"tie: last", {relation(60), before(70), between(70)}, "GD", "", "BJ longest_last"},
            {"one month more", {relation(60), before(71), between(70)}, "GD", "", "SH longest"},
            {"three tie", {relation(60), before(60), between(60)}, "GD", "", "GD longest_last"},
            {"empty relation", {before(119), between(119)}, "FJ", "", "BJ longest_last"},
            {"the opt-in's case", {relation(20), before(100), between(55)}, "GD", "", "SH longest"},
            {"a single month", {{"XZ", 1, 500}}, "XZ", "", "XZ longest"},
            {"nobody ever paid", {}, "GD", "", "-"},
        });
}

TEST_CASE("State Council rules of 2009, article 6: mainland residents") {
    auto const relation = [](int months) { return Stay{"GD", months, 500}; };
    auto const before = [](int months) { return Stay{"ZJ", months, 300}; };
    Stay const hukou{"SC", 120, 200};
    std::string const gathers = "SC hukou_gathers";
    check({Group::mainland},
          {
              {"6(1)", {{"SC", 1, 500}}, "SC", "SC", "SC hukou"},
              {"6(1) before 300 elsewhere", {{"SC", 1, 500}, before(300)}, "SC", "SC", "SC hukou"},
              {"6(2)", {relation(120), hukou}, "GD", "SC", "GD relation_qualified"},
              {"6(2) not with 119", {relation(119), before(90)}, "GD", "SC", gathers},
              {"6(3)", {relation(119), before(120)}, "GD", "SC", "ZJ last_qualified"},
              {"6(3) last",
               {relation(9), {"SH", 200, 100}, before(120)},
               "GD",
               "SC",
               "ZJ last_qualified"},
              {"6(3) at the hukou", {relation(119), hukou}, "GD", "SC", "SC last_qualified"},
              {"6(4) 119 each", {relation(119), before(119)}, "GD", "SC", gathers},
              {"6(4) longest elsewhere", {relation(100), {"SC", 1, 200}}, "GD", "SC", gathers},
              {"6(4) never insured there", {relation(60)}, "GD", "QH", "QH hukou_gathers"},
          });
}

TEST_CASE("State Council rules of 2009, article 5: temporary accounts are no candidates") {
    Stay const waiting{"ZJ", 130, 500, temporary};
    auto const relation = [](int months) { return Stay{"GD", months, 100}; };
    std::string const gathers = "SC hukou_gathers";
    std::string const here = "GD relation_qualified";
    check({Group::mainland},
          {
              {"no previous place", {relation(90), waiting}, "GD", "SC", gathers},
              {"nor the last of two",
               {relation(90), {"SH", 120, 300}, waiting},
               "GD",
               "SC",
               "SH last_qualified"},
              {"beside a relation that has 120", {relation(120), waiting}, "GD", "SC", here},
              {"temporary accounts alone", {waiting}, "", "SC", gathers},
              {"no hukou known: 120 at the relation", {relation(120)}, "GD", "", here},
              {"no hukou known: nothing fits", {relation(119)}, "GD", "", "-"},
              {"neither hukou nor relation", {waiting}, "", "", "-"},
          });
}

TEST_CASE("each criterion for itself") {
    struct Case {
        std::string why;
        Criterion criterion;
        std::vector<Stay> stays;
        std::string place;
    };
    std::vector<Stay> const three{{"GD", 60, 500}, {"SH", 240, 250}, {"BJ", 125, 400}};
    std::vector<Stay> const returned{{"GD", 130, 500, false, 20, 400}, {"SH", 150, 300}};
    std::vector<Stay> const waiting{{"GD", 60, 400}, {"ZJ", 140, 600, temporary, 10}};
    for (auto const& c : std::vector<Case>{
             {"relation is GD with 60", Criterion::relation_qualified, three, "-"},
             {"relation is GD with 130",
              Criterion::relation_qualified,
              returned,
              "GD relation_qualified"},
             {"last of the others", Criterion::last_qualified, three, "BJ last_qualified"},
             {"last leaves the relation out",
              Criterion::last_qualified,
              returned,
              "SH last_qualified"},
             {"last without candidates", Criterion::last_qualified, waiting, "-"},
             {"longest of all", Criterion::longest, three, "SH longest"},
             {"longest leaves temporary accounts out", Criterion::longest, waiting, "GD longest"},
             {"longest of nothing", Criterion::longest, {{"ZJ", 140, 600, temporary}}, "-"},
             {"area paid in last", Criterion::last_area, three, "GD last_area"},
             {"last area leaves temporary accounts out",
              Criterion::last_area,
              waiting,
              "GD last_area"},
             {"first of those with 120", Criterion::first_qualified, three, "SH first_qualified"},
             {"first by the first month, not the last run",
              Criterion::first_qualified,
              returned,
              "GD first_qualified"},
             {"first leaves temporary accounts out", Criterion::first_qualified, waiting, "-"},
             {"longest of those with 120",
              Criterion::longest_qualified,
              three,
              "SH longest_qualified"},
             {"nobody with 120", Criterion::longest_qualified, waiting, "-"},
             {"a tie keeps the name",
              Criterion::longest_qualified,
              {{"GD", 120, 500}, {"SH", 120, 300}},
              "GD longest_qualified"},
             {"a hundred and nineteen", Criterion::longest_qualified, {{"GD", 119, 500}}, "-"},
             {"hukou is not the relation", Criterion::hukou, three, "-"},
             {"hukou gathers", Criterion::hukou_gathers, three, "SC hukou_gathers"},
         }) {
        CAPTURE(c.why);
        auto const standings = standings_of(c.stays);
        PlaceFacts const facts{area("GD"), area("SC"), standings};
        CHECK(text(law::ask(c.criterion, terms_of(Group::mainland), facts).decision) == c.place);
    }
}

TEST_CASE("the tie rules, and a tie that stays open") {
    struct Case {
        std::string why;
        TieRule tie;
        std::vector<Stay> stays;
        std::string place;
        bool open = false;
    };
    // SH was paid in first and last, its last run is short; BJ in one run between.
    std::vector<Stay> const split{{"SH", 70, 500, false, 100, 490}, {"BJ", 70, 400}};
    std::vector<Stay> const early_run{{"SH", 70, 500, false, 250, 300}, {"BJ", 70, 400}};
    for (auto const& c : std::vector<Case>{
             {"last paid", TieRule::latest_last_paid, split, "SH longest_last"},
             {"last run begun last", TieRule::latest_start, split, "SH longest_last"},
             {"first paid in", TieRule::earliest_start, split, "SH longest_last"},
             {"last paid, long run", TieRule::latest_last_paid, early_run, "SH longest_last"},
             {"BJ's run begun last", TieRule::latest_start, early_run, "BJ longest_last"},
             {"SH first paid in", TieRule::earliest_start, early_run, "SH longest_last"},
             {"BJ first paid in",
              TieRule::earliest_start,
              {{"SH", 70, 500}, {"BJ", 70, 400}},
              "BJ longest_last"},
             {"same last month: the later last run",
              TieRule::latest_last_paid,
              {{"SH", 70, 500, false, 0, 480}, {"BJ", 70, 500, false, 0, 490}},
              "BJ longest_last"},
             {"the same, listed otherwise",
              TieRule::latest_last_paid,
              {{"BJ", 70, 500, false, 0, 490}, {"SH", 70, 500, false, 0, 480}},
              "BJ longest_last"},
             {"nothing tells them apart",
              TieRule::latest_last_paid,
              {{"SH", 70, 500}, {"BJ", 70, 500}},
              "-",
              true},
             {"a third that is later",
              TieRule::latest_last_paid,
              {{"SH", 70, 500}, {"BJ", 70, 500}, {"GD", 70, 501}},
              "GD longest_last"},
             {"a third that is shorter does not help",
              TieRule::latest_last_paid,
              {{"SH", 70, 500}, {"BJ", 70, 500}, {"GD", 69, 501}},
              "-",
              true},
             {"no rule: paid in last does not help", TieRule::none, split, "-", true},
             {"no rule: nor does a third that is shorter",
              TieRule::none,
              {{"SH", 70, 500}, {"BJ", 70, 400}, {"GD", 69, 501}},
              "-",
              true},
             {"no rule, and none is needed",
              TieRule::none,
              {{"SH", 71, 400}, {"BJ", 70, 500}},
              "SH longest"},
             {"no rule: a temporary account does not tie",
              TieRule::none,
              {{"SH", 70, 400}, {"BJ", 70, 500, true}},
              "SH longest"},
             {"a temporary account does not tie",
              TieRule::latest_last_paid,
              {{"SH", 70, 400}, {"BJ", 70, 500, true}},
              "SH longest"},
         }) {
        CAPTURE(c.why);
        auto const standings = standings_of(c.stays);
        PlaceTerms terms = terms_of(Group::hong_kong);
        terms.tie = c.tie;
        auto const answer = law::ask(Criterion::longest, terms, {area("SH"), {}, standings});
        CHECK(text(answer.decision) == c.place);
        CHECK(answer.tie_open == c.open);
        CHECK(text(decide_benefit_location(terms, {area("SH"), {}, standings})) == c.place);
    }
}

TEST_CASE("without a tie rule completed years tie too, and areas that qualify") {
    auto const answer = [](Criterion criterion, CompareUnit unit, std::vector<Stay> const& stays) {
        auto const standings = standings_of(stays);
        PlaceTerms terms = terms_of(Group::hong_kong);
        terms.tie = TieRule::none;
        terms.compare_unit = unit;
        return law::ask(criterion, terms, {area("SH"), {}, standings});
    };
    std::vector<Stay> const seven_years{{"SH", 90, 500}, {"BJ", 95, 400}};
    CHECK(answer(Criterion::longest, CompareUnit::year, seven_years).tie_open);
    CHECK(text(answer(Criterion::longest, CompareUnit::month, seven_years).decision)
          == "BJ longest");
    std::vector<Stay> const qualified{{"SH", 120, 500}, {"BJ", 120, 400}};
    CHECK(answer(Criterion::longest_qualified, CompareUnit::month, qualified).tie_open);
    CHECK_FALSE(answer(Criterion::longest_qualified, CompareUnit::month, seven_years).tie_open);
    // Only equal lengths wait for it: what is paid last still decides where the order says so.
    CHECK(text(answer(Criterion::last_area, CompareUnit::month, qualified).decision)
          == "SH last_area");
}

TEST_CASE("an open tie is never decided by a later criterion") {
    auto const standings = standings_of({{"SH", 130, 500}, {"BJ", 130, 500}, {"GD", 60, 501}});
    CHECK(text(decide_benefit_location(terms_of(Group::hong_kong), {area("GD"), {}, standings}))
          == "-");
}

TEST_CASE("switches: least months, unit of comparison, months that follow the relation") {
    struct Case {
        std::string why;
        PlaceTerms change;
        std::vector<Stay> stays;
        std::string place;
    };
    auto const terms = [](int least, CompareUnit unit, bool follow) {
        PlaceTerms changed = terms_of(Group::hong_kong);
        changed.min_months = least;
        changed.compare_unit = unit;
        changed.count_transferred_months = follow;
        return changed;
    };
    auto const month = CompareUnit::month;
    auto const year = CompareUnit::year;
    std::vector<Stay> const two{{"GD", 60, 500}, {"SH", 110, 300}};
    std::vector<Stay> const with_temporary{
        {"GD", 60, 400}, {"SH", 59, 300}, {"ZJ", 130, 500, true}};
    for (auto const& c : std::vector<Case>{
             {"60 months qualify", terms(60, month, false), two, "GD relation_qualified"},
             {"61 do not, SH does", terms(61, month, false), two, "SH last_qualified"},
             {"111: nobody", terms(111, month, false), two, "SH longest"},
             {"95 beat 90 by months",
              terms(120, month, false),
              {{"GD", 90, 500}, {"SH", 95, 300}},
              "SH longest"},
             {"seven years each: the last",
              terms(120, year, false),
              {{"GD", 90, 500}, {"SH", 95, 300}},
              "GD longest_last"},
             {"eight years beat seven",
              terms(120, year, false),
              {{"GD", 95, 500}, {"SH", 96, 300}},
              "SH longest"},
             {"none with a year: the last",
              terms(120, year, false),
              {{"GD", 1, 500}, {"SH", 11, 300}},
              "GD longest_last"},
             {"the limit stays in months",
              terms(120, year, false),
              {{"GD", 119, 500}, {"SH", 120, 300}},
              "SH last_qualified"},
             {"months follow: 170 at the relation",
              terms(120, month, true),
              two,
              "GD relation_qualified"},
             {"months follow: exactly 120", terms(170, month, true), two, "GD relation_qualified"},
             {"months follow: one short, still the longest",
              terms(171, month, true),
              two,
              "GD longest"},
             {"those of temporary accounts do not: 119",
              terms(120, month, true),
              with_temporary,
              "GD longest"},
             {"119 reach 119", terms(119, month, true), with_temporary, "GD relation_qualified"},
         }) {
        CAPTURE(c.why);
        auto const standings = standings_of(c.stays);
        CHECK(text(decide_benefit_location(c.change, {area("GD"), {}, standings})) == c.place);
    }
}

TEST_CASE("the opt-in: staying in the relation area although another one is longest") {
    struct Case {
        std::string why;
        std::string_view book;
        Group group;
        bool elected;
        std::string_view relation;
        std::string_view found;
        Branch branch;
        bool stays;
    };
    auto const hk = Group::hong_kong;
    auto const longest = Branch::longest;
    for (auto const& c : std::vector<Case>{
             {"elected in Guangdong", "practice", hk, true, "GD", "SH", longest, true},
             {"after a tie", "practice", hk, true, "GD", "SH", Branch::longest_last, true},
             {"Macau", "practice", Group::macau, true, "GD", "SH", longest, true},
             {"Taiwan", "practice", Group::taiwan, true, "GD", "SH", longest, true},
             {"not elected", "practice", hk, false, "GD", "SH", longest, false},
             {"another area has 120",
              "practice",
              hk,
              true,
              "GD",
              "SH",
              Branch::last_qualified,
              false},
             {"Guangdong is the place anyway", "practice", hk, true, "GD", "GD", longest, false},
             {"last place elsewhere", "practice", hk, true, "ZJ", "SH", longest, false},
             {"no relation", "practice", hk, true, "", "SH", longest, false},
             {"foreigner", "practice", Group::foreign, true, "GD", "SH", longest, false},
             {"mainland",
              "practice",
              Group::mainland,
              true,
              "GD",
              "SC",
              Branch::hukou_gathers,
              false},
             {"national rules alone", "law", hk, true, "GD", "SH", longest, false},
         }) {
        CAPTURE(c.why);
        Life life;
        life.group = c.group;
        life.continue_in_last_area = c.elected;
        PlaceFacts const facts{area_or_none(c.relation), {}, {}};
        auto const changed =
            law::elect_last_area(rules(c.book), life, {2027, 10}, facts, {area(c.found), c.branch});
        CHECK(text(changed) == (c.stays ? "GD last_area_election" : "-"));
    }
}

TEST_CASE("a reform may open the opt-in to every area and group") {
    law::RuleBook book = rules("practice");
    book.place.election_area.replace_from({{{2027, 1}, {true, {}}, ""}});
    book.place.election_groups.replace_from({{{2027, 1}, {law::Person::mainland}, ""}});
    Life life;
    life.group = Group::mainland;
    life.continue_in_last_area = true;
    PlaceFacts const facts{area("ZJ"), area("SC"), {}};
    law::PlaceDecision const found{area("SC"), Branch::hukou_gathers};
    CHECK(text(law::elect_last_area(book, life, {2026, 12}, facts, found)) == "-");
    CHECK(text(law::elect_last_area(book, life, {2027, 1}, facts, found))
          == "ZJ last_area_election");
}

TEST_CASE("a calendar has the place rules of every month and group") {
    for (std::string_view const id : {"law", "practice", "five-years", "longest-only"}) {
        CAPTURE(id);
        law::RuleBook const& book = rules(id);
        law::PlaceCalendar const calendar(book);
        for (YearMonth month(1990, 1); month <= YearMonth(2060, 12); month = month.next()) {
            for (Group const group : {Group::mainland, Group::foreign, Group::macau}) {
                PlaceTerms const wanted = law::place_terms(book, group, month);
                PlaceTerms const& has = calendar.at(group, month);
                CAPTURE(month.year());
                CAPTURE(month.month());
                CHECK(has.order.data() == wanted.order.data());
                CHECK(has.min_months == wanted.min_months);
                CHECK(has.tie == wanted.tie);
                CHECK(has.compare_unit == wanted.compare_unit);
                CHECK(has.count_transferred_months == wanted.count_transferred_months);
            }
        }
    }
}

} // namespace pensim::test
