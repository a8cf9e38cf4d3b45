#include "sim/network/groups.hpp"

#include <algorithm>
#include <map>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/properties.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/property_map/property_map.hpp>

namespace pensim::network {

namespace {

using Directed = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;
using Undirected = boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS>;

template <class Graph>
Graph skeleton_of(FlowGraph const& graph) {
    Graph skeleton(graph.nodes.size());
    for (Link const& link : graph.links) {
        boost::add_edge(link.from, link.to, skeleton);
    }
    return skeleton;
}

/// The library numbers groups in the order in which it ends them; ours go by their first node.
Groups numbered(std::vector<std::size_t> const& labels) {
    Groups groups;
    std::map<std::size_t, std::size_t> number_of;
    for (std::size_t const label : labels) {
        auto const [entry, is_new] = number_of.try_emplace(label, number_of.size() + 1);
        if (is_new) {
            groups.sizes.push_back(0);
        }
        groups.of.push_back(entry->second);
        ++groups.sizes[entry->second - 1];
    }
    return groups;
}

} // namespace

std::size_t Groups::largest() const {
    return sizes.empty() ? 0 : *std::max_element(sizes.begin(), sizes.end());
}

Groups strong_groups(FlowGraph const& graph) {
    auto const skeleton = skeleton_of<Directed>(graph);
    std::vector<std::size_t> labels(graph.nodes.size());
    boost::strong_components(skeleton,
                             boost::make_iterator_property_map(
                                 labels.begin(), boost::get(boost::vertex_index, skeleton)));
    return numbered(labels);
}

Groups weak_groups(FlowGraph const& graph) {
    auto const skeleton = skeleton_of<Undirected>(graph);
    auto const index = boost::get(boost::vertex_index, skeleton);
    std::vector<std::size_t> labels(graph.nodes.size());
    // Of our own: clang-tidy reports the library's shared array as used after it was freed.
    std::vector<boost::default_color_type> colors(graph.nodes.size());
    boost::connected_components(
        skeleton,
        boost::make_iterator_property_map(labels.begin(), index),
        boost::color_map(boost::make_iterator_property_map(colors.begin(), index)));
    return numbered(labels);
}

} // namespace pensim::network
