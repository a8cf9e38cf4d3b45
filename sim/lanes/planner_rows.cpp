// The rows of what the planner decided.
#include <algorithm>
#include <cstring>

#include "sim/lanes/planner.hpp"

namespace pensim::lanes {

using world::Spell;

/// Writes the rows of one segment into one lane.
class Planner::Pen {
  public:
    Pen(PaidYears& years, LaneTables const& tables, Segment const& segment)
        : years_(years), tables_(tables), pass_(segment.pass),
          lane_(years.shortest_lane(segment.pass)), area_(segment.area),
          open_year_(tables.month_number(segment.start) / 12),
          flags_(row_bits::looks | row_bits::begins
                 | (segment.joins > 0 ? row_bits::takes_in : 0U)) {
        rows_ = years.room(pass_, lane_);
    }

    [[nodiscard]] std::size_t lane() const { return lane_; }
    /// Payments of a period, in the open year.
    void pay(PaidRow const& row) {
        put(row);
        paid_ = true;
    }
    /// Payments of all periods of whole years, up to but without `end`; the first is open. `row` is
    /// that of the first one but for its months.
    void pay_years(PaidRow const& row, int end) {
        std::size_t const first = tables_.first_period(open_year_);
        std::size_t const count = tables_.first_period(end) - first;
        Period const* period = &tables_.period(first);
        PaidRow* const rows = rows_ + size_;
        Words words = words_of(row) - words_of(period->step);
        for (std::size_t i = 0; i < count; ++i, ++period) {
            words += words_of(period->step);
            Words const whole = words | words_of(period->whole);
            std::memcpy(static_cast<void*>(rows + i), &whole, sizeof(whole));
        }
        rows->bits |= flags_;
        rows[count - 1].bits &= ~row_bits::closes_year; // not yet
        added(count);
        open_year_ = end - 1;
        paid_ = true;
    }
    /// 31 December of every year before `year`.
    void close_years(int year) {
        if (open_year_ >= year) {
            return;
        }
        if (paid_) {
            rows_[size_ - 1].bits |= row_bits::closes_year;
            paid_ = false;
            ++open_year_;
        }
        for (; open_year_ < year; ++open_year_) {
            std::size_t const december = tables_.first_period(open_year_ + 1) - 1;
            PaidRow row = tables_.empty_row();
            row.line = tables_.row_line(area_, december);
            row.bits = row_bits::closes_year;
            put(row);
        }
    }
    /// The holding goes elsewhere; where its amounts of now are found.
    SnapshotPlace move_to(AreaId area) {
        flags_ |= row_bits::looks;
        area_ = area;
        paid_ = false;
        return next_snapshot();
    }
    /// Where its amounts of the end are found.
    SnapshotPlace end() {
        if (size_ == 0) {
            put(tables_.empty_row());
        }
        SnapshotPlace const last = next_snapshot();
        years_.added(pass_, lane_, size_, looks_);
        return last;
    }

  private:
    /// A row as one number of four words: it is written in a few instructions.
    using Words = std::uint32_t __attribute__((vector_size(sizeof(PaidRow))));
    static Words words_of(PaidRow const& row) {
        Words words;
        std::memcpy(&words, &row, sizeof(words));
        return words;
    }

    [[nodiscard]] SnapshotPlace next_snapshot() const {
        SnapshotPlace place = years_.next_snapshot(pass_, lane_);
        place.number += looks_;
        return place;
    }
    void put(PaidRow const& row) {
        rows_[size_] = {row.line, row.index_line, row.own_ppm, row.bits | flags_};
        added(1);
    }
    void added(std::size_t rows) {
        size_ += rows;
        looks_ += (flags_ & row_bits::looks) != 0 ? 1 : 0;
        flags_ = 0;
    }

