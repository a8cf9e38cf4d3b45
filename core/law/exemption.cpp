#include "core/law/exemption.hpp"

#include <algorithm>

namespace pensim::law {

namespace {

using FaultKind = ExemptionFaultKind;
using ExemptionFaults = std::vector<ExemptionFault>;

/// order-41-2019, in force.

/// Months that no earlier span of the same agreement covers.
struct Span {
    YearMonth from;
    YearMonth to;
    std::size_t exemption;
    [[nodiscard]] Months length() const { return to - from + Months{1}; }
};

bool in_order(Exemption const& exemption) {
    return exemption.from <= exemption.to;
}

bool may_use_certificate(Group group) {
    return group == Group::hong_kong || group == Group::macau || group == Group::taiwan;
}

char const* word(Group group) {
    switch (group) {
    case Group::hong_kong:
        return "hong_kong";
    case Group::macau:
        return "macau";
    case Group::taiwan:
        return "taiwan";
    case Group::foreign:
        return "foreign";
    case Group::mainland:
        break;
    }
    return "mainland";
}

std::string months_text(YearMonth from, YearMonth to) {
    return from == to ? from.text() : from.text() + " to " + to.text();
}

Agreement const* agreement_of(Life const& life, std::span<Agreement const> agreements) {
    if (life.group != Group::foreign || !life.nationality) {
        return nullptr;
    }
    auto const found = std::find_if(agreements.begin(), agreements.end(), [&](Agreement const& a) {
        return a.nationality == *life.nationality;
    });
    return found == agreements.end() ? nullptr : &*found;
}

/// The exempt months of an agreement in order of time, each month once.
std::vector<Span> spans_under(Life const& life, Agreement const& agreement) {
    std::vector<Span> spans;
    if (life.group != Group::foreign || life.nationality != agreement.nationality
        || !agreement.employee_scheme) {
        return spans;
    }
    for (std::size_t i = 0; i < life.exemptions.size(); ++i) {
        auto const& exemption = life.exemptions[i];
        if (exemption.ground == ExemptionGround::agreement) {
            spans.push_back({exemption.from, exemption.to, i});
        }
    }
    std::stable_sort(
        spans.begin(), spans.end(), [](Span const& a, Span const& b) { return a.from < b.from; });
    YearMonth open = agreement.in_force; // the first month that is not covered yet
    for (auto& span : spans) {
        span.from = std::max(span.from, open);
        open = std::max(open, span.to.next());
    }
    std::erase_if(spans, [](Span const& span) { return span.from > span.to; });
    return spans;
}

Months total_length(std::vector<Span> const& spans) {
    Months sum;
    for (auto const& span : spans) {
        sum += span.length();
    }
    return sum;
}

/// A fault of one exemption, filled with what is known of it and of the person.
ExemptionFault fault_of(FaultKind kind, Life const& life, std::size_t index) {
    ExemptionFault fault;
    fault.kind = kind;
    fault.exemption = index;
    fault.group = life.group;
    fault.nationality = life.nationality.value_or(CountryCode{});
    fault.from = life.exemptions[index].from;
    fault.to = life.exemptions[index].to;
    return fault;
}

/// Article 11: who is insured at home in Hong Kong, Macau or Taiwan, from the order on.
void check_certificate(ExemptionFaults& faults, Life const& life, std::size_t index) {
    if (!may_use_certificate(life.group)) {
        faults.push_back(fault_of(FaultKind::certificate_group, life, index));
    }
    if (life.exemptions[index].from < certificates_lawful_from) {
        faults.push_back(fault_of(FaultKind::certificate_too_early, life, index));
        faults.back().since = certificates_lawful_from;
    }
}

/// Article 9: nationals of a country with an agreement, as the agreement says.
void check_agreement(ExemptionFaults& faults,
                     Life const& life,
                     std::size_t index,
                     Agreement const* agreement) {
    if (life.group != Group::foreign) {
        faults.push_back(fault_of(FaultKind::agreement_group, life, index));
        return;
    }
    if (!life.nationality) {
        faults.push_back(fault_of(FaultKind::no_nationality, life, index));
        return;
    }
    if (agreement == nullptr) {
        faults.push_back(fault_of(FaultKind::no_agreement, life, index));
        return;
    }
    if (life.exemptions[index].from < agreement->in_force) {
        faults.push_back(fault_of(FaultKind::before_in_force, life, index));
        faults.back().since = agreement->in_force;
    }
    if (!agreement->employee_scheme) {
        faults.push_back(fault_of(FaultKind::scheme_not_covered, life, index));
    }
}

/// Extensions reach up to the total; there is one fault at most for all exemptions together.
std::optional<ExemptionFault> limit_fault(Life const& life, Agreement const* agreement) {
    if (agreement == nullptr) {
        return std::nullopt;
    }
    auto const limit = agreement->detached_months_total ? agreement->detached_months_total
                                                        : agreement->detached_months;
    if (!limit) {
        return std::nullopt;
    }
    auto const spans = spans_under(life, *agreement);
    Months sum;
    for (auto const& span : spans) {
        sum += span.length();
        if (sum > Months{*limit}) {
            auto fault = fault_of(FaultKind::too_long, life, span.exemption);
            fault.months = total_length(spans).count();
            fault.allowed = agreement->detached_months.value_or(*limit);
            fault.allowed_total = *limit;
            return fault;
        }
    }
    return std::nullopt;
}

/// A month is exempt once, and not paid: against the exemptions before this one, and all records.
void check_overlaps(ExemptionFaults& faults, Life const& life, std::size_t index) {
    auto const& exemption = life.exemptions[index];
    auto const add_common_months =
        [&](FaultKind kind, YearMonth from, YearMonth to, std::size_t other) {
            YearMonth const first = std::max(exemption.from, from);
            YearMonth const last = std::min(exemption.to, to);
            if (from <= to && first <= last) {
                auto fault = fault_of(kind, life, index);
                fault.from = first;
                fault.to = last;
                fault.other = other;
                faults.push_back(fault);
            }
        };
    for (std::size_t i = 0; i < index; ++i) {
        auto const& earlier = life.exemptions[i];
        add_common_months(FaultKind::exempt_twice, earlier.from, earlier.to, i);
    }
    for (std::size_t i = 0; i < life.records.size(); ++i) {
        auto const& record = life.records[i];
        if (record.scheme == Scheme::employee && record.kind != Kind::lump_sum) {
            add_common_months(FaultKind::exempt_and_paid, record.from, record.to, i);
        }
    }
}

} // namespace

std::vector<ExemptionFault> check_exemptions(Life const& life,
                                             std::span<Agreement const> agreements) {
    ExemptionFaults faults;
    auto const* const agreement = agreement_of(life, agreements);
    PENSIM_EXPECT(agreement == nullptr || !agreement->detached_months
                  || agreement->detached_months
                         <= agreement->detached_months_total.value_or(*agreement->detached_months));
    auto const too_long = limit_fault(life, agreement);
    for (std::size_t i = 0; i < life.exemptions.size(); ++i) {
        if (!in_order(life.exemptions[i])) {
            faults.push_back(fault_of(FaultKind::ends_before_start, life, i));
            continue;
        }
        if (life.exemptions[i].ground == ExemptionGround::home_certificate) {
            check_certificate(faults, life, i);
        } else {
            check_agreement(faults, life, i, agreement);
        }
        if (too_long && too_long->exemption == i) {
            faults.push_back(*too_long);
        }
        check_overlaps(faults, life, i);
    }
    return faults;
}

std::string describe(ExemptionFault const& fault) {
    auto const country = text_of(fault.nationality);
    switch (fault.kind) {
    case FaultKind::ends_before_start:
        return "ends in " + fault.to.text() + ", before it starts in " + fault.from.text();
    case FaultKind::certificate_group:
        return std::string("a home certificate of group ") + word(fault.group)
               + ", expected hong_kong, macau or taiwan";
    case FaultKind::certificate_too_early:
        return "exempt from " + fault.from.text() + ", home certificates are accepted from "
               + fault.since.text();
    case FaultKind::agreement_group:
        return std::string("an agreement for group ") + word(fault.group) + ", expected foreign";
    case FaultKind::no_nationality:
        return "an agreement without a nationality, expected the person's nationality";
    case FaultKind::no_agreement:
        return "nationality " + country + ", expected a country with an agreement in force";
    case FaultKind::before_in_force:
        return "exempt from " + fault.from.text() + ", the agreement with " + country
               + " is in force from " + fault.since.text();
    case FaultKind::scheme_not_covered:
        return "the agreement with " + country
               + " does not exempt from the employees' scheme, expected one that does";
    case FaultKind::too_long:
        return std::to_string(fault.months) + " months, the agreement with " + country + " allows "
               + std::to_string(fault.allowed)
               + (fault.allowed_total > fault.allowed
                      ? ", with every extension " + std::to_string(fault.allowed_total)
                      : "");
    case FaultKind::exempt_twice:
        return "exempt in " + months_text(fault.from, fault.to)
               + ", already exempt then by exemption " + std::to_string(fault.other);
    case FaultKind::exempt_and_paid:
        break;
    }
    return "exempt in " + months_text(fault.from, fault.to)
           + ", but paid then in the employees' scheme by record " + std::to_string(fault.other);
}

Months exempt_months(Life const& life, Agreement const& agreement) {
    Months const sum = total_length(spans_under(life, agreement));
    PENSIM_ENSURE(sum >= Months{0});
    return sum;
}

} // namespace pensim::law
