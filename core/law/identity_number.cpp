#include "core/law/identity_number.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>
#include <optional>
#include <utility>

namespace pensim::law {

namespace {

using IdentityFaults = std::vector<IdentityFault>;

struct Place {
    std::size_t start;
    std::size_t length;
};

// The places of an 18-character number, counted from 0.
constexpr std::size_t full_length = 18;
constexpr Place prefix_part{0, 6};
constexpr Place citizen_province_part{0, 2};
constexpr Place card_province_part{1, 2};
constexpr Place card_country_part{3, 3};
constexpr Place date_part{6, 8};
constexpr Place sequence_part{14, 3};
constexpr std::size_t check_place = 17;
constexpr char card_digit = '9';

// The places of the code of order-16-2011.
constexpr Place code_country_part{0, 3};
constexpr std::size_t reserved_place = 3;
constexpr std::size_t document_place = 4;
constexpr std::size_t shortest_code = document_place + 1;

struct CodeRange {
    int first;
    int last;
};
constexpr std::array province_codes{CodeRange{11, 15},
                                    CodeRange{21, 23},
                                    CodeRange{31, 37},
                                    CodeRange{41, 46},
                                    CodeRange{50, 54},
                                    CodeRange{61, 65}};
constexpr char const* province_codes_text = "11-15, 21-23, 31-37, 41-46, 50-54 or 61-65";

constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
constexpr bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}
constexpr bool is_readable(char c) {
    return c > ' ' && c <= '~';
}

/// The value of a part, if it is all digits.
std::optional<int> number_in(std::string_view text) {
    int value = 0;
    for (char const c : text) {
        if (!is_digit(c)) {
            return std::nullopt;
        }
        value = value * 10 + (c - '0');
    }
    return value;
}

std::string_view cut(std::string_view number, Place part) {
    return number.substr(part.start, part.length);
}

char const* word_of(Sex sex) {
    return sex == Sex::male ? "male" : "female";
}

void add(IdentityFaults& faults,
         IdentityFaultKind kind,
         std::string_view found,
         std::string expected) {
    faults.push_back({kind, 0, std::string(found), std::move(expected)});
}

void add_character(IdentityFaults& faults,
                   std::string_view number,
                   std::size_t place,
                   char const* expected) {
    faults.push_back(
        {IdentityFaultKind::wrong_character, place + 1, std::string(1, number[place]), expected});
}

/// The byte as 0xEF: printed raw it could break the message.
std::string hexadecimal(char byte) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    auto const value = static_cast<unsigned char>(byte);
    return std::string("0x") + digits[value / 16U] + digits[value % 16U];
}

/// Digits everywhere; X only as check.
void check_characters(IdentityFaults& faults, std::string_view number) {
    for (std::size_t place = 0; place < check_place; ++place) {
        if (!is_digit(number[place])) {
            add_character(faults, number, place, "a digit");
        }
    }
    if (!is_digit(number[check_place]) && number[check_place] != 'X') {
        add_character(faults, number, check_place, "a digit or X");
    }
}

void check_province(IdentityFaults& faults, std::string_view code) {
    auto const value = number_in(code);
    if (!value) {
        return; // its characters are at fault already
    }
    if (std::none_of(province_codes.begin(), province_codes.end(), [&](CodeRange range) {
            return *value >= range.first && *value <= range.last;
        })) {
        add(faults, IdentityFaultKind::unknown_province, code, province_codes_text);
    }
}

void check_nationality(IdentityFaults& faults, Country const& country, Life const& life) {
    if (life.nationality && *life.nationality != country.alpha3) {
        add(faults,
            IdentityFaultKind::nationality_differs,
            text_of(country.alpha3),
            text_of(*life.nationality));
    }
}

