#include "sim/audit/regime.hpp"

#include <algorithm>
#include <set>
#include <string_view>

#include "core/law/life_checks.hpp"
#include "core/law/retirement_age.hpp"
#include "core/law/rule_keys.hpp"

namespace pensim::audit {

namespace {

// ---- regimes ------------------------------------------------------------------------------------

constexpr std::string_view required_key = "pension.required_months";

/// Does a parameter act on the place, or on who may pay on there?
bool acts(std::string_view key) {
    return key.starts_with("place.") || key.starts_with("temporary.") || key.starts_with("area.")
           || key == "extension.groups" || key == "pension.paid_by" || key == required_key;
}

/// The months after `first` in which one of these parameters has an entry.
std::set<YearMonth> changes_of(law::RuleBook const& book, YearMonth first, YearMonth last) {
    std::set<YearMonth> found;
    law::visit_rules(book, [&](law::RuleKey const& key, auto const& dated) {
        if (acts(key.name)) {
            for (auto const& entry : dated.entries()) {
                if (entry.from > first && entry.from <= last) {
                    found.insert(entry.from);
                }
            }
        }
    });
    return found;
}

/// Have all of them, but for the required months if they do not matter, the same values?
bool same_values(law::RuleBook const& book, YearMonth a, YearMonth b, bool required_matters) {
    bool same = true;
    law::visit_rules(book, [&](law::RuleKey const& key, auto const& dated) {
        if (acts(key.name) && (required_matters || key.name != required_key)) {
            same = same && dated.at(a) == dated.at(b);
        }
    });
    return same;
}

} // namespace

std::vector<Regime> regimes_of(law::RuleBook const& book, YearMonth first, YearMonth last) {
    std::vector<Regime> all{{first, last}};
    for (YearMonth const change : changes_of(book, first, last)) {
        if (!same_values(book, all.back().from, change, true)) {
            all.back().to = change.previous();
            all.push_back({change, last});
        }
    }
    std::vector<Regime> kept;
    for (std::size_t i = 0; i < all.size(); ++i) {
        bool const step_between = i > 0 && i + 1 < all.size()
                                  && same_values(book, all[i - 1].from, all[i].from, false)
                                  && same_values(book, all[i].from, all[i + 1].from, false);
        if (!step_between) {
            kept.push_back(all[i]);
        }
    }
    return kept;
}

// ---- persons ------------------------------------------------------------------------------------

namespace {

constexpr std::array<law::Person, 6> all_persons{law::Person::hong_kong,
                                                 law::Person::macau,
                                                 law::Person::taiwan,
                                                 law::Person::foreign_temporary,
                                                 law::Person::foreign_permanent,
                                                 law::Person::mainland};

Group group_of(law::Person person) {
    switch (person) {
    case law::Person::hong_kong:
        return Group::hong_kong;
    case law::Person::macau:
        return Group::macau;
    case law::Person::taiwan:
        return Group::taiwan;
    case law::Person::foreign_temporary:
    case law::Person::foreign_permanent:
        return Group::foreign;
    case law::Person::mainland:
        break;
    }
    return Group::mainland;
}

bool is_hmt(law::Person person) {
    return person == law::Person::hong_kong || person == law::Person::macau
           || person == law::Person::taiwan;
}

/// Does any set of persons hold one of the two alone?
bool treated_apart(law::RuleBook const& book, law::Person a, law::Person b) {
    for (auto const* const sets :
         {&book.place.election_groups, &book.temporary.groups, &book.extension.groups}) {
        for (auto const& entry : sets->entries()) {
            if (entry.value.contains(a) != entry.value.contains(b)) {
                return true;
            }
        }
    }
    return false;
}

} // namespace

std::vector<law::Person> represented(law::RuleBook const& book, law::Person person) {
    std::vector<law::Person> found;
    for (law::Person const other : all_persons) {
        if (other == person
            || (is_hmt(person) && is_hmt(other) && !treated_apart(book, person, other))) {
            found.push_back(other);
        }
    }
    return found;
}

std::vector<law::Person> persons_to_try(law::RuleBook const& book) {
    std::vector<law::Person> found;
    for (law::Person const person : all_persons) {
        if (represented(book, person).front() == person) {
            found.push_back(person);
        }
    }
    return found;
}

// ---- settings -----------------------------------------------------------------------------------

int Setting::label_of(AreaId area) const {
    int const count = has_outside ? outside_label + 1 : labels;
    for (int label = 0; label < count; ++label) {
        bool const named = label < labels || label == outside_label;
        if (named && areas[static_cast<std::size_t>(label)] == area) {
            return label;
        }
    }
    return -1;
}

bool Setting::takes(Career const& career) const {
    int const used = career.labels();
    bool const hukou_counts = !hukou || *hukou == outside_label || *hukou < used;
    bool const election_counts = !election_area || *election_area <= used;
    return used <= labels && hukou_counts && election_counts;
}

YearMonth Setting::earliest() const {
    return life.birth + Months::of_years(law::working_age_years);
}

namespace {

/// Somebody of a retirement class whose statutory month is the last that a regime holds.
struct Born {
    Life life;
    YearMonth counting = YearMonth::first();
    int temporary_age = 0;
    [[nodiscard]] int age_months() const { return (counting - life.birth).count(); }
    [[nodiscard]] YearMonth temporary_from() const {
        return life.birth + Months::of_years(temporary_age);
    }
};

std::optional<Born> born_for(law::RuleBook const& book, Regime const& regime, Sex sex, Post post) {
    constexpr int oldest = 80;
    Life life{.sex = sex, .post = post};
    std::optional<Born> found;
    YearMonth const youngest = regime.to - Months::of_years(law::working_age_years);
    for (life.birth = regime.from - Months::of_years(oldest); life.birth <= youngest;
         life.birth = life.birth.next()) {
        YearMonth const counting = law::statutory_month(book, life);
        if (counting >= regime.from && counting <= regime.to) {
            auto const& age =
                sex == Sex::male ? book.temporary.male_age : book.temporary.female_age;
            found = Born{life, counting, age.at(counting)};
        }
    }
    return found;
}

std::vector<Born> born_in(law::RuleBook const& book, Regime const& regime) {
    std::vector<Born> found;
    for (auto const& [sex, post] : {std::pair(Sex::male, Post::worker),
                                    std::pair(Sex::female, Post::management),
                                    std::pair(Sex::female, Post::worker)}) {
        if (auto born = born_for(book, regime, sex, post)) {
            found.push_back(std::move(*born));
        }
    }
    return found;
}

template <class Months>
Born const& most(std::vector<Born> const& born, Months const& months) {
    return *std::max_element(born.begin(), born.end(), [&](Born const& a, Born const& b) {
        return months(a) < months(b);
    });
}

/// Default areas: the one with the lowest average wage, the one with the highest, the second
/// lowest, and so on.
std::vector<AreaId> areas_by_wage(data::Tables const& tables, YearMonth counting) {
    std::vector<AreaId> sorted;
    for (std::size_t i = 0; i < tables.areas.default_count(); ++i) {
        sorted.push_back(static_cast<AreaId>(i));
    }
    std::stable_sort(sorted.begin(), sorted.end(), [&](AreaId a, AreaId b) {
        return tables.wages.at(a, counting.year() - 1) < tables.wages.at(b, counting.year() - 1);
    });
    std::vector<AreaId> found;
    for (std::size_t low = 0, high = sorted.size(); low < high;) {
        found.push_back(sorted[low++]);
        if (low < high) {
            found.push_back(sorted[--high]);
        }
    }
    return found;
}

/// The settings of one person and regime, from the plain one to those with every circumstance.
class SettingList {
  public:
    SettingList(law::RuleBook const& book,
                data::Tables const& tables,
                Regime const& regime,
                law::Person person)
        : book_(book), tables_(tables), born_(born_in(book, regime)), person_(person) {}

