// Recorded results of every shipped scenario: each table's size and digest, and sums that a reader
// can follow. A change of numbers is seen here first.
//
// PENSIM_UPDATE_GOLDEN=1 records anew; read the difference before it is committed.
#include <cstdlib>
#include <map>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "core/law/words.hpp"
#include "sim/input/text_out.hpp"
#include "sim/report/run_scenario.hpp"
#include "sim/scenario/scenario_json.hpp"
#include "tests/sim/support.hpp"
#include "tests/support/simulated.hpp"

namespace pensim::test {
namespace {

std::string yuan(std::int64_t fen) {
    std::string text;
    input::append_yuan(text, Fen(fen));
    return text;
}

using report::Column;
using report::Table;

std::string const& word_at(Column const& column, std::size_t row) {
    return column.words[column.codes[row]];
}

/// Sums of some columns by the words of another.
std::string
sums_by(Table const& table, std::string const& by, std::vector<std::string> const& columns) {
    std::map<std::string, std::vector<std::int64_t>> sums;
    Column const& key = table.column(by);
    for (std::size_t row = 0; row < table.rows; ++row) {
        auto& cell = sums[word_at(key, row)];
        cell.resize(columns.size());
        for (std::size_t i = 0; i < columns.size(); ++i) {
            cell[i] += table.column(columns[i]).whole[row];
        }
    }
    std::string lines;
    for (auto const& [name, cell] : sums) {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            bool const amount = table.column(columns[i]).kind == Column::Kind::yuan;
            lines += fmt::format("{},{} {},{}\n",
                                 table.name,
                                 name,
                                 columns[i],
                                 amount ? yuan(cell[i]) : fmt::format("{}", cell[i]));
        }
    }
    return lines;
}

std::string totals_of(Table const& table) {
    std::string lines;
    for (Column const& column : table.columns) {
        if (column.kind == Column::Kind::word || column.kind == Column::Kind::real
            || column.name == "year") {
            continue;
        }
        std::int64_t sum = 0;
        for (std::int64_t const value : column.whole) {
            sum += value;
        }
        lines +=
            fmt::format("{},{},{}\n",
                        table.name,
                        column.name,
                        column.kind == Column::Kind::yuan ? yuan(sum) : fmt::format("{}", sum));
    }
    return lines;
}

std::string results_of(scenario::Simulation const& simulation) {
    auto const outcome = report::run_scenario(simulation, {});
    auto const tables = report::tables_of(outcome.results, simulation);
    std::string text = "table,item,value\n";
    text += fmt::format(
        "run,lives,{}\nrun,people,{}\n", simulation.scenario.run.persons, simulation.people);
    for (Table const& table : tables) {
        text += fmt::format("{0},rows,{1}\n{0},sha256,{2}\n",
                            table.name,
                            table.rows,
                            report::sha256(report::csv_of(table)));
    }
    for (std::size_t i = 0; i < engine::status_count; ++i) {
        text += fmt::format("status,{},{}\n", words<Status>[i], outcome.results.by_status()[i]);
    }
    text += sums_by(tables[0], "kind", {"people", "account", "pooled"});
    text += sums_by(tables[1], "branch", {"people"});
    text += totals_of(tables[2]);
    return text;
}

std::vector<std::string> lines_in(std::string const& text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t const end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

/// Line by line: what is recorded, and what is found instead.
void compare(std::string const& recorded, std::string const& found) {
    auto const left = lines_in(recorded);
    auto const right = lines_in(found);
    for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
        std::string const was = i < left.size() ? left[i] : "(nothing)";
        std::string const is = i < right.size() ? right[i] : "(nothing)";
        if (was != is) {
            FAIL_CHECK("line ", i + 1, ": recorded ", was, "; found ", is);
        }
    }
}

TEST_CASE("every shipped scenario gives its recorded results") {
    bool const update = std::getenv("PENSIM_UPDATE_GOLDEN") != nullptr;
    for (std::string_view const id : scenario::shipped_scenarios()) {
        CAPTURE(id);
        auto const simulation = simulated(id,
                                          {.persons = id == "country400" ? 4000U
                                                      : id == "small"    ? 5000U
                                                                         : 20'000U});
        std::string const found = results_of(*simulation);
        std::string const path = PENSIM_SOURCE_DIR "/tests/golden/" + std::string(id) + ".csv";
        if (update) {
            std::ofstream(path, std::ios::binary) << found;
            continue;
        }
        compare(content_of(path), found);
    }
}

TEST_CASE("every recorded file has its scenario") {
    std::vector<std::string> files;
    for (auto const& entry :
         std::filesystem::directory_iterator(PENSIM_SOURCE_DIR "/tests/golden")) {
        files.push_back(entry.path().filename().string());
    }
    std::sort(files.begin(), files.end());
    std::vector<std::string> expected;
    for (std::string_view const id : scenario::shipped_scenarios()) {
        expected.push_back(std::string(id) + ".csv");
    }
    std::sort(expected.begin(), expected.end());
    CHECK(files == expected);
}

} // namespace
} // namespace pensim::test
