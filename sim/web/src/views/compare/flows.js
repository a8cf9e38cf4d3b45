// Flows that change: the largest differences as bars with their intervals, and all of them as a table.
import { h } from "../../base/dom.js";
import { either, following, year_control } from "../../parts/controls.js";
import { interval_bars } from "../../parts/differences.js";
import { grid } from "../../parts/grid.js";
import { columns_of, rows_of_reform } from "./reform.js";

const drawn = 20;
const measures = ["pooled", "account", "people"];

export function flows_section(page) {
    const [flows, totals] = ["flows", "flow_totals"].map((name) => page.tables.get(name));
    if (!flows || !totals) {
        return null;
    }
    page.store.link_once("money", "pooled", (text) => (measures.includes(text) ? text : undefined), (value) => (value === "pooled" ? null : value));
    const measure = () => page.store.get("money");
    const shown = () => (page.store.get("year") === 0 ? totals : flows);
    return {
        id: "flows",
        title: page.say("flows_changed"),
        make: () => [
            h("p", {}, page.say("flows_changed_how")),
            h("div", { class: "tools" }, year_control(page),
              either(page.say("measure"), [["pooled", page.say("money_pooled")], ["account", page.say("money_account")], ["people", page.say("money_people")]],
                     measure(), (each) => page.store.set("money", each))),
            following(page, ["money"], () => [bars(page, shown, measure()), table_of(page, shown, measure())]),
        ],
    };
}

/** By the size of the difference, of the area chosen; rows of all areas together are no flow. */
function by_size(page, table, measure) {
    const area = page.store.get("area");
    const year = page.store.get("year");
    const [from, to] = [table.column("from").data, table.column("to").data];
    const { data } = table.column(`${measure}_difference`);
    return rows_of_reform(page, table, year === 0 ? {} : { year })
        .filter((row) => from[row] >= 0 && data[row] !== 0 && (area < 0 || from[row] === area || to[row] === area))
        .sort((a, b) => Math.abs(data[b]) - Math.abs(data[a]));
}

const columns_shown = (table, measure) => ["from", "to", "kind", ...["_baseline", "_reform", "_difference", "_lo95", "_hi95"]
    .map((end) => measure + end)].map((name) => table.column(name));

function flow_name(page, table, row) {
    const [from, to, kind] = ["from", "to", "kind"].map((name) => page.cell(table.column(name), row));
    return page.say("flow", { from, to, kind });
}

function bars(page, shown, measure) {
    return interval_bars(page, {
        title: () => page.say(page.store.get("area") < 0 ? "largest_changes" : "largest_changes_of",
                              { area: page.area(page.store.get("area")), year: page.year(page.store.get("year")) }),
        source: () => ({ table: shown(), columns: columns_shown(shown(), measure), rows: by_size(page, shown(), measure).slice(0, drawn) }),
        columns: (table) => columns_of(table, measure),
        name: (row) => flow_name(page, shown(), row),
        tell: (row) => ["_baseline", "_reform"].map((end) => shown().column(measure + end)).map((column) =>
            [page.text(column.label), page.amount(column, column.data[row])]),
        follows: ["reform", "year", "area"],
    });
}

function table_of(page, shown, measure) {
    const titles = h("h3");
    page.follow(["year"], () => { titles.textContent = page.text(shown().title); });
    return [
        titles,
        grid(page, () => ({ table: shown(), columns: columns_shown(shown(), measure), rows: by_size(page, shown(), measure) }),
             { follows: ["reform", "year", "area"], search: true, filters: ["kind"] }),
    ];
}
