// The timeline as tables: the records, and what happened.
import { h } from "../../base/dom.js";
import { nothing } from "../../base/format.js";
import { area_name, state_names, wage_of } from "./words.js";

export function account_of(page, { records, events }) {
    const amount = (value) => (value === null ? nothing : page.number(value, "yuan", 2));
    return [
        table(page, "life_records",
              [["area"], ["life_from"], ["life_to"], ["life_months", true], ["life_kind"], ["life_wage", true], ["life_state"]],
              records.map((record) => [area_name(page, record.area), record.from, record.to, page.number(record.months),
                                       page.text(record.kind), wage_of(page, record), page.say(state_names.get(record.state))])),
        table(page, "life_events",
              [["life_month"], ["life_event"], ["life_sender"], ["life_receiver"], ["life_account_yuan", true], ["life_pooled_yuan", true]],
              events.map((event) => [event.month, page.text(event.label), area_name(page, event.from), area_name(page, event.to),
                                     amount(event.account), amount(event.pooled)])),
    ];
}

function table(page, title, columns, rows) {
    const style = ([, number]) => (number ? "number" : null);
    return h("div", { class: "scroll plain", tabindex: 0, role: "region", "aria-label": page.say(title) },
             h("table", {}, h("caption", {}, page.say(title)),
               h("thead", {}, h("tr", {}, columns.map((column) =>
                   h("th", { scope: "col", class: style(column) }, page.say(column[0]))))),
               h("tbody", {}, rows.map((cells) => h("tr", {}, cells.map((cell, at) =>
                   h("td", { class: style(columns[at]) }, cell)))))));
}
