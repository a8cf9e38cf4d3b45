// What law/facts says of article 8 of order-41-2019, found by the audit; what reforms break.
#include "sim/audit/audit.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "sim/audit/audit_text.hpp"
#include "tests/sim/audit/audits.hpp"

namespace pensim::test {

namespace {

using audit::Audit;
using audit::Change;
using audit::Finding;
using audit::FindingKind;
using law::Person;

bool concerns(Finding const& finding, Person person) {
    return std::find(finding.persons.begin(), finding.persons.end(), person)
           != finding.persons.end();
}

Finding const*
find(Audit const& found, FindingKind kind, Change change, Branch before, Branch after) {
    for (Finding const& finding : found.findings) {
        if (finding.what.kind == kind && finding.what.change == change
            && finding.what.before == before && finding.what.after == after) {
            return &finding;
        }
    }
    return nullptr;
}

Finding const& first(Audit const& found, FindingKind kind) {
    for (Finding const& finding : found.findings) {
        if (finding.what.kind == kind) {
            return finding;
        }
    }
    FAIL("not found");
    return found.findings.front();
}

/// Months of each spell, in order.
std::vector<int> months_of(audit::Witness const& witness) {
    std::vector<int> months;
    for (Record const& record : witness.life.records) {
        months.push_back((record.to - record.from).count() + 1);
    }
    return months;
}

AreaId place(std::optional<audit::Witness> const& witness) {
    return witness.value().place.value().area;
}

/// The law says of a witness what the finding says.
void check_witness(Finding const& finding, audit::Witness const& witness, law::Decider& decider) {
    CAPTURE(audit::career_text(witness, areas(), story::Language::en));
    REQUIRE(decider.decide(witness.life));
    Outcome const& outcome = decider.outcome();
    CHECK(outcome.counting_month == witness.counting);
    CHECK(outcome.months_total == witness.months);
    CHECK(outcome.required_months == witness.required);
    CHECK(outcome.branch == (witness.place ? witness.place->branch : Branch::none));
    if (witness.place) {
        CHECK(outcome.benefit_area == witness.place->area);
    } else {
        CHECK(outcome.status == Status::undetermined);
    }
    REQUIRE(outcome.pension.has_value() == witness.pension.has_value());
    if (witness.pension) {
        CHECK(outcome.pension->monthly == *witness.pension);
    }
    bool const nobody = finding.what.kind == FindingKind::gap
                        || finding.what.kind == FindingKind::open_tie
                        || finding.what.kind == FindingKind::known_tie;
    CHECK(witness.place.has_value() != nobody);
}

void check_pair(Finding const& finding) {
    switch (finding.what.kind) {
    case FindingKind::instability:
        CHECK(finding.changed->months == finding.witness->months + finding.months);
        CHECK((!finding.changed->place || place(finding.changed) != place(finding.witness)));
        break;
    case FindingKind::cliff:
        CHECK(finding.changed->months == finding.witness->months + 1);
        CHECK(place(finding.changed) != place(finding.witness));
        break;
    case FindingKind::gaming:
        CHECK(finding.changed->months == finding.witness->months);
        CHECK(place(finding.changed) != place(finding.witness));
        CHECK(*finding.changed->pension - *finding.witness->pension == *finding.gain);
        CHECK(*finding.gain > Fen{});
        break;
    default:
        CHECK_FALSE(finding.changed.has_value());
    }
}

void check_findings(Audit const& found, law::LawContext const& context) {
    law::Decider decider(context, areas().default_count());
    for (Finding const& finding : found.findings) {
        CAPTURE(finding.id);
        CHECK_FALSE(finding.persons.empty());
        CHECK_FALSE(finding.regimes.empty());
        CHECK(std::is_sorted(finding.regimes.begin(), finding.regimes.end()));
        REQUIRE(finding.witness.has_value());
        check_witness(finding, *finding.witness, decider);
        if (finding.changed) {
            check_witness(finding, *finding.changed, decider);
        }
        check_pair(finding);
    }
}

} // namespace

TEST_CASE("law: an answer for everybody, by every criterion, that paying on never changes") {
    Audit const found = audited("law", spells_to_try());
    CHECK_FALSE(found.faulty());
    for (FindingKind const kind : {FindingKind::gap,
                                   FindingKind::open_tie,
                                   FindingKind::dead_criterion,
                                   FindingKind::instability}) {
        CHECK(found.count(kind) == 0);
    }
    CHECK(found.persons.size() == 4);
    REQUIRE(found.coverage.size() == 2);
    for (auto const& own : found.coverage) {
        CHECK(own.careers > 0);
        CHECK(own.paid_on > own.careers); // several lengths of most careers
    }
    check_findings(found, law_context("law"));

    Finding const& tie = first(found, FindingKind::known_tie);
    CHECK(tie.persons.size() == 6);
    for (Record const& record : tie.witness->life.records) {
        CHECK(record.kind == Kind::lump_sum);
    }
}

TEST_CASE("law: 119 months are too few, 120 bring the place to the relation") {
    Audit const found = audited("law", 3);
    auto const* const cliff = find(found,
                                   FindingKind::cliff,
                                   Change::last_longer,
                                   Branch::last_qualified,
                                   Branch::relation_qualified);
    REQUIRE(cliff != nullptr);
    CHECK(cliff->persons.size() == 6);
    CHECK(months_of(*cliff->witness) == std::vector<int>{120, 119});
    CHECK(months_of(*cliff->changed) == std::vector<int>{120, 120});
    CHECK(place(cliff->witness) == cliff->witness->life.records[0].area);
    CHECK(place(cliff->changed) == cliff->changed->life.records[1].area);
    CHECK(cliff->least.value() < Fen{});
    CHECK(cliff->most.value() > Fen{});
}

TEST_CASE("law: one month back in an older qualified place flips the result") {
    Audit const found = audited("law", 3);
    auto const* const back = find(found,
                                  FindingKind::cliff,
                                  Change::month_back,
                                  Branch::relation_qualified,
                                  Branch::relation_qualified);
    REQUIRE(back != nullptr);
    CHECK(back->persons.size() == 6);
    CHECK(back->changed->life.records.size() == 3);
    CHECK(back->changed->life.records[2].area == back->changed->life.records[0].area);
    CHECK(place(back->changed) == back->changed->life.records[0].area);
    // A month in a third area cannot lose a place with enough months.
    for (Finding const& finding : found.findings) {
        if (finding.what.kind == FindingKind::cliff && concerns(finding, Person::hong_kong)) {
            CAPTURE(finding.id);
            CHECK_FALSE((finding.what.change == Change::month_elsewhere
                         && (finding.what.before == Branch::relation_qualified
                             || finding.what.before == Branch::last_qualified)));
        }
    }
    // In a tie one month more decides.
    CHECK(find(found,
               FindingKind::cliff,
               Change::earlier_longer,
               Branch::longest_last,
               Branch::longest)
          != nullptr);
}

TEST_CASE("law: a longer place can lose") {
    Audit const found = audited("law", 3);
    auto const* const here = find(
        found, FindingKind::longer_loses, Change::none, Branch::relation_qualified, Branch::none);
    REQUIRE(here != nullptr);
    CHECK(months_of(*here->witness) == std::vector<int>{121, 120});
    auto const* const last =
        find(found, FindingKind::longer_loses, Change::none, Branch::last_qualified, Branch::none);
    REQUIRE(last != nullptr);
    CHECK(months_of(*last->witness) == std::vector<int>{121, 120, 1});
    CHECK(place(last->witness) == last->witness->life.records[1].area);
    // Never for an HMT resident whom length decides.
    CHECK(find(found, FindingKind::longer_loses, Change::none, Branch::longest, Branch::none)
          == nullptr);
}

TEST_CASE("practice: the opt-in breaks stability, for those who may choose it") {
    Audit const found = audited("practice", 3);
    CHECK_FALSE(found.faulty());
    CHECK(found.count(FindingKind::dead_criterion) == 0);
    Finding const& unstable = first(found, FindingKind::instability);
    CHECK(unstable.persons
          == std::vector<Person>{Person::hong_kong, Person::macau, Person::taiwan});
    CHECK(unstable.what.before == Branch::last_area_election);
    CHECK(unstable.witness->life.continue_in_last_area);
    CHECK(place(unstable.witness) == area("GD"));
    CHECK(unstable.witness->life.records.back().area == area("GD"));
    // As with Guangdong 20, Shanghai 100, Zhejiang 55: what is missing of the required months is
    // paid, and the longer place pays after all.
    CHECK(unstable.months == unstable.witness->required - unstable.witness->months);
    check_findings(found, law_context("practice"));
}

TEST_CASE("longest-only: nobody pays a mainlander who has temporary accounts alone") {
    Audit const found = audited("longest-only", 3);
    CHECK(found.faulty());
    CHECK(found.count(FindingKind::gap) == 1);
    Finding const& gap = first(found, FindingKind::gap);
    CHECK(found.findings.front().id == "gap-1");
    CHECK(gap.persons == std::vector<Person>{Person::mainland});
    CHECK(gap.regimes.front().from == YearMonth{2027, 1});
    CHECK(months_of(*gap.witness) == std::vector<int>{1});
    CHECK(gap.witness->temporary.size() == 1);
    check_findings(found, law_context("longest-only"));
}

TEST_CASE("pro rata: no stay elsewhere pays where each area pays for its months") {
    Audit const found = audited("pro-rata", 2);
    REQUIRE(found.coverage.size() == 3);
    CHECK(found.coverage.front().place_pays);
    CHECK_FALSE(found.coverage.back().place_pays);
    for (Finding const& finding : found.findings) {
        if (finding.what.kind == FindingKind::gaming) {
            CHECK(finding.regimes == std::vector<audit::Regime>{found.coverage.front().regime});
        }
    }
    CHECK(found.count(FindingKind::gaming) > 0);
}

TEST_CASE("every shipped rule set: witnesses hold, longest-only alone is faulty") {
    for (std::string_view const id : rules::shipped_rule_sets()) {
        CAPTURE(id);
        Audit const found = audited(id, 2);
        CHECK(found.faulty() == (id == "longest-only"));
        check_findings(found, law_context(id));
    }
}

TEST_CASE("limits that no career meets, that all do, and ages that leave one class alone") {
    struct Case {
        std::string why;
        std::string parameters;
        std::size_t dead; ///< criteria
    };
    // A limit of a hundred years leaves two criteria dead in each of three orders. A month
    // qualifies every relation: the last other area with enough months is dead in all three, the
    // longest in the two that have it; who has temporary accounts alone has no relation.
    for (auto const& c : std::vector<Case>{
             {"1200 months", dated_rule("place.min_months", "2020-01", "1200"), 3 * 2},
             {"a month", dated_rule("place.min_months", "2020-01", "1"), 3 + 2},
             {"temporary accounts for every man, at any age",
              dated_rule("temporary.male_age", "2010-01", "0"),
              0}}) {
        CAPTURE(c.why);
        auto const book = changed_law(c.parameters);
        law::MoneyCalendar const money(book);
        Audit const found = audited(book, 3);
        CHECK_FALSE(found.faulty());
        CHECK(found.count(FindingKind::dead_criterion) == c.dead);
        law::Decider decider({book, money, tables().wages}, areas().default_count());
        for (Finding const& finding : found.findings) {
            if (finding.witness) {
                check_witness(finding, *finding.witness, decider);
            }
        }
    }
}

TEST_CASE("the audit tells how far it is, and is the same each time") {
    std::vector<std::size_t> told;
    audit::AuditPlan plan;
    plan.spells = 2;
    plan.progress = [&](std::size_t done, std::size_t total, std::uint64_t) {
        told.push_back(done);
        CHECK(done <= total);
    };
    Audit const once = audit::audit_rules(rules("practice"), tables(), plan);
    CHECK(told.front() == 0);
    CHECK(std::is_sorted(told.begin(), told.end()));
    CHECK(audit::audit_json(once, areas()) == audit::audit_json(audited("practice", 2), areas()));
}

} // namespace pensim::test
