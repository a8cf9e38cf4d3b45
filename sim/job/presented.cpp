#include "sim/job/presented.hpp"

#include "sim/web/page.hpp"

namespace pensim::job {

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

std::string shell_line(std::vector<std::string> const& words) {
    constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
        "-_./:=+,@%";
    std::string line;
    for (std::string const& word : words) {
        line += line.empty() ? "" : " ";
        if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) {
            line += word;
            continue;
        }
        line += '\'';
        for (char const c : word) {
            line += c == '\'' ? "'\\''" : std::string(1, c);
        }
        line += '\'';
    }
    return line;
}

std::string command_text(std::vector<std::string> const& words) {
    std::vector<std::string> kept;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == "-o" || words[i] == "--output") {
            ++i; // its folder
        } else if (!words[i].starts_with("-o") && !words[i].starts_with("--output=")) {
            kept.push_back(words[i]);
        }
    }
    return shell_line(kept);
}

} // namespace pensim::job
