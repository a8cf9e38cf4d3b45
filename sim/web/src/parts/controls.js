// Controls with names: choices, switches, the year and the area.
import { fresh_id, h, replace } from "../base/dom.js";

/** A labelled <select>; `choices` are [value, text]. */
export function choice(label, choices, value, act, { quiet = false } = {}) {
    const id = fresh_id("choice");
    const select = h("select", { id, onchange: () => act(choices[select.selectedIndex][0]) },
                     choices.map(([, text]) => h("option", {}, text)));
    select.selectedIndex = Math.max(0, choices.findIndex(([each]) => each === value));
    const show = (next) => { select.selectedIndex = Math.max(0, choices.findIndex(([each]) => each === next)); };
    return { element: h("span", { class: "control" },
                        h("label", { for: id, class: quiet ? "unseen" : null }, label), select), show };
}

/** A row of buttons of which one is pressed. */
export function either(label, choices, value, act) {
    const buttons = choices.map(([each, text]) =>
        h("button", { type: "button", "aria-pressed": String(each === value),
                      onclick: () => { press(each); act(each); } }, text));
    const press = (next) => buttons.forEach((button, at) =>
        button.setAttribute("aria-pressed", String(choices[at][0] === next)));
    return h("span", { class: "either", role: "group", "aria-label": label }, buttons);
}

export function button(text, act, properties = {}) {
    return h("button", { type: "button", onclick: act, ...properties }, text);
}

/** Year: all of them, or one; a slider, and a button that lets the years pass. */
export function year_control(page) {
    const [first, last] = page.document.horizon;
    const id = fresh_id("year");
    const slider = h("input", { type: "range", id, min: first - 1, max: last, step: 1,
                                oninput: () => choose(Number(slider.value)) });
    const output = h("output", { for: id, class: "year" });
    const choose = (position) => page.store.set("year", position < first ? 0 : position);
    let timer = null;
    const stop = () => {
        clearInterval(timer);
        timer = null;
        show_play();
    };
    const play = button("", () => {
        if (timer !== null) {
            stop();
            return;
        }
        timer = setInterval(() => {
            const year = page.store.get("year");
            if (year >= last || !play.isConnected) {
                stop();
            } else {
                choose(year === 0 ? first : year + 1);
            }
        }, 900);
        show_play();
    }, { class: "play" });
    const show_play = () => {
        play.textContent = timer === null ? "▶" : "❚❚";
        play.setAttribute("aria-label", page.say(timer === null ? "play_years" : "stop_years"));
    };
    const all = button(page.say("all_years"), () => {
        stop();
        page.store.set("year", 0);
        slider.focus();
    }, { class: "all-years" });
    show_play();
    page.follow(["year"], () => {
        const year = page.store.get("year");
        slider.value = String(year === 0 ? first - 1 : year);
        slider.setAttribute("aria-valuetext", page.year(year));
        output.textContent = page.year(year);
        all.classList.toggle("spent", year === 0);
    });
    return h("span", { class: "control years" }, h("label", { for: id }, page.say("year")), play, slider, output, all);
}

/** Area: all of them, or one. Escape anywhere clears it (shell.js). */
export function area_control(page) {
    const choices = [[-1, page.say("all_areas")], ...page.areas.map((_, index) => [index, page.area(index)])];
    const { element, show } = choice(page.say("area"), choices, page.store.get("area"),
                                     (area) => page.store.set("area", area));
    const clear = button("×", () => page.store.set("area", -1),
                         { class: "clear", "aria-label": page.say("clear_area"), title: page.say("clear_area") });
    element.append(clear);
    page.follow(["area"], () => {
        show(page.store.get("area"));
        clear.hidden = page.store.get("area") < 0;
    });
    return element;
}

/** A passage that is written anew when choices change. */
export function following(page, keys, make, tag = "div", properties = {}) {
    const element = h(tag, properties);
    const scope = [];
    page.on_leave(() => page.anew(scope, () => {}));
    page.follow(keys, () => replace(element, page.anew(scope, make)));
    return element;
}
