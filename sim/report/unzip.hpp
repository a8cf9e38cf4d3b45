// The members of a zip archive in memory, stored or deflated: what spreadsheets are packed in.
//
// No zip64, no encryption, one disk. Source: PKWARE's APPNOTE.TXT 6.3.10, sections 4.3 and 4.4.
#pragma once

#include <functional>
#include <string_view>

namespace pensim::report {

/// Gets a member's text in pieces, one after another; an empty member gives one empty piece.
using UnzipVisitor = std::function<void(std::string_view name, std::string_view piece)>;

/// Visits the members in the order of the archive's directory. False where it is no archive, or
/// not a whole one: pieces that were visited before may stop short.
[[nodiscard]] bool unzip(std::string_view archive, UnzipVisitor const& visit);

} // namespace pensim::report
