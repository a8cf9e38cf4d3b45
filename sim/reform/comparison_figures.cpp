#include "sim/reform/comparison_figures.hpp"

#include <algorithm>
#include <map>

namespace pensim::reform {

std::vector<TransitionSum> ComparisonFigures::transitions(ReformResult const& reform,
                                                          engine::Change what) {
    std::map<std::pair<std::uint16_t, std::uint16_t>, std::int64_t> sums;
    auto tally = reform.people.transitions; // its cells are sorted when they are asked for
    for (auto const& cell : tally.cells()) {
        auto const key = engine::TransitionKey::unpacked(cell.key);
        if (key.what == what) {
            sums[{key.from, key.to}] += cell.values[0];
        }
    }
    std::vector<TransitionSum> order;
    order.reserve(sums.size());
    for (auto const& [ends, people] : sums) {
        order.push_back({ends.first, ends.second, people});
    }
    std::stable_sort(
        order.begin(), order.end(), [](TransitionSum const& a, TransitionSum const& b) {
            return a.people > b.people;
        });
    return order;
}

std::vector<AreaContrast> ComparisonFigures::areas_by(ReformResult const& reform,
                                                      report::AreaColumn column) const {
    std::vector<AreaContrast> order;
    for (auto const& cell : reform.difference.area_totals.cells()) {
        auto const id = report::AreaKey::unpacked(cell.key).area;
        Contrast const value = area(reform, id, column);
        if (id != all_areas && value.difference != 0) {
            order.push_back({id, value});
        }
    }
    std::stable_sort(order.begin(), order.end(), [](AreaContrast const& a, AreaContrast const& b) {
        return a.value.difference > b.value.difference;
    });
    return order;
}

} // namespace pensim::reform
