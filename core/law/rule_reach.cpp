#include "core/law/rule_reach.hpp"

#include <algorithm>

#include "core/law/retirement_age.hpp"

namespace pensim::law {

namespace {

/// The smallest stretch with both.
Reach hull(Reach const& a, Reach const& b) {
    return a.empty()   ? b
           : b.empty() ? a
                       : Reach{std::min(a.first, b.first), std::max(a.last, b.last)};
}

/// Every stretch begins inside out, so that the ends need no question.
void include(Reach& reach, Reach const& more) {
    reach.first = std::min(reach.first, more.first);
    reach.last = std::max(reach.last, more.last);
}

void include(Reach& reach, YearMonth month) {
    include(reach, {month, month});
}

/// Of the employees' scheme, up to death.
struct Payments {
    Reach all;
    Reach employed;
    Reach alone;
    Reach changes; ///< in another area than the payment before
    AreaId first_area{};
    AreaId last_area{};
    bool several = false; ///< areas

    void add(Record const& record, Reach const& months) {
        if (all.empty()) {
            first_area = record.area;
        } else if (record.area != last_area) {
            several = true;
            include(changes, months.first);
        }
        last_area = record.area;
        include(all, months);
        include(record.kind == Kind::employed ? employed : alone, months);
    }
};

/// First months of records.
struct Starts {
    Reach employee;
    Reach resident;
    Reach lump_sums;
    Reach beyond_default; ///< in areas that have to be admitted
};

/// What of a life the reaches are made of, looked up when it is asked for; and these.
class LifeMonths {
  public:
    explicit LifeMonths(WalkedLife const& walked)
        : book_(walked.book), life_(walked.life), walk_(walked.walk), death_(walked.death),
          default_areas_(walked.default_areas),
          counted_(walk_.counted && !(walk_.runs.empty() && walk_.lump_sums.empty())) {
        PENSIM_EXPECT(walk_.faults.empty());
        for (Event const& event : life_.events) {
            if (event.kind == EventKind::depart && event.terminate) {
                include(terminations_, event.month);
            }
        }
    }

    [[nodiscard]] Reach nowhere() const { return {}; }

    // ---- the place, at T ----

    /// Whoever has no months left at T is asked nothing.
    [[nodiscard]] Reach counting() const {
        return counted_ && walk_.counted_months > 0 ? at(walk_.counting) : Reach{};
    }
    [[nodiscard]] Reach order_hmt() const {
        bool const other = life_.group == Group::mainland || life_.group == Group::foreign;
        return other ? Reach{} : counting();
    }
    [[nodiscard]] Reach order_foreign() const {
        return life_.group == Group::foreign ? counting() : Reach{};
    }
    [[nodiscard]] Reach order_mainland() const {
        return life_.group == Group::mainland ? counting() : Reach{};
    }
    /// One area is longest in any unit, and has what can be carried to it.
    [[nodiscard]] Reach comparison() const { return payments().several ? counting() : Reach{}; }
    [[nodiscard]] Reach election() const {
        return life_.continue_in_last_area ? counting() : Reach{};
    }
    [[nodiscard]] Reach admitted() const { return starts().beyond_default; }

    // ---- transfers ----

    [[nodiscard]] Reach on_move() const { return payments().changes; }
    /// At each move and at T; what a temporary account is worth grows with each payment into it.
    [[nodiscard]] Reach pooled_rate() const {
        if (!payments().several && !gathers_elsewhere()) {
            return {};
        }
        Reach reach = hull(payments().changes, counting());
        if (counted_) {
            reach.last = walk_.counting;
            bool const from_the_start = !terminations_.empty() || first_may_be_temporary();
            reach.first = from_the_start ? payments().all.first : reach.first;
        }
        return reach;
    }
    /// Looked up where somebody starts to pay, but for the hukou area.
    [[nodiscard]] Reach temporary_groups() const {
        if (payments().all.empty()
            || (!payments().several && life_.hukou == payments().first_area)) {
            return {};
        }
        if (!terminations_.empty()) {
            return payments().all;
        }
        return life_.hukou == payments().first_area
                   ? payments().changes
                   : hull(at(payments().all.first), payments().changes);
    }
    [[nodiscard]] Reach temporary_male_age() const { return temporary_age(Sex::male); }
    [[nodiscard]] Reach temporary_female_age() const { return temporary_age(Sex::female); }

