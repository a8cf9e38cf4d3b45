// Money between areas: the largest links as chords or as a Sankey diagram, and every flow as a table.
import { h } from "../../base/dom.js";
import { selection } from "../../base/selection.js";
import { either } from "../../parts/controls.js";
import { figure, is_narrow } from "../../parts/figure.js";
import { grid } from "../../parts/grid.js";
import { area_colours, chord, sankey } from "../../parts/links.js";
import { of_year, position_lines, ranked_areas } from "./tables.js";

const links_drawn = 40;

export function flows_section(page) {
    const links = page.tables.get("links");
    const flows = page.tables.get("flows");
    if (!links || !flows) {
        return null;
    }
    page.store.link_once("shape", "chord", (text) => (text === "sankey" || text === "chord" ? text : undefined),
                         (value) => (value === "chord" ? null : value));
    return {
        id: "flows",
        title: page.say("flows"),
        make: () => [
            h("div", { class: "tools" },
              either(page.say("shape"), [["chord", page.say("chord")], ["sankey", page.say("sankey")]],
                     page.store.get("shape"), (shape) => page.store.set("shape", shape))),
            diagram(page, links),
            h("h3", {}, page.text(flows.title)),
            flows.note ? h("p", { class: "remark" }, page.text(flows.note)) : null,
            grid(page, () => selection(flows, flows.columns.map(({ name }) => name), chosen(page, flows)),
                 { follows: ["year", "area"], search: true, filters: ["kind"] }),
        ],
    };
}

/** Rows of the year and area that the reader has chosen; a table without year 0 shows all for it. */
function chosen(page, table) {
    const [year, area] = [page.store.get("year"), page.store.get("area")];
    const rows = year === 0 && table.name === "flows" ? table.all() : table.rows_with("year", year);
    if (area < 0) {
        return rows;
    }
    const [from, to] = [table.column("from").data, table.column("to").data];
    return rows.filter((row) => from[row] === area || to[row] === area);
}

function diagram(page, links) {
    const columns = links.columns.map(({ name }) => name);
    const source = () => selection(links, columns, chosen(page, links).slice(0, links_drawn));
    return figure(page, {
        title: () => page.say(page.store.get("area") < 0 ? "largest_links" : "largest_links_of",
                              { area: page.area(page.store.get("area")), year: page.year(page.store.get("year")) }),
        note: () => how_much(page, links),
        source,
        summary: (selected) => summary(page, selected),
        option: (selected, colours) => option(page, selected, colours),
        height: (width) => (page.store.get("shape") === "sankey" ? Math.max(420, Math.min(640, width)) : Math.min(620, Math.max(340, width))),
        follows: ["year", "area", "shape"],
        pick: ({ dataType, data }) => {
            if (dataType === "node") {
                page.store.set("area", data.area);
            }
        },
    });
}

/** "The 40 largest of 512 links, 92% of 12 billion yuan." Shares and totals stand in the document. */
function how_much(page, links) {
    const rows = chosen(page, links);
    const counts = { shown: page.number(Math.min(rows.length, links_drawn)), all: page.number(rows.length) };
    if (rows.length === 0) {
        return null;
    }
    if (page.store.get("area") < 0 && links.has("cumulative_share")) {
        const network = of_year(page, "network", "network_totals");
        const last = rows[Math.min(rows.length, links_drawn) - 1];
        if (network?.rows.length > 0) {
            const gross = network.table.column("gross");
            return page.say("links_share", { ...counts, share: page.cell(links.column("cumulative_share"), last),
                                             amount: page.brief(gross, gross.data[network.rows[0]]) });
        }
    }
    return page.say("links_shown", counts);
}

function summary(page, { table, rows }) {
    if (rows.length === 0) {
        return page.say("no_data");
    }
    const first = page.say("from_to", { from: page.area(table.value(rows[0], "from")), to: page.area(table.value(rows[0], "to")) });
    return page.say("first_is", { count: page.number(rows.length), first: page.say("tile", {
        area: first, amount: page.amount(table.column("amount"), table.value(rows[0], "amount")) }) });
}

function option(page, { table, rows }, colours) {
    if (rows.length === 0) {
        return null;
    }
    const told = ["amount", "account", "pooled", "people"].filter((name) => table.has(name)).map((name) => table.column(name));
    const edges = rows.map((row) => ({
        from: table.value(row, "from"),
        to: table.value(row, "to"),
        value: table.value(row, "amount"),
        lines: told.map((column) => [page.text(column.label), page.amount(column, column.data[row])]),
    }));
    const area = page.store.get("area");
    const by_rank = area_colours(ranked_areas(page), colours);
    const draw = page.store.get("shape") === "sankey" ? sankey : chord;
    return draw(page, edges, {
        colours,
        colour_of: (each) => (each === area ? colours.ink : by_rank(each)),
        about: (each) => position_lines(page, each),
        narrow: is_narrow(page),
    });
}
