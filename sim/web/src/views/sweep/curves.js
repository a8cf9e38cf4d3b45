// Figures over the values of the parameters: lines with bands over numbers, bars over words, and a grid for two parameters.
import { h } from "../../base/dom.js";
import { choice, either, following } from "../../parts/controls.js";
import { band_lines, interval_bars } from "../../parts/differences.js";
import { heat_grid } from "./heat.js";

/** What a reader asks first. */
const key_figures = ["changed.benefit_area", "flows.total", "winners", "losers", "benefits.total"];
const lines_at_most = 6;

/** Differences from the baseline, or the values themselves; the tables "sweep" and "curves" have the same rows. */
const shows_values = (page) => page.store.get("shown") === "value";

function shown_control(page) {
    return either(page.say("shown"), [["difference", page.say("difference")], ["value", page.say("value")]], page.store.get("shown"),
                  (value) => page.store.set("shown", value));
}

const figures_of = (table) => table.column("figure").words;

export function curves_section(page) {
    const table = page.tables.get("curves");
    if (!table) {
        return null;
    }
    const shown = figures_of(table).filter(({ id }) => key_figures.includes(id));
    page.store.link_once("shown", "difference", (text) => (text === "value" ? text : undefined), (value) => (value === "value" ? value : null));
    shown.sort((a, b) => key_figures.indexOf(a.id) - key_figures.indexOf(b.id));
    return {
        id: "curves",
        title: page.say("key_figures"),
        make: () => [
            h("p", {}, page.say(page.document.axes.length > 1 ? "curves_how_two" : "curves_how")),
            h("div", { class: "tools" }, shown_control(page)),
            following(page, ["shown"], () => h("div", { class: "pair" }, shown.map(({ id }) => drawn(page, table, id)))),
        ],
    };
}

export function figure_section(page) {
    const table = page.tables.get("curves");
    if (!table) {
        return null;
    }
    const words = figures_of(table);
    page.store.link_once("figure", words[0].id, (text) => (words.some(({ id }) => id === text) ? text : undefined),
                         (value) => (value === words[0].id ? null : value));
    return {
        id: "figure",
        title: page.say("any_figure"),
        make: () => [
            h("div", { class: "tools" }, choice(page.say("figure"), words.map(({ id, label }) => [id, page.text(label)]), page.store.get("figure"),
                                                (id) => page.store.set("figure", id)).element),
            following(page, ["figure", "shown"], () => [drawn(page, table, page.store.get("figure")),
                                               page.document.axes.length > 1 ? lines_of_two(page, table, page.store.get("figure")) : null]),
        ],
    };
}

/** One figure: its rows, its columns in its unit, and of these what is drawn with its interval. */
function of_figure(page, table, id) {
    const number = figures_of(table).findIndex((word) => word.id === id);
    const rows = table.rows_with("figure", number);
    const unit = table.id(rows[0], "unit");
    const sweep = page.tables.get("sweep");
    const in_unit = (of, name) => of.column(name).as({ unit, digits: 0 });
    const [value, low, high] = shows_values(page) ? ["value", "value_lo95", "value_hi95"].map((name) => in_unit(table, name))
        : ["difference", "lo95", "hi95"].map((name) => in_unit(sweep, name));
    return { rows, unit, baseline: in_unit(table, "baseline"), value, low, high,
             columns: ["baseline", "value"].map((name) => in_unit(table, name)).concat(["difference", "lo95", "hi95"].map((name) => in_unit(sweep, name))) };
}

function drawn(page, table, id) {
    const { axes } = page.document;
    if (axes.length > 1) {
        return heat_grid(page, { table, id, shows_values: shows_values(page), ...of_figure(page, table, id) });
    }
    const [axis] = axes;
    const { rows, baseline, value, low, high, columns } = of_figure(page, table, id);
    const title = page.text(figures_of(table).find((word) => word.id === id).label);
    const source = () => ({ table, rows, columns: [table.column(axis.key), ...columns] });
    const note = page.say("baseline_is", { amount: page.amount(baseline, baseline.data[rows[0]]) });
    if (axis.numbers === null) {
        return interval_bars(page, { title, note, source, columns: () => ({ value, low, high }), name: (row) => page.cell(table.column(axis.key), row) });
    }
    return band_lines(page, { title, note, source, axis: numbers_of(page, table, axis), marks: () => marks(page, baseline, rows, axis),
                              lines: () => [{ name: title, rows, value, low, high }] });
}

/** The numbers of an axis as places. */
function numbers_of(page, table, axis) {
    const { data } = table.column(axis.key);
    const text = (value) => String(value);
    return { at: (row) => axis.numbers[data[row]], names: null, numbers: axis.numbers, label: text, text: (row) => axis.values[data[row]] };
}

function marks(page, baseline, rows, axis) {
    return { x: axis.baseline === null ? null : axis.numbers[axis.baseline], y: shows_values(page) ? baseline.data[rows[0]] : 0 };
}

/** A line for each value of the second parameter, where they are few and the first one's are numbers. */
function lines_of_two(page, table, id) {
    const [first, second] = page.document.axes;
    if (first.numbers === null || second.values.length > lines_at_most) {
        return null;
    }
    const { rows, baseline, value, low, high, columns } = of_figure(page, table, id);
    const title = page.text(figures_of(table).find((word) => word.id === id).label);
    return band_lines(page, {
        title: page.say("by_parameter", { figure: title, parameter: page.text(first.label) }),
        note: page.say("a_line_for", { parameter: page.text(second.label) }),
        source: () => ({ table, rows, columns: [table.column(first.key), table.column(second.key), ...columns] }),
        axis: numbers_of(page, table, first),
        marks: () => marks(page, baseline, rows, first),
        lines: () => second.values.map((text, number) =>
            ({ name: text, rows: rows.filter((row) => table.value(row, second.key) === number), value, low, high })),
    });
}
