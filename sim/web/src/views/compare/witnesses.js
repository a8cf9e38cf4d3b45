// The simplest life for each kind of change, its two stories side by side.
import { h } from "../../base/dom.js";
import { either, following } from "../../parts/controls.js";
import { lines } from "../../parts/lines.js";
import { chosen, reform_name } from "./reform.js";

export function witnesses_section(page) {
    const { witnesses } = page.document;
    if (!witnesses || witnesses.length === 0) {
        return null;
    }
    page.store.link_once("steps", "key", (text) => (text === "all" ? text : undefined), (value) => (value === "all" ? value : null));
    return {
        id: "witnesses",
        title: page.say("witnesses"),
        make: () => following(page, ["reform", "steps"], () => {
            const shown = witnesses.filter(({ reform }) => reform === page.document.reforms[chosen(page)].id);
            return shown.length === 0 ? h("p", { class: "empty" }, page.say("no_witness"))
                : [h("p", {}, page.say("witnesses_how")), h("div", { class: "tools" }, steps(page)), shown.map((witness, at) => told(page, witness, at === 0))];
        }),
    };
}

function steps(page) {
    const extents = [["key", page.say("life_key_steps")], ["all", page.say("life_all_steps")]];
    return either(page.say("life_steps"), extents, page.store.get("steps"), (value) => page.store.set("steps", value));
}

function told(page, { change, id, before, after }, open) {
    const said = (all) => new Set(all.map(({ time, text }) => `${time} ${text.en}`));
    const [was, is] = [said(before), said(after)];
    const other = (texts) => ({ time, text }) => !texts.has(`${time} ${text.en}`);
    const every = page.store.get("steps") === "all";
    // Payments and interest that are the same on both sides are passed over.
    const side = (title, all, marked) => h("div", {}, h("h3", {}, title),
        h("p", { class: "remark" }, page.text(all.find(({ heading }) => heading)?.text)),
        lines(page, all.filter((line) => !line.heading && (every || !line.routine || marked(line))), marked));
    return h("details", { open, class: "witness" },
             h("summary", {}, page.text(change), h("span", { class: "who" }, page.say("person", { id }))),
             h("div", { class: "sides" },
               side(page.say("under_baseline", { name: page.text(page.document.baseline.title) }), before, other(is)),
               side(page.say("under_reform", { name: reform_name(page, chosen(page)) }), after, other(was))));
}
