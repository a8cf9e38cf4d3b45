#include "sim/reform/witnesses.hpp"

#include <algorithm>
#include <set>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "core/law/words.hpp"
#include "tests/sim/support.hpp"
#include "tests/support/compared.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {
namespace {

using engine::Change;
using Json = nlohmann::json;

std::string const& text_of(reform::Witnesses const& witnesses, std::string const& name) {
    auto const file = std::find_if(witnesses.files.begin(),
                                   witnesses.files.end(),
                                   [&](reform::WitnessFile const& f) { return f.name == name; });
    if (file == witnesses.files.end()) {
        FAIL("no file ", name);
    }
    return file->text;
}

std::vector<std::string> names_of(reform::Witnesses const& witnesses) {
    std::vector<std::string> names;
    for (reform::WitnessFile const& file : witnesses.files) {
        names.push_back(file.name);
    }
    std::sort(names.begin(), names.end());
    return names;
}

TEST_CASE("a kind of change is told in words, no two the same") {
    auto const code = [](auto value) { return static_cast<std::uint16_t>(value); };
    CHECK(reform::kind_text({Change::status, code(Status::pension), code(Status::died)})
          == "status: pension -> died");
    CHECK(reform::kind_text(
              {Change::benefit_area, code(Branch::longest), code(Branch::last_qualified)})
          == "benefit_area: longest -> last_qualified");
    CHECK(reform::kind_text({Change::branch, code(Branch::none), code(Branch::hukou)})
          == "branch: none -> hukou");
    CHECK(reform::kind_text({Change::months_short, 0, 0}) == "months_short: less");
    CHECK(reform::kind_text({Change::months_short, 0, 1}) == "months_short: more");
    CHECK(reform::kind_text({Change::pension, 0, 1}) == "pension: more");
    CHECK(reform::kind_text({Change::transfers, 0, 0}) == "transfers");
    CHECK(reform::kind_text({Change::books, 0, 0}) == "books");
}

TEST_CASE("a witness's outcomes are those of the run, and differ as it says") {
    auto const simulation =
        simulated("national", {.persons = 900, .replicates = 2, .with_pilot = false});
    Planned planned(*simulation, {"longest-only", "required-180", "pro-rata"});
    planned.plan.witnesses = 2;
    auto const comparison = reform::compare(planned.plan);
    auto const witnesses =
        reform::witnesses_of(comparison, planned.plan, planned.reforms, story::Language::en);
    CHECK(names_of(witnesses).size() == 9);
    std::set<std::string> shown;
    for (std::size_t r = 0; r < planned.plan.reforms.size(); ++r) {
        std::string const& name = planned.plan.reforms[r].name;
        CAPTURE(name);
        Json const before = Json::parse(text_of(witnesses, "witnesses-" + name + "-before.json"));
        Json const after = Json::parse(text_of(witnesses, "witnesses-" + name + "-after.json"));
        CHECK(before["rules"] == "law");
        CHECK(after["rules"] == name);
        auto const& kept = comparison.reforms[r].people.witnesses;
        std::size_t i = 0;
        for (auto const& [kind, people] : kept) {
            for (engine::Witness const& witness : people) {
                std::string const id = std::to_string(witness.person.replicate) + "."
                                       + std::to_string(witness.person.person);
                CAPTURE(id);
                Json const& a = before["persons"].at(i);
                Json const& b = after["persons"].at(i);
                ++i;
                CHECK(a["id"] == id);
                CHECK(b["id"] == id);
                CHECK(a["note"] == reform::kind_text(kind));
                CHECK(b["note"] == reform::kind_text(kind));
                Json const& was = a["expect"];
                Json const& is = b["expect"];
                std::string const what(reform::kind_text(kind));
                shown.insert(what.substr(0, what.find(':')));
                if (kind.what == Change::status) {
                    CHECK(was["status"] == word(static_cast<Status>(kind.from)));
                    CHECK(is["status"] == word(static_cast<Status>(kind.to)));
                } else if (kind.what == Change::benefit_area || kind.what == Change::branch) {
                    CHECK((was["benefit_area"] != is["benefit_area"])
                          == (kind.what == Change::benefit_area));
                    CHECK(was["branch"] == word(static_cast<Branch>(kind.from)));
                    CHECK(is["branch"] == word(static_cast<Branch>(kind.to)));
                } else if (kind.what == Change::transfers) {
                    CHECK(was["transfers"] != is["transfers"]);
                    CHECK(was["benefit_area"] == is["benefit_area"]);
                }
            }
        }
        CHECK(before["persons"].size() == i);
        CHECK(after["persons"].size() == i);
        CHECK(i >= 2);
        CHECK(static_cast<std::size_t>(
                  std::count_if(witnesses.lines.begin(),
                                witnesses.lines.end(),
                                [&](reform::WitnessLine const& l) { return l.reform == name; }))
              == i);
    }
    CHECK(shown.size() >= 4);
}

TEST_CASE("rule sets that no id names go along, each once, whole") {
    TemporaryFolder const folder;
    auto const file = [&](std::string const& name, int months) {
        return folder.file(name,
                           R"({"schema": "pensim/rules/1", "id": "mine", "extends": "law",
            "title": {"en": "M", "zh": "我"}, "parameters": {"place.min_months": [
            {"from": "2027-01", "value": )"
                               + std::to_string(months) + R"(, "source": "t"}]}})");
    };
    std::string const one = file("one.json", 60);
    std::string const two = file("two.json", 180);
    auto const baseline = simulated("hmt", {.persons = 400, .rules = one, .with_pilot = false});
    Planned planned(*baseline, {two, "law+longest-only"});
    planned.plan.witnesses = 1;
    auto const comparison = reform::compare(planned.plan);
    auto const witnesses =
        reform::witnesses_of(comparison, planned.plan, planned.reforms, story::Language::zh);
    std::vector<std::string> rule_files;
    for (std::string const& name : names_of(witnesses)) {
        if (name.starts_with("rules-")) {
            rule_files.push_back(name);
        }
    }
    CHECK(rule_files == std::vector<std::string>{"rules-mine-2.json", "rules-mine.json"});
    auto const rules_in = [&](std::string const& name) {
        return std::string(Json::parse(text_of(witnesses, name))["rules"]);
    };
    auto const read = [&](std::string const& name) {
        return rules::read_rules(name, text_of(witnesses, name), tables()).value();
    };
    for (std::string const& name : names_of(witnesses)) {
        CAPTURE(name);
        if (name.ends_with("-before.json")) {
            CHECK(rules_in(name) == "rules-mine.json");
        } else if (name.ends_with("-after.json")) {
            CHECK(rules_in(name)
                  == (name.find("longest") == std::string::npos ? "rules-mine-2.json"
                                                                : "law+longest-only"));
        }
    }
    CHECK(rules::difference_of(read("rules-mine.json"), baseline->law->book(), areas()).empty());
    CHECK(rules::difference_of(read("rules-mine-2.json"), planned.reforms.law(0).book(), areas())
              .empty());
}

} // namespace
} // namespace pensim::test
