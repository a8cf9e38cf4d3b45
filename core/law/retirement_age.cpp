#include "core/law/retirement_age.hpp"

#include <algorithm>

namespace pensim::law {

YearMonth original_age_month(RuleBook const& book, Life const& life) {
    auto const& own_class = book.retirement_class(life.sex, life.post);
    return life.birth + Months::of_years(own_class.original_age.at(life.birth));
}

YearMonth statutory_month(RuleBook const& book, Life const& life) {
    auto const& own_class = book.retirement_class(life.sex, life.post);
    YearMonth const original = original_age_month(book, life);
    Months const late = original - book.retirement.delay_start.at(original);
    int const step = own_class.delay_step.at(original);
    if (late.count() < 0 || step == 0) {
        return original;
    }
    // The first birth month concerned is already delayed by one month, hence the + 1.
    return original + Months(std::min(own_class.delay_max.at(original), late.count() / step + 1));
}

ClaimWindow claim_window(RuleBook const& book, Life const& life) {
    YearMonth const statutory = statutory_month(book, life);
    return {std::max(original_age_month(book, life),
                     statutory - Months(book.retirement.early_max.at(statutory))),
            statutory + Months(book.retirement.late_max.at(statutory))};
}

} // namespace pensim::law
