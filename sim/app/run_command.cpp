#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>

#include <fmt/format.h>

#include "sim/app/announce.hpp"
#include "sim/app/commands.hpp"
#include "sim/input/file.hpp"
#include "sim/input/interrupt.hpp"
#include "sim/input/progress.hpp"
#include "sim/job/presented.hpp"
#include "sim/job/run_job.hpp"
#include "sim/report/summary.hpp"

namespace pensim::app {

namespace {

job::RunAsked asked_of(RunCommandOptions const& options) {
    return {options.scenario,
            options.until,
            options.microdata,
            options.suppress_below,
            options.graph_years,
            !options.output.empty()};
}

void check_usage(RunCommandOptions const& options) {
    Problems problems;
    if (!options.output.empty()) {
        problems = input::OutputFolder::check(options.output);
        std::string const saved = resume::saved_folder_of(options.output);
        std::error_code ignored;
        if (!options.resume && std::filesystem::exists(saved, ignored)) {
            problems.push_back({saved,
                                "holds a run that was stopped; --resume goes on with it, or remove "
                                "it to begin again"});
        }
    } else if (options.microdata) {
        problems.push_back({"--microdata", "needs -o, the folder that people.csv.gz goes to"});
    }
    if (options.output.empty() && options.resume) {
        problems.push_back({"--resume", "needs -o, the folder that the run was to write"});
    }
    if (options.output.empty() && !options.graph_years.empty()) {
        problems.push_back({"--graph-year", "needs -o, the folder that the files go to"});
    }
    Problems const more = job::problems_of(asked_of(options));
    problems.insert(problems.end(), more.begin(), more.end());
    if (!problems.empty()) {
        throw WrongInput(std::move(problems));
    }
}

std::string list_of(input::OutputFolder const& folder, std::string const& path) {
    std::string text = fmt::format("\n{}{}:", path, path.ends_with('/') ? "" : "/");
    for (std::string const& name : folder.names()) {
        text += ' ' + name;
    }
    return text + '\n';
}

/// What is run again goes into no report: the results do not depend on how often it was stopped.
std::vector<std::string> words_to_run_again(std::vector<std::string> words) {
    for (auto word = words.begin(); word != words.end();) {
        bool const with_value = *word == "--save-every" && word + 1 != words.end();
        bool const gone = with_value || *word == "--resume" || word->starts_with("--save-every=");
        word = gone ? words.erase(word, word + (with_value ? 2 : 1)) : word + 1;
    }
    return words;
}

void tell_found(resume::SavedRun const& saved, scenario::RunSpec const& run) {
    for (std::string const& file : saved.damaged()) {
        fmt::print(stderr, "{}: damaged; what it held is run again\n", file);
    }
    fmt::print(stderr,
               "{}: {} of {} lives were run before\n",
               saved.folder(),
               saved.lives_found(),
               run.persons * run.replicates);
}

/// Finished work of a run before this one, and of this one; null where results go to no folder.
/// The first rank looks; the others are told.
std::unique_ptr<resume::SavedRun> saved_run(RunCommandOptions const& options,
                                            scenario::Simulation const& simulation,
                                            job::JobOptions const& job) {
    if (options.output.empty()) {
        return nullptr;
    }
    ranks::Ranks const& ranks = *job.ranks;
    auto saved = std::make_unique<resume::SavedRun>(
        resume::SavedRunOptions{resume::saved_folder_of(options.output),
                                job::identity_of(simulation, job),
                                std::chrono::duration<double>(options.save_every),
                                ranks.rank()});
    if (ranks.first() && options.resume) {
        Problems problems = saved->take_up();
        if (!problems.empty()) {
            throw WrongInput(std::move(problems));
        }
        input::OutputFolder::remove_abandoned(options.output);
        tell_found(*saved, simulation.scenario.run);
    }
    if (ranks.alone()) {
        return saved;
    }
    if (ranks.first()) {
        saved->open();
    }
    std::string const found = ranks.from_first(ranks.first() ? saved->found_text() : "");
    if (!ranks.first()) {
        saved->adopt(found);
    }
    return saved;
}

report::SummaryLanguage language_of(RunCommandOptions const& options) {
    return options.language == "zh" ? report::SummaryLanguage::zh : report::SummaryLanguage::en;
}

/// What a finished run tells on standard output.
void print_results(RunCommandOptions const& options,
                   scenario::Simulation const& simulation,
                   job::JobOptions const& job,
                   job::JobResult const& result,
                   std::optional<input::OutputFolder> const& folder) {
    Results text("");
    text.write(
        report::summary_of(result.outcome.results,
                           simulation,
                           result.tables.back(),
                           {.language = language_of(options),
                            .seconds = result.facts.clock.seconds,
                            .threads = result.facts.clock.threads,
                            // mpirun passes a terminal of its own, wherever its output goes.
                            .ink = job.ranks->alone() ? terminal_ink() : report::Ink::plain,
                            .lives_before = job.saved != nullptr ? job.saved->lives_found() : 0}));
    if (folder) {
        text.write(list_of(*folder, options.output));
    }
    text.finish();
    if (!result.outcome.reached) {
        fmt::print(stderr,
                   "{}: not reached after {} replicates; --replicates allows more\n",
                   options.until,
                   result.outcome.results.replicates());
    }
}

/// Writes folder and summary of a finished run.
void write_results(RunCommandOptions const& options,
                   scenario::Simulation const& simulation,
                   job::JobOptions const& job,
                   job::JobResult const& result,
                   std::optional<input::OutputFolder>& folder) {
    if (folder && !options.no_report) {
        job::write_presentation(
            *folder,
            job::presentation_of(simulation, result, words_to_run_again(options.words)),
            simulation,
            language_of(options));
    }
    if (folder) {
        folder->finish();
        job.saved->remove();
    }
    try {
        print_results(options, simulation, job, result, folder);
    } catch (input::MachineFault const& fault) {
        throw !folder ? fault
                      : input::MachineFault(
                          fmt::format("{}; the results are in {}", fault.what(), options.output));
    }
}

/// Says what is kept of a run that ends before its end, of which `fault` is told later. What was
/// half written goes first: it may be what has filled the disk.
void tell_kept(job::JobOptions const& job,
               std::optional<input::OutputFolder>& folder,
               std::string_view fault = {}) {
    folder.reset();
    resume::SavedRun* const saved = job.saved;
    ranks::Ranks const& ranks = *job.ranks;
    if (saved == nullptr) {
        return;
    }
    try {
        saved->save();
    } catch (std::bad_alloc const&) { // what was saved before stays
        fmt::print(stderr, "{}: no memory to keep the last lives\n", saved->folder());
    } catch (input::MachineFault const& found) {
        if (found.what() != fault) {
            fmt::print(stderr, "{}\n", found.what());
        }
    }
    if (saved->has_files() && ranks.first()) { // others are known to themselves only
        fmt::print(stderr,
                   "{}: {} are kept; the same command with --resume goes on\n",
                   saved->folder(),
                   ranks.alone() ? fmt::format("{} lives", saved->lives()) : "finished lives");
    }
}

void run_and_write(RunCommandOptions const& options,
                   scenario::Simulation const& simulation,
                   job::JobOptions const& job,
                   std::optional<input::OutputFolder>& folder) {
    try {
        job::JobResult const result = job::run_job(
            simulation, job, folder ? &*folder : nullptr, input::shown_progress("lives"));
        if (job.ranks->first()) {
            write_results(options, simulation, job, result, folder);
        }
    } catch (MoneyOverflow const&) {
        throw; // nothing to go on with
    } catch (input::Interrupted const&) {
        tell_kept(job, folder);
        throw input::Interrupted{job.saved != nullptr && job.saved->has_files()};
    } catch (input::MachineFault const& fault) {
        tell_kept(job, folder, fault.what());
        throw;
    } catch (...) {
        tell_kept(job, folder);
        throw;
    }
}

/// The first rank looks before it writes, and the others wait for what it says.
void check_usage(ranks::Ranks const& ranks, RunCommandOptions const& options) {
    std::optional<WrongInput> wrong;
    if (ranks.first()) {
        try {
            check_usage(options);
        } catch (WrongInput const& found) {
            wrong = found;
        }
    }
    if (!ranks.from_first(wrong ? "wrong" : "").empty()) {
        throw wrong.value_or(WrongInput(Problems{})); // told once
    }
}

/// What each of the ranks does, or this process alone.
void run_as(ranks::Ranks& ranks, RunCommandOptions const& options) {
    check_usage(ranks, options);
    job::RunAsked const asked = asked_of(options);
    ThreadLimit threads(options.scenario.threads);
    input::remember_interrupts();
    auto const simulation = job::load_simulation(asked, threads);
    job::JobOptions job = job::job_of(asked, *simulation, threads);
    job.ranks = &ranks;
    auto const saved = saved_run(options, *simulation, job);
    job.saved = saved.get();
    std::optional<input::OutputFolder> folder;
    if (!options.output.empty() && ranks.first()) {
        folder.emplace(options.output);
    }
    if (ranks.first()) {
        announce(*simulation, threads.threads() * ranks.size());
    }
    run_and_write(options, *simulation, job, folder);
}

} // namespace

int run(RunCommandOptions const& options) {
    ranks::Ranks ranks;
    try {
        run_as(ranks, options);
        return exit_done;
    } catch (...) {
        if (ranks.alone()) {
            throw;
        }
        if (!ranks.all_arrive()) {
            ranks.end_all(tell_failure(fmt::format("rank {}: ", ranks.rank())));
        }
        // All have failed, and the first one tells why.
        return ranks.first() ? tell_failure("") : failure_status();
    }
}

} // namespace pensim::app
