// Some rows and columns of a table: what a chart draws and what the table behind it shows, so both have the same numbers.

export function selection(table, columns, rows) {
    return { table, columns: columns.map((name) => table.column(name)), rows };
}

/** A text that a spreadsheet would run as a formula: it gets an apostrophe, as in the CSV files. */
const runs = (text) => /^[=+\-@\t\r]/.test(text) && !/^[+-]*$|^[+-]?(\d+\.?\d*|\.\d+)$/.test(text);

/** RFC 4180: ids and plain numbers, under the names that the CSV files use. */
export function csv_of({ table, columns, rows }) {
    const quoted = (text) => (runs(text) || /[",\r\n]/.test(text) ? `"${runs(text) ? "'" : ""}${text.replaceAll('"', '""')}"` : text);
    const cell = (column, row) => {
        const value = column.data[row];
        if (column.words) {
            return value >= 0 ? quoted(column.words[value].id) : "";
        }
        return value === null ? "" : String(value);
    };
    const lines = [columns.map((column) => quoted(column.name)).join(",")];
    for (const row of rows) {
        lines.push(columns.map((column) => cell(column, row)).join(","));
    }
    return `${lines.join("\n")}\n`;
}

/** Rows in the order of a column: numbers by size, words as the language sorts them, nothing last. */
export function sorted(rows, column, descending, text_of, collator) {
    const sign = descending ? -1 : 1;
    let rank = (value) => value;
    if (column.words) {
        const order = column.words.map((_, index) => index)
            .sort((a, b) => collator.compare(text_of(column.words[a].label), text_of(column.words[b].label)));
        const ranks = new Map(order.map((word, place) => [word, place]));
        rank = (value) => ranks.get(value) ?? null;
    }
    const keys = new Map(rows.map((row) => [row, rank(column.data[row])]));
    return [...rows].sort((a, b) => {
        const [x, y] = [keys.get(a), keys.get(b)];
        if (x === null || y === null) {
            return (x === null) - (y === null) || a - b;
        }
        return sign * (x - y) || a - b;
    });
}

/** Rows where each word of `query` is in some cell: names and ids in either language, and years. */
export function matching(rows, columns, query) {
    const wanted = query.toLowerCase().split(/\s+/).filter((word) => word !== "");
    if (wanted.length === 0) {
        return rows;
    }
    const tests = wanted.map((part) => columns.flatMap((column) => test_of(column, part)));
    return rows.filter((row) => tests.every((choices) => choices.some((test) => test(row))));
}

function test_of(column, part) {
    if (column.words) {
        const hits = new Set();
        column.words.forEach(({ id, label }, index) => {
            if ([id, label.en, label.zh].some((text) => text?.toLowerCase().includes(part))) {
                hits.add(index);
            }
        });
        return hits.size > 0 ? [(row) => hits.has(column.data[row])] : [];
    }
    return column.unit === "year" ? [(row) => String(column.data[row]) === part] : [];
}
