#include "sim/report/unzip.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>
#include <zlib.h>

namespace pensim::report {

namespace {

using View = std::string_view;

constexpr std::uint32_t end_mark = 0x06054b50;
constexpr std::uint32_t directory_mark = 0x02014b50;
constexpr std::uint32_t member_mark = 0x04034b50;
constexpr std::size_t end_size = 22;
constexpr std::size_t directory_size = 46;
constexpr std::size_t member_size = 30;

/// A little-endian number of `bytes` bytes; the text must reach so far.
std::uint32_t number_at(View text, std::size_t at, std::size_t bytes) {
    std::uint32_t number = 0;
    for (std::size_t i = bytes; i > 0; --i) {
        number = number << 8U | static_cast<unsigned char>(text[at + i - 1]);
    }
    return number;
}
std::uint32_t word_at(View text, std::size_t at) {
    return number_at(text, at, 4);
}
std::size_t half_at(View text, std::size_t at) {
    return number_at(text, at, 2);
}

struct Member {
    View name;
    View packed;
    std::size_t method = 0; ///< 0: stored, 8: deflated
    std::uint32_t size = 0; ///< unpacked
    std::uint32_t crc = 0;
};

/// Where the directory starts; nothing without a mark of its end. The archive has no comment.
std::optional<std::size_t> end_of_directory(View archive) {
    if (archive.size() < end_size || word_at(archive, archive.size() - end_size) != end_mark) {
        return std::nullopt;
    }
    return archive.size() - end_size;
}

/// The member whose entry in the directory starts at `at`, which moves on; nothing if it is broken.
std::optional<Member> next_member(View archive, std::size_t& at) {
    if (at + directory_size > archive.size() || word_at(archive, at) != directory_mark) {
        return std::nullopt;
    }
    Member member;
    member.method = half_at(archive, at + 10);
    member.crc = word_at(archive, at + 16);
    std::size_t const packed = word_at(archive, at + 20);
    member.size = word_at(archive, at + 24);
    std::size_t const name = half_at(archive, at + 28);
    std::size_t const behind = half_at(archive, at + 30) + half_at(archive, at + 32);
    std::size_t const local = word_at(archive, at + 42);
    if (at + directory_size + name + behind > archive.size() || local + member_size > archive.size()
        || word_at(archive, local) != member_mark) {
        return std::nullopt;
    }
    member.name = archive.substr(at + directory_size, name);
    std::size_t const data =
        local + member_size + half_at(archive, local + 26) + half_at(archive, local + 28);
    if (data + packed > archive.size()) {
        return std::nullopt;
    }
    member.packed = archive.substr(data, packed);
    at += directory_size + name + behind;
    return member;
}

/// Counts what is visited.
class Checked {
  public:
    Checked(Member const& member, UnzipVisitor const& visit) : member_(member), visit_(visit) {}
    void piece(View text) {
        visit_(member_.name, text);
        size_ += text.size();
        crc_ = crc32_z(crc_, reinterpret_cast<Bytef const*>(text.data()), text.size());
    }
    [[nodiscard]] bool whole() const { return size_ == member_.size && crc_ == member_.crc; }

  private:
    Member const& member_;
    UnzipVisitor const& visit_;
    std::uint64_t size_ = 0;
    uLong crc_ = crc32_z(0, nullptr, 0);
};

bool inflate_member(Member const& member, UnzipVisitor const& visit) {
    z_stream stream{};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) { // without a header of zlib's own
        return false;
    }
    std::unique_ptr<z_stream, void (*)(z_stream*)> const ending(
        &stream, [](z_stream* ended) { inflateEnd(ended); });
    Checked checked(member, visit);
    // zlib reads through a pointer to what it may not change, and says so only in its manual.
    stream.next_in = const_cast<Bytef*>(reinterpret_cast<Bytef const*>(member.packed.data()));
    stream.avail_in = static_cast<uInt>(member.packed.size());
    std::vector<char> piece(std::size_t{1} << 16U);
    int state = Z_OK;
    while (state == Z_OK) {
        stream.next_out = reinterpret_cast<Bytef*>(piece.data());
        stream.avail_out = static_cast<uInt>(piece.size());
        state = inflate(&stream, Z_NO_FLUSH);
        checked.piece({piece.data(), piece.size() - stream.avail_out});
    }
    return state == Z_STREAM_END && checked.whole();
}

bool visit_member(Member const& member, UnzipVisitor const& visit) {
    constexpr std::size_t stored = 0;
    constexpr std::size_t deflated = 8;
    if (member.method == deflated) {
        return inflate_member(member, visit);
    }
    Checked checked(member, visit);
    checked.piece(member.packed);
    return member.method == stored && checked.whole();
}

} // namespace

bool unzip(std::string_view archive, UnzipVisitor const& visit) {
    auto const end = end_of_directory(archive);
    if (!end) {
        return false;
    }
    std::size_t const members = half_at(archive, *end + 10);
    std::size_t at = word_at(archive, *end + 16);
    for (std::size_t i = 0; i < members; ++i) {
        auto const member = next_member(archive, at);
        if (!member || !visit_member(*member, visit)) {
            return false;
        }
    }
    return at == *end;
}

} // namespace pensim::report
