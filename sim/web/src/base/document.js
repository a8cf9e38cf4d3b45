// The document that the page carries (schema pensim/page/1) and its tables. Numbers come from the program; here they
// are only found.

/** The JSON of the element `id`: base64 of zlib. */
export async function embedded_document(id) {
    const text = atob(document.getElementById(id).textContent);
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Response(stream).json();
}

/** One column: numbers, null where there is none; or indices into `words`, -1 for nothing. */
export class Column {
    constructor(column, areas) {
        this.name = column.name;
        this.label = column.label;
        this.unit = column.unit;
        this.digits = column.digits ?? 0;
        this.data = column.data;
        this.of_areas = column.words === "areas";
        this.words = this.of_areas ? areas.map(({ id, name }) => ({ id, label: name })) : (column.words ?? null);
    }

    /** The same column as another unit or name: of rows that say themselves what they count. */
    as(changes) {
        return Object.assign(Object.create(Column.prototype), this, changes);
    }
}

export class Table {
    #indices = new Map();

    constructor(name, table, areas) {
        this.name = name;
        this.title = table.title;
        this.note = table.note;
        this.file = table.file ?? null;
        this.rows = table.rows;
        this.columns = table.columns.map((column) => new Column(column, areas));
        this.by_name = new Map(this.columns.map((column) => [column.name, column]));
    }

    has(name) {
        return this.by_name.has(name);
    }

    column(name) {
        const column = this.by_name.get(name);
        if (!column) {
            throw new Error(`table ${this.name} has no column ${name}`);
        }
        return column;
    }

    value(row, name) {
        return this.column(name).data[row];
    }

    /** The id of a word; null for nothing. */
    id(row, name) {
        const column = this.column(name);
        return column.words[column.data[row]]?.id ?? null;
    }

    all() {
        return Array.from({ length: this.rows }, (_, row) => row);
    }

    /** Rows with this value, in the table's order. */
    rows_with(name, value) {
        if (!this.#indices.has(name)) {
            const index = new Map();
            this.column(name).data.forEach((each, row) => {
                if (!index.has(each)) {
                    index.set(each, []);
                }
                index.get(each).push(row);
            });
            this.#indices.set(name, index);
        }
        return this.#indices.get(name).get(value) ?? [];
    }

    /** rows_where({year: 0, from: 3}): rows that have all of these values. */
    rows_where(values) {
        const [[first, value], ...others] = Object.entries(values);
        const rest = others.map(([name, wanted]) => [this.column(name).data, wanted]);
        const rows = this.rows_with(first, value);
        return rest.length === 0 ? rows : rows.filter((row) => rest.every(([data, wanted]) => data[row] === wanted));
    }

    /** Values that occur in a column, in ascending order. */
    values_of(name) {
        this.rows_with(name, undefined);
        return [...this.#indices.get(name).keys()].filter((value) => value !== null).sort((a, b) => a - b);
    }
}
