#include "sim/data/shipped.hpp"

#include <algorithm>
#include <filesystem>

#include "sim/input/file.hpp"

namespace pensim::data {

std::optional<std::string_view> shipped_file(std::string_view name) {
    auto const files = shipped_files();
    auto const found = std::find_if(
        files.begin(), files.end(), [&](ShippedFile const& file) { return file.name == name; });
    return found == files.end() ? std::nullopt : std::optional(found->content);
}

Result<std::string> TableSource::read(std::string_view file) const {
    if (folder_) {
        auto const path = std::filesystem::path(*folder_) / file;
        std::error_code ignored;
        if (std::filesystem::exists(path, ignored)) {
            return input::read_file(path.string(), input::FileKind::regular);
        }
    }
    if (auto const content = shipped_file("data/" + std::string(file))) {
        return std::string(*content);
    }
    return tl::make_unexpected(Problems{{std::string(file), "is no data table of the program"}});
}

} // namespace pensim::data