void check_birth(IdentityFaults& faults, std::string_view date, YearMonth birth) {
    if (!number_in(date)) {
        return;
    }
    int const year = *number_in(date.substr(0, 4));
    int const month = *number_in(date.substr(4, 2));
    int const day = *number_in(date.substr(6, 2));
    std::chrono::year_month_day const in_calendar{std::chrono::year{year},
                                                  std::chrono::month{static_cast<unsigned>(month)},
                                                  std::chrono::day{static_cast<unsigned>(day)}};
    if (year < YearMonth::first_year || year > YearMonth::last_year || !in_calendar.ok()) {
        add(faults,
            IdentityFaultKind::no_such_date,
            date,
            std::to_string(YearMonth::first_year) + " to " + std::to_string(YearMonth::last_year));
        return;
    }
    if (YearMonth const written{year, month}; written != birth) {
        add(faults, IdentityFaultKind::birth_differs, written.text(), birth.text());
    }
}

/// Odd sequences are male, even ones female.
void check_sex(IdentityFaults& faults, std::string_view sequence, Sex sex) {
    auto const value = number_in(sequence);
    if (!value) {
        return;
    }
    Sex const written = *value % 2 == 1 ? Sex::male : Sex::female;
    if (written != sex) {
        add(faults, IdentityFaultKind::sex_differs, word_of(written), word_of(sex));
    }
}

void check_check_character(IdentityFaults& faults, std::string_view number) {
    auto const first17 = number.substr(0, check_place);
    char const written = number[check_place];
    if (!std::all_of(first17.begin(), first17.end(), is_digit)
        || (!is_digit(written) && written != 'X')) {
        return;
    }
    if (char const right = iso7064_mod11_2(first17); written != right) {
        add(faults, IdentityFaultKind::wrong_check_character, {&written, 1}, std::string(1, right));
    }
}

/// What stands before the birth date of an 18-character number.
using CheckHead = void (*)(IdentityFaults&,
                           std::string_view,
                           Life const&,
                           std::span<Country const>);

void check_permit_head(IdentityFaults& faults,
                       std::string_view number,
                       Life const& life,
                       std::span<Country const> /*countries*/) {
    char const* const expected = life.group == Group::hong_kong ? "810000"
                                 : life.group == Group::macau   ? "820000"
                                                                : "830000";
    auto const prefix = cut(number, prefix_part);
    if (number_in(prefix) && prefix != expected) {
        add(faults, IdentityFaultKind::wrong_prefix, prefix, expected);
    }
}

void check_citizen_head(IdentityFaults& faults,
                        std::string_view number,
                        Life const& /*life*/,
                        std::span<Country const> /*countries*/) {
    check_province(faults, cut(number, citizen_province_part));
}

void check_card_head(IdentityFaults& faults,
                     std::string_view number,
                     Life const& life,
                     std::span<Country const> countries) {
    if (number.front() != card_digit) {
        add(faults, IdentityFaultKind::not_a_card, number.substr(0, 1), std::string(1, card_digit));
    }
    check_province(faults, cut(number, card_province_part));
    auto const code = cut(number, card_country_part);
    auto const value = number_in(code);
    if (!value) {
        return;
    }
    auto const country = std::find_if(
        countries.begin(), countries.end(), [&](Country const& c) { return c.numeric == *value; });
    if (country == countries.end()) {
        add(faults, IdentityFaultKind::unknown_country, code, "a numeric code");
    } else {
        check_nationality(faults, *country, life);
    }
}

void check_full_number(IdentityFaults& faults,
                       std::string_view number,
                       Life const& life,
                       std::span<Country const> countries,
                       CheckHead check_head) {
    if (number.size() != full_length) {
        add(faults,
            IdentityFaultKind::wrong_length,
            std::to_string(number.size()),
            std::to_string(full_length));
        return;
    }
    check_characters(faults, number);
    check_head(faults, number, life, countries);
    check_birth(faults, cut(number, date_part), life.birth);
    check_sex(faults, cut(number, sequence_part), life.sex);
    check_check_character(faults, number);
}

