#include "sim/resume/saved_run.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "sim/input/file.hpp"
#include "sim/resume/integer_bytes.hpp"
#include "sim/resume/run_identity.hpp"
#include "sim/resume/tally_bytes.hpp"

namespace pensim::resume {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view identity_file = "run.json";
constexpr std::string_view shard_ending = ".shard";
constexpr std::string_view part_ending = ".part"; ///< of a file that is being written

/// Bytes that wait for the next file at most, before the last stretch comes to them.
constexpr std::size_t waiting_max = std::size_t{1} << 26U;
/// Of a file of finished work: rows of many lives make it larger than anything that users write.
/// What waits and a stretch (stretch_of_rows_max) stay far below.
constexpr std::uint64_t saved_bytes_max = 1'000 * input::megabyte;

std::optional<std::vector<FinishedStretch>> stretches_in(std::string const& path) {
    auto const text = input::read_file(path, input::FileKind::regular, saved_bytes_max);
    return text ? read_shard(*text) : std::nullopt;
}

/// Bytes that a waiting tally takes, roughly; its cells are fewer than its books.
std::size_t size_of(engine::Tally const& tally, std::string const& rows) {
    return tally.ledger.areas() * FundLedger::years() * sizeof(AreaYear) * 2 + rows.size();
}

/// Whether it was made and nothing was finished in it: at most the begin of its first file.
bool is_just_begun(std::string const& folder) {
    std::error_code failure;
    fs::directory_iterator const files(folder, failure);
    return !failure && std::all_of(begin(files), end(files), [](fs::directory_entry const& file) {
        std::string const name = file.path().filename().string();
        return name.starts_with(identity_file) && name.ends_with(part_ending);
    });
}

} // namespace

std::string saved_folder_of(std::string output) {
    while (output.size() > 1 && output.ends_with('/')) {
        output.pop_back();
    }
    return output + ".resume";
}

SavedRun::SavedRun(SavedRunOptions options)
    : options_(std::move(options)),
      next_save_(Clock::now() + std::chrono::duration_cast<Clock::duration>(options_.every)) {}

SavedRun::~SavedRun() {
    if (lock_ >= 0) {
        ::close(lock_);
    }
}

std::string SavedRun::path(std::string_view name) const {
    return fmt::format("{}/{}", options_.folder, name);
}

