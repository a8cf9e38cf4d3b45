// The JSON reader on any bytes: it takes no text that is not JSON, and says why it takes none.
#include "sim/input/json_document.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "tests/fuzz/fuzz.hpp"

namespace pensim::test {
namespace {

std::size_t depth_of(input::JsonValue const& value) {
    std::size_t deepest = 0;
    for (auto const& item : value.items) {
        deepest = std::max(deepest, depth_of(item));
    }
    for (auto const& [key, member] : value.members) {
        bool const doubled = std::count(value.doubled.begin(), value.doubled.end(), key) > 0;
        claim(doubled || value.find(key) == &member, "every key is found, or known to be doubled");
        deepest = std::max(deepest, depth_of(member));
    }
    return deepest + 1;
}

} // namespace
} // namespace pensim::test

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace pensim;
    auto const text = test::text_of(data, size);
    auto const read = input::parse_json(text);
    if (read) {
        test::claim(nlohmann::json::accept(text), "what is read is JSON");
        test::claim(test::depth_of(*read) <= std::size_t{input::json_depth_max} + 1,
                    "nothing is nested deeper than promised");
    } else {
        test::claim(!read.error().empty(), "a refusal has a reason");
    }
    return 0;
}