    PaidYears& years_;
    LaneTables const& tables_;
    std::size_t pass_;
    std::size_t lane_;
    PaidRow* rows_ = nullptr; ///< behind the lane's earlier ones
    std::size_t size_ = 0;
    std::uint32_t looks_ = 0;
    AreaId area_;         ///< of the holding now
    int open_year_;       ///< whose 31 December comes next
    std::uint32_t flags_; ///< of the next row
    bool paid_ = false;   ///< is the last row of the open year and of this area?
};

/// The rows of one spell, but for their months.
struct Planner::SpellRows {
    PaidRow first_period; ///< of the tables; at the age of 0
    int birth;            ///< month number
    /// Of the record that begins in a month.
    [[nodiscard]] PaidRow at(int month, std::size_t period) const {
        auto const number = static_cast<std::uint32_t>(period);
        auto const age = static_cast<std::uint32_t>((month - birth) / 12);
        return {first_period.line + number * static_cast<std::uint32_t>(line_size),
                first_period.index_line + number,
                first_period.own_ppm,
                first_period.bits + age * row_bits::year_older};
    }
};

/// A row for each period, and at each turn one more on both of its sides.
std::size_t Planner::rows_at_most() const {
    std::size_t rows = 3 * parts_.size();
    for (std::size_t i = first_segment_; i < plans_->segments.size(); ++i) {
        Segment const& segment = plans_->segments[i];
        rows += tables_.period_of(segment.end) - tables_.period_of(segment.start) + 3;
    }
    return rows;
}

void Planner::write_rows() {
    for (auto number = static_cast<std::uint32_t>(first_segment_); number < plans_->segments.size();
         ++number) {
        write_segment(number);
    }
    // What went by a join is as its segment ended.
    for (std::size_t i = first_join_; i < plans_->joins.size(); ++i) {
        Join const& join = plans_->joins[i];
        if (join.transfer) {
            plans_->transfers[*join.transfer].amounts = plans_->segments[join.segment].last;
        }
    }
}

void Planner::write_segment(std::uint32_t number) {
    Segment& segment = plans_->segments[number];
    Pen pen(years_, tables_, segment);
    if (segment.joins > 0) {
        plans_->takers[segment.pass][pen.lane()].push_back(number);
    }
    for (Part const& part : parts_) {
        if (part.segment == number && part.spell) {
            write_payments(pen, career_->spells[*part.spell], segment.temporary);
        } else if (part.segment == number) {
            pen.close_years(tables_.month_number(part.month) / 12);
            plans_->transfers[part.transfer].amounts = pen.move_to(part.to);
        }
    }
    pen.close_years(tables_.month_number(segment.end) / 12);
    segment.last = pen.end();
}

/// A row for each period: those of the first year, if it is not whole, of whole years, and of the
/// rest. The base is that of the calendar year's record, as life_drawer.cpp cuts the spell.
void Planner::write_payments(Pen& pen, Spell const& spell, bool temporary) {
    constexpr int twelve = 12;
    AreaId const place = life_.place ? life_.place->area : spell.area;
    auto const group = static_cast<std::uint32_t>(career_->group);
    SpellRows const rows{{tables_.row_line(spell.area, 0),
                          tables_.line(place, 0),
                          static_cast<std::uint32_t>(spell.own_ppm),
                          (spell.kind == Kind::employed ? 0U : row_bits::alone)
                              | (temporary ? row_bits::temporary : 0U)
                              | (group * world::GroupTables::ages) << row_bits::age_at},
                         birth_};
    int const begin = tables_.month_number(spell.from);
    int const end = tables_.month_number(spell.to) + 1;
    int year = begin / twelve;
    if (begin != year * twelve) {
        write_part(pen, rows, spell.area, {year, begin, std::min(end, (year + 1) * twelve)});
        ++year;
    }
    int const last_year = end / twelve;
    if (year < last_year) {
        pen.close_years(year);
        pen.pay_years(rows.at(year * twelve, tables_.first_period(year)), last_year);
    }
    if (year <= last_year && last_year * twelve < end) {
        write_part(pen, rows, spell.area, {last_year, last_year * twelve, end});
    }
}

/// Months of one calendar year.
void Planner::write_part(Pen& pen, SpellRows const& rows, AreaId area, YearPart const& part) {
    constexpr int twelve = 12;
    pen.close_years(part.year);
    std::size_t number = tables_.first_period(part.year);
    int first = part.begin - part.year * twelve + 1; // 1 to 12
    int const last = part.end - part.year * twelve;
    while (tables_.period(number).last_month < first) {
        ++number;
    }
    PaidRow row = rows.at(part.begin, number);
    std::uint32_t const bits = row.bits;
    row.bits |= counts_as_insured(area, part.year) ? row_bits::insured : 0U;
    while (true) {
        int const until = std::min<int>(last, tables_.period(number).last_month);
        row.bits |= row_bits::of_months(first, until);
        pen.pay(row);
        if (until == last) {
            return;
        }
        first = until + 1;
        ++number;
        row = rows.at(part.begin, number);
        row.bits = bits;
    }
}

/// A person counts once a year in an area.
bool Planner::counts_as_insured(AreaId area, int year) {
    std::uint64_t const stamp = serial_ << 12U | static_cast<std::uint64_t>(year);
    bool const first = insured_[row(area)] != stamp;
    insured_[row(area)] = stamp;
    return first;
}

} // namespace pensim::lanes
