// One area: its books over the years, its net position, and where its people and its money came from and went.
import { h } from "../../base/dom.js";
import { selection } from "../../base/selection.js";
import { bar_figure, line_figure } from "../../parts/bars.js";
import { either, following } from "../../parts/controls.js";
import { grid } from "../../parts/grid.js";
import { of_year, row_of_area } from "./tables.js";

const partners = 10;

/** Measures that belong together, of one unit each. */
const topics = [
    ["people", ["insured", "pensioners"]],
    ["pool", ["contributions_pool", "benefits_pool", "pooling_adjustment"]],
    ["moved", ["move_in_pooled", "move_out_pooled", "return_in_pooled", "return_out_pooled"]],
    ["accounts", ["contributions_account", "interest", "benefits_account", "refunds", "inheritances"]],
    ["balances", ["pool_balance", "account_balance"]],
    ["portability", ["portability_gain", "paid_for_elsewhere", "paid_by_elsewhere"]],
];

export function area_section(page) {
    const areas = page.tables.get("areas");
    if (!areas) {
        return null;
    }
    const offered = topics.map(([topic, names]) => [topic, names.filter((name) => areas.has(name))])
        .filter(([, names]) => names.length > 0);
    page.store.link_once("topic", offered[0][0], (text) => (offered.some(([topic]) => topic === text) ? text : undefined),
                         (value) => (value === offered[0][0] ? null : value));
    return {
        id: "area",
        title: page.say("one_area"),
        make: () => following(page, ["area"], () => (page.store.get("area") < 0
            ? h("p", { class: "empty" }, page.say("choose_area"))
            : one_area(page, areas, offered))),
    };
}

function one_area(page, areas, offered) {
    const area = page.store.get("area");
    const name = page.area(area);
    const measures = () => offered.find(([topic]) => topic === page.store.get("topic"))[1];
    const books = () => selection(areas, ["year", ...measures()], areas.rows_with("area", area));
    const topic = (each) => page.say("books_of", { area: name, topic: page.say(`topic_${each}`) });
    return [
        h("h3", { class: "name" }, name),
        following(page, ["year"], () => position(page, area), "div"),
        h("div", { class: "tools" },
          either(page.say("books"), offered.map(([each]) => [each, page.say(`topic_${each}`)]), page.store.get("topic"),
                 (each) => page.store.set("topic", each))),
        line_figure(page, { title: () => topic(page.store.get("topic")), source: books, values: measures, follows: ["topic", "year"] }),
        grid(page, books, { follows: ["topic"], caption: page.say("books_of", { area: name, topic: page.say("books") }) }),
        h("div", { class: "pair" }, money(page, area, "from", "to", "sent_to"), money(page, area, "to", "from", "received_from"),
          people(page, area, "last_area", "benefit_area", "paid_by_areas"),
          people(page, area, "benefit_area", "last_area", "paid_here_from")),
    ];
}

function position(page, area) {
    const positions = of_year(page, "positions", "position_totals");
    const row = positions && row_of_area(positions, area);
    if (row === undefined || row === null) {
        return h("p", { class: "empty" }, page.say("no_position", { year: page.year(page.store.get("year")) }));
    }
    const names = ["sent", "received", "net", "links_out", "links_in", "rank"].filter((name) => positions.table.has(name));
    return [
        h("p", { class: "remark" }, page.say("position_in", { year: page.year(page.store.get("year")) })),
        h("dl", { class: "facts small" }, names.map((name) => {
            const column = positions.table.column(name);
            return h("div", {}, h("dt", {}, page.text(column.label)), h("dd", {}, page.amount(column, column.data[row])));
        })),
    ];
}

/** Money that it sent or received, by the other area, in the year chosen. */
function money(page, area, own, other, title) {
    const links = page.tables.get("links");
    return links ? bar_figure(page, {
        title: () => page.say(title, { area: page.area(area), year: page.year(page.store.get("year")) }),
        source: () => selection(links, [other, "amount", "people"],
                                links.rows_where({ year: page.store.get("year"), [own]: area }).slice(0, partners)),
        name: other,
        values: ["amount"],
        pick_area: true,
        follows: ["year"],
    }) : null;
}

/** People who last paid here by who pays them, or the other way round; of all years. */
function people(page, area, own, other, title) {
    const paths = page.tables.get("paths");
    return paths ? bar_figure(page, {
        title: page.say(title, { area: page.area(area) }),
        source: () => {
            const { data } = paths.column("people");
            return selection(paths, [other, "people"],
                             [...paths.rows_with(own, area)].sort((a, b) => data[b] - data[a]).slice(0, partners));
        },
        name: other,
        values: ["people"],
        pick_area: true,
    }) : null;
}
