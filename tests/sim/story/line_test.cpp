#include "sim/story/line.hpp"

#include <doctest/doctest.h>

#include "sim/story/story.hpp"
#include "tests/sim/story/shipped_cases.hpp"

namespace pensim::test {

namespace {

using story::Language;
using story::Line;
using story::Mark;
using story::MarkKind;

std::vector<Mark> marks_of(std::vector<Line> const& lines, MarkKind kind) {
    std::vector<Mark> found;
    for (Line const& line : lines) {
        if (line.mark && line.mark->kind == kind) {
            found.push_back(*line.mark);
        }
    }
    return found;
}

std::string citation(Line const& line) {
    return line.law ? law::to_text(*line.law) : "";
}

} // namespace

TEST_CASE("both languages have the same lines: times, citations, places, marks") {
    std::size_t marks = 0;
    each_shipped_case([&](cases::Law const& law, cases::Case& person, std::string const& pointer) {
        CAPTURE(person.id);
        auto const english = story::lines(law, person, pointer, Language::en);
        auto const chinese = story::lines(law, person, pointer, Language::zh);
        REQUIRE(english.size() == chinese.size());
        for (std::size_t i = 0; i < english.size(); ++i) {
            Line const& en = english[i];
            Line const& zh = chinese[i];
            CAPTURE(en.text);
            CHECK(en.text != zh.text);
            CHECK(en.time == zh.time);
            CHECK(citation(en) == citation(zh));
            CHECK(en.indent == zh.indent);
            CHECK(en.heading == (i == 0));
            CHECK(zh.heading == (i == 0));
            CHECK(en.gap == zh.gap);
            CHECK(en.record == zh.record);
            CHECK(en.mark == zh.mark);
            CHECK(en.routine == zh.routine);
            CHECK_FALSE((en.routine && en.mark));
            // A detail belongs to the line before; a mark stands at its own month.
            CHECK((en.heading || en.time.empty() == (en.indent == 1)));
            if (en.mark) {
                CHECK(en.time.ends_with(
                    (en.mark->kind == MarkKind::comeback ? en.time : en.mark->month.text())));
                ++marks;
            }
        }
    });
    CHECK(marks > 400);
}

TEST_CASE("marks carry what the outcome says, to the fen and in its order") {
    each_shipped_case([&](cases::Law const& law, cases::Case& person, std::string const& pointer) {
        CAPTURE(person.id);
        law::Decider decider = law.decider();
        auto const* const outcome =
            cases::decide_case(decider, person, pointer, law.tables().areas);
        auto const lines = story::lines(law, person, pointer, Language::en);
        REQUIRE((outcome != nullptr) == !lines.empty());
        if (outcome == nullptr) {
            return;
        }
        std::vector<Mark> transfers;
        for (Transfer const& t : outcome->transfers) {
            transfers.push_back(
                {MarkKind::transfer, t.month, t.from, t.to, t.account, t.pooled, t.kind});
        }
        CHECK(marks_of(lines, MarkKind::transfer) == transfers);
        Fen refunded;
        for (Refund const& refund : outcome->refunds) {
            refunded += refund.account;
        }
        for (Mark const& mark : marks_of(lines, MarkKind::refund)) {
            refunded -= *mark.account;
        }
        CHECK(refunded == Fen{});
        auto const settlements = marks_of(lines, MarkKind::settlement);
        REQUIRE(settlements.size() == (outcome->settlement_month ? 1U : 0U));
        if (!settlements.empty()) {
            CHECK(settlements[0].month == *outcome->settlement_month);
            CHECK(settlements[0].to == outcome->benefit_area);
            // A resident account joins after the settlement, with a mark of its own.
            bool const joined =
                outcome->bridge
                && outcome->bridge->direction == BridgeDirection::resident_to_employee;
            CHECK(*settlements[0].account + (joined ? outcome->bridge->account : Fen{})
                  == *outcome->account_balance);
        }
        auto const countings = marks_of(lines, MarkKind::counting);
        CHECK(countings.size() <= 1);
        CHECK((countings.size() == 1 || outcome->branch == Branch::none));
        for (Mark const& mark : countings) {
            CHECK(mark.month == outcome->counting_month);
        }
        auto const bridges = marks_of(lines, MarkKind::bridge);
        REQUIRE(bridges.size() == (outcome->bridge ? 1U : 0U));
        if (!bridges.empty()) {
            CHECK(bridges[0].month == outcome->bridge->month);
            CHECK(bridges[0].to == outcome->bridge->area);
            CHECK(bridges[0].account == outcome->bridge->account);
        }
        CHECK(marks_of(lines, MarkKind::death).size()
              == (outcome->status == Status::died ? 1U : 0U));
    });
}

TEST_CASE("a departure, its return and its end are marked") {
    cases::Case person = cases::read_cases(R"({"schema": "pensim/cases/1", "persons": [{"id": "p",
        "group": "foreign", "nationality": "USA", "sex": "male", "birth": "1970-01", "records": [
        {"area": "GD", "from": "2012-01", "to": "2014-06", "base": 9000},
        {"area": "SH", "from": "2016-03", "to": "2018-02", "base": 9000}], "events": [
        {"event": "depart", "month": "2014-06"},
        {"event": "depart", "month": "2018-03", "terminate": true}]}]})",
                                           tables())
                             .value()
                             .persons[0];
    auto const lines = story::lines(shipped_law("law"), person, "/persons/0", Language::en);
    auto const left = marks_of(lines, MarkKind::departure);
    auto const back = marks_of(lines, MarkKind::comeback);
    auto const ended = marks_of(lines, MarkKind::termination);
    REQUIRE(left.size() == 1);
    REQUIRE(back.size() == 1);
    REQUIRE(ended.size() == 1);
    CHECK(left[0].month == YearMonth(2014, 6));
    CHECK(back[0].month == YearMonth(2016, 3));
    CHECK(back[0].to == area("SH"));
    CHECK(ended[0].month == YearMonth(2018, 3));
}

TEST_CASE("lines as text: the month at the left, the law behind, documents at the end") {
    std::vector<Line> lines(4);
    lines[0].text = "A life.";
    lines[0].heading = true;
    lines[0].gap = true;
    lines[1].time = "2005-01..2005-12";
    lines[1].text = "Paid.";
    lines[1].law = law::Citation{"sil-2010", "art. 16"};
    lines[2].text = "More.";
    lines[2].indent = 1;
    lines[2].law = law::Citation{"no-such-text", ""};
    lines[3].time = "2006-01";
    lines[3].text = "The end.";
    CHECK(story::to_text(lines, Language::en)
          == "A life.\n\n"
             "2005-01..2005-12 Paid.  [sil-2010 art. 16]\n"
             "                   More.  [no-such-text]\n"
             "2006-01          The end.\n"
             "\n"
             "Texts:\n"
             "  sil-2010: Social Insurance Law (2010)\n");
    CHECK(story::documents_cited(lines).size() == 1);
}

TEST_CASE("every mark and kind of transfer has a name in both languages") {
    for (Language const language : {Language::en, Language::zh}) {
        for (int kind = 0; kind <= static_cast<int>(MarkKind::bridge); ++kind) {
            CHECK_FALSE(story::name_of(static_cast<MarkKind>(kind), language).empty());
        }
        for (int kind = 0; kind <= static_cast<int>(TransferKind::temporary); ++kind) {
            CHECK_FALSE(story::name_of(static_cast<TransferKind>(kind), language).empty());
        }
    }
}

} // namespace pensim::test
