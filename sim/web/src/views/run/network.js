// The flows as a network of debts: who owes on balance, how few payments settle it, what runs in circles.
import { h } from "../../base/dom.js";
import { selection } from "../../base/selection.js";
import { bar_figure, line_figure } from "../../parts/bars.js";
import { either, following } from "../../parts/controls.js";
import { figure } from "../../parts/figure.js";
import { grid } from "../../parts/grid.js";
import { circle } from "../../parts/links.js";
import { of_year, position_lines, row_of_area } from "./tables.js";

const links_drawn = 60;
const positions_drawn = 34; // every province

export function network_section(page) {
    const network = page.tables.get("network");
    if (!network || !page.tables.has("position_totals")) {
        return null;
    }
    page.store.link_once("payments", "settled", (text) => (text === "gross" || text === "settled" ? text : undefined),
                         (value) => (value === "settled" ? null : value));
    return {
        id: "network",
        title: page.say("network"),
        make: () => [
            h("p", {}, page.say("network_how")),
            following(page, ["year"], () => key_figures(page)),
            line_figure(page, {
                title: page.say("gross_and_settled"),
                source: () => selection(network, ["year", "gross", "bilateral", "settled"], network.all()),
                values: () => ["gross", "bilateral", "settled"],
                follows: ["year"],
            }),
            h("div", { class: "pair" }, net_positions(page), payments(page)),
            tables(page),
        ],
    };
}

function key_figures(page) {
    const { table, rows } = of_year(page, "network", "network_totals");
    if (rows.length === 0) {
        return h("p", { class: "empty" }, page.say("nothing_to_draw"));
    }
    const names = ["gross", "settled", "saved_share", "payments_gross", "payments_settled", "circular_share"];
    return h("dl", { class: "headlines small" }, names.map((name) => {
        const column = table.column(name);
        return h("div", {}, h("dt", {}, page.text(column.label)), h("dd", { class: "value" }, page.brief(column, column.data[rows[0]])));
    }));
}

function net_positions(page) {
    return bar_figure(page, {
        title: () => page.say("net_positions", { year: page.year(page.store.get("year")) }),
        note: page.say("net_positions_how"),
        source: () => {
            const { table, rows } = of_year(page, "positions", "position_totals");
            const { data } = table.column("net");
            const largest = [...rows].sort((a, b) => Math.abs(data[b]) - Math.abs(data[a])).slice(0, positions_drawn);
            return selection(table, ["area", "sent", "received", "net", "rank", "group"], largest.sort((a, b) => data[b] - data[a]));
        },
        name: "area",
        values: ["net"],
        signed: true,
        pick_area: true,
        follows: ["year"],
    });
}

/** The settlement plan, or every debt, as arrows between areas; colours are groups. */
function payments(page) {
    const plan = () => page.store.get("payments") === "settled";
    const settled = () => of_year(page, "settlements", "settlement_totals");
    const source = () => {
        if (plan()) {
            const { table, rows } = settled();
            return selection(table, ["payer", "payee", "amount"], rows.slice(0, links_drawn));
        }
        const links = page.tables.get("links");
        return selection(links, ["from", "to", "amount"], links.rows_with("year", page.store.get("year")).slice(0, links_drawn));
    };
    const ends = () => (plan() ? ["payer", "payee"] : ["from", "to"]);
    const edge = (table, row) => {
        const amount = table.column("amount");
        const [from, to] = ends().map((end) => table.value(row, end));
        return { from, to, value: amount.data[row], lines: [[page.text(amount.label), page.amount(amount, amount.data[row])]] };
    };
    const drawing = figure(page, {
        title: () => page.say(plan() ? "settlement_plan" : "largest_debts", { year: page.year(page.store.get("year")) }),
        note: () => page.say(plan() ? "settlement_plan_how" : "largest_debts_how", {
            count: page.number(source().rows.length), all: page.number(settled().rows.length),
        }),
        source,
        summary: ({ table, rows }) => (rows.length === 0 ? page.say("no_data") : page.say("first_is", {
            count: page.number(rows.length),
            first: page.say("tile", {
                area: page.say("from_to", { from: page.area(edge(table, rows[0]).from), to: page.area(edge(table, rows[0]).to) }),
                amount: page.amount(table.column("amount"), edge(table, rows[0]).value),
            }),
        })),
        option: ({ table, rows }, colours) => (rows.length === 0 ? null : circle(page, rows.map((row) => edge(table, row)), {
            colours, about: (area) => position_lines(page, area), ...marks(page, colours),
        })),
        height: (width) => Math.min(600, Math.max(360, width)),
        follows: ["year", "payments"],
        pick: ({ dataType, data }) => {
            if (dataType === "node") {
                page.store.set("area", data.area);
            }
        },
    });
    return h("div", {}, h("div", { class: "tools" },
      either(page.say("payments"), [["settled", page.say("settled")], ["gross", page.say("gross")]], page.store.get("payments"),
             (value) => page.store.set("payments", value))), drawing);
}

/** Colour by group, size by what an area sends. */
function marks(page, colours) {
    const positions = of_year(page, "positions", "position_totals");
    const { data } = positions.table.column("sent");
    const most = positions.rows.reduce((largest, row) => Math.max(largest, data[row]), 1);
    const last = colours.categories.length - 1;
    return {
        colour_of: (area) => {
            const row = row_of_area(positions, area);
            return colours.categories[row === undefined ? last : Math.min(positions.table.value(row, "group") - 1, last)];
        },
        size: (area) => {
            const row = row_of_area(positions, area);
            return 7 + 21 * Math.sqrt((row === undefined ? 0 : data[row]) / most);
        },
    };
}

function tables(page) {
    const all = (yearly, totals) => () => {
        const { table, rows } = of_year(page, yearly, totals);
        return selection(table, table.columns.map(({ name }) => name).filter((name) => name !== "year"), rows);
    };
    const part = (yearly, totals) => (page.tables.has(yearly) && page.tables.has(totals)
        ? h("details", {}, h("summary", {}, page.text(page.tables.get(yearly).title)), grid(page, all(yearly, totals), { follows: ["year"] }))
        : null);
    return [part("circles", "circle_totals"), part("settlements", "settlement_totals"), part("positions", "position_totals")];
}
