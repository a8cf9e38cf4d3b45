#include "sim/network/graph_files.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <locale>
#include <sstream>
#include <string_view>
#include <typeinfo>
#include <utility>
#include <vector>

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/graphml.hpp>
#include <boost/graph/graphviz.hpp>
#include <boost/property_map/dynamic_property_map.hpp>
#include <fmt/format.h>

#include "sim/input/text_out.hpp"

namespace pensim::network {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD"; // U+FFFD

/// U+007F to U+009F are control characters too; U+FFFE and U+FFFF are no characters.
bool is_shown(std::string_view character) {
    auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
    if (character.size() == 1) {
        return (byte(0) >= 0x20 && byte(0) != 0x7F) || byte(0) == '\n' || byte(0) == '\t';
    }
    bool const control = byte(0) == 0xC2 && byte(1) < 0xA0;
    return !control && character != "\xEF\xBF\xBE" && character != "\xEF\xBF\xBF";
}

/// Valid UTF-8 without control characters.
std::string clean(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        std::size_t const length = input::utf8_length(text);
        auto const character = text.substr(0, std::max<std::size_t>(length, 1));
        out += length > 0 && is_shown(character) ? character : replacement;
        text.remove_prefix(character.size());
    }
    return out;
}

/// A quoted label of DOT. Quotes are always there, or `node` would be a keyword; Graphviz reads
/// backslashes and character entities within labels, so those that are meant are escaped.
std::string dot_text(std::string_view text) {
    std::string out = "\"";
    for (char const character : clean(text)) {
        switch (character) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '&':
            out += "&amp;";
            break;
        default:
            out += character;
        }
    }
    return out + "\"";
}

std::string yuan(Fen amount) {
    std::string text;
    input::append_yuan(text, amount);
    return text;
}

std::string share(double value) {
    return fmt::format("{:.6f}", value);
}

/// A link's place in FlowGraph::links.
struct Place {
    std::size_t link = 0;
};
using Structure = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, Place>;
using Vertex = boost::graph_traits<Structure>::vertex_descriptor; // a place in FlowGraph::nodes
using Edge = boost::graph_traits<Structure>::edge_descriptor;

/// The same nodes and links in the same order.
Structure structure_of(FlowGraph const& graph) {
    std::vector<std::pair<std::size_t, std::size_t>> ends;
    std::vector<Place> places;
    for (std::size_t i = 0; i < graph.links.size(); ++i) {
        ends.emplace_back(graph.links[i].from, graph.links[i].to);
        places.push_back({i});
    }
    return {boost::edges_are_sorted,
            ends.begin(),
            ends.end(),
            places.begin(),
            graph.nodes.size(),
            ends.size()};
}

/// A column of data under a type of its own choice, written by us: amounts are `double` to those
/// who read, and exact decimals.
template <class Key>
class Data : public boost::dynamic_property_map {
  public:
    using Text = std::function<std::string(Key const&)>;
    Data(std::type_info const& type, Text text) : type_(type), text_(std::move(text)) {}

    boost::any get(boost::any const& key) override { return get_string(key); }
    std::string get_string(boost::any const& key) override {
        return text_(boost::any_cast<Key>(key));
    }
    void put(boost::any const& /*key*/, boost::any const& /*value*/) override {
        PENSIM_EXPECT(false); // nobody reads into a file
    }
    [[nodiscard]] std::type_info const& key() const override { return typeid(Key); }
    [[nodiscard]] std::type_info const& value() const override { return type_; }

  private:
    std::type_info const& type_;
    Text text_;
};

template <class Key, class Type>
void add(boost::dynamic_properties& data, std::string const& name, typename Data<Key>::Text text) {
    data.insert(name, boost::make_shared<Data<Key>>(typeid(Type), std::move(text)));
}

