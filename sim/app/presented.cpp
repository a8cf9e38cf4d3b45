#include "sim/app/presented.hpp"

#include <algorithm>

#include "sim/web/page.hpp"

namespace pensim::app {

namespace {

/// In single quotes where the shell would read more than a word.
std::string quoted(std::string const& word) {
    bool const plain = !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
               || std::string_view("-_=+,.:/@%").find(c) != std::string_view::npos;
    });
    if (plain) {
        return word;
    }
    std::string out = "'";
    for (char const c : word) {
        out += c == '\'' ? "'\\''" : std::string(1, c);
    }
    return out + "'";
}

} // namespace

void write_presentation(input::OutputFolder& folder,
                        report::Presentation const& presentation,
                        scenario::Simulation const& simulation,
                        report::SummaryLanguage language,
                        report::MorePage const& more) {
    bool const zh = language == report::SummaryLanguage::zh;
    folder.write(folder.add("report.html"),
                 web::html_page(report::page_json(presentation, simulation, language, more),
                                zh ? presentation.title.zh : presentation.title.en,
                                zh ? "zh" : "en"));
    folder.write(
        folder.add("results.xlsx"),
        report::workbook_of(report::workbook_of(presentation, language), simulation.tables.areas));
}

std::string command_text(std::vector<std::string> const& words) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == "-o" || words[i] == "--output") {
            ++i; // its folder
        } else if (!words[i].starts_with("-o") && !words[i].starts_with("--output=")) {
            text += (text.empty() ? "" : " ") + quoted(words[i]);
        }
    }
    return text;
}

} // namespace pensim::app
