// The reforms side by side, the choice of one, and what it comes to.
import { h } from "../../base/dom.js";
import { selection } from "../../base/selection.js";
import { choice, following } from "../../parts/controls.js";
import { interval_bars } from "../../parts/differences.js";
import { grid } from "../../parts/grid.js";
import { headlines } from "../../parts/headlines.js";

/** Number of the reform that is shown; it follows the choice "reform". */
export const chosen = (page) => page.store.get("reform");

/** "Five years qualify a place (five-years)". */
export function reform_name(page, number) {
    const { id, title } = page.document.reforms[number];
    const text = page.text(title);
    return text === id ? id : page.say("named", { name: text, id });
}

/**
 * Rows of the chosen reform in a table: its column "reform" has words of its own, which may stand in another order, or
 * lack a reform in which nothing differs.
 */
export function rows_of_reform(page, table, values = {}) {
    const { id } = page.document.reforms[chosen(page)];
    const word = table.column("reform").words.findIndex((each) => each.id === id);
    return word < 0 ? [] : table.rows_where({ reform: word, ...values });
}

/** The control, null where there is nothing to choose. Links the choice in any case. */
export function reform_control(page) {
    const { reforms } = page.document;
    page.store.link_once("reform", 0,
                         (text) => {
                             const found = reforms.findIndex(({ id }) => id === text);
                             return found < 0 ? undefined : found;
                         },
                         (value) => (value === 0 ? null : reforms[value].id));
    if (reforms.length < 2) {
        return null;
    }
    const { element, show } = choice(page.say("reform"), reforms.map((_, number) => [number, reform_name(page, number)]), chosen(page),
                                     (number) => page.store.set("reform", number));
    page.follow(["reform"], () => show(chosen(page)));
    return element;
}

/** Several reforms in a table; a row is a choice. */
export function overview_section(page) {
    const table = page.tables.get("overview");
    if (!table || page.document.reforms.length < 2) {
        return null;
    }
    const pick = (row) => page.store.set("reform", row);
    const name = (row) => reform_name(page, row);
    return {
        id: "overview",
        title: page.text(table.title),
        make: () => [
            h("p", {}, page.say("overview_how")),
            h("div", { class: "pair" }, ["moved", "pensions"].map((total) => interval_bars(page, {
                title: page.text(table.column(`${total}_difference`).label),
                source: () => selection(table, ["reform", ...["_difference", "_lo95", "_hi95"].map((end) => total + end)], table.all()),
                columns: () => columns_of(table, total),
                name,
                pick,
                label_width: 160,
            }))),
            grid(page, () => selection(table, table.columns.map(({ name: column }) => column), table.all()), { pick }),
        ],
    };
}

/** {value, low, high} of a measure of differences. */
export function columns_of(table, measure, unit = null) {
    const column = (end) => {
        const found = table.column(measure + end);
        return unit === null ? found : found.as({ unit, digits: 0 });
    };
    return { value: column("_difference"), low: column("_lo95"), high: column("_hi95") };
}

/** Of several reforms the chosen one's answer, as the page has it at the top for one alone. */
export function reform_section(page) {
    if (page.document.reforms.length < 2) {
        return null;
    }
    return {
        id: "reform",
        title: page.say("one_reform"),
        make: () => following(page, ["reform"], () => {
            const { answer, headlines: figures, notes } = page.document.reforms[chosen(page)];
            return [
                h("h3", { class: "name" }, reform_name(page, chosen(page))),
                h("p", { class: "lead" }, page.text(answer)),
                headlines(page, figures),
                notes.length > 0 ? h("ul", { class: "notes" }, notes.map((note) => h("li", {}, page.text(note)))) : null,
            ];
        }),
    };
}
