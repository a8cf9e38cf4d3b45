#include "tests/support/outside_reach.hpp"

#include "tests/support/random_life.hpp"

namespace pensim::test {

namespace {

template <class T>
law::Dated<T> constant(T value) {
    return law::Dated<T>({{YearMonth::first(), std::move(value), "drawn"}});
}

std::size_t below(std::mt19937_64& random, std::size_t count) {
    return static_cast<std::size_t>(random() % count);
}

/// What random_rules leaves alone.
void draw_rest(std::mt19937_64& random, law::RuleBook& book, int areas) {
    auto const rate = [&](int highest) {
        return Rate::ppm(
            static_cast<std::int64_t>(below(random, static_cast<std::size_t>(highest))));
    };
    book.contribution.base_floor = constant(law::AreaRate{rate(900'000), {}});
    book.contribution.base_ceiling = constant(law::AreaRate{
        Rate::ppm(1'000'000), {{AreaId{0}, Rate::ppm(rate(900'000).parts() + 1'000'000)}}});
    book.payout.january_raise = constant(rate(90'000));
    book.pooling.adjustment = constant(law::PoolingAdjustment::national);
    book.pooling.rate = constant(rate(500'000));
    std::vector<AreaId> admitted;
    for (int area = 0; area < areas; ++area) {
        if (below(random, 2) == 0) {
            admitted.push_back(AreaId(static_cast<std::uint16_t>(area)));
        }
    }
    book.area.admitted = constant(std::move(admitted));
}

} // namespace

std::vector<law::RuleBook>
drawn_books(std::mt19937_64& random, law::RuleBook const& base, int areas, int count) {
    std::vector<law::RuleBook> books;
    for (int i = 0; i < count; ++i) {
        books.push_back(random_rules(random, base, areas));
        draw_rest(random, books.back(), areas);
    }
    return books;
}

law::RuleBook changed_outside(std::mt19937_64& random,
                              law::RuleBook const& book,
                              law::RuleReach const& reach,
                              std::vector<law::RuleBook> const& values,
                              std::optional<std::size_t> only,
                              std::array<std::int64_t, law::rule_count>* changed) {
    law::RuleBook other = book;
    law::RuleBook const& before = values[below(random, values.size())];
    law::RuleBook const& after = values[below(random, values.size())];
    law::RuleBook const* drawn = &before;
    auto const value_of = [&]<class T>(law::Dated<T> const& dated) {
        return dated.entries()[below(random, dated.entries().size())].value;
    };
    auto const splice =
        [&]<class T>(law::RuleKey const& key, law::Dated<T>& mine, law::Dated<T> const& theirs) {
            std::size_t const number = law::number_of(key.rule);
            if (only && *only != number) {
                return;
            }
            law::Reach const& own = reach[number];
            bool const first_half = drawn == &before;
            std::vector<typename law::Dated<T>::Entry> entries;
            if (first_half) { // from the beginning to the reach
                YearMonth const end = own.empty() ? YearMonth::last() : own.first;
                if (end > YearMonth::first()) {
                    entries.push_back({YearMonth::first(), value_of(theirs), "outside"});
                }
                if (!own.empty()) {
                    YearMonth const inside = std::max(own.first, YearMonth::first());
                    entries.push_back({inside, mine.at(inside), "inside"});
                    for (auto const& entry : mine.entries()) {
                        if (entry.from > inside) {
                            entries.push_back(entry);
                        }
                    }
                }
            } else if (!own.empty() && own.last < YearMonth::last()) { // from the reach to the end
                for (auto const& entry : mine.entries()) {
                    if (entry.from <= own.last) {
                        entries.push_back(entry);
                    }
                }
                entries.push_back({own.last.next(), value_of(theirs), "outside"});
            } else {
                return;
            }
            mine = law::Dated<T>(std::move(entries));
        };
    law::visit_rule_pairs(other, before, splice);
    drawn = &after;
    law::visit_rule_pairs(other, after, splice);
    if (changed != nullptr) {
        law::visit_rule_pairs(
            book, other, [&](law::RuleKey const& key, auto const& mine, auto const& theirs) {
                for (YearMonth year = YearMonth(1950, 1); year < YearMonth(2120, 1);
                     year = year + Months(12)) {
                    (*changed)[law::number_of(key.rule)] +=
                        mine.at(year) != theirs.at(year) ? 1 : 0;
                }
            });
    }
    return other;
}

} // namespace pensim::test
