// A case through the law: an outcome, or its problems in words.
#pragma once

#include <functional>

#include "core/law/decide.hpp"
#include "sim/cases/case.hpp"

namespace pensim::cases {

/// One rule set ready for use. Keeps the book; hand out contexts, not copies.
class Law {
  public:
    Law(law::RuleBook book, data::Tables const& tables)
        : book_(std::move(book)), money_(book_), tables_(tables) {}
    Law(Law const&) = delete;
    Law& operator=(Law const&) = delete;

    [[nodiscard]] law::LawContext context() const { return {book_, money_, tables_.wages}; }
    [[nodiscard]] law::RuleBook const& book() const { return book_; }
    [[nodiscard]] data::Tables const& tables() const { return tables_; }
    [[nodiscard]] law::Decider decider() const {
        return law::Decider(context(), tables_.areas.default_count());
    }

  private:
    law::RuleBook book_;
    law::MoneyCalendar money_;
    data::Tables const& tables_;
};

/// Where a fault of the history stands in the input.
using FaultPlace = std::function<std::string(law::LifeFault const&)>;

/// Null when the case has problems; those of the law are added to it, as far as its parts could be
/// read. The outcome lives in the decider until its next life.
[[nodiscard]] Outcome const* decide_case(law::Decider& decider,
                                         Case& person,
                                         FaultPlace const& place_of,
                                         AreaTable const& areas);
/// The same with JSON pointers; `pointer` is the person's.
[[nodiscard]] Outcome const* decide_case(law::Decider& decider,
                                         Case& person,
                                         std::string const& pointer,
                                         AreaTable const& areas);

/// Decides every person of a file on all cores: one JSON object each, in the order of the file.
/// Counts those with errors.
struct DecidedFile {
    std::vector<std::string> outcomes;
    std::size_t errors = 0;
};
[[nodiscard]] DecidedFile decide_file(Law const& law, CaseFile& file);

} // namespace pensim::cases
