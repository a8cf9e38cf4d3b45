#include "core/law/qualifying_period.hpp"

namespace pensim::law {

int required_months(RuleBook const& book, YearMonth statutory, YearMonth counting) {
    return book.pension.required_months.at(counting < statutory ? counting : statutory);
}

bool may_pay_lump_sum(RuleBook const& book,
                      YearMonth month,
                      std::optional<YearMonth> first_paid,
                      int extension_months) {
    return first_paid && *first_paid < book.extension.lump_sum_first_paid_before.at(month)
           && extension_months >= book.extension.lump_sum_after.at(month);
}

} // namespace pensim::law
