#include "sim/audit/career.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace pensim::audit {

int Career::months() const {
    int sum = 0;
    for (Spell const& spell : spells()) {
        sum += spell.months;
    }
    return sum;
}

int Career::duration() const {
    int sum = 0;
    bool at_once = false;
    for (Spell const& spell : spells()) {
        sum += spell.at_once ? (at_once ? 0 : 1) : spell.months;
        at_once = spell.at_once; // neighbouring lump sums share their month
    }
    return sum;
}

int Career::labels() const {
    int count = 0;
    for (Spell const& spell : spells()) {
        if (spell.label < outside_label) {
            count = std::max(count, spell.label + 1);
        }
    }
    return count;
}

bool Career::pays_in(int label) const {
    return std::any_of(
        spells().begin(), spells().end(), [&](Spell const& spell) { return spell.label == label; });
}

Career Career::lengthened(std::size_t spell) const {
    Career longer = *this;
    ++longer[spell].months;
    return longer;
}

Career Career::followed_by(Spell const& stay) const {
    Career longer = *this;
    if (last().label == stay.label && !last().at_once) {
        longer[size_ - 1].months += stay.months;
    } else {
        longer.add(stay);
    }
    longer.end = end + Months(stay.months);
    return longer;
}

std::vector<int> months_to_try(Limits const& limits) {
    int const least = limits.min_months;
    std::set<int> found{1, least - 2, least - 1, least, least + 1};
    if (limits.compare_years) {
        int const full_years = (least - 1) / 12 * 12; // a full year below the limit, and a month on
        found.insert({full_years, std::min(full_years + 1, least - 1)});
    }
    found.erase(found.begin(), found.lower_bound(1));
    return {found.begin(), found.end()};
}

namespace {

/// Grows careers spell by spell.
class Growth {
  public:
    Growth(Limits const& limits, int spells)
        : limits_(limits), months_(months_to_try(limits)), spells_(spells) {}

    std::vector<Career> all() {
        grow();
        std::stable_sort(found_.begin(), found_.end(), [](Career const& a, Career const& b) {
            return std::make_tuple(a.size(), a.months()) < std::make_tuple(b.size(), b.months());
        });
        return std::move(found_);
    }

  private:
    void grow() {
        for (int label = 0; label <= std::min(career_.labels(), labels_max - 1); ++label) {
            if (career_.size() > 0 && career_.last().label == label) {
                continue;
            }
            close(label);
            if (static_cast<int>(career_.size()) + 1 == spells_) {
                continue;
            }
            for (int const months : months_) {
                career_.add({static_cast<std::uint8_t>(label), months});
                grow();
                career_.remove_last();
            }
        }
    }

    /// Every career that ends with a spell there.
    void close(int label) {
        std::set<int> lengths(months_.begin(), months_.end());
        for (int const beyond : {-1, 0, 1}) {
            lengths.insert(limits_.required + beyond - career_.months());
        }
        for (int const months : lengths) {
            if (months > 0) {
                found_.push_back(career_);
                found_.back().add({static_cast<std::uint8_t>(label), months});
            }
        }
    }

    Limits limits_;
    std::vector<int> months_;
    int spells_;
    Career career_;
    std::vector<Career> found_;
};

} // namespace

std::vector<Career> careers_to_try(Limits const& limits, int spells) {
    PENSIM_EXPECT(spells >= 1 && spells <= spells_max);
    return Growth(limits, spells).all();
}

std::vector<Career> lump_sums_to_try(Limits const& limits) {
    std::vector<Career> found;
    auto const add = [&](std::initializer_list<Spell> spells) {
        Career& career = found.emplace_back();
        for (Spell const& spell : spells) {
            career.add(spell);
        }
    };
    std::vector<int> const months = months_to_try(limits);
    for (int const paid : months) {
        add({{0, paid, true}, {1, paid, true}});
    }
    for (int const paid : months) {
        for (int const spell : months) {
            add({{0, spell}, {1, paid, true}, {2, paid, true}});
            add({{0, paid, true}, {1, paid, true}, {2, spell}});
        }
    }
    return found;
}

} // namespace pensim::audit
