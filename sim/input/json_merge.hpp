// One JSON text over another, as RFC 7396 (JSON Merge Patch) has it: objects are merged member by
// member, null takes a member away, everything else replaces what was there.
#pragma once

#include <string>

#include "sim/input/json_document.hpp"

namespace pensim::input {

/// Members of `base` keep their places; new ones go to the end. Doubled keys are for the reader of
/// each text; here every key stands once.
[[nodiscard]] JsonValue merge(JsonValue base, JsonValue const& patch);

/// As text again, indented by two blanks a level; arrays without objects on one line. Numbers stand
/// as they were written.
[[nodiscard]] std::string json_text(JsonValue const& value);

/// The value at a pointer (RFC 6901), or null.
[[nodiscard]] JsonValue const* find_pointer(JsonValue const& value, std::string_view pointer);

} // namespace pensim::input
