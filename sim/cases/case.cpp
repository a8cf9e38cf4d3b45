#include "sim/cases/case.hpp"

#include "core/law/exemption.hpp"
#include "core/law/identity_number.hpp"

namespace pensim::cases {

void check_case(Case& person, std::string const& pointer, data::Tables const& tables) {
    bool const all_read = person.problems.empty();
    if (person.person_read && !person.id_number.empty()) {
        for (auto const& fault :
             law::check_identity_number(person.id_number, person.life, tables.countries)) {
            person.problems.push_back({input::child(pointer, "id_number"), law::describe(fault)});
        }
    }
    if (!all_read) {
        return;
    }
    for (auto const& fault : law::check_exemptions(person.life, tables.agreements)) {
        person.problems.push_back(
            {input::child(input::child(pointer, "exemptions"), fault.exemption),
             law::describe(fault)});
    }
}

} // namespace pensim::cases
