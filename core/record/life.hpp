// One insured person's history, as the law sees it (contract "pensim/cases/1").
// Names, notes and identity numbers stay with the reader: nothing in the law depends on them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/area/area.hpp"
#include "core/basis/money.hpp"
#include "core/basis/month.hpp"

namespace pensim {

/// Who the person is to the law: residents of Hong Kong, Macau and Taiwan (港澳台居民, "HMT"),
/// foreigners (外国人), mainland residents (with a hukou, 户籍).
enum class Group : std::uint8_t { hong_kong, macau, taiwan, foreign, mainland };
enum class Sex : std::uint8_t { male, female };
/// A woman's post decides her original retirement age: 50 as worker, 55 in management or technical
/// posts.
enum class Post : std::uint8_t { worker, management };
/// Employees' basic pension (职工基本养老保险) or residents' basic pension (城乡居民基本养老保险).
enum class Scheme : std::uint8_t { employee, resident };
/// How a month was paid. `extension` (延长缴费) and `lump_sum` (一次性缴费) make up missing months.
enum class Kind : std::uint8_t { employed, self_employed, flexible, extension, lump_sum };

/// Paid months of one area at one monthly contribution wage (缴费工资, "base"); ends included.
struct Record {
    AreaId area{};
    YearMonth from = YearMonth::first();
    YearMonth to = YearMonth::first(); ///< not read of a lump sum: it is paid in one month
    Fen base;                          ///< yuan a month; a resident record: yuan a year
    Kind kind = Kind::employed;
    Scheme scheme = Scheme::employee;
    int lump_months = 0;  ///< lump sum: how many months it pays for
    bool transfer = true; ///< starting to pay here moves the relation and its money here at once
    bool keep = false;    ///< of two records of one month the person keeps this one
};

enum class EventKind : std::uint8_t { depart, death };

struct Event {
    EventKind kind = EventKind::depart;
    YearMonth month = YearMonth::first();
    bool terminate = false; ///< depart: ends the relation (终止社会保险关系) instead of keeping it
};

/// On what ground somebody who works here does not pay here.
enum class ExemptionGround : std::uint8_t { home_certificate, agreement };

struct Exemption {
    ExemptionGround ground = ExemptionGround::home_certificate;
    YearMonth from = YearMonth::first();
    YearMonth to = YearMonth::first();
};

/// ISO 3166-1 alpha-3, upper case.
using CountryCode = std::array<char, 3>;
[[nodiscard]] inline std::string text_of(CountryCode const& code) {
    return {code.begin(), code.end()};
}

struct Life {
    Group group = Group::mainland;
    Sex sex = Sex::male;
    Post post = Post::worker;
    YearMonth birth = YearMonth::first();
    std::optional<YearMonth> claim;         ///< chosen month of an early or late claim
    std::optional<AreaId> hukou;            ///< mainland only
    std::optional<CountryCode> nationality; ///< foreign only
    bool permanent_resident = false;        ///< foreign only
    bool continue_in_last_area = false;     ///< election of the Guangdong opt-in (A16)
    bool move_to_resident_scheme =
        false; ///< election: if short, take the account to the residents' scheme
    std::vector<Record> records;
    std::vector<Event> events;
    std::vector<Exemption> exemptions;
};

} // namespace pensim
