// Five rule sets with a flaw of ours each: found, and nothing else.
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "core/law/words.hpp"
#include "sim/audit/audit_text.hpp"
#include "tests/sim/audit/audits.hpp"

namespace pensim::test {

namespace {

using audit::Finding;

/// Faults and warnings: kind, criterion, first of the persons, from when on.
std::vector<std::string> flaws(audit::Audit const& found) {
    std::vector<std::string> lines;
    for (Finding const& finding : found.findings) {
        if (severity_of(finding.what.kind) > audit::Severity::warning) {
            continue;
        }
        std::string line(audit::word_of(finding.what.kind));
        line += finding.what.dead ? fmt::format(" {}", word(*finding.what.dead)) : "";
        for (law::Person const person : finding.persons) {
            line += fmt::format(" {}", word(person));
        }
        lines.push_back(line + fmt::format(" from {}", finding.regimes.front().from.text()));
    }
    return lines;
}

std::string const hmt = " hong_kong macau taiwan";

} // namespace

TEST_CASE("the planted flaw of each broken rule set is found, and only where it was planted") {
    struct Case {
        std::string why;
        std::string parameters;
        std::vector<std::string> flaws;
    };
    for (auto const& c : std::vector<Case>{
             {"nothing for those who are short everywhere",
              dated_rule(
                  "place.order.hmt", "2027-01", R"(["relation_qualified", "last_qualified"])"),
              {"gap" + hmt + " from 2027-01"}},
             {"no tie rule: it is missed where length decides",
              dated_rule("place.tie", "2027-01", "\"none\""),
              {"open_tie" + hmt + " foreign_temporary foreign_permanent from 2027-01"}},
             {"a criterion behind one that answers everybody",
              dated_rule("place.order.hmt",
                         "2027-01",
                         R"(["relation_qualified", "longest", "last_qualified"])"),
              {"dead_criterion last_qualified" + hmt + " from 2027-01"}},
             {"who pays where the relation should be sends it away again",
              dated_rule("place.order.hmt", "2027-01", R"(["last_qualified", "longest"])"),
              {"instability" + hmt + " from 2027-01"}},
             {"a gap that opens later, for one group",
              dated_rule("place.order.mainland",
                         "2031-01",
                         R"(["hukou", "relation_qualified", "last_qualified"])"),
              {"gap mainland from 2031-01"}},
         }) {
        CAPTURE(c.why);
        auto const book = changed_law(c.parameters);
        audit::Audit const found = audited(book, spells_to_try());
        CHECK(flaws(found) == c.flaws);
        CHECK(found.faulty() == (c.flaws[0].starts_with("gap") || c.flaws[0].starts_with("open")));
        law::MoneyCalendar const money(book);
        law::Decider decider({book, money, tables().wages}, areas().default_count());
        Finding const& flaw = found.findings.front();
        REQUIRE(flaw.witness.has_value());
        REQUIRE(decider.decide(flaw.witness->life));
        bool const placed = decider.outcome().benefit_area.has_value();
        CHECK(placed == !found.faulty());
    }
}

TEST_CASE("a broken rule set: the witness is the smallest life that shows it") {
    auto const book = changed_law(dated_rule("place.tie", "2027-01", "\"none\""));
    audit::Audit const found = audited(book, 3);
    CHECK(audit::career_text(*found.findings.front().witness, areas(), story::Language::en)
              .ends_with("1 month"));
    CHECK(found.findings.front().witness->life.records.size() == 2);
    CHECK(found.findings.front().witness->months == 2);
}

TEST_CASE("a criterion that fits nobody is dead without a witness") {
    audit::Audit const found = audited(
        changed_law(dated_rule("place.order.hmt", "2027-01", R"(["hukou", "longest"])")), 2);
    REQUIRE(found.count(audit::FindingKind::dead_criterion) == 1);
    Finding const& dead = found.findings.front();
    CHECK_FALSE(dead.witness.has_value());
    CHECK(audit::sentence(dead, story::Language::en)
          == "The criterion \"relation in the hukou area\" never decides: it fits nobody.");
}

} // namespace pensim::test
