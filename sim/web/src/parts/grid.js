// A table of the document: sorted by a click on a heading, filtered by words and choices, and drawn only where it is
// seen, so that 80 000 rows scroll as lightly as ten. Saves what it shows as CSV.
import { h, replace, fresh_id, styled } from "../base/dom.js";
import { collator, number_text } from "../base/format.js";
import { csv_of, matching, sorted } from "../base/selection.js";
import { button, choice } from "./controls.js";

const row_height = 32; // px; style.css has the same
const rows_seen = 14;
const rows_in_full = 60; // fewer are drawn at once and may wrap
const rows_printed = 30;
const widest_word = 30; // characters; a longer one shows whole when pointed at

/**
 * `source()` gives the selection to show, `follows` are the choices it hangs on. Options: `filters` (names of columns of
 * words to choose from), `search`, `sort` ({column, descending}), `caption`, `pick(row)`.
 */
export function grid(page, source, options = {}) {
    return new Grid(page, source, options).element;
}

class Grid {
    constructor(page, source, { follows = [], filters = [], search = false, sort = null, caption = null, pick = null }) {
        Object.assign(this, { page, source, sort, pick, query: "", chosen: new Map(), filters });
        this.first = source();
        this.count = h("p", { class: "count", role: "status" });
        this.head = h("thead");
        this.body = h("tbody");
        this.columns = h("colgroup");
        const title = caption ?? page.text(this.first.table.title);
        this.table = h("table", { "aria-label": title }, this.columns, this.head, this.body);
        this.frame = h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": title,
                                onscroll: () => this.draw_window() }, this.table);
        this.element = h("div", { class: "grid" }, this.tools(search, filters), this.frame, this.count);
        page.follow(follows, () => this.update());
        page.on_print(() => {
            this.drawn = null;
            this.draw_window();
        }, this.element);
    }

    tools(search, filters) {
        const { page } = this;
        const tools = h("div", { class: "tools" });
        if (search) {
            const id = fresh_id("search");
            const input = h("input", { type: "search", id, placeholder: page.say("search_hint"), autocomplete: "off",
                                       oninput: () => { this.query = input.value; this.update(); } });
            tools.append(h("span", { class: "control" }, h("label", { for: id }, page.say("search")), input));
        }
        for (const name of filters) {
            const column = this.first.table.column(name);
            const occurring = new Set(column.data);
            const words = column.words.map((word, index) => [index, page.text(word.label)]).filter(([index]) => occurring.has(index));
            const choices = [[-1, page.say("all")], ...words];
            tools.append(choice(page.text(column.label), choices, -1, (word) => {
                this.chosen.set(name, word);
                this.update();
            }).element);
        }
        tools.append(button(page.say("save_csv"), () => this.save(), { class: "quiet save" }));
        return tools;
    }

    update() {
        const { page } = this;
        this.now = this.source();
        let rows = this.now.rows;
        for (const [name, word] of this.chosen) {
            if (word >= 0) {
                const { data } = this.now.table.column(name);
                rows = rows.filter((row) => data[row] === word);
            }
        }
        rows = matching(rows, this.now.columns, this.query);
        if (this.sort) {
            rows = sorted(rows, this.now.table.column(this.sort.column), this.sort.descending,
                          (label) => page.text(label), collator(page.language));
        }
        this.rows = rows;
        this.long = rows.length > rows_in_full;
        this.element.classList.toggle("long", this.long);
        this.table.setAttribute("aria-rowcount", String(rows.length + 1));
        const say = (n) => number_text(page.language, n);
        this.count.textContent = rows.length === this.now.rows.length
            ? page.say("rows", { count: say(rows.length) })
            : page.say("rows_of", { count: say(rows.length), all: say(this.now.rows.length) });
        this.draw_head();
        this.frame.scrollTop = 0;
        this.draw_window();
    }

    draw_head() {
        const { page } = this;
        replace(this.columns, this.now.columns.map((column) =>
            styled(h("col"), this.long ? { width: `${this.width_of(column)}ch` } : {})));
        replace(this.head, h("tr", { "aria-rowindex": 1 }, this.now.columns.map((column) => {
            const by_this = this.sort?.column === column.name;
            const order = by_this ? (this.sort.descending ? "descending" : "ascending") : "none";
            const mark = by_this ? (this.sort.descending ? " ↓" : " ↑") : "";
            return h("th", { scope: "col", "aria-sort": order, class: is_number(column) ? "number" : null },
                     button([page.heading(column), h("span", { "aria-hidden": "true" }, mark)],
                            () => this.sort_by(column), { "data-column": column.name }));
        })));
    }

    /** Widths are fixed where rows come and go, else columns would dance. */
    width_of(column) {
        const { page } = this;
        const wide = (text) => [...text].reduce((sum, character) => sum + (character > "\u2e80" ? 2 : 1), 0);
        let most = Math.max(wide(page.heading(column)) / 2, ...page.heading(column).split(" ").map(wide)) + 2;
        if (column.words) {
            for (const word of new Set(this.now.rows.map((row) => column.data[row]))) {
                most = Math.max(most, word < 0 ? 0 : wide(page.text(column.words[word].label)));
            }
            return Math.min(most, widest_word) + 3;
        }
        for (const row of this.rows) {
            const value = column.data[row];
            const digits = value === null ? 0 : String(Math.trunc(value)).length;
            most = Math.max(most, digits + Math.ceil(digits / 3) + column.digits + 1);
        }
        return most + 3;
    }

    sort_by(column) {
        const again = this.sort?.column === column.name;
        this.sort = { column: column.name, descending: again ? !this.sort.descending : !column.words };
        this.update();
        this.head.querySelectorAll("button").forEach((each) => {
            if (each.dataset.column === column.name) {
                each.focus();
            }
        });
    }

    draw_window() {
        const { length } = this.rows;
        let [first, last] = [0, length];
        if (this.page.printing) {
            last = this.long ? Math.min(length, rows_printed) : length;
        } else if (this.long) {
            first = Math.max(0, Math.floor(this.frame.scrollTop / row_height) - 6);
            last = Math.min(length, first + rows_seen + 16);
        }
        if (this.drawn && this.drawn.rows === this.rows && this.drawn.first === first && this.drawn.last === last) {
            return;
        }
        this.drawn = { rows: this.rows, first, last };
        const drawn = this.rows.slice(first, last).map((row, at) => this.row(row, first + at));
        const space = (rows) => (rows > 0 && !this.page.printing ? this.space(rows) : null);
        const rest = this.page.printing && last < length
            ? h("tr", {}, h("td", { colspan: this.now.columns.length, class: "rest" },
                            this.page.say("printed_rows", { count: this.page.number(last), all: this.page.number(length),
                                                            file: this.now.table.file ?? "CSV" })))
            : null;
        replace(this.body, space(first), drawn, space(length - last), rest);
    }

    space(rows) {
        return h("tr", { class: "space", "aria-hidden": "true" },
                 styled(h("td", { colspan: this.now.columns.length }), { height: `${rows * row_height}px` }));
    }

    row(row, index) {
        const cells = this.now.columns.map((column, at) => {
            const text = this.page.cell(column, row);
            if (at === 0 && this.pick) {
                return h("td", {}, button(text, () => this.pick(row), { class: "link" }));
            }
            return h("td", { class: is_number(column) ? "number" : null, title: this.long && column.words ? text : null }, text);
        });
        return h("tr", { "aria-rowindex": index + 2 }, cells);
    }

    save() {
        const text = csv_of({ ...this.now, rows: this.rows });
        save_file(`${this.now.table.name}.csv`, "text/csv", text);
    }
}

const is_number = ({ words, unit }) => !words && unit !== "year";

export function save_file(name, type, text) {
    const address = URL.createObjectURL(new Blob([text], { type }));
    h("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