    std::vector<Setting> all() {
        if (born_.empty() || tables_.areas.default_count() == 0) {
            return {};
        }
        Born const& longest = most(born_, [](Born const& b) { return b.age_months(); });
        if (!opens_temporary(longest.counting)) {
            add(longest, Timing::free, longest.counting - Months(stay_months_max), true);
            return std::move(found_);
        }
        Born const& early = most(born_, [](Born const& b) {
            return (std::min(b.counting, b.temporary_from()) - b.life.birth).count();
        });
        YearMonth const last = early.counting - Months(stay_months_max);
        add(early, Timing::before, std::min(last, early.temporary_from() - Months(2)), true);
        Born const& late =
            most(born_, [](Born const& b) { return (b.counting - b.temporary_from()).count(); });
        YearMonth const late_end = late.counting - Months(stay_months_max);
        if (late.temporary_from() <= late_end) {
            add(late, Timing::across, late_end, true);
            add(late, Timing::across, late_end, false);
        }
        return std::move(found_);
    }

  private:
    [[nodiscard]] bool opens_temporary(YearMonth counting) const {
        auto const& entries = book_.temporary.groups.entries();
        return std::any_of(entries.begin(), entries.end(), [&](auto const& entry) {
            return entry.from <= counting && entry.value.contains(person_);
        });
    }

