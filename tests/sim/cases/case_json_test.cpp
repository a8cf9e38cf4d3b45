#include "sim/cases/case_json.hpp"

#include <vector>

#include <doctest/doctest.h>

#include "sim/cases/decide_case.hpp"
#include "tests/sim/support.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {

namespace {

std::string file_of(std::string const& persons) {
    return R"({"schema": "pensim/cases/1", "persons": [)" + persons + "]}";
}

/// All faults of one person, of reading and of the law.
std::string person_faults(std::string const& person, std::string_view rules = "law") {
    auto file = cases::read_cases(file_of(person), tables());
    REQUIRE(file.has_value());
    static_cast<void>(cases::decide_file(shipped_law(rules), *file));
    std::string faults;
    for (cases::Case const& one : file->persons) {
        faults += lines_of(one.problems);
    }
    return faults;
}

std::string const hk = R"("id": "p", "group": "hong_kong", "sex": "male", "birth": "1966-09")";
std::string const good = R"({"area": "GD", "from": "2016-04", "to": "2027-03", "base": 10000})";

struct Fault {
    std::string why;
    std::string person; ///< members behind those of `hk`
    std::string faults;
};

void check_faults(std::vector<Fault> const& table) {
    for (auto const& c : table) {
        CAPTURE(c.why);
        CHECK(person_faults("{" + hk + ", " + c.person + "}") == c.faults);
    }
}

std::string with_record(std::string const& from, std::string const& to) {
    return R"("records": [)" + replaced(good, from, to) + "]";
}

} // namespace

TEST_CASE("a person is read whole") {
    auto const file =
        cases::read_cases(R"({"schema": "pensim/cases/1", "rules": "practice", "note": "n",
        "$schema": "cases.schema.json", "persons": [
        {"id": "p1", "group": "foreign", "sex": "female", "post": "management", "birth": "1971-10",
         "claim": "2026-10", "nationality": "DEU", "permanent_resident": true, "note": "free text",
         "elections": {"continue_in_last_area": true, "move_to_resident_scheme": true},
         "records": [{"area": "GD", "from": "2012-01", "to": "2016-12", "base": 5200.5, "kind": "flexible",
                      "scheme": "employee", "transfer": false, "keep": true},
                     {"area": "SH", "from": "2017-01", "base": 9800, "kind": "lump_sum", "months": 12}],
         "events": [{"event": "depart", "month": "2018-01", "terminate": true},
                    {"event": "death", "month": "2019-01"}],
         "exemptions": [{"ground": "agreement", "from": "2010-01", "to": "2011-12"}],
         "expect": {"status": "died"}}]})",
                          tables());
    REQUIRE(file.has_value());
    CHECK(file->rules == "practice");
    REQUIRE(file->persons.size() == 1);
    cases::Case const& p = file->persons[0];
    CHECK(lines_of(p.problems) == "");
    CHECK(p.id == "p1");
    CHECK(p.note == "free text");
    CHECK(p.expect->find("status")->text == "died");
    CHECK(p.life.group == Group::foreign);
    CHECK(p.life.sex == Sex::female);
    CHECK(p.life.post == Post::management);
    CHECK(p.life.birth == YearMonth(1971, 10));
    CHECK(p.life.claim == YearMonth(2026, 10));
    CHECK(p.life.nationality == CountryCode{'D', 'E', 'U'});
    CHECK(p.life.permanent_resident);
    CHECK(p.life.continue_in_last_area);
    CHECK(p.life.move_to_resident_scheme);
    REQUIRE(p.life.records.size() == 2);
    CHECK(p.life.records[0].base == Fen(520'050));
    CHECK(p.life.records[0].kind == Kind::flexible);
    CHECK_FALSE(p.life.records[0].transfer);
    CHECK(p.life.records[0].keep);
    CHECK(p.life.records[1].lump_months == 12);
    CHECK(p.life.records[1].transfer);
    REQUIRE(p.life.events.size() == 2);
    CHECK(p.life.events[0].terminate);
    CHECK(p.life.events[1].kind == EventKind::death);
    REQUIRE(p.life.exemptions.size() == 1);
    CHECK(p.life.exemptions[0].ground == ExemptionGround::agreement);
}

TEST_CASE("faults of the file as a whole") {
    auto const read = [](std::string const& text) {
        return faults_of(cases::read_cases(text, tables()));
    };
    CHECK(read("{}") == " | \"schema\" is missing\n | \"persons\" is missing\n");
    CHECK(read("[]") == " | expected an object, found a list\n");
    CHECK(read(R"({"schema": "pensim/rules/1", "persons": {}, "person": [], "rules": 1})")
          == "/schema | \"pensim/rules/1\" is unknown; expected \"pensim/cases/1\"\n"
             "/rules | expected a text, found a number\n"
             "/persons | expected a list, found an object\n"
             "/person | unknown key \"person\"; did you mean \"persons\"?\n");
    CHECK(read("{\"schema\": \"pensim/cases/1\",\n \"persons\": [}")
          == "line 2, column 14 | not JSON near \"\"persons\": [}\"\n");
    CHECK(read(R"({"schema": "pensim/cases/1", "persons": [], "persons": []})")
          == "/persons | key \"persons\" stands here twice\n");
    // Faults of persons come along when the file itself is wrong.
    CHECK(read(R"({"schema": "pensim/cases/1", "x": 1, "persons": [{"id": "p", "group": "hong_kong",
                   "sex": "m", "birth": "1966-09", "records": []}]})")
              .find("/persons/0/sex | unknown sex \"m\"; expected one of male, female\n")
          != std::string::npos);
    CHECK(cases::read_cases(file_of(""), tables()).value().persons.empty());
}

