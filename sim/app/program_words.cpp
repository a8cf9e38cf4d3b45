#include "sim/app/program_words.hpp"

#include <array>

#include <fmt/format.h>

#include "sim/job/version.hpp"

namespace pensim::app {

std::string_view purpose() {
    return "Decides which province pays a pension and what money moves, by law and article.";
}

std::span<Said const> examples() {
    static constexpr std::array<Said, 8> list{{
        {"pensim run hmt -o out", "simulate people, report flows between areas"},
        {"pensim decide order-41", "one outcome a person, as JSON"},
        {"pensim explain order-41 --person longest",
         "the story, month by month, each step with its law"},
        {"pensim check order-41", "outcomes against what the cases expect"},
        {"pensim compare hmt --rules law --rules five-years",
         "who a rule change touches, how much, and why"},
        {"pensim sweep hmt --set place.min_months=60:180:30", "one parameter over a range"},
        {"pensim rules show law", "every number of the law with date and source"},
        {"pensim audit law", "what a rule set leaves open, and where a month decides"},
    }};
    return list;
}

std::string_view shipped_names() {
    return "Shipped case files are known by name (order-41, foreigners, mainland, "
           "history-retirement ...), and so\n"
           "are scenarios (hmt, foreigners, national, small, country400).";
}

std::span<Said const> exit_statuses() {
    static constexpr std::array<Said, 5> list{{
        {"0", "done"},
        {"1", "check, verify, audit or compare found something"},
        {"2", "wrong input or usage"},
        {"3", "the machine failed"},
        {"130", "interrupted"},
    }};
    return list;
}

std::string_view streams() {
    return "Results go to standard output or to the file that -o names; all else to standard "
           "error.";
}

std::string_view formats() {
    return "Files: pensim/scenario/1, pensim/cases/1, pensim/outcomes/1, pensim/rules/1. Law as "
           "known in 2025; see `pensim rules show law`.";
}

std::string help_heading() {
    constexpr std::size_t column = 41;
    std::string text = fmt::format("{}\n\n", purpose());
    for (Said const& example : examples()) {
        bool const fits = example.name.size() < column;
        text += fits ? fmt::format("  {:<{}}{}\n", example.name, column, example.what)
                     : fmt::format("  {}\n  {:{}}{}\n", example.name, "", column, example.what);
    }
    return text + fmt::format("\n{}", shipped_names());
}

std::string help_footer() {
    std::string statuses;
    for (Said const& status : exit_statuses()) {
        statuses += fmt::format("{}{} {}", statuses.empty() ? "" : "; ", status.name, status.what);
    }
    return fmt::format("Exit status: {}.\n{}", statuses, streams());
}

std::string version_text() {
    return fmt::format("pensim {}\n"
                       "Pension portability between the pooling areas of mainland China: who "
                       "pays, what moves, and why.\n"
                       "{}",
                       job::version(),
                       formats());
}

} // namespace pensim::app
