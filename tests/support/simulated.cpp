#include "tests/support/simulated.hpp"

#include <fmt/format.h>

#include "core/law/words.hpp"
#include "sim/scenario/scenario_json.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {

std::unique_ptr<scenario::Simulation> simulated(std::string_view scenario,
                                                SimulatedOptions const& options) {
    auto loaded = scenario::load_scenario(scenario, tables()).value();
    loaded.run.persons = options.persons;
    loaded.run.replicates = options.replicates;
    if (!options.with_pilot) {
        loaded.population.calibrated_to.clear();
        loaded.population.people = 1000 * options.persons;
    }
    return scenario::prepare(std::move(loaded), {}, {options.rules, ""}).value();
}

std::array<NamedNumber, book_columns> columns_of(AreaYear const& books) {
    auto const& [paid_to_accounts,
                 paid_to_pool,
                 paid_by_workers,
                 interest,
                 holdings,
                 months,
                 insured,
                 pensioners,
                 pensions_from_accounts,
                 pensions_from_pool,
                 refunds,
                 inheritances,
                 to_residents,
                 for_elsewhere,
                 by_elsewhere,
                 pension_months] = books;
    return {{{"paid_to_accounts", paid_to_accounts.count()},
             {"paid_to_pool", paid_to_pool.count()},
             {"paid_by_workers", paid_by_workers.count()},
             {"interest", interest.count()},
             {"holdings", holdings.count()},
             {"months", months},
             {"insured", insured},
             {"pensioners", pensioners},
             {"pensions_from_accounts", pensions_from_accounts.count()},
             {"pensions_from_pool", pensions_from_pool.count()},
             {"refunds", refunds.count()},
             {"inheritances", inheritances.count()},
             {"to_residents", to_residents.count()},
             {"for_elsewhere", for_elsewhere.count()},
             {"by_elsewhere", by_elsewhere.count()},
             {"pension_months", pension_months}}};
}

std::string difference_of(FundLedger const& a, FundLedger const& b, AreaTable const& areas) {
    for (int i = 0; i < FundLedger::years(); ++i) {
        for (std::size_t area = 0; area < a.areas(); ++area) {
            int const year = FundLedger::first_year + i;
            auto const id = static_cast<AreaId>(area);
            if (a.at(year, id) == b.at(year, id)) {
                continue;
            }
            auto const mine = columns_of(a.at(year, id));
            auto const theirs = columns_of(b.at(year, id));
            for (std::size_t column = 0; column < mine.size(); ++column) {
                if (mine[column].value != theirs[column].value) {
                    return fmt::format("{} in {}, {}: {} and {}",
                                       areas[id].id,
                                       year,
                                       mine[column].name,
                                       mine[column].value,
                                       theirs[column].value);
                }
            }
        }
    }
    return "";
}

std::string name_of(FlowKey const& key, AreaTable const& areas) {
    return fmt::format(
        "{} {} -> {} {}", key.year, areas[key.from].id, areas[key.to].id, word(key.kind));
}

std::string difference_of(engine::Tally& a, engine::Tally& b, AreaTable const& areas) {
    if (a.people != b.people) {
        return fmt::format("people: {} and {}", a.people, b.people);
    }
    auto const& mine = a.flows.cells();
    auto const& theirs = b.flows.cells();
    if (mine.size() != theirs.size()) {
        return fmt::format("cells of flows: {} and {}", mine.size(), theirs.size());
    }
    for (std::size_t i = 0; i < mine.size(); ++i) {
        if (mine[i] != theirs[i]) {
            return "flows at " + name_of(FlowKey::unpacked(mine[i].key), areas);
        }
    }
    if (a.locations.cells() != b.locations.cells()) {
        return "locations";
    }
    if (a.by_status != b.by_status) {
        return "statuses";
    }
    if (a.paying != b.paying) {
        return "people who pay in watched months";
    }
    if (a.moves != b.moves) {
        return "watched moves";
    }
    for (std::size_t i = 0; i < engine::ending_count; ++i) {
        auto const what = static_cast<engine::Ending>(i);
        auto const& mine_ends = a.endings.of(what);
        auto const& theirs_end = b.endings.of(what);
        for (std::size_t bin = 0; bin < mine_ends.size(); ++bin) {
            if (mine_ends[bin] != theirs_end[bin]) {
                return fmt::format(
                    "ending {}, bin {}: {} and {}", i, bin, mine_ends[bin], theirs_end[bin]);
            }
        }
    }
    if (a.behind != b.behind) {
        return "people behind amounts";
    }
    return difference_of(a.ledger, b.ledger, areas);
}

} // namespace pensim::test
