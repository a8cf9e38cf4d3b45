// One area's books over the years, under both: a measure, and what it differs by.
import { h } from "../../base/dom.js";
import { following } from "../../parts/controls.js";
import { band_lines } from "../../parts/differences.js";
import { item_number, measure_control } from "./maps.js";
import { columns_of, rows_of_reform } from "./reform.js";

export function books_section(page) {
    const table = page.tables.get("areas");
    const contrasts = page.tables.get("area_contrasts");
    if (!table || !contrasts) {
        return null;
    }
    const control = measure_control(page, contrasts);
    return {
        id: "books",
        title: page.text(table.title),
        make: () => [
            h("p", {}, page.say("books_how")),
            h("div", { class: "tools" }, control()),
            following(page, ["reform", "area", "measure"], () => of_area(page, table, contrasts)),
        ],
    };
}

/** The area chosen, else that in which the measure differs most. */
function area_shown(page, contrasts) {
    if (page.store.get("area") >= 0) {
        return page.store.get("area");
    }
    const { data } = contrasts.column("value_difference");
    const rows = rows_of_reform(page, contrasts, { item: item_number(page, contrasts) }).filter((row) => contrasts.value(row, "area") >= 0);
    const most = rows.reduce((best, row) => (Math.abs(data[row]) > Math.abs(data[best]) ? row : best), rows[0]);
    return contrasts.value(most, "area");
}

function of_area(page, table, contrasts) {
    const area = area_shown(page, contrasts);
    const item = table.column("item").words.findIndex(({ id }) => id === page.store.get("measure"));
    const rows = item < 0 ? [] : [...rows_of_reform(page, table, { area, item })].sort((a, b) => table.value(a, "year") - table.value(b, "year"));
    const measure = page.text(contrasts.column("item").words[item_number(page, contrasts)].label);
    const heading = h("h3", { class: "name" }, page.say("books_of", { area: page.area(area), topic: measure }));
    if (rows.length === 0) {
        return [heading, h("p", { class: "empty" }, page.say("nothing_differs"))];
    }
    const unit = table.id(rows[0], "unit");
    const column = (name) => table.column(name).as({ unit, digits: 0 });
    const names = ["value_baseline", "value_reform", "value_difference", "value_lo95", "value_hi95"];
    const years = rows.map((row) => String(table.value(row, "year")));
    const place = new Map(rows.map((row, at) => [row, at]));
    const axis = { at: (row) => place.get(row), names: years, text: (row) => page.number(table.value(row, "year"), "year") };
    const source = () => ({ table, rows, columns: [table.column("year"), ...names.map(column)] });
    const { value, low, high } = columns_of(table, "value", unit);
    return [
        heading,
        h("div", { class: "pair" },
          band_lines(page, {
              title: page.say("baseline_and_reform"), source, axis,
              lines: () => [["baseline", "value_baseline"], ["reform", "value_reform"]].map(([key, name]) =>
                  ({ name: page.say(key), rows, value: column(name) })),
          }),
          band_lines(page, {
              title: page.say("difference"), note: page.say("band_how"), source, axis, zero: true,
              lines: () => [{ name: page.say("difference"), rows, value, low, high }],
          })),
    ];
}
