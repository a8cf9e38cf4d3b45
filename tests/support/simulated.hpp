// Shipped scenarios made ready, a few persons each, and the books of a run as numbers with names,
// for tests.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/record/fund_ledger.hpp"
#include "sim/scenario/simulation.hpp"

namespace pensim::test {

struct SimulatedOptions {
    std::uint64_t persons = 1000;
    std::uint32_t replicates = 1;
    std::string rules; ///< empty: the scenario's own
    bool with_pilot =
        true; ///< false: 1000 people a life, where a pilot would have found the number
};

[[nodiscard]] std::unique_ptr<scenario::Simulation> simulated(std::string_view scenario,
                                                              SimulatedOptions const& options);

struct NamedNumber {
    std::string_view name;
    std::int64_t value = 0;
    friend bool operator==(NamedNumber const&, NamedNumber const&) = default;
};

inline constexpr std::size_t book_columns = 16;

/// Every member of one area's year.
[[nodiscard]] std::array<NamedNumber, book_columns> columns_of(AreaYear const& books);

/// The first difference between two ledgers in words; empty if there is none.
[[nodiscard]] std::string
difference_of(FundLedger const& a, FundLedger const& b, AreaTable const& areas);

/// The first difference between two tallies of one run; empty if there is none.
[[nodiscard]] std::string difference_of(engine::Tally& a, engine::Tally& b, AreaTable const& areas);

/// "2030 GD -> HN move".
[[nodiscard]] std::string name_of(FlowKey const& key, AreaTable const& areas);

} // namespace pensim::test
