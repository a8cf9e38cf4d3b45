// Comparisons of rule sets on a few simulated people, and their numbers by name, for tests.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/engine/paired_run.hpp"
#include "sim/reform/comparison_tables.hpp"
#include "sim/reform/reform_set.hpp"
#include "tests/support/simulated.hpp"

namespace pensim::test {

/// Ids of all shipped rule sets but "law".
[[nodiscard]] std::vector<std::string> shipped_reforms();

/// A scenario that is no shipped one, ready to run: the text of a file without a folder.
[[nodiscard]] std::unique_ptr<scenario::Simulation> simulated_text(std::string_view text,
                                                                   std::string const& rules = {});

/// The plan of a comparison that has not been run.
struct Planned {
    Planned(scenario::Simulation const& simulation, std::vector<std::string> const& names)
        : reforms(reform::ReformSet::load(simulation, names).value()), plan(reforms.plan()) {}
    reform::ReformSet reforms;
    reform::ComparisonPlan plan;
};

/// All tables, as CSV, one after another.
[[nodiscard]] std::string csv_of_all(reform::Comparison const& comparison,
                                     reform::ComparisonPlan const& plan);

/// Takes out cells to which nothing was added in all.
void drop_empty_cells(engine::Tally& tally);

/// The first difference between what two passes over one crowd found; empty if there is none. How
/// many lives were run is not asked.
[[nodiscard]] std::string
difference_of(engine::PairedTally& a, engine::PairedTally& b, AreaTable const& areas);

/// Numbers of a table of a run by "year|area ...|measure", with their spread left out, and without
/// what is 0. Amounts of one replicate in fen.
[[nodiscard]] std::map<std::string, double> cells_of_run(report::Table const& table);

struct Compared {
    double before = 0;
    double after = 0;
    double difference = 0;
};
/// The same of one reform in the table of a comparison.
[[nodiscard]] std::map<std::string, Compared> cells_of_comparison(report::Table const& table,
                                                                  std::string_view reform);

/// The table with this name.
[[nodiscard]] report::Table const& named(std::vector<report::Table> const& tables,
                                         std::string_view name);

/// A word, or a number as text, of a row.
[[nodiscard]] std::string
text_at(report::Table const& table, std::string_view column, std::size_t row);

} // namespace pensim::test
