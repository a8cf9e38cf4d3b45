// A report as one file of HTML: a document of numbers (JSON, schema pensim/page/1), the program
// that draws it and its style. It opens from a folder, fetches nothing, and runs nothing but our
// script.
#pragma once

#include <string>
#include <string_view>

namespace pensim::web {

/// `document` is JSON of schema pensim/page/1; the page carries it compressed. `title` is plain
/// text in the language that the page opens in, `language` "en" or "zh".
[[nodiscard]] std::string
html_page(std::string_view document, std::string_view title, std::string_view language);

/// Text as it stands between tags or in a quoted attribute.
[[nodiscard]] std::string escape_html(std::string_view text);

} // namespace pensim::web
