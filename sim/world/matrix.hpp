// Matrices as they cross the borders of this room: plain values, row by row.
#pragma once

#include <cstddef>
#include <vector>

#include "core/basis/check.hpp"

namespace pensim::world {

/// Row-major matrix; for tables whose rows and columns count different things.
struct RectangularMatrix {
    int rows = 0;
    int columns = 0;
    std::vector<double> values;

    [[nodiscard]] static RectangularMatrix zero(int rows, int columns) {
        PENSIM_EXPECT(rows >= 0 && columns >= 0);
        auto const count = static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns);
        return {rows, columns, std::vector<double>(count, 0.0)};
    }
    [[nodiscard]] double& at(int row, int column) { return values.at(index(row, column)); }
    [[nodiscard]] double at(int row, int column) const { return values.at(index(row, column)); }
    /// Whether there are as many values as rows x columns.
    [[nodiscard]] bool well_formed() const {
        return rows >= 0 && columns >= 0
               && values.size()
                      == static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns);
    }
    friend bool operator==(RectangularMatrix const&, RectangularMatrix const&) = default;

  private:
    [[nodiscard]] std::size_t index(int row, int column) const {
        PENSIM_EXPECT(row >= 0 && row < rows && column >= 0 && column < columns);
        return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns)
               + static_cast<std::size_t>(column);
    }
};

/// Row-major square matrix over areas: the row is the origin, the column the destination.
struct SquareMatrix {
    int size = 0;
    std::vector<double> values;

    [[nodiscard]] static SquareMatrix zero(int size) {
        return {size, RectangularMatrix::zero(size, size).values};
    }
    [[nodiscard]] double& at(int row, int column) { return values.at(index(row, column)); }
    [[nodiscard]] double at(int row, int column) const { return values.at(index(row, column)); }
    /// Whether there are as many values as size x size.
    [[nodiscard]] bool well_formed() const {
        return size >= 0
               && values.size() == static_cast<std::size_t>(size) * static_cast<std::size_t>(size);
    }
    friend bool operator==(SquareMatrix const&, SquareMatrix const&) = default;

  private:
    [[nodiscard]] std::size_t index(int row, int column) const {
        PENSIM_EXPECT(row >= 0 && row < size && column >= 0 && column < size);
        return static_cast<std::size_t>(row) * static_cast<std::size_t>(size)
               + static_cast<std::size_t>(column);
    }
};

[[nodiscard]] inline double total_of(std::vector<double> const& sums) {
    double total = 0.0;
    for (double const sum : sums) {
        total += sum;
    }
    return total;
}

} // namespace pensim::world
