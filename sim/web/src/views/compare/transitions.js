// From what to what: people by what they had and have, for each kind of change.
import { h } from "../../base/dom.js";
import { selection } from "../../base/selection.js";
import { either, following } from "../../parts/controls.js";
import { figure, is_narrow, text_width } from "../../parts/figure.js";
import { area_colours, sankey } from "../../parts/links.js";
import { rows_of_reform } from "./reform.js";

const drawn = 30;

export function transitions_section(page) {
    const table = page.tables.get("transition_totals");
    if (!table) {
        return null;
    }
    const kinds = table.column("change").words.map(({ id }) => id);
    page.store.link_once("change", "benefit_area", (text) => (kinds.includes(text) ? text : undefined),
                         (value) => (value === "benefit_area" ? null : value));
    return {
        id: "transitions",
        title: page.text(table.title),
        make: () => following(page, ["reform"], () => of_reform(page, table, kinds)),
    };
}

function of_reform(page, table, kinds) {
    const { words } = table.column("change");
    const rows_of = (kind) => rows_of_reform(page, table, { change: kinds.indexOf(kind) });
    const offered = kinds.filter((kind) => rows_of(kind).length > 0);
    if (offered.length === 0) {
        return h("p", { class: "empty" }, page.say("no_transition"));
    }
    // What another reform was looked at by may not change under this one.
    const kind = () => (offered.includes(page.store.get("change")) ? page.store.get("change") : offered[0]);
    const name = () => page.text(words[kinds.indexOf(kind())].label);
    return [
        h("p", {}, page.say("transitions_how")),
        h("div", { class: "tools" }, either(page.say("kind_of_change"), offered.map((each) => [each, page.text(words[kinds.indexOf(each)].label)]),
                                            kind(), (each) => page.store.set("change", each))),
        figure(page, {
            title: () => page.say("before_and_after", { what: name() }),
            note: () => how_much(page, table, rows_of(kind())),
            source: () => selection(table, ["from", "to", "people", "cumulative_share"], rows_of(kind()).slice(0, drawn)),
            summary: (selected) => summary(page, selected),
            option: (selected, colours) => option(page, selected, colours),
            height: () => Math.max(220, Math.min(760, Math.min(drawn, rows_of(kind()).length) * 24 + 80)),
            follows: ["change"],
        }),
    ];
}

/** "The 30 largest of 310, 71% of these people." */
function how_much(page, table, rows) {
    return rows.length <= drawn ? page.say("all_shown", { count: page.number(rows.length) })
        : page.say("largest_of", { shown: page.number(drawn), all: page.number(rows.length),
                                   share: page.cell(table.column("cumulative_share"), rows[drawn - 1]) });
}

function summary(page, { table, rows }) {
    const [from, to, people] = ["from", "to", "people"].map((name) => table.column(name));
    return page.say("first_is", { count: page.number(rows.length), first: page.say("tile", {
        area: page.say("from_to", { from: page.cell(from, rows[0]), to: page.cell(to, rows[0]) }), amount: page.amount(people, people.data[rows[0]]) }) });
}

/** Words of both columns as numbers: what is called the same has the same colour on both sides. */
function option(page, { table, rows }, colours) {
    const numbers = new Map();
    const names = [];
    const number_of = (column, row) => {
        const { id, label } = column.words[column.data[row]];
        if (!numbers.has(id)) {
            numbers.set(id, names.length);
            names.push(page.text(label));
        }
        return numbers.get(id);
    };
    const [from, to, people, share] = ["from", "to", "people", "cumulative_share"].map((name) => table.column(name));
    const edges = rows.map((row) => ({
        from: number_of(from, row),
        to: number_of(to, row),
        value: people.data[row],
        lines: [people, share].map((column) => [page.text(column.label), page.amount(column, column.data[row])]),
    }));
    const narrow = is_narrow(page);
    return sankey(page, edges, {
        colours,
        colour_of: area_colours(names.map((_, number) => number), colours),
        about: () => [],
        narrow,
        margin: narrow ? 96 : Math.min(260, Math.max(90, text_width(names) + 16)),
        name_of: (number) => names[number],
    });
}
