// The story as steps: month, what happened, law and article. A step shows its place on the timeline.
import { h } from "../../base/dom.js";
import { either } from "../../parts/controls.js";
import { citation } from "../../parts/lines.js";

export function story(page, moments) {
    const titles = page.document.rules.documents;
    const choose = (index) => {
        const choice = `step-${index}`;
        page.store.set("at", page.store.get("at") === choice ? "" : choice);
    };
    const steps = moments.steps.map((step, index) => make_step(page, moments, step, titles, () => choose(index)));
    const buttons = steps.map(({ button }) => button);
    const list = h("ol", { class: "steps", onkeydown: (event) => walk(event, steps) }, steps.map(({ item }) => item));
    const roam = (button) => buttons.forEach((each) => { each.tabIndex = each === button ? 0 : -1; });
    buttons.forEach((button) => button.addEventListener("focus", () => roam(button)));
    roam(buttons[0]);

    const narrow = (key_only) => {
        steps.forEach(({ item }, index) => item.classList.toggle("passed-over", key_only && moments.steps[index].routine));
        if (list.querySelector('.passed-over [tabindex="0"]')) {
            roam(buttons.find((_, index) => !moments.steps[index].routine));
        }
    };
    page.store.link_once("steps", "all", (text) => (text === "key" ? text : undefined),
                         (value) => (value === "key" ? value : null));
    const extents = [["all", page.say("life_all_steps")], ["key", page.say("life_key_steps")]];
    const extent = either(page.say("life_steps"), extents, page.store.get("steps"), (value) => page.store.set("steps", value));
    page.follow(["steps"], () => {
        narrow(page.store.get("steps") === "key");
        [...extent.children].forEach((button, at) =>
            button.setAttribute("aria-pressed", String(extents[at][0] === page.store.get("steps"))));
    });
    page.follow(["at"], () => mark(page, moments, steps));

    const heading = moments.lines.find((line) => line.heading);
    return [
        h("h3", {}, page.say("life_story")),
        heading ? h("p", { class: "who" }, page.text(heading.text)) : null,
        h("p", { class: "remark life-how" }, page.say("life_story_how")),
        h("div", { class: "tools" }, extent),
        list,
    ];
}

function make_step(page, moments, step, titles, act) {
    const lines = step.lines.map((index) => moments.lines[index]);
    const time = step.time.replace("..", " – ");
    const button = h("button", { type: "button", class: "when", tabindex: -1, "aria-pressed": "false",
                                 "aria-label": page.say("life_step", { time, text: page.text(lines[0].text) }),
                                 onclick: (event) => { event.stopPropagation(); act(); } }, time);
    const item = h("li", { onclick: () => { if (String(getSelection()) === "") { act(); } } },
                   button,
                   h("div", { class: "what" }, lines.map((line) =>
                       h("p", { class: line.indent > 0 ? "indented" : null }, page.text(line.text), law_of(page, line, titles)))));
    return { item, button };
}

/** The citation, which names the text when pointed at. */
function law_of(page, line, titles) {
    if (!line.law) {
        return null;
    }
    const cited = citation(page, line.law);
    const text = titles.find(({ key }) => line.law.en === key || line.law.en.startsWith(`${key} `));
    if (text) {
        cited.title = page.text(text.title);
    }
    return [" ", cited];
}

function walk(event, steps) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const seen = steps.filter(({ item }) => !item.classList.contains("passed-over"));
    const at = seen.findIndex(({ button }) => button === document.activeElement);
    const next = event.key === "Home" ? 0 : event.key === "End" ? seen.length - 1 : by && at >= 0 ? at + by : -1;
    if (seen[next]) {
        event.preventDefault();
        seen[next].button.focus();
    }
}

function mark(page, moments, steps) {
    const choice = page.store.get("at");
    const touched = moments.touched(choice);
    steps.forEach(({ item, button }, index) => {
        item.classList.toggle("touched", touched.steps.has(index));
        button.setAttribute("aria-pressed", String(choice === `step-${index}`));
    });
    if ([...touched.steps].some((index) => steps[index].item.classList.contains("passed-over"))) {
        page.store.set("steps", "all");
    }
}

/** Brings the first step that a choice touches into sight. */
export function show_step(page, moments) {
    const [first] = [...moments.touched(page.store.get("at")).steps].sort((a, b) => a - b);
    const item = document.querySelectorAll(".steps > li")[first];
    item?.scrollIntoView({ behavior: page.calm ? "auto" : "smooth", block: "center" });
    item?.querySelector("button").focus({ preventScroll: true });
}
