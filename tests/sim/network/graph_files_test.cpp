#include "sim/network/graph_files.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "tests/sim/network/networks.hpp"

namespace pensim::network {
namespace {

AreaTable areas_named(std::vector<std::string> const& names) {
    std::vector<Area> areas;
    for (std::size_t i = 0; i < names.size(); ++i) {
        areas.push_back({"A" + std::to_string(i), names[i], names[i], {}});
    }
    auto const count = areas.size();
    return {std::move(areas), count};
}

AreaTable three_areas() {
    return {{{"GD", "Guangdong", "广东", {}},
             {"HN", "Hunan", "湖南", {}},
             {"SC", "Sichuan", "四川", {}}},
            3};
}
std::vector<Flow> three_flows() {
    return {{2031, AreaId{0}, AreaId{1}, 3, Fen(123500), Fen(44)},
            {2031, AreaId{1}, AreaId{0}, 1, Fen(7), Fen(0)},
            {2031, AreaId{2}, AreaId{0}, 2, Fen(100'000'000), Fen(250'000'000)}};
}

std::size_t count_of(std::string_view text, std::string_view wanted) {
    std::size_t count = 0;
    for (auto at = text.find(wanted); at != text.npos; at = text.find(wanted, at + 1)) {
        ++count;
    }
    return count;
}

/// Some names that break files in which they are not escaped, and how each looks in one that holds.
struct Hostile {
    std::string_view why;
    std::string name;
    std::string_view in_graphml;
    std::string_view in_dot;
};
std::vector<Hostile> hostile_names() {
    using namespace std::string_literals;
    return {
        {"a quote", "a\"b", "a&quot;b", "a\\\"b"},
        {"a single quote", "it's", "it&apos;s", "it's"},
        {"markup",
         "<script>alert(1)</script>",
         "&lt;script&gt;alert(1)&lt;/script&gt;",
         "<script>alert(1)</script>"},
        {"a label of markup", "<b>x</b>", "&lt;b&gt;x&lt;/b&gt;", "<b>x</b>"},
        {"the end of a data section", "x]]>y", "x]]&gt;y", "x]]>y"},
        {"an entity", "R&amp;D", "R&amp;amp;D", "R&amp;amp;D"},
        {"an ampersand", "A & B", "A &amp; B", "A &amp; B"},
        {"a backslash at the end", "C:\\", "C:\\", "C:\\\\"},
        {"a backslash and a quote", "\\\"", "\\&quot;", "\\\\\\\""},
        {"Graphviz's own escapes", "\\N\\G", "\\N\\G", "\\\\N\\\\G"},
        {"a keyword of DOT", "node", "node", "node"},
        {"a number", "-0.5", "-0.5", "-0.5"},
        {"a line feed and a tab", "a\n\tb", "a\n\tb", "a\\n\tb"},
        {"a carriage return", "a\rb", "a\uFFFDb", "a\uFFFDb"},
        {"control characters",
         "a\0\x01\x1B[31m\x7F"s,
         "a\uFFFD\uFFFD\uFFFD[31m\uFFFD",
         "a\uFFFD\uFFFD\uFFFD[31m\uFFFD"},
        {"control characters of two bytes", "a\u0085b", "a\uFFFDb", "a\uFFFDb"},
        {"no character", "a\xEF\xBF\xBF", "a\uFFFD", "a\uFFFD"},
        {"broken UTF-8",
         "\xB1\xB1\xBE\xA9",
         "\uFFFD\uFFFD\uFFFD\uFFFD",
         "\uFFFD\uFFFD\uFFFD\uFFFD"},
        {"half a character", "a\xE5\xB9", "a\uFFFD\uFFFD", "a\uFFFD\uFFFD"},
        {"beyond the first plane", "𠀀", "𠀀", "𠀀"},
        {"only spaces", "  ", "&#32; ", "  "},
        {"nothing", "", "", ""},
    };
}

TEST_CASE("GraphML word for word") {
    CHECK(graphml_of(portrait_of(std::vector{Flow{2031, AreaId{1}, AreaId{0}, 3, Fen(5), Fen(0)}}),
                     three_areas(),
                     {"small, 2031", 36.5, 2})
          == R"(<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
  <key id="key0" for="edge" attr.name="account" attr.type="double" />
  <key id="key1" for="edge" attr.name="amount" attr.type="double" />
  <key id="key2" for="node" attr.name="betweenness" attr.type="double" />
  <key id="key3" for="node" attr.name="group" attr.type="long" />
  <key id="key4" for="node" attr.name="id" attr.type="string" />
  <key id="key5" for="node" attr.name="name_en" attr.type="string" />
  <key id="key6" for="node" attr.name="name_zh" attr.type="string" />
  <key id="key7" for="node" attr.name="net" attr.type="double" />
  <key id="key8" for="edge" attr.name="people" attr.type="long" />
  <key id="key9" for="edge" attr.name="pooled" attr.type="double" />
  <key id="key10" for="node" attr.name="rank" attr.type="double" />
  <key id="key11" for="node" attr.name="received" attr.type="double" />
  <key id="key12" for="graph" attr.name="replicates" attr.type="long" />
  <key id="key13" for="node" attr.name="sent" attr.type="double" />
  <key id="key14" for="graph" attr.name="title" attr.type="string" />
  <key id="key15" for="graph" attr.name="weight" attr.type="double" />
  <graph id="G" edgedefault="directed" parse.nodeids="canonical" parse.edgeids="canonical" parse.order="nodesfirst">
   <data key="key12">2</data>
   <data key="key14">small, 2031</data>
   <data key="key15">36.500000</data>
    <node id="n0">
      <data key="key2">0.000000</data>
      <data key="key3">1</data>
      <data key="key4">GD</data>
      <data key="key5">Guangdong</data>
      <data key="key6">广东</data>
      <data key="key7">0.05</data>
      <data key="key10">0.649123</data>
      <data key="key11">0.05</data>
      <data key="key13">0.00</data>
    </node>
    <node id="n1">
      <data key="key2">0.000000</data>
      <data key="key3">2</data>
      <data key="key4">HN</data>
      <data key="key5">Hunan</data>
      <data key="key6">湖南</data>
      <data key="key7">-0.05</data>
      <data key="key10">0.350877</data>
      <data key="key11">0.00</data>
      <data key="key13">0.05</data>
    </node>
    <edge id="e0" source="n1" target="n0">
      <data key="key0">0.05</data>
      <data key="key1">0.05</data>
      <data key="key8">3</data>
      <data key="key9">0.00</data>
    </edge>
  </graph>
</graphml>
)");
}

TEST_CASE("GraphML: amounts are exact decimals, whatever their size") {
    std::vector<Flow> const flows{
        {2031, AreaId{0}, AreaId{1}, 1'000'000'000'000, Fen(900'719'925'474'099'301), Fen(7)}};
    auto const text = graphml_of(portrait_of(flows), three_areas(), {"", 1, 1});
    CHECK(text.find(">9007199254740993.01<") != text.npos); // a double has no such number
    CHECK(text.find(">0.07<") != text.npos);
    CHECK(text.find(">9007199254740993.08<") != text.npos);
    CHECK(text.find(">-9007199254740993.08<") != text.npos);
    CHECK(text.find(">1000000000000<") != text.npos);
}

TEST_CASE("DOT word for word") {
    CHECK(dot_of(portrait_of(three_flows()), three_areas(), {"small, 2031", 10, 1})
          == R"(digraph G {
graph [label="small, 2031\namounts in yuan; k 10^3, m 10^6, bn 10^9, tn 10^12", labelloc=t, fontname="Helvetica", fontsize=14, overlap=prism, sep="+8", outputorder=edgesfirst];
node [shape=circle, fixedsize=true, style=filled, color="#666666", fontname="Helvetica", fontsize=10];
edge [color="#6f87a080", fontcolor="#33485c", fontname="Helvetica", fontsize=9, arrowsize=0.6];
0[label="GD\nGuangdong\n广东\n+35.0 m", tooltip="GD: sent 12.4 k, received 35.0 m, rank 0.486486, betweenness 0.500000, group 1", width=2.00, fillcolor="#dce8f0"];
1[label="HN\nHunan\n湖南\n+12.4 k", tooltip="HN: sent 0.70, received 12.4 k, rank 0.463514, betweenness 0.000000, group 1", width=1.12, fillcolor="#dce8f0"];
2[label="SC\nSichuan\n四川\n-35.0 m", tooltip="SC: sent 35.0 m, received 0.00, rank 0.050000, betweenness 0.000000, group 2", width=2.00, fillcolor="#f3e6d3"];
0->1 [penwidth=0.3, arrowsize=0.3, constraint=false, tooltip="GD to HN: 12.4 k, 30 people"];
1->0 [penwidth=0.3, arrowsize=0.3, constraint=false, tooltip="HN to GD: 0.70, 10 people"];
2->0 [label="35.0 m", penwidth=8.00, tooltip="SC to GD: 35.0 m, 20 people"];
}
)");
}

TEST_CASE("DOT: every link is drawn, amounts have three digits") {
    std::mt19937_64 random(5);
    auto const flows = drawn_flows(random, {.areas = 20, .flows = 300, .fen_max = 1'000'000});
    auto const portrait = portrait_of(flows);
    auto const text = dot_of(portrait, areas_named(std::vector<std::string>(20)), {"", 1, 1});
    CHECK(count_of(text, "->") == portrait.graph.links.size());

    struct Case {
        std::int64_t fen;
        std::string_view label;
    };
    for (Case const& c : {Case{1, "0.01"},
                          {999, "9.99"},
                          {9995, "100"},
                          {99'949, "999"},
                          {99'950, "1.00 k"},
                          {999'700, "10.0 k"},
                          {99'949'999, "999 k"},
                          {99'950'000, "1.00 m"},
                          {123'456'789'012, "1.23 bn"},
                          {9'223'372'036'854'775'807, "92234 tn"}}) {
        CAPTURE(c.fen);
        auto const drawn =
            dot_of(portrait_of(std::vector{flow(0, 1, c.fen)}), three_areas(), {"", 1, 1});
        CHECK(count_of(drawn, "0->1 [label=\"" + std::string(c.label) + "\", penwidth=8.00") == 1);
    }
}

TEST_CASE("DOT: the mean of replicates, times the weight") {
    auto const drawn =
        dot_of(portrait_of(std::vector{flow(0, 1, 60'000)}), three_areas(), {"", 2.5, 3});
    CHECK(count_of(drawn, "0->1 [label=\"500\"") == 1);
    CHECK(count_of(drawn, "GD to HN: 500, 1 people") == 1);
}

TEST_CASE("a network without areas or without money is a file as well") {
    auto const empty = graphml_of(portrait_of({}), three_areas(), {"none", 1, 1});
    CHECK(count_of(empty, "<node") == 0);
    CHECK(count_of(empty, "</graphml>") == 1);
    CHECK(dot_of(portrait_of({}), three_areas(), {"none", 1, 1}).ends_with("}\n"));
    auto const drawn = dot_of(portrait_of(std::vector{flow(0, 1, 0)}), three_areas(), {"", 1, 1});
    CHECK(count_of(drawn, "0->1 [label=\"0.00\", penwidth=0.60") == 1);
}

TEST_CASE("names stay what they are in GraphML") {
    for (Hostile const& c : hostile_names()) {
        CAPTURE(c.why);
        auto const text = graphml_of(portrait_of(std::vector{flow(0, 1, 5)}),
                                     areas_named({c.name, "plain"}),
                                     {c.name, 1, 1});
        std::string const data = ">" + std::string(c.in_graphml) + "</data>\n";
        CHECK(count_of(text, "<data key=\"key5\"" + data) == 1);
        CHECK(count_of(text, "<data key=\"key6\"" + data) == 1);
        CHECK(count_of(text, "<data key=\"key14\"" + data) == 1);
    }
}

/// Reads a quoted text of DOT that starts at the quote `at`: where it ends.
std::size_t end_of_quoted(std::string_view text, std::size_t at) {
    REQUIRE(text[at] == '"');
    for (++at; text[at] != '"'; ++at) {
        REQUIRE(at + 1 < text.size());
        CHECK(text[at] != '\n');
        at += text[at] == '\\' ? 1U : 0U;
    }
    return at + 1;
}

TEST_CASE("names stay what they are in DOT") {
    for (Hostile const& c : hostile_names()) {
        CAPTURE(c.why);
        auto const text = dot_of(portrait_of(std::vector{flow(0, 1, 5)}),
                                 areas_named({c.name, "plain"}),
                                 {c.name, 1, 1});
        std::string const name(c.in_dot);
        CHECK(count_of(text, "graph [label=\"" + name + "\\namounts in yuan") == 1);
        std::string const label = "A0\\n" + name + "\\n" + name + "\\n-0.05";
        auto const at = text.find("0[label=\"" + label + "\", tooltip=\"A0: sent");
        REQUIRE(at != text.npos);
        CHECK(end_of_quoted(text, at + 8) == at + 8 + label.size() + 2);
    }
}

TEST_CASE("ids may be hostile, and look alike") {
    AreaTable const areas({{"\x01\"\\", "one", "one", {}}, {"\x02\"\\", "two", "two", {}}}, 2);
    auto const portrait = portrait_of(std::vector{flow(0, 1, 5), flow(1, 0, 5)});
    auto const graphml = graphml_of(portrait, areas, {"", 1, 1});
    CHECK(count_of(graphml, ">\uFFFD&quot;\\</data>") == 2);
    CHECK(count_of(graphml, "<edge id=\"e0\" source=\"n0\" target=\"n1\">") == 1);
    auto const dot = dot_of(portrait, areas, {"", 1, 1});
    CHECK(count_of(dot, "\"\uFFFD\\\"\\\\\\none\\none\\n0.00\"") == 1);
    CHECK(count_of(dot, "tooltip=\"\uFFFD\\\"\\\\ to \uFFFD\\\"\\\\: 0.05, 1 people\"") == 2);
}

TEST_CASE("the order of flows is no matter") {
    std::mt19937_64 random(8);
    auto flows = drawn_flows(random, {.areas = 10, .flows = 80, .fen_max = 1'000'000'000});
    auto const areas = areas_named(std::vector<std::string>(10, "x"));
    FileTerms const terms{"x", 3, 2};
    auto const graphml = graphml_of(portrait_of(flows), areas, terms);
    auto const dot = dot_of(portrait_of(flows), areas, terms);
    std::shuffle(flows.begin(), flows.end(), random);
    CHECK(graphml_of(portrait_of(flows), areas, terms) == graphml);
    CHECK(dot_of(portrait_of(flows), areas, terms) == dot);
}

} // namespace
} // namespace pensim::network
