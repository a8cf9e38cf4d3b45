#include "sim/cases/fault_text.hpp"

#include <fmt/format.h>

#include "core/law/words.hpp"
#include "sim/input/json_document.hpp"

namespace pensim::cases {

namespace {

using law::LifeFault;
using law::LifeFaultKind;

std::string describe_person(LifeFault const& fault, Life const& life) {
    std::string const month = fault.month.text();
    switch (fault.kind) {
    case LifeFaultKind::hukou_missing:
        return "a mainland person needs \"hukou\", the area of household registration";
    case LifeFaultKind::hukou_not_mainland:
        return fmt::format("hukou is for mainland persons; the group is {}", word(life.group));
    case LifeFaultKind::nationality_not_foreign:
        return fmt::format("nationality is for foreign persons; the group is {}", word(life.group));
    case LifeFaultKind::permanent_not_foreign:
        return fmt::format("permanent_resident is for foreign persons; the group is {}",
                           word(life.group));
    case LifeFaultKind::claim_too_early:
        return fmt::format(
            "claim {} is too early; the earliest month is {}", life.claim->text(), month);
    case LifeFaultKind::claim_too_late:
        return fmt::format(
            "claim {} is too late; the latest month is {}", life.claim->text(), month);
    default:
        break;
    }
    return "an amount leaves the range of 92233720368547758.07 yuan";
}

std::string describe_record(LifeFault const& fault, Record const& record, AreaTable const& areas) {
    std::string const month = fault.month.text();
    auto const area = [&] { return fault.area ? areas[*fault.area].id : std::string("none"); };
    switch (fault.kind) {
    case LifeFaultKind::record_backward:
        return fmt::format(
            "ends in {} before it starts in {}", record.to.text(), record.from.text());
    case LifeFaultKind::record_too_early:
        return fmt::format("starts in {} before age 16; the first possible month is {}",
                           record.from.text(),
                           month);
    case LifeFaultKind::area_not_admitted:
        return fmt::format("area \"{}\" is off in this rule set; rule sets with it list it under "
                           "area.admitted",
                           area());
    case LifeFaultKind::resident_kind:
        return "a resident record has no kind of its own; extension and lump_sum are for the "
               "employee "
               "scheme";
    case LifeFaultKind::lump_months_missing:
        return "a lump sum needs \"months\", how many months it pays for";
    case LifeFaultKind::lump_months_misplaced:
        return fmt::format("\"months\" is for a lump sum; the kind is {}", word(record.kind));
    case LifeFaultKind::extension_before_counting:
        return fmt::format("an extension in {} lies in or before the counting month {}",
                           record.from.text(),
                           month);
    case LifeFaultKind::record_after_counting:
        return fmt::format("is paid after the counting month {}; only kinds extension and lump_sum "
                           "at the benefit location may be",
                           month);
    case LifeFaultKind::extension_elsewhere:
        return fmt::format(
            "is paid at {}; months after the counting month {} are paid at the benefit "
            "location \"{}\"",
            areas[record.area].id,
            month,
            area());
    case LifeFaultKind::extension_without_place:
        return fmt::format(
            "is paid after the counting month {}, and there is no benefit location to "
            "continue at",
            month);
    case LifeFaultKind::extension_not_allowed:
        return "foreigners without permanent residence may not pay on after the counting month";
    case LifeFaultKind::lump_sum_without_right:
        return fmt::format(
            "a lump sum after the counting month {} needs a first payment before the "
            "Social Insurance Law and enough extension months before it",
            month);
    case LifeFaultKind::after_settlement:
        return fmt::format("is paid after the pension was settled in {}", month);
    default:
        break;
    }
    return "is wrong";
}

} // namespace

std::string describe(LifeFault const& fault, Life const& life, AreaTable const& areas) {
    switch (fault.part) {
    case LifeFault::Part::record:
        return describe_record(fault, life.records[static_cast<std::size_t>(fault.index)], areas);
    case LifeFault::Part::event:
        return fmt::format("comes after the death in {}", fault.month.text());
    case LifeFault::Part::person:
        break;
    }
    return describe_person(fault, life);
}

std::string pointer_of(LifeFault const& fault, std::string const& person) {
    std::string pointer = person;
    if (fault.part != LifeFault::Part::person) {
        pointer = input::child(
            input::child(pointer, fault.part == LifeFault::Part::record ? "records" : "events"),
            static_cast<std::size_t>(fault.index));
    }
    return input::child(pointer, fault.field);
}

} // namespace pensim::cases
