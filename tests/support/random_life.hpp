// Random lives and random rule sets for property tests.
//
// The lives are drawn so that every branch of the law is reached often: months near each limit,
// ties, overlaps, waiting money, temporary accounts, claims, ends and deaths on both sides of the
// counting month, extensions at the area that the law designates. Most are valid; a chosen share
// carries a fault. The draws depend on the generator alone (no distribution of the standard
// library, whose results differ between libraries), so a seed names a life for good.
#pragma once

#include <random>
#include <string>

#include "core/law/rule_book.hpp"
#include "core/record/average_wage.hpp"
#include "core/record/life.hpp"

namespace pensim::test {

struct RandomLifeOptions {
    law::RuleBook const* rules = nullptr; ///< the law under which the life is to be interesting
    AverageWages const* wages = nullptr;  ///< of `areas` areas at least
    int areas = 5;                        ///< rows below this are used
    int faulty_percent = 5;               ///< lives into which a fault is put
};

[[nodiscard]] Life random_life(std::mt19937_64& random, RandomLifeOptions const& options);

/// The base with random changes, most of them dated between 2000 and 2035, of any keys on which a
/// decision depends. Rules that name areas use rows below `areas`.
[[nodiscard]] law::RuleBook
random_rules(std::mt19937_64& random, law::RuleBook const& base, int areas = 5);

/// One life in a few short lines, for the message of a failing test.
[[nodiscard]] std::string describe(Life const& life);

} // namespace pensim::test
