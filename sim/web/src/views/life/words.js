// What the bars and marks of a timeline say in words.
import { nothing } from "../../base/format.js";

/** What the states of a bar are called in words.js, in the order of the legend. */
export const state_names = new Map([
    ["counted", "life_counted"],
    ["temporary", "life_temporary"],
    ["extension", "life_extension"],
    ["lump_sum", "life_lump_sum"],
    ["void", "life_void"],
    ["resident", "life_resident"],
]);

const yuan = (page, value) => page.say("amount_yuan", { amount: page.number(value, "yuan", 2) });

export function area_name(page, index) {
    return index === null ? nothing : page.area(index);
}

export function range_of({ from, to }, page) {
    return from === to ? from : page.say("range", { from, to });
}

/** "5,600.00 yuan a month": what contributions are reckoned from. */
export function wage_of(page, { base, period }) {
    return page.say(period === "year" ? "life_wage_year" : "life_wage_month", { amount: page.number(base, "yuan", 2) });
}

/** `title`, `details` (texts) and both as one `text` of an item: {kind: "bar" | "mark" | "step", index}. */
export function describe(page, moments, { kind, index }) {
    const { title, details } = kind === "bar" ? of_record(page, moments.records[index])
        : kind === "mark" ? of_event(page, moments.events[index])
        : of_step(page, moments, moments.steps[index]);
    return { title, details, text: [title, ...details].join(page.say("life_comma")) };
}

function of_record(page, record) {
    return {
        title: area_name(page, record.area),
        details: [range_of(record, page), page.say("amount_months", { amount: page.number(record.months) }),
                  page.text(record.kind), page.say("life_base", { amount: wage_of(page, record) }), page.say(state_names.get(record.state))],
    };
}

function of_event(page, event) {
    const details = [event.month];
    if (event.from !== null && event.to !== null && event.from !== event.to) {
        details.push(page.say("life_from_to", { from: page.area(event.from), to: page.area(event.to) }));
    } else if ((event.from ?? event.to) !== null) {
        details.push(page.area(event.from ?? event.to));
    }
    if (event.account !== null) {
        details.push(page.say("life_account", { amount: yuan(page, event.account) }));
    }
    if (event.pooled !== null) {
        details.push(page.say("life_pooled", { amount: yuan(page, event.pooled) }));
    }
    return { title: page.text(event.label), details };
}

function of_step(page, moments, step) {
    return { title: step.time.replace("..", " – "), details: [page.text(moments.lines[step.lines[0]].text)] };
}
