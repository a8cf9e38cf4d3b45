#include "sim/lanes/pension_years.hpp"

#include <algorithm>

#include "sim/lanes/paid_years.hpp"

namespace pensim::lanes {

PensionYears::PensionYears(LaneTables const& tables, int width)
    : tables_(tables), width_(width),
      books_(tables.areas() * static_cast<std::size_t>(tables.years())),
      by_elsewhere_((tables.areas() + 1) * static_cast<std::size_t>(tables.years())),
      bands_(tables.years()) {
    PENSIM_EXPECT((width == 4 || width == 8) && width <= widest_lanes());
    for (auto& queues : queues_) {
        queues.resize(tables.areas());
    }
}

bool PensionYears::fits(law::PensionTerms const& terms,
                        int months_total,
                        std::size_t earners) const {
    constexpr double million = 1e6;
    double const most = static_cast<double>((terms.basic + terms.account).count() + 1)
                        * tables_.growth(terms.settlement.year(), terms.death.year()) * 2;
    return most * std::max(million, 12.0 * months_total) < LaneTables::largest_product
           && static_cast<double>(terms.balance.count()) <= tables_.largest_account()
           && earners <= earners_max;
}

void PensionYears::add(law::PensionTerms const& terms,
                       bool interest_at_death,
                       AreaId area,
                       std::span<Earner const> earners,
                       int months_total) {
    PENSIM_EXPECT(terms.settlement < terms.death);
    Queue& queue = queues_[earners.empty() ? 0 : 1][row(area)];
    queue.jobs.push_back({.basic = static_cast<double>(terms.basic.count()),
                          .account = static_cast<double>(terms.account.count()),
                          .balance = static_cast<double>(terms.balance.count()),
                          .begin = tables_.month_number(terms.settlement) + 1,
                          .end = tables_.month_number(terms.death) + 1,
                          .months_total = months_total,
                          .first_earner = static_cast<std::uint32_t>(queue.earners.size()),
                          .earners = static_cast<std::uint32_t>(earners.size()),
                          .interest_at_death = interest_at_death});
    queue.earners.insert(queue.earners.end(), earners.begin(), earners.end());
    if (queue.jobs.size() == waiting_max) {
        run(area, queue);
    }
}

void PensionYears::run() {
    for (auto& queues : queues_) {
        for (std::size_t area = 0; area < queues.size(); ++area) {
            run(static_cast<AreaId>(area), queues[area]);
        }
    }
}

void PensionYears::run(AreaId area, Queue& queue) {
    if (queue.jobs.empty()) {
        return;
    }
    bands_.sort(queue.jobs);
    PensionWork work;
    work.jobs = queue.jobs.data();
    work.job_count = queue.jobs.size();
    work.earners = queue.earners.empty() ? nullptr : queue.earners.data();
    work.years = static_cast<std::size_t>(tables_.years());
    work.interest = tables_.interest();
    work.raises = tables_.raises();
    work.inverse_interest_unit = 1 / tables_.interest_unit();
    work.books = &books_[row(area) * work.years];
    work.by_elsewhere = by_elsewhere_.data();
    work.nobody = tables_.areas();
#if defined(__x86_64__)
    (width_ == 8 ? pay_pensions_avx512 : pay_pensions_avx2)(work);
#endif
    queue.jobs.clear();
    queue.earners.clear();
}

} // namespace pensim::lanes
