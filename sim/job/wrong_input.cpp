#include "sim/job/wrong_input.hpp"

#include <fmt/format.h>

#include "sim/report/text_grid.hpp"

namespace pensim::job {

std::string place_in(std::string_view file, std::string const& where) {
    return file.empty() || where.empty() ? std::string(file) + where
                                         : fmt::format("{}: {}", file, where);
}

std::string text_of(Problem const& problem, std::string_view file) {
    std::string const where = place_in(file, problem.where);
    return report::printable(where + (where.empty() ? "" : ": ") + problem.what);
}

} // namespace pensim::job
