#include "core/law/life_checks.hpp"

#include <algorithm>

#include "core/law/retirement_age.hpp"

namespace pensim::law {

namespace {

using Part = LifeFault::Part;

void check_person(RuleBook const& book, Life const& life, std::vector<LifeFault>& faults) {
    auto const fault = [&](LifeFaultKind kind, std::string_view field) -> LifeFault& {
        return faults.emplace_back(LifeFault{.kind = kind, .field = field});
    };
    if (life.group == Group::mainland && !life.hukou) {
        fault(LifeFaultKind::hukou_missing, "hukou");
    }
    if (life.group != Group::mainland && life.hukou) {
        fault(LifeFaultKind::hukou_not_mainland, "hukou");
    }
    if (life.group != Group::foreign && life.nationality) {
        fault(LifeFaultKind::nationality_not_foreign, "nationality");
    }
    if (life.group != Group::foreign && life.permanent_resident) {
        fault(LifeFaultKind::permanent_not_foreign, "permanent_resident");
    }
    if (life.claim) {
        ClaimWindow const window = claim_window(book, life);
        if (*life.claim < window.earliest) {
            fault(LifeFaultKind::claim_too_early, "claim").month = window.earliest;
        } else if (*life.claim > window.latest) {
            fault(LifeFaultKind::claim_too_late, "claim").month = window.latest;
        }
    }
}

void check_record(RuleBook const& book,
                  Life const& life,
                  std::size_t default_areas,
                  int index,
                  std::vector<LifeFault>& faults) {
    Record const& record = life.records[static_cast<std::size_t>(index)];
    auto const fault = [&](LifeFaultKind kind, std::string_view field) -> LifeFault& {
        return faults.emplace_back(
            LifeFault{.kind = kind, .part = Part::record, .index = index, .field = field});
    };
    bool const lump = record.kind == Kind::lump_sum;
    if (record.to < record.from && !lump) {
        fault(LifeFaultKind::record_backward, "to");
    }
    YearMonth const working_age = life.birth + Months::of_years(working_age_years);
    if (record.from < working_age) {
        fault(LifeFaultKind::record_too_early, "from").month = working_age;
    }
    if (row(record.area) >= default_areas) {
        auto const& admitted = book.area.admitted.at(record.from);
        if (std::find(admitted.begin(), admitted.end(), record.area) == admitted.end()) {
            fault(LifeFaultKind::area_not_admitted, "area").area = record.area;
        }
    }
    if (record.scheme == Scheme::resident && (lump || record.kind == Kind::extension)) {
        fault(LifeFaultKind::resident_kind, "kind");
    }
    if (lump && record.lump_months < 1) {
        fault(LifeFaultKind::lump_months_missing, "months");
    }
    if (!lump && record.lump_months != 0) {
        fault(LifeFaultKind::lump_months_misplaced, "months");
    }
}

void check_events(Life const& life, std::vector<LifeFault>& faults) {
    std::optional<std::size_t> death;
    for (std::size_t i = 0; i < life.events.size(); ++i) {
        if (life.events[i].kind == EventKind::death
            && (!death || life.events[i].month < life.events[*death].month)) {
            death = i;
        }
    }
    for (std::size_t i = 0; death && i < life.events.size(); ++i) {
        YearMonth const died = life.events[*death].month;
        if (life.events[i].month > died || (life.events[i].month == died && i > *death)) {
            faults.push_back({.kind = LifeFaultKind::event_after_death,
                              .part = Part::event,
                              .index = static_cast<int>(i),
                              .field = "month",
                              .month = died});
        }
    }
}

} // namespace

void check_life(RuleBook const& book,
                Life const& life,
                std::size_t default_areas,
                std::vector<LifeFault>& faults) {
    check_person(book, life, faults);
    for (std::size_t i = 0; i < life.records.size(); ++i) {
        check_record(book, life, default_areas, static_cast<int>(i), faults);
    }
    check_events(life, faults);
}

} // namespace pensim::law
