// How the people are spread: months short of qualifying, and what a pension replaces.
import { h } from "../../base/dom.js";
import { selection } from "../../base/selection.js";
import { histogram } from "../../parts/bars.js";

export function distributions_section(page) {
    const table = page.tables.get("distributions");
    if (!table) {
        return null;
    }
    const [from, to] = [table.column("from"), table.column("to")];
    const bound = (column, row) => page.short(column.data[row], column.unit);
    const bin = (row) => (to.data[row] === null ? page.say("at_least", { from: bound(from, row) })
        : page.say("bin", { from: bound(from, row), to: bound(to, row) }));
    return {
        id: "distributions",
        title: page.text(table.title),
        make: () => [
            table.note ? h("p", {}, page.text(table.note)) : null,
            h("div", { class: "pair" }, table.column("measure").words.map((word, measure) => histogram(page, {
                title: page.text(word.label),
                source: () => selection(table, ["from", "to", "people", "share"], table.rows_with("measure", measure)),
                value: "people",
                bin,
                begins: (row) => bound(from, row) + (to.data[row] === null ? "+" : ""),
            }))),
        ],
    };
}
