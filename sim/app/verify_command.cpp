#include <algorithm>

#include <fmt/format.h>

#include "sim/app/announce.hpp"
#include "sim/app/commands.hpp"
#include "sim/input/file.hpp"
#include "sim/input/interrupt.hpp"
#include "sim/job/run_job.hpp"
#include "sim/job/version.hpp"
#include "sim/report/microdata.hpp"
#include "sim/report/text_grid.hpp"
#include "sim/scenario/scenario_json.hpp"

namespace pensim::app {

namespace {

/// Is the file in the folder still what the manifest says? The digest of a compressed one is that
/// of its text.
bool unchanged(std::string const& folder, report::TableDigest const& table) {
    std::string const path = folder + "/" + table.file;
    auto const digest =
        table.file.ends_with(".gz") ? report::sha256_of_gzip(path) : report::sha256_of_file(path);
    return digest == table.sha256;
}

std::unique_ptr<scenario::Simulation> simulation_of(report::Manifest const& manifest,
                                                    std::string const& path) {
    Setting setting;
    setting.data_folder = manifest.data_folder;
    data::TableSource const source = job::table_source(setting);
    if (report::data_digest(source) != manifest.data_sha256) {
        throw WrongInput(path,
                         manifest.data_folder.empty()
                             ? "was made with other data tables than those of this program"
                             : "was made with other data tables than those in "
                                   + manifest.data_folder);
    }
    auto const tables = value_or_throw(data::load_tables(source));
    auto loaded = value_or_throw(scenario::read_scenario(path, "", manifest.scenario, tables));
    return value_or_throw(scenario::prepare(std::move(loaded), source, {path, manifest.rules}));
}

} // namespace

int verify(VerifyOptions const& options) {
    std::string const path = options.folder + "/manifest.json";
    auto const manifest =
        value_or_throw(report::read_manifest(value_or_throw(input::read_file(
                           path, input::FileKind::any, report::manifest_bytes_max))),
                       path);
    if (manifest.version != job::version()) {
        fmt::print(stderr,
                   "made by version {}; this is {}: numbers may differ\n",
                   report::printable(manifest.version),
                   job::version());
    }
    ThreadLimit const threads(options.threads);
    input::remember_interrupts();
    auto const simulation = simulation_of(manifest, path);
    job::JobOptions options_again;
    options_again.microdata = manifest.microdata;
    options_again.suppress_below = manifest.suppress_below;
    simulation->watch.behind = manifest.suppress_below > 0;
    options_again.threads = threads.threads();
    options_again.data_folder = manifest.data_folder;
    announce(*simulation, threads.threads());
    job::JobResult const again =
        job::run_job(*simulation, options_again, nullptr, input::shown_progress("lives"));
    Results text("");
    bool equal = true;
    for (report::TableDigest const& table : manifest.tables) {
        auto const found =
            std::find_if(again.digests.begin(), again.digests.end(), [&](auto const& digest) {
                return digest.file == table.file;
            });
        bool const same_run = found != again.digests.end() && found->sha256 == table.sha256;
        bool const same_file = unchanged(options.folder, table);
        text.write(fmt::format("{:<21} {}\n",
                               table.file,
                               !same_run    ? "differs from a new run"
                               : !same_file ? "is missing or was changed after the run"
                                            : "equal"));
        equal = equal && same_run && same_file;
    }
    text.finish();
    return equal ? exit_done : exit_found;
}

} // namespace pensim::app
