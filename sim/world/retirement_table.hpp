// When everybody of a world can retire, and what is required then: the law's answers
// (core/law/retirement_age.hpp, qualifying_period.hpp) for each birth month, for a quick look-up.
#pragma once

#include <vector>

#include "core/law/retirement_age.hpp"

namespace pensim::world {

class RetirementTable {
  public:
    /// Of those born from `first` to `last`.
    RetirementTable(law::RuleBook const& book, YearMonth first, YearMonth last);

    struct Entry {
        YearMonth statutory = YearMonth::first();
        law::ClaimWindow window;
        int required = 0;          ///< months, of who claims at the statutory month or later
        int required_earliest = 0; ///< of who claims as early as can be
    };
    [[nodiscard]] Entry const& at(Sex sex, Post post, YearMonth birth) const {
        PENSIM_EXPECT(first_ <= birth && birth <= last_);
        std::size_t const own_class = sex == Sex::male ? 0 : post == Post::worker ? 1 : 2;
        return entries_[static_cast<std::size_t>((birth - first_).count()) * classes + own_class];
    }

  private:
    static constexpr std::size_t classes = 3;
    YearMonth first_;
    YearMonth last_;
    std::vector<Entry> entries_; ///< by birth month, then men, women workers, women in management
};

} // namespace pensim::world