    // ---- payments ----

    [[nodiscard]] Reach paid() const { return payments().all; }
    [[nodiscard]] Reach employed() const { return payments().employed; }
    [[nodiscard]] Reach alone() const { return payments().alone; }
    [[nodiscard]] Reach interest() const {
        Reach reach;
        if (!payments().all.empty()) {
            reach = {payments().all.first, nothing_left() ? terminations_.last : death_};
        }
        if (!starts().resident.empty()) {
            reach = hull(reach, {starts().resident.first, std::max(death_, walk_.counting)});
        }
        return reach;
    }
    /// Simulated careers are drawn year by year, with the limits of January.
    [[nodiscard]] Reach base_limits() const {
        return starts().employee.empty() ? Reach{}
                                         : Reach{YearMonth(starts().employee.first.year(), 1),
                                                 YearMonth(starts().employee.last.year(), 1)};
    }

    // ---- enough months, age ----

    /// At T or the statutory month, and for an early claim that may only have been wished for. What
    /// was required at first tells at T which text is behind it.
    [[nodiscard]] Reach required_months() const {
        YearMonth const last = std::min(walk_.counting, walk_.statutory);
        YearMonth const wished = std::min(last, claim_window(book_, life_).earliest);
        return {walk_.counted ? YearMonth::first() : wished, last};
    }
    [[nodiscard]] Reach birth() const { return at(life_.birth); }
    [[nodiscard]] Reach original_age() const { return at(original_age_month(book_, life_)); }
    [[nodiscard]] Reach statutory() const { return at(walk_.statutory); }
    template <Reach (LifeMonths::*When)() const>
    [[nodiscard]] Reach of_men() const {
        return life_.sex == Sex::male ? (this->*When)() : Reach{};
    }
    template <Reach (LifeMonths::*When)() const>
    [[nodiscard]] Reach of_women_managing() const {
        bool const own = life_.sex == Sex::female && life_.post == Post::management;
        return own ? (this->*When)() : Reach{};
    }
    template <Reach (LifeMonths::*When)() const>
    [[nodiscard]] Reach of_women_working() const {
        bool const own = life_.sex == Sex::female && life_.post != Post::management;
        return own ? (this->*When)() : Reach{};
    }

    // ---- T and after ----

    /// At each move, at T and at settlement: the money of each may stay where it is.
    [[nodiscard]] Reach paid_by() const {
        Reach reach = hull(payments().changes, counting());
        if (counted_) {
            reach.last = walk_.settlement.value_or(walk_.counting);
        }
        return reach;
    }
    [[nodiscard]] Reach settlement() const {
        return walk_.settlement ? at(*walk_.settlement) : Reach{};
    }
    [[nodiscard]] Reach raises() const {
        return walk_.settlement ? Reach{walk_.settlement->december().next(), death_} : Reach{};
    }
    [[nodiscard]] Reach short_at_counting() const {
        return walk_.settlement == walk_.counting ? Reach{} : counting();
    }
    /// The right to a lump sum is looked up for the month in which it would be paid at the
    /// earliest, and where it is paid.
    [[nodiscard]] Reach lump_sum() const {
        Reach reach = short_at_counting();
        if (!reach.empty()) {
            int const after = book_.extension.lump_sum_after.at(walk_.counting);
            YearMonth const earliest = walk_.counting + Months(after + 1);
            reach.last = std::max({reach.last, starts().lump_sums.last, earliest});
        }
        return reach;
    }
    [[nodiscard]] Reach refund() const {
        if (payments().all.empty()) {
            return {};
        }
        return nothing_left() ? terminations_ : hull(terminations_, at(death_));
    }
    [[nodiscard]] Reach bridge() const {
        if (!counted_ || (!life_.move_to_resident_scheme && starts().resident.empty())) {
            return {};
        }
        return {walk_.counting, walk_.settlement.value_or(walk_.counting)};
    }

  private:
    [[nodiscard]] static Reach at(YearMonth month) { return {month, month}; }

