// A sentence in both languages, where it is said.
#pragma once

#include <string>
#include <string_view>

#include <fmt/format.h>

#include "sim/story/words.hpp"

namespace pensim::audit {

/// A pattern of fmt; both languages take the same arguments.
struct Text {
    std::string_view en;
    std::string_view zh;
};

[[nodiscard]] inline std::string in(Text const& text, story::Language language) {
    return std::string(language == story::Language::en ? text.en : text.zh);
}

template <class... Arguments>
[[nodiscard]] std::string
say(story::Language language, Text const& text, Arguments const&... arguments) {
    return fmt::format(fmt::runtime(language == story::Language::en ? text.en : text.zh),
                       arguments...);
}

} // namespace pensim::audit
