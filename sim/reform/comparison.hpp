// A baseline against reforms on the same people: one pass over the lives, exact differences, and
// their error from paired samples.
//
// With several replicates the samples are the replicates; with one they are 20 batches of its
// people. A difference of paired samples varies far less than one between two runs of their own:
// Contrast::factor says how much. What a pooling scheme moves between areas does not add up over
// batches: with one replicate its values are exact, its intervals only indicate.
#pragma once

#include <algorithm>
#include <array>
#include <limits>
#include <string>
#include <vector>

#include "sim/reform/rule_variant.hpp"
#include "sim/report/samples.hpp"

namespace pensim::reform {

using report::all_areas;
using report::Cells;
using report::SampleCells;
using report::SampleMoments;

/// A place at which two scenarios differ: JSON pointer, and JSON texts ("" for nothing there).
struct InputDifference {
    std::string pointer;
    std::string before;
    std::string after;
};

/// What the baseline is compared with: its people under other rules, or another scenario.
struct Reform {
    std::string name;
    engine::Setup setup;
    report::BooksTerms terms;
    bool same_world = true;
    RuleDifferences differences;           ///< of its rules from the baseline's
    std::vector<InputDifference> inputs{}; ///< of its scenario from the baseline's
};

/// The baseline with a part of a reform: one parameter alone, or a reform on the way to the whole.
/// Only its people are counted.
struct Part {
    enum class Kind : std::uint8_t { parameter, step };
    std::size_t reform = 0;
    Kind kind = Kind::parameter;
    std::string name; ///< the parameter's key, or the composition up to the step
    engine::Setup setup;
    RuleDifferences differences; ///< from the baseline
};

struct ComparisonPlan {
    scenario::Simulation const& simulation; ///< seed, lives, replicates, weight
    engine::Setup baseline;
    report::BooksTerms terms;
    std::vector<Reform> reforms;
    std::vector<Part> parts;
    std::size_t witnesses = 0;  ///< of each kind of change
    bool yearly = true;         ///< tables by year, not only their totals
    bool shortcuts = true;      ///< false only in tests
    std::uint64_t shard = 4096; ///< results do not depend on it
    engine::Progressed progressed;
};

/// A number under both, over all samples: values per replicate, intervals of the difference.
struct Contrast {
    std::int64_t before = 0; ///< with one replicate: exact
    std::int64_t after = 0;
    double mean_before = 0;
    double mean_after = 0;
    double difference = 0;
    double lo95 = 0; ///< not a number where there is no error to be had
    double hi95 = 0;
    /// Not a number where nothing differs. Standard error of the difference of two separate
    /// runs over this one's.
    double factor = std::numeric_limits<double>::quiet_NaN();
};

/// What a comparison comes to in one amount of money, over the horizon.
enum class MoneyTotal : std::uint8_t {
    moved,    ///< accounts and pooled money that move between areas
    pensions, ///< paid by all areas
    count_,
};
using MoneyTotals = std::array<report::Moments, static_cast<std::size_t>(MoneyTotal::count_)>;

struct ReformResult {
    SampleMoments after;
    SampleMoments difference;
    MoneyTotals totals_after{};
    MoneyTotals totals_difference{};
    SampleCells whole;          ///< with one replicate: all of it
    engine::ChangeTally people; ///< of all replicates
    std::array<report::Moments, engine::change_count> by_change;
    report::Moments changed;
    report::Moments winners;
    report::Moments losers;
};

struct Comparison {
    std::uint32_t replicates = 1;
    std::uint32_t samples = 1;
    std::int64_t people = 0; ///< lives of all replicates
    std::int64_t lives_run = 0;
    engine::PopulationTally population; ///< of all replicates, under the baseline
    SampleMoments before;
    MoneyTotals totals_before{};
    SampleCells whole; ///< with one replicate: all of the baseline
    std::vector<ReformResult> reforms;
    std::vector<engine::ChangeTally> parts;

    [[nodiscard]] bool one_replicate() const { return replicates == 1; }
    /// The contrast of value `i` of a table's cell.
    template <std::size_t Values>
    [[nodiscard]] Contrast contrast(ReformResult const& reform,
                                    report::CellMoments<Values> SampleMoments::*table,
                                    Cells<Values> SampleCells::*whole_table,
                                    std::uint64_t key,
                                    std::size_t i) const {
        return contrast_of(at(before.*table, key, i),
                           at(reform.after.*table, key, i),
                           at(reform.difference.*table, key, i),
                           exact<Values>(whole.*whole_table, key, i),
                           exact<Values>(reform.whole.*whole_table, key, i));
    }
    /// Of all its parts at once, so that the interval is that of the sum.
    [[nodiscard]] Contrast total(ReformResult const& reform, MoneyTotal total) const;
    /// People of a kind of change, with their interval.
    [[nodiscard]] Contrast count_of(report::Moments const& changed) const;

  private:
    template <std::size_t Values>
    static report::Moments
    at(report::CellMoments<Values> const& table, std::uint64_t key, std::size_t i) {
        auto const* const cell = table.find(key);
        return cell == nullptr ? report::Moments() : cell->values[i];
    }
    template <std::size_t Values>
    static std::int64_t exact(Cells<Values> const& cells, std::uint64_t key, std::size_t i) {
        auto const cell =
            std::lower_bound(cells.begin(), cells.end(), key, [](auto const& c, std::uint64_t k) {
                return c.key < k;
            });
        return cell != cells.end() && cell->key == key ? cell->values[i] : 0;
    }
    [[nodiscard]] Contrast contrast_of(report::Moments const& before,
                                       report::Moments const& after,
                                       report::Moments const& difference,
                                       std::int64_t exact_before,
                                       std::int64_t exact_after) const;
};

/// Throws engine::BrokenLife when books are out of balance, MoneyOverflow, input::Interrupted.
[[nodiscard]] Comparison compare(ComparisonPlan const& plan);

} // namespace pensim::reform
