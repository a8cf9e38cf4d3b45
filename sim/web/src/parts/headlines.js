// What a reader should carry away: the answer and the figures behind it, with how sure they are.
import { h } from "../base/dom.js";

export function headlines(page, all) {
    return h("dl", { class: "headlines" }, all.map(({ label, value, error, note }) =>
        h("div", {},
          h("dt", {}, page.text(label)),
          h("dd", { class: "value" }, page.text(value),
            error ? h("span", { class: "error" }, ` ${page.text(error)}`) : null),
          note ? h("dd", { class: "note" }, page.text(note)) : null)));
}

/** Facts in two columns: [{label, value}]; values are texts, in both languages or plain. */
export function facts(page, all) {
    const text = (value) => (typeof value === "string" ? value : page.text(value));
    return h("dl", { class: "facts" }, all.map(({ label, value }) =>
        h("div", {}, h("dt", {}, page.text(label)), h("dd", {}, text(value)))));
}
