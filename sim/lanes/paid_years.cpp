#include "sim/lanes/paid_years.hpp"

#include "core/basis/check.hpp"

namespace pensim::lanes {

int widest_lanes() {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq")
        && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("fma")) {
        return 8;
    }
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
        return 4;
    }
#endif
    return 0;
}

PaidYears::PaidYears(LaneTables const& tables, int width)
    : tables_(tables), width_(width), bands_(tables.years()),
      books_(tables.areas() * tables.periods()) {
    PENSIM_EXPECT((width == 4 || width == 8) && width <= widest_lanes());
}

void PaidYears::add(std::size_t pass, AreaId area, PaidJob job) {
    job.first_spell = static_cast<std::uint32_t>(spells_of_holdings_);
    job.spells = static_cast<std::uint32_t>(spells_.size() - spells_of_holdings_);
    spells_of_holdings_ = spells_.size();
    Pass& p = passes_[pass];
    if (p.jobs.empty()) {
        p.jobs.resize(tables_.areas());
    }
    p.jobs[row(area)].push_back(job);
    ++p.count;
}

void PaidYears::uncount(AreaId area, int year_number) {
    books_[tables_.line(area, tables_.first_period(year_number))].insured -= 1;
}

void PaidYears::run(std::size_t number, std::vector<Amounts>& amounts) {
    Pass& pass = passes_[number];
    if (pass.count == 0) {
        return;
    }
    PaidWork work;
    work.spells = spells_.data();
    work.amounts = amounts.data();
    work.first_period = tables_.first_periods();
    work.period_ends = tables_.period_ends();
    work.inverse_wages = tables_.inverse_wages();
    work.age_shares = tables_.age_shares();
    work.inverse_interest_unit = 1 / tables_.interest_unit();
    for (std::size_t area = 0; area < pass.jobs.size(); ++area) {
        std::vector<PaidJob>& jobs = pass.jobs[area];
        if (jobs.empty()) {
            continue;
        }
        bands_.sort(jobs);
        std::size_t const line = area * tables_.periods();
        work.jobs = jobs.data();
        work.job_count = jobs.size();
        work.lines = tables_.lines() + line;
        work.temporary_rates[0] = tables_.temporary_rates(false) + line;
        work.temporary_rates[1] = tables_.temporary_rates(true) + line;
        work.books = books_.data() + line;
#if defined(__x86_64__)
        (width_ == 8 ? pay_months_avx512 : pay_months_avx2)(work);
#endif
        jobs.clear();
    }
    pass.count = 0;
}

void PaidYears::clear() {
    spells_.clear();
    spells_of_holdings_ = 0;
}

} // namespace pensim::lanes
