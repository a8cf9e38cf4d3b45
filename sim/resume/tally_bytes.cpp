#include "sim/resume/tally_bytes.hpp"

#include "sim/resume/integer_bytes.hpp"

namespace pensim::resume {

namespace {

constexpr std::size_t numbers_of_area_year = 16;
static_assert(sizeof(AreaYear) == numbers_of_area_year * sizeof(std::int64_t),
              "a new number of the books is to be saved as well");

template <class Visit>
void for_each_number(AreaYear& books, Visit const& visit) {
    visit(books.paid_to_accounts);
    visit(books.paid_to_pool);
    visit(books.paid_by_workers);
    visit(books.interest);
    visit(books.holdings);
    visit(books.months);
    visit(books.insured);
    visit(books.pensioners);
    visit(books.pensions_from_accounts);
    visit(books.pensions_from_pool);
    visit(books.refunds);
    visit(books.inheritances);
    visit(books.to_residents);
    visit(books.for_elsewhere);
    visit(books.by_elsewhere);
    visit(books.pension_months);
}

/// Everything whose place is known beforehand, number by number, in one order for both ways.
template <class Visit>
void for_each_number(engine::Tally& tally, Visit const& visit) {
    visit(tally.people);
    for (std::size_t area = 0; area < tally.ledger.areas(); ++area) {
        for (int i = 0; i < FundLedger::years(); ++i) {
            for_each_number(tally.books(FundLedger::first_year + i, static_cast<AreaId>(area)),
                            visit);
        }
    }
    for (auto* const counts : {&tally.paying, &tally.moves}) {
        for (std::int64_t& count : *counts) {
            visit(count);
        }
    }
    for (std::int64_t& count : tally.by_status) {
        visit(count);
    }
    for (std::size_t i = 0; i < engine::ending_count; ++i) {
        for (std::int64_t& count : tally.endings.of(static_cast<engine::Ending>(i))) {
            visit(count);
        }
    }
    for (auto& line : tally.behind) {
        for (std::int64_t& count : line) {
            visit(count);
        }
    }
}

template <std::size_t Values>
void put_cells(IntegerWriter& writer, engine::CellTally<Values>& tally) {
    auto const& cells = tally.cells();
    writer.put(static_cast<std::int64_t>(cells.size()));
    std::uint64_t before = 0;
    for (auto const& cell : cells) {
        writer.put(static_cast<std::int64_t>(cell.key - before));
        before = cell.key;
        for (std::int64_t const value : cell.values) {
            writer.put(value);
        }
    }
}

/// No more cells than bytes: of a cell at most the first key is zero.
template <std::size_t Values>
void get_cells(IntegerReader& reader, std::size_t bytes, engine::CellTally<Values>& tally) {
    std::uint64_t const cells = reader.get_count(bytes + 1);
    std::uint64_t key = 0;
    for (std::uint64_t i = 0; i < cells && reader.good(); ++i) {
        key += static_cast<std::uint64_t>(reader.get());
        std::array<std::int64_t, Values> values{};
        for (std::int64_t& value : values) {
            value = reader.get();
        }
        tally.add(key, values);
    }
}

struct Write {
    IntegerWriter& writer;
    void operator()(std::int64_t const& number) const { writer.put(number); }
    void operator()(Fen const& amount) const { writer.put(amount.count()); }
};

struct Read {
    IntegerReader& reader;
    void operator()(std::int64_t& number) const { number = reader.get(); }
    void operator()(Fen& amount) const { amount = Fen(reader.get()); }
};

} // namespace

std::string bytes_of(engine::Tally& tally) {
    IntegerWriter writer;
    for_each_number(tally, Write{writer});
    put_cells(writer, tally.flows);
    put_cells(writer, tally.locations);
    return writer.finish();
}

std::optional<engine::Tally>
tally_of(std::string_view bytes, std::size_t areas, engine::Watch const& watch) {
    engine::Tally tally(areas, watch);
    IntegerReader reader(bytes);
    for_each_number(tally, Read{reader});
    get_cells(reader, bytes.size(), tally.flows);
    get_cells(reader, bytes.size(), tally.locations);
    return reader.finished() ? std::optional(std::move(tally)) : std::nullopt;
}

} // namespace pensim::resume
