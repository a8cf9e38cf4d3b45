// The reference data of scenarios/data, checked: no gaps, no doubles, known areas, units in range.
// Formats and sources: scenarios/data/README.md.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/area/area_table.hpp"
#include "core/law/exemption.hpp"
#include "core/law/identity_number.hpp"
#include "core/law/rule_book.hpp"
#include "core/record/average_wage.hpp"
#include "sim/data/shipped.hpp"

namespace pensim::data {

/// One value of a table that a rule set refers to, with its date and source.
struct SourcedRate {
    YearMonth from = YearMonth::first();
    std::string area; ///< "*" for all
    Rate rate;
    std::string source;
};

struct Tables {
    AreaTable areas;
    AverageWages wages;     ///< fen a month, projected to the last year that is needed
    int wages_known_to = 0; ///< the last year that is no projection
    std::vector<law::Country> countries;
    std::vector<std::string> country_codes; ///< of `countries`, for suggestions
    std::vector<law::Agreement> agreements;
    std::map<std::pair<AreaId, int>, Fen> urban_income; ///< fen a year; may be empty
    std::vector<std::pair<int, int>> payout_months;     ///< age, months
    std::string payout_source;
    /// By "file.csv:column": contribution_rates.csv, contribution_limits.csv, interest_rates.csv.
    std::map<std::string, std::vector<SourcedRate>, std::less<>> rates;
};

/// Problems name file and line.
[[nodiscard]] Result<Tables> load_tables(TableSource const& source);

} // namespace pensim::data
