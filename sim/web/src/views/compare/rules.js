// What a reform says otherwise: each parameter with its value on both sides, law and article, and whom it reaches.
import { h } from "../../base/dom.js";
import { following } from "../../parts/controls.js";
import { citation } from "../../parts/lines.js";
import { rows_of_reform } from "./reform.js";

export function rules_section(page) {
    const table = page.tables.get("parameters");
    return table ? {
        id: "differences",
        title: page.text(table.title),
        make: () => following(page, ["reform"], () => {
            const rows = rows_of_reform(page, table);
            return rows.length === 0 ? h("p", { class: "empty" }, page.say("no_difference")) : [
                h("p", {}, page.say("differences_how")),
                h("div", { class: "scroll plain", tabindex: 0, role: "region", "aria-label": page.text(table.title) }, listed(page, table, rows)),
            ];
        }),
    } : null;
}

function listed(page, table, rows) {
    const cell = (name, row) => page.cell(table.column(name), row);
    const when = (row) => {
        const [from, to] = [cell("from", row), cell("to", row)];
        const since = from === "" ? page.say("from_the_start") : page.say("from_month", { month: from });
        return to === "" ? since : page.say("until_month", { since, month: to });
    };
    const side = (row, value, source) => h("td", {}, h("span", { class: "said" }, cell(value, row)), citation(page, cell(source, row)));
    const heads = ["rule", "in_force", "baseline", "reform", "reached", "alone"];
    return h("table", { class: "rules differences", "aria-label": page.text(table.title) },
             h("thead", {}, h("tr", {}, heads.map((key) => h("th", { scope: "col" }, page.say(key))))),
             h("tbody", {}, rows.map((row) => h("tr", {},
                 h("th", { scope: "row", class: "rule" }, cell("parameter", row)),
                 h("td", {}, when(row)),
                 side(row, "baseline", "baseline_source"),
                 side(row, "reform_value", "reform_source"),
                 h("td", { class: "number" }, cell("people_reached", row)),
                 h("td", { class: "number" }, cell("people_changed_alone", row))))));
}
