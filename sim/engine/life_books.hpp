// The books of one life alone, so that it can be compared with the same life under other rules, and
// take its place in everybody's.
#pragma once

#include <cstdint>
#include <vector>

#include "core/record/fund_ledger.hpp"
#include "sim/engine/tally.hpp"

namespace pensim::engine {

class LifeBooks {
  public:
    explicit LifeBooks(std::size_t areas)
        : areas_(areas), slots_(areas * static_cast<std::size_t>(FundLedger::years())) {}

    struct Row {
        int year = 0; ///< the ledger's first for all years before it
        AreaId area{};
        AreaYear books;
        friend bool operator==(Row const&, Row const&) = default;
    };

    // What a book keeper writes to. A reference holds until the next row.
    [[nodiscard]] AreaYear& books(int year, AreaId area) {
        int const line = year <= FundLedger::first_year ? 0 : year - FundLedger::first_year;
        std::uint32_t& slot = slots_[static_cast<std::size_t>(line) * areas_ + row(area)];
        int const shown = FundLedger::first_year + line;
        // A slot of an earlier life points at no row, or at another area's or year's.
        if (slot >= rows_.size() || rows_[slot].year != shown || rows_[slot].area != area) {
            slot = static_cast<std::uint32_t>(rows_.size());
            rows_.push_back({shown, area, {}});
        }
        return rows_[slot].books;
    }
    void note_transfer(Transfer const& transfer) { transfers_.push_back(transfer); }
    void note_refund(Refund const& refund) { refunds_.push_back(refund); }
    void note_life(Status status, LocationKey const& location) {
        status_ = status;
        location_ = location;
    }
    // What targets ask for does not belong to the books.
    void note_paying(std::size_t, Group, AreaId) {}
    void note_move(AreaId, AreaId) {}
    void note_ending(Ending, std::size_t) {}
    void note_behind(Behind, int, AreaId) {}

    /// Before each life.
    void clear() {
        rows_.clear();
        transfers_.clear();
        refunds_.clear();
    }
    /// Puts the rows into the order of years, then areas; afterwards nothing can be posted.
    void sort();

    [[nodiscard]] std::vector<Row> const& rows() const { return rows_; }
    [[nodiscard]] std::vector<Transfer> const& transfers() const { return transfers_; }
    [[nodiscard]] std::vector<Refund> const& refunds() const { return refunds_; }

    /// Puts the same life under other rules in the place of this one, without what targets ask for.
    /// Both must be sorted.
    void replace_by(LifeBooks const& other, Tally& tally) const;

  private:
    std::size_t areas_;
    std::vector<std::uint32_t> slots_; ///< by year and area
    std::vector<Row> rows_;
    std::vector<Transfer> transfers_;
    std::vector<Refund> refunds_;
    Status status_ = Status::no_contributions;
    LocationKey location_;
};

} // namespace pensim::engine
