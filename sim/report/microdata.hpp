// people.csv.gz: a row for each simulated life.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/engine/parallel_run.hpp"
#include "sim/report/table.hpp"
#include "sim/scenario/simulation.hpp"

namespace pensim::report {

/// The header, and rows of lives; amounts in yuan.
[[nodiscard]] std::string microdata_head();
void append_person(std::string& out,
                   std::uint32_t replicate,
                   std::uint64_t person,
                   engine::LifeResult const& result,
                   scenario::Simulation const& simulation);

/// The same rows as a table, kept in memory: each life writes at its own place, on any thread.
class PeopleRows {
  public:
    /// Room for every life of every replicate.
    explicit PeopleRows(scenario::Simulation const& simulation);
    void put(std::uint32_t replicate, std::uint64_t person, engine::LifeResult const& result);
    /// The first rows; once, at the end.
    [[nodiscard]] Table finish(std::size_t rows);

  private:
    scenario::Simulation const& simulation_;
    Table table_;
};

/// One member of a gzip file (RFC 1952), without name or time; members may follow one another.
[[nodiscard]] std::string gzipped(std::string_view text);

/// What members of a gzip file hold; nothing where they are not whole.
[[nodiscard]] std::optional<std::string> gunzipped(std::string_view members);

/// SHA-256 of what a gzip file holds, all its members; nothing when it cannot be read to its end.
[[nodiscard]] std::optional<std::string> sha256_of_gzip(std::string const& path);

} // namespace pensim::report
