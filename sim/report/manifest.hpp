// manifest.json: what makes a run what it is, and the digests of its tables (pensim/manifest/1).
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/basis/problem.hpp"
#include "sim/report/run_results.hpp"

namespace pensim::report {

struct TableDigest {
    std::string file; ///< "flows.csv"
    std::size_t rows = 0;
    std::string sha256;
};

/// Figures of a run that differ from machine to machine; they are not part of any digest.
struct RunClock {
    std::string started; ///< UTC, ISO 8601
    double seconds = 0;
    int threads = 0; ///< of all processes
};

struct ManifestFacts {
    std::string version;
    std::string until; ///< the precision asked for; empty: none
    std::string data_folder;
    bool microdata = false;
    RunClock clock;
    std::int64_t suppress_below = 0; ///< smaller numbers of people are hidden
};

[[nodiscard]] std::string manifest_json(scenario::Simulation const& simulation,
                                        RunResults const& results,
                                        std::vector<TableDigest> const& tables,
                                        ManifestFacts const& facts);

/// All that decides a run's results, as JSON: what must be equal for one run to go on where another
/// stopped.
[[nodiscard]] std::string run_identity_json(scenario::Simulation const& simulation,
                                            ManifestFacts const& facts);

/// What `compare` or `sweep` ran: the words that run it again, and every rule set beside the
/// baseline's, resolved.
struct CommandFacts {
    std::vector<std::string> words; ///< "pensim", "compare", "hmt", "--rules", ...
    std::vector<std::string> rules; ///< JSON texts
};
[[nodiscard]] std::string command_manifest_json(scenario::Simulation const& simulation,
                                                CommandFacts const& command,
                                                std::vector<TableDigest> const& tables,
                                                ManifestFacts const& facts);

/// What a finished folder says of itself, as far as running it again needs it.
struct Manifest {
    std::string version;
    std::string scenario; ///< the whole scenario as JSON text, with the run's own settings in it
    std::string rules;    ///< the whole rule set as JSON text
    std::string data_folder;
    bool microdata = false;
    std::int64_t suppress_below = 0;
    std::vector<TableDigest> tables;
    std::string data_sha256;
};
/// Of a manifest, in bytes: a scenario, a rule set, and digests.
inline constexpr std::uint64_t manifest_bytes_max = 16 * input::megabyte;
[[nodiscard]] Result<Manifest> read_manifest(std::string_view text);

/// Digest of the data tables that runs with a folder of one's own depend on.
[[nodiscard]] std::string data_digest(data::TableSource const& source);

} // namespace pensim::report
