#include "sim/input/decimal.hpp"

#include <optional>
#include <vector>

#include <doctest/doctest.h>

namespace pensim::test {

using input::NumberFault;

TEST_CASE("amounts are read to the fen") {
    struct Case {
        std::string text;
        std::int64_t fen;
    };
    for (auto const& c : std::vector<Case>{{"0", 0},
                                           {"5200", 520'000},
                                           {"5200.5", 520'050},
                                           {"5200.50", 520'050},
                                           {"0.01", 1},
                                           {"-0.01", -1},
                                           {"-5200", -520'000},
                                           {"-0", 0},
                                           {"007", 700},
                                           {"5.2e3", 520'000},
                                           {"5.2E+3", 520'000},
                                           {"5200.5e-1", 52'005},
                                           {"520000e-2", 520'000},
                                           {"0e99", 0},
                                           {"92233720368547758.07", 9'223'372'036'854'775'807},
                                           {"-92233720368547758.07", -9'223'372'036'854'775'807}}) {
        CAPTURE(c.text);
        auto const amount = input::parse_yuan(c.text);
        REQUIRE(amount.has_value());
        CHECK(amount->count() == c.fen);
    }
}

TEST_CASE("what is no amount is told apart") {
    struct Case {
        std::string text;
        NumberFault fault;
    };
    for (auto const& c : std::vector<Case>{{"0.001", NumberFault::too_many_decimals},
                                           {"5200.000", NumberFault::too_many_decimals},
                                           {"0.000", NumberFault::too_many_decimals},
                                           {"1e-3", NumberFault::too_many_decimals},
                                           {"92233720368547758.08", NumberFault::out_of_range},
                                           {"-92233720368547758.08", NumberFault::out_of_range},
                                           {"92233720368547759", NumberFault::out_of_range},
                                           {"1e17", NumberFault::out_of_range},
                                           {"1e9999", NumberFault::out_of_range},
                                           {"99999999999999999999999", NumberFault::out_of_range},
                                           {"", NumberFault::not_a_number},
                                           {"-", NumberFault::not_a_number},
                                           {"+1", NumberFault::not_a_number},
                                           {".5", NumberFault::not_a_number},
                                           {"5.", NumberFault::not_a_number},
                                           {"5,200", NumberFault::not_a_number},
                                           {" 5", NumberFault::not_a_number},
                                           {"5 ", NumberFault::not_a_number},
                                           {"1e", NumberFault::not_a_number},
                                           {"1e+", NumberFault::not_a_number},
                                           {"1e99999", NumberFault::not_a_number},
                                           {"0x10", NumberFault::not_a_number},
                                           {"1.2.3", NumberFault::not_a_number},
                                           {"--1", NumberFault::not_a_number},
                                           {"nan", NumberFault::not_a_number},
                                           {"inf", NumberFault::not_a_number},
                                           {"５", NumberFault::not_a_number}}) {
        CAPTURE(c.text);
        auto const amount = input::parse_yuan(c.text);
        REQUIRE_FALSE(amount.has_value());
        CHECK(amount.error() == c.fault);
    }
}

TEST_CASE("shares have six decimals") {
    CHECK(input::parse_rate("0.0831")->parts() == 83'100);
    CHECK(input::parse_rate("0.000001")->parts() == 1);
    CHECK(input::parse_rate("3")->parts() == 3'000'000);
    CHECK(input::parse_rate("8.31e-2")->parts() == 83'100);
    CHECK(input::parse_rate("0.0000001").error() == NumberFault::too_many_decimals);
}

TEST_CASE("a fault of an amount names it and says what was expected") {
    CHECK(input::describe_yuan_fault(NumberFault::not_a_number, "5,200")
          == "\"5,200\" is not an amount; expected yuan such as 5200 or 5200.50");
    CHECK(input::describe_yuan_fault(NumberFault::too_many_decimals, "12.345")
          == "\"12.345\" has more than two decimals; expected yuan and fen such as 5200.50");
    CHECK(input::describe_yuan_fault(NumberFault::out_of_range, "1e17")
          == "\"1e17\" is too large; the largest amount is 92233720368547758.07 yuan");
}

} // namespace pensim::test