    [[nodiscard]] Starts const& starts() const {
        if (!starts_) {
            Starts& found = starts_.emplace();
            for (Record const& one : life_.records) {
                bool const resident = one.scheme == Scheme::resident;
                include(resident ? found.resident : found.employee, one.from);
                if (one.kind == Kind::lump_sum) {
                    include(found.lump_sums, one.from);
                }
                if (row(one.area) >= default_areas_) {
                    include(found.beyond_default, one.from);
                }
            }
        }
        return *starts_;
    }

    [[nodiscard]] Payments const& payments() const {
        if (!payments_) {
            Payments& found = payments_.emplace();
            YearMonth const end = walk_.died.value_or(YearMonth::last());
            for (PaidRun const& run : walk_.runs) { // in order of time
                if (run.from <= end) {
                    found.add(record(run.record), {run.from, std::min(run.to, end)});
                }
            }
            for (int const index : walk_.lump_sums) {
                found.add(record(index), at(record(index).from));
            }
            if (found.several && !walk_.lump_sums.empty()) {
                found.changes = found.all; // they stand between others
            }
        }
        return *payments_;
    }

    [[nodiscard]] Record const& record(int index) const {
        return life_.records[static_cast<std::size_t>(index)];
    }
    /// Where only one area was paid in: does T bring its money elsewhere?
    [[nodiscard]] bool gathers_elsewhere() const {
        if (!counted_) {
            return false;
        }
        return walk_.place
                   ? walk_.place->area != payments().first_area
                   : walk_.terminated && life_.hukou && life_.hukou != payments().first_area;
    }
    /// May the first payment have gone into a temporary account?
    [[nodiscard]] bool first_may_be_temporary() const {
        return life_.hukou != payments().first_area && ever_temporary();
    }
    [[nodiscard]] bool ever_temporary() const {
        auto const& entries = book_.temporary.groups.entries();
        return std::any_of(entries.begin(), entries.end(), [&](auto const& entry) {
            return entry.value.contains(person_of(life_));
        });
    }
    [[nodiscard]] Reach temporary_age(Sex sex) const {
        return life_.sex == sex && ever_temporary() ? temporary_groups() : Reach{};
    }
    /// The relation was ended, and nothing was paid again.
    [[nodiscard]] bool nothing_left() const {
        return walk_.terminated && walk_.months_total == 0 && !terminations_.empty();
    }

