// Numbers with an interval: bars with whiskers, lines with bands, and how deciles lie. What is drawn is in the table
// behind the chart; only the places of its points are computed here.
import { amount_axis, figure, is_narrow, name_axis, text_width, tip, tooltip } from "./figure.js";
import { legend } from "./bars.js";

const bar_height = 27;

/** [label, "1,234 yuan"] of a column's value, and below it its interval. */
function told(page, row, { value, low = null, high = null }) {
    const lines = [[page.text(value.label), page.amount(value, value.data[row])]];
    if (low && low.data[row] !== null) {
        lines.push([page.say("interval"), page.say("range", { from: page.amount(value, low.data[row]), to: page.amount(value, high.data[row]) })]);
    }
    return lines;
}

function line_between([x1, y1], [x2, y2], stroke, width = 1) {
    return { type: "line", shape: { x1, y1, x2, y2 }, style: { stroke, lineWidth: width }, silent: true };
}

/** A whisker from low to high with its caps, and the number behind whatever reaches furthest. */
function whisker(page, colours, unit) {
    return (params, api) => {
        const [value, at, low, high] = [api.value(0), api.value(1), api.value(2), api.value(3)];
        const has_interval = Number.isFinite(low) && Number.isFinite(high) && low < high;
        const [end, y] = api.coord([value, at]);
        const right = [end, api.coord([0, at])[0], ...(has_interval ? [api.coord([high, at])[0]] : [])];
        const children = [{
            type: "text",
            silent: true,
            style: { text: page.short(value, unit), x: Math.max(...right) + 6, y, textVerticalAlign: "middle", fill: colours.quiet, fontSize: 11 },
        }];
        if (has_interval) {
            const [from] = api.coord([low, at]);
            const [to] = api.coord([high, at]);
            children.push(line_between([from, y], [to, y], colours.ink),
                          line_between([from, y - 4], [from, y + 4], colours.ink), line_between([to, y - 4], [to, y + 4], colours.ink));
        }
        return { type: "group", children };
    };
}

/**
 * A bar for each row with the interval of its value. `columns(table)` gives {value, low, high} as columns, `name(row)` what
 * a bar is called; `tell(row)` further lines of the tooltip, `label_width` px of its name. Bars below zero have the colour of losses.
 */
export function interval_bars(page, { name, columns, tell = () => [], signed = true, pick = null, label_width = 220, ...parts }) {
    const option = ({ table, rows }, colours) => {
        if (rows.length === 0) {
            return null;
        }
        const { value, low, high } = columns(table);
        const colour = (row) => (signed && value.data[row] < 0 ? colours.loss : colours.gain);
        return {
            grid: { left: 4, right: 64, top: 4, bottom: 4, containLabel: true },
            xAxis: amount_axis(page, value.unit),
            yAxis: name_axis(page, rows.map((_, at) => at), {
                inverse: true,
                axisLabel: { interval: 0, width: Math.min(is_narrow(page) ? 120 : label_width, text_width(rows.map(name)) + 8), overflow: "break",
                             lineHeight: 14, color: colours.ink,
                             formatter: (at) => name(rows[at]) },
            }),
            tooltip: tooltip(colours, (points) => {
                const row = rows[points[0].dataIndex];
                return tip(name(row), [...told(page, row, { value, low, high }), ...tell(row)]);
            }, { trigger: "axis", axisPointer: { type: "shadow" } }),
            series: [
                { type: "bar", barMaxWidth: 16, data: rows.map((row) => ({ value: value.data[row], itemStyle: { color: colour(row) } })) },
                { type: "custom", silent: true, clip: false, encode: { x: [0, 2, 3], y: 1 }, renderItem: whisker(page, colours, value.unit),
                  data: rows.map((row, at) => [value.data[row], at, low?.data[row] ?? Number.NaN, high?.data[row] ?? Number.NaN]) },
            ],
        };
    };
    const summary = ({ table, rows }) => {
        if (rows.length === 0) {
            return page.say("no_data");
        }
        const { value } = columns(table);
        return page.say("first_is", { count: page.number(rows.length), first: page.say("tile", {
            area: name(rows[0]), amount: page.amount(value, value.data[rows[0]]) }) });
    };
    const height = () => Math.max(90, parts.source().rows.length * (label_width < 200 || is_narrow(page) ? bar_height + 8 : bar_height) + 36);
    return figure(page, { summary, height, option, pick: pick ? ({ dataIndex }) => pick(parts.source().rows[dataIndex]) : null, ...parts });
}