void add_node_data(boost::dynamic_properties& data,
                   Portrait const& portrait,
                   AreaTable const& areas) {
    auto const& nodes = portrait.graph.nodes;
    using Text = std::string;
    add<Vertex, Text>(data, "id", [&](Vertex v) { return clean(areas[nodes[v].area].id); });
    add<Vertex, Text>(
        data, "name_en", [&](Vertex v) { return clean(areas[nodes[v].area].name_en); });
    add<Vertex, Text>(
        data, "name_zh", [&](Vertex v) { return clean(areas[nodes[v].area].name_zh); });
    add<Vertex, double>(data, "sent", [&](Vertex v) { return yuan(nodes[v].sent); });
    add<Vertex, double>(data, "received", [&](Vertex v) { return yuan(nodes[v].received); });
    add<Vertex, double>(data, "net", [&](Vertex v) { return yuan(nodes[v].net); });
    add<Vertex, double>(data, "rank", [&](Vertex v) { return share(portrait.centrality.rank[v]); });
    add<Vertex, double>(
        data, "betweenness", [&](Vertex v) { return share(portrait.centrality.betweenness[v]); });
    add<Vertex, long>(
        data, "group", [&](Vertex v) { return fmt::format("{}", portrait.groups.of[v]); });
}

void add_link_data(boost::dynamic_properties& data,
                   FlowGraph const& graph,
                   Structure const& structure) {
    auto const link = [&](Edge const& e) -> Link const& { return graph.links[structure[e].link]; };
    add<Edge, long>(
        data, "people", [=](Edge const& e) { return fmt::format("{}", link(e).people); });
    add<Edge, double>(data, "account", [=](Edge const& e) { return yuan(link(e).account); });
    add<Edge, double>(data, "pooled", [=](Edge const& e) { return yuan(link(e).pooled); });
    add<Edge, double>(data, "amount", [=](Edge const& e) { return yuan(link(e).amount); });
}

// ---- DOT ----------------------------------------------------------------------------------------

/// Three digits: "4.56", "1.23 m", "45.6 bn".
std::string readable(double amount) {
    constexpr std::array<std::string_view, 5> units{"", " k", " m", " bn", " tn"};
    std::size_t unit = 0;
    double size = std::abs(amount);
    while (size >= 999.5 && unit + 1 < units.size()) {
        size /= 1000;
        ++unit;
    }
    int const decimals = size < 9.995 ? 2 : size < 99.95 ? 1 : 0;
    return fmt::format("{}{:.{}f}{}", amount < 0 ? "-" : "", size, decimals, units[unit]);
}

class Painter {
  public:
    Painter(Portrait const& portrait, AreaTable const& areas, FileTerms const& terms)
        : graph_(portrait.graph), portrait_(portrait), areas_(areas), terms_(terms),
          scale_(terms.weight / terms.replicates / 100) {
        for (Link const& link : graph_.links) {
            largest_ = std::max(largest_, link.amount);
        }
        for (Node const& node : graph_.nodes) {
            busiest_ = std::max(busiest_, turnover(node));
        }
    }

