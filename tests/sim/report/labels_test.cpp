#include "sim/report/labels.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <doctest/doctest.h>

#include "core/law/rule_keys.hpp"
#include "core/law/words.hpp"
#include "sim/reform/sweep.hpp"
#include "sim/report/page_tables.hpp"
#include "sim/report/run_results.hpp"
#include "sim/report/run_scenario.hpp"
#include "tests/support/compared.hpp"

namespace pensim::report {
namespace {

using test::simulated;

/// Any character of the block of common Chinese ones (U+4E00 to U+9FFF).
bool has_chinese(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        auto const byte = static_cast<unsigned char>(c);
        return byte >= 0xe4 && byte <= 0xe9;
    });
}

/// Every column has a name of its own, in both languages, that no other column of the table has.
void check_columns(Table const& table) {
    CAPTURE(table.name);
    CHECK(title_of(table.name).en != table.name);
    CHECK(has_chinese(title_of(table.name).zh));
    CHECK_FALSE(note_of(table.name).en.empty());
    CHECK(has_chinese(note_of(table.name).zh));
    std::set<std::string> english;
    std::set<std::string> chinese;
    for (Column const& column : table.columns) {
        CAPTURE(column.name);
        Label const label = label_of(table.name, column);
        CHECK(label.name.en != column.name);
        CHECK_FALSE(label.name.en.empty());
        CHECK_FALSE(has_chinese(label.name.en));
        CHECK(has_chinese(label.name.zh));
        CHECK(english.insert(label.name.en).second);
        CHECK(chinese.insert(label.name.zh).second);
        CHECK((label.unit == Unit::none) == (column.kind == Column::Kind::word));
    }
}

/// Columns whose words are texts or ids from files, which have no other name.
bool free_text(Table const& table, Column const& column) {
    static std::set<std::string, std::less<>> const texts{"reform",
                                                          "baseline",
                                                          "reform_value",
                                                          "baseline_source",
                                                          "reform_source",
                                                          "source",
                                                          "target",
                                                          "place.min_months",
                                                          "place.tie"};
    return texts.contains(column.name)
           || (table.name == "parameters" && (column.name == "from" || column.name == "to"));
}

/// Every word has a Chinese name; a month or an age in figures needs none in English.
void check_words(Table const& table, AreaTable const& areas) {
    CAPTURE(table.name);
    for (Column const& column : table.columns) {
        if (column.kind != Column::Kind::word || free_text(table, column)) {
            continue;
        }
        CAPTURE(column.name);
        std::set<std::uint32_t> const used(column.codes.begin(), column.codes.end());
        std::map<std::string, std::string> labels;
        for (std::uint32_t const code : used) {
            std::string const& word = column.words[code];
            CAPTURE(word);
            Bilingual const label = label_of_word(table.name, column.name, word, areas);
            CHECK(label.en.empty() == label.zh.empty());
            bool const month = word.size() == 7 && word[4] == '-'; // an item of the calibration
            if (!month && !label.zh.empty()) {
                CHECK(has_chinese(label.zh));
            }
            CHECK_FALSE(has_chinese(label.en));
            CHECK(labels.emplace(label.zh, word).first->second == word);
        }
    }
}

void check_tables(std::vector<Table> const& tables, AreaTable const& areas) {
    for (Table const& table : tables) {
        CAPTURE(table.name);
        CHECK(table.rows > 0);
        check_columns(table);
        check_words(table, areas);
    }
}

TEST_CASE("every table, column and word of a run has names") {
    for (std::uint32_t const replicates : {1U, 2U}) {
        CAPTURE(replicates);
        for (char const* const scenario : {"hmt", "national"}) {
            auto const simulation = simulated(
                scenario, {.persons = 1500, .replicates = replicates, .with_pilot = false});
            RunResults const results = run_scenario(*simulation, {}).results;
            auto const tables = tables_of(results, *simulation);
            CHECK(tables.size() == 13);
            check_tables(tables, simulation->tables.areas);
            check_tables(page_tables_of(results, *simulation), simulation->tables.areas);
        }
    }
}

TEST_CASE("every table, column and word of a comparison has names") {
    for (std::uint32_t const replicates : {1U, 2U}) {
        auto const simulation =
            simulated("national", {.persons = 600, .replicates = replicates, .with_pilot = false});
        test::Planned const planned(*simulation, {"longest-only", "required-180"});
        auto const tables = reform::tables_of(reform::compare(planned.plan), planned.plan);
        CHECK(tables.size() == 9);
        check_tables(tables, simulation->tables.areas);
    }
}

TEST_CASE("every table, column and word of a sweep has names") {
    auto const simulation = simulated("hmt", {.persons = 400, .with_pilot = false});
    auto const sweep =
        reform::Sweep::make(*simulation,
                            {reform::parse_axis("place.min_months=60:120:60").value(),
                             reform::parse_axis("place.tie=latest_last_paid,latest_start").value()},
                            YearMonth(2027, 1))
            .value();
    auto const plan = sweep.plan();
    auto const tables = reform::tables_of(reform::compare(plan), plan, sweep);
    CHECK(tables.size() == 2);
    check_tables(tables, simulation->tables.areas);
}

