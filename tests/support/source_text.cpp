#include "tests/support/source_text.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/basis/check.hpp"

namespace pensim::test {

namespace fs = std::filesystem;

namespace {

fs::path const root = PENSIM_SOURCE_DIR;

bool is_word(char character) {
    return std::isalnum(static_cast<unsigned char>(character)) != 0 || character == '_';
}

/// Takes out what is not code, leaving line breaks.
class Blanker {
  public:
    explicit Blanker(std::string_view text) : text_(text) {}

    std::string code() {
        while (at_ < text_.size()) {
            if (starts("//")) {
                skip_to("\n", 0);
            } else if (starts("/*")) {
                skip_to("*/", 2);
            } else if (starts("R\"") && !follows_word()) {
                std::size_t const open = text_.find('(', at_);
                skip_to(")" + std::string(text_.substr(at_ + 2, open - at_ - 2)) + "\"",
                        open - at_);
            } else if (text_[at_] == '"' || (text_[at_] == '\'' && !follows_word())) {
                skip_quoted(text_[at_]);
            } else if (text_[at_] == '#') {
                skip_directive();
            } else {
                out_ += text_[at_++];
            }
        }
        return std::move(out_);
    }

  private:
    [[nodiscard]] bool starts(std::string_view mark) const {
        return text_.substr(at_).starts_with(mark);
    }
    /// A quote behind a word is part of a number (100'000), an R part of a name.
    [[nodiscard]] bool follows_word() const { return at_ > 0 && is_word(text_[at_ - 1]); }
    void skip(std::size_t end) {
        for (end = std::min(end, text_.size()); at_ < end; ++at_) {
            if (text_[at_] == '\n') {
                out_ += '\n';
            }
        }
        out_ += ' ';
    }
    void skip_to(std::string const& mark, std::size_t from) {
        std::size_t const found = text_.find(mark, at_ + from);
        skip(found == std::string_view::npos ? found : found + (mark == "\n" ? 0 : mark.size()));
    }
    void skip_quoted(char quote) {
        std::size_t end = at_ + 1;
        while (end < text_.size() && text_[end] != quote) {
            end += text_[end] == '\\' ? 2U : 1U;
        }
        skip(end + 1);
    }
    void skip_directive() {
        std::size_t end = at_;
        do {
            end = std::min(text_.find('\n', end + 1), text_.size());
        } while (end < text_.size() && text_[end - 1] == '\\');
        skip(end);
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::string out_;
};

std::vector<Include> includes_of(std::string_view text) {
    std::vector<Include> found;
    for (std::string const& line : split(text, "\n")) {
        constexpr std::string_view directive = "#include ";
        if (line.starts_with(directive)) {
            std::size_t const end = line.find_first_of("\">", directive.size() + 1);
            found.push_back({line.substr(directive.size() + 1, end - directive.size() - 1),
                             line[directive.size()] == '"'});
        }
    }
    return found;
}

enum class Brace { scope, function, value };

/// What a brace opens, from the text before it since the last end of a declaration.
Brace kind_of(std::string_view head) {
    // A function's brace stands behind a space, `= {`, `({` and `name{` hold values.
    std::size_t const last = head.find_last_not_of(" \n");
    bool const spaced = head.ends_with(' ') || head.ends_with('\n');
    if (!spaced || std::string_view("(,=").find(head[last]) != std::string_view::npos) {
        return Brace::value;
    }
    if (head.find('(') != std::string_view::npos) {
        return Brace::function;
    }
    for (std::string_view const word : {"namespace", "class", "struct", "union", "enum"}) {
        if (has_word(head, word)) {
            return Brace::scope;
        }
    }
    return Brace::value;
}

std::size_t closing_brace(std::string_view code, std::size_t open) {
    int depth = 0;
    for (std::size_t at = open; at < code.size(); ++at) {
        depth += code[at] == '{' ? 1 : code[at] == '}' ? -1 : 0;
        if (depth == 0) {
            return at;
        }
    }
    throw ContractViolation("braces do not match");
}

} // namespace

bool exists(std::string_view path) {
    return fs::exists(root / path);
}

std::string text_of(std::string_view path) {
    std::ifstream file(root / path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<std::string> lines_of(std::string_view path) {
    return split(text_of(path), "\n");
}

std::vector<std::string> files_in(std::string_view folder, std::string_view ending) {
    std::vector<std::string> found;
    for (auto const& entry : fs::recursive_directory_iterator(root / folder)) {
        std::string const path = entry.path().lexically_relative(root).generic_string();
        if (entry.is_regular_file() && path.ends_with(ending)) {
            found.push_back(path);
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

std::vector<SourceFile> sources(std::vector<std::string_view> const& folders) {
    std::vector<SourceFile> found;
    for (std::string_view const folder : folders) {
        for (std::string const& path : files_in(folder, "pp")) {
            std::string const text = text_of(path);
            found.push_back({path,
                             static_cast<int>(std::count(text.begin(), text.end(), '\n')),
                             includes_of(text),
                             Blanker(text).code()});
        }
    }
    return found;
}

bool has_word(std::string_view code, std::string_view word) {
    for (std::size_t at = code.find(word); at != std::string_view::npos;
         at = code.find(word, at + 1)) {
        std::size_t const end = at + word.size();
        if ((at == 0 || !is_word(code[at - 1])) && (end == code.size() || !is_word(code[end]))) {
            return true;
        }
    }
    return false;
}

std::vector<Function> functions_of(std::string_view code) {
    std::vector<Function> found;
    std::size_t head = 0;
    for (std::size_t at = 0; at < code.size(); ++at) {
        if (code[at] == ';' || code[at] == '}') {
            head = at + 1;
        } else if (code[at] == '{') {
            Brace const kind = kind_of(code.substr(head, at - head));
            if (kind != Brace::scope) {
                std::size_t const close = closing_brace(code, at);
                if (kind == Brace::function) {
                    auto const lines_to = [&](std::size_t end) {
                        return static_cast<int>(std::count(code.data(), code.data() + end, '\n'))
                               + 1;
                    };
                    found.push_back({lines_to(at), lines_to(close) - lines_to(at) + 1});
                }
                at = close;
                // The braces of a member initialiser or of a value end no declaration.
                std::size_t const next = code.find_first_not_of(" \n", close + 1);
                bool const goes_on =
                    next != std::string_view::npos
                    && std::string_view(",{)").find(code[next]) != std::string_view::npos;
                head = goes_on ? head : close + 1;
            } else {
                head = at + 1;
            }
        }
    }
    return found;
}

std::vector<std::string> split(std::string_view text, std::string_view separator) {
    std::vector<std::string> parts;
    while (true) {
        std::size_t const end = std::min(text.find(separator), text.size());
        parts.emplace_back(text.substr(0, end));
        if (end == text.size()) {
            return parts;
        }
        text.remove_prefix(end + separator.size());
    }
}

std::vector<std::string> cells_of(std::string_view line) {
    while (!line.empty() && (line.back() == ' ' || line.back() == '|')) {
        line.remove_suffix(1);
    }
    return split(line.substr(std::min<std::size_t>(2, line.size())), " | ");
}

int number_of(std::string_view text) {
    int number = 0;
    if (!text.empty() && std::isdigit(static_cast<unsigned char>(text.front())) != 0) {
        for (; !text.empty() && std::isdigit(static_cast<unsigned char>(text.front())) != 0;
             text.remove_prefix(1)) {
            number = number * 10 + (text.front() - '0');
        }
        return number;
    }
    auto const value = [](char digit) { return digit == 'X' ? 10 : digit == 'V' ? 5 : 1; };
    std::string_view const roman =
        text.substr(0, std::min(text.find_first_not_of("IVX"), text.size()));
    for (std::size_t i = 0; i < roman.size(); ++i) {
        bool const taken_off = i + 1 < roman.size() && value(roman[i]) < value(roman[i + 1]);
        number += taken_off ? -value(roman[i]) : value(roman[i]);
    }
    return number;
}

std::string document_key(std::string_view source) {
    std::size_t const dash = source.find_first_not_of("abcdefghijklmnopqrstuvwxyz");
    if (dash == 0 || dash == std::string_view::npos || source[dash] != '-') {
        return {};
    }
    std::size_t const end = std::min(source.find_first_not_of("0123456789-", dash), source.size());
    bool const is_key = end > dash + 1 && (end == source.size() || !is_word(source[end]));
    return is_key ? std::string(source.substr(0, end)) : std::string{};
}

std::set<std::string> placeholders(std::string_view pattern) {
    std::set<std::string> found;
    for (std::size_t open = pattern.find('{'); open != std::string_view::npos;
         open = pattern.find('{', open + 1)) {
        found.emplace(pattern.substr(open, pattern.find('}', open) + 1 - open));
    }
    return found;
}

} // namespace pensim::test
