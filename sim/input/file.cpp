#include "sim/input/file.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

namespace pensim::input {

namespace {

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

bool is_folder(std::FILE* file) {
    struct stat status {};
    return ::fstat(::fileno(file), &status) == 0 && S_ISDIR(status.st_mode);
}

} // namespace

Result<std::string> read_file(std::string const& path) {
    File const file(std::fopen(path.c_str(), "rbe"));
    if (!file) {
        return tl::make_unexpected(
            Problems{{path, fmt::format("cannot be read: {}", std::strerror(errno))}});
    }
    if (is_folder(file.get())) {
        return tl::make_unexpected(Problems{{path, "is a folder; expected a file"}});
    }
    std::string content;
    constexpr std::size_t block = 1U << 16U;
    std::size_t read = 0;
    do {
        std::size_t const before = content.size();
        content.resize(before + block);
        read = std::fread(content.data() + before, 1, block, file.get());
        content.resize(before + read);
    } while (read == block);
    if (std::ferror(file.get()) != 0) {
        return tl::make_unexpected(Problems{{path, "cannot be read to its end"}});
    }
    return content;
}

void write_file(std::string const& path, std::string_view content) {
    auto const failed = [&](std::string_view what) {
        return MachineFault(fmt::format("{}: {}: {}", path, what, std::strerror(errno)));
    };
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
