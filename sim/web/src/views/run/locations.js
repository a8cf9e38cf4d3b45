// Which area pays, and by which criterion of the law.
import { h } from "../../base/dom.js";
import { selection } from "../../base/selection.js";
import { bar_figure } from "../../parts/bars.js";
import { figure } from "../../parts/figure.js";
import { grid } from "../../parts/grid.js";
import { area_colours, sankey } from "../../parts/links.js";
import { ranked_areas } from "./tables.js";

const paths_drawn = 30;

export function locations_section(page) {
    const [branches, paths, locations] = ["branches", "paths", "locations"].map((name) => page.tables.get(name));
    if (!branches || !locations) {
        return null;
    }
    const touching = (table) => {
        const area = page.store.get("area");
        const [last, paying] = [table.column("last_area").data, table.column("benefit_area").data];
        return area < 0 ? table.all() : table.all().filter((row) => last[row] === area || paying[row] === area);
    };
    return {
        id: "locations",
        title: page.say("who_pays"),
        make: () => [
            h("p", {}, page.say("who_pays_how")),
            h("div", { class: "pair" },
              bar_figure(page, {
                  title: page.text(branches.title),
                  note: page.text(branches.note),
                  source: () => selection(branches, branches.columns.map(({ name }) => name), branches.all()),
                  name: "branch",
                  values: ["people", "elsewhere"],
              }),
              paths ? elsewhere(page, paths, touching) : null),
            h("h3", {}, page.text(locations.title)),
            grid(page, () => selection(locations, locations.columns.map(({ name }) => name), touching(locations)),
                 { follows: ["area"], search: true, filters: ["group", "branch"], sort: { column: "people", descending: true } }),
        ],
    };
}

/** People whom another area pays than the one where they last paid. */
function elsewhere(page, paths, touching) {
    const { data } = paths.column("people");
    const source = () => selection(paths, ["last_area", "benefit_area", "people"], touching(paths)
        .filter((row) => paths.value(row, "benefit_area") >= 0
                         && paths.value(row, "last_area") !== paths.value(row, "benefit_area"))
        .sort((a, b) => data[b] - data[a]).slice(0, paths_drawn));
    const people = paths.column("people");
    const edge = (row) => ({ from: paths.value(row, "last_area"), to: paths.value(row, "benefit_area"), value: data[row],
                             lines: [[page.text(people.label), page.amount(people, data[row])]] });
    return figure(page, {
        title: page.say("paid_elsewhere"),
        note: page.say("paid_elsewhere_how", { count: String(paths_drawn) }),
        source,
        summary: ({ rows }) => (rows.length === 0 ? page.say("no_data") : page.say("first_is", {
            count: page.number(rows.length),
            first: page.say("tile", { area: page.say("from_to", { from: page.area(edge(rows[0]).from), to: page.area(edge(rows[0]).to) }),
                                      amount: page.amount(people, data[rows[0]]) }),
        })),
        option: ({ rows }, colours) => (rows.length === 0 ? null : sankey(page, rows.map(edge), {
            colours, colour_of: area_colours(ranked_areas(page), colours), about: () => [], narrow: true,
        })),
        height: 460,
        follows: ["area"],
        pick: ({ dataType, data: node }) => {
            if (dataType === "node") {
                page.store.set("area", node.area);
            }
        },
    });
}
