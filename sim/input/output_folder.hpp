// A folder of results that appears whole: written under another name beside it and renamed at the
// end. Whatever ends the program before, nothing that existed is touched.
#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/basis/problem.hpp"

namespace pensim::input {

class OutputFolder {
  public:
    /// Problems: something other than an empty folder has the name already.
    [[nodiscard]] static Problems check(std::string const& folder);

    /// Takes away what others were writing for this folder when they were killed.
    static void remove_abandoned(std::string const& folder);

    /// Throws MachineFault when the folder cannot be created.
    explicit OutputFolder(std::string folder);
    OutputFolder(OutputFolder const&) = delete;
    OutputFolder& operator=(OutputFolder const&) = delete;
    ~OutputFolder();

    /// Adds a file; files are numbered as they are added. These three throw MachineFault.
    std::size_t add(std::string_view name);
    void write(std::size_t file, std::string_view text);
    void finish();
    /// Of the files, as they were added.
    [[nodiscard]] std::vector<std::string> const& names() const { return names_; }

  private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    std::string folder_;
    std::string part_;
    std::vector<std::string> names_;
    std::vector<std::unique_ptr<std::FILE, Close>> files_;
    bool finished_ = false;
    int lock_ = -1; ///< a file descriptor, held as long as the folder is written
};

} // namespace pensim::input
