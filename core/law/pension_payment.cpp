#include "core/law/pension_payment.hpp"

namespace pensim::law {

PensionPayment::PensionPayment(PensionTerms const& terms, RuleBook const& book)
    : raise_(book.payout.january_raise, terms.settlement),
      interest_(book.account.interest, terms.settlement),
      interest_at_death_(book.refund.part_year_interest.at(terms.death)),
      next_(terms.settlement.next()), december_(next_.december()), year_(next_.year()),
      death_(terms.death), basic_(terms.basic), account_(terms.account), balance_(terms.balance) {
    PENSIM_EXPECT(basic_ >= Fen{} && account_ >= Fen{} && balance_ >= Fen{});
}

} // namespace pensim::law
