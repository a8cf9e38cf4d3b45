// A figure over two parameters: a table of its values, shaded by how far each is from the baseline.
import { fresh_id, h, styled } from "../../base/dom.js";
import { ink_on } from "../../base/palette.js";

export function heat_grid(page, { table, id, rows, unit, shows_values }) {
    const [down, across] = page.document.axes;
    const sweep = page.tables.get("sweep"); // row by row the same settings and figures
    const difference = sweep.column("difference").as({ unit, digits: 0 });
    const value = table.column("value").as({ unit, digits: 0 });
    const most = rows.reduce((largest, row) => Math.max(largest, Math.abs(difference.data[row])), 0);
    const at = new Map(rows.map((row) => [`${table.value(row, down.key)} ${table.value(row, across.key)}`, row]));
    const title = fresh_id("heat");
    const label = page.text(table.column("figure").words.find((word) => word.id === id).label);
    const cell = (first, second) => {
        const row = at.get(`${first} ${second}`);
        const own = first === down.baseline && second === across.baseline;
        const told = page.say("cell_told", { value: page.amount(value, value.data[row]), difference: page.amount(difference, difference.data[row]) });
        const element = h("td", { class: own ? "number own" : "number", title: told }, page.short((shows_values ? value : difference).data[row], unit));
        const paint = () => styled(element, shading(page.palette, difference.data[row], most));
        page.on_print(paint, element);
        paint();
        return element;
    };
    const baseline = page.amount(value, table.value(rows[0], "baseline"));
    return h("figure", { "aria-labelledby": title },
             h("figcaption", {}, h("h3", { id: title }, label)),
             h("p", { class: "remark" }, page.say("baseline_is", { amount: baseline })),
             h("div", { class: "scroll plain", tabindex: 0, role: "region", "aria-label": label },
               h("table", { class: "heat", "aria-label": label },
                 h("thead", {},
                   h("tr", {}, h("td", {}), h("th", { scope: "colgroup", colspan: across.values.length }, page.text(across.label))),
                   h("tr", {}, h("th", { scope: "col" }, page.text(down.label)),
                     across.values.map((text) => h("th", { scope: "col", class: "number" }, text)))),
                 h("tbody", {}, down.values.map((text, first) =>
                     h("tr", {}, h("th", { scope: "row", class: "number" }, text), across.values.map((_, second) => cell(first, second))))))));
}

/** Nothing where nothing differs; else the further from the baseline the stronger. */
function shading(colours, difference, most) {
    if (difference === null || difference === 0 || most === 0) {
        return { background: "transparent", color: colours.ink };
    }
    const shades = difference < 0 ? colours.losses : colours.amounts;
    const colour = shades[Math.min(shades.length - 1, Math.floor((Math.abs(difference) / most) * shades.length))];
    return { background: colour, color: ink_on(colour) };
}
