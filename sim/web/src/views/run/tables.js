// The tables of a year beside those of all years together: "areas" and "area_totals", "positions" and "position_totals".

/** {table, rows} of a year, 0 for all; null if the document has no such table. */
export function of_year(page, yearly, totals, year = page.store.get("year")) {
    const table = page.tables.get(year === 0 ? totals : yearly);
    return table ? { table, rows: year === 0 ? table.all() : table.rows_with("year", year) } : null;
}

/** Row of an area among them; undefined if it has none. */
export function row_of_area({ table, rows }, area) {
    return rows.find((row) => table.value(row, "area") === area);
}

/** Lines of a tooltip: an area's position in a year. */
export function position_lines(page, area) {
    const positions = of_year(page, "positions", "position_totals");
    const row = positions && row_of_area(positions, area);
    return row === undefined || row === null ? [] : ["sent", "received", "net"].map((name) => {
        const column = positions.table.column(name);
        return [page.text(column.label), page.amount(column, column.data[row])];
    });
}

/** Areas by the rank of all years together, so that an area keeps its colour from year to year. */
export function ranked_areas(page) {
    const table = page.tables.get("position_totals");
    if (!table) {
        return page.areas.map((_, index) => index);
    }
    const ranks = table.column("rank").data;
    return table.all().sort((a, b) => ranks[a] - ranks[b]).map((row) => table.value(row, "area"));
}
