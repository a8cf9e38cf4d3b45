// The audit's counts once more, by a plain reading of article 8 of order-41-2019: no law, no walk,
// lists of months.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "sim/audit/search.hpp"
#include "tests/sim/audit/audits.hpp"

namespace pensim::test {

namespace {

constexpr int limit = 120;
constexpr int required = 180;

struct Stay {
    char area;
    int months;
};

struct Place {
    char area = 0;
    Branch branch = Branch::none;
};

Place read_article_8(std::vector<Stay> const& stays) {
    std::map<char, int> months;
    for (Stay const& stay : stays) {
        months[stay.area] += stay.months;
    }
    char const relation = stays.back().area;
    if (months[relation] >= limit) {
        return {relation, Branch::relation_qualified};
    }
    for (auto stay = stays.rbegin(); stay != stays.rend(); ++stay) {
        if (months[stay->area] >= limit) {
            return {stay->area, Branch::last_qualified};
        }
    }
    int most = 0;
    for (auto const& [area, count] : months) {
        most = std::max(most, count);
    }
    auto const sharing = std::count_if(
        months.begin(), months.end(), [&](auto const& m) { return m.second == most; });
    for (auto stay = stays.rbegin(); stay != stays.rend(); ++stay) {
        if (months[stay->area] == most) {
            return {stay->area, sharing == 1 ? Branch::longest : Branch::longest_last};
        }
    }
    return {};
}

bool longer_loses(std::vector<Stay> const& stays, Place const& place) {
    std::map<char, int> months;
    for (Stay const& stay : stays) {
        months[stay.area] += stay.months;
    }
    return std::any_of(
        months.begin(), months.end(), [&](auto const& m) { return m.second > months[place.area]; });
}

/// Careers by what they show: "longer relation_qualified", "last last_qualified ...".
struct Counted {
    std::uint64_t careers = 0;
    std::map<audit::FindingClass, std::uint64_t> shows;
};

void count(std::vector<Stay> stays, Counted& counted) {
    ++counted.careers;
    Place const place = read_article_8(stays);
    if (longer_loses(stays, place)) {
        ++counted.shows[{.kind = audit::FindingKind::longer_loses, .before = place.branch}];
    }
    for (std::size_t i = 0; i < stays.size(); ++i) {
        ++stays[i].months;
        Place const after = read_article_8(stays);
        --stays[i].months;
        if (after.area != place.area) {
            bool const last = i + 1 == stays.size();
            ++counted.shows[{.kind = audit::FindingKind::cliff,
                             .change =
                                 last ? audit::Change::last_longer : audit::Change::earlier_longer,
                             .before = place.branch,
                             .after = after.branch}];
        }
    }
    std::set<char> seen;
    for (Stay const& stay : stays) {
        seen.insert(stay.area);
    }
    auto const stay_in = [&](char area, audit::Change change) {
        auto longer = stays;
        longer.push_back({area, 1});
        Place const after = read_article_8(longer);
        if (after.area != place.area) {
            ++counted.shows[{.kind = audit::FindingKind::cliff,
                             .change = change,
                             .before = place.branch,
                             .after = after.branch}];
        }
    };
    for (char const area : seen) {
        if (area != stays.back().area) {
            stay_in(area, audit::Change::month_back);
        }
    }
    stay_in('z', audit::Change::month_elsewhere);
}

void grow(std::vector<Stay> const& stays, std::size_t spells, Counted& counted) {
    int total = 0;
    char next = 'a';
    for (Stay const& stay : stays) {
        total += stay.months;
        next = std::max(next, static_cast<char>(stay.area + 1));
    }
    std::set<int> const usual{1, limit - 2, limit - 1, limit, limit + 1};
    std::set<int> all = usual;
    all.insert({required - 1 - total, required - total, required + 1 - total});
    for (char area = 'a'; area <= next; ++area) {
        if (!stays.empty() && stays.back().area == area) {
            continue;
        }
        for (int const months : all) {
            if (months < 1) {
                continue;
            }
            auto longer = stays;
            longer.push_back({area, months});
            count(longer, counted);
            if (longer.size() < spells && usual.contains(months)) {
                grow(longer, spells, counted);
            }
        }
    }
}

} // namespace

TEST_CASE("a plain reading of article 8 counts the same careers, cliffs and longer places") {
    constexpr int spells = 3;
    Counted counted;
    grow({}, spells, counted);

    auto const settings = audit::settings_of(rules("law"), tables(), {{2020, 1}, {2029, 12}});
    audit::Setting const& hmt = settings.front();
    REQUIRE(hmt.person == law::Person::hong_kong);
    audit::Limits const limits{limit, required, false};
    auto const found = audit::search(law_context("law"), hmt, limits, spells);

    CHECK(found.too_long == 0);
    CHECK(found.careers == counted.careers + audit::lump_sums_to_try(limits).size());
    std::size_t compared = 0;
    std::set<audit::Change> changes;
    for (auto const& shown : found.shows) {
        auto const& what = shown.first;
        auto const& show = shown.second;
        if (what.kind != audit::FindingKind::cliff
            && what.kind != audit::FindingKind::longer_loses) {
            continue;
        }
        CAPTURE(static_cast<int>(what.change));
        CAPTURE(static_cast<int>(what.before));
        CAPTURE(static_cast<int>(what.after));
        REQUIRE(counted.shows.contains(what));
        CHECK(show.careers == counted.shows.at(what));
        changes.insert(what.change);
        ++compared;
    }
    CHECK(compared == counted.shows.size());
    CHECK(changes.size() == 5); // longer places, and cliffs of each kind of month
}

} // namespace pensim::test
