#include "sim/job/explain_job.hpp"

#include <charconv>

#include <fmt/format.h>

#include "sim/cases/case_json.hpp"
#include "sim/input/suggestion.hpp"
#include "sim/job/presented.hpp"
#include "sim/job/version.hpp"
#include "sim/job/wrong_input.hpp"
#include "sim/story/life_document.hpp"
#include "sim/story/story.hpp"
#include "sim/web/page.hpp"

namespace pensim::job {

namespace {

std::size_t find_person(cases::CaseFile const& file, ExplainAsked const& asked) {
    std::vector<std::string_view> ids;
    for (std::size_t i = 0; i < file.persons.size(); ++i) {
        if (file.persons[i].id == asked.person) {
            return i;
        }
        ids.push_back(file.persons[i].id);
    }
    if (asked.person.empty() && file.persons.size() == 1) {
        return 0;
    }
    throw WrongInput(asked.source,
                     asked.person.empty()
                         ? fmt::format("holds {} persons; --person says which", file.persons.size())
                         : input::unknown("person", asked.person, ids));
}

/// One name may be that of a shipped scenario and of shipped cases: people of a scenario have
/// numbers.
bool is_simulated(ExplainAsked const& asked) {
    if (!asked.cases_text.empty() || !asked.scenario_text.empty()) {
        return asked.cases_text.empty();
    }
    if (!is_scenario(asked.source)) {
        return false;
    }
    bool const number =
        !asked.person.empty() && asked.person.find_first_not_of("0123456789") == std::string::npos;
    return number || !data::shipped_file("cases/" + asked.source + ".json");
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
                    StoryForms const& forms,
                    Facts facts) {
    facts.push_back({{"Rule set", "规则"}, law.book().id});
    facts.push_back({{"Version", "版本"}, std::string(version())});
    std::string const document = story::life_document(
        law, person, pointer, forms.language, {shell_line(forms.words), std::move(facts)});
    return document.empty() ? std::string()
                            : web::html_page(document,
                                             story::life_title(person, forms.language),
                                             forms.language == story::Language::zh ? "zh" : "en");
}

/// Text, page or both.
Story tell(cases::Law const& law,
           cases::Case& person,
           std::string const& pointer,
           ExplainAsked const& asked,
           StoryForms const& forms,
           Facts facts) {
    Story told;
    if (forms.text) {
        told.text = story::tell(law, person, pointer, forms.language);
    }
    if (forms.page && person.problems.empty()) {
        told.page = page_of(law, person, pointer, forms, std::move(facts));
    }
    if (!person.problems.empty()) {
        for (Problem& problem : person.problems) {
            if (!pointer.empty()) {
                problem.where = place_in(asked.source, problem.where);
            }
        }
        throw WrongInput(person.problems);
    }
    return told;
}

Story explain_simulated(ExplainAsked const& asked, StoryForms const& forms) {
    ScenarioSetting setting;
    setting.setting = asked.setting;
    setting.scenario = asked.source;
    setting.scenario_text = asked.scenario_text;
    setting.seed = asked.seed;
    std::uint64_t const number = person_number(asked.person.empty() ? "0" : asked.person);
    auto const simulation = load_simulation(setting);
    world::LifeDrawer drawer(simulation->world, simulation->law->context(), simulation->limits);
    auto const& scenario = simulation->scenario;
    cases::Case person;
    person.id = fmt::format(
        "{} of {}, replicate {}, seed {}", number, scenario.id, asked.replicate, scenario.run.seed);
    person.life = drawer.draw(simulation->key(asked.replicate), number).life;
    person.records_read.assign(person.life.records.size(), true);
    return tell(*simulation->law,
                person,
                "",
                asked,
                forms,
                {{{"Scenario", "方案"}, scenario.id},
                 {{"Seed", "种子"}, fmt::format("{}", scenario.run.seed)},
                 {{"Replicate", "重复"}, fmt::format("{}", asked.replicate)},
                 {{"Person", "人员"}, fmt::format("{}", number)}});
}

} // namespace

Story explain(ExplainAsked const& asked, StoryForms const& forms) {
    if (is_simulated(asked)) {
        return explain_simulated(asked, forms);
    }
    data::Tables const tables = load_tables(asked.setting);
    cases::CaseFile file =
        asked.cases_text.empty()
            ? load_cases(asked.source, tables)
            : value_or_throw(cases::read_cases(asked.cases_text, tables), asked.source);
    std::size_t const index = find_person(file, asked);
    cases::Law const law(load_rules(rules_for(asked.setting, asked.source, file), tables), tables);
    return tell(law,
                file.persons[index],
                input::child("/persons", index),
                asked,
                forms,
                {{{"Cases", "案例"}, asked.source}});
}

} // namespace pensim::job
