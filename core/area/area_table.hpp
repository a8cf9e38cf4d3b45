// The pooling areas of one world, by id.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/area/area.hpp"

namespace pensim {

struct Area {
    std::string id; ///< "GD": ISO 3166-2:CN suffix, or the scenario's own
    std::string name_en;
    std::string name_zh;
    std::optional<AreaId> parent; ///< of a city or a corps
};

/// Areas in a fixed order. The first `default_count` always exist; the others only where a rule set
/// admits them.
class AreaTable {
  public:
    AreaTable() = default;
    /// Ids must be distinct.
    AreaTable(std::vector<Area> areas, std::size_t default_count);

    [[nodiscard]] std::optional<AreaId> find(std::string_view id) const;
    [[nodiscard]] Area const& operator[](AreaId area) const { return areas_[row(area)]; }
    [[nodiscard]] std::vector<Area> const& all() const { return areas_; }
    [[nodiscard]] std::size_t size() const { return areas_.size(); }
    [[nodiscard]] std::size_t default_count() const { return default_count_; }

  private:
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>{}(text);
        }
    };
    std::vector<Area> areas_;
    std::size_t default_count_ = 0;
    std::unordered_map<std::string, AreaId, TextHash, std::equal_to<>> rows_;
};

} // namespace pensim
