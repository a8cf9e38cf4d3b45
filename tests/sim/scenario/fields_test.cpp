#include "sim/scenario/fields.hpp"

#include <doctest/doctest.h>

#include "tests/sim/support.hpp"

namespace pensim::test {

namespace {

using scenario::NumberReader;
using scenario::PointsReader;
using scenario::WholeReader;

/// What `read` makes of a text: its faults, or nothing.
template <class Read>
std::string faults_of_value(Read const& read, std::string const& text) {
    Problems problems;
    auto const json = input::parse_json(text).value();
    bool const good = read(json, input::Place{"/x", &problems}).has_value();
    CHECK(good == problems.empty());
    return lines_of(problems);
}

} // namespace

TEST_CASE("a number in range") {
    for (std::string const good : {"0", "1", "0.5", "1e-3", "1.0", "-0"}) {
        CAPTURE(good);
        CHECK(faults_of_value(scenario::read_share, good).empty());
    }
    for (std::string const bad : {"-0.1", "1.0000001", "2", "-1e-9"}) {
        CAPTURE(bad);
        CHECK(faults_of_value(scenario::read_share, bad)
              == "/x | " + bad + ": expected a share from 0 to 1\n");
    }
    CHECK(faults_of_value(scenario::read_share, "\"0.5\"")
          == "/x | expected a number, found a text\n");
    CHECK(faults_of_value(scenario::read_rate, "12.5")
          == "/x | 12.5: expected a rate a year from 0 to 12\n");
    CHECK(faults_of_value(scenario::read_months, "0")
          == "/x | 0: expected months, from 0.01 to 1200\n");
    CHECK(faults_of_value(scenario::read_share, "1" + std::string(100, '0'))
          == "/x | 1" + std::string(39, '0') + "...: expected a share from 0 to 1\n");
}

TEST_CASE("a whole number without loss") {
    WholeReader const seed{0, UINT64_MAX};
    Problems problems;
    auto const most = input::parse_json("18446744073709551615").value();
    CHECK(seed(most, {"", &problems}) == UINT64_MAX);
    for (std::string const bad : {"18446744073709551616", "-1", "1.5", "1.0", "1e3"}) {
        CAPTURE(bad);
        CHECK(faults_of_value(seed, bad)
              == "/x | " + bad + ": expected a whole number from 0 to 18446744073709551615\n");
    }
    WholeReader const few{1, 3};
    CHECK(faults_of_value(few, "3").empty());
    CHECK(faults_of_value(few, "0") == "/x | 0: expected a whole number from 1 to 3\n");
    CHECK(faults_of_value(few, "null") == "/x | expected a number, found null\n");
}

TEST_CASE("points of a line") {
    PointsReader const ages{16, 70, "an age from 16 to 70", 10};
    CHECK(faults_of_value(ages, "[[16, 0], [70, 10]]").empty());
    CHECK(faults_of_value(ages, "{}") == "/x | expected a list, found an object\n");
    CHECK(faults_of_value(ages, "[]")
          == "/x | expected at least two points, one of them above zero\n");
    CHECK(faults_of_value(ages, "[[20, 1]]")
          == "/x | expected at least two points, one of them above zero\n");
    CHECK(faults_of_value(ages, "[[20, 0], [30, 0]]")
          == "/x | expected at least two points, one of them above zero\n");
    // All faults of all points.
    CHECK(faults_of_value(ages, "[[15, 1], [30, -1], 7, [40], [50, 11], [50, 1], [50, 2]]")
          == "/x/0/0 | 15: expected an age from 16 to 70\n"
             "/x/1/1 | -1: expected a height from 0 to 10\n"
             "/x/2 | expected a pair: an age from 16 to 70, then a height\n"
             "/x/3 | expected a pair: an age from 16 to 70, then a height\n"
             "/x/4/1 | 11: expected a height from 0 to 10\n"
             "/x/6 | 50 does not come after 50\n");
    PointsReader const years{1950, 2100, "a year from 1950 to 2100"};
    CHECK(faults_of_value(years, "[[2000, 1e9], [2001, 1e10]]")
          == "/x/1/1 | 1e10: expected a height from 0 to 1000000000\n");
}

TEST_CASE("a source says something") {
    CHECK(faults_of_value(scenario::read_source, "\"census 2020\"").empty());
    CHECK(faults_of_value(scenario::read_source, "\"\"")
          == "/x | is empty; say where it is from, or that it is an assumption\n");
}

TEST_CASE("shares add up to a millionth") {
    Problems problems;
    input::Place const place{"/x", &problems};
    CHECK(scenario::add_up(1, place));
    CHECK(scenario::add_up(1.0000009, place));
    CHECK(scenario::add_up(0.1 + 0.2 + 0.7, place));
    CHECK_FALSE(scenario::add_up(0.99, place));
    CHECK_FALSE(scenario::add_up(1.00001, place));
    CHECK(lines_of(problems)
          == "/x | shares add up to 0.99, expected 1\n"
             "/x | shares add up to 1.00001, expected 1\n");
}

} // namespace pensim::test
