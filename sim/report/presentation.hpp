// What a command found, put into words for people: what was asked, the answer, headline figures,
// tables, how to have it again. Made once; the page and the workbook write it.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/report/labels.hpp"
#include "sim/report/manifest.hpp"
#include "sim/report/run_results.hpp"
#include "sim/report/workbook.hpp"

namespace pensim::report {

struct Headline {
    Bilingual label;
    Bilingual value;
    std::optional<Bilingual> error; ///< "± 1.2 million yuan": half of the 95% interval
    std::optional<Bilingual> note;
};

struct Fact {
    Bilingual label;
    std::string value;
};

struct Presentation {
    std::string kind; ///< "run", "compare", "sweep"
    Bilingual title;
    Bilingual question;
    Bilingual answer;
    std::vector<Headline> headlines;
    std::vector<Bilingual> notes;
    std::vector<Table> tables;      ///< those of the folder, of simulated lives
    std::vector<Table> page_tables; ///< beside them on the page; sheets where a chart needs them
    std::vector<WorkbookChart> charts;
    std::string command;
    std::vector<Fact> facts;
};

/// Figures for people, in the words of either language: "1.24 billion yuan", "12.40 亿元".
[[nodiscard]] Bilingual people_text(double people);
[[nodiscard]] Bilingual times_text(double times); ///< of something that people do
[[nodiscard]] Bilingual money_text(double yuan);
[[nodiscard]] Bilingual share_text(double share);
/// "± ..."; nothing for not a number.
[[nodiscard]] std::optional<Bilingual> error_text(double half95, Bilingual (*text)(double));

/// That small numbers were hidden, and how many.
[[nodiscard]] Bilingual hidden_text(engine::HiddenCells const& hidden);

/// The same as a workbook; refers to the presentation's tables.
[[nodiscard]] Workbook workbook_of(Presentation const& presentation, SummaryLanguage language);

/// How a run came about, for whoever wants to have it again.
struct Origin {
    std::string command; ///< the words of the command line
    std::vector<TableDigest> digests;
    ManifestFacts facts;
};
[[nodiscard]] std::vector<Fact> facts_of(scenario::Simulation const& simulation,
                                         Origin const& origin);

/// `tables`: those of the folder.
[[nodiscard]] Presentation presentation_of(RunResults const& results,
                                           scenario::Simulation const& simulation,
                                           std::vector<Table> tables,
                                           Origin const& origin);

} // namespace pensim::report
