// The document that a report page carries, read back as a browser would.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sim/input/json_document.hpp"

namespace pensim::test {

/// Nothing when the page carries none that can be read.
[[nodiscard]] std::optional<input::JsonValue> document_of_page(std::string_view html);

} // namespace pensim::test
