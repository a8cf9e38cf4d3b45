// Our own files as text: includes, code without comments, functions by their braces, tables of
// Markdown. Just enough C++ for the house test.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace pensim::test {

/// Paths are relative to the root of the project.
[[nodiscard]] bool exists(std::string_view path);
[[nodiscard]] std::string text_of(std::string_view path);
[[nodiscard]] std::vector<std::string> lines_of(std::string_view path);
/// Files of a folder and of the folders in it, by name.
[[nodiscard]] std::vector<std::string> files_in(std::string_view folder, std::string_view ending);

struct Include {
    std::string name;
    bool quoted = false; ///< "ours" or <theirs>
};

struct SourceFile {
    std::string path;
    int lines = 0;
    std::vector<Include> includes;
    std::string code; ///< comments, texts and directives blanked, lines kept
};
/// Every .hpp and .cpp of these folders.
[[nodiscard]] std::vector<SourceFile> sources(std::vector<std::string_view> const& folders);

[[nodiscard]] bool has_word(std::string_view code, std::string_view word);

struct Function {
    int line = 0;  ///< of the opening brace, from 1
    int lines = 0; ///< from the opening to the closing brace
};
/// Bodies of functions, found by braces; a lambda or a local type belongs to what is around it.
[[nodiscard]] std::vector<Function> functions_of(std::string_view code);

[[nodiscard]] std::vector<std::string> split(std::string_view text, std::string_view separator);
/// "| a | b |": a, b.
[[nodiscard]] std::vector<std::string> cells_of(std::string_view line);
/// What a text begins with, as a decimal or a Roman number; 0 if neither.
[[nodiscard]] int number_of(std::string_view text);
/// "order-41-2019" of "order-41-2019 art. 8(2)"; empty if a source does not begin with a key.
[[nodiscard]] std::string document_key(std::string_view source);
/// "{0}" and "{1}" of "{1} pays {0}".
[[nodiscard]] std::set<std::string> placeholders(std::string_view pattern);

} // namespace pensim::test
