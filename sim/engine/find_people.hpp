// The people behind a cell of the table of flows, found by replaying lives.
#pragma once

#include <cstdint>
#include <vector>

#include "core/record/outcome.hpp"
#include "sim/engine/parallel_run.hpp"

namespace pensim::engine {

/// Which transfers; what is not given does not matter.
struct FlowQuery {
    std::optional<int> year;
    std::optional<AreaId> from;
    std::optional<AreaId> to;
    std::optional<TransferKind> kind;
    [[nodiscard]] bool matches(Transfer const& t) const {
        return (!year || t.month.year() == *year) && (!from || t.from == *from)
               && (!to || t.to == *to) && (!kind || t.kind == *kind);
    }
};

/// One transfer of one person.
struct FoundTransfer {
    std::uint64_t person = 0;
    Group group = Group::mainland;
    Sex sex = Sex::male;
    YearMonth birth = YearMonth::first();
    Branch branch = Branch::none;
    std::optional<AreaId> benefit_area;
    Transfer transfer;
};

struct FoundPeople {
    std::int64_t transfers = 0; ///< all that match
    Fen account;
    Fen pooled;
    std::vector<FoundTransfer> first; ///< by person and month; no more than asked for
};

/// Decides every life of the crowd as `decide` would.
[[nodiscard]] FoundPeople find_people(Setup const& setup,
                                      random::Key key,
                                      Crowd const& crowd,
                                      FlowQuery const& query,
                                      std::size_t limit,
                                      Progressed const& progressed);

} // namespace pensim::engine
