// What a run of one or more replicates found, and its tables (contract 4).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/engine/disclosure.hpp"
#include "sim/network/flow_graph.hpp"
#include "sim/report/samples.hpp"
#include "sim/report/table.hpp"

namespace pensim::report {

/// Is somebody paid elsewhere than where they paid last?
[[nodiscard]] inline bool is_elsewhere(engine::LocationKey const& key) {
    return key.benefit_area && key.benefit_area != key.last_area;
}

/// What a run comes to in one number, over the horizon.
enum class RunTotal : std::uint8_t {
    placed,    ///< people whose benefit location is decided
    elsewhere, ///< of them those who are paid elsewhere than where they paid last
    transfers,
    account, ///< money of accounts that moves
    pooled,
    moved, ///< account + pooled
    count_,
};
inline constexpr auto run_totals = static_cast<std::size_t>(RunTotal::count_);

/// A number for the simulated lives (of one replicate), with the half-width of its 95% interval:
/// not a number where no error is to be had.
struct Estimate {
    double value = 0;
    double half95 = 0;
};

class RunResults {
  public:
    explicit RunResults(BooksTerms const& terms) : terms_(terms) {}

    /// Takes a replicate in; `tally` must be in balance. Empties nothing.
    void add(engine::Tally& tally);
    /// Takes a batch of the only replicate's people in, for the error of totals.
    void add_batch(engine::Tally& tally);
    /// Says that small numbers were hidden in what was added.
    void hide(engine::HiddenCells const& hidden) { hidden_ = hidden; }

    [[nodiscard]] std::uint32_t replicates() const { return replicates_; }
    [[nodiscard]] std::int64_t people() const { return people_; } ///< lives of all replicates
    // These are sums over replicates.
    [[nodiscard]] std::array<std::int64_t, engine::status_count> const& by_status() const {
        return by_status_;
    }
    [[nodiscard]] std::vector<std::int64_t> const& paying() const { return paying_; }
    [[nodiscard]] std::vector<std::int64_t> const& moves() const { return moves_; }
    [[nodiscard]] engine::Endings const& endings() const { return endings_; }
    [[nodiscard]] std::optional<engine::HiddenCells> const& hidden() const { return hidden_; }
    // Over replicates; years as the horizon says.
    [[nodiscard]] CellMoments<3> const& flows() const { return moments_.flows; }
    [[nodiscard]] CellMoments<1> const& locations() const { return moments_.locations; }
    [[nodiscard]] CellMoments<area_columns> const& area_years() const { return moments_.areas; }
    [[nodiscard]] SampleMoments const& moments() const { return moments_; }

    /// Value `i` of a cell of a table of totals or of locations, nothing where there is no cell:
    /// with several replicates the error is that between them, with one that between its batches.
    template <std::size_t Values>
    [[nodiscard]] Estimate
    estimate(CellMoments<Values> SampleMoments::*table, std::uint64_t key, std::size_t i) const {
        auto const at = [&](SampleMoments const& moments) {
            auto const* const cell = (moments.*table).find(key);
            return cell == nullptr ? Moments() : cell->values[i];
        };
        return estimate_of(at(moments_), at(batches_moments_));
    }
    [[nodiscard]] Estimate estimate(RunTotal total) const {
        auto const i = static_cast<std::size_t>(total);
        return estimate_of(totals_[i], batches_totals_[i]);
    }

  private:
    [[nodiscard]] Estimate estimate_of(Moments const& replicates, Moments const& batches) const;

    BooksTerms terms_;
    std::uint32_t replicates_ = 0;
    std::uint32_t batches_ = 0;
    std::int64_t people_ = 0;
    std::array<std::int64_t, engine::status_count> by_status_{};
    std::vector<std::int64_t> paying_;
    std::vector<std::int64_t> moves_;
    engine::Endings endings_;
    std::optional<engine::HiddenCells> hidden_;
    SampleMoments moments_;
    SampleMoments batches_moments_; ///< totals and locations only
    std::array<Moments, run_totals> totals_;
    std::array<Moments, run_totals> batches_totals_;
};

/// Every flow between two areas in a year, kinds together, summed over replicates.
[[nodiscard]] std::vector<network::Flow> network_flows_of(RunResults const& results);

/// flows, locations, areas, distributions, those of the network (network_tables.hpp), calibration;
/// years as the horizon says.
[[nodiscard]] std::vector<Table> tables_of(RunResults const& results,
                                           scenario::Simulation const& simulation);

} // namespace pensim::report
