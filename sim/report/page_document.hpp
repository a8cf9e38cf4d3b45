// The document behind a page (pensim/page/1): everything that it shows, ready to be shown.
#pragma once

#include <functional>
#include <string>

#include "core/area/area_table.hpp"
#include "core/law/rule_book.hpp"
#include "sim/input/json_out.hpp"
#include "sim/report/presentation.hpp"
#include "sim/report/text_grid.hpp"

namespace pensim::report {

/// A page's other parts: members that its kind alone has.
using MorePage = std::function<void(input::Members&)>;

/// A text in both languages.
void put_text(input::Members& members, std::string_view name, Bilingual const& text);

/// Headline figures in order, as in the document.
void put_headlines(input::Members& members,
                   std::string_view name,
                   std::vector<Headline> const& headlines);
/// A list of texts.
void put_texts(input::Members& members, std::string_view name, std::vector<Bilingual> const& texts);

/// JSON of a presentation. Tables stand as weighted(), amounts in whole yuan. `language` is the one
/// that the page opens in.
[[nodiscard]] std::string page_json(Presentation const& presentation,
                                    scenario::Simulation const& simulation,
                                    SummaryLanguage language,
                                    MorePage const& more = {});

} // namespace pensim::report
