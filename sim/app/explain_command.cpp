#include <charconv>

#include <fmt/format.h>

#include "sim/app/commands.hpp"
#include "sim/input/file.hpp"
#include "sim/input/suggestion.hpp"
#include "sim/story/life_document.hpp"
#include "sim/story/story.hpp"
#include "sim/web/page.hpp"

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

/// Where a fact of the page's making comes from: the cases, or a scenario and its seed.
using Facts = std::vector<std::pair<story::Words, std::string>>;

std::string page_of(cases::Law const& law,
                    cases::Case& person,
                    std::string const& pointer,
                    ExplainOptions const& options,
                    Facts facts,
                    story::Language language) {
    facts.push_back({{"Rule set", "规则"}, law.book().id});
    facts.push_back({{"Version", "版本"}, PENSIM_VERSION});
    std::string const document = story::life_document(
        law, person, pointer, language, {shell_line(options.words), std::move(facts)});
    return document.empty()
               ? std::string()
               : web::html_page(document, story::life_title(person, language), options.language);
}

/// Text, page or both, made before either is written. With a page alone nothing goes to standard
/// output.
void tell(cases::Law const& law,
          cases::Case& person,
          std::string const& pointer,
          ExplainOptions const& options,
          Facts facts) {
    auto const language = options.language == "zh" ? story::Language::zh : story::Language::en;
    bool const as_text = options.html.empty() || !options.output.empty();
    std::string const text = as_text ? story::tell(law, person, pointer, language) : std::string();
    std::string const page =
        options.html.empty() || !person.problems.empty()
            ? std::string()
            : page_of(law, person, pointer, options, std::move(facts), language);
    if (!person.problems.empty()) {
        for (Problem& problem : person.problems) {
            if (!pointer.empty()) {
                problem.where = place_in(options.cases, problem.where);
            }
        }
        throw WrongInput(person.problems);
    }
    if (!options.html.empty()) {
        input::write_file(options.html, page);
    }
    if (as_text) {
        Results results(options.output);
        results.tell(text);
        results.finish();
    }
}

int explain_simulated(ExplainOptions const& options) {
    ScenarioSetting setting;
    setting.setting = options.setting;
    setting.scenario = options.cases;
    setting.seed = options.seed;
    std::uint64_t const number = person_number(options.person.empty() ? "0" : options.person);
    auto const simulation = load_simulation(setting);
    world::LifeDrawer drawer(simulation->world, simulation->law->context(), simulation->limits);
    auto const& scenario = simulation->scenario;
    cases::Case person;
    person.id = fmt::format("{} of {}, replicate {}, seed {}",
                            number,
                            scenario.id,
                            options.replicate,
                            scenario.run.seed);
    person.life = drawer.draw(simulation->key(options.replicate), number).life;
    person.records_read.assign(person.life.records.size(), true);
    tell(*simulation->law,
         person,
         "",
         options,
         {{{"Scenario", "方案"}, scenario.id},
          {{"Seed", "种子"}, fmt::format("{}", scenario.run.seed)},
          {{"Replicate", "重复"}, fmt::format("{}", options.replicate)},
          {{"Person", "人员"}, fmt::format("{}", number)}});
    return exit_done;
}

} // namespace

int explain(ExplainOptions const& options) {
    if (!options.html.empty() && options.html == options.output) {
        throw WrongInput("--html", "names the same file as --output; expected another");
    }
    if (is_simulated(options)) {
        return explain_simulated(options);
    }
    data::Tables const tables = load_tables(options.setting);
    cases::CaseFile file = load_cases(options.cases, tables);
    std::size_t const index = find_person(file, options);
    cases::Law const law(load_rules(rules_for(options.setting, options.cases, file), tables),
                         tables);
    tell(law,
         file.persons[index],
         input::child("/persons", index),
         options,
         {{{"Cases", "案例"}, options.cases}});
    return exit_done;
}

} // namespace pensim::app
