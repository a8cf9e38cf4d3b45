// Is an identity number (公民身份号码, 社会保障号码) well formed, and is it this person's?
//   Law    order-41-2019, Article 4 (residence permit); order-16-2011, annex (code of a foreigner);
//          gb-11643 (18 digits); iso-7064 (check character); doubts: OPEN_QUESTIONS.md N2
//   Given  the number as written; the person; the countries of ISO 3166-1
//   Gives  every fault of the number, in the order of its parts; none when it is right
//   Fails  never: any text is an answerable question
//
// All 18-character numbers have birth date, sequence and check at the same places:
//   residents of Hong Kong, Macau, Taiwan   810000 | 820000 | 830000   yyyymmdd  sss  c
//   mainland citizens                       pp....  (pp: province)     yyyymmdd  sss  c
//   permanent residence card of 2023        9ppnnn  (nnn: country)     yyyymmdd  sss  c
// The code of order-16-2011 is a country of three letters, a reserved digit and 1 to 14 characters
// of a document. A number of a foreigner that starts with a digit is read as a card, any other as a
// code. The number is given once and for life, so a card is no fault where the permanent residence
// has ended.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/record/life.hpp"

namespace pensim::law {

/// A country of ISO 3166-1.
struct Country {
    CountryCode alpha3{};
    int numeric = 0;
};

enum class IdentityFaultKind : std::uint8_t {
    unreadable_byte,       ///< outside printable ASCII; nothing behind it is looked at
    wrong_length,          ///< an 18-character number with another length is not looked at further
    wrong_character,       ///< not what its place may hold
    wrong_prefix,          ///< not the six digits of the person's group
    not_a_card,            ///< a foreigner's number starts with a digit, but not with the card's
    unknown_province,      ///< no province of GB/T 2260
    unknown_country,       ///< no country of ISO 3166-1
    nationality_differs,   ///< the number's country is not the person's
    no_such_date,          ///< the birth date is not in the calendar
    birth_differs,         ///< the number's month of birth is not the person's
    sex_differs,           ///< the number's sex is not the person's
    wrong_check_character, ///< ISO 7064 MOD 11-2
};

/// One fault, with what is needed to explain it.
struct IdentityFault {
    IdentityFaultKind kind = IdentityFaultKind::wrong_length;
    std::size_t position = 0; ///< of a single character, the first being 1; else 0
    std::string found;        ///< what the number says
    std::string expected;     ///< what it should say, or what the person says
    friend bool operator==(IdentityFault const&, IdentityFault const&) = default;
};

[[nodiscard]] std::vector<IdentityFault> check_identity_number(std::string_view number,
                                                               Life const& life,
                                                               std::span<Country const> countries);

/// One sentence without its full stop, naming the value and what was expected.
[[nodiscard]] std::string describe(IdentityFault const& fault);

/// The check character of 17 digits: a digit or X.
[[nodiscard]] char iso7064_mod11_2(std::string_view first17);

} // namespace pensim::law
