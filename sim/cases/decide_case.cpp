#include "sim/cases/decide_case.hpp"

#include <algorithm>
#include <atomic>

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include "sim/cases/fault_text.hpp"
#include "sim/cases/outcome_json.hpp"
#include "sim/input/hand_over.hpp"

namespace pensim::cases {

namespace {

/// A fault is worth telling where its part was read well; else it may only follow from what is told
/// already.
bool was_read(Case const& person, law::LifeFault const& fault) {
    switch (fault.part) {
    case law::LifeFault::Part::record:
        return person.person_read && person.records_read[static_cast<std::size_t>(fault.index)];
    case law::LifeFault::Part::event:
        return person.events_read;
    case law::LifeFault::Part::person:
        break;
    }
    return person.person_read;
}

} // namespace

Outcome const* decide_case(law::Decider& decider,
                           Case& person,
                           FaultPlace const& place_of,
                           AreaTable const& areas) {
    bool const whole = person.person_read && person.events_read
                       && std::all_of(person.records_read.begin(),
                                      person.records_read.end(),
                                      [](bool read) { return read; });
    if (whole && decider.decide(person.life)) {
        return person.problems.empty() ? &decider.outcome() : nullptr;
    }
    if (!whole) {
        decider.check(person.life);
    }
    for (auto const& fault : decider.faults()) {
        if (was_read(person, fault)) {
            person.problems.push_back({place_of(fault), describe(fault, person.life, areas)});
        }
    }
    return nullptr;
}

Outcome const* decide_case(law::Decider& decider,
                           Case& person,
                           std::string const& pointer,
                           AreaTable const& areas) {
    return decide_case(
        decider,
        person,
        [&](law::LifeFault const& fault) { return pointer_of(fault, pointer); },
        areas);
}

DecidedFile decide_file(Law const& law, CaseFile& file) {
    DecidedFile decided;
    decided.outcomes.resize(file.persons.size());
    std::atomic<std::size_t> errors = 0;
    constexpr std::size_t grain = 256;
    input::task_order.give();
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(0, file.persons.size(), grain), [&](auto const& range) {
            input::TaskScope const task;
            law::Decider decider = law.decider();
            for (std::size_t i = range.begin(); i < range.end(); ++i) {
                Case& person = file.persons[i];
                auto const* const outcome =
                    decide_case(decider, person, input::child("/persons", i), law.tables().areas);
                if (outcome != nullptr) {
                    append_outcome(
                        decided.outcomes[i], person.id, person.life.group, *outcome, law.tables());
                } else {
                    append_errors(decided.outcomes[i], person.id, person.problems);
                    ++errors;
                }
            }
        });
    input::task_order.take();
    decided.errors = errors;
    return decided;
}

} // namespace pensim::cases
