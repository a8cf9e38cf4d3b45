// The rules in force: each parameter, its values over time, and the law and article of each.
import { fresh_id, h, replace } from "../base/dom.js";
import { citation } from "./lines.js";

export function rules(page, { id, title, parameters, documents }) {
    const search = fresh_id("rule");
    const list = h("div", { class: "scroll plain", tabindex: 0, role: "region", "aria-label": page.say("rules") });
    const show = (query) => {
        const wanted = query.toLowerCase();
        const found = parameters.filter(({ key, meaning, values }) =>
            [key, page.text(meaning), ...values.map(({ source }) => source)]
                .some((text) => text?.toLowerCase().includes(wanted)));
        replace(list, found.length > 0 ? table(page, found) : h("p", { class: "empty" }, page.say("no_rule")));
    };
    show("");
    return [
        h("p", {}, page.say("rules_of", { title: page.text(title), id })),
        h("div", { class: "tools" }, h("span", { class: "control" },
          h("label", { for: search }, page.say("search")),
          h("input", { type: "search", id: search, oninput: (event) => show(event.target.value) }))),
        list,
        h("h3", {}, page.say("texts_cited")),
        h("dl", { class: "texts" }, documents.map(({ key, title: name }) =>
            h("div", {}, h("dt", {}, citation(page, key)), h("dd", {}, page.text(name))))),
    ];
}

function table(page, parameters) {
    const rows = parameters.flatMap(({ key, meaning, values }) => values.map(({ from, value, source }, at) =>
        h("tr", {},
          at === 0 ? h("th", { scope: "row", rowspan: values.length, class: "rule" },
                       h("span", {}, page.text(meaning)), h("code", {}, key)) : null,
          h("td", {}, from === "" ? page.say("from_the_start") : page.say("from_month", { month: from })),
          h("td", { class: "number" }, value),
          h("td", {}, citation(page, source)))));
    return h("table", { class: "rules", "aria-label": page.say("rules") },
             h("thead", {}, h("tr", {}, ["rule", "in_force", "value", "source"].map((key) =>
                 h("th", { scope: "col" }, page.say(key))))),
             h("tbody", {}, rows));
}
