#include <charconv>

#include <fmt/format.h>
#include <tbb/global_control.h>

#include "core/law/words.hpp"
#include "sim/app/commands.hpp"
#include "sim/cases/fields.hpp"
#include "sim/engine/find_people.hpp"
#include "sim/input/csv.hpp"
#include "sim/input/interrupt.hpp"
#include "sim/input/progress.hpp"
#include "sim/input/text_out.hpp"

namespace pensim::app {

namespace {

engine::FlowQuery query_of(WhoOptions const& options, AreaTable const& areas) {
    Problems problems;
    auto const fault_at = [&](char const* option) {
        return [&problems, option](std::string what) {
            problems.push_back({option, std::move(what)});
        };
    };
    engine::FlowQuery query;
    query.year = options.year;
    if (!options.from.empty()) {
        query.from = cases::decode_area(options.from, areas, fault_at("--from"));
    }
    if (!options.to.empty()) {
        query.to = cases::decode_area(options.to, areas, fault_at("--to"));
    }
    if (!options.kind.empty()) {
        query.kind = cases::decode_word<TransferKind>(options.kind, "kind", fault_at("--kind"));
    }
    if (!problems.empty()) {
        throw WrongInput(std::move(problems));
    }
    return query;
}

std::string yuan(Fen amount) {
    std::string out;
    input::append_yuan(out, amount);
    return out;
}

} // namespace

int who(WhoOptions const& options) {
    int const threads = thread_count(options.scenario.threads);
    tbb::global_control const limit(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(threads));
    input::remember_interrupts();
    auto const simulation = load_simulation(options.scenario);
    AreaTable const& areas = simulation->tables.areas;
    engine::FlowQuery const query = query_of(options, areas);
    std::uint64_t const persons = simulation->scenario.run.persons;
    auto const found = [&] {
        input::Progress progress("lives", persons);
        std::uint64_t done = 0;
        return engine::find_people(simulation->setup(),
                                   simulation->key(options.replicate),
                                   {0, persons},
                                   query,
                                   options.limit,
                                   [&](std::uint64_t more) {
                                       done += more;
                                       progress.update(done, done);
                                   });
    }();
    auto const area_word = [&](AreaId area) {
        std::string out;
        input::append_csv_field(out, areas[area].id);
        return out;
    };
    Results out(options.output);
    out.write("person,group,sex,birth,month,from,to,kind,account,pooled,branch,benefit_area\n");
    for (engine::FoundTransfer const& one : found.first) {
        Transfer const& t = one.transfer;
        out.write(fmt::format("{},{},{},{},{},{},{},{},{},{},{},{}\n",
                              one.person,
                              word(one.group),
                              word(one.sex),
                              one.birth.text(),
                              t.month.text(),
                              area_word(t.from),
                              area_word(t.to),
                              word(t.kind),
                              yuan(t.account),
                              yuan(t.pooled),
                              word(one.branch),
                              one.benefit_area ? area_word(*one.benefit_area) : ""));
    }
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
