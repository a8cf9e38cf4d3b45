// Charts of one shape that many sections need: bars with names, lines over years, and histograms.
import { amount_axis, figure, name_axis, text_width, tip, tooltip } from "./figure.js";

/** "Guangdong: 18.3 billion yuan", for summaries. */
export function named_amount(page, { table, rows }, name, value) {
    if (rows.length === 0) {
        return page.say("no_data");
    }
    const text = (row) => page.say("tile", { area: page.cell(table.column(name), row),
                                             amount: page.amount(table.column(value), table.value(row, value)) });
    return page.say("first_is", { count: page.number(rows.length), first: text(rows[0]) });
}

/**
 * A bar for each row: `name` is the column of names, `values` those of numbers (one series each). With `signed`, bars
 * below zero have the colour of losses.
 */
export function bar_figure(page, { name, values, signed = false, pick_area = false, ...parts }) {
    const value_of = (column, row) => column.data[row];
    const option = ({ table, rows }, colours) => {
        if (rows.length === 0) {
            return null;
        }
        const columns = values.map((each) => table.column(each));
        const names = table.column(name);
        return {
            color: colours.categories,
            grid: { left: 4, right: 64, top: values.length > 1 ? 34 : 4, bottom: 4, containLabel: true },
            legend: values.length > 1 ? legend(colours) : undefined,
            xAxis: amount_axis(page, columns[0].unit),
            yAxis: name_axis(page, rows.map((_, at) => at), {
                inverse: true,
                axisLabel: { interval: 0, width: Math.min(170, text_width(rows.map((row) => page.cell(names, row))) + 8), overflow: "break",
                             lineHeight: 14, color: colours.ink,
                             formatter: (at) => page.cell(names, rows[at]) },
            }),
            tooltip: tooltip(colours, ([{ dataIndex }]) =>
                tip(page.cell(names, rows[dataIndex]), columns.map((column) =>
                    [page.text(column.label), page.amount(column, value_of(column, rows[dataIndex]))])),
                             { trigger: "axis", axisPointer: { type: "shadow" } }),
            series: columns.map((column, series) => ({
                type: "bar",
                name: page.text(column.label),
                barMaxWidth: 20,
                data: rows.map((row) => {
                    const value = value_of(column, row);
                    return signed ? { value, itemStyle: { color: value < 0 ? colours.loss : colours.gain } } : value;
                }),
                // Of a bar below zero, "right" is its foot, where nothing else is.
                label: { show: values.length === 1 || rows.length <= 8, position: "right", color: colours.quiet, fontSize: 11,
                         formatter: ({ dataIndex }) => page.short(value_of(column, rows[dataIndex]), column.unit) },
                itemStyle: { color: colours.categories[series] },
            })),
        };
    };
    const height = () => {
        const rows = parts.source().rows.length;
        return Math.max(80, rows * (values.length > 1 ? 44 : 27) + (values.length > 1 ? 66 : 36));
    };
    const pick = pick_area ? ({ dataIndex }) => {
        const { table, rows } = parts.source();
        page.store.set("area", table.value(rows[dataIndex], name));
    } : null;
    return figure(page, { summary: (selected) => named_amount(page, selected, name, values[0]), height, pick, option, ...parts });
}

/** A line for each of `values` over the numbers of column `over`, mostly years. The year chosen is marked. */
export function line_figure(page, { over = "year", values, ...parts }) {
    const option = ({ table, rows }, colours) => {
        if (rows.length === 0) {
            return null;
        }
        const columns = values().map((each) => table.column(each));
        const year = page.store.get("year");
        const ticks = rows.map((row) => table.value(row, over));
        return {
            color: colours.categories,
            grid: { left: 4, right: 16, top: 34, bottom: 4, containLabel: true },
            legend: legend(colours),
            xAxis: name_axis(page, ticks, { boundaryGap: false }),
            yAxis: amount_axis(page, columns[0].unit),
            tooltip: tooltip(colours, ([{ dataIndex }]) =>
                tip(page.cell(table.column(over), rows[dataIndex]), columns.map((column) =>
                    [page.text(column.label), page.amount(column, column.data[rows[dataIndex]])])), { trigger: "axis" }),
            series: columns.map((column, at) => ({
                type: "line",
                name: page.text(column.label),
                data: rows.map((row) => column.data[row]),
                showSymbol: rows.length === 1,
                lineStyle: { width: 2, type: at % 3 === 0 ? "solid" : at % 3 === 1 ? "dashed" : "dotted" },
                markLine: at === 0 && over === "year" && ticks.includes(year)
                    ? { symbol: "none", silent: true, animation: false, label: { show: false },
                        lineStyle: { color: colours.quiet, type: "solid", width: 1 }, data: [{ xAxis: ticks.indexOf(year) }] }
                    : undefined,
            })),
        };
    };
    const summary = ({ table, rows }) => (rows.length === 0 ? page.say("no_data") : page.say("lines_of", {
        lines: values().map((each) => page.text(table.column(each).label)).join(page.say("comma")),
        from: page.cell(table.column(over), rows[0]), to: page.cell(table.column(over), rows[rows.length - 1]),
    }));
    return figure(page, { height: 320, option, summary, ...parts });
}

/** Bars side by side for bins [from, to); `bin(row)` names one, `begins(row)` its lower end. */
export function histogram(page, { bin, begins, value, ...parts }) {
    const option = ({ table, rows }, colours) => {
        if (rows.length === 0) {
            return null;
        }
        const column = table.column(value);
        return {
            grid: { left: 4, right: 8, top: 12, bottom: 4, containLabel: true },
            xAxis: name_axis(page, rows.map(begins)),
            yAxis: amount_axis(page, column.unit),
            tooltip: tooltip(colours, ([{ dataIndex }]) =>
                tip(bin(rows[dataIndex]), ["people", "share"].filter((each) => table.has(each)).map((each) =>
                    [page.text(table.column(each).label), page.cell(table.column(each), rows[dataIndex])])),
                             { trigger: "axis", axisPointer: { type: "shadow" } }),
            series: [{ type: "bar", barCategoryGap: "8%", itemStyle: { color: colours.categories[0] },
                       data: rows.map((row) => column.data[row]) }],
        };
    };
    const summary = ({ table, rows }) => {
        const column = table.column(value);
        const most = rows.reduce((best, row) => (best === null || column.data[row] > column.data[best] ? row : best), null);
        return most === null ? page.say("no_data") : page.say("most_in_bin", { bin: bin(most), amount: page.amount(column, column.data[most]) });
    };
    return figure(page, { height: 260, option, summary, ...parts });
}

export function legend(colours) {
    return { type: "scroll", top: 0, left: 0, itemWidth: 22, itemHeight: 8, textStyle: { color: colours.ink },
             pageTextStyle: { color: colours.quiet }, pageIconColor: colours.ink, pageIconInactiveColor: colours.line };
}
