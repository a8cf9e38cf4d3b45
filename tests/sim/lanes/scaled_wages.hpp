// Wages so high that amounts reach what lanes can hold.
#pragma once

#include <vector>

#include "tests/support/shipped.hpp"

namespace pensim::test {

/// The shipped wages of all areas and years, times a whole number.
[[nodiscard]] inline AverageWages wages_times(std::int64_t factor) {
    AverageWages const& wages = tables().wages;
    std::vector<Fen> raised;
    for (std::size_t i = 0; i < areas().size(); ++i) {
        for (int year = wages.first_year(); year <= wages.last_year(); ++year) {
            raised.push_back(wages.at(static_cast<AreaId>(i), year) * factor);
        }
    }
    return {wages.first_year(), wages.last_year() - wages.first_year() + 1, std::move(raised)};
}

} // namespace pensim::test
