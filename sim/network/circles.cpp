#include "sim/network/circles.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <limits>
#include <numeric>
#include <optional>
#include <tuple>
#include <utility>

namespace pensim::network {

namespace {

constexpr std::size_t nowhere = std::numeric_limits<std::size_t>::max();

/// A flow of least total amount with given net positions, by the primal-dual method: of all ways
/// that still have room the shortest are filled together (E. Dinic's maximum flow), then ways one
/// step longer. There are at most as many lengths as nodes, whatever the amounts; ways one by one,
/// as the graph library finds them, are a hundred times slower with 400 areas.
class LeastFlow {
  public:
    explicit LeastFlow(FlowGraph const& graph)
        : source_(graph.nodes.size()), sink_(source_ + 1), potential_(source_ + 2, 0) {
        for (Link const& link : graph.links) {
            add_arc(link.from, link.to, link.amount.count(), 1);
        }
        for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
            std::int64_t const net = graph.nodes[i].net.count();
            if (net < 0) {
                add_arc(source_, i, -net, 0);
                wanted_ -= net;
            } else if (net > 0) {
                add_arc(i, sink_, net, 0);
            }
        }
        index_arcs();
    }

    void solve() {
        std::int64_t sent = 0;
        while (sent < wanted_) {
            bool const open = find_distances();
            PENSIM_ENSURE(open); // what flowed in the first place is such a flow
            while (find_levels()) {
                next_ = first_;
                sent += fill(source_, std::numeric_limits<std::int64_t>::max());
            }
        }
    }
    /// What flows along a link of the graph.
    [[nodiscard]] std::int64_t on(std::size_t link) const { return arcs_[2 * link + 1].room; }

  private:
    /// Arcs come in twos, there and back.
    struct Arc {
        std::size_t from;
        std::size_t to;
        std::int64_t room;
        std::int64_t cost;
    };
    void add_arc(std::size_t from, std::size_t to, std::int64_t room, std::int64_t cost) {
        arcs_.push_back({from, to, room, cost});
        arcs_.push_back({to, from, 0, -cost});
    }
    void index_arcs() {
        first_.assign(sink_ + 2, 0);
        for (Arc const& arc : arcs_) {
            ++first_[arc.from + 1];
        }
        std::partial_sum(first_.begin(), first_.end(), first_.begin());
        by_node_.resize(arcs_.size());
        auto place = first_;
        for (std::size_t i = 0; i < arcs_.size(); ++i) {
            by_node_[place[arcs_[i].from]++] = i;
        }
    }
    /// Longer than the shortest way by so much; never negative where there is room.
    [[nodiscard]] std::int64_t detour(Arc const& arc) const {
        return arc.cost + potential_[arc.from] - potential_[arc.to];
    }
    /// Detours up to the sink's, then new potentials; whether the sink can be reached. Detours are
    /// small whole numbers, so nodes wait in a bucket for each (R. Dial 1969).
    bool find_distances() {
        constexpr auto far = std::numeric_limits<std::int64_t>::max();
        std::vector<std::int64_t> distance(sink_ + 1, far);
        distance[source_] = 0;
        std::vector<std::vector<std::size_t>> buckets{{source_}};
        for (std::size_t at = 0; at < buckets.size(); ++at) {
            auto const here = static_cast<std::int64_t>(at);
            for (std::size_t k = 0; k < buckets[at].size() && here < distance[sink_]; ++k) {
                std::size_t const node = buckets[at][k];
                if (distance[node] != here) {
                    continue; // reached on a shorter way since
                }
                for (std::size_t i = first_[node]; i < first_[node + 1]; ++i) {
                    Arc const& arc = arcs_[by_node_[i]];
                    std::int64_t const there = here + detour(arc);
                    if (arc.room > 0 && there < distance[arc.to]) {
                        distance[arc.to] = there;
                        auto const bucket = static_cast<std::size_t>(there);
                        buckets.resize(std::max(buckets.size(), bucket + 1));
                        buckets[bucket].push_back(arc.to);
                    }
                }
            }
        }
        if (distance[sink_] == far) {
            return false;
        }
        for (std::size_t node = 0; node <= sink_; ++node) {
            potential_[node] += std::min(distance[node], distance[sink_]);
        }
        return true;
    }
    [[nodiscard]] bool is_open(Arc const& arc) const { return arc.room > 0 && detour(arc) == 0; }
    /// Steps from the source along the shortest ways; whether one of them still has room.
    bool find_levels() {
        level_.assign(sink_ + 1, nowhere);
        level_[source_] = 0;
        std::vector<std::size_t> queue{source_};
        for (std::size_t head = 0; head < queue.size(); ++head) {
            std::size_t const node = queue[head];
            for (std::size_t i = first_[node]; i < first_[node + 1]; ++i) {
                Arc const& arc = arcs_[by_node_[i]];
                if (is_open(arc) && level_[arc.to] == nowhere) {
                    level_[arc.to] = level_[node] + 1;
                    queue.push_back(arc.to);
                }
            }
        }
        return level_[sink_] != nowhere;
    }
    /// Sends up to `most` from a node to the sink, level by level; gives what arrived.
    std::int64_t fill(std::size_t node, std::int64_t most) {
        if (node == sink_) {
            return most;
        }
        std::int64_t sent = 0;
        for (std::size_t& i = next_[node]; i < first_[node + 1]; ++i) {
            Arc& arc = arcs_[by_node_[i]];
            if (!is_open(arc) || level_[arc.to] != level_[node] + 1) {
                continue;
            }
            std::int64_t const more = fill(arc.to, std::min(most - sent, arc.room));
            arc.room -= more;
            arcs_[by_node_[i] ^ 1U].room += more;
            sent += more;
            if (sent == most) {
                break; // this arc may have room for the next that comes by
            }
        }
        return sent;
    }

