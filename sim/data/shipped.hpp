// The files of scenarios/ as they were when the program was built: it works from any folder.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/basis/problem.hpp"

namespace pensim::data {

struct ShippedFile {
    std::string_view name; ///< "rules/law.json", "data/areas.csv", "cases/order-41.json"
    std::string_view content;
};

/// All of them, by name.
[[nodiscard]] std::span<ShippedFile const> shipped_files();
[[nodiscard]] std::optional<std::string_view> shipped_file(std::string_view name);

/// Where data tables come from: a folder's file if it has one of that name, else the shipped one.
class TableSource {
  public:
    TableSource() = default;
    explicit TableSource(std::string folder) : folder_(std::move(folder)) {}
    /// `file` is a bare name such as "areas.csv".
    [[nodiscard]] Result<std::string> read(std::string_view file) const;
    [[nodiscard]] std::optional<std::string> const& folder() const { return folder_; }

  private:
    std::optional<std::string> folder_;
};

} // namespace pensim::data
