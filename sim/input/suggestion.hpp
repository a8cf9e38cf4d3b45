// The nearest valid name for a misspelt one.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace pensim::input {

/// The candidate that differs least, if at most one letter in three is wrong; or two of four or
/// five, or one of two or three. Letters that changed places count once (optimal string alignment
/// distance).
[[nodiscard]] std::optional<std::string_view> nearest(std::string_view name,
                                                      std::span<std::string_view const> candidates);

/// `unknown area "GDD"; did you mean "GD"?` - or, without a near miss, the list of what would be
/// right if it is short.
[[nodiscard]] std::string
unknown(std::string_view what, std::string_view name, std::span<std::string_view const> candidates);

/// In double quotes, cut beyond 60 bytes (never inside a letter), with control bytes shown as '?'.
[[nodiscard]] std::string in_quotes(std::string_view text);

/// As it stands, but not a page of it: a number, a header.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t longest = 40);

} // namespace pensim::input
