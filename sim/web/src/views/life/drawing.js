// Draws a life as SVG: geometry only, what it means is said in words.js. Colours and patterns come from life.css and the palette.
import { fresh_id } from "../../base/dom.js";
import { month_number } from "./moments.js";

const bar_height = 20;
const lane_gap = 4;
const row_padding = 9;
const label_height = 17;
const axis_height = 24;
const arrow_step = 9; // between arrows of one place
const coin_step = 18;
const most_spread = 18;

function s(tag, attributes, ...children) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (value !== null) {
            element.setAttribute(name, String(value));
        }
    }
    element.append(...children.filter((child) => child !== null));
    return element;
}

/** About how wide a text is drawn, in px of 12.5 px type. */
const text_width = (text) => [...text].reduce((sum, character) => sum + (character > "\u2e7f" ? 12.8 : 6.6), 0);

const personal = new Set(["claim", "settlement", "departure", "return", "termination", "death"]);

/**
 * {svg, items}: items are what can be chosen, {key, kind: "bar" | "mark", index, element}, in order of time. The svg has
 * show_months([first, last] or null), which shades them.
 */
export function drawing(page, moments, width) {
    const plan = plan_of(page, moments, width);
    const patterns = make_patterns();
    plan.arrow_head = patterns.ids.get("head");
    const band = s("rect", { class: "band", y: 0, height: plan.bottom, x: 0, width: 0, visibility: "hidden" });
    const bars = moments.records.map((record, index) => bar(page, plan, patterns, record, index));
    const marks = marks_of(page, moments, plan);
    const svg = s("svg", { width, height: plan.height, viewBox: `0 0 ${width} ${plan.height}`, role: "group",
                           "aria-label": page.say("life_chart") },
                  patterns.defs, ...rows(page, plan), ...axis(page, plan), band,
                  ...bars.map(({ element }) => element), ...labels(page, moments, plan),
                  // A longer line passes behind the name of a shorter one.
                  ...[...marks].sort((a, b) => b.level - a.level).map(({ element }) => element));
    svg.show_months = (months) => {
        band.setAttribute("visibility", months ? "visible" : "hidden");
        if (months) {
            const [from, to] = [plan.x(months[0]), plan.x(months[1] + 1)].map((x) => Math.min(Math.max(x, 0), width));
            band.setAttribute("x", from);
            band.setAttribute("width", Math.max(to - from, months[1] + 1 > plan.first ? 3 : 0));
        }
    };
    const items = [...bars, ...marks].sort((a, b) => a.time - b.time || a.order - b.order);
    return { svg, items };
}

const is_arrow = ({ from, to }) => from !== null && to !== null && from !== to;
const step_of = (event) => (is_arrow(event) ? arrow_step : coin_step);

/** Where everything stands. */
function plan_of(page, moments, width) {
    const [first_year, last_year] = page.document.horizon;
    const [first, last] = [first_year * 12, (last_year + 1) * 12];
    const names = page.areas.map((_, index) => page.area(index));
    const wide = width >= 620;
    const left = wide ? Math.min(170, Math.max(60, ...names.map(text_width)) + 26) : 6;
    const behind = moments.events.filter((event) => !personal.has(event.kind) && moments.place_of(event) > month_number(event.month));
    const right = width - 16 - behind.reduce((sum, event) => sum + step_of(event), 0);
    const plan = { page, width, wide, left, right, first, last,
                   x: (month) => left + ((month - first) / (last - first)) * (right - left) };
    plan.flags = flags_of(page, moments, plan);
    const levels = plan.flags.reduce((most, { level }) => Math.max(most, level + 1), 0);
    plan.top = levels * label_height + 6;
    plan.lanes = lanes_of(moments.records);
    let y = plan.top;
    plan.rows = page.areas.map((area, index) => {
        const lanes = Math.max(1, ...moments.records.map((record, at) => (record.area === index ? plan.lanes[at] + 1 : 0)));
        const head = wide ? 0 : label_height - 3;
        const height = head + lanes * (bar_height + lane_gap) - lane_gap + 2 * row_padding;
        const row = { name: names[index], y, height, bars: y + head + row_padding, middle: y + head + row_padding + bar_height / 2 };
        y += height;
        return row;
    });
    plan.bottom = y;
    plan.height = y + axis_height;
    return plan;
}