TEST_CASE("columns of tables for people only") {
    using Names = std::vector<std::string>;
    std::map<std::string, Names> const words{
        {"distributions", {"measure"}},
        {"links", {"from", "to"}},
        {"branches", {"branch"}},
        {"paths", {"last_area", "benefit_area"}},
        {"positions", {"area"}},
        {"position_totals", {"area"}},
        {"settlements", {"payer", "payee"}},
        {"settlement_totals", {"payer", "payee"}},
        {"circles", {"circle"}},
        {"circle_totals", {"circle"}},
        {"network", {}},
        {"network_totals", {}},
    };
    Names const network{"areas",
                        "links",
                        "gross",
                        "bilateral",
                        "settled",
                        "payments_gross",
                        "payments_settled",
                        "saved_share",
                        "circular",
                        "circular_share",
                        "largest_group"};
    Names const position{
        "sent", "received", "net", "links_out", "links_in", "rank", "betweenness", "group"};
    std::map<std::string, Names> const numbers{
        {"distributions", {"from", "to", "people", "share"}},
        {"links", {"year", "people", "account", "pooled", "amount"}},
        {"branches", {"people", "share", "elsewhere"}},
        {"paths", {"people"}},
        {"positions", position},
        {"position_totals", position},
        {"settlements", {"year", "amount"}},
        {"settlement_totals", {"amount"}},
        {"circles", {"year", "areas", "amount"}},
        {"circle_totals", {"areas", "amount"}},
        {"network", network},
        {"network_totals", network},
    };
    for (auto const& [name, of_words] : words) {
        Table table{.name = name};
        for (std::string const& column : of_words) {
            table.columns.push_back({.name = column, .kind = Column::Kind::word});
        }
        for (std::string const& column : numbers.at(name)) {
            table.columns.push_back({.name = column, .kind = Column::Kind::real});
        }
        check_columns(table);
    }
}

TEST_CASE("titles differ and fit the name of a sheet") {
    std::set<std::string> seen;
    for (char const* const name : {"flows",
                                   "flow_totals",
                                   "locations",
                                   "areas",
                                   "area_totals",
                                   "calibration",
                                   "distributions",
                                   "links",
                                   "branches",
                                   "paths",
                                   "network",
                                   "network_totals",
                                   "positions",
                                   "position_totals",
                                   "settlements",
                                   "settlement_totals",
                                   "circles",
                                   "circle_totals",
                                   "changes",
                                   "transitions",
                                   "winners",
                                   "parameters",
                                   "sweep",
                                   "sensitivity",
                                   "overview",
                                   "area_contrasts",
                                   "branch_contrasts",
                                   "transition_totals",
                                   "curves"}) {
        CAPTURE(name);
        CHECK(title_of(name).en != name);
        CHECK(title_of(name).en.size() <= 31);
        CHECK(seen.insert(title_of(name).en).second);
        CHECK(seen.insert(title_of(name).zh).second);
    }
}

TEST_CASE("labels, word for word") {
    struct Named {
        char const* table;
        Column column;
        char const* en;
        char const* zh;
        Unit unit;
    };
    using Kind = Column::Kind;
    for (Named const& c : std::vector<Named>{
             {"flows",
              {.name = "pooled", .kind = Kind::yuan},
              "Pooled money",
              "统筹基金",
              Unit::yuan},
             {"flows", {.name = "people"}, "People", "人次", Unit::people},
             {"locations", {.name = "people"}, "People", "人数", Unit::people},
             {"flows",
              {.name = "account_sd", .kind = Kind::real},
              "Account money, standard deviation",
              "个人账户（标准差）",
              Unit::yuan},
             {"flow_totals",
              {.name = "people_factor", .kind = Kind::real},
              "People, error factor",
              "人次（误差倍数）",
              Unit::number},
             {"areas",
              {.name = "temporary_out_pooled", .kind = Kind::yuan},
              "Temporary accounts: pooled money out",
              "临时账户：转出统筹基金",
              Unit::yuan},
             {"areas",
              {.name = "move_in_account_hi95", .kind = Kind::real},
              "Moves: account money in, 95% high",
              "转移：转入个人账户（95%上限）",
              Unit::yuan},
             {"areas",
              {.name = "value_baseline", .kind = Kind::quantity},
              "Value, baseline",
              "数值（基准）",
              Unit::number},
             {"winners",
              {.name = "p30", .kind = Kind::real},
              "3rd decile",
              "第3十分位数",
              Unit::yuan},
             {"sensitivity",
              {.name = "per_unit_of_place.min_months", .kind = Kind::real},
              "Per unit of place.min_months",
              "place.min_months 每单位的变化",
              Unit::number},
             {"sweep",
              {.name = "place.min_months", .kind = Kind::word},
              "Months that qualify an area (place.min_months)",
              "参保地累计缴费满多少个月（place.min_months）",
              Unit::none},
             {"sweep",
              {.name = "stranger", .kind = Kind::real},
              "stranger",
              "stranger",
              Unit::number},
         }) {
        CAPTURE(c.table);
        CAPTURE(c.column.name);
        Label const label = label_of(c.table, c.column);
        CHECK(label.name.en == c.en);
        CHECK(label.name.zh == c.zh);
        CHECK(label.unit == c.unit);
    }
    CHECK(title_of("stranger").zh == "stranger");
    CHECK(note_of("stranger").en.empty());
    CHECK(rule_label("place.order.foreign")->en
          == "Order in which criteria are tried for foreigners (place.order.foreign)");
    CHECK_FALSE(rule_label("place").has_value());
}