TEST_CASE("all faults of a person at once, each with its pointer") {
    CHECK(
        person_faults(
            R"({"id": "p", "group": "hongkong", "sex": "m", "birth": "1966-13", "post": "boss",
        "claim": "soon", "nationality": "ZZZ", "permanent_resident": 1, "hukou": "GDD",
        "elections": {"continue_in_last": true}, "nationalty": "DEU",
        "records": [{"area": "GDD", "from": "2016-04-01", "to": "2027-3", "base": 10000.505,
                     "kind": "freelance", "scheme": "employees", "transfer": "no", "keep": 0, "months": 0.5,
                     "form": 1},
                    5],
        "events": [{"event": "leave", "month": "2020-00"}],
        "exemptions": [{"ground": "age", "from": "", "to": "1899-12"}], "expect": []})")
        == "/persons/0/group | unknown group \"hongkong\"; did you mean \"hong_kong\"?\n"
           "/persons/0/sex | unknown sex \"m\"; expected one of male, female\n"
           "/persons/0/post | unknown post \"boss\"; expected one of worker, management\n"
           "/persons/0/birth | \"1966-13\" is no month; expected YYYY-MM from 1900-01 to 2199-12\n"
           "/persons/0/claim | \"soon\" is no month; expected YYYY-MM from 1900-01 to 2199-12\n"
           "/persons/0/hukou | unknown area \"GDD\"; did you mean \"GD\"?\n"
           "/persons/0/nationality | unknown nationality \"ZZZ\" (ISO 3166-1 alpha-3)\n"
           "/persons/0/permanent_resident | expected true or false, found a number\n"
           "/persons/0/elections/continue_in_last | unknown key \"continue_in_last\"; did you mean "
           "\"continue_in_last_area\"?\n"
           "/persons/0/records/0/area | unknown area \"GDD\"; did you mean \"GD\"?\n"
           "/persons/0/records/0/kind | unknown kind \"freelance\"; expected one of employed, "
           "self_employed, flexible, extension, lump_sum\n"
           "/persons/0/records/0/scheme | unknown scheme \"employees\"; did you mean "
           "\"employee\"?\n"
           "/persons/0/records/0/from | \"2016-04-01\" is no month; expected YYYY-MM from 1900-01 "
           "to "
           "2199-12\n"
           "/persons/0/records/0/to | \"2027-3\" is no month; expected YYYY-MM from 1900-01 to "
           "2199-12\n"
           "/persons/0/records/0/base | \"10000.505\" has more than two decimals; expected yuan "
           "and "
           "fen such as 5200.50\n"
           "/persons/0/records/0/months | \"0.5\" is no number of months; expected 1 to 600\n"
           "/persons/0/records/0/transfer | expected true or false, found a text\n"
           "/persons/0/records/0/keep | expected true or false, found a number\n"
           "/persons/0/records/0/form | unknown key \"form\"; did you mean \"from\"?\n"
           "/persons/0/records/1 | expected an object, found a number\n"
           "/persons/0/events/0/event | unknown event \"leave\"; expected one of depart, death\n"
           "/persons/0/events/0/month | \"2020-00\" is no month; expected YYYY-MM from 1900-01 to "
           "2199-12\n"
           "/persons/0/exemptions/0/ground | unknown ground \"age\"; expected one of "
           "home_certificate, agreement\n"
           "/persons/0/exemptions/0/from | \"\" is no month; expected YYYY-MM from 1900-01 to "
           "2199-12\n"
           "/persons/0/exemptions/0/to | \"1899-12\" is no month; expected YYYY-MM from 1900-01 to "
           "2199-12\n"
           "/persons/0/expect | expected an object, found a list\n"
           "/persons/0/nationalty | unknown key \"nationalty\"; did you mean \"nationality\"?\n");
}

