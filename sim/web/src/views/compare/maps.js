// Maps of the areas side by side: under the baseline, under the reform, and what it makes of them.
import { fresh_id, h } from "../../base/dom.js";
import { selection } from "../../base/selection.js";
import { choice, following } from "../../parts/controls.js";
import { interval_bars } from "../../parts/differences.js";
import { tile_map } from "../../parts/tile_map.js";
import { chosen, columns_of, rows_of_reform } from "./reform.js";

const ranked = 20;

/** The measure of the books that maps and lines show: its number among the words of column "item", by the id chosen. */
export function item_number(page, table) {
    return table.column("item").words.findIndex(({ id }) => id === page.store.get("measure"));
}

/** Links the choice of a measure, and gives the control. */
export function measure_control(page, table) {
    const { words } = table.column("item");
    const first = words.some(({ id }) => id === "portability_gain") ? "portability_gain" : words[0].id;
    page.store.link_once("measure", first, (text) => (words.some(({ id }) => id === text) ? text : undefined),
                         (value) => (value === first ? null : value));
    return () => {
        const { element, show } = choice(page.say("measure"), words.map(({ id, label }) => [id, page.text(label)]), page.store.get("measure"),
                                         (id) => page.store.set("measure", id));
        page.watch(["measure"], () => show(page.store.get("measure")));
        return element;
    };
}

export function maps_section(page) {
    const table = page.tables.get("area_contrasts");
    if (!table) {
        return null;
    }
    const control = measure_control(page, table);
    const follows = ["reform", "measure"];
    const shown = () => rows_of_reform(page, table, { item: item_number(page, table) }).filter((row) => table.value(row, "area") >= 0);
    const unit = () => table.id(shown()[0], "unit");
    const column = (name) => table.column(name).as({ unit: unit(), digits: 0 });
    const name = () => page.text(table.column("item").words[item_number(page, table)].label);
    return {
        id: "maps",
        title: page.say("areas"),
        make: () => [
            h("p", {}, page.say("maps_how")),
            h("div", { class: "tools" }, control()),
            h("div", { class: "triple" }, [
                ["value_baseline", () => page.say("under_baseline", { name: page.document.baseline.id })],
                ["value_reform", () => page.say("under_reform", { name: page.document.reforms[chosen(page)].id })],
                ["value_difference", () => page.say("difference")],
            ].map(([each, title]) => one_map(page, { table, shown, column, follows, each, title }))),
            following(page, ["measure"], () => interval_bars(page, {
                title: () => page.say("difference_of", { measure: name() }),
                note: page.say("largest_shown", { count: String(ranked) }),
                source: () => {
                    const { data } = table.column("value_difference");
                    const most = shown().filter((row) => data[row] !== 0).sort((a, b) => Math.abs(data[b]) - Math.abs(data[a])).slice(0, ranked);
                    return { table, rows: most.sort((a, b) => data[b] - data[a]),
                             columns: [table.column("area"), ...["value_baseline", "value_reform", "value_difference", "value_lo95", "value_hi95"].map(column)] };
                },
                columns: () => columns_of(table, "value", unit()),
                name: (row) => page.cell(table.column("area"), row),
                tell: (row) => ["value_baseline", "value_reform"].map((each) =>
                    [page.text(column(each).label), page.amount(column(each), column(each).data[row])]),
                pick: (row) => page.store.set("area", table.value(row, "area")),
                follows: ["reform"],
            })),
        ],
    };
}

/** The first two share their classes, so that a colour means the same on both. */
function one_map(page, { table, shown, column, follows, each, title }) {
    const id = fresh_id("map");
    const heading = h("h3", { id });
    page.follow(["reform"], () => { heading.textContent = title(); });
    const scale = () => ["value_baseline", "value_reform"].flatMap((side) => shown().map((row) => table.value(row, side)));
    return h("div", { role: "group", "aria-labelledby": id }, heading,
             tile_map(page, () => ({ table, rows: shown(), column: column(each), scale: each === "value_difference" ? null : scale() }),
                      follows, title));
}
