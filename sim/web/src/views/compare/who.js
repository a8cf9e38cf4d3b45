// Who changes, and in what; by which criterion people are paid under both.
import { h } from "../../base/dom.js";
import { selection } from "../../base/selection.js";
import { bar_figure } from "../../parts/bars.js";
import { interval_bars } from "../../parts/differences.js";
import { rows_of_reform } from "./reform.js";

export function who_section(page) {
    const changes = page.tables.get("changes");
    const branches = page.tables.get("branch_contrasts");
    if (!changes) {
        return null;
    }
    // Whoever changes in anything first, then in what.
    const rows = () => {
        const any = changes.column("change").words.findIndex(({ id }) => id === "any");
        const { data } = changes.column("change");
        return [...rows_of_reform(page, changes)].sort((a, b) => (data[b] === any) - (data[a] === any) || a - b);
    };
    return {
        id: "who",
        title: page.text(changes.title),
        make: () => [
            h("p", {}, page.text(changes.note)),
            h("div", { class: "pair" },
              interval_bars(page, {
                  title: page.say("people_changed"),
                  source: () => selection(changes, ["change", "people", "lo95", "hi95", "share"], rows()),
                  columns: () => ({ value: changes.column("people"), low: changes.column("lo95"), high: changes.column("hi95") }),
                  name: (row) => page.cell(changes.column("change"), row),
                  tell: (row) => [[page.text(changes.column("share").label), page.cell(changes.column("share"), row)]],
                  follows: ["reform"],
              }),
              branches ? bar_figure(page, {
                  title: page.text(branches.title),
                  note: page.text(branches.note),
                  source: () => selection(branches, ["branch", "people_baseline", "people_reform", "people_difference"],
                                          rows_of_reform(page, branches)),
                  name: "branch",
                  values: ["people_baseline", "people_reform"],
                  follows: ["reform"],
              }) : null),
        ],
    };
}
