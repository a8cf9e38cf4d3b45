// One person of a case file: the history, and what surrounds it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/record/life.hpp"
#include "sim/data/tables.hpp"
#include "sim/input/json_document.hpp"

namespace pensim::cases {

struct Case {
    std::string id;
    Life life;
    std::string id_number;
    std::string note;
    std::optional<input::JsonValue> expect;
    Problems problems; ///< faults of reading; the life must not be decided when there are any

    // Which parts were read well in spite of problems elsewhere: they can be checked all the same.
    bool person_read = true;
    bool events_read = true;
    std::vector<bool> records_read;
};

struct CaseFile {
    std::optional<std::string> rules; ///< the rule set it is meant for
    std::vector<Case> persons;
};

/// Faults that a reader can see once all fields are read: identity number, exemptions. `pointer` is
/// the person's.
void check_case(Case& person, std::string const& pointer, data::Tables const& tables);

} // namespace pensim::cases
