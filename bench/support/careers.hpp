// Careers to measure with: twelve records in changing areas, the same for the same number.
#pragma once

#include <cstdint>
#include <string>

#include "core/record/life.hpp"
#include "sim/cases/decide_case.hpp"

namespace pensim::bench {

[[nodiscard]] data::Tables const& tables();
[[nodiscard]] cases::Law const& law();

/// Twelve spells of half a year to three years from the age of 22 on, at 31 areas; a mainlander in
/// four.
[[nodiscard]] Life career(std::uint64_t number);

/// persons.csv and records.csv of careers 0 to `persons` - 1 in a temporary folder, which goes with
/// the object.
class CareerFiles {
  public:
    explicit CareerFiles(std::uint64_t persons);
    CareerFiles(CareerFiles const&) = delete;
    CareerFiles& operator=(CareerFiles const&) = delete;
    ~CareerFiles();
    [[nodiscard]] std::string const& folder() const { return folder_; }

  private:
    std::string folder_;
};

} // namespace pensim::bench
