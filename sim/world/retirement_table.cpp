#include "sim/world/retirement_table.hpp"

#include <utility>

#include "core/law/qualifying_period.hpp"

namespace pensim::world {

RetirementTable::RetirementTable(law::RuleBook const& book, YearMonth first, YearMonth last)
    : first_(first), last_(last) {
    constexpr std::array<std::pair<Sex, Post>, classes> own_classes{
        {{Sex::male, Post::worker}, {Sex::female, Post::worker}, {Sex::female, Post::management}}};
    for (YearMonth birth = first; birth <= last; birth = birth.next()) {
        Life life;
        life.birth = birth;
        for (auto const& [sex, post] : own_classes) {
            life.sex = sex;
            life.post = post;
            YearMonth const statutory = law::statutory_month(book, life);
            law::ClaimWindow const window = law::claim_window(book, life);
            entries_.push_back({statutory,
                                window,
                                law::required_months(book, statutory, statutory),
                                law::required_months(book, statutory, window.earliest)});
        }
    }
}

} // namespace pensim::world
