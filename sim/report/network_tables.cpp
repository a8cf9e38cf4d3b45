#include "sim/report/network_tables.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "sim/engine/shards.hpp"
#include "sim/network/centrality.hpp"
#include "sim/network/circles.hpp"
#include "sim/network/groups.hpp"
#include "sim/network/settlement.hpp"
#include "sim/report/table_maker.hpp"

namespace pensim::report {

namespace {

constexpr int share_decimals = 6;

/// All that the tables tell of one period.
struct Period {
    int year = 0; ///< none for all years together
    network::FlowGraph graph;
    network::Settlement settlement;
    network::Circulation circulation;
    network::Groups groups;
    network::Centrality centrality;
};

Period period_of(int year, network::FlowGraph graph) {
    Period period{.year = year, .graph = std::move(graph)};
    period.settlement = network::settlement_of(period.graph);
    period.circulation = network::circulation_of(period.graph);
    period.groups = network::strong_groups(period.graph);
    period.centrality = network::centrality_of(period.graph);
    return period;
}

struct Terms {
    AreaTable const& areas;
    std::uint32_t replicates;
    double weight;
};

/// A table with a year in front, or none.
class PeriodTable {
  public:
    PeriodTable(std::string_view by_year, std::string_view totals, bool yearly, Terms const& terms)
        : terms_(terms), maker_(std::string(yearly ? by_year : totals), terms.replicates) {
        maker_.weight(terms.weight);
        if (yearly) {
            year_ = maker_.whole("year");
        }
    }
    std::size_t whole(std::string_view name) { return maker_.whole(std::string(name)); }
    std::size_t share(std::string_view name) {
        return maker_.number(std::string(name), Column::Kind::real, share_decimals);
    }
    std::size_t amount(std::string_view name) {
        auto const kind = terms_.replicates == 1 ? Column::Kind::yuan : Column::Kind::real;
        return maker_.weighted(maker_.number(std::string(name), kind));
    }
    std::size_t area(std::string_view name) {
        return maker_.words(std::string(name), area_words(terms_.areas));
    }
    std::size_t text(std::string_view name) { return maker_.words(std::string(name), {}); }

    void start_row(Period const& period) {
        if (year_) {
            maker_.put_whole(*year_, period.year);
        }
    }
    template <class Count>
    void put_whole(std::size_t column, Count count) {
        maker_.put_whole(column, static_cast<std::int64_t>(count));
    }
    void put_share(std::size_t column, double share) { maker_.put_real(column, share); }
    void put_amount(std::size_t column, Fen sum) {
        if (terms_.replicates == 1) {
            maker_.put_whole(column, sum.count());
        } else {
            maker_.put_real(column, static_cast<double>(sum.count()) / terms_.replicates / 100);
        }
    }
    void put_area(std::size_t column, AreaId area) { maker_.put(column, row(area)); }
    void put_text(std::size_t column, std::string_view text) { maker_.put_text(column, text); }
    void end_row() { maker_.end_row(); }
    [[nodiscard]] Table finish() { return maker_.finish(); }

