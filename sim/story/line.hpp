// A story's lines: what a text prints and a page shows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/law/citation.hpp"
#include "core/record/outcome.hpp"
#include "sim/story/words.hpp"

namespace pensim::story {

/// What happened in one month: a mark on a person's timeline.
struct Mark {
    MarkKind kind = MarkKind::transfer;
    YearMonth month = YearMonth::first();
    std::optional<AreaId> from; ///< the area that pays or is left
    std::optional<AreaId> to;   ///< the area that receives or decides
    std::optional<Fen> account; ///< of the personal account
    std::optional<Fen> pooled;  ///< of the pooled fund
    std::optional<TransferKind> transfer;
    friend bool operator==(Mark const&, Mark const&) = default;
};

struct Line {
    std::string time; ///< "2027-03", "2005-03..2005-12"; empty: of the line before
    std::string text;
    std::optional<law::Citation> law;
    int indent = 0;
    bool heading = false;      ///< of the whole story: stands without a time
    bool gap = false;          ///< a blank line follows
    bool routine = false;      ///< payments and yearly interest: a short story leaves them out
    std::optional<int> record; ///< of the life: the line tells of its months
    std::optional<Mark> mark;
};

/// The lines with the months on the left and the law behind, closed by the documents cited.
[[nodiscard]] std::string to_text(std::vector<Line> const& lines, Language language);

/// The documents that lines cite, each once, by key. Those without an entry in SOURCES.md are left
/// out.
[[nodiscard]] std::vector<Document> documents_cited(std::vector<Line> const& lines);

} // namespace pensim::story
