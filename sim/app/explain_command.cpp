#include <charconv>

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

/// One name may be that of a shipped scenario and of shipped cases: people of a scenario have
/// numbers.
bool is_simulated(ExplainOptions const& options) {
    if (!is_scenario(options.cases)) {
        return false;
    }
    bool const number = !options.person.empty()
                        && options.person.find_first_not_of("0123456789") == std::string::npos;
    return number || !data::shipped_file("cases/" + options.cases + ".json");
}

/// The person of a scenario with this number.
std::uint64_t person_number(std::string const& text) {
    std::uint64_t number = 0;
    char const* const end = text.data() + text.size();
    auto const [stopped, fault] = std::from_chars(text.data(), end, number);
    if (fault != std::errc() || stopped != end || number >= random::persons_max) {
        throw WrongInput("--person",
                         fmt::format("{}: expected the number of a simulated person, from 0 to {}",
                                     input::in_quotes(text),
                                     random::persons_max - 1));
    }
    return number;
}

int explain_simulated(ExplainOptions const& options) {
    ScenarioSetting setting;
    setting.setting = options.setting;
    setting.scenario = options.cases;
    setting.seed = options.seed;
    std::uint64_t const number = person_number(options.person.empty() ? "0" : options.person);
    auto const simulation = load_simulation(setting);
    world::LifeDrawer drawer(simulation->world, simulation->law->context(), simulation->limits);
    cases::Case person;
    person.id = fmt::format("{} of {}, replicate {}, seed {}",
                            number,
                            simulation->scenario.id,
                            options.replicate,
                            simulation->scenario.run.seed);
    person.life = drawer.draw(simulation->key(options.replicate), number).life;
    person.records_read.assign(person.life.records.size(), true);
    auto const language = options.language == "zh" ? story::Language::zh : story::Language::en;
    std::string const text = story::tell(*simulation->law, person, "", language);
    if (!person.problems.empty()) {
        throw WrongInput(person.problems);
    }
    Results results(options.output);
    results.write(text);
    results.finish();
    return exit_done;
}

} // namespace

int explain(ExplainOptions const& options) {
    if (is_simulated(options)) {
        return explain_simulated(options);
    }
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
