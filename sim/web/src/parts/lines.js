// A story: lines in order of time, with the law behind each, as `explain` prints them.
import { h } from "../base/dom.js";

/** `lines`: {time, text, law, indent, heading}, texts in both languages; `marked(line)` sets some apart. */
export function lines(page, all, marked = () => false) {
    const blocks = [];
    let list = null;
    for (const line of all) {
        if (line.heading) {
            blocks.push(h("h3", {}, page.text(line.text)));
            list = null;
            continue;
        }
        if (list === null) {
            list = h("ol", { class: "lines" });
            blocks.push(list);
        }
        list.append(h("li", { class: [line.indent > 0 ? "indented" : "", marked(line) ? "marked" : ""].join(" ").trim() || null },
                      line.time ? h("time", {}, line.time.replace("..", " – ")) : h("span", { class: "time" }),
                      h("span", { class: "what" }, page.text(line.text), line.law ? citation(page, line.law) : null)));
    }
    return h("div", { class: "story" }, blocks);
}

/** "[order-41-2019 art. 8(2)]"; `law` is text in both languages or plain. */
export function citation(page, law) {
    const text = typeof law === "string" ? law : page.text(law);
    return text ? h("cite", {}, text) : null;
}