/// The code of order-16-2011; a number that is too short or too long is read as far as it goes.
void check_code(IdentityFaults& faults,
                std::string_view number,
                Life const& life,
                std::span<Country const> countries) {
    if (number.size() < shortest_code || number.size() > full_length) {
        add(faults,
            IdentityFaultKind::wrong_length,
            std::to_string(number.size()),
            std::to_string(shortest_code) + " to " + std::to_string(full_length));
    }
    if (number.size() >= code_country_part.length) {
        auto const code = cut(number, code_country_part);
        auto const country =
            std::find_if(countries.begin(), countries.end(), [&](Country const& c) {
                return std::equal(code.begin(), code.end(), c.alpha3.begin());
            });
        if (country == countries.end()) {
            add(faults, IdentityFaultKind::unknown_country, code, "an alpha-3 code");
        } else {
            check_nationality(faults, *country, life);
        }
    }
    if (number.size() > reserved_place && !is_digit(number[reserved_place])) {
        add_character(faults, number, reserved_place, "the reserved digit");
    }
    for (std::size_t place = document_place; place < std::min(number.size(), full_length);
         ++place) {
        if (!is_digit(number[place]) && !is_capital(number[place])) {
            add_character(faults, number, place, "a capital letter or a digit");
        }
    }
}

} // namespace

std::vector<IdentityFault> check_identity_number(std::string_view number,
                                                 Life const& life,
                                                 std::span<Country const> countries) {
    PENSIM_EXPECT(life.group != Group::foreign || !countries.empty());
    IdentityFaults faults;
    auto const strange = std::find_if_not(number.begin(), number.end(), is_readable);
    if (strange != number.end()) {
        auto const place = static_cast<std::size_t>(std::distance(number.begin(), strange));
        faults.push_back({IdentityFaultKind::unreadable_byte,
                          place + 1,
                          hexadecimal(*strange),
                          "a capital letter or a digit"});
        return faults;
    }
    switch (life.group) {
    case Group::hong_kong:
    case Group::macau:
    case Group::taiwan:
        check_full_number(faults, number, life, countries, check_permit_head);
        break;
    case Group::mainland:
        check_full_number(faults, number, life, countries, check_citizen_head);
        break;
    case Group::foreign:
        if (!number.empty() && is_digit(number.front())) {
            check_full_number(faults, number, life, countries, check_card_head);
        } else {
            check_code(faults, number, life, countries);
        }
        break;
    }
    return faults;
}

std::string describe(IdentityFault const& fault) {
    auto const& [kind, position, found, expected] = fault;
    switch (kind) {
    case IdentityFaultKind::unreadable_byte:
        return "byte " + found + " at position " + std::to_string(position) + ", expected "
               + expected;
    case IdentityFaultKind::wrong_length:
        return found + " characters, expected " + expected;
    case IdentityFaultKind::wrong_character:
        return "\"" + found + "\" at position " + std::to_string(position) + ", expected "
               + expected;
    case IdentityFaultKind::wrong_prefix:
        return "starts with " + found + ", expected " + expected + " for the person's group";
    case IdentityFaultKind::not_a_card:
        return "starts with " + found + ", expected " + expected
               + " (permanent residence card) or a country of three letters";
    case IdentityFaultKind::unknown_province:
        return "province code " + found + ", expected " + expected;
    case IdentityFaultKind::unknown_country:
        return "country \"" + found + "\", expected " + expected + " of ISO 3166-1";
    case IdentityFaultKind::nationality_differs:
        return "the number says nationality " + found + ", the person says " + expected;
    case IdentityFaultKind::no_such_date:
        return "birth date " + found + ", expected a date of the calendar from " + expected;
    case IdentityFaultKind::birth_differs:
        return "the number says born " + found + ", the person says " + expected;
    case IdentityFaultKind::sex_differs:
        return "the number says " + found + ", the person says " + expected;
    case IdentityFaultKind::wrong_check_character:
        break;
    }
    return "check character " + found + ", expected " + expected;
}

char iso7064_mod11_2(std::string_view first17) {
    PENSIM_EXPECT(first17.size() == check_place);
    PENSIM_EXPECT(std::all_of(first17.begin(), first17.end(), is_digit));
    constexpr int modulus = 11;
    constexpr int radix = 2;
    constexpr std::string_view characters = "0123456789X";
    int sum = 0;
    for (char const c : first17) {
        sum = (sum + (c - '0')) * radix % modulus;
    }
    // With its check the whole number leaves 1.
    int const check = (modulus + 1 - sum) % modulus;
    PENSIM_ENSURE((sum + check) % modulus == 1);
    return characters[static_cast<std::size_t>(check)];
}

} // namespace pensim::law