/// Held until the end of the run, however it ends.
void SavedRun::lock() {
    lock_ = ::open(path(identity_file).c_str(), O_RDONLY | O_CLOEXEC); // NOLINT(*-vararg)
    if (lock_ >= 0 && ::flock(lock_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        throw input::MachineFault(options_.folder
                                  + ": another run is at work on it; wait for its end");
    }
}

Problems SavedRun::take_up() {
    std::error_code ignored;
    if (!fs::exists(options_.folder, ignored)) {
        return {};
    }
    if (!fs::exists(path(identity_file), ignored)) {
        if (is_just_begun(options_.folder)) {
            fs::remove_all(options_.folder, ignored);
            return {};
        }
        return {{options_.folder, "is no unfinished run of pensim; remove it"}};
    }
    lock();
    auto const saved = input::read_file(path(identity_file));
    if (!saved) {
        return saved.error();
    }
    Problems problems = identity_differences(path(identity_file), *saved, options_.identity);
    if (problems.empty()) {
        has_files_ = true;
        index_files();
    }
    return problems;
}

void SavedRun::index_files() {
    std::vector<std::string> names;
    for (auto const& entry : fs::directory_iterator(options_.folder)) {
        std::string const name = entry.path().filename().string();
        if (name.ends_with(shard_ending)) {
            names.push_back(name);
        } else if (name.ends_with(part_ending)) { // ended while it was written
            std::error_code ignored;
            fs::remove(entry.path(), ignored);
        }
    }
    std::sort(names.begin(), names.end());
    for (std::string const& name : names) {
        std::uint64_t const number = std::strtoull(name.c_str(), nullptr, 10);
        next_number_ = std::max(next_number_, number + 1);
        auto const stretches = stretches_in(path(name));
        if (!stretches) {
            damaged_.push_back(path(name));
            continue;
        }
        files_.push_back(name);
        for (FinishedStretch const& stretch : *stretches) {
            bool const fresh = found_
                                   .try_emplace({stretch.people.replicate, stretch.people.first},
                                                stretch.people.persons,
                                                files_.size() - 1)
                                   .second;
            lives_found_ += fresh ? stretch.people.persons : 0;
        }
    }
}

std::string SavedRun::found_text() const {
    IntegerWriter writer;
    writer.put(static_cast<std::int64_t>(next_number_));
    writer.put(static_cast<std::int64_t>(files_.size()));
    for (std::string const& file : files_) {
        writer.put_text(file);
    }
    writer.put(static_cast<std::int64_t>(found_.size()));
    for (auto const& [begin, rest] : found_) {
        writer.put(begin.first);
        writer.put(static_cast<std::int64_t>(begin.second));
        writer.put(static_cast<std::int64_t>(rest.first));
        writer.put(static_cast<std::int64_t>(rest.second));
    }
    return writer.finish();
}

void SavedRun::adopt(std::string const& found) {
    IntegerReader reader(found);
    next_number_ = reader.get_count(INT64_MAX);
    files_.resize(reader.get_count(found.size()));
    for (std::string& file : files_) {
        file = reader.get_text();
    }
    std::uint64_t const stretches = reader.get_count(found.size());
    for (std::uint64_t i = 0; i < stretches && reader.good(); ++i) {
        auto const replicate = static_cast<std::uint32_t>(reader.get_count(UINT32_MAX));
        std::uint64_t const first = reader.get_count(INT64_MAX);
        std::uint64_t const persons = reader.get_count(INT64_MAX);
        found_[{replicate, first}] = {persons, reader.get_count(files_.size())};
        lives_found_ += persons;
    }
    PENSIM_ENSURE(reader.finished());
    has_files_ = true;
    lock_ = ::open(path(identity_file).c_str(), O_RDONLY | O_CLOEXEC); // NOLINT(*-vararg)
}

std::optional<engine::Stretch> SavedRun::first_inside(engine::Stretch const& people) const {
    for (auto at = found_.lower_bound({people.replicate, people.first});
         at != found_.end() && at->first < std::pair(people.replicate, people.end());
         ++at) {
        engine::Stretch const stretch{people.replicate, at->first.second, at->second.first};
        if (stretch.persons > 0 && stretch.end() <= people.end()) {
            return stretch;
        }
    }
    return std::nullopt;
}

std::optional<FinishedStretch> SavedRun::read(engine::Stretch const& people) {
    auto const at = found_.find({people.replicate, people.first});
    if (at == found_.end()) {
        return std::nullopt;
    }
    std::size_t const file = at->second.second;
    if (file != read_file_) {
        read_ = stretches_in(path(files_[file])).value_or(std::vector<FinishedStretch>{});
        read_file_ = file;
    }
    auto const stretch = std::find_if(
        read_.begin(), read_.end(), [&](FinishedStretch const& s) { return s.people == people; });
    return stretch == read_.end() ? std::nullopt : std::optional(*stretch);
}

/// Somebody may have removed the folder since: then what was saved is lost, but the run can go on.
/// Where another run has made it anew, nothing may be written: it would pass for that one's.
void SavedRun::expect_own_folder() {
    struct stat held {};
    struct stat found {};
    bool const own = lock_ >= 0 && ::fstat(lock_, &held) == 0
                     && ::stat(path(identity_file).c_str(), &found) == 0
                     && held.st_dev == found.st_dev && held.st_ino == found.st_ino;
    if (!has_files_ || own) {
        return;
    }
    has_files_ = false;
    lives_found_ = 0;
    lives_saved_ = 0;
    if (lock_ >= 0) {
        ::close(std::exchange(lock_, -1));
    }
    if (options_.writer > 0) { // the first one makes it
        throw input::MachineFault(options_.folder + ": was removed while the run was at work");
    }
}

void SavedRun::open() {
    if (has_files_) {
        return;
    }
    std::error_code failure;
    bool const made = fs::create_directories(options_.folder, failure);
    if (failure) {
        throw input::fault_of(options_.folder, "cannot be created", failure.value());
    }
    if (!made) { // it was not there when this run began
        throw input::MachineFault(options_.folder
                                  + ": another run has begun to write here; wait for its end, or "
                                    "choose another name");
    }
    try {
        input::write_file(path(identity_file), options_.identity);
    } catch (...) {
        fs::remove(options_.folder, failure); // no disk: it is as it was
        throw;
    }
    has_files_ = true;
    lock();
}

void SavedRun::add(engine::Stretch const& people, engine::Tally const& tally, std::string rows) {
    waiting_bytes_ += size_of(tally, rows);
    waiting_.push_back({people, tally, std::move(rows)});
    if (Clock::now() >= next_save_ || waiting_bytes_ > waiting_max) {
        save();
    }
}

void SavedRun::save() {
    if (waiting_.empty()) {
        return;
    }
    expect_own_folder();
    open();
    std::vector<FinishedStretch> stretches;
    for (Work& work : waiting_) {
        stretches.push_back({work.people, bytes_of(work.tally), work.rows});
    }
    input::write_file(path(fmt::format("{:06}-{}{}", next_number_, options_.writer, shard_ending)),
                      shard_text(stretches));
    for (Work const& work : waiting_) {
        lives_saved_ += work.people.persons;
    }
    waiting_.clear();
    waiting_bytes_ = 0;
    ++next_number_;
    next_save_ = Clock::now() + std::chrono::duration_cast<Clock::duration>(options_.every);
}

void SavedRun::remove() {
    waiting_.clear();
    waiting_bytes_ = 0;
    if (has_files_) {
        std::error_code ignored;
        fs::remove_all(options_.folder, ignored);
        has_files_ = false;
    }
}

} // namespace pensim::resume