TEST_CASE("what must be there is missed") {
    CHECK(person_faults("{}")
          == "/persons/0 | \"id\" is missing\n"
             "/persons/0 | \"group\" is missing\n"
             "/persons/0 | \"sex\" is missing\n"
             "/persons/0 | \"birth\" is missing\n");
    CHECK(person_faults("5") == "/persons/0 | expected an object, found a number\n");
    check_faults({{"an empty record",
                   R"("records": [{}])",
                   "/persons/0/records/0 | \"area\" is missing\n"
                   "/persons/0/records/0 | \"from\" is missing\n"
                   "/persons/0/records/0 | \"to\" is missing\n"
                   "/persons/0/records/0 | \"base\" is missing\n"},
                  {"an empty event",
                   R"("records": [], "events": [{}])",
                   "/persons/0/events/0 | \"event\" is missing\n"
                   "/persons/0/events/0 | \"month\" is missing\n"},
                  {"an empty exemption",
                   R"("records": [], "exemptions": [{}])",
                   "/persons/0/exemptions/0 | \"ground\" is missing\n"
                   "/persons/0/exemptions/0 | \"from\" is missing\n"
                   "/persons/0/exemptions/0 | \"to\" is missing\n"}});
}

TEST_CASE("keys and ids that stand twice") {
    check_faults({{"of the person",
                   R"("sex": "male", "records": [])",
                   "/persons/0/sex | key \"sex\" stands here twice\n"},
                  {"of a record",
                   with_record(R"("base": 10000)", R"("base": 10000, "base": 10000)"),
                   "/persons/0/records/0/base | key \"base\" stands here twice\n"},
                  {"of an expectation, deep inside",
                   R"("records": [], "expect": {"months_by_area": {"GD": 1, "GD": 2}})",
                   "/persons/0/expect/months_by_area/GD | key \"GD\" stands here twice\n"}});
    CHECK(person_faults("{" + hk + R"(, "records": []}, {)" + hk + R"(, "records": []})")
          == "/persons/1/id | \"p\" stands here twice\n");
}

TEST_CASE("amounts to the fen and in range") {
    check_faults(
        {{"the largest amount leaves the range when it adds up",
          with_record("10000", "92233720368547758.07"),
          "/persons/0/records | an amount leaves the range of 92233720368547758.07 yuan\n"},
         {"one fen more cannot be read",
          with_record("10000", "92233720368547758.08"),
          "/persons/0/records/0/base | \"92233720368547758.08\" is too large; the largest "
          "amount is 92233720368547758.07 yuan\n"},
         {"a third decimal, even a zero",
          with_record("10000", "10000.000"),
          "/persons/0/records/0/base | \"10000.000\" has more than two decimals; expected yuan "
          "and fen such as 5200.50\n"},
         {"no third decimal of nothing either",
          with_record("10000", "0.000"),
          "/persons/0/records/0/base | \"0.000\" has more than two decimals; expected yuan and "
          "fen such as 5200.50\n"},
         {"a negative base",
          with_record("10000", "-0.01"),
          "/persons/0/records/0/base | -0.01 is negative; a contribution wage is zero or more\n"},
         {"a text",
          with_record("10000", "\"10000\""),
          "/persons/0/records/0/base | expected a number, found a text\n"},
         {"nothing is an amount", with_record("10000", "0"), ""},
         {"an exponent is one too", with_record("10000", "1e4"), ""}});
}

