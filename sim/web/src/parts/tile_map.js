// The map of areas: a square each, at its place or in order, shaded by a measure. A click, or Enter, chooses the area;
// again, or Escape, lets it go. Arrow keys walk.
import { h, replace, styled } from "../base/dom.js";
import { ink_on } from "../base/palette.js";

const columns_least = 8; // of a country without places
const columns_told = 14; // more, and tiles are too small for words

/**
 * `measure()` gives {column, rows, table}: rows of the column's table, one an area, with the area in column `area`; with
 * `scale`, the values whose classes are shaded, for maps side by side. `follows` are the choices it hangs on.
 */
export function tile_map(page, measure, follows, name = () => page.say("map_of_areas")) {
    const grid_columns = Math.max(columns_least, Math.ceil(Math.sqrt(1.3 * page.areas.length)));
    const places = page.areas.map(({ tile }, index) => tile ?? [index % grid_columns, Math.floor(index / grid_columns)]);
    const placed = page.areas.some(({ tile }) => tile);
    // Where there is a map, what has no place on it stands in a row of its own below.
    if (placed) {
        const bottom = Math.max(...page.areas.map(({ tile }) => (tile ? tile[1] : 0))) + 1;
        let column = 0;
        page.areas.forEach(({ tile }, index) => {
            if (!tile) {
                places[index] = [column, bottom];
                column += 1;
            }
        });
    }
    const choose = (index) => page.store.set("area", page.store.get("area") === index ? -1 : index);
    const tiles = page.areas.map(({ id }, index) => {
        const [column, row] = places[index];
        return styled(h("button", { type: "button", class: "tile", tabindex: index === 0 ? 0 : -1, "data-area": id,
                                    onclick: () => choose(index), onkeydown: (event) => walk(event, index),
                                    onfocus: () => roam(index) }),
                      { "grid-column": column + 1, "grid-row": row + 1 });
    });
    const roam = (index) => tiles.forEach((tile, at) => { tile.tabIndex = at === index ? 0 : -1; });
    const walk = (event, index) => {
        const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
        const next = step && neighbour(places, index, step);
        if (next !== undefined && next !== null) {
            event.preventDefault();
            tiles[next].focus();
        }
    };
    const dense = Math.max(...places.map(([column]) => column)) >= columns_told;
    const map = h("div", { class: dense ? "tiles dense" : "tiles", role: "group", "aria-label": name() }, tiles);
    const legend = h("ul", { class: "legend", "aria-label": page.say("legend") });
    page.follow(follows, () => shade(page, measure(), tiles, legend));
    page.on_print(() => shade(page, measure(), tiles, legend), map);
    page.follow(["area"], () => tiles.forEach((tile, index) =>
        tile.setAttribute("aria-pressed", String(index === page.store.get("area")))));
    return h("div", { class: "map" }, map, legend);
}

/** The nearest tile in a direction; a step aside costs more than a step ahead. */
function neighbour(places, index, [right, down]) {
    const [x, y] = places[index];
    let [best, least] = [null, Infinity];
    places.forEach(([column, row], other) => {
        const [ahead, aside] = right !== 0 ? [(column - x) * right, Math.abs(row - y)] : [(row - y) * down, Math.abs(column - x)];
        if (ahead > 0 && ahead + 3 * aside < least) {
            [best, least] = [other, ahead + 3 * aside];
        }
    });
    return best;
}

/**
 * Classes of about equally many areas, so that one large area does not leave all others pale: for each class the least
 * and the largest value in it.
 */
export function classes_of(values, count) {
    const ordered = [...values].sort((a, b) => a - b);
    const classes = [];
    for (let at = 0; at < count; at += 1) {
        const part = ordered.slice(Math.round((at * ordered.length) / count), Math.round(((at + 1) * ordered.length) / count))
            .filter((value) => classes.length === 0 || value > classes[classes.length - 1][1]);
        if (part.length > 0) {
            classes.push([part[0], part[part.length - 1]]);
        }
    }
    return classes;
}

function shade(page, { column, rows, table, scale = null }, tiles, legend) {
    const value_of = new Map(rows.map((row) => [table.value(row, "area"), column.data[row]]));
    const values = (scale ?? [...value_of.values()]).filter((value) => value !== null);
    const below = values.filter((value) => value < 0).map((value) => -value);
    const above = values.filter((value) => value > 0);
    const colours = page.palette;
    const both = below.length > 0;
    const spread = (classes, shades) => classes.map((range, at) =>
        ({ range, colour: shades[classes.length === 1 ? 3 : Math.round((at * (shades.length - 1)) / (classes.length - 1))] }));
    const gains = spread(classes_of(above, both ? 4 : 6), colours.amounts.slice(both ? 1 : 0));
    const losses = spread(classes_of(below, 4), colours.losses.slice(1));
    const colour_of = (value) => {
        const found = (value < 0 ? losses : gains).find(({ range }) => Math.abs(value) <= range[1]);
        return value && found ? found.colour : null;
    };
    tiles.forEach((tile, index) => {
        const value = value_of.get(index) ?? null;
        const colour = colour_of(value);
        styled(tile, { "--tile": colour ?? "transparent", "--on-tile": colour ? ink_on(colour) : colours.ink });
        const text = page.amount(column, value);
        tile.setAttribute("aria-label", page.say("tile", { area: page.area(index), amount: text }));
        tile.title = page.say("tile", { area: page.area(index), amount: text });
        // Chinese names are as short as codes are.
        const [mark, below] = page.language === "zh" ? [page.area(index), null] : [page.areas[index].id, page.area(index)];
        replace(tile, h("b", {}, mark), below ? h("span", {}, below) : null, h("small", {}, page.short(value, column.unit)));
    });
    const range_text = ([least, most], sign) => {
        const [from, to] = sign < 0 ? [-most, -least] : [least, most];
        const [a, b] = [page.short(from, column.unit), page.short(to, column.unit)];
        return a === b ? a : page.say("range", { from: a, to: b });
    };
    const entry = ({ colour, range }, sign) =>
        h("li", {}, styled(h("i", { "aria-hidden": "true" }), { background: colour }), range_text(range, sign));
    replace(legend, [...losses].reverse().map((each) => entry(each, -1)), gains.map((each) => entry(each, 1)));
}
