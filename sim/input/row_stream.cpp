#include "sim/input/row_stream.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "sim/input/csv.hpp"
#include "sim/input/file.hpp"
#include "sim/input/suggestion.hpp"

namespace pensim::input {

namespace {

constexpr std::size_t block = 1U << 20U;
constexpr std::size_t quoted_lines_max = 100; ///< line breaks that a quoted note may hold

auto count_of(std::string_view text, char character) {
    return std::count(text.begin(), text.end(), character);
}

} // namespace

Result<RowStream> RowStream::open(std::string const& path) {
    RowStream stream(path);
    stream.file_.reset(std::fopen(path.c_str(), "rbe"));
    struct stat status {};
    if (!stream.file_ || ::fstat(::fileno(stream.file_.get()), &status) != 0) {
        return tl::make_unexpected(
            Problems{{path, fmt::format("cannot be read: {}", std::strerror(errno))}});
    }
    if (S_ISDIR(status.st_mode)) {
        return tl::make_unexpected(Problems{{path, "is a folder; expected a CSV file"}});
    }
    stream.size_ = static_cast<std::uint64_t>(status.st_size);
    stream.rereadable_ = S_ISREG(status.st_mode);
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    stream.refill();
    if (stream.buffer_.starts_with(byte_order_mark)) {
        stream.position_ = byte_order_mark.size();
    }
    std::string_view row;
    RowPlace place;
    RowSplitter splitter;
    if (!stream.next(row, place)) {
        return tl::make_unexpected(Problems{{path + ":1", "the file is empty; expected a header"}});
    }
    if (row.size() > csv_row_bytes_max) {
        return tl::make_unexpected(Problems{
            {path + ":1", fmt::format("the header is longer than {} bytes", csv_row_bytes_max)}});
    }
    auto const* const fields = splitter.split(row);
    if (fields == nullptr) {
        return tl::make_unexpected(Problems{{path + ":1", "the header has broken quotes"}});
    }
    stream.header_.assign(fields->begin(), fields->end());
    Problems problems;
    for (auto name = stream.header_.begin(); name != stream.header_.end(); ++name) {
        if (std::find(stream.header_.begin(), name, *name) != name) {
            problems.push_back({path + ":1", "column " + in_quotes(*name) + " stands here twice"});
        }
    }
    if (!problems.empty()) {
        return tl::make_unexpected(std::move(problems));
    }
    return stream;
}

bool RowStream::refill() {
    if (at_end_) {
        return false;
    }
    buffer_offset_ += position_;
    buffer_.erase(0, position_);
    position_ = 0;
    std::size_t const before = buffer_.size();
    buffer_.resize(before + block);
    std::size_t const read = std::fread(buffer_.data() + before, 1, block, file_.get());
    buffer_.resize(before + read);
    if (read < block) {
        if (std::ferror(file_.get()) != 0) {
            throw MachineFault(path_ + ": cannot be read to its end");
        }
        at_end_ = true;
    }
    return read > 0;
}

bool RowStream::find_line(std::size_t from, std::size_t& end, std::size_t& next) {
    // `from` counts from position_, which refill() moves to the start of the buffer.
    std::size_t searched = from;
    while (true) {
        std::string_view const rest = std::string_view(buffer_).substr(position_);
        std::size_t const found = rest.find('\n', searched);
        if (found != std::string_view::npos) {
            end = found;
            next = found + 1;
            return true;
        }
        searched = rest.size();
        bool const too_long = rest.size() - from > csv_row_bytes_max;
        if (too_long || !refill()) {
            end = rest.size();
            next = rest.size();
            return end > from;
        }
    }
}

void RowStream::extend_quoted(std::size_t& end, std::size_t& next) {
    RowSplitter splitter;
    std::size_t longer_end = end;
    std::size_t longer_next = next;
    for (std::size_t lines = 1; lines < quoted_lines_max; ++lines) {
        if (!find_line(longer_next, longer_end, longer_next) || longer_end > csv_row_bytes_max) {
            return;
        }
        std::string_view const row = std::string_view(buffer_).substr(position_, longer_end);
        if (count_of(row, '"') % 2 == 0) {
            auto const* const fields = splitter.split(row);
            if (fields != nullptr && (header_.empty() || fields->size() == header_.size())) {
                end = longer_end;
                next = longer_next;
            }
            return;
        }
    }
}

void RowStream::skip_line() {
    cut_ = false;
    while (true) {
        std::size_t const found = buffer_.find('\n', position_);
        if (found != std::string::npos) {
            position_ = found + 1;
            ++line_;
            return;
        }
        position_ = buffer_.size();
        if (!refill()) {
            return;
        }
    }
}

bool RowStream::next(std::string_view& row, RowPlace& place) {
    if (cut_) {
        skip_line();
    }
    while (true) {
        std::size_t end = 0;
        std::size_t after = 0;
        if (!find_line(0, end, after)) {
            if (position_ >= buffer_.size()) {
                return false;
            }
            position_ = buffer_.size();
            return false;
        }
        cut_ = end > csv_row_bytes_max;
        if (cut_) {
            end = csv_row_bytes_max + 1;
            after = end;
        }
        std::string_view line = std::string_view(buffer_).substr(position_, end);
        if (!cut_ && std::memchr(line.data(), '"', line.size()) != nullptr
            && count_of(line, '"') % 2 != 0) {
            extend_quoted(end, after);
            line = std::string_view(buffer_).substr(position_, end);
        }
        place = {buffer_offset_ + position_, line_};
        // The rest of a line that was cut is still on the same line.
        line_ += static_cast<std::uint64_t>(count_of(line, '\n')) + (after > end ? 1U : 0U);
        position_ += after;
        if (!cut_ && !line.empty() && line.back() == '\r') {
            line.remove_suffix(1);
        }
        if (!line.empty()) {
            row = line;
            return true;
        }
    }
}

void RowStream::seek(RowPlace const& place) {
    if (std::fseek(file_.get(), static_cast<long>(place.offset), SEEK_SET) != 0) {
        throw MachineFault(path_ + ": cannot be read again; expected a file, not a pipe");
    }
    buffer_.clear();
    buffer_offset_ = place.offset;
    position_ = 0;
    line_ = place.line;
    at_end_ = false;
    cut_ = false;
}

void RowStream::read_at(std::uint64_t offset, std::size_t length, std::string& out) const {
    std::size_t const before = out.size();
    out.resize(before + length);
    std::size_t done = 0;
    while (done < length) {
        auto const read = ::pread(::fileno(file_.get()),
                                  out.data() + before + done,
                                  length - done,
                                  static_cast<off_t>(offset + done));
        if (read <= 0) {
            throw MachineFault(path_ + ": cannot be read again; expected a file, not a pipe");
        }
        done += static_cast<std::size_t>(read);
    }
}

} // namespace pensim::input