/** Records of one area at one time lie below one another: the lane of each. */
function lanes_of(records) {
    const ends = new Map(); // "area" -> last month of each lane
    const order = records.map((_, index) => index).sort((a, b) => records[a].months_at[0] - records[b].months_at[0] || a - b);
    const lanes = [];
    for (const index of order) {
        const { area, months_at } = records[index];
        const taken = ends.get(area) ?? [];
        const free = taken.findIndex((last) => last < months_at[0]);
        lanes[index] = free >= 0 ? free : taken.length;
        taken[lanes[index]] = months_at[1];
        ends.set(area, taken);
    }
    return lanes;
}

/** Lines through all rows, with their names at the top, where none covers another. */
function flags_of(page, moments, plan) {
    const flags = moments.events.map((event, index) => ({ event, index })).filter(({ event }) => personal.has(event.kind));
    const taken = []; // by level: ranges of x
    return flags.map(({ event, index }) => {
        const x = plan.x(moments.place_of(event));
        const text = page.text(event.label);
        const length = text_width(text) + 10;
        const to_left = x + length > plan.width;
        const from = to_left ? Math.max(0, x - length) : x;
        const range = [from, from + length];
        let level = 0;
        while (taken[level]?.some(([a, b]) => a < range[1] && range[0] < b)) {
            level += 1;
        }
        (taken[level] ??= []).push(range);
        return { event, index, x, text, level, to_left };
    });
}

function rows(page, plan) {
    return plan.rows.flatMap(({ name, y, height }, index) => [
        s("rect", { class: index % 2 === 0 ? "row even" : "row", x: 0, y, width: plan.width, height }),
        s("text", plan.wide ? { class: "name", x: 8, y: y + height / 2 + 4.5 } : { class: "name", x: 6, y: y + 15 },
          clipped(name, plan.wide ? plan.left - 12 : plan.width - 12)),
    ]);
}

/** Names of hostile length end in "…"; the words below have them whole. */
function clipped(text, width) {
    let kept = text;
    while (kept.length > 1 && text_width(kept) > width) {
        kept = kept.slice(0, -1);
    }
    return kept === text ? text : `${kept}…`;
}

function axis(page, plan) {
    const years = (plan.last - plan.first) / 12;
    const step = [1, 2, 5, 10, 20, 50].find((each) => ((plan.right - plan.left) / years) * each >= 42) ?? 100;
    const ticks = [];
    for (let year = Math.ceil(plan.first / 12 / step) * step; year * 12 <= plan.last; year += step) {
        const x = plan.x(year * 12);
        ticks.push(s("line", { class: "tick", x1: x, x2: x, y1: plan.top, y2: plan.bottom + 4 }),
                   s("text", { class: "tick-label", x: Math.min(Math.max(x, 14), plan.width - 14), y: plan.bottom + 18 },
                     page.number(year, "year")));
    }
    return ticks;
}

/** Fills that differ in more than colour. */
function make_patterns() {
    const ids = new Map();
    const pattern = (state, size, turn, ...shapes) => {
        const id = fresh_id(state);
        ids.set(state, id);
        return s("pattern", { id, width: size, height: size, patternUnits: "userSpaceOnUse", patternTransform: turn }, ...shapes);
    };
    const ground = (state, size) => s("rect", { class: `fill-${state}`, width: size, height: size });
    const defs = s("defs", {},
                   pattern("temporary", 8, "rotate(45)", ground("temporary", 8), s("rect", { class: "gap", width: 3, height: 8 })),
                   pattern("extension", 7, null, ground("extension", 7), s("circle", { class: "gap", cx: 3.5, cy: 3.5, r: 1.4 })),
                   pattern("lump_sum", 6, null, ground("lump_sum", 6), s("rect", { class: "gap", width: 2, height: 6 })),
                   pattern("void", 7, "rotate(-45)", s("rect", { class: "fill-void", width: 1.4, height: 7 })),
                   pattern("resident", 7, null, ground("resident", 7), s("rect", { class: "gap", width: 7, height: 2.4 })),
                   arrowhead(ids));
    return { defs, ids };
}

function arrowhead(ids) {
    ids.set("head", fresh_id("head"));
    return s("marker", { id: ids.get("head"), viewBox: "0 0 10 10", refX: 8, refY: 5, markerWidth: 8, markerHeight: 8,
                         markerUnits: "userSpaceOnUse", orient: "auto" }, s("path", { class: "head", d: "M0 1 9 5 0 9Z" }));
}

