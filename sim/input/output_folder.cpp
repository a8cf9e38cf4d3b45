#include "sim/input/output_folder.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <unistd.h>

#include <fmt/format.h>

#include "sim/input/file.hpp"

namespace pensim::input {

namespace {

constexpr std::string_view part_ending = ".part";
constexpr int open_folder = O_RDONLY | O_DIRECTORY | O_CLOEXEC;

MachineFault failed(std::string const& path, std::string_view what) {
    return fault_of(path, what, errno);
}

/// "out/" and "out" are one folder; what is written stands beside it.
std::string without_slash(std::string folder) {
    while (folder.size() > 1 && folder.ends_with('/')) {
        folder.pop_back();
    }
    return folder;
}

} // namespace

Problems OutputFolder::check(std::string const& folder) {
    std::error_code ignored;
    if (std::filesystem::exists(folder, ignored)
        && !(std::filesystem::is_directory(folder, ignored)
             && std::filesystem::is_empty(folder, ignored))) {
        return {{folder, "exists; expected the name of a new folder"}};
    }
    return {};
}

void OutputFolder::remove_abandoned(std::string const& folder) {
    namespace fs = std::filesystem;
    fs::path const whole = without_slash(folder);
    fs::path const parent = whole.has_parent_path() ? whole.parent_path() : fs::path(".");
    std::string const begin = whole.filename().string() + '.';
    std::error_code ignored;
    std::vector<fs::path> abandoned;
    for (auto const& entry : fs::directory_iterator(parent, ignored)) {
        std::string const name = entry.path().filename().string();
        if (!name.starts_with(begin) || !name.ends_with(part_ending)) {
            continue;
        }
        int const folder_of_other = ::open(entry.path().c_str(), open_folder); // NOLINT(*-vararg)
        if (folder_of_other >= 0 && ::flock(folder_of_other, LOCK_EX | LOCK_NB) == 0) {
            abandoned.push_back(entry.path());
        }
        if (folder_of_other >= 0) {
            ::close(folder_of_other);
        }
    }
    for (fs::path const& path : abandoned) {
        fs::remove_all(path, ignored);
    }
}

OutputFolder::OutputFolder(std::string folder)
    : folder_(without_slash(std::move(folder))),
      part_(fmt::format("{}.{}{}", folder_, ::getpid(), part_ending)) {
    std::error_code failure;
    std::filesystem::create_directories(part_, failure);
    if (failure) {
        throw fault_of(part_, "cannot be created", failure.value());
    }
    lock_ = ::open(part_.c_str(), open_folder); // NOLINT(*-vararg)
    if (lock_ >= 0) {
        ::flock(lock_, LOCK_EX | LOCK_NB);
    }
}

OutputFolder::~OutputFolder() {
    if (!finished_) {
        files_.clear();
        std::error_code ignored;
        std::filesystem::remove_all(part_, ignored);
    }
    if (lock_ >= 0) {
        ::close(lock_);
    }
}

std::size_t OutputFolder::add(std::string_view name) {
    auto const path = fmt::format("{}/{}", part_, name);
    files_.emplace_back(std::fopen(path.c_str(), "wbe"));
    if (!files_.back()) {
        throw failed(path, "cannot be created");
    }
    names_.emplace_back(name);
    return files_.size() - 1;
}

void OutputFolder::write(std::size_t file, std::string_view text) {
    if (std::fwrite(text.data(), 1, text.size(), files_[file].get()) != text.size()) {
        throw failed(part_, "cannot be written");
    }
}

void OutputFolder::finish() {
    for (auto& file : files_) {
        if (std::fclose(file.release()) != 0) {
            throw failed(part_, "cannot be written");
        }
    }
    files_.clear();
    std::error_code failure;
    std::filesystem::remove(folder_, failure); // an empty folder of that name may stand there
    std::filesystem::rename(part_, folder_, failure);
    if (failure) {
        throw fault_of(folder_, "cannot be renamed to", failure.value());
    }
    finished_ = true;
}

} // namespace pensim::input
