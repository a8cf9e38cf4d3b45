// Known figures beside those of the simulated population.
import { h } from "../../base/dom.js";
import { selection } from "../../base/selection.js";
import { grid } from "../../parts/grid.js";

export function calibration_section(page) {
    const table = page.tables.get("calibration");
    return table ? {
        id: "calibration",
        title: page.text(table.title),
        make: () => [
            table.note ? h("p", {}, page.text(table.note)) : null,
            grid(page, () => selection(table, table.columns.map(({ name }) => name), table.all()), { search: true, filters: ["target"] }),
        ],
    } : null;
}
