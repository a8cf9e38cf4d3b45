// Flows between areas as a chord diagram, a Sankey diagram or a circle of arrows. Nodes are numbered, so that no name
// in a document can be mistaken for another or for a word of the library.
import { tip, tooltip } from "./figure.js";

/** Colours follow the area: the most important six have one each, whatever is shown; all others share the last. */
export function area_colours(ranked, colours) {
    const own = new Map(ranked.slice(0, colours.categories.length - 1).map((area, at) => [area, colours.categories[at]]));
    return (area) => own.get(area) ?? colours.categories[colours.categories.length - 1];
}

/**
 * `edges`: {from, to, value, lines} with areas as indices and lines for the tooltip; `about(area)` gives those of a node.
 * Nodes that are no areas have their names from `name_of`.
 */
function shared(page, colours, about, name_of = (area) => page.area(area)) {
    return tooltip(colours, ({ dataType, data }) => (dataType === "edge"
        ? tip(page.say("from_to", { from: name_of(data.from), to: name_of(data.to) }), data.lines)
        : tip(name_of(data.area), about(data.area))));
}

const ends = (edges) => [...new Set(edges.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);

export function chord(page, edges, { colours, colour_of, about, narrow }) {
    return {
        tooltip: shared(page, colours, about),
        series: [{
            type: "chord",
            radius: narrow ? ["54%", "60%"] : ["66%", "72%"],
            center: ["50%", "50%"],
            padAngle: 1.2,
            minAngle: 1.5,
            label: { show: true, color: colours.ink, fontSize: 12, formatter: ({ data }) => page.area(data.area) },
            labelLayout: { hideOverlap: true },
            lineStyle: { color: "source", opacity: 0.45 },
            emphasis: { focus: "adjacency", lineStyle: { opacity: 0.8 } },
            data: ends(edges).map((area) => ({ id: String(area), name: String(area), area, itemStyle: { color: colour_of(area) } })),
            links: edges.map((edge) => ({ ...edge, source: String(edge.from), target: String(edge.to) })),
        }],
    };
}

/** Senders on the left, receivers on the right: money that goes both ways would run in a circle else. */
export function sankey(page, edges, { colours, colour_of, about, narrow, name_of = (area) => page.area(area), margin = narrow ? 78 : 130 }) {
    const node = (side) => (area) =>
        ({ id: side + area, name: side + area, area, itemStyle: { color: colour_of(area) },
           label: { position: side === "from" ? "left" : "right" } });
    const sides = [[...new Set(edges.map(({ from }) => from))].map(node("from")), [...new Set(edges.map(({ to }) => to))].map(node("to"))];
    return {
        tooltip: shared(page, colours, about, name_of),
        series: [{
            type: "sankey",
            left: margin,
            right: margin,
            top: 8,
            bottom: 8,
            nodeGap: 10,
            draggable: false,
            layoutIterations: 32,
            label: { color: colours.ink, fontSize: 12, width: margin - 10, overflow: "truncate", formatter: ({ data }) => name_of(data.area) },
            labelLayout: { hideOverlap: true },
            lineStyle: { color: "source", opacity: 0.35 },
            emphasis: { focus: "adjacency" },
            data: sides.flat(),
            links: edges.map((edge) => ({ ...edge, source: `from${edge.from}`, target: `to${edge.to}` })),
        }],
    };
}

/** Areas on a circle with arrows between them; `size(area)` in px. */
export function circle(page, edges, { colours, colour_of, about, size }) {
    const most = edges.reduce((largest, { value }) => Math.max(largest, value), 1);
    return {
        tooltip: shared(page, colours, about),
        series: [{
            type: "graph",
            layout: "circular",
            circular: { rotateLabel: true },
            center: ["50%", "50%"],
            roam: false,
            left: 90,
            right: 90,
            top: 90,
            bottom: 90,
            edgeSymbol: ["none", "arrow"],
            edgeSymbolSize: 7,
            label: { show: true, position: "right", color: colours.ink, fontSize: 12, formatter: ({ data }) => page.area(data.area) },
            labelLayout: { hideOverlap: true },
            lineStyle: { curveness: 0.25 },
            emphasis: { focus: "adjacency", lineStyle: { opacity: 0.9 } },
            data: ends(edges).map((area) => ({ id: String(area), name: String(area), area, symbolSize: size(area),
                                               itemStyle: { color: colour_of(area) } })),
            links: edges.map((edge) => ({ ...edge, source: String(edge.from), target: String(edge.to),
                                          lineStyle: { color: colour_of(edge.from), width: 1 + 7 * Math.sqrt(edge.value / most), opacity: 0.5 } })),
        }],
    };
}