function item_element(kind, ...children) {
    return s("g", { class: kind, role: "button", tabindex: -1 }, ...children);
}

function bar(page, plan, patterns, record, index) {
    const [from, to] = record.months_at;
    const x = plan.x(from);
    const width = Math.max(plan.x(to + 1) - x, record.state === "lump_sum" ? 7 : 2);
    const y = plan.rows[record.area].bars + plan.lanes[index] * (bar_height + lane_gap);
    const pattern = patterns.ids.get(record.state);
    const shape = s("rect", { class: `bar-shape ${record.state}`, x, y, width, height: bar_height,
                              fill: pattern ? `url(#${pattern})` : null });
    return { key: `bar-${index}`, kind: "bar", index, time: from, order: index, element: item_element("bar", shape) };
}

/** The months of a stay in one area, over its bars. */
function labels(page, moments, plan) {
    return page.document.spells.map(({ area, from, to, months, state }) => {
        const at = moments.records.findIndex((record) =>
            record.area === area && record.from === from && record.state === state);
        const [start, end] = [plan.x(month_number(from)), plan.x(month_number(to) + 1)];
        const text = [page.say("amount_months", { amount: page.number(months) }), page.number(months)]
            .find((each) => text_width(each) + 8 <= end - start);
        const y = plan.rows[area].bars + plan.lanes[at] * (bar_height + lane_gap) + 14.5;
        return state === "counted" && text ? s("text", { class: "months", x: (start + end) / 2, y }, text) : null;
    }).filter((label) => label !== null);
}

function marks_of(page, moments, plan) {
    const flags = new Map(plan.flags.map((flag) => [flag.index, flag]));
    const others = moments.events.filter((event) => !personal.has(event.kind));
    const taken = new Map(); // px that arrows and coins at one place take so far
    return moments.events.map((event, index) => {
        const place = moments.place_of(event);
        const flag = flags.get(index);
        let element = null;
        if (flag) {
            element = line(plan, flag);
        } else {
            const before = taken.get(place) ?? 0;
            const behind = place > month_number(event.month);
            // Many that move at once stay near their month; behind T there is room for all.
            const together = others.filter((other) => moments.place_of(other) === place).length;
            taken.set(place, before + (behind ? step_of(event) : Math.min(step_of(event), most_spread / together)));
            const x = plan.x(place) + (behind ? 8 : 0) + before;
            element = is_arrow(event) ? arrow(plan, event, x) : coin(plan, event, x + coin_step / 2 - 4);
        }
        return { key: `mark-${index}`, kind: "mark", index, time: place, order: 1000 + index, level: flag?.level ?? -1, element };
    });
}

function line(plan, { event, x, text, level, to_left }) {
    const y = plan.top - 6 - level * label_height;
    return item_element(`line ${event.kind}`,
                        s("line", { class: "hit", x1: x, x2: x, y1: y - 8, y2: plan.bottom }),
                        s("line", { class: "stroke", x1: x, x2: x, y1: y - 10, y2: plan.bottom }),
                        s("text", { class: to_left ? "flag end" : "flag", x: to_left ? x - 4 : x + 4, y }, text));
}

/** Money that goes from the middle of one row to that of another. */
function arrow(plan, { from, to }, x) {
    const [y1, y2] = [plan.rows[from].middle, plan.rows[to].middle];
    const tip = y2 + (y2 > y1 ? -2 : 2);
    return item_element("arrow",
                        s("line", { class: "hit", x1: x, x2: x, y1, y2: tip }),
                        s("circle", { class: "start", cx: x, cy: y1, r: 3.2 }),
                        s("line", { class: "stroke", x1: x, x2: x, y1, y2: tip, "marker-end": `url(#${plan.arrow_head})` }));
}

/** Money that leaves the scheme, or changes it, in one area. */
function coin(plan, { from, to, kind }, x) {
    const y = plan.rows[from ?? to].middle;
    const glyph = kind === "refund" ? `M${x} ${y - 4}V${y + 4}M${x - 3} ${y + 1}L${x} ${y + 4}L${x + 3} ${y + 1}`
        : `M${x - 4} ${y - 2}H${x + 4}M${x - 4} ${y + 2}H${x + 4}`;
    return item_element(`coin ${kind}`, s("circle", { class: "disc", cx: x, cy: y, r: 7.5 }), s("path", { class: "glyph", d: glyph }));
}