/** The area between low and high of a line, as one polygon. */
function band(points, colour) {
    return {
        type: "custom",
        silent: true,
        z: 1,
        encode: { x: 0, y: [1, 2] },
        data: points,
        renderItem: (params, api) => {
            if (params.dataIndex !== 0) {
                return null; // one polygon for all
            }
            const upper = points.map(([x, , high]) => api.coord([x, high]));
            const lower = points.map(([x, low]) => api.coord([x, low])).reverse();
            return { type: "polygon", shape: { points: [...upper, ...lower] }, style: { fill: colour, opacity: 0.18 }, silent: true };
        },
    };
}

/**
 * Lines over the numbers or words of an axis. `axis`: {at(row), text(row), names: texts, or null with numbers and label(number)}.
 * `lines(selection)` gives {name, rows, value, low, high}: columns of the same unit, each line with rows of its own.
 * `marks`: {x, y}, where the baseline is.
 */
export function band_lines(page, { axis, lines, marks = () => ({}), zero = false, ...parts }) {
    const option = (selected, colours) => {
        const all = lines(selected).filter(({ rows }) => rows.length > 0);
        if (all.length === 0) {
            return null;
        }
        const place = (row) => axis.at(row);
        const series = all.flatMap(({ name, rows, value, low, high }, at) => {
            const colour = colours.categories[at % colours.categories.length];
            const sure = low ? rows.filter((row) => low.data[row] !== null && high.data[row] !== null) : [];
            return [
                { type: "line", name, z: 3, data: rows.map((row) => [place(row), value.data[row]]), color: colour, showSymbol: rows.length <= 24,
                  symbolSize: 6, lineStyle: { width: 2, type: ["solid", "dashed", "dotted"][at % 3] }, connectNulls: false,
                  markLine: at === 0 ? mark_lines(page, colours, marks(selected)) : undefined },
                ...(sure.length > 1 ? [{ ...band(sure.map((row) => [place(row), low.data[row], high.data[row]]), colour), name }] : []),
            ];
        });
        const unit = all[0].value.unit;
        return {
            color: colours.categories,
            grid: { left: 4, right: 22, top: all.length > 1 ? 34 : 14, bottom: 4, containLabel: true },
            legend: all.length > 1 ? { ...legend(colours), data: all.map(({ name }) => name) } : undefined,
            xAxis: axis.names ? name_axis(page, axis.names, { boundaryGap: axis.names.length < 8 })
                : { type: "value", scale: true, splitLine: { show: false }, axisTick: { show: false },
                    axisLabel: { color: colours.quiet, formatter: axis.label, hideOverlap: true, customValues: axis.numbers },
                    axisLine: { onZero: false, lineStyle: { color: colours.line } } },
            yAxis: { ...(zero ? amount_axis(page, unit) : fine_axis(page, unit, all)), axisLine: { show: false }, axisTick: { show: false } },
            tooltip: tooltip(colours, (points) => tip_of(page, all, place, points), { trigger: "axis" }),
            series,
        };
    };
    const summary = (selected) => {
        const all = lines(selected).filter(({ rows }) => rows.length > 0);
        if (all.length === 0) {
            return page.say("no_data");
        }
        const { rows, value } = all[0];
        const last = rows[rows.length - 1];
        return page.say("line_from_to", { from: axis.text(rows[0]), first: page.amount(value, value.data[rows[0]]),
                                          to: axis.text(last), last: page.amount(value, value.data[last]) });
    };
    return figure(page, { height: 300, option, summary, ...parts });
}