  private:
    Terms const& terms_;
    TableMaker maker_;
    std::optional<std::size_t> year_;
};

Table network_table(std::span<Period const> periods, bool yearly, Terms const& terms) {
    PeriodTable table("network", "network_totals", yearly, terms);
    auto const areas = table.whole("areas");
    auto const links = table.whole("links");
    auto const gross = table.amount("gross");
    auto const bilateral = table.amount("bilateral");
    auto const settled = table.amount("settled");
    auto const payments_gross = table.whole("payments_gross");
    auto const payments_settled = table.whole("payments_settled");
    auto const saved_share = table.share("saved_share");
    auto const circular = table.amount("circular");
    auto const circular_share = table.share("circular_share");
    auto const largest_group = table.whole("largest_group");
    for (Period const& period : periods) {
        table.start_row(period);
        table.put_whole(areas, period.graph.nodes.size());
        table.put_whole(links, period.graph.links.size());
        table.put_amount(gross, period.graph.gross);
        table.put_amount(bilateral, period.settlement.bilateral);
        table.put_amount(settled, period.settlement.settled);
        table.put_whole(payments_gross, period.settlement.payments_gross);
        table.put_whole(payments_settled, period.settlement.payments.size());
        table.put_share(saved_share, period.settlement.saved_share());
        table.put_amount(circular, period.circulation.total);
        table.put_share(circular_share, period.circulation.share);
        table.put_whole(largest_group, period.groups.largest());
        table.end_row();
    }
    return table.finish();
}

Table positions_table(std::span<Period const> periods, bool yearly, Terms const& terms) {
    PeriodTable table("positions", "position_totals", yearly, terms);
    auto const area = table.area("area");
    auto const sent = table.amount("sent");
    auto const received = table.amount("received");
    auto const net = table.amount("net");
    auto const links_out = table.whole("links_out");
    auto const links_in = table.whole("links_in");
    auto const rank = table.share("rank");
    auto const betweenness = table.share("betweenness");
    auto const group = table.whole("group");
    for (Period const& period : periods) {
        for (std::size_t i = 0; i < period.graph.nodes.size(); ++i) {
            network::Node const& node = period.graph.nodes[i];
            table.start_row(period);
            table.put_area(area, node.area);
            table.put_amount(sent, node.sent);
            table.put_amount(received, node.received);
            table.put_amount(net, node.net);
            table.put_whole(links_out, node.links_out);
            table.put_whole(links_in, node.links_in);
            table.put_share(rank, period.centrality.rank[i]);
            table.put_share(betweenness, period.centrality.betweenness[i]);
            table.put_whole(group, period.groups.of[i]);
            table.end_row();
        }
    }
    return table.finish();
}

Table settlements_table(std::span<Period const> periods, bool yearly, Terms const& terms) {
    PeriodTable table("settlements", "settlement_totals", yearly, terms);
    auto const payer = table.area("payer");
    auto const payee = table.area("payee");
    auto const amount = table.amount("amount");
    for (Period const& period : periods) {
        for (network::Payment const& payment : period.settlement.payments) {
            table.start_row(period);
            table.put_area(payer, payment.payer);
            table.put_area(payee, payment.payee);
            table.put_amount(amount, payment.amount);
            table.end_row();
        }
    }
    return table.finish();
}

/// "GD > HN > GD".
std::string way_of(network::Circle const& circle, AreaTable const& areas) {
    std::string way;
    for (AreaId const area : circle.areas) {
        way += areas[area].id + " > ";
    }
    return way + areas[circle.areas.front()].id;
}

Table circles_table(std::span<Period const> periods, bool yearly, Terms const& terms) {
    PeriodTable table("circles", "circle_totals", yearly, terms);
    auto const way = table.text("circle");
    auto const areas = table.whole("areas");
    auto const amount = table.amount("amount");
    for (Period const& period : periods) {
        auto const& circles = period.circulation.circles;
        for (std::size_t i = 0; i < std::min(circles.size(), circles_max); ++i) {
            table.start_row(period);
            table.put_text(way, way_of(circles[i], terms.areas));
            table.put_whole(areas, circles[i].areas.size());
            table.put_amount(amount, circles[i].amount);
            table.end_row();
        }
    }
    return table.finish();
}

} // namespace

std::vector<Table> network_tables(std::span<network::Flow const> flows,
                                  AreaTable const& areas,
                                  std::uint32_t replicates,
                                  double weight) {
    PENSIM_EXPECT(replicates > 0);
    auto graphs = network::yearly_graphs(flows);
    std::vector<Period> years(graphs.size());
    std::vector<Period> all(1);
    engine::for_each_shard(1 + graphs.size(), [&](std::uint64_t number) {
        if (number == 0) { // takes longest
            all.front() = period_of(0, network::graph_of(flows));
        } else {
            network::YearGraph& year = graphs[number - 1];
            years[number - 1] = period_of(year.year, std::move(year.graph));
        }
    });
    Terms const terms{areas, replicates, weight};
    std::vector<Table> tables;
    for (auto const make : {network_table, positions_table, settlements_table, circles_table}) {
        tables.push_back(make(years, true, terms));
        tables.push_back(make(all, false, terms));
    }
    return tables;
}

} // namespace pensim::report
