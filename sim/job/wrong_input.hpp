// Wrong input: every problem at once, with the text that people read of each.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "core/basis/problem.hpp"

namespace pensim::job {

/// Jobs throw it; the program prints it and exits with 2, the Python package raises InputError.
class WrongInput {
  public:
    explicit WrongInput(Problems problems) : problems_(std::move(problems)) {}
    WrongInput(std::string where, std::string what)
        : problems_{{std::move(where), std::move(what)}} {}
    [[nodiscard]] Problems const& problems() const { return problems_; }

  private:
    Problems problems_;
};

/// "file: /persons/0": the place of a problem, in its file.
[[nodiscard]] std::string place_in(std::string_view file, std::string const& where);

/// One line, without what would steer a terminal; with the file before the place when given.
[[nodiscard]] std::string text_of(Problem const& problem, std::string_view file = {});

/// The value, or WrongInput with its problems; `file` goes before each place when given.
template <class T>
T value_or_throw(Result<T> result, std::string_view file = {}) {
    if (result) {
        return std::move(*result);
    }
    for (Problem& problem : result.error()) {
        problem.where = place_in(file, problem.where);
    }
    throw WrongInput(std::move(result.error()));
}

} // namespace pensim::job
