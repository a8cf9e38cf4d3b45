// The lanes for machines with AVX2; compiled for them (sim/CMakeLists.txt), and called only there.
#include "sim/lanes/paid_lanes.hpp"
#include "sim/lanes/pension_lanes.hpp"

namespace pensim::lanes {

void pay_months_avx2(PaidWork const& work) {
    pay_all_months<4>(work);
}

void pay_pensions_avx2(PensionWork const& work) {
    pay_all_pensions<4>(work);
}

} // namespace pensim::lanes
