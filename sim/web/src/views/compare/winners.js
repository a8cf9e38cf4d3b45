// Who gets a higher pension and who a lower one, by groups of people; and how large the changes are.
import { h } from "../../base/dom.js";
import { selection } from "../../base/selection.js";
import { bar_figure } from "../../parts/bars.js";
import { either, following } from "../../parts/controls.js";
import { decile_boxes } from "../../parts/differences.js";
import { rows_of_reform } from "./reform.js";

const groups_drawn = 16;
const deciles = ["p10", "p30", "p50", "p70", "p90"];

export function winners_section(page) {
    const table = page.tables.get("winners");
    if (!table) {
        return null;
    }
    const traits = table.column("by").words.map(({ id }) => id).filter((id) => id !== "all");
    page.store.link_once("by", "age", (text) => (traits.includes(text) ? text : undefined), (value) => (value === "age" ? null : value));
    return {
        id: "winners",
        title: page.text(table.title),
        make: () => [
            h("p", {}, page.text(table.note)),
            h("div", { class: "tools" },
              either(page.say("groups_by"), traits.map((trait) => [trait, page.text(word_of(table, "by", trait).label)]), page.store.get("by"),
                     (trait) => page.store.set("by", trait))),
            following(page, ["reform", "by"], () => of_groups(page, table)),
        ],
    };
}

const word_of = (table, column, id) => table.column(column).words.find((word) => word.id === id);
const number_of = (table, column, id) => table.column(column).words.findIndex((word) => word.id === id);

function of_groups(page, table) {
    const rows_by = (trait) => rows_of_reform(page, table, { by: number_of(table, "by", trait) });
    const [winners, losers] = ["winners", "losers"].map((name) => table.column(name).data);
    const most = (row) => Math.max(winners[row], losers[row]);
    const all = rows_by("all").filter((row) => most(row) > 0);
    if (all.length === 0) {
        return h("p", { class: "empty" }, page.say("no_winner"));
    }
    const rows = rows_by(page.store.get("by")).filter((row) => most(row) > 0);
    // Ages and years paid have an order of their own; places and groups go by size.
    const ordered = ["age", "career"].includes(page.store.get("by")) ? rows
        : [...rows].sort((a, b) => most(b) - most(a)).slice(0, groups_drawn);
    const label = page.text(word_of(table, "by", page.store.get("by")).label);
    const note = rows.length > groups_drawn && ordered.length < rows.length
        ? page.say("groups_shown", { shown: page.number(ordered.length), all: page.number(rows.length) }) : null;
    const name = (row) => page.cell(table.column("value"), row);
    return h("div", { class: "pair" },
             bar_figure(page, {
                 title: page.say("people_by", { by: label }),
                 note,
                 source: () => selection(table, ["value", "winners", "losers", "people", "pensioners", "gained_a_month", "lost_a_month"], ordered),
                 name: "value",
                 values: ["winners", "losers"],
             }),
             decile_boxes(page, {
                 title: page.say("size_by", { by: label }),
                 note: page.say("size_how"),
                 source: () => selection(table, ["value", "mean_change_of_changed", ...Array.from({ length: 9 }, (_, at) => `p${at + 1}0`)],
                                         [...all, ...ordered]),
                 columns: () => deciles.map((each) => table.column(each)),
                 name,
             }));
}
