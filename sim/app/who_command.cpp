#include <fmt/format.h>

#include "sim/app/commands.hpp"
#include "sim/input/interrupt.hpp"
#include "sim/input/text_out.hpp"
#include "sim/job/who_job.hpp"

namespace pensim::app {

namespace {

std::string yuan(Fen amount) {
    std::string out;
    input::append_yuan(out, amount);
    return out;
}

} // namespace

int who(WhoOptions const& options) {
    ThreadLimit const threads(options.scenario.threads);
    input::remember_interrupts();
    auto const simulation = job::load_simulation(options.scenario);
    auto const found = job::find_people(*simulation,
                                        {options.scenario,
                                         options.year,
                                         options.from,
                                         options.to,
                                         options.kind,
                                         options.replicate,
                                         options.limit},
                                        input::shown_progress("lives"));
    Results out(options.output);
    out.write(report::csv_of(job::table_of(found, simulation->tables.areas)));
    out.finish();
    fmt::print(stderr,
               "{} of {} transfers shown; in all {} of accounts and {} of pooled money\n",
               found.first.size(),
               found.transfers,
               yuan(found.account),
               yuan(found.pooled));
    if (!found.first.empty()) {
        fmt::print(stderr,
                   "pensim explain {} --person {}{} tells the first one's story\n",
                   options.scenario.scenario,
                   found.first.front().person,
                   options.replicate > 0 ? fmt::format(" --replicate {}", options.replicate) : "");
    }
    return exit_done;
}

} // namespace pensim::app
