// Every table of the document, to read and to take along.
import { h, replace } from "../base/dom.js";
import { selection } from "../base/selection.js";
import { choice } from "./controls.js";
import { grid } from "./grid.js";

export function all_tables(page) {
    const tables = [...page.tables.values()].filter(({ columns }) => columns.length > 0);
    if (tables.length === 0) {
        return null;
    }
    const place = h("div");
    const scope = [];
    const show = (table) => page.anew(scope, () => {
        const words = table.columns.filter(({ words: choices, of_areas }) => choices && !of_areas && choices.length <= 12);
        replace(place,
                h("h3", {}, page.text(table.title)),
                table.note ? h("p", { class: "remark" }, page.text(table.note)) : null,
                grid(page, () => selection(table, table.columns.map(({ name }) => name), table.all()),
                     { search: true, filters: words.map(({ name }) => name) }));
    });
    return {
        id: "tables",
        title: page.say("all_tables"),
        make: () => {
            page.on_leave(() => page.anew(scope, () => {}));
            show(tables[0]);
            const choices = tables.map((table) => [table, table.file ? `${page.text(table.title)} (${table.file})` : page.text(table.title)]);
            return h("div", { class: "screen" }, h("p", {}, page.say("all_tables_how")),
                     choice(page.say("table"), choices, tables[0], show).element, place);
        },
    };
}
