// What tests of readers share: a folder that goes away, and problems as lines of text.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "core/basis/problem.hpp"

namespace pensim::test {

/// An empty folder under the system's temporary one; removed with everything in it.
class TemporaryFolder {
  public:
    TemporaryFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "pensim-XXXXXX").string();
        path_ = ::mkdtemp(name.data());
    }
    TemporaryFolder(TemporaryFolder const&) = delete;
    TemporaryFolder& operator=(TemporaryFolder const&) = delete;
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    [[nodiscard]] std::string path() const { return path_; }
    [[nodiscard]] std::string path(std::string_view name) const {
        return path_ + "/" + std::string(name);
    }
    /// Writes a file and gives its path.
    std::string file(std::string_view name, std::string_view content) const {
        std::ofstream(path(name), std::ios::binary) << content;
        return path(name);
    }
    /// Names of what stands in it, in order.
    [[nodiscard]] std::vector<std::string> names() const {
        std::vector<std::string> found;
        for (auto const& entry : std::filesystem::directory_iterator(path_)) {
            found.push_back(entry.path().filename().string());
        }
        std::sort(found.begin(), found.end());
        return found;
    }

  private:
    std::string path_;
};

[[nodiscard]] inline std::string content_of(std::string const& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// One line a problem: "where | what".
[[nodiscard]] inline std::string lines_of(Problems const& problems) {
    std::string lines;
    for (Problem const& problem : problems) {
        lines += problem.where + " | " + problem.what + "\n";
    }
    return lines;
}

/// Of a result that must have failed; "(no problem)" if it has not.
template <class T>
[[nodiscard]] std::string faults_of(Result<T> const& result) {
    return result ? "(no problem)\n" : lines_of(result.error());
}

/// `text` with the first `from` replaced; the text must hold it.
[[nodiscard]] inline std::string
replaced(std::string text, std::string_view from, std::string_view to) {
    std::size_t const at = text.find(from);
    return at == std::string::npos ? "\"" + std::string(from) + "\" not found"
                                   : text.replace(at, from.size(), to);
}

} // namespace pensim::test