TEST_CASE("areas by name, and areas that are off") {
    check_faults(
        {{"by its English name",
          with_record("GD", "Guangdong"),
          "/persons/0/records/0/area | unknown area \"Guangdong\"; did you mean \"GD\"?\n"},
         {"by its Chinese name",
          with_record("GD", "广东"),
          "/persons/0/records/0/area | unknown area \"广东\"; did you mean \"GD\"?\n"},
         {"nowhere near",
          with_record("GD", "California"),
          "/persons/0/records/0/area | unknown area \"California\"\n"},
         {"the Corps is off in law",
          with_record("GD", "XPCC"),
          "/persons/0/records/0/area | area \"XPCC\" is off in this rule set; rule sets with it "
          "list it under area.admitted\n"}});
    CHECK(person_faults("{" + hk + ", " + with_record("GD", "XPCC") + "}", "xpcc") == "");
}

TEST_CASE("months that cannot be") {
    check_faults(
        {{"before age 16",
          with_record("2016-04", "1982-08"),
          "/persons/0/records/0/from | starts in 1982-08 before age 16; the first possible month "
          "is 1982-09\n"},
         {"at age 16", with_record("2016-04", "1982-09"), ""},
         {"backwards",
          with_record("2027-03", "2016-03"),
          "/persons/0/records/0/to | ends in 2016-03 before it starts in 2016-04\n"},
         {"after the counting month",
          with_record("2027-03", "2027-04"),
          "/persons/0/records/0/to | is paid after the counting month 2027-03; only kinds "
          "extension and lump_sum at the benefit location may be\n"},
         {"an extension before it",
          with_record("10000", R"(10000, "kind": "extension")"),
          "/persons/0/records/0/from | an extension in 2016-04 lies in or before the counting "
          "month 2027-03\n"},
         {"an event after death",
          R"("records": [], "events": [{"event": "death", "month": "2020-01"},
                                               {"event": "depart", "month": "2020-02"}])",
          "/persons/0/events/1/month | comes after the death in 2020-01\n"},
         {"terminate is for a departure",
          R"("records": [], "events": [{"event": "death", "month": "2020-01", "terminate": true}])",
          "/persons/0/events/0/terminate | unknown key \"terminate\"; expected one of event, "
          "month\n"},
         {"a claim before the original age",
          R"("records": [], "claim": "2026-08")",
          "/persons/0/claim | claim 2026-08 is too early; the earliest month is 2026-09\n"},
         {"a claim too late",
          R"("records": [], "claim": "2030-04")",
          "/persons/0/claim | claim 2030-04 is too late; the latest month is 2030-03\n"}});
}

TEST_CASE("lump sums and extensions") {
    std::string const extension =
        "\"records\": [" + good + ", " + R"({"area": "GD", "from": "2027-04", "to": "2027-12",
        "base": 10000, "kind": "extension"})";
    check_faults(
        {{"a lump sum says its months",
          with_record("10000", R"(10000, "kind": "lump_sum")"),
          "/persons/0/records/0/months | a lump sum needs \"months\", how many months it pays "
          "for\n"},
         {"and nothing else does",
          with_record("10000", R"(10000, "months": 12)"),
          "/persons/0/records/0/months | \"months\" is for a lump sum; the kind is employed\n"},
         {"too many months",
          with_record("10000", R"(10000, "kind": "lump_sum", "months": 601)"),
          "/persons/0/records/0/months | \"601\" is no number of months; expected 1 to 600\n"},
         {"of the residents' scheme",
          with_record("10000", R"(10000, "kind": "lump_sum", "months": 6, "scheme": "resident")"),
          "/persons/0/records/0/kind | a resident record has no kind of its own; extension and "
          "lump_sum are for the employee scheme\n"},
         {"an extension", extension + "]", ""},
         {"an extension elsewhere",
          replaced(extension, R"("GD", "from": "2027-04)", R"("SH", "from": "2027-04)") + "]",
          "/persons/0/records/1/area | is paid at SH; months after the counting month 2027-03 "
          "are paid at the benefit location \"GD\"\n"},
         {"a lump sum without right",
          extension + R"(, {"area": "GD", "from": "2028-01", "base": 10000, "kind": "lump_sum",
                                     "months": 39}])",
          "/persons/0/records/2/kind | a lump sum after the counting month 2027-03 needs a first "
          "payment before the Social Insurance Law and enough extension months before it\n"},
         {"after the settlement",
          replaced(extension, "2027-12", "2031-04") + "]",
          "/persons/0/records/1/to | is paid after the pension was settled in 2031-03\n"}});
    CHECK(person_faults(R"({"id": "p", "group": "foreign", "sex": "male", "birth": "1966-09", )"
                        + extension + "]}")
          == "/persons/0/records/1/kind | foreigners without permanent residence may not pay on "
             "after "
             "the counting month\n");
}

