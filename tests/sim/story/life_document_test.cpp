#include "sim/story/life_document.hpp"

#include <charconv>
#include <map>

#include <doctest/doctest.h>

#include "sim/input/text_out.hpp"
#include "sim/story/story.hpp"
#include "tests/sim/story/shipped_cases.hpp"

namespace pensim::test {

namespace {

using input::JsonValue;
using story::Language;

story::Reproduction const reproduction{"pensim explain x",
                                       {{story::Words{"Version", "版本"}, "1.2.3"}}};

JsonValue document_of(cases::Law const& law, cases::Case& person, std::string const& pointer) {
    std::string const text = story::life_document(law, person, pointer, Language::en, reproduction);
    REQUIRE(!text.empty());
    auto json = input::parse_json(text);
    REQUIRE(json.has_value());
    return *json;
}

JsonValue const& at(JsonValue const& object, std::string_view key) {
    CAPTURE(key);
    auto const* const found = object.find(key);
    REQUIRE(found != nullptr);
    return *found;
}

std::string const& text(JsonValue const& object, std::string_view key) {
    return at(object, key).text;
}

std::string yuan(Fen amount) {
    std::string out;
    input::append_yuan(out, amount);
    return out;
}

std::size_t number(JsonValue const& object, std::string_view key) {
    std::string const& digits = text(object, key);
    std::size_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    CHECK(std::to_string(value) == digits);
    return value;
}

/// The id of an area that an object names by its place in the document; empty for null.
std::string area_of(JsonValue const& document, JsonValue const& object, std::string_view key) {
    if (at(object, key).is(JsonValue::Type::null)) {
        return "";
    }
    auto const& all = at(document, "areas").items;
    std::size_t const index = number(object, key);
    REQUIRE(index < all.size());
    return text(all[index], "id");
}

bool is_chinese(std::string_view text) {
    for (char const c : text) {
        if (static_cast<unsigned char>(c) >= 0xE3) {
            return true;
        }
    }
    return false;
}

/// Every {"en", "zh"} below a value, and every plain text that may be a pattern left open.
template <class Visit>
void each_text(JsonValue const& value, Visit const& visit) {
    for (JsonValue const& item : value.items) {
        each_text(item, visit);
    }
    if (value.find("en") != nullptr && value.find("zh") != nullptr) {
        visit(text(value, "en"), text(value, "zh"));
        return;
    }
    for (auto const& member : value.members) {
        each_text(member.value, visit);
    }
}

cases::Case person_of_text(std::string const& person) {
    return cases::read_cases(R"({"schema": "pensim/cases/1", "persons": [)" + person + "]}",
                             tables())
        .value()
        .persons[0];
}

} // namespace

TEST_CASE("the document of every shipped case says what its outcome says") {
    std::map<std::string, int> kinds;
    each_shipped_case([&](cases::Law const& law, cases::Case& person, std::string const& pointer) {
        CAPTURE(person.id);
        law::Decider decider = law.decider();
        auto const* const outcome =
            cases::decide_case(decider, person, pointer, law.tables().areas);
        if (outcome == nullptr) {
            CHECK(story::life_document(law, person, pointer, Language::en, reproduction).empty());
            return;
        }
        JsonValue const document = document_of(law, person, pointer);
        auto const name = [&](std::optional<AreaId> id) {
            return id ? law.tables().areas[*id].id : std::string();
        };
        std::size_t transfers = 0;
        for (JsonValue const& event : at(document, "events").items) {
            std::string const kind = text(event, "kind");
            ++kinds[kind];
            auto const& lines = at(document, "lines").items;
            REQUIRE(number(event, "line") < lines.size());
            if (kind != "return") {
                CHECK(text(lines[number(event, "line")], "time").ends_with(text(event, "month")));
            }
            if (kind == "transfer") {
                REQUIRE(transfers < outcome->transfers.size());
                Transfer const& t = outcome->transfers[transfers++];
                CHECK(text(event, "month") == t.month.text());
                CHECK(area_of(document, event, "from") == name(t.from));
                CHECK(area_of(document, event, "to") == name(t.to));
                CHECK(text(event, "account") == yuan(t.account));
                CHECK(text(event, "pooled") == yuan(t.pooled));
            } else if (kind == "claim") {
                CHECK(text(event, "month") == outcome->counting_month.text());
            } else if (kind == "settlement") {
                CHECK(text(event, "month") == outcome->settlement_month->text());
                CHECK(area_of(document, event, "to") == name(outcome->benefit_area));
            } else if (kind == "bridge") {
                CHECK(text(event, "month") == outcome->bridge->month.text());
                CHECK(text(event, "account") == yuan(outcome->bridge->account));
            }
        }
        CHECK(transfers == outcome->transfers.size());
        if (outcome->pension) {
            CHECK(text(at(document, "answer"), "en").find(" pay") != std::string::npos);
        }
        if (outcome->benefit_area) {
            CHECK(text(at(document, "answer"), "zh").find(name(outcome->benefit_area))
                  != std::string::npos);
        }
    });
    for (std::string const kind : {"transfer",
                                   "claim",
                                   "settlement",
                                   "departure",
                                   "return",
                                   "termination",
                                   "death",
                                   "refund",
                                   "bridge"}) {
        CAPTURE(kind);
        CHECK(kinds[kind] > 0);
    }
}

TEST_CASE("records lie within the horizon, in areas of the document, and lines know theirs") {
    each_shipped_case([](cases::Law const& law, cases::Case& person, std::string const& pointer) {
        CAPTURE(person.id);
        law::Decider decider = law.decider();
        if (cases::decide_case(decider, person, pointer, law.tables().areas) == nullptr) {
            return;
        }
        JsonValue const document = document_of(law, person, pointer);
        auto const& horizon = at(document, "horizon").items;
        REQUIRE(horizon.size() == 2);
        for (JsonValue const& record : at(document, "records").items) {
            std::size_t const index = number(record, "record");
            REQUIRE(index < person.life.records.size());
            Record const& given = person.life.records[index];
            CHECK(area_of(document, record, "area") == law.tables().areas[given.area].id);
            CHECK(text(record, "base") == yuan(given.base));
            CHECK(text(record, "from") <= text(record, "to"));
            CHECK(horizon[0].text <= text(record, "from").substr(0, 4));
            CHECK(horizon[1].text >= text(record, "to").substr(0, 4));
        }
        for (JsonValue const& line : at(document, "lines").items) {
            if (line.find("record") != nullptr) {
                CHECK(number(line, "record") < person.life.records.size());
                CHECK(text(line, "time").size() >= 7);
            }
        }
    });
}

TEST_CASE("every text is written in both languages, and no place of a pattern is left open") {
    each_shipped_case([](cases::Law const& law, cases::Case& person, std::string const& pointer) {
        CAPTURE(person.id);
        law::Decider decider = law.decider();
        if (cases::decide_case(decider, person, pointer, law.tables().areas) == nullptr) {
            return;
        }
        JsonValue const document = document_of(law, person, pointer);
        for (std::string_view const key :
             {"title", "question", "answer", "headlines", "areas", "events", "lines", "rules"}) {
            CAPTURE(key);
            each_text(at(document, key), [](std::string const& en, std::string const& zh) {
                CAPTURE(en);
                CAPTURE(zh);
                CHECK_FALSE(en.empty());
                CHECK_FALSE(zh.empty());
                for (std::string const& one : {en, zh}) {
                    CHECK(one.find_first_of("{}") == std::string::npos);
                }
            });
        }
        each_text(at(document, "answer"),
                  [](std::string const&, std::string const& zh) { CHECK(is_chinese(zh)); });
        for (JsonValue const& headline : at(document, "headlines").items) {
            CHECK(is_chinese(text(at(headline, "label"), "zh")));
        }
    });
}

TEST_CASE("the answer in one sentence, for every end that a life can have") {
    struct Case {
        std::string why;
        std::string person;
        std::string answer;
    };
    std::string const hk =
        R"({"id": "p", "group": "hong_kong", "sex": "male", "birth": "1966-09", )";
    std::string const ten = R"({"area": "GD", "from": "2016-04", "to": "2027-03", "base": 9000})";
    for (
        auto const& c : std::vector<Case>{
            {"paid on",
             hk + R"("records": [)" + ten + "]}",
             "GD Guangdong is to pay, because the relation is there, with enough months. No "
             "pension yet: 48 months are missing and can be paid month by month."},
            {"no right to extend",
             R"({"id": "p", "group": "foreign", "nationality": "USA", "sex": "male", "birth": "1966-09", "records": [)"
                 + ten + "]}",
             "GD Guangdong would pay, because the relation is there, with enough months. There is "
             "no pension: 48 months are missing and cannot be paid."},
            {"nothing paid", hk + R"("records": []})", "No province pays: nothing was ever paid."},
        }) {
        CAPTURE(c.why);
        cases::Case person = person_of_text(c.person);
        JsonValue const document = document_of(shipped_law("law"), person, "/persons/0");
        std::string const& answer = text(at(document, "answer"), "en");
        CHECK(answer == c.answer);
    }
}

TEST_CASE("hostile names are text, in both languages, and nothing else changes") {
    std::string const life = R"("group": "hong_kong", "sex": "male", "birth": "1966-09",
        "records": [{"area": "GD", "from": "2008-02", "to": "2027-03", "base": 8000}]})";
    std::string const hostile =
        R"(</script><img src=x onerror=alert(1)>\"\\u0000\u2028__proto__{0})";
    cases::Case plain = person_of_text(R"({"id": "p", )" + life);
    cases::Case nasty =
        person_of_text(R"({"id": ")" + hostile + R"(", "note": ")" + hostile + "\", " + life);
    JsonValue const first = document_of(shipped_law("law"), plain, "/persons/0");
    JsonValue const second = document_of(shipped_law("law"), nasty, "/persons/0");
    CHECK(text(at(second, "person"), "id") == nasty.id);
    CHECK(text(at(second, "title"), "en") == "A pension's story: " + nasty.id);
    CHECK(text(at(second, "notes").items.at(0), "zh") == nasty.note);
    CHECK(text(at(second, "lines").items[0].find("text")[0], "en").starts_with(nasty.id + ": "));
    CHECK(at(first, "lines").items.size() == at(second, "lines").items.size());
    CHECK(text(at(first, "answer"), "en") == text(at(second, "answer"), "en"));
}

TEST_CASE("rules, texts and the way to make it again") {
    cases::Case person = person_of_text(
        R"({"id": "p", "group": "hong_kong", "sex": "male", "birth": "1966-09",
        "records": [{"area": "GD", "from": "2008-02", "to": "2027-03", "base": 8000}]})");
    JsonValue const document = document_of(shipped_law("law"), person, "/persons/0");
    JsonValue const& rules = at(document, "rules");
    CHECK(text(rules, "id") == "law");
    bool found = false;
    for (JsonValue const& parameter : at(rules, "parameters").items) {
        if (text(parameter, "key") == "place.min_months") {
            found = true;
            REQUIRE(at(parameter, "values").items.size() == 1);
            CHECK(text(at(parameter, "values").items[0], "value") == "120");
        }
    }
    CHECK(found);
    auto const lines = story::lines(shipped_law("law"), person, "/persons/0", Language::en);
    CHECK(at(rules, "documents").items.size() == story::documents_cited(lines).size());
    CHECK(text(at(document, "reproduce"), "command") == "pensim explain x");
    CHECK(text(at(at(document, "reproduce"), "facts").items.at(0), "value") == "1.2.3");
}

} // namespace pensim::test
