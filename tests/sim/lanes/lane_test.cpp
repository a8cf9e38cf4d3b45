// The formulas by which lanes divide (lane.hpp), restated for one number: lane.hpp itself is only
// for sources that are compiled for wider vectors. That those use it as it stands here is seen by
// the tests that compare fen by fen what lanes give (paid_years, pension_years, batch_runner).
#include <cmath>
#include <cstdint>
#include <numeric>
#include <random>
#include <string>

#include <doctest/doctest.h>

#include "core/basis/money.hpp"
#include "sim/lanes/lane_tables.hpp"
#include "tests/support/few_lives.hpp"

namespace pensim::test {

namespace {

constexpr std::int64_t million = 1'000'000;
constexpr std::int64_t limit = std::int64_t{1} << 49U;

double nearest(double value) {
    constexpr double shift = 6'755'399'441'055'744.0; // 1.5 x 2^52
    double const volatile lifted = value + shift;
    return lifted - shift;
}

/// Two roundings before the nearest is taken.
std::int64_t divided(std::int64_t product, std::int64_t divisor) {
    double const inverse = 1 / static_cast<double>(divisor);
    double const volatile quotient = (static_cast<double>(product) + 0.25) * inverse;
    return static_cast<std::int64_t>(nearest(quotient));
}

/// As a machine does that multiplies and adds in one step.
std::int64_t divided_at_once(std::int64_t product, std::int64_t divisor) {
    constexpr double shift = 6'755'399'441'055'744.0; // 1.5 x 2^52
    double const inverse = 1 / static_cast<double>(divisor);
    double const volatile lifted = std::fma(static_cast<double>(product) + 0.25, inverse, shift);
    return static_cast<std::int64_t>(lifted - shift);
}

std::int64_t whole_per_million(std::int64_t product) {
    double const volatile quotient = (static_cast<double>(product) - 499'999.75) * 1e-6;
    return static_cast<std::int64_t>(nearest(quotient));
}

std::int64_t half_up(std::int64_t product, std::int64_t divisor) {
    return divide_half_up(product, divisor).count();
}

bool divides(std::int64_t product, std::int64_t divisor) {
    std::int64_t const right = half_up(product, divisor);
    return divided(product, divisor) == right && divided_at_once(product, divisor) == right
           && (divisor != million || whole_per_million(product) == product / million);
}

/// At the half that lies nearest, and at the whole number below it, with what lies around.
std::string fault_near(std::int64_t product, std::int64_t divisor) {
    std::int64_t const whole = product / divisor * divisor;
    for (std::int64_t const place : {product, whole, whole + divisor / 2}) {
        for (std::int64_t n = place - 2; n <= place + 2; ++n) {
            if (n >= 0 && n < limit && !divides(n, divisor)) {
                return std::to_string(n) + " / " + std::to_string(divisor);
            }
        }
    }
    return "";
}

} // namespace

TEST_CASE("division by multiplication rounds half up below the limit") {
    static_assert(lanes::LaneTables::largest_product == static_cast<double>(limit));
    std::mt19937_64 random(19491001);
    // Interest is divided by twelve millions over what all rates have in common.
    for (std::int64_t const common : {1, 2, 5, 12, 50, 100, 500, 1'000, 6'000, 10'000, 12'000}) {
        for (std::int64_t const divisor :
             {million, std::gcd(12 * million / common, 12 * million)}) {
            CHECK(fault_near(0, divisor) == "");
            CHECK(fault_near(limit - 1, divisor) == "");
            CHECK(fault_near(limit - divisor, divisor) == "");
            for (int i = 0; i < lives_to_try(50'000); ++i) {
                // As many of few digits as of many.
                auto const product = static_cast<std::int64_t>(random() >> (15 + random() % 40));
                std::string const fault = fault_near(product, divisor);
                if (!fault.empty()) {
                    FAIL_CHECK(fault);
                }
            }
        }
    }
}

TEST_CASE("any divisor divides") {
    std::mt19937_64 random(20);
    for (int i = 0; i < lives_to_try(200'000); ++i) {
        auto const divisor = static_cast<std::int64_t>(1 + random() % (24 * million));
        auto const product = static_cast<std::int64_t>(random() >> (15 + random() % 40));
        std::string const fault = fault_near(product, divisor);
        if (!fault.empty()) {
            FAIL_CHECK(fault);
        }
    }
}

} // namespace pensim::test
