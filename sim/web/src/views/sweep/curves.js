// Figures over the values of the parameters: lines with bands over numbers, bars over words, and a grid for two parameters.
import { h } from "../../base/dom.js";
import { choice, following } from "../../parts/controls.js";
import { band_lines, interval_bars } from "../../parts/differences.js";
import { heat_grid } from "./heat.js";

/** What a reader asks first. */
const key_figures = ["changed.benefit_area", "flows.total", "winners", "losers", "benefits.total"];
const lines_at_most = 6;

const figures_of = (table) => table.column("figure").words;

export function curves_section(page) {
    const table = page.tables.get("curves");
    if (!table) {
        return null;
    }
    const shown = figures_of(table).filter(({ id }) => key_figures.includes(id));
    shown.sort((a, b) => key_figures.indexOf(a.id) - key_figures.indexOf(b.id));
    return {
        id: "curves",
        title: page.say("key_figures"),
        make: () => [
            h("p", {}, page.say(page.document.axes.length > 1 ? "curves_how_two" : "curves_how")),
            h("div", { class: "pair" }, shown.map(({ id }) => drawn(page, table, id))),
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
            following(page, ["figure"], () => [drawn(page, table, page.store.get("figure")),
                                               page.document.axes.length > 1 ? lines_of_two(page, table, page.store.get("figure")) : null]),
        ],
    };
}

/** One figure: rows, and columns in its unit. */
function of_figure(table, id) {
    const number = figures_of(table).findIndex((word) => word.id === id);
    const rows = table.rows_with("figure", number);
    const unit = table.id(rows[0], "unit");
    return { rows, unit, column: (name) => table.column(name).as({ unit, digits: 0 }) };
}

const columns_shown = ["baseline", "value", "value_lo95", "value_hi95"];

function drawn(page, table, id) {
    const { axes } = page.document;
    if (axes.length > 1) {
        return heat_grid(page, { table, id, ...of_figure(table, id) });
    }
    const [axis] = axes;
    const { rows, column } = of_figure(table, id);
    const title = page.text(figures_of(table).find((word) => word.id === id).label);
    const source = () => ({ table, rows, columns: [table.column(axis.key), ...columns_shown.map(column)] });
    const names = { value: column("value"), low: column("value_lo95"), high: column("value_hi95") };
    const note = page.say("baseline_is", { amount: page.amount(column("baseline"), table.value(rows[0], "baseline")) });
    if (axis.numbers === null) {
        return interval_bars(page, { title, note, source, signed: false, columns: () => names, name: (row) => page.cell(table.column(axis.key), row) });
    }
    return band_lines(page, { title, note, source, axis: numbers_of(page, table, axis), marks: () => marks(table, rows, axis),
                              lines: () => [{ name: title, rows, ...names }] });
}

/** The numbers of an axis as places. */
function numbers_of(page, table, axis) {
    const { data } = table.column(axis.key);
    const text = (value) => String(value);
    return { at: (row) => axis.numbers[data[row]], names: null, label: text, text: (row) => axis.values[data[row]] };
}

function marks(table, rows, axis) {
    return { x: axis.baseline === null ? null : axis.numbers[axis.baseline], y: table.value(rows[0], "baseline") };
}

/** A line for each value of the second parameter, where they are few and the first one's are numbers. */
function lines_of_two(page, table, id) {
    const [first, second] = page.document.axes;
    if (first.numbers === null || second.values.length > lines_at_most) {
        return null;
    }
    const { rows, column } = of_figure(table, id);
    const title = page.text(figures_of(table).find((word) => word.id === id).label);
    const names = { value: column("value"), low: column("value_lo95"), high: column("value_hi95") };
    return band_lines(page, {
        title: page.say("by_parameter", { figure: title, parameter: page.text(first.label) }),
        note: page.text(second.label),
        source: () => ({ table, rows, columns: [table.column(first.key), table.column(second.key), ...columns_shown.map(column)] }),
        axis: numbers_of(page, table, first),
        marks: () => marks(table, rows, first),
        lines: () => second.values.map((value, number) => ({ name: value, rows: rows.filter((row) => table.value(row, second.key) === number), ...names })),
    });
}