    RuleBook const& book_;
    Life const& life_;
    Walk const& walk_;
    YearMonth death_;
    std::size_t default_areas_;
    bool counted_; ///< T came, and something was paid
    Reach terminations_;
    mutable std::optional<Payments> payments_;
    mutable std::optional<Starts> starts_;
};

struct Act {
    Rule rule = Rule::count_;
    Reach (LifeMonths::*when)() const = nullptr;
};

using L = LifeMonths;
constexpr std::array<Act, rule_count> acts{{
    {Rule::place_order_hmt, &L::order_hmt},
    {Rule::place_order_foreign, &L::order_foreign},
    {Rule::place_order_mainland, &L::order_mainland},
    {Rule::place_min_months, &L::counting},
    {Rule::place_tie, &L::comparison},
    {Rule::place_compare_unit, &L::comparison},
    {Rule::place_count_transferred_months, &L::comparison},
    {Rule::place_election_area, &L::election},
    {Rule::place_election_groups, &L::election},
    {Rule::area_admitted, &L::admitted},
    {Rule::transfer_pooled_rate, &L::pooled_rate},
    {Rule::transfer_on_move, &L::on_move},
    {Rule::temporary_male_age, &L::temporary_male_age},
    {Rule::temporary_female_age, &L::temporary_female_age},
    {Rule::temporary_groups, &L::temporary_groups},
    {Rule::account_rate, &L::paid},
    {Rule::account_interest, &L::interest},
    {Rule::contribution_recorded, &L::paid},
    {Rule::contribution_employer_rate, &L::employed},
    {Rule::contribution_individual_rate, &L::employed},
    {Rule::contribution_alone_pool_rate, &L::alone},
    {Rule::contribution_base_floor, &L::base_limits},
    {Rule::contribution_base_ceiling, &L::base_limits},
    {Rule::pension_required_months, &L::required_months},
    {Rule::pension_paid_by, &L::paid_by},
    {Rule::pooling_adjustment, &L::nowhere}, // between areas
    {Rule::pooling_rate, &L::nowhere},
    {Rule::retirement_male_original_age, &L::of_men<&L::birth>},
    {Rule::retirement_male_delay_step, &L::of_men<&L::original_age>},
    {Rule::retirement_male_delay_max, &L::of_men<&L::original_age>},
    {Rule::retirement_female_management_original_age, &L::of_women_managing<&L::birth>},
    {Rule::retirement_female_management_delay_step, &L::of_women_managing<&L::original_age>},
    {Rule::retirement_female_management_delay_max, &L::of_women_managing<&L::original_age>},
    {Rule::retirement_female_worker_original_age, &L::of_women_working<&L::birth>},
    {Rule::retirement_female_worker_delay_step, &L::of_women_working<&L::original_age>},
    {Rule::retirement_female_worker_delay_max, &L::of_women_working<&L::original_age>},
    {Rule::retirement_delay_start, &L::original_age},
    {Rule::retirement_early_max, &L::statutory},
    {Rule::retirement_late_max, &L::statutory},
    {Rule::payout_months, &L::settlement},
    {Rule::payout_interpolation, &L::settlement},
    {Rule::payout_january_raise, &L::raises},
    {Rule::extension_groups, &L::short_at_counting},
    {Rule::extension_lump_sum_after, &L::lump_sum},
    {Rule::extension_lump_sum_first_paid_before, &L::lump_sum},
    {Rule::refund_part_year_interest, &L::refund},
    {Rule::bridge_open, &L::bridge},
}};

/// Every parameter has been thought about, and stands in its place.
constexpr bool complete() {
    for (std::size_t number = 0; number < rule_count; ++number) {
        if (number_of(acts[number].rule) != number) {
            return false;
        }
    }
    return true;
}
static_assert(complete());

} // namespace

RuleReach reach_of(WalkedLife const& walked) {
    LifeMonths const months(walked);
    RuleReach reach;
    for (std::size_t number = 0; number < rule_count; ++number) {
        reach[number] = (months.*acts[number].when)();
    }
    return reach;
}

bool RuleDifferences::Stretch::lies_in(Reach const& reach) const {
    return std::max(reach.first, months.first) <= std::min(reach.last, months.last);
}

bool RuleDifferences::touch(WalkedLife const& walked) const {
    LifeMonths const months(walked);
    return std::any_of(stretches_.begin(), stretches_.end(), [&](Stretch const& stretch) {
        return stretch.lies_in((months.*acts[stretch.rule].when)());
    });
}

void RuleDifferences::touched(WalkedLife const& walked, std::vector<std::size_t>& rules) const {
    LifeMonths const months(walked);
    rules.clear();
    for (Stretch const& stretch : stretches_) {
        bool const known = !rules.empty() && rules.back() == stretch.rule;
        if (!known && stretch.lies_in((months.*acts[stretch.rule].when)())) {
            rules.push_back(stretch.rule);
        }
    }
}

Reach RuleDifferences::months() const {
    Reach months;
    for (Stretch const& stretch : stretches_) {
        months = hull(months, stretch.months);
    }
    return months;
}

std::vector<std::size_t> RuleDifferences::rules() const {
    std::vector<std::size_t> rules;
    for (Stretch const& stretch : stretches_) {
        if (rules.empty() || rules.back() != stretch.rule) {
            rules.push_back(stretch.rule);
        }
    }
    return rules;
}

RuleDifferences::RuleDifferences(RuleBook const& a, RuleBook const& b) {
    std::vector<YearMonth> changes;
    visit_rule_pairs(a, b, [&](RuleKey const& key, auto const& mine, auto const& theirs) {
        changes.assign(1, YearMonth::first());
        for (auto const* const dated : {&mine, &theirs}) {
            for (auto const& entry : dated->entries()) {
                changes.push_back(entry.from);
            }
        }
        std::sort(changes.begin(), changes.end());
        changes.erase(std::unique(changes.begin(), changes.end()), changes.end());
        for (std::size_t i = 0; i < changes.size(); ++i) {
            if (mine.at(changes[i]) != theirs.at(changes[i])) {
                YearMonth const last =
                    i + 1 < changes.size() ? changes[i + 1].previous() : YearMonth::last();
                stretches_.push_back({number_of(key.rule), {changes[i], last}});
            }
        }
    });
}

} // namespace pensim::law
