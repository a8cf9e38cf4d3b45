#include "sim/cases/decide_case.hpp"

#include <atomic>

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include "sim/cases/fault_text.hpp"
#include "sim/cases/outcome_json.hpp"

namespace pensim::cases {

Outcome const* decide_case(law::Decider& decider,
                           Case& person,
                           std::string const& pointer,
                           AreaTable const& areas) {
    if (!person.problems.empty()) {
        return nullptr;
    }
    if (decider.decide(person.life)) {
        return &decider.outcome();
    }
    for (auto const& fault : decider.faults()) {
        person.problems.push_back(
            {pointer_of(fault, pointer), describe(fault, person.life, areas)});
    }
    return nullptr;
}

DecidedFile decide_file(Law const& law, CaseFile& file) {
    DecidedFile decided;
    decided.outcomes.resize(file.persons.size());
    std::atomic<std::size_t> errors = 0;
    constexpr std::size_t grain = 256;
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(0, file.persons.size(), grain), [&](auto const& range) {
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
    decided.errors = errors;
    return decided;
}

} // namespace pensim::cases
