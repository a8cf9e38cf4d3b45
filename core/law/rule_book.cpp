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
    }
}

MoneyTerms const& MoneyCalendar::at(YearMonth month) const {
    auto term = terms_.end() - 1;
    while (month < term->from) {
        --term; // most months are late ones, and the terms are few
    }
    return *term;
}

Rate pool_rate(MoneyTerms const& terms, Kind kind, AreaId area) {
    if (kind != Kind::employed) {
        return terms.alone_pool->at(area);
    }
    return Rate::ppm(terms.employer->at(area).parts() + terms.individual->at(area).parts()
                     - terms.account.parts());
}

} // namespace pensim::law
