#include "sim/lanes/pension_years.hpp"

#include <algorithm>

#include "sim/lanes/paid_years.hpp"

namespace pensim::lanes {

PensionYears::PensionYears(LaneTables const& tables, int width)
    : tables_(tables), width_(width),
      books_(tables.areas() * static_cast<std::size_t>(tables.years()) + 2) {
    PENSIM_EXPECT((width == 4 || width == 8) && width <= widest_lanes());
}

bool PensionYears::fits(law::PensionTerms const& terms, int months_total) const {
    constexpr double million = 1e6;
    double const most = static_cast<double>((terms.basic + terms.account).count() + 1)
                        * tables_.growth(terms.settlement.year(), terms.death.year()) * 2;
    return most * std::max(million, 12.0 * months_total) < LaneTables::largest_product
           && static_cast<double>(terms.balance.count()) <= tables_.largest_account();
}

void PensionYears::add(law::PensionTerms const& terms,
                       bool interest_at_death,
                       AreaId area,
                       std::span<Earner const> earners,
                       int months_total,
                       std::uint32_t person) {
    YearMonth const first = terms.settlement.next();
    PENSIM_EXPECT(first <= terms.death);
    YearMonth const first_end = std::min(terms.death, first.december());
    PensionJob& job = (earners.empty() ? own_ : shared_).emplace_back();
    job.at_first.basic = static_cast<double>(terms.basic.count());
    job.at_first.account = static_cast<double>(terms.account.count());
    job.at_first.balance = static_cast<double>(terms.balance.count());
    job.at_first.months = (first_end - first).count() + 1;
    job.at_first.years = terms.death.year() - first.year() + 1;
    job.at_first.last_months = terms.death.month();
    job.at_first.raised = first.month() == 1 ? 1 : 0;
    job.at_first.interest_at_death = interest_at_death ? 1 : 0;
    job.line = static_cast<std::int32_t>(line(area, first.year()) * line_size);
    job.year = first.year() - tables_.first_year();
    job.first_earner = static_cast<std::uint32_t>(earners_.size());
    job.earners = static_cast<std::uint32_t>(earners.size());
    job.months_total = months_total;
    job.person = person;
    earners_.insert(earners_.end(), earners.begin(), earners.end());
}

void PensionYears::run() {
    left_.resize(own_.size() + shared_.size());
    PensionWork own;
    own.earners = earners_.data();
    own.years = static_cast<std::uint32_t>(tables_.years());
    own.empty_line = static_cast<std::int32_t>((books_.size() - 2) * line_size);
    own.interest = tables_.interest();
    own.raises = tables_.raises();
    own.inverse_interest_unit = 1 / tables_.interest_unit();
    own.books = books_.data();
    PensionWork shared = own;
    own.jobs = own_.data();
    own.job_count = own_.size();
    own.left = left_.data();
    shared.jobs = shared_.data();
    shared.job_count = shared_.size();
    shared.left = left_.data() + own_.size();
#if defined(__x86_64__)
    auto* const pay_pensions = width_ == 8 ? pay_pensions_avx512 : pay_pensions_avx2;
    pay_pensions(own, false);
    pay_pensions(shared, true);
#endif
}

void PensionYears::clear() {
    own_.clear();
    shared_.clear();
    earners_.clear();
    left_.clear();
}

} // namespace pensim::lanes
