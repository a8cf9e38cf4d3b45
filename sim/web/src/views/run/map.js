// The map of areas, shaded by any measure of their books, and the same as a ranking.
import { h } from "../../base/dom.js";
import { selection } from "../../base/selection.js";
import { bar_figure } from "../../parts/bars.js";
import { choice, following } from "../../parts/controls.js";
import { tile_map } from "../../parts/tile_map.js";
import { of_year } from "./tables.js";

const ranked = 16;

export function map_section(page) {
    const totals = page.tables.get("area_totals");
    if (!totals || !page.tables.has("areas")) {
        return null;
    }
    const measures = totals.columns.map(({ name }) => name).filter((name) => name !== "area");
    page.store.link_once("measure", measures.includes("portability_gain") ? "portability_gain" : measures[0],
                         (text) => (measures.includes(text) ? text : undefined), (value) => value);
    const measure = () => page.store.get("measure");
    const shown = () => of_year(page, "areas", "area_totals");
    const label = () => page.text(totals.column(measure()).label);
    const follows = ["year", "measure"];
    return {
        id: "map",
        title: page.say("areas"),
        make: () => [
            h("p", {}, page.say("map_how")),
            h("div", { class: "tools" },
              choice(page.say("measure"), measures.map((name) => [name, page.heading(totals.column(name))]), measure(),
                     (name) => page.store.set("measure", name)).element),
            h("div", { class: "pair" },
              tile_map(page, () => {
                  const { table, rows } = shown();
                  return { table, rows, column: table.column(measure()) };
              }, follows),
              ranking(page, { measure, shown, label, follows })),
        ],
    };
}

function ranking(page, { measure, shown, label, follows }) {
    // A bar figure draws one column; another measure is another figure.
    return following(page, ["measure"], () => bar_figure(page, {
        title: () => page.say("measure_in", { measure: label(), year: page.year(page.store.get("year")) }),
        note: page.say("largest_shown", { count: String(ranked) }),
        source: () => {
            const { table, rows } = shown();
            const { data } = table.column(measure());
            const by_size = [...rows].sort((a, b) => Math.abs(data[b]) - Math.abs(data[a])).slice(0, ranked);
            return selection(table, ["area", measure()], by_size.sort((a, b) => data[b] - data[a]));
        },
        name: "area",
        values: [measure()],
        signed: true,
        pick_area: true,
        follows: ["year"],
    }));
}