    void add(Born const& born, Timing timing, YearMonth last_end, bool money_follows) {
        Setting setting;
        setting.person = person_;
        setting.life = born.life;
        setting.life.group = group_of(person_);
        setting.life.permanent_resident = person_ == law::Person::foreign_permanent;
        setting.counting = born.counting;
        setting.timing = timing;
        setting.last_end = last_end;
        setting.money_follows = money_follows;
        name_areas(setting);
        if (setting.life.group != Group::mainland) {
            add_elections(setting);
            return;
        }
        for (int label = 0; label <= outside_label; ++label) {
            if (label < setting.labels || (label == outside_label && setting.has_outside)) {
                setting.hukou = label;
                add_elections(setting);
            }
        }
    }

    void name_areas(Setting& setting) const {
        auto const areas = areas_by_wage(tables_, setting.counting);
        setting.labels = std::min(labels_max, static_cast<int>(areas.size()));
        setting.has_outside = areas.size() > static_cast<std::size_t>(outside_label);
        for (std::size_t i = 0; i < std::min(areas.size(), setting.areas.size()); ++i) {
            setting.areas[i] = areas[i];
        }
    }

    /// The person as it is; with dear and cheap areas exchanged; and with the election, wherever
    /// its area stands in the career.
    void add_elections(Setting const& plain) {
        push(plain);
        if (plain.labels == labels_max) {
            Setting exchanged = plain;
            exchanged.exchanged = true;
            std::swap(exchanged.areas[0], exchanged.areas[1]);
            std::swap(exchanged.areas[2], exchanged.areas[3]);
            push(exchanged);
        }
        auto const& where = book_.place.election_area.at(plain.counting);
        if ((!where.any && !where.area)
            || !book_.place.election_groups.at(plain.counting).contains(person_)) {
            return;
        }
        Setting elected = plain;
        elected.life.continue_in_last_area = true;
        if (where.any) {
            push(elected);
            return;
        }
        for (int label = 0; label < plain.labels; ++label) {
            elected.areas = plain.areas;
            elected.election_area = label;
            int const known = plain.label_of(*where.area);
            auto const index = static_cast<std::size_t>(label);
            if (known >= 0) {
                elected.areas[static_cast<std::size_t>(known)] = plain.areas[index];
            }
            elected.areas[index] = *where.area;
            push(elected);
        }
    }

    void push(Setting setting) {
        if (setting.hukou) {
            setting.life.hukou = setting.areas[static_cast<std::size_t>(*setting.hukou)];
        }
        found_.push_back(std::move(setting));
    }

    law::RuleBook const& book_;
    data::Tables const& tables_;
    std::vector<Born> born_;
    law::Person person_;
    std::vector<Setting> found_;
};

} // namespace

std::vector<Setting>
settings_of(law::RuleBook const& book, data::Tables const& tables, Regime const& regime) {
    std::vector<Setting> found;
    for (law::Person const person : persons_to_try(book)) {
        auto const own = SettingList(book, tables, regime, person).all();
        found.insert(found.end(), own.begin(), own.end());
    }
    return found;
}

} // namespace pensim::audit
