// A simulated population: what moved, who pays, and each area's books.
import { h } from "../base/dom.js";
import { selection } from "../base/selection.js";
import { area_control, year_control } from "../parts/controls.js";
import { grid } from "../parts/grid.js";

export function run_view(page) {
    const sections = [];
    const flows = page.tables.get("flows");
    if (flows) {
        sections.push({
            id: "flows",
            title: page.text(flows.title),
            make: () => grid(page, () => selection(flows, flows.columns.map(({ name }) => name), flows.all()),
                             { search: true, filters: ["kind"] }),
        });
    }
    return { controls: [year_control(page), area_control(page)], sections };
}
