// One life: its timeline, and the story step by step with the law behind each; each points at the other.
import { h } from "../base/dom.js";
import { facts } from "../parts/headlines.js";
import { Moments } from "./life/moments.js";
import { story } from "./life/story.js";
import { timeline } from "./life/timeline.js";

export function life_view(page) {
    const moments = new Moments(page.document);
    page.store.link_once("at", "", (text) => (moments.knows(text) ? text : undefined), (value) => value || null);
    const clear = (event) => {
        if (event.key === "Escape" && !event.defaultPrevented) {
            page.store.set("at", "");
        }
    };
    addEventListener("keydown", clear);
    page.on_leave(() => removeEventListener("keydown", clear));
    return {
        controls: null,
        sections: [{
            id: "life",
            title: page.say("life_title"),
            make: () => h("div", { class: "life" }, person(page), timeline(page, moments), story(page, moments)),
        }],
    };
}

function person(page) {
    const list = facts(page, page.document.person.facts);
    list.classList.add("small");
    return list;
}
