#include "core/law/rule_book.hpp"

#include <algorithm>

namespace pensim::law {

namespace {

template <class T>
void add_changes(std::vector<YearMonth>& changes, Dated<T> const& dated) {
    for (auto const& entry : dated.entries()) {
        changes.push_back(entry.from);
    }
}

} // namespace

MoneyCalendar::MoneyCalendar(RuleBook const& book) {
    std::vector<YearMonth> changes{YearMonth::first()};
    add_changes(changes, book.contribution.recorded);
    add_changes(changes, book.contribution.employer_rate);
    add_changes(changes, book.contribution.individual_rate);
    add_changes(changes, book.contribution.alone_pool_rate);
    add_changes(changes, book.account.rate);
    add_changes(changes, book.transfer.pooled_rate);
    std::sort(changes.begin(), changes.end());
    changes.erase(std::unique(changes.begin(), changes.end()), changes.end());
    for (std::size_t i = 0; i < changes.size(); ++i) {
        YearMonth const from = changes[i];
        terms_.push_back({from,
                          i + 1 < changes.size() ? changes[i + 1].previous() : YearMonth::last(),
                          book.contribution.recorded.at(from),
                          book.account.rate.at(from),
                          book.transfer.pooled_rate.at(from),
                          &book.contribution.employer_rate.at(from),
                          &book.contribution.individual_rate.at(from),
                          &book.contribution.alone_pool_rate.at(from)});
        MoneyTerms& terms = terms_.back();
        AreaId const any{}; // without exceptions one area is as good as another
        terms.pool_of_employed = pool_rate(terms, Kind::employed, any);
        terms.pool_of_alone = pool_rate(terms, Kind::flexible, any);
        terms.same_everywhere = terms.employer->exceptions.empty()
                                && terms.individual->exceptions.empty()
                                && terms.alone_pool->exceptions.empty();
    }
    std::size_t term = 0;
    for (YearMonth month = YearMonth::first(); month <= YearMonth::last(); month = month.next()) {
        while (terms_[term].last < month) {
            ++term;
        }
        term_of_month_.push_back(static_cast<std::uint16_t>(term));
        if (month.month() == 12) {
            interest_of_year_.push_back(book.account.interest.at(month));
        }
    }
}

} // namespace pensim::law
