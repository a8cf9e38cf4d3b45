// Who may work here without being insured here (免缴), and for how long.
//   Law    order-41-2019, Article 11 (certificate of the home insurance); order-16-2011, Article 9;
//          agreements; doubts: OPEN_QUESTIONS.md N7
//   Given  the person with all exemptions and records; the agreements in force, one a nationality
//   Gives  every fault of the exemptions, by exemption; none when all are lawful
//   Fails  never: a contradiction is an answer
//
// Readings. The months of all exemptions under an agreement are added up, as if they were one
// detachment; a month counts once, and only from the entry into force on. The limit is the total
// with every extension: what lies between the first period and the total is taken as agreed.
// Without months in the agreement there is no limit. A lump sum pays for past months that it does
// not name, so it never meets an exemption.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/record/life.hpp"

namespace pensim::law {

/// A bilateral agreement on social insurance, as far as it exempts from Chinese insurance.
struct Agreement {
    CountryCode nationality{};
    YearMonth in_force = YearMonth::first();
    bool employee_scheme = false;
    bool resident_scheme = false;
    std::optional<int> detached_months;       ///< first period
    std::optional<int> detached_months_total; ///< with every extension, not less than the first;
                                              ///< none: no extension
};

enum class ExemptionFaultKind : std::uint8_t {
    ends_before_start,
    certificate_group, ///< a home certificate of somebody who is not of Hong Kong, Macau, Taiwan
    certificate_too_early, ///< before order-41-2019
    agreement_group,       ///< an agreement for somebody who is not a foreigner
    no_nationality,
    no_agreement, ///< with the person's country
    before_in_force,
    scheme_not_covered, ///< the agreement leaves the employees' scheme out
    too_long,           ///< at the exemption by which, in time, the limit is first passed
    exempt_twice,       ///< at the later one of the list
    exempt_and_paid,
};

/// One fault, with what is needed to explain it; what a kind does not need keeps its default.
struct ExemptionFault {
    ExemptionFaultKind kind = ExemptionFaultKind::ends_before_start;
    std::size_t exemption = 0;            ///< index in the person's exemptions
    Group group = Group::foreign;         ///< the person's
    CountryCode nationality{};            ///< the person's
    YearMonth from = YearMonth::first();  ///< first month of the exemption, or at fault
    YearMonth to = YearMonth::first();    ///< last month of the exemption, or at fault
    YearMonth since = YearMonth::first(); ///< entry into force of what was relied on
    int months = 0;                       ///< too_long: of all exemptions of the agreement
    int allowed = 0;                      ///< too_long: the first period
    int allowed_total = 0;                ///< too_long: with every extension
    std::size_t other = 0;                ///< index of the other exemption, or of the record
    friend bool operator==(ExemptionFault const&, ExemptionFault const&) = default;
};

/// The first month that a home certificate can exempt (order-41-2019, Article 11).
inline constexpr YearMonth certificates_lawful_from{2020, 1};

[[nodiscard]] std::vector<ExemptionFault> check_exemptions(Life const& life,
                                                           std::span<Agreement const> agreements);

/// One sentence without its full stop, naming the value and what was expected.
[[nodiscard]] std::string describe(ExemptionFault const& fault);

/// Months that an agreement lets the person stay out of the employees' scheme, limit left aside.
[[nodiscard]] Months exempt_months(Life const& life, Agreement const& agreement);

} // namespace pensim::law
