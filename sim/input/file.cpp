#include "sim/input/file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "sim/input/suggestion.hpp"

namespace pensim::input {

namespace {

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

/// Why what `path` leads to is not read; empty when it is. Asked before it is opened: opening a
/// pipe waits for somebody to write into it.
std::string fault_of_kind(std::string const& path, FileKind kind) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) {
        return fmt::format("cannot be read: {}", std::strerror(errno));
    }
    if (S_ISDIR(status.st_mode)) {
        return "is a folder; expected a file";
    }
    bool const pipe = kind == FileKind::regular && !S_ISREG(status.st_mode);
    return pipe ? "is no regular file, but a pipe or a device" : "";
}

/// "64 MB".
std::string size_text(std::uint64_t bytes) {
    return bytes % megabyte == 0 ? fmt::format("{} MB", bytes / megabyte)
                                 : fmt::format("{} bytes", bytes);
}

std::string_view help_with(int error) {
    switch (error) {
    case ENOSPC:
    case EDQUOT:
        return "make room there, or choose another place";
    case EACCES:
    case EPERM:
    case EROFS:
        return "choose a place that you may write to";
    case ENOENT:
        return "the folder must be there";
    case EFBIG:
        return "a higher limit of file sizes is needed (ulimit -f)";
    case EMFILE:
        return "a higher limit of open files is needed (ulimit -n)";
    default:
        return "";
    }
}

} // namespace

Result<std::string> read_file(std::string const& path, FileKind kind, std::uint64_t bytes_max) {
    if (auto fault = fault_of_kind(path, kind); !fault.empty()) {
        return tl::make_unexpected(Problems{{path, std::move(fault)}});
    }
    File const file(std::fopen(path.c_str(), "rbe"));
    if (!file) {
        return tl::make_unexpected(
            Problems{{path, fmt::format("cannot be read: {}", std::strerror(errno))}});
    }
    std::string content;
    constexpr std::size_t block = 1U << 16U;
    std::size_t read = 0;
    do {
        std::size_t const before = content.size();
        content.resize(before + block);
        read = std::fread(content.data() + before, 1, block, file.get());
        content.resize(before + read);
        if (content.size() > bytes_max) {
            return tl::make_unexpected(Problems{{path, too_large(bytes_max)}});
        }
    } while (read == block);
    if (std::ferror(file.get()) != 0) {
        return tl::make_unexpected(Problems{{path, "cannot be read to its end"}});
    }
    return content;
}

std::string too_large(std::uint64_t bytes_max) {
    return "is too large; expected at most " + size_text(bytes_max);
}

std::string real_path(std::string const& path) {
    namespace fs = std::filesystem;
    std::error_code ignored;
    return fs::weakly_canonical(fs::absolute(path.empty() ? "." : path, ignored), ignored).string();
}

bool lies_in(std::string const& folder, std::string const& path) {
    std::filesystem::path const inside = real_path(path);
    std::filesystem::path const outside = real_path(folder);
    return !outside.empty()
           && std::mismatch(outside.begin(), outside.end(), inside.begin(), inside.end()).first
                  == outside.end();
}

std::string fault_of_chain(std::string_view name, std::size_t files, std::uint64_t bytes) {
    if (files > chain_files_max) {
        return fmt::format("{} makes a chain of more than {} files; expected a shorter one",
                           in_quotes(name),
                           chain_files_max);
    }
    if (bytes > chain_bytes_max) {
        return fmt::format(
            "{} makes a chain of files that is too large; expected at most {} in all",
            in_quotes(name),
            size_text(chain_bytes_max));
    }
    return "";
}

MachineFault fault_of(std::string const& path, std::string_view what, int error) {
    std::string_view const help = help_with(error);
    return MachineFault(fmt::format(
        "{}: {}: {}{}{}", path, what, std::strerror(error), help.empty() ? "" : "; ", help));
}

void write_file(std::string const& path, std::string_view content) {
    auto const failed = [&](std::string_view what) { return fault_of(path, what, errno); };
    struct stat status {};
    if (::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
        // A pipe or a device (/dev/stdout) has no name to rename to.
        File const direct(std::fopen(path.c_str(), "wbe"));
        if (!direct
            || std::fwrite(content.data(), 1, content.size(), direct.get()) != content.size()
            || std::fflush(direct.get()) != 0) {
            throw failed("cannot be written");
        }
        return;
    }
    // A link stays a link: what it points to is replaced.
    std::error_code ignored;
    std::string const target = std::filesystem::is_symlink(path, ignored)
                                   ? std::filesystem::weakly_canonical(path, ignored).string()
                                   : path;
    std::string const temporary = fmt::format("{}.{}.part", target, ::getpid());
    File file(std::fopen(temporary.c_str(), "wbe"));
    if (!file) {
        throw failed("cannot be created");
    }
    bool const written =
        std::fwrite(content.data(), 1, content.size(), file.get()) == content.size()
        && std::fflush(file.get()) == 0 && ::fsync(::fileno(file.get())) == 0;
    if (!written || std::rename(temporary.c_str(), target.c_str()) != 0) {
        auto const fault = failed("cannot be written");
        std::remove(temporary.c_str());
        throw fault;
    }
}

} // namespace pensim::input
