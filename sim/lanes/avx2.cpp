// The lanes for machines with AVX2; compiled for them (sim/CMakeLists.txt), and called only there.
#include "sim/lanes/paid_rows.hpp"
#include "sim/lanes/pension_rows.hpp"

namespace pensim::lanes {

void turn_rows_avx2(PaidWork const& work) {
    turn_rows<4>(work);
}

void pay_pensions_avx2(PensionWork const& work) {
    pay_all<4>(work);
}

} // namespace pensim::lanes
