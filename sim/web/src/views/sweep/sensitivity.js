// Which flows move most with a parameter: slopes of the line through the settings.
import { h } from "../../base/dom.js";
import { either, following } from "../../parts/controls.js";
import { interval_bars } from "../../parts/differences.js";
import { grid } from "../../parts/grid.js";

const drawn = 20;

export function sensitivity_section(page) {
    const table = page.tables.get("sensitivity");
    if (!table || table.rows === 0) {
        return null;
    }
    const measures = table.column("measure").words;
    page.store.link_once("money", "pooled", (text) => (measures.some(({ id }) => id === text) ? text : undefined),
                         (value) => (value === "pooled" ? null : value));
    return {
        id: "sensitivity",
        title: page.text(table.title),
        make: () => [
            h("p", {}, page.text(table.note)),
            h("div", { class: "tools" },
              either(page.say("measure"), measures.map(({ id, label }) => [id, page.text(label)]), page.store.get("money"),
                     (id) => page.store.set("money", id))),
            following(page, ["money"], () => of_measure(page, table, measures.findIndex(({ id }) => id === page.store.get("money")))),
        ],
    };
}

function of_measure(page, table, measure) {
    const people = page.store.get("money") === "people";
    const column = (name) => table.column(name).as(people ? { unit: "people", digits: 0 } : { unit: "yuan", digits: 0 });
    const slopes = page.document.axes.filter(({ numbers }) => numbers !== null).map(({ key }) => `per_unit_of_${key}`);
    const slope = (name) => table.column(name).as({ unit: people ? "people" : "yuan", digits: people ? 2 : 0 });
    const rows = table.rows_with("measure", measure).filter((row) => table.value(row, "from") >= 0);
    const [from, to, kind] = ["from", "to", "kind"].map((name) => table.column(name));
    const name = (row) => page.say("flow", { from: page.cell(from, row), to: page.cell(to, row), kind: page.cell(kind, row) });
    const columns = [from, to, kind, ...["baseline", "lowest", "highest"].map(column), ...slopes.map(slope), table.column("r_squared")];
    const steepest = (of) => {
        const { data } = table.column(of);
        return rows.filter((row) => data[row] !== null && data[row] !== 0).sort((a, b) => Math.abs(data[b]) - Math.abs(data[a]));
    };
    return [
        h("div", { class: slopes.length > 1 ? "pair" : null }, slopes.map((of) => interval_bars(page, {
            title: page.text(table.column(of).label),
            note: page.say("slopes_how", { count: page.number(drawn) }),
            source: () => ({ table, columns, rows: steepest(of).slice(0, drawn) }),
            columns: () => ({ value: slope(of), low: null, high: null }),
            name,
            tell: (row) => ["baseline", "lowest", "highest"].map((each) => [page.text(column(each).label), page.amount(column(each), column(each).data[row])]),
        }))),
        grid(page, () => ({ table, columns, rows: slopes.length > 0 ? steepest(slopes[0]) : rows }), { search: true, filters: ["kind"] }),
    ];
}
