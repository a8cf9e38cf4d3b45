// The lanes for machines with AVX-512 (F, DQ, VL); compiled for them (sim/CMakeLists.txt), and
// called only there.
#include "sim/lanes/paid_rows.hpp"
#include "sim/lanes/pension_rows.hpp"

namespace pensim::lanes {

void turn_rows_avx512(PaidWork const& work) {
    turn_rows<8>(work);
}

void pay_pensions_avx512(PensionWork const& work) {
    pay_all<8>(work);
}

} // namespace pensim::lanes
