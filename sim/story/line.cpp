#include "sim/story/line.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace pensim::story {

std::vector<Document> documents_cited(std::vector<Line> const& lines) {
    std::set<std::string_view> keys;
    for (Line const& line : lines) {
        if (line.law) {
            keys.insert(line.law->document);
        }
    }
    std::vector<Document> documents;
    for (std::string_view const key : keys) {
        if (auto const* const document = find_document(key)) {
            documents.push_back(*document);
        }
    }
    return documents;
}

std::string to_text(std::vector<Line> const& lines, Language language) {
    constexpr std::size_t time_width = 17;
    std::string out;
    for (Line const& line : lines) {
        if (!line.heading) {
            out += line.time;
            out.append(time_width - std::min(time_width, line.time.size()), ' ');
            out.append(static_cast<std::size_t>(line.indent) * 2, ' ');
        }
        out += line.text;
        if (line.law) {
            out += "  [" + citation_text(*line.law, language) + "]";
        }
        out += line.gap ? "\n\n" : "\n";
    }
    out += "\n" + say(language, Phrase::cited_heading) + "\n";
    for (Document const& document : documents_cited(lines)) {
        out += fmt::format(
            "  {}: {}\n", document.key, language == Language::en ? document.en : document.zh);
    }
    return out;
}

} // namespace pensim::story
