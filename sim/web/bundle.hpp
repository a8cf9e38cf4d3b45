// The page's script and style as build.mjs bundles them, and what the page's policy allows by.
#pragma once

#include <string_view>

namespace pensim::web {

struct Bundle {
    std::string_view script;
    std::string_view style;
    std::string_view script_hash; ///< "sha256-...", of exactly these bytes, in base64
    std::string_view style_hash;
};

/// Neither text holds what would end its element.
[[nodiscard]] Bundle const& bundle();

} // namespace pensim::web
