#include <fmt/format.h>

#include "sim/app/commands.hpp"
#include "sim/input/suggestion.hpp"
#include "sim/story/story.hpp"

namespace pensim::app {

namespace {

std::size_t find_person(cases::CaseFile const& file, ExplainOptions const& options) {
    std::vector<std::string_view> ids;
    for (std::size_t i = 0; i < file.persons.size(); ++i) {
        if (file.persons[i].id == options.person) {
            return i;
        }
        ids.push_back(file.persons[i].id);
    }
    if (options.person.empty() && file.persons.size() == 1) {
        return 0;
    }
    throw WrongInput(options.cases,
                     options.person.empty()
                         ? fmt::format("holds {} persons; --person says which", file.persons.size())
                         : input::unknown("person", options.person, ids));
}

} // namespace

int explain(ExplainOptions const& options) {
    data::Tables const tables = load_tables(options.setting);
    cases::CaseFile file = load_cases(options.cases, tables);
    std::size_t const index = find_person(file, options);
    cases::Law const law(load_rules(rules_for(options.setting, options.cases, file), tables),
                         tables);
    auto const language = options.language == "zh" ? story::Language::zh : story::Language::en;
    cases::Case& person = file.persons[index];
    std::string const text = story::tell(law, person, input::child("/persons", index), language);
    if (!person.problems.empty()) {
        for (Problem& problem : person.problems) {
            problem.where = place_in(options.cases, problem.where);
        }
        throw WrongInput(person.problems);
    }
    Results results(options.output);
    results.write(text);
    results.finish();
    return exit_done;
}

} // namespace pensim::app