TEST_CASE("fields that belong to another group") {
    check_faults(
        {{"hukou",
          R"("records": [], "hukou": "SC")",
          "/persons/0/hukou | hukou is for mainland persons; the group is hong_kong\n"},
         {"nationality and residence",
          R"("records": [], "nationality": "DEU", "permanent_resident": true)",
          "/persons/0/nationality | nationality is for foreign persons; the group is hong_kong\n"
          "/persons/0/permanent_resident | permanent_resident is for foreign persons; the group "
          "is hong_kong\n"}});
    std::string const mainland =
        R"({"id": "p", "group": "mainland", "sex": "male", "birth": "1966-09", "records": []})";
    CHECK(person_faults(mainland)
          == "/persons/0/hukou | a mainland person needs \"hukou\", the area of household "
             "registration\n");
    std::string const chinese =
        R"({"id": "p", "group": "foreign", "sex": "male", "birth": "1966-09",
                                   "nationality": "TWN", "records": []})";
    CHECK(person_faults(chinese)
          == "/persons/0/nationality | \"TWN\" is no foreign nationality; groups are hong_kong, "
             "macau, "
             "taiwan, foreign, mainland\n");
}

TEST_CASE("identity numbers and exemptions that contradict the person") {
    // The sum of 81000019660915001 leaves 6 by 11, and 6 is what makes it whole (ISO 7064).
    check_faults(
        {{"a good number", R"("records": [], "id_number": "810000196609150016")", ""},
         {"a wrong check character",
          R"("records": [], "id_number": "810000196609150017")",
          "/persons/0/id_number | check character 7, expected 6\n"},
         {"another group",
          R"("records": [], "id_number": "820000196609150018")",
          "/persons/0/id_number | starts with 820000, expected 810000 for the person's group\n"},
         {"too short",
          R"("records": [], "id_number": "810000")",
          "/persons/0/id_number | 6 characters, expected 18\n"},
         {"a certificate before there were any",
          R"("records": [], "exemptions": [{"ground": "home_certificate", "from": "2019-12", "to": "2021-12"}])",
          "/persons/0/exemptions/0 | exempt from 2019-12, home certificates are accepted from "
          "2020-01\n"},
         {"an agreement",
          R"("records": [], "exemptions": [{"ground": "agreement", "from": "2020-01", "to": "2021-12"}])",
          "/persons/0/exemptions/0 | an agreement for group hong_kong, expected foreign\n"},
         {"exempt and paid",
          "\"records\": [" + good
              + R"(], "exemptions": [{"ground": "home_certificate", "from": "2020-01", "to": "2020-02"}])",
          "/persons/0/exemptions/0 | exempt in 2020-01 to 2020-02, but paid then in the "
          "employees' scheme by record 0\n"}});
}

TEST_CASE("what could be read is checked although something else could not") {
    CHECK(person_faults("{" + hk + R"(, "note": 5, "records": [)"
                        + replaced(good, "2016-04", "1980-01") + ", " + replaced(good, "GD", "GDD")
                        + "]}")
          == "/persons/0/note | expected a text, found a number\n"
             "/persons/0/records/1/area | unknown area \"GDD\"; did you mean \"GD\"?\n"
             "/persons/0/records/0/from | starts in 1980-01 before age 16; the first possible "
             "month is "
             "1982-09\n");
}

TEST_CASE("one wrong person does not stop the others") {
    auto file =
        cases::read_cases(
            file_of("{" + hk + R"(, "records": []}, {"id": "q", "group": "hong_kong", "sex": "x",
                             "birth": "1966-09", "records": []})"),
            tables())
            .value();
    auto const decided = cases::decide_file(shipped_law("law"), file);
    CHECK(decided.errors == 1);
    REQUIRE(decided.outcomes.size() == 2);
    CHECK(decided.outcomes[0].starts_with(R"({"id": "p", "status": "no_contributions", )"));
    CHECK(decided.outcomes[1]
          == R"({"id": "q", "errors": [{"path": "/persons/1/sex", "message": )"
             R"("unknown sex \"x\"; expected one of male, female"}]})");
}

} // namespace pensim::test
