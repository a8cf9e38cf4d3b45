// The books of the pooling areas, year by year, in double entry.
//
// Each area has two funds: the accounts (个人账户基金) and the pooled fund (统筹基金). Every
// posting takes money from one place and puts it into another; the outside places are workers,
// employers, the interest that the scheme credits, pensioners, heirs, people who are refunded, and
// the residents' scheme. Transfers between areas are posted by flow (see FlowKey), once for both
// sides.
//
//   account fund + = paid in + interest + arrived - sent - refunds - inheritances - pensions from
//                    accounts - to the residents' scheme
//   pooled fund  + = paid in + arrived - sent - pensions from the pool
//
// `holdings` is no posting but what the law's own walk holds for people on 31 December: it must
// equal the account fund that the postings make.
#pragma once

#include <cstddef>
#include <vector>

#include "core/area/area.hpp"
#include "core/basis/check.hpp"
#include "core/basis/money.hpp"
#include "core/basis/month.hpp"
#include "core/record/outcome.hpp"

namespace pensim {

/// One area, one year. Amounts in fen. What a working year touches stands first, in one line of the
/// cache; the rest in a second.
struct alignas(64) AreaYear {
    Fen paid_to_accounts; ///< contributions
    Fen paid_to_pool;
    Fen paid_by_workers;         ///< part of the two above; the rest is the employers'
    Fen interest;                ///< credited to accounts: yearly, at settlement, in refunds
    Fen holdings;                ///< of people on 31 December, as the law's walk has them
    std::int64_t months = 0;     ///< paid
    std::int64_t insured = 0;    ///< people with a paid month this year
    std::int64_t pensioners = 0; ///< people with a pension this year

    Fen pensions_from_accounts;
    Fen pensions_from_pool;
    Fen refunds;      ///< accounts of those who end the relation; overlapped months
    Fen inheritances; ///< accounts of the dead
    Fen to_residents; ///< accounts that cross to the residents' scheme (城乡居民养老保险)
    /// Of the pension from the pool: what this area pays for months paid elsewhere, and what other
    /// areas pay for months paid here. Their sums over all areas are equal.
    Fen for_elsewhere;
    Fen by_elsewhere;
    std::int64_t pension_months = 0;

    void add(AreaYear const& other);
    void subtract(AreaYear const& other);
    friend bool operator==(AreaYear const&, AreaYear const&) = default;
};

/// Rows by year and area. Years before `first_year` are one row, years behind the calendar's end do
/// not exist.
class FundLedger {
  public:
    static constexpr int first_year = 1997; ///< the row for this year and all before
    explicit FundLedger(std::size_t areas)
        : areas_(areas), rows_(areas * static_cast<std::size_t>(years())) {}

    [[nodiscard]] static constexpr int years() { return YearMonth::last_year - first_year + 1; }
    [[nodiscard]] std::size_t areas() const { return areas_; }
    [[nodiscard]] AreaYear& at(int year, AreaId area) { return rows_[place(year, area)]; }
    [[nodiscard]] AreaYear const& at(int year, AreaId area) const {
        return rows_[place(year, area)];
    }
    void merge(FundLedger const& other);
    void clear();

  private:
    /// An area's years stand together: a life goes through them one by one.
    [[nodiscard]] static std::size_t place(int year, AreaId area) {
        auto const line = static_cast<std::size_t>(year <= first_year ? 0 : year - first_year);
        return row(area) * static_cast<std::size_t>(years()) + line;
    }
    std::size_t areas_;
    std::vector<AreaYear> rows_;
};

/// A cell of the flows between areas, in the order in which tables list them.
struct FlowKey {
    int year = 0;
    AreaId from{};
    AreaId to{};
    TransferKind kind = TransferKind::move;
    [[nodiscard]] std::uint64_t packed() const {
        return ((static_cast<std::uint64_t>(year) << 16U | row(from)) << 16U | row(to)) << 8U
               | static_cast<std::uint64_t>(kind);
    }
    [[nodiscard]] static FlowKey unpacked(std::uint64_t packed) {
        return {static_cast<int>(packed >> 40U),
                static_cast<AreaId>(packed >> 24U & 0xffffU),
                static_cast<AreaId>(packed >> 8U & 0xffffU),
                static_cast<TransferKind>(packed & 0xffU)};
    }
};

} // namespace pensim