TEST_CASE("every parameter has a label of its own") {
    std::set<std::string> seen;
    for (std::size_t i = 0; i < law::rule_count; ++i) {
        auto const label = rule_label(law::rule_name(i));
        REQUIRE(label.has_value());
        CHECK(has_chinese(label->zh));
        CHECK(seen.insert(label->en.substr(0, label->en.find(" ("))).second);
    }
}

TEST_CASE("words, word for word") {
    AreaTable const areas(
        {{"GD", "Guangdong", "广东", {}}, {"HN", "Hunan", "湖南", {}}, {"=1", "One", "一", {}}}, 3);
    struct Named {
        char const* table;
        char const* column;
        char const* word;
        char const* en;
        char const* zh;
    };
    for (Named const& c : std::vector<Named>{
             {"flows", "from", "GD", "Guangdong", "广东"},
             {"flow_totals", "to", "", "All areas", "全部地区"},
             {"area_totals", "area", "", "All areas", "全部地区"},
             {"parameters", "to", "", "", ""},
             {"locations", "benefit_area", "", "", ""},
             {"flows", "kind", "gather", "gather", "归集"},
             {"locations", "group", "macau", "resident of Macau", "澳门居民"},
             {"locations", "branch", "none", "none", "无"},
             {"transitions", "from", "none", "none", "无"},
             {"transitions", "to", "13-60", "13-60 months short", "差13-60个月"},
             {"transitions", "to", "121+", "121 months short and more", "差121个月及以上"},
             {"transitions", "from", "up to 500", "up to 500 yuan", "至500元"},
             {"transitions", "from", "over 500000", "over 500000 yuan", "超过500000元"},
             {"transitions", "from", "longest", "the longest", "缴费年限最长"},
             {"transitions", "from", "pension", "pension", "领取养老金"},
             {"winners", "value", "30-39", "aged 30-39", "30-39岁"},
             {"winners", "value", "100+", "aged 100 and over", "100岁及以上"},
             {"winners", "value", "5-10 years", "5-10 years paid", "缴费5-10年"},
             {"winners", "value", "45+ years", "45 years and more paid", "缴费45年及以上"},
             {"winners", "value", "HN", "Hunan", "湖南"},
             {"parameters", "from", "2027-01", "2027-01", "2027-01"},
             {"transitions", "from", "1-12", "1-12 months short", "差1-12个月"},
             {"sweep", "figure", "gain.HN", "Gain from portability: Hunan", "转移接续得失：湖南"},
             {"sweep", "figure", "changed.any", "People changed: Anything", "受影响人数：任何变化"},
             {"sweep",
              "figure",
              "flows.move.people",
              "Flows, move: People",
              "资金流向（转移）：人次"},
             {"sweep", "figure", "gain.nobody", "gain.nobody", "gain.nobody"},
             {"circles",
              "circle",
              "GD > HN > XX > GD",
              "Guangdong > Hunan > XX > Guangdong",
              "广东 > 湖南 > XX > 广东"},
             {"calibration", "item", "2021-10", "2021-10", "2021-10"},
             {"calibration", "item", "HN", "Hunan", "湖南"},
             {"areas", "item", "refunds", "Accounts paid out", "一次性支付的个人账户"},
             {"parameters", "baseline", "move", "move", "move"},
             {"any", "column", "none of ours", "none of ours", "none of ours"},
         }) {
        CAPTURE(c.column);
        CAPTURE(c.word);
        Bilingual const label = label_of_word(c.table, c.column, c.word, areas);
        CHECK(label.en == c.en);
        CHECK(label.zh == c.zh);
    }
    CHECK(label_of_word("area", "GD", areas).zh == "广东");
    CHECK(label_of_word("area", "", areas).zh.empty());
}

TEST_CASE("units") {
    CHECK(word_of(Unit::yuan) == "yuan");
    CHECK(name_of(Unit::yuan).zh == "元");
    CHECK(name_of(Unit::none).en.empty());
    for (auto const unit :
         {Unit::year, Unit::people, Unit::months, Unit::yuan, Unit::share, Unit::number}) {
        CHECK(name_of(unit).en == word_of(unit));
        CHECK(has_chinese(name_of(unit).zh));
    }
}

} // namespace
} // namespace pensim::report
