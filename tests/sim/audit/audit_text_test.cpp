#include "sim/audit/audit_text.hpp"

#include <set>
#include <string>

#include <doctest/doctest.h>

#include "sim/cases/case_json.hpp"
#include "tests/sim/audit/audits.hpp"
#include "tests/sim/schema.hpp"

namespace pensim::test {

namespace {

using story::Language;

bool holds(std::string const& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

audit::Audit const& of_longest_only() {
    static audit::Audit const found = audited("longest-only", 2);
    return found;
}

} // namespace

TEST_CASE("the text begins with the verdict, and shows a life and how to see it") {
    std::string const text = audit_text(of_longest_only(), areas(), Language::en, "witnesses.json");
    CHECK(text.starts_with("longest-only: GAPS (1), no open ties, no dead criteria, paying on "
                           "never changes the place\n"));
    CHECK(holds(text,
                "\nFaults\n"
                "gap-1        No criterion answers: no place, and no pension however long was "
                "paid.\n"
                "             mainland residents; counted 2027-01..2029-12, 2039-01..2045-12; "));
    CHECK(holds(text, "\n             - HA Henan 1 month; hukou "));
    CHECK(holds(text, "; temporary account HA Henan: nobody pays\n"));
    CHECK(holds(text, "\n             pensim explain witnesses.json --person gap-1\n"));
    CHECK(holds(text, "--person cliff-1-before; cliff-1-after\n"));
    CHECK_FALSE(holds(text, " 1 months"));
    // A file is named only if there is one.
    std::string const without = audit_text(of_longest_only(), areas(), Language::en, "");
    CHECK_FALSE(holds(without, "\n             pensim explain"));
    CHECK(holds(without, "--cases FILE"));
}

TEST_CASE("the text says what was enumerated, numbers and all") {
    audit::Audit const& found = of_longest_only();
    std::string const text = audit_text(found, areas(), Language::en, "");
    CHECK(holds(text, "1 to 2 unbroken spells in up to 4 areas"));
    CHECK(holds(text, "residents of Hong Kong, Macau and Taiwan (one stands for all"));
    for (auto const& own : found.coverage) {
        CHECK(holds(text, own.regime.from.text() + ".." + own.regime.to.text() + "  spells of "));
        CHECK(holds(text, "counted in " + own.counting.front().text()));
    }
}

TEST_CASE("in Chinese") {
    std::string const text = audit_text(of_longest_only(), areas(), Language::zh, "例.json");
    CHECK(text.starts_with("longest-only：有空白（1类），无未决并列，无失效标准，"
                           "继续缴费不改变待遇领取地\n"));
    CHECK(holds(text, "gap-1        没有适用的判定标准："));
    CHECK(holds(text, "- HA 河南1个月；户籍"));
    CHECK(holds(text, "：无人支付\n"));
}

TEST_CASE("the JSON of every shipped rule set follows its schema, both languages in it") {
    Schema audit_schema("audit");
    for (std::string_view const id : {"law", "practice", "longest-only", "pro-rata"}) {
        CAPTURE(id);
        auto const found = audited(id, 2);
        auto const json = nlohmann::json::parse(audit_json(found, areas()));
        CHECK(audit_schema.fault(json) == "");
        CHECK(json["rules"] == id);
        CHECK(json["faulty"] == found.faulty());
        CHECK(json["findings"].size() == found.findings.size());
        std::set<std::string> ids;
        for (auto const& finding : json["findings"]) {
            CHECK(finding["text"]["en"] != finding["text"]["zh"]);
            for (auto const& person : finding["persons"]) {
                CHECK(ids.insert(person["id"]).second);
            }
        }
    }
    auto wrong = nlohmann::json::parse(audit_json(of_longest_only(), areas()));
    wrong["findings"][0]["kind"] = "hole";
    CHECK(audit_schema.fault(wrong) != "");
}

TEST_CASE("the witnesses are cases: they can be read, and expect what was found") {
    audit::Audit const& found = of_longest_only();
    std::string const text = audit_cases(found, areas(), "longest-only");
    CHECK(Schema("cases").fault(nlohmann::json::parse(text)) == "");
    auto const file = cases::read_cases(text, tables());
    REQUIRE(file.has_value());
    CHECK(file->rules == "longest-only");
    std::size_t lives = 0;
    for (auto const& finding : found.findings) {
        lives += (finding.witness ? 1U : 0U) + (finding.changed ? 1U : 0U);
    }
    REQUIRE(file->persons.size() == lives);
    CHECK(file->persons.front().id == "gap-1");
    for (auto const& person : file->persons) {
        CAPTURE(person.id);
        CHECK(person.problems.empty());
        CHECK(person.expect.has_value());
        CHECK_FALSE(person.note.empty());
    }
}

TEST_CASE("sentences of each kind, in both languages") {
    using audit::Change;
    using audit::Finding;
    using audit::FindingKind;
    struct Case {
        Finding finding;
        std::string en;
        std::string zh;
    };
    Finding gaming{.what = {.kind = FindingKind::gaming}, .months = 2, .gain = Fen(300'000)};
    Finding dead{.what = {.kind = FindingKind::dead_criterion, .dead = law::Criterion::longest},
                 .witness = audit::Witness{}};
    for (auto const& c : std::vector<Case>{
             {{.what = {.kind = FindingKind::open_tie}},
              "Several areas are equal, and no rule decides between them: no place.",
              "多地并列，且没有规则可作取舍：无待遇领取地。"},
             {{.what = {.kind = FindingKind::cliff,
                       .change = Change::month_back,
                       .accounts = audit::Accounts::temporary_changes,
                       .before = Branch::longest,
                       .after = Branch::hukou}},
              "One month back in an earlier area changes who pays: before \"the longest\", then "
              "\"the relation is in the hukou area\"; an account becomes temporary or ceases to "
              "be.",
              "回到曾参保的地区再缴一个月，待遇领取地即改变：原依据“缴费年限最长”，"
              "改依据“关系在户籍地”；且有账户转为或不再是临时账户。"},
             {gaming,
              "A stay of 2 months elsewhere brings 3,000.00 yuan a month more than the same months "
              "paid where last paid; 1,500.00 for each month of the stay.",
              "到别处参保2个月，较在最后参保地同样多缴，养老金每月多3,000.00元；"
              "合参保每个月1,500.00元。"},
             {dead,
              "The criterion \"the longest area\" never decides: wherever it fits, an earlier one "
              "has decided.",
              "判定标准“缴费年限最长的参保地”从不起作用：凡其适用之处，前面的标准已作出判定。"},
         }) {
        CHECK(sentence(c.finding, Language::en) == c.en);
        CHECK(sentence(c.finding, Language::zh) == c.zh);
    }
}

} // namespace pensim::test