    void head(std::ostream& out) const {
        out << "graph [label="
            << dot_text(terms_.title + "\namounts in yuan; k 10^3, m 10^6, bn 10^9, tn 10^12")
            << ", labelloc=t, fontname=\"Helvetica\", fontsize=14, overlap=prism, sep=\"+8\", "
               "outputorder=edgesfirst];\n"
               "node [shape=circle, fixedsize=true, style=filled, color=\"#666666\", "
               "fontname=\"Helvetica\", fontsize=10];\n"
               "edge [color=\"#6f87a080\", fontcolor=\"#33485c\", fontname=\"Helvetica\", "
               "fontsize=9, arrowsize=0.6];\n";
    }
    void node(std::ostream& out, std::size_t place) const {
        Node const& node = graph_.nodes[place];
        Area const& area = areas_[node.area];
        // As wide as its label needs, and in area as what passes through it.
        double const width = 1.1 + 0.9 * std::sqrt(busiest_ > 0 ? turnover(node) / busiest_ : 0);
        out << fmt::format(
            "[label={}, tooltip={}, width={:.2f}, fillcolor=\"{}\"]",
            dot_text(area.id + "\n" + area.name_en + "\n" + area.name_zh + "\n" + signed_net(node)),
            dot_text(fmt::format("{}: sent {}, received {}, rank {}, betweenness {}, group {}",
                                 area.id,
                                 amount(node.sent),
                                 amount(node.received),
                                 share(portrait_.centrality.rank[place]),
                                 share(portrait_.centrality.betweenness[place]),
                                 portrait_.groups.of[place])),
            width,
            node.net < Fen(0) ? "#f3e6d3" : "#dce8f0");
    }
    void link(std::ostream& out, std::size_t place) const {
        Link const& link = graph_.links[place];
        double const part = largest_ > Fen(0) ? static_cast<double>(link.amount.count())
                                                    / static_cast<double>(largest_.count())
                                              : 0;
        std::string const tooltip = dot_text(fmt::format("{} to {}: {}, {} people",
                                                         areas_[graph_.nodes[link.from].area].id,
                                                         areas_[graph_.nodes[link.to].area].id,
                                                         amount(link.amount),
                                                         people(link.people)));
        if (link.amount.count() < graph_.gross.count() / 100) {
            // It neither says where an area stands nor hides those that do.
            out << "[penwidth=0.3, arrowsize=0.3, constraint=false, tooltip=" << tooltip << "]";
        } else {
            out << fmt::format("[label={}, penwidth={:.2f}, tooltip={}]",
                               dot_text(amount(link.amount)),
                               0.6 + 7.4 * part,
                               tooltip);
        }
    }

  private:
    static double turnover(Node const& node) {
        return static_cast<double>(node.sent.count()) + static_cast<double>(node.received.count());
    }
    [[nodiscard]] std::string amount(Fen fen) const {
        return readable(static_cast<double>(fen.count()) * scale_);
    }
    [[nodiscard]] std::string people(std::int64_t count) const {
        return fmt::format("{:.0f}", static_cast<double>(count) * scale_ * 100);
    }
    [[nodiscard]] std::string signed_net(Node const& node) const {
        return (node.net > Fen(0) ? "+" : "") + amount(node.net);
    }

    FlowGraph const& graph_;
    Portrait const& portrait_;
    AreaTable const& areas_;
    FileTerms const& terms_;
    double scale_; ///< yuan that stand for a fen of the flows
    Fen largest_;  ///< link
    double busiest_ = 0;
};

} // namespace

Portrait portrait_of(std::span<Flow const> flows) {
    FlowGraph graph = graph_of(flows);
    Groups groups = strong_groups(graph);
    Centrality centrality = centrality_of(graph);
    return {std::move(graph), std::move(groups), std::move(centrality)};
}

std::string graphml_of(Portrait const& portrait, AreaTable const& areas, FileTerms const& terms) {
    Structure const structure = structure_of(portrait.graph);
    boost::dynamic_properties data;
    add<Structure*, std::string>(
        data, "title", [&](Structure* /*all*/) { return clean(terms.title); });
    add<Structure*, double>(
        data, "weight", [&](Structure* /*all*/) { return share(terms.weight); });
    add<Structure*, long>(data, "replicates", [&](Structure* /*all*/) {
        return fmt::format("{}", terms.replicates);
    });
    add_node_data(data, portrait, areas);
    add_link_data(data, portrait.graph, structure);
    std::ostringstream out;
    out.imbue(std::locale::classic());
    boost::write_graphml(out, structure, data, true);
    return std::move(out).str();
}

std::string dot_of(Portrait const& portrait, AreaTable const& areas, FileTerms const& terms) {
    Structure const structure = structure_of(portrait.graph);
    Painter const painter(portrait, areas, terms);
    std::ostringstream out;
    out.imbue(std::locale::classic());
    boost::write_graphviz(
        out,
        structure,
        [&](std::ostream& to, Vertex v) { painter.node(to, v); },
        [&](std::ostream& to, Edge const& e) { painter.link(to, structure[e].link); },
        [&](std::ostream& to) { painter.head(to); });
    return std::move(out).str();
}

} // namespace pensim::network
