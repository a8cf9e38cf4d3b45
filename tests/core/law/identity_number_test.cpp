#include "core/law/identity_number.hpp"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

namespace pensim::test {

namespace {

using law::check_identity_number;
using law::Country;
using law::IdentityFaultKind;

constexpr CountryCode usa{'U', 'S', 'A'};
constexpr CountryCode german{'D', 'E', 'U'};
constexpr CountryCode denmark{'D', 'N', 'K'};
constexpr std::array countries{Country{usa, 840}, Country{german, 276}, Country{denmark, 208}};

using Texts = std::vector<std::string>;

struct NumberCase {
    std::string why;
    Group group;
    Sex sex;
    YearMonth birth;
    char const* number;
    Texts faults{};
};

std::string fault_lines(Texts const& texts) {
    std::string all;
    for (auto const& text : texts) {
        all += text + "\n";
    }
    return all;
}

Texts faults_of(std::string_view number, Life const& life) {
    Texts texts;
    for (auto const& fault : check_identity_number(number, life, countries)) {
        texts.push_back(law::describe(fault));
    }
    return texts;
}

Life person(Group group, Sex sex, YearMonth birth) {
    Life life;
    life.group = group;
    life.sex = sex;
    life.birth = birth;
    return life;
}

void check_numbers(std::vector<NumberCase> const& cases) {
    for (auto const& c : cases) {
        CAPTURE(c.why);
        CHECK(fault_lines(faults_of(c.number, person(c.group, c.sex, c.birth)))
              == fault_lines(c.faults));
    }
}

constexpr YearMonth june_1985{1985, 6};
constexpr auto provinces =
    ", expected 11-15, 21-23, 31-37, 41-46, 50-54 or 61-65"; // tail of a message

} // namespace

TEST_CASE("a residence permit number is its holder's") {
    using enum Group;
    check_numbers({
        {"Hong Kong", hong_kong, Sex::male, june_1985, "810000198506150012"},
        {"Macau",
         macau,
         Sex::male,
         {1990, 12},
         "820000199012310027",
         {"the number says female, the person says male"}},
        {"Macau, right sex", macau, Sex::female, {1990, 12}, "820000199012310027"},
        {"Taiwan", taiwan, Sex::male, {1975, 1}, "830000197501010036"},
        {"X as check", hong_kong, Sex::male, june_1985, "81000019850615059X"},
        {"one group with the prefix of another",
         macau,
         Sex::male,
         june_1985,
         "810000198506150012",
         {"starts with 810000, expected 820000 for the person's group"}},
        {"Taiwan with the prefix of Macau",
         taiwan,
         Sex::female,
         {1990, 12},
         "820000199012310027",
         {"starts with 820000, expected 830000 for the person's group"}},
        {"Hong Kong with that of Taiwan",
         hong_kong,
         Sex::male,
         {1975, 1},
         "830000197501010036",
         {"starts with 830000, expected 810000 for the person's group"}},
    });
}

TEST_CASE("a residence permit number contradicts another birth, sex or check") {
    using enum Group;
    check_numbers({
        {"the month before",
         hong_kong,
         Sex::male,
         {1985, 5},
         "810000198506150012",
         {"the number says born 1985-06, the person says 1985-05"}},
        {"the month after",
         hong_kong,
         Sex::male,
         {1985, 7},
         "810000198506150012",
         {"the number says born 1985-06, the person says 1985-07"}},
        {"even sequence",
         hong_kong,
         Sex::male,
         june_1985,
         "810000198506150020",
         {"the number says female, the person says male"}},
        {"odd sequence",
         hong_kong,
         Sex::female,
         june_1985,
         "810000198506150012",
         {"the number says male, the person says female"}},
        {"wrong check",
         hong_kong,
         Sex::male,
         june_1985,
         "810000198506150013",
         {"check character 3, expected 2"}},
        {"check should be X",
         hong_kong,
         Sex::male,
         june_1985,
         "810000198506150590",
         {"check character 0, expected X"}},
        {"X should be a digit",
         hong_kong,
         Sex::male,
         june_1985,
         "81000019850615001X",
         {"check character X, expected 2"}},
    });
}

TEST_CASE("a birth date is in the calendar") {
    using enum Group;
    auto const no_date = [](std::string const& date) {
        return Texts{"birth date " + date + ", expected a date of the calendar from 1900 to 2199"};
    };
    check_numbers({
        {"31 June", hong_kong, Sex::male, june_1985, "810000198506310012", no_date("19850631")},
        {"no leap year",
         hong_kong,
         Sex::male,
         {1900, 2},
         "810000190002290015",
         no_date("19000229")},
        {"its last day", hong_kong, Sex::male, {1900, 2}, "81000019000228001X"},
        {"leap year", hong_kong, Sex::male, {2000, 2}, "810000200002290011"},
        {"before the first year",
         hong_kong,
         Sex::male,
         {1900, 1},
         "810000189912310013",
         no_date("18991231")},
        {"after the last year",
         hong_kong,
         Sex::male,
         {2199, 12},
         "810000220001010012",
         no_date("22000101")},
    });
}

TEST_CASE("a number has its length and characters") {
    using enum Group;
    check_numbers({
        {"one short",
         hong_kong,
         Sex::male,
         june_1985,
         "81000019850615001",
         {"17 characters, expected 18"}},
        {"one long",
         mainland,
         Sex::male,
         june_1985,
         "8100001985061500122",
         {"19 characters, expected 18"}},
        {"empty", taiwan, Sex::male, june_1985, "", {"0 characters, expected 18"}},
        {"empty, foreign", foreign, Sex::male, june_1985, "", {"0 characters, expected 5 to 18"}},
        {"small x",
         hong_kong,
         Sex::male,
         june_1985,
         "81000019850615059x",
         {"\"x\" at position 18, expected a digit or X"}},
        {"X elsewhere",
         hong_kong,
         Sex::male,
         june_1985,
         "8100001985061500X2",
         {"\"X\" at position 17, expected a digit"}},
        {"a blank",
         hong_kong,
         Sex::male,
         june_1985,
         " 810000198506150012",
         {"byte 0x20 at position 1, expected a capital letter or a digit"}},
        {"a wide digit",
         hong_kong,
         Sex::male,
         june_1985,
         "81000019850615001\xEF\xBC\x92",
         {"byte 0xEF at position 18, expected a capital letter or a digit"}},
        {"several characters, and the rest still read",
         macau,
         Sex::male,
         {1985, 7},
         "81O000198506150O12",
         {"\"O\" at position 3, expected a digit",
          "\"O\" at position 16, expected a digit",
          "the number says born 1985-06, the person says 1985-07"}},
    });
}

TEST_CASE("all faults of a number are reported at once") {
    check_numbers({
        {"permit",
         Group::macau,
         Sex::female,
         {1985, 7},
         "810000198506150013",
         {"starts with 810000, expected 820000 for the person's group",
          "the number says born 1985-06, the person says 1985-07",
          "the number says male, the person says female",
          "check character 3, expected 2"}},
        {"citizen",
         Group::mainland,
         Sex::female,
         {1985, 7},
         "160101198506150010",
         {std::string("province code 16") + provinces,
          "the number says born 1985-06, the person says 1985-07",
          "the number says male, the person says female",
          "check character 0, expected 8"}},
    });
}

TEST_CASE("a citizen number starts with a province") {
    struct Province {
        char const* number;
        bool known;
    };
    for (auto const& c : std::vector<Province>{
             {"100101198506150017", false}, {"110101198506150019", true},
             {"150101198506150016", true},  {"160101198506150018", false},
             {"200101198506150010", false}, {"210101198506150012", true},
             {"230101198506150016", true},  {"240101198506150018", false},
             {"300101198506150014", false}, {"310101198506150016", true},
             {"370101198506150017", true},  {"380101198506150019", false},
             {"400101198506150018", false}, {"41010119850615001X", true},
             {"460101198506150019", true},  {"470101198506150010", false},
             {"490101198506150014", false}, {"500101198506150011", true},
             {"540101198506150019", true},  {"550101198506150010", false},
             {"600101198506150015", false}, {"610101198506150017", true},
             {"650101198506150014", true},  {"660101198506150016", false},
             {"710101198506150010", false},
         }) {
        CAPTURE(c.number);
        Texts expected;
        if (!c.known) {
            expected = {"province code " + std::string(c.number, 2) + provinces};
        }
        CHECK(fault_lines(faults_of(c.number, person(Group::mainland, Sex::male, june_1985)))
              == fault_lines(expected));
    }
    check_numbers({
        {"female", Group::mainland, Sex::female, june_1985, "440101198506150023"},
        {"a permit number is no citizen's",
         Group::mainland,
         Sex::male,
         june_1985,
         "810000198506150012",
         {std::string("province code 81") + provinces}},
    });
}

TEST_CASE("the code of a foreigner is country, reserved digit and document") {
    struct Code {
        std::string why;
        std::optional<CountryCode> nationality;
        char const* number;
        Texts faults{};
    };
    for (auto const& c : std::vector<Code>{
             {"passport", german, "DEU0G0123456"},
             {"old residence card", denmark, "DNK0324578912056"},
             {"nationality not given", std::nullopt, "DNK0324578912056"},
             {"other reserved digit", german, "DEU9G0123456"},
             {"longest", german, "DEU0ABCDEFGHIJKLMN"},
             {"one too long", german, "DEU0ABCDEFGHIJKLMNO", {"19 characters, expected 5 to 18"}},
             {"shortest", german, "DEU0G"},
             {"one too short", german, "DEU0", {"4 characters, expected 5 to 18"}},
             {"country alone",
              german,
              "FRA",
              {"3 characters, expected 5 to 18",
               "country \"FRA\", expected an alpha-3 code of ISO 3166-1"}},
             {"less than a country", german, "DE", {"2 characters, expected 5 to 18"}},
             {"another nationality",
              denmark,
              "DEU0G0123456",
              {"the number says nationality DEU, the person says DNK"}},
             {"unknown country",
              std::nullopt,
              "XYZ0G0123456",
              {"country \"XYZ\", expected an alpha-3 code of ISO 3166-1"}},
             {"small letters",
              german,
              "deu0G0123456",
              {"country \"deu\", expected an alpha-3 code of ISO 3166-1"}},
             {"reserved place is a letter",
              german,
              "DEUG0123456",
              {"\"G\" at position 4, expected the reserved digit"}},
             {"hyphen in the document",
              german,
              "DEU0G01234-56",
              {"\"-\" at position 11, expected a capital letter or a digit"}},
             {"small letter in the document",
              german,
              "DEU0g0123456",
              {"\"g\" at position 5, expected a capital letter or a digit"}},
             {"everything",
              denmark,
              "DEUXg.",
              {"the number says nationality DEU, the person says DNK",
               "\"X\" at position 4, expected the reserved digit",
               "\"g\" at position 5, expected a capital letter or a digit",
               "\".\" at position 6, expected a capital letter or a digit"}},
         }) {
        CAPTURE(c.why);
        auto life = person(Group::foreign, Sex::male, june_1985);
        life.nationality = c.nationality;
        CHECK(fault_lines(faults_of(c.number, life)) == fault_lines(c.faults));
    }
}

TEST_CASE("the permanent residence card carries province, country, birth and sex") {
    struct Card {
        std::string why;
        std::optional<CountryCode> nationality;
        Sex sex;
        char const* number;
        Texts faults{};
    };
    for (auto const& c : std::vector<Card>{
             {"as issued", usa, Sex::male, "911840198506150011"},
             {"nationality not given", std::nullopt, Sex::male, "911840198506150011"},
             {"another country", german, Sex::male, "911276198506150015"},
             {"female with check X", usa, Sex::female, "91184019850615002X"},
             {"another nationality",
              german,
              Sex::male,
              "911840198506150011",
              {"the number says nationality USA, the person says DEU"}},
             {"unknown country",
              usa,
              Sex::male,
              "911999198506150018",
              {"country \"999\", expected a numeric code of ISO 3166-1"}},
             {"unknown province",
              usa,
              Sex::male,
              "916840198506150016",
              {std::string("province code 16") + provinces}},
             {"not a card",
              usa,
              Sex::male,
              "811840198506150018",
              {"starts with 8, expected 9 (permanent residence card) or a country of three "
               "letters"}},
             {"wrong check",
              usa,
              Sex::male,
              "911840198506150012",
              {"check character 2, expected 1"}},
             {"letters for the country",
              usa,
              Sex::male,
              "911USA198506150011",
              {"\"U\" at position 4, expected a digit",
               "\"S\" at position 5, expected a digit",
               "\"A\" at position 6, expected a digit"}},
             {"one short", usa, Sex::male, "91184019850615001", {"17 characters, expected 18"}},
         }) {
        CAPTURE(c.why);
        auto life = person(Group::foreign, c.sex, june_1985);
        life.nationality = c.nationality;
        CHECK(fault_lines(faults_of(c.number, life)) == fault_lines(c.faults));
    }
}

TEST_CASE("a fault tells its kind and place") {
    auto const faults = check_identity_number(
        "81000019850615001x", person(Group::hong_kong, Sex::male, june_1985), countries);
    REQUIRE(faults.size() == 1);
    CHECK(faults[0]
          == law::IdentityFault{IdentityFaultKind::wrong_character, 18, "x", "a digit or X"});
}

TEST_CASE("any single wrong digit or swap of neighbours changes the check") {
    std::string const right = "81000019850615001";
    char const check = law::iso7064_mod11_2(right);
    CHECK(check == '2');
    CHECK(law::iso7064_mod11_2("81000019850615059") == 'X');
    for (std::size_t place = 0; place < right.size(); ++place) {
        CAPTURE(place);
        for (char digit = '0'; digit <= '9'; ++digit) {
            auto wrong = right;
            wrong[place] = digit;
            CHECK((law::iso7064_mod11_2(wrong) == check) == (digit == right[place]));
        }
        if (place > 0) {
            auto swapped = right;
            std::swap(swapped[place - 1], swapped[place]);
            CHECK((law::iso7064_mod11_2(swapped) == check) == (swapped == right));
        }
    }
    CHECK_THROWS_AS(static_cast<void>(law::iso7064_mod11_2("8100001985061500")), ContractViolation);
    CHECK_THROWS_AS(static_cast<void>(law::iso7064_mod11_2("8100001985061500X")),
                    ContractViolation);
}

} // namespace pensim::test
