#include "tests/fuzz/fuzz.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <tbb/global_control.h>

namespace pensim::test {

namespace {

/// In memory where there is such a folder: a fuzzer writes thousands of files a minute.
std::string parent_folder() {
    std::string const memory = "/dev/shm";
    return std::filesystem::is_directory(memory) ? memory
                                                 : std::filesystem::temp_directory_path().string();
}

struct Folder {
    std::string path = parent_folder() + "/pensim-fuzz-XXXXXX";
    Folder() { claim(::mkdtemp(path.data()) != nullptr, "a folder can be made"); }
    Folder(Folder const&) = delete;
    Folder& operator=(Folder const&) = delete;
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
};

} // namespace

void claim(bool holds, std::string_view what) {
    if (!holds) {
        std::fprintf(stderr, "does not hold: %.*s\n", static_cast<int>(what.size()), what.data());
        std::abort();
    }
}

std::string const& own_folder() {
    static Folder const folder;
    return folder.path;
}

void write_text(std::string const& path, std::string_view text) {
    std::ofstream file(path, std::ios::binary);
    file.write(text.data(), static_cast<std::streamsize>(text.size()));
    claim(file.good(), "a file can be written");
}

void use_one_thread() {
    static tbb::global_control const one(tbb::global_control::max_allowed_parallelism, 1);
}

} // namespace pensim::test
