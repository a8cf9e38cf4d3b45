// What the law says of one person (contract "pensim/outcomes/1").
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/area/area.hpp"
#include "core/basis/money.hpp"
#include "core/basis/month.hpp"

namespace pensim {

enum class Status : std::uint8_t {
    pension,
    extend,
    lump_sum,
    short_no_extension,
    refunded,
    died,
    no_contributions,
    undetermined,
};

/// The criterion that chose the benefit location.
enum class Branch : std::uint8_t {
    none,
    relation_qualified,
    last_qualified,
    longest,
    longest_last,
    hukou,
    hukou_gathers,
    last_area,
    first_qualified,
    longest_qualified,
    last_area_election,
};

/// `temporary`: a temporary contribution account (临时基本养老保险缴费账户) is gathered.
enum class TransferKind : std::uint8_t { move, sent_back, gather, temporary };

/// A holding goes from one area to another: the personal account (个人账户) whole, and money of the
/// pooled fund (统筹基金).
struct Transfer {
    YearMonth month = YearMonth::first();
    AreaId from{};
    AreaId to{};
    TransferKind kind = TransferKind::move;
    Fen account{};
    Fen pooled;
    friend bool operator==(Transfer const&, Transfer const&) = default;
};

enum class RefundReason : std::uint8_t { overlap, terminated, death };

struct Refund {
    YearMonth month = YearMonth::first();
    RefundReason reason = RefundReason::overlap;
    AreaId area{};
    Fen account{};
    friend bool operator==(Refund const&, Refund const&) = default;
};

struct AreaMonths {
    AreaId area{};
    int months = 0;
    friend bool operator==(AreaMonths const&, AreaMonths const&) = default;
};

/// The share of one area where every area pays for its own months (`pension.paid_by: each_area`).
struct AreaPension {
    AreaId area{};
    int months = 0;
    Fen basic{};
    Fen account{};
    int index_e4 = 0;
    Fen balance{}; ///< of its account at settlement
    friend bool operator==(AreaPension const&, AreaPension const&) = default;
};

/// A monthly pension at settlement.
struct Pension {
    Fen basic{};
    Fen account{};
    Fen monthly;                      ///< basic + account
    int index_e4 = 0;                 ///< average index, in ten-thousandths
    int payout_months_e1 = 0;         ///< in tenths of a month
    std::vector<AreaPension> by_area; ///< only under `each_area`
    friend bool operator==(Pension const&, Pension const&) = default;
};

enum class BridgeDirection : std::uint8_t { resident_to_employee, employee_to_resident };

/// An account that crossed between the employees' and the residents' scheme (人社部发〔2014〕17号).
struct Bridge {
    BridgeDirection direction = BridgeDirection::resident_to_employee;
    YearMonth month = YearMonth::first();
    AreaId area{}; ///< the area whose scheme takes the account
    Fen account{};
    int months = 0; ///< months of contribution that it brings along
    friend bool operator==(Bridge const&, Bridge const&) = default;
};

/// Funeral grant (丧葬补助金) and survivors' lump sum (抚恤金), in months of the area's urban
/// disposable income.
struct DeathGrant {
    YearMonth month = YearMonth::first();
    AreaId payer{};
    int funeral_months = 0;
    int survivor_twelfths = 0;            ///< twelfths of a month's income
    std::optional<Fen> own_contributions; ///< cap on the sum of both for a short career
    friend bool operator==(DeathGrant const&, DeathGrant const&) = default;
};

struct Outcome {
    Status status = Status::no_contributions;
    YearMonth statutory_month = YearMonth::first();
    YearMonth counting_month = YearMonth::first();
    std::optional<YearMonth> settlement_month;
    int months_total = 0;
    std::vector<AreaMonths> months_by_area; ///< months up to the counting month, by first payment
    int required_months = 0;
    int missing_months = 0;
    std::optional<AreaId> benefit_area;
    Branch branch = Branch::none;
    std::vector<std::uint8_t> basis; ///< law::Ground of each step taken, in order of first use
    std::vector<Transfer> transfers;
    std::vector<Refund> refunds;
    std::optional<Fen> account_balance;
    std::optional<Pension> pension;
    std::optional<Bridge> bridge;
    std::optional<DeathGrant> death_grant;
};

} // namespace pensim
