#include "sim/report/network_tables.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <string>

#include <doctest/doctest.h>

#include "tests/sim/network/networks.hpp"

namespace pensim::report {
namespace {

using network::drawn_flows;
using network::Flow;
using network::flow;

AreaTable four_areas() {
    return {{{"GD", "Guangdong", "广东", {}},
             {"HN", "Hunan", "湖南", {}},
             {"SC", "Sichuan", "四川", {}},
             {"SH", "Shanghai", "上海", {}}},
            4};
}

/// In 2030 a triangle of 100.00, one side of which also pays 50.00 more; in 2031 one flow.
std::vector<Flow> small_flows() {
    return {flow(0, 1, 10'000),
            {2030, AreaId{1}, AreaId{2}, 2, Fen(4'000), Fen(6'000)},
            flow(2, 0, 10'000),
            flow(0, 1, 5'000),
            flow(3, 0, 7'001, 2031)};
}

std::map<std::string, std::string> csv_by_name(std::vector<Table> const& tables) {
    std::map<std::string, std::string> texts;
    for (Table const& table : tables) {
        CHECK(texts.emplace(table.name, csv_of(table)).second);
    }
    return texts;
}

TEST_CASE("tables of a small network, word for word") {
    auto const tables = network_tables(small_flows(), four_areas(), 1, 36.5);
    std::vector<std::string> names;
    for (Table const& table : tables) {
        names.push_back(table.name);
    }
    CHECK(names
          == std::vector<std::string>{"network",
                                      "network_totals",
                                      "positions",
                                      "position_totals",
                                      "settlements",
                                      "settlement_totals",
                                      "circles",
                                      "circle_totals"});
    auto texts = csv_by_name(tables);
    CHECK(texts["network"]
          == "year,areas,links,gross,bilateral,settled,payments_gross,payments_settled,"
             "saved_share,circular,circular_share,largest_group,weight\n"
             "2030,3,3,350.00,350.00,50.00,3,1,0.857143,300.00,0.857143,3,36.500000\n"
             "2031,2,1,70.01,70.01,70.01,1,1,0.000000,0.00,0.000000,1,36.500000\n");
    CHECK(texts["network_totals"]
          == "areas,links,gross,bilateral,settled,payments_gross,payments_settled,"
             "saved_share,circular,circular_share,largest_group,weight\n"
             "4,4,420.01,420.01,70.01,4,2,0.833313,300.00,0.714269,3,36.500000\n");
    CHECK(texts["positions"].starts_with(
        "year,area,sent,received,net,links_out,links_in,rank,betweenness,group,weight\n"
        "2030,GD,150.00,100.00,-50.00,1,1,0.333333,0.500000,1,36.500000\n"
        "2030,HN,100.00,150.00,50.00,1,1,0.333333,0.500000,1,36.500000\n"
        "2030,SC,100.00,100.00,0.00,1,1,0.333333,0.500000,1,36.500000\n"
        "2031,GD,0.00,70.01,70.01,0,1,0.649123,0.000000,1,36.500000\n"
        "2031,SH,70.01,0.00,-70.01,1,0,0.350877,0.000000,2,36.500000\n"));
    CHECK(texts["settlements"]
          == "year,payer,payee,amount,weight\n"
             "2030,GD,HN,50.00,36.500000\n"
             "2031,SH,GD,70.01,36.500000\n");
    CHECK(texts["settlement_totals"]
          == "payer,payee,amount,weight\n"
             "SH,HN,50.00,36.500000\n"
             "SH,GD,20.01,36.500000\n");
    CHECK(texts["circles"]
          == "year,circle,areas,amount,weight\n"
             "2030,GD > HN > SC > GD,3,100.00,36.500000\n");
    CHECK(texts["circle_totals"]
          == "circle,areas,amount,weight\n"
             "GD > HN > SC > GD,3,100.00,36.500000\n");
}

TEST_CASE("amounts of several replicates are means, counts and shares those of the sums") {
    auto texts = csv_by_name(network_tables(small_flows(), four_areas(), 3, 1));
    CHECK(texts["network"]
          == "year,areas,links,gross,bilateral,settled,payments_gross,payments_settled,"
             "saved_share,circular,circular_share,largest_group,weight\n"
             "2030,3,3,116.67,116.67,16.67,3,1,0.857143,100.00,0.857143,3,1.000000\n"
             "2031,2,1,23.34,23.34,23.34,1,1,0.000000,0.00,0.000000,1,1.000000\n");
    CHECK(texts["settlement_totals"]
          == "payer,payee,amount,weight\nSH,HN,16.67,1.000000\nSH,GD,6.67,1.000000\n");
    CHECK(texts["position_totals"].find("SC,33.33,33.33,0.00,1,1,") != std::string::npos);
    CHECK(texts["circles"].find("2030,GD > HN > SC > GD,3,33.33,") != std::string::npos);
}

TEST_CASE("amounts are weighted, and nothing else") {
    for (std::uint32_t const replicates : {1U, 2U}) {
        for (Table const& table : network_tables(small_flows(), four_areas(), replicates, 2)) {
            CAPTURE(table.name);
            for (Column const& column : table.columns) {
                CAPTURE(column.name);
                bool const amount = column.kind == Column::Kind::yuan
                                    || (replicates > 1 && column.kind == Column::Kind::real
                                        && column.decimals == 2);
                CHECK(column.weighted == amount);
            }
        }
    }
    auto const twice = weighted(network_tables(small_flows(), four_areas(), 1, 2)[1]);
    CHECK(twice.column("gross").whole == std::vector<std::int64_t>{84'002});
    CHECK(twice.column("links").whole == std::vector<std::int64_t>{4});
}

TEST_CASE("no flows: no years, and one row of nothing in total") {
    auto texts = csv_by_name(network_tables({}, four_areas(), 1, 1));
    CHECK(std::count(texts["network"].begin(), texts["network"].end(), '\n') == 1);
    CHECK(texts["network_totals"].ends_with("weight\n0,0,0.00,0.00,0.00,0,0,,0.00,,0,1.000000\n"));
    CHECK(texts["positions"].ends_with("group,weight\n"));
    CHECK(texts["circle_totals"] == "circle,areas,amount,weight\n");
}

TEST_CASE("at most twenty circles of each period, the largest") {
    std::vector<Area> areas;
    std::vector<Flow> flows;
    for (int i = 0; i < 60; ++i) {
        areas.push_back({"A" + std::to_string(i), "", "", {}});
        for (int const year : {2030, 2031}) {
            flows.push_back(flow(i, i % 2 == 0 ? i + 1 : i - 1, 1'000 + i / 2, year));
        }
    }
    auto const tables = network_tables(flows, AreaTable(areas, 60), 1, 1);
    CHECK(tables[6].rows == 40);
    CHECK(tables[7].rows == 20);
    auto const& amounts = tables[7].column("amount").whole;
    CHECK(amounts.front() == 2 * 1'029);
    CHECK(amounts.back() == 2 * 1'010);
    CHECK(std::is_sorted(amounts.rbegin(), amounts.rend()));
}

std::int64_t sum_of(Table const& table, std::string_view column) {
    auto const& values = table.column(column).whole;
    return std::accumulate(values.begin(), values.end(), std::int64_t{0});
}

TEST_CASE("tables agree with the flows and with each other, whatever the order") {
    std::vector<Area> areas;
    for (int i = 0; i < 31; ++i) {
        areas.push_back({"A" + std::to_string(i), "", "", {}});
    }
    AreaTable const table_of_areas(areas, 31);
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        CAPTURE(seed);
        std::mt19937_64 random(seed);
        auto flows =
            drawn_flows(random, {.areas = 31, .flows = 1'500, .fen_max = 100'000'000, .years = 12});
        auto const tables = network_tables(flows, table_of_areas, 1, 1);
        std::int64_t gross = 0;
        for (Flow const& one : flows) {
            gross += (one.account + one.pooled).count();
        }
        for (std::size_t const totals : {0U, 1U}) {
            Table const& network = tables[totals];
            Table const& positions = tables[2 + totals];
            Table const& settlements = tables[4 + totals];
            CHECK(sum_of(network, "gross") == gross);
            CHECK(sum_of(positions, "sent") == gross);
            CHECK(sum_of(positions, "received") == gross);
            CHECK(sum_of(positions, "net") == 0);
            CHECK(sum_of(positions, "links_in") == sum_of(network, "links"));
            CHECK(sum_of(positions, "links_out") == sum_of(network, "links"));
            CHECK(sum_of(settlements, "amount") == sum_of(network, "settled"));
            CHECK(settlements.rows
                  == static_cast<std::size_t>(sum_of(network, "payments_settled")));
            CHECK(positions.rows == static_cast<std::size_t>(sum_of(network, "areas")));
        }
        CHECK(tables[0].rows == 12);
        std::shuffle(flows.begin(), flows.end(), random);
        CHECK(csv_by_name(network_tables(flows, table_of_areas, 1, 1)) == csv_by_name(tables));
    }
}

TEST_CASE("years that fit and together do not") {
    std::int64_t const most = INT64_MAX;
    std::vector<Flow> const flows{flow(0, 1, most, 2030), flow(0, 1, 1, 2031)};
    CHECK_THROWS_AS(static_cast<void>(network_tables(flows, four_areas(), 1, 1)), MoneyOverflow);
}

} // namespace
} // namespace pensim::report
