#include "core/law/citation.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/basis/check.hpp"

namespace pensim::test {

namespace {

using law::Ground;

constexpr Group groups[] = {
    Group::hong_kong, Group::macau, Group::taiwan, Group::foreign, Group::mainland};

} // namespace

TEST_CASE("a step cites the text of the person's group") {
    struct Case {
        Ground ground;
        std::string hmt;
        std::string foreign;
        std::string mainland;
    };
    std::string const by_rule_set = "rule-set";
    for (auto const& c : std::vector<Case>{
             {Ground::relation_qualified,
              "order-41-2019 art. 8(2)",
              "rsth-2021-139 item 1",
              "gbf-2009-66 art. 6(2)"},
             {Ground::last_qualified,
              "order-41-2019 art. 8(2)",
              "rsth-2021-139 item 1",
              "gbf-2009-66 art. 6(3)"},
             {Ground::longest, "order-41-2019 art. 8(2)", "rsth-2021-139 item 1", by_rule_set},
             {Ground::hukou, by_rule_set, by_rule_set, "gbf-2009-66 art. 6(1)"},
             {Ground::hukou_gathers, by_rule_set, by_rule_set, "gbf-2009-66 art. 6(4)"},
             {Ground::temporary_account,
              "gbf-2009-66 art. 5",
              "gbf-2009-66 art. 5",
              "gbf-2009-66 art. 5"},
             {Ground::money_moves,
              "gbf-2009-66 art. 4",
              "gbf-2009-66 art. 4",
              "gbf-2009-66 art. 4"},
             {Ground::departure_ended,
              "order-41-2019 art. 7(1)",
              "order-16-2011 art. 5(2)",
              "order-13-2011"},
             {Ground::death, "sil-2010 art. 14", "order-16-2011 art. 6", "sil-2010 art. 14"},
             {Ground::extension,
              "order-41-2019 art. 8(3)",
              "rsth-2021-139 item 2",
              "order-13-2011 art. 4"},
             {Ground::lump_sum,
              "order-41-2019 art. 6(1)",
              "order-13-2011 art. 2",
              "order-13-2011 art. 2"},
             {Ground::original_age, "gf-1978-104", "gf-1978-104", "gf-1978-104"},
             {Ground::fifteen_years, "gf-2005-38 art. 6", "gf-2005-38 art. 6", "gf-2005-38 art. 6"},
             {Ground::required_months,
              "npc-2024-09-13 art. 2",
              "npc-2024-09-13 art. 2",
              "npc-2024-09-13 art. 2"},
         }) {
        CAPTURE(static_cast<int>(c.ground));
        for (Group const hmt : {Group::hong_kong, Group::macau, Group::taiwan}) {
            CHECK(to_text(cite(c.ground, hmt)) == c.hmt);
        }
        CHECK(to_text(cite(c.ground, Group::foreign)) == c.foreign);
        CHECK(to_text(cite(c.ground, Group::mainland)) == c.mainland);
    }
}

TEST_CASE("every step has a text for every group") {
    for (int code = 0; code < law::ground_count; ++code) {
        for (Group const group : groups) {
            CAPTURE(code);
            CHECK_FALSE(cite(static_cast<Ground>(code), group).document.empty());
        }
    }
    CHECK_THROWS_AS(static_cast<void>(cite(Ground::count_, Group::mainland)), ContractViolation);
}

TEST_CASE("a text without articles stands alone") {
    CHECK(law::to_text({"rsb-2017-31", ""}) == "rsb-2017-31");
    CHECK(law::to_text({"gbf-2009-66", "art. 7"}) == "gbf-2009-66 art. 7");
}

} // namespace pensim::test
