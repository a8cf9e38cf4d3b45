// Rows of a CSV file of any length, in bounded memory.
#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/basis/problem.hpp"
#include "sim/input/limits.hpp"

namespace pensim::input {

/// Where a row stands in its file.
struct RowPlace {
    std::uint64_t offset = 0;
    std::uint64_t line = 0; ///< from 1
};

/// Gives row after row. Line breaks inside quotes belong to the row if that gives it as many fields
/// as the header; else the quotes are broken, and the row ends with its line: one bad line does not
/// swallow the next.
class RowStream {
  public:
    /// Opens and reads the header. Problems: unreadable, empty, a column named twice.
    [[nodiscard]] static Result<RowStream> open(std::string const& path);

    [[nodiscard]] std::string const& path() const { return path_; }
    [[nodiscard]] std::vector<std::string> const& header() const { return header_; }
    [[nodiscard]] std::uint64_t size() const { return size_; }
    [[nodiscard]] std::uint64_t offset() const { return buffer_offset_ + position_; }
    /// Where reading goes on, for seek().
    [[nodiscard]] RowPlace place() const { return {offset(), line_}; }
    /// A file that can be read again; a pipe cannot.
    [[nodiscard]] bool rereadable() const { return rereadable_; }

    /// The next row without its line break; false at the end. The view holds until the next call.
    /// Blank lines are passed over. A line that is too long is cut behind csv_row_bytes_max + 1
    /// bytes, by which it is known; its rest is passed over. Throws MachineFault when the file
    /// breaks off.
    bool next(std::string_view& row, RowPlace& place);

    /// Goes back to a row that was given before. Throws MachineFault on a pipe.
    void seek(RowPlace const& place);

    /// Appends `length` bytes that stand at `offset`, without moving. Throws MachineFault.
    void read_at(std::uint64_t offset, std::size_t length, std::string& out) const;

  private:
    explicit RowStream(std::string path) : path_(std::move(path)) {}
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    /// The line at `from` (relative to the buffer), without its break; false when the file has no
    /// more.
    bool find_line(std::size_t from, std::size_t& end, std::size_t& next);
    bool refill();
    /// To the end of a line that was cut.
    void skip_line();
    /// Joins lines while quotes are open; see above.
    void extend_quoted(std::size_t& end, std::size_t& next);

    std::string path_;
    std::unique_ptr<std::FILE, Close> file_;
    std::vector<std::string> header_;
    std::string buffer_;
    std::uint64_t buffer_offset_ = 0;
    std::size_t position_ = 0;
    std::uint64_t line_ = 1;
    std::uint64_t size_ = 0;
    bool at_end_ = false;
    bool cut_ = false; ///< the last row was; the rest of its line comes next
    bool rereadable_ = false;
};

} // namespace pensim::input
