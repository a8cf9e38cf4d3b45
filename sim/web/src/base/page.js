// What every part of the page is given: the document, its tables, the reader's choices, and words in their language.
import { Table } from "./document.js";
import { brief_text, nothing, number_text, short_text } from "./format.js";
import { palette } from "./palette.js";
import { Store } from "./store.js";
import { words } from "../words.js";

export class Page {
    constructor(content) {
        this.document = content;
        this.areas = content.areas ?? [];
        this.tables = new Map(
            Object.entries(content.tables ?? {}).map(([name, table]) => [name, new Table(name, table, this.areas)]));
        this.store = new Store();
        this.printing = false;
        this.printers = new Set();
        this.scope = [];
        const [first, last] = content.horizon ?? [0, 0];
        const or_undefined = (valid, value) => (valid ? value : undefined);
        this.store.link("lang", content.language === "zh" ? "zh" : "en",
                        (text) => or_undefined(text === "en" || text === "zh", text), (value) => value);
        this.store.link("theme", null,
                        (text) => or_undefined(text === "light" || text === "dark", text), (value) => value);
        this.store.link("year", 0, (text) => or_undefined(Number(text) >= first && Number(text) <= last, Number(text)),
                        (value) => (value === 0 ? null : String(value)));
        this.store.link("area", -1,
                        (text) => {
                            const index = this.areas.findIndex(({ id }) => id === text);
                            return or_undefined(index >= 0, index);
                        },
                        (value) => this.areas[value]?.id ?? null);
    }

    get language() {
        return this.store.get("lang");
    }

    /** The theme in force: the reader's, else the system's. */
    get theme() {
        return this.printing ? "light" : (this.store.get("theme") ?? system_theme());
    }

    get palette() {
        return palette(this.theme);
    }

    get calm() {
        return this.printing || matchMedia("(prefers-reduced-motion: reduce)").matches;
    }

    /** The reader's language of a text of the document. */
    text(both) {
        return both?.[this.language] ?? both?.en ?? "";
    }

    /** A sentence of the page's own: say("rows_shown", {shown: "40"}). */
    say(key, values = {}) {
        const sentence = words[this.language][key];
        if (sentence === undefined) {
            throw new Error(`words.js has no ${key}`);
        }
        return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
    }

    area(index) {
        return index >= 0 && index < this.areas.length ? this.text(this.areas[index].name) : nothing;
    }

    /** "2031", or "all years" for 0. */
    year(year) {
        return year === 0 ? this.say("all_years") : this.say("year_name", { year: number_text(this.language, year, "year") });
    }

    /** A value of a column in full, as a table shows it. */
    cell(column, row) {
        const value = column.data[row];
        if (column.words) {
            return value >= 0 ? this.text(column.words[value].label) : "";
        }
        if (column.unit === "year" && value === 0) {
            return this.say("all_years");
        }
        return value === null ? "" : number_text(this.language, value, column.unit, column.digits);
    }

    /** With its unit: "1,234 yuan"; `value` is of this column. */
    amount(column, value) {
        const text = number_text(this.language, value, column.unit, column.digits);
        return value !== null && has_unit(column.unit) ? this.say(`amount_${column.unit}`, { amount: text }) : text;
    }

    /** The same, rounded for a line of text: "320.1 billion yuan". */
    brief(column, value) {
        const text = brief_text(this.language, value, column.unit, column.digits);
        return value !== null && has_unit(column.unit) ? this.say(`amount_${column.unit}`, { amount: text }) : text;
    }

    /** `digits`: significant ones, where three would make neighbours the same. */
    short(value, unit, digits = 3) {
        return short_text(this.language, value, unit, digits);
    }

    number(value, unit, digits) {
        return number_text(this.language, value, unit, digits);
    }

    /** "Pooled money, yuan". */
    heading(column) {
        const label = this.text(column.label);
        return column.unit === "yuan" ? this.say("label_unit", { label, unit: this.say(`unit_${column.unit}`) }) : label;
    }

    /** Calls `act` before and after printing, as long as `element` is on the page; see `printing`. */
    on_print(act, element) {
        const printer = { act, element };
        this.printers.add(printer);
        this.on_leave(() => this.printers.delete(printer));
    }

    print(begins) {
        this.printing = begins;
        for (const { act, element } of this.printers) {
            if (element.isConnected) {
                act();
            }
        }
    }

    /** Calls `act` when what is being made now is made anew. */
    on_leave(act) {
        this.scope.push(act);
    }

    /** Makes something in a scope of its own, and ends what `scope` held before. Returns what `make` gives. */
    anew(scope, make) {
        scope.splice(0).forEach((act) => act());
        return this.within(scope, make);
    }

    within(scope, make) {
        const outer = this.scope;
        this.scope = scope;
        try {
            return make();
        } finally {
            this.scope = outer;
        }
    }

    /** Calls `act` whenever one of these choices changes, until what is being made now is made anew. */
    watch(keys, act) {
        this.on_leave(this.store.watch(keys, act));
    }

    /** The same, and at once. */
    follow(keys, act) {
        this.watch(keys, act);
        act();
    }
}

const has_unit = (unit) => unit === "yuan" || unit === "people" || unit === "months";

export function system_theme() {
    return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}