/** An axis that need not begin at zero, with as many digits as tell its ticks apart. */
function fine_axis(page, unit, lines) {
    const values = lines.flatMap(({ rows, value }) => rows.map((row) => value.data[row])).filter((each) => each !== null);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    const largest = Math.max(Math.abs(least), Math.abs(most));
    const digits = most > least ? Math.min(8, Math.max(3, Math.ceil(Math.log10(largest / (most - least))) + 2)) : 3;
    const axis = amount_axis(page, unit, { scale: true });
    return { ...axis, axisLabel: { ...axis.axisLabel, formatter: (value) => page.short(value, unit, digits) } };
}

function tip_of(page, all, place, points) {
    const point = points.find(({ seriesType }) => seriesType === "line");
    if (!point) {
        return null;
    }
    const [x] = point.value;
    const lines = all.flatMap(({ name, rows, value, low, high }) => {
        const row = rows.find((each) => place(each) === x);
        return row === undefined ? [] : told(page, row, { value: { ...value, label: { en: name, zh: name } }, low, high });
    });
    return tip(point.axisValueLabel ?? String(x), lines);
}

/** Where the baseline is: a line up at its value of the parameter, and across at its figure. */
function mark_lines(page, colours, { x = null, y = null }) {
    const data = [...(x === null ? [] : [{ xAxis: x }]), ...(y === null ? [] : [{ yAxis: y }])];
    return data.length === 0 ? undefined
        : { symbol: "none", silent: true, animation: false, label: { show: false }, lineStyle: { color: colours.quiet, type: "dashed", width: 1 }, data };
}

/**
 * How the values of groups lie: a line from the lowest to the highest of five columns, a box from the second to the
 * fourth, and a stroke at the middle one. `name(row)` is the group.
 */
export function decile_boxes(page, { name, columns, ...parts }) {
    const option = ({ table, rows }, colours) => {
        const five = columns(table);
        const drawn = rows.filter((row) => five.every((column) => column.data[row] !== null));
        if (drawn.length === 0) {
            return null;
        }
        const box = (params, api) => {
            const at = api.value(0);
            const xs = [1, 2, 3, 4, 5].map((place) => api.coord([api.value(place), at])[0]);
            const [, y] = api.coord([0, at]);
            const [low, first, middle, third, high] = xs;
            return { type: "group", children: [
                line_between([low, y], [high, y], colours.quiet),
                line_between([low, y - 5], [low, y + 5], colours.quiet), line_between([high, y - 5], [high, y + 5], colours.quiet),
                { type: "rect", shape: { x: first, y: y - 7, width: third - first, height: 14 },
                  style: { fill: colours.amounts[1], stroke: colours.gain, lineWidth: 1 } },
                line_between([middle, y - 7], [middle, y + 7], colours.loss, 3),
            ] };
        };
        return {
            grid: { left: 4, right: 24, top: 4, bottom: 4, containLabel: true },
            xAxis: amount_axis(page, five[0].unit),
            yAxis: name_axis(page, drawn.map((_, at) => at), {
                inverse: true, axisLine: { show: false },
                axisLabel: { interval: 0, width: is_narrow(page) ? 120 : 190, overflow: "truncate", color: colours.ink,
                             formatter: (at) => name(drawn[at]) },
            }),
            tooltip: tooltip(colours, ({ dataIndex }) => tip(name(drawn[dataIndex]), five.map((column) =>
                [page.text(column.label), page.amount(column, column.data[drawn[dataIndex]])]))),
            series: [{ type: "custom", renderItem: box, encode: { y: 0, x: [1, 2, 3, 4, 5] }, clip: true,
                       markLine: mark_lines(page, colours, { x: 0 }),
                       data: drawn.map((row, at) => [at, ...five.map((column) => column.data[row])]) }],
        };
    };
    const summary = ({ table, rows }) => {
        const middle = columns(table)[2];
        const row = rows.find((each) => middle.data[each] !== null);
        return row === undefined ? page.say("no_data") : page.say("middle_is", { name: name(row), amount: page.amount(middle, middle.data[row]) });
    };
    const height = () => Math.max(90, parts.source().rows.length * 30 + 36);
    return figure(page, { height, option, summary, ...parts });
}
