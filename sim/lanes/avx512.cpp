// The lanes for machines with AVX-512 (F, DQ, VL); compiled for them (sim/CMakeLists.txt), and
// called only there.
#include "sim/lanes/paid_lanes.hpp"
#include "sim/lanes/pension_lanes.hpp"

namespace pensim::lanes {

void pay_months_avx512(PaidWork const& work) {
    pay_all_months<8>(work);
}

void pay_pensions_avx512(PensionWork const& work) {
    pay_all_pensions<8>(work);
}

} // namespace pensim::lanes
