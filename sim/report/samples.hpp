// Samples of a run or a comparison: the tables of every replicate, or of every batch of people
// where there is only one replicate, and their moments.
#pragma once

#include "sim/report/area_books.hpp"
#include "sim/report/moments.hpp"

namespace pensim::report {

/// How many batches the people of a single replicate make, for the error of totals.
inline constexpr std::uint64_t batches_of_one_replicate = 20;

template <std::size_t Values>
using Cells = std::vector<typename engine::CellTally<Values>::Cell>;

/// Stands for every area in tables of totals.
inline constexpr auto all_areas = static_cast<AreaId>(0xffff);

/// What one sample found, as far as the horizon shows it; rows of zeros are left out.
struct SampleCells {
    Cells<3> flows;       ///< FlowKey: people, account, pooled
    Cells<3> flow_totals; ///< the same with year 0, summed over years; last all flows of a kind,
                          ///< from and to `all_areas`
    Cells<1> locations;   ///< engine::LocationKey: people
    Cells<area_columns> areas;       ///< AreaKey
    Cells<area_columns> area_totals; ///< year 0: summed over years, balances as of the
                                     ///< last; last all areas
};
[[nodiscard]] SampleCells cells_of(engine::Tally& tally, BooksTerms const& terms);

/// Cell by cell; where nothing differs there is no cell.
[[nodiscard]] SampleCells difference_of(SampleCells const& after, SampleCells const& before);

struct SampleMoments {
    CellMoments<3> flows;
    CellMoments<3> flow_totals;
    CellMoments<1> locations;
    CellMoments<area_columns> areas;
    CellMoments<area_columns> area_totals;
    void add(SampleCells const& cells);
    /// Lists cells in which no sample had anything: what money the areas' pools owe each other does
    /// not add up over batches.
    void list(SampleCells const& cells);
};

} // namespace pensim::report
