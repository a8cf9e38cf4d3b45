// What Python hands over in place of a name on the command line.
#pragma once

#include <string>
#include <utility>

#include "sim/report/summary.hpp"
#include "sim/story/words.hpp"

namespace pensim::python {

/// A name; and where it is none of a file or a shipped one, the text of the file that would have
/// it.
using Source = std::pair<std::string, std::string>;

[[nodiscard]] inline report::SummaryLanguage summary_language(std::string const& lang) {
    return lang == "zh" ? report::SummaryLanguage::zh : report::SummaryLanguage::en;
}
[[nodiscard]] inline story::Language story_language(std::string const& lang) {
    return lang == "zh" ? story::Language::zh : story::Language::en;
}

} // namespace pensim::python