    std::size_t source_;
    std::size_t sink_;
    std::int64_t wanted_ = 0;
    std::vector<Arc> arcs_; ///< 2 i there and 2 i + 1 back: what flows along arc i
    std::vector<std::size_t> first_;
    std::vector<std::size_t> by_node_;
    std::vector<std::int64_t> potential_;
    std::vector<std::size_t> level_;
    std::vector<std::size_t> next_;
};

/// Takes a circulation apart, circle by circle.
class CircleFinder {
  public:
    /// `amounts` by link; as much must come into every node as leaves it.
    CircleFinder(FlowGraph const& graph, std::vector<Fen> const& amounts)
        : graph_(graph), left_(amounts), first_(graph.nodes.size() + 1, 0) {
        for (Link const& link : graph.links) {
            ++first_[link.from + 1];
        }
        std::partial_sum(first_.begin(), first_.end(), first_.begin());
    }

    [[nodiscard]] std::vector<Circle> find() {
        while (circles_.size() < widest_circles) {
            auto const width = find_width();
            if (!width) {
                return std::move(circles_);
            }
            take(shortest_circle(*width));
        }
        take_the_rest();
        return std::move(circles_);
    }

  private:
    /// Whether links with at least `width` left make a circle: taking away, again and again, nodes
    /// into which no link leads does not take away all.
    [[nodiscard]] bool has_circle(Fen width) const {
        std::vector<std::size_t> entries(graph_.nodes.size(), 0);
        for (std::size_t i = 0; i < left_.size(); ++i) {
            entries[graph_.links[i].to] += left_[i] >= width ? 1U : 0U;
        }
        std::vector<std::size_t> gone;
        for (std::size_t node = 0; node < entries.size(); ++node) {
            if (entries[node] == 0) {
                gone.push_back(node);
            }
        }
        for (std::size_t head = 0; head < gone.size(); ++head) {
            for (std::size_t i = first_[gone[head]]; i < first_[gone[head] + 1]; ++i) {
                if (left_[i] >= width && --entries[graph_.links[i].to] == 0) {
                    gone.push_back(graph_.links[i].to);
                }
            }
        }
        return gone.size() < entries.size();
    }
    /// The largest amount that goes round some circle.
    [[nodiscard]] std::optional<Fen> find_width() const {
        std::vector<Fen> amounts;
        std::copy_if(left_.begin(), left_.end(), std::back_inserter(amounts), [](Fen amount) {
            return amount > Fen(0);
        });
        if (amounts.empty()) {
            return std::nullopt;
        }
        std::sort(amounts.begin(), amounts.end());
        amounts.erase(std::unique(amounts.begin(), amounts.end()), amounts.end());
        auto const narrow = std::partition_point(
            amounts.begin(), amounts.end(), [&](Fen width) { return has_circle(width); });
        PENSIM_ENSURE(narrow != amounts.begin());
        return *std::prev(narrow);
    }
    /// The links of one of the circles with few areas among those of the largest width: such a
    /// circle leaves some node by a link of just this amount.
    [[nodiscard]] std::vector<std::size_t> shortest_circle(Fen width) const {
        std::vector<std::size_t> shortest;
        std::size_t last = nowhere;
        for (std::size_t i = 0; i < left_.size() && shortest.size() != 2; ++i) {
            std::size_t const start = graph_.links[i].from;
            if (left_[i] == width && start != last) {
                last = start;
                auto found = circle_through(start, width);
                if (!found.empty() && (shortest.empty() || found.size() < shortest.size())) {
                    shortest = std::move(found);
                }
            }
        }
        return shortest;
    }
    /// The links of a shortest circle through `start`, by breadth first; none if there is none.
    [[nodiscard]] std::vector<std::size_t> circle_through(std::size_t start, Fen width) const {
        std::vector<std::size_t> reached_by(graph_.nodes.size(), nowhere);
        std::vector<std::size_t> queue{start};
        for (std::size_t head = 0; head < queue.size(); ++head) {
            for (std::size_t i = first_[queue[head]]; i < first_[queue[head] + 1]; ++i) {
                std::size_t const to = graph_.links[i].to;
                if (left_[i] < width || reached_by[to] != nowhere) {
                    continue;
                }
                reached_by[to] = i;
                if (to == start) {
                    return way_back(reached_by, start);
                }
                queue.push_back(to);
            }
        }
        return {};
    }
    [[nodiscard]] std::vector<std::size_t> way_back(std::vector<std::size_t> const& reached_by,
                                                    std::size_t start) const {
        std::vector<std::size_t> links;
        std::size_t node = start;
        do {
            links.push_back(reached_by[node]);
            node = graph_.links[reached_by[node]].from;
        } while (node != start);
        std::reverse(links.begin(), links.end());
        return links;
    }
    void take(std::vector<std::size_t> const& links) {
        PENSIM_EXPECT(!links.empty());
        Circle circle{.areas = {}, .amount = left_[links.front()]};
        for (std::size_t const link : links) {
            circle.amount = std::min(circle.amount, left_[link]);
            circle.areas.push_back(graph_.nodes[graph_.links[link].from].area);
        }
        for (std::size_t const link : links) {
            left_[link] -= circle.amount;
        }
        std::rotate(circle.areas.begin(),
                    std::min_element(circle.areas.begin(), circle.areas.end()),
                    circle.areas.end());
        circles_.push_back(std::move(circle));
    }
    /// Walks on until it comes by where it was. What comes into a node leaves it, so no walk ends.
    void take_the_rest() {
        auto next = first_;
        std::vector<std::size_t> walked;
        std::vector<std::size_t> step_from(graph_.nodes.size(), nowhere);
        for (std::size_t start = 0; start < graph_.nodes.size(); ++start) {
            for (std::size_t node = start;;) {
                if (step_from[node] != nowhere) { // a circle: from its step in `walked` to the end
                    auto const step = walked.begin() + static_cast<std::ptrdiff_t>(step_from[node]);
                    take({step, walked.end()});
                    for (auto link = step; link != walked.end(); ++link) {
                        step_from[graph_.links[*link].from] = nowhere;
                    }
                    walked.erase(step, walked.end());
                }
                std::size_t& link = next[node];
                while (link < first_[node + 1] && left_[link] == Fen(0)) {
                    ++link;
                }
                if (link == first_[node + 1]) {
                    break;
                }
                step_from[node] = walked.size();
                walked.push_back(link);
                node = graph_.links[link].to;
            }
            PENSIM_ENSURE(walked.empty());
        }
    }

    FlowGraph const& graph_;
    std::vector<Fen> left_;
    std::vector<std::size_t> first_; ///< of each node's links
    std::vector<Circle> circles_;
};

} // namespace

Circulation circulation_of(FlowGraph const& graph) {
    LeastFlow flow(graph);
    flow.solve();
    Circulation result;
    for (std::size_t i = 0; i < graph.links.size(); ++i) {
        result.by_link.push_back(graph.links[i].amount - Fen(flow.on(i)));
        result.total += result.by_link.back();
    }
    result.circles = CircleFinder(graph, result.by_link).find();
    std::sort(result.circles.begin(), result.circles.end(), [](Circle const& a, Circle const& b) {
        auto const a_size = a.areas.size();
        auto const b_size = b.areas.size();
        return std::tie(b.amount, a_size, a.areas) < std::tie(a.amount, b_size, b.areas);
    });
    Fen sum;
    for (Circle const& circle : result.circles) {
        sum += circle.total();
    }
    PENSIM_ENSURE(sum == result.total);
    result.share = graph.gross == Fen(0) ? std::numeric_limits<double>::quiet_NaN()
                                         : static_cast<double>(result.total.count())
                                               / static_cast<double>(graph.gross.count());
    return result;
}

} // namespace pensim::network
