#include "sim/resume/integer_bytes.hpp"

#include <utility>

namespace pensim::resume {

namespace {

constexpr unsigned bits = 7;
constexpr std::uint64_t more = 1U << bits; ///< in a byte that is not the last one

} // namespace

void IntegerWriter::append(std::uint64_t number) {
    while (number >= more) {
        bytes_.push_back(static_cast<char>(number | more));
        number >>= bits;
    }
    bytes_.push_back(static_cast<char>(number));
}

void IntegerWriter::end_zeros() {
    if (zeros_ > 0) {
        bytes_.push_back('\0');
        append(std::exchange(zeros_, 0));
    }
}

void IntegerWriter::put_text(std::string_view text) {
    put(static_cast<std::int64_t>(text.size()));
    end_zeros();
    bytes_ += text;
}

std::string IntegerWriter::finish() {
    end_zeros();
    return std::move(bytes_);
}

void IntegerReader::fail() {
    good_ = false;
    zeros_ = 0;
    left_ = {};
}

std::uint64_t IntegerReader::take() {
    constexpr unsigned last_shift = 63;
    std::uint64_t number = 0;
    for (unsigned shift = 0; !left_.empty(); shift += bits) {
        auto const byte = static_cast<unsigned char>(left_.front());
        left_.remove_prefix(1);
        std::uint64_t const part = byte & (more - 1);
        if (shift > last_shift || (shift == last_shift && part > 1)) {
            break; // more than 64 bits
        }
        number |= part << shift;
        if ((byte & more) == 0) {
            return number;
        }
    }
    fail();
    return 0;
}

std::int64_t IntegerReader::get() {
    if (zeros_ > 0) {
        --zeros_;
        return 0;
    }
    if (left_.empty()) {
        fail();
        return 0;
    }
    if (left_.front() == '\0') {
        left_.remove_prefix(1);
        zeros_ = take();
        if (zeros_ == 0) {
            fail();
            return 0;
        }
        --zeros_;
        return 0;
    }
    std::uint64_t const number = take();
    auto const magnitude = static_cast<std::int64_t>(number >> 1U);
    return (number & 1U) != 0 ? ~magnitude : magnitude;
}

std::uint64_t IntegerReader::get_count(std::uint64_t most) {
    std::int64_t const count = get();
    if (count < 0 || static_cast<std::uint64_t>(count) > most) {
        fail();
        return 0;
    }
    return static_cast<std::uint64_t>(count);
}

std::string_view IntegerReader::get_text() {
    std::uint64_t const size = get_count(left_.size());
    if (zeros_ > 0 || size > left_.size()) {
        fail();
        return {};
    }
    std::string_view const text = left_.substr(0, size);
    left_.remove_prefix(size);
    return text;
}

} // namespace pensim::resume
