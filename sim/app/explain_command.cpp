#include "sim/app/commands.hpp"
#include "sim/input/file.hpp"
#include "sim/job/explain_job.hpp"

namespace pensim::app {

int explain(ExplainOptions const& options) {
    if (!options.html.empty() && options.html == options.output) {
        throw WrongInput("--html", "names the same file as --output; expected another");
    }
    job::ExplainAsked asked{options.setting, options.cases};
    asked.person = options.person;
    asked.replicate = options.replicate;
    asked.seed = options.seed;
    job::StoryForms forms;
    forms.language = options.language == "zh" ? story::Language::zh : story::Language::en;
    forms.text = options.html.empty() || !options.output.empty();
    forms.page = !options.html.empty();
    forms.words = options.words;
    // Both are made before either is written. With a page alone nothing goes to standard output.
    job::Story const told = job::explain(asked, forms);
    if (forms.page) {
        input::write_file(options.html, told.page);
    }
    if (forms.text) {
        Results results(options.output);
        results.tell(told.text);
        results.finish();
    }
    return exit_done;
}

} // namespace pensim::app
