#include "core/area/area_table.hpp"

#include <utility>

#include "core/basis/check.hpp"

namespace pensim {

AreaTable::AreaTable(std::vector<Area> areas, std::size_t default_count)
    : areas_(std::move(areas)), default_count_(default_count) {
    PENSIM_EXPECT(default_count_ <= areas_.size() && areas_.size() < 0xffff);
    for (std::size_t i = 0; i < areas_.size(); ++i) {
        rows_.emplace(areas_[i].id, static_cast<AreaId>(i));
    }
    PENSIM_EXPECT(rows_.size() == areas_.size());
}

std::optional<AreaId> AreaTable::find(std::string_view id) const {
    auto const found = rows_.find(id);
    return found == rows_.end() ? std::nullopt : std::optional(found->second);
}

} // namespace pensim
