// The timeline of a life: a row an area, a bar for the months of a record, arrows where money moves, lines through all
// rows for what happens to the person. One stop of the Tab key; arrow keys walk in order of time.
import { h, replace, styled } from "../../base/dom.js";
import { button } from "../../parts/controls.js";
import { account_of } from "./account.js";
import { drawing } from "./drawing.js";
import { describe, state_names } from "./words.js";
import { show_step } from "./story.js";

const printed_width = 660; // px: A4 less its margins
const tones = ["counted", "temporary", "extension", "resident", "lump_sum"]; // in the order of the palette's categories

/** Elements to stand side by side with the story: the drawing stays in sight above it. */
export function timeline(page, moments) {
    return new Timeline(page, moments).elements;
}

class Timeline {
    constructor(page, moments) {
        Object.assign(this, { page, moments, active: null });
        this.place = h("div", { class: "life-drawing" });
        this.saying = h("p");
        // One button for good: were it made anew when the focus leaves the drawing, a click on it would be lost.
        this.to_step = button(page.say("life_to_step"), () => show_step(page, moments), { class: "link" });
        this.told = h("div", { class: "told" }, this.saying, this.to_step);
        this.seen = h("div", { class: "pinned" }, this.place, this.told);
        this.turned = h("div", { hidden: true });
        this.turn = button("", () => this.show_table(this.turned.hidden), { class: "quiet turn" });
        this.elements = [
            h("div", { class: "life-head" }, h("h3", {}, page.say("life_chart")), this.turn),
            h("p", { class: "remark life-how" }, page.say("life_chart_how")),
            this.seen, this.key = this.legend(), this.turned,
        ];
        this.show_table(false);
        this.draw();
        const sized = new ResizeObserver(() => this.fit());
        sized.observe(this.place);
        page.on_leave(() => sized.disconnect());
        page.on_print(() => this.draw(), this.place);
        page.follow(["at"], () => { this.mark(); this.tell(); });
    }

    show_table(as_table) {
        this.turned.hidden = !as_table;
        this.seen.hidden = as_table;
        this.key.hidden = as_table;
        this.turn.textContent = this.page.say(as_table ? "as_chart" : "as_table");
        this.turn.setAttribute("aria-pressed", String(as_table));
        if (as_table && !this.turned.firstChild) {
            replace(this.turned, account_of(this.page, this.moments));
        }
    }

    fit() {
        const width = this.place.clientWidth;
        if (!this.page.printing && width > 0 && width !== this.width) {
            this.draw();
        }
    }

    draw() {
        this.width = this.page.printing ? printed_width : this.place.clientWidth || 640;
        const focused = this.place.contains(document.activeElement) ? this.active : null;
        const { svg, items } = drawing(this.page, this.moments, this.width);
        this.items = items;
        for (const item of items) {
            item.element.setAttribute("aria-label", describe(this.page, this.moments, item).text);
            item.element.addEventListener("click", () => this.choose(item));
            item.element.addEventListener("focus", () => this.roam(item));
            item.element.addEventListener("mouseenter", () => this.tell(item));
            item.element.addEventListener("mouseleave", () => this.tell());
        }
        svg.addEventListener("keydown", (event) => this.walk(event));
        svg.addEventListener("focusout", () => this.tell());
        this.colour();
        replace(this.place, svg);
        this.svg = svg;
        const active = items.find(({ key }) => key === (this.active ?? items[0]?.key));
        items.forEach((item) => item.element.setAttribute("tabindex", item === active ? "0" : "-1"));
        this.mark();
        if (focused) {
            active?.element.focus();
        }
    }

    /** The drawing and its legend have the colours of every other chart. */
    colour() {
        const { categories } = this.page.palette;
        const variables = Object.fromEntries(tones.map((tone, index) => [`--${tone}`, categories[index]]));
        styled(this.place, variables);
        styled(this.key, variables);
    }

    roam(item) {
        this.active = item.key;
        this.items.forEach(({ key, element }) => element.setAttribute("tabindex", key === item.key ? "0" : "-1"));
        this.tell(item);
    }

    choose(item) {
        const { store } = this.page;
        store.set("at", store.get("at") === item.key ? "" : item.key);
        this.tell(item);
    }

    walk(event) {
        const at = this.items.findIndex(({ key }) => key === this.active);
        const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
        const next = event.key === "Home" ? 0 : event.key === "End" ? this.items.length - 1 : by ? at + by : -1;
        if (event.key === "Enter" || event.key === " ") {
            event.preventDefault();
            this.choose(this.items[at]);
        } else if (this.items[next]) {
            event.preventDefault();
            this.items[next].element.focus();
        }
    }

    /** Shows on the drawing what is chosen, here or in the story. */
    mark() {
        const choice = this.page.store.get("at");
        const touched = this.moments.touched(choice);
        const sets = { bar: touched.bars, mark: touched.marks };
        for (const { key, kind, index, element } of this.items) {
            element.classList.toggle("touched", sets[kind].has(index));
            element.setAttribute("aria-pressed", String(key === choice));
        }
        this.svg.show_months(touched.months);
    }

    /** Says below the drawing what is pointed at, else what is chosen. */
    tell(item = null) {
        const { page, moments } = this;
        const choice = page.store.get("at");
        const [kind, index] = choice.split("-");
        const told = item ?? this.items.find(({ key }) => key === choice)
            ?? (kind === "step" ? { kind, index: Number(index) } : null);
        this.to_step.hidden = choice === "" || (item !== null && item.key !== choice);
        this.saying.classList.toggle("empty", !told);
        if (!told) {
            replace(this.saying, page.say("life_point"));
            return;
        }
        const { title, details } = describe(page, moments, told);
        replace(this.saying, h("strong", {}, title), details.map((text) => h("span", {}, text)));
    }

    legend() {
        const { page, moments } = this;
        const present = [...state_names].filter(([state]) => moments.records.some((record) => record.state === state));
        const coins = ["refund", "bridge"].map((kind) => moments.events.find((event) => event.kind === kind)).filter(Boolean);
        const entry = (look, text, sign = null) => h("li", {}, h("i", { class: look, "aria-hidden": "true" }, sign), text);
        return h("ul", { class: "legend", "aria-label": page.say("legend") },
                 present.map(([state, key]) => entry(`state ${state}`, page.say(key))),
                 moments.events.some(({ kind }) => kind === "transfer") ? entry("state arrow", page.say("life_arrow")) : null,
                 coins.map((event) => entry("coin", page.text(event.label), event.kind === "refund" ? "↓" : "=")));
    }
}
