// Whole numbers as bytes, short for small ones and for runs of zeros: books of a few people are
// mostly zeros.
//
// A number is written with its sign in its lowest bit, seven bits a byte, the low ones first; a
// byte 0 begins a run of zeros and is followed by how many there are.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pensim::resume {

class IntegerWriter {
  public:
    void put(std::int64_t value) {
        if (value == 0) {
            ++zeros_;
            return;
        }
        end_zeros();
        auto const magnitude = static_cast<std::uint64_t>(value) << 1U;
        append(value < 0 ? ~magnitude : magnitude);
    }
    /// Its length, and its bytes as they are.
    void put_text(std::string_view text);
    /// All that was put; once, at the end.
    [[nodiscard]] std::string finish();

  private:
    void end_zeros();
    void append(std::uint64_t number);
    std::string bytes_;
    std::uint64_t zeros_ = 0; ///< put, but not yet among the bytes
};

/// Bytes from a file or another process: nothing is believed of them.
class IntegerReader {
  public:
    explicit IntegerReader(std::string_view bytes) : left_(bytes) {}

    /// The next number; 0 once anything was wrong.
    [[nodiscard]] std::int64_t get();
    /// A number that counts what follows, of which each takes a byte or is part of a run of zeros;
    /// 0 once anything was wrong.
    [[nodiscard]] std::uint64_t get_count(std::uint64_t most);
    [[nodiscard]] std::string_view get_text();

    /// Whether everything was there.
    [[nodiscard]] bool good() const { return good_; }
    /// Whether nothing is left over as well.
    [[nodiscard]] bool finished() const { return good_ && left_.empty() && zeros_ == 0; }

  private:
    [[nodiscard]] std::uint64_t take();
    void fail();
    std::string_view left_;
    std::uint64_t zeros_ = 0; ///< of a run, still to be given
    bool good_ = true;
};

} // namespace pensim::resume
