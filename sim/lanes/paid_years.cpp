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
    : tables_(tables), width_(static_cast<std::size_t>(width)),
      books_(tables.areas() * tables.periods() + 1) {
    PENSIM_EXPECT((width == 4 || width == 8) && width <= widest_lanes());
}

/// A last row that looks at the last holding of each lane; then rows of nothing in the lanes that
/// are shorter.
void PaidYears::even_out(std::size_t pass) {
    auto const& sizes = passes_[pass].sizes;
    std::size_t const longest = *std::max_element(sizes.begin(), sizes.end()) + std::size_t{1};
    PaidRow const nothing = tables_.empty_row();
    for (std::size_t lane = 0; lane < width_; ++lane) {
        std::size_t const missing = longest - sizes[lane];
        PaidRow* const rows = room(pass, lane);
        std::fill_n(rows, missing, nothing);
        rows->bits = row_bits::looks | row_bits::begins;
        added(pass, lane, missing, 1);
    }
}

void PaidYears::run(std::size_t number) {
    even_out(number);
    Pass& pass = passes_[number];
    PaidWork work;
    work.rows = pass.sizes[0];
    work.first_row = pass.rows.data();
    work.lines = tables_.lines();
    work.inverse_wages = tables_.inverse_wages();
    work.age_shares = tables_.age_shares();
    work.temporary_rates[0] = tables_.temporary_rates(false);
    work.temporary_rates[1] = tables_.temporary_rates(true);
    work.inverse_interest_unit = 1 / tables_.interest_unit();
    work.books = books_.data();
    for (std::size_t i = 0; i < width_; ++i) {
        Lane& lane = pass.lanes[i];
        lane.seen.resize(pass.looks[i]);
        work.seen[i] = lane.seen.data();
        work.first[i] = lane.first.data();
    }
#if defined(__x86_64__)
    (width_ == 8 ? turn_rows_avx512 : turn_rows_avx2)(work);
#endif
}

void PaidYears::clear() {
    for (Pass& pass : passes_) {
        pass.sizes.fill(0);
        pass.looks.fill(0);
        for (Lane& lane : pass.lanes) {
            lane.first.clear();
        }
    }
}

} // namespace pensim::lanes
