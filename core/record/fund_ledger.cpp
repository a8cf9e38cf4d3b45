#include "core/record/fund_ledger.hpp"

namespace pensim {

void AreaYear::add(AreaYear const& other) {
    paid_to_accounts += other.paid_to_accounts;
    paid_to_pool += other.paid_to_pool;
    paid_by_workers += other.paid_by_workers;
    interest += other.interest;
    holdings += other.holdings;
    months += other.months;
    insured += other.insured;
    pensioners += other.pensioners;
    pensions_from_accounts += other.pensions_from_accounts;
    pensions_from_pool += other.pensions_from_pool;
    refunds += other.refunds;
    inheritances += other.inheritances;
    to_residents += other.to_residents;
    for_elsewhere += other.for_elsewhere;
    by_elsewhere += other.by_elsewhere;
    pension_months += other.pension_months;
}

void AreaYear::subtract(AreaYear const& other) {
    paid_to_accounts -= other.paid_to_accounts;
    paid_to_pool -= other.paid_to_pool;
    paid_by_workers -= other.paid_by_workers;
    interest -= other.interest;
    holdings -= other.holdings;
    months -= other.months;
    insured -= other.insured;
    pensioners -= other.pensioners;
    pensions_from_accounts -= other.pensions_from_accounts;
    pensions_from_pool -= other.pensions_from_pool;
    refunds -= other.refunds;
    inheritances -= other.inheritances;
    to_residents -= other.to_residents;
    for_elsewhere -= other.for_elsewhere;
    by_elsewhere -= other.by_elsewhere;
    pension_months -= other.pension_months;
}

void FundLedger::merge(FundLedger const& other) {
    PENSIM_EXPECT(areas_ == other.areas_);
    static AreaYear const nothing;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        if (!(other.rows_[i] == nothing)) { // most rows of a difference are empty
            rows_[i].add(other.rows_[i]);
        }
    }
}

void FundLedger::clear() {
    rows_.assign(rows_.size(), AreaYear{});
}

} // namespace pensim
