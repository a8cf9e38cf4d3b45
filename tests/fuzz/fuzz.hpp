// What the fuzzers share: libFuzzer's entry, claims, a folder of their own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// libFuzzer calls this with one input after another.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size);

namespace pensim::test {

/// Ends the fuzzer, with the input kept, when a claim does not hold.
void claim(bool holds, std::string_view what);

[[nodiscard]] inline std::string_view text_of(std::uint8_t const* data, std::size_t size) {
    return {reinterpret_cast<char const*>(data), size};
}

/// A folder of this process, removed at its end.
[[nodiscard]] std::string const& own_folder();
void write_text(std::string const& path, std::string_view text);

/// One thread from now on: the same input must take the same way.
void use_one_thread();

} // namespace pensim::test
