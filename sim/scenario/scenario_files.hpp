// The files of a scenario: itself, and what it extends, one after another.
//
// `extends` names a shipped scenario, or a file in the folder of the file that extends it or below;
// links are followed before that is asked. Each file is an object with a schema of its own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/input/json_document.hpp"

namespace pensim::scenario {

struct SourceFile {
    std::string name;     ///< under which its faults are reported
    std::string folder;   ///< where it looks for others; empty for shipped ones
    std::string identity; ///< the same for two names of one file
    input::JsonValue json;
};

/// A file, then the one that it extends, and so on.
struct FileChain {
    std::vector<SourceFile> files;
    Problems problems; ///< of single files; their places are named
    bool whole = true; ///< else a file is missing or of another kind
};

/// Of a shipped scenario by name, or a file.
[[nodiscard]] FileChain open_chain(std::string_view name);
/// Of a text that stands in `folder` as the file `name`.
[[nodiscard]] FileChain
open_chain(std::string_view name, std::string const& folder, std::string_view text);

/// All files in one, each over those that it extends, as RFC 7396 has it.
[[nodiscard]] input::JsonValue merged(std::vector<SourceFile> const& files);

/// Which file a value comes from: the first that has it, else the first of all.
[[nodiscard]] SourceFile const& file_with(std::vector<SourceFile> const& files,
                                          std::string_view pointer);

/// "file: pointer", with the file that the value comes from.
[[nodiscard]] std::string place_of(std::vector<SourceFile> const& files,
                                   std::string const& pointer);

} // namespace pensim::scenario
