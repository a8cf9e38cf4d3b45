#include "core/law/citation.hpp"

#include <array>

#include "core/basis/check.hpp"

namespace pensim::law {

namespace {

/// One row a ground: residents of Hong Kong, Macau and Taiwan; foreigners; mainland residents.
struct Row {
    Ground ground;
    Citation hmt;
    Citation foreign;
    Citation mainland;
};

constexpr Citation reform{"rule-set", ""};

constexpr std::array<Row, ground_count> rows{{
    {Ground::insured,
     {"order-41-2019", "art. 2"},
     {"order-16-2011", "art. 3"},
     {"gbf-2009-66", "art. 1"}},
    {Ground::exempt, {"order-41-2019", "art. 11"}, {"order-16-2011", "art. 9"}, reform},
    {Ground::account_credit,
     {"gf-2005-38", "art. 6"},
     {"gf-2005-38", "art. 6"},
     {"gf-2005-38", "art. 6"}},
    {Ground::account_interest, {"rsb-2017-31", ""}, {"rsb-2017-31", ""}, {"rsb-2017-31", ""}},
    {Ground::overlap,
     {"rsb-2010-70", "item 10"},
     {"rsb-2010-70", "item 10"},
     {"rsb-2010-70", "item 10"}},
    {Ground::relation_moves,
     {"order-41-2019", "art. 8(2)"},
     {"gbf-2009-66", "art. 3"},
     {"gbf-2009-66", "art. 5"}},
    {Ground::money_moves,
     {"gbf-2009-66", "art. 4"},
     {"gbf-2009-66", "art. 4"},
     {"gbf-2009-66", "art. 4"}},
    {Ground::temporary_account,
     {"gbf-2009-66", "art. 5"},
     {"gbf-2009-66", "art. 5"},
     {"gbf-2009-66", "art. 5"}},
    {Ground::departure_kept,
     {"order-41-2019", "art. 7(1)"},
     {"order-16-2011", "art. 5(2)"},
     {"order-13-2011", ""}},
    {Ground::departure_ended,
     {"order-41-2019", "art. 7(1)"},
     {"order-16-2011", "art. 5(2)"},
     {"order-13-2011", ""}},
    {Ground::death, {"sil-2010", "art. 14"}, {"order-16-2011", "art. 6"}, {"sil-2010", "art. 14"}},
    {Ground::death_grant, {"rsb-2021-18", ""}, {"rsb-2021-18", ""}, {"rsb-2021-18", ""}},
    {Ground::original_age, {"gf-1978-104", ""}, {"gf-1978-104", ""}, {"gf-1978-104", ""}},
    {Ground::statutory_age,
     {"npc-2024-09-13", "art. 1"},
     {"npc-2024-09-13", "art. 1"},
     {"npc-2024-09-13", "art. 1"}},
    {Ground::flexible_claim, {"rsb-2024-94", ""}, {"rsb-2024-94", ""}, {"rsb-2024-94", ""}},
    {Ground::fifteen_years,
     {"gf-2005-38", "art. 6"},
     {"gf-2005-38", "art. 6"},
     {"gf-2005-38", "art. 6"}},
    {Ground::required_months,
     {"npc-2024-09-13", "art. 2"},
     {"npc-2024-09-13", "art. 2"},
     {"npc-2024-09-13", "art. 2"}},
    {Ground::hukou, reform, reform, {"gbf-2009-66", "art. 6(1)"}},
    {Ground::relation_qualified,
     {"order-41-2019", "art. 8(2)"},
     {"rsth-2021-139", "item 1"},
     {"gbf-2009-66", "art. 6(2)"}},
    {Ground::last_qualified,
     {"order-41-2019", "art. 8(2)"},
     {"rsth-2021-139", "item 1"},
     {"gbf-2009-66", "art. 6(3)"}},
    {Ground::longest, {"order-41-2019", "art. 8(2)"}, {"rsth-2021-139", "item 1"}, reform},
    {Ground::longest_last, {"order-41-2019", "art. 8(2)"}, {"order-41-2019", "art. 8(2)"}, reform},
    {Ground::hukou_gathers, reform, reform, {"gbf-2009-66", "art. 6(4)"}},
    {Ground::reform_criterion, reform, reform, reform},
    {Ground::last_area_election, {"gd-2019-48", ""}, reform, reform},
    {Ground::gathering,
     {"order-41-2019", "art. 8(2)"},
     {"rsth-2021-139", "item 1"},
     {"gbf-2009-66", "art. 6"}},
    {Ground::extension,
     {"order-41-2019", "art. 8(3)"},
     {"rsth-2021-139", "item 2"},
     {"order-13-2011", "art. 4"}},
    {Ground::lump_sum,
     {"order-41-2019", "art. 6(1)"},
     {"order-13-2011", "art. 2"},
     {"order-13-2011", "art. 2"}},
    {Ground::pension_formula,
     {"gbf-2009-66", "art. 7"},
     {"gbf-2009-66", "art. 7"},
     {"gbf-2009-66", "art. 7"}},
    {Ground::bridge,
     {"rsb-2014-17", "art. 4"},
     {"rsb-2014-17", "art. 4"},
     {"rsb-2014-17", "art. 4"}},
}};

constexpr bool rows_in_order() {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].ground != static_cast<Ground>(i)) {
            return false;
        }
    }
    return true;
}
static_assert(rows_in_order());

} // namespace

Citation cite(Ground ground, Group group) {
    PENSIM_EXPECT(ground != Ground::count_);
    Row const& found = rows[static_cast<std::size_t>(ground)];
    switch (group) {
    case Group::mainland:
        return found.mainland;
    case Group::foreign:
        return found.foreign;
    case Group::hong_kong:
    case Group::macau:
    case Group::taiwan:
        break;
    }
    return found.hmt;
}

std::string to_text(Citation const& citation) {
    std::string text(citation.document);
    if (!citation.article.empty()) {
        text += ' ';
        text += citation.article;
    }
    return text;
}

} // namespace pensim::law
