// The words of the contract (contract 2) for every enumeration, in files and on the command line.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>

#include "core/law/rule_book.hpp"
#include "core/record/life.hpp"
#include "core/record/outcome.hpp"

namespace pensim {

/// Words in the order of the enumerators.
template <class Enum>
inline constexpr std::array<std::string_view, 0> words{};

template <>
inline constexpr std::array<std::string_view, 5> words<Group>{
    "hong_kong", "macau", "taiwan", "foreign", "mainland"};
template <>
inline constexpr std::array<std::string_view, 2> words<Sex>{"male", "female"};
template <>
inline constexpr std::array<std::string_view, 2> words<Post>{"worker", "management"};
template <>
inline constexpr std::array<std::string_view, 2> words<Scheme>{"employee", "resident"};
template <>
inline constexpr std::array<std::string_view, 5> words<Kind>{
    "employed", "self_employed", "flexible", "extension", "lump_sum"};
template <>
inline constexpr std::array<std::string_view, 2> words<EventKind>{"depart", "death"};
template <>
inline constexpr std::array<std::string_view, 2> words<ExemptionGround>{"home_certificate",
                                                                        "agreement"};
template <>
inline constexpr std::array<std::string_view, 8> words<Status>{"pension",
                                                               "extend",
                                                               "lump_sum",
                                                               "short_no_extension",
                                                               "refunded",
                                                               "died",
                                                               "no_contributions",
                                                               "undetermined"};
template <>
inline constexpr std::array<std::string_view, 11> words<Branch>{"none",
                                                                "relation_qualified",
                                                                "last_qualified",
                                                                "longest",
                                                                "longest_last",
                                                                "hukou",
                                                                "hukou_gathers",
                                                                "last_area",
                                                                "first_qualified",
                                                                "longest_qualified",
                                                                "last_area_election"};
template <>
inline constexpr std::array<std::string_view, 4> words<TransferKind>{
    "move", "return", "gather", "temporary"};
template <>
inline constexpr std::array<std::string_view, 3> words<RefundReason>{
    "overlap", "terminated", "death"};
template <>
inline constexpr std::array<std::string_view, 2> words<BridgeDirection>{"resident_to_employee",
                                                                        "employee_to_resident"};
template <>
inline constexpr std::array<std::string_view, 8> words<law::Criterion>{"hukou",
                                                                       "relation_qualified",
                                                                       "last_qualified",
                                                                       "longest",
                                                                       "hukou_gathers",
                                                                       "last_area",
                                                                       "first_qualified",
                                                                       "longest_qualified"};
template <>
inline constexpr std::array<std::string_view, 4> words<law::TieRule>{
    "latest_last_paid", "latest_start", "earliest_start", "none"};
template <>
inline constexpr std::array<std::string_view, 2> words<law::CompareUnit>{"month", "year"};
template <>
inline constexpr std::array<std::string_view, 2> words<law::PaidBy>{"place", "each_area"};
template <>
inline constexpr std::array<std::string_view, 2> words<law::PayoutInterpolation>{"linear",
                                                                                 "completed_years"};
template <>
inline constexpr std::array<std::string_view, 3> words<law::PoolingAdjustment>{
    "none", "central_2018", "national"};
template <>
inline constexpr std::array<std::string_view, 6> words<law::Person>{
    "hong_kong", "macau", "taiwan", "foreign_temporary", "foreign_permanent", "mainland"};

template <class Enum>
[[nodiscard]] constexpr std::string_view word(Enum value) {
    return words<Enum>[static_cast<std::size_t>(value)];
}

template <class Enum>
[[nodiscard]] constexpr std::optional<Enum> from_word(std::string_view text) {
    for (std::size_t i = 0; i < words<Enum>.size(); ++i) {
        if (words<Enum>[i] == text) {
            return static_cast<Enum>(i);
        }
    }
    return std::nullopt;
}

} // namespace pensim
