// A small document of kind "run" and the flows.csv beside it, made up: five areas with names that would run, close or
// pollute something if they were taken for anything but text.
export const hostile_names = ["<img src=x onerror=alert(1)>", "</script><script>alert(2)</script>", "__proto__", "constructor",
                              "\"'&<b>{{7*7}}${8*8}"];
export const weight = 10.5;
const years = [2020, 2021, 2022, 2023, 2024];
const kinds = ["move", "return"];

const both = (en, zh) => ({ en, zh });

/** A small generator, so that every run of the tests has the same numbers (Park and Miller 1988). */
function draws(seed) {
    let state = seed;
    return (most) => {
        state = (state * 48271) % 2147483647;
        return state % most;
    };
}

function column(name, label, unit, data, words, digits = 0) {
    return { name, label, unit, digits, ...(words ? { words } : {}), data };
}

function table(title, file, columns) {
    return { title, note: null, file, rows: columns[0].data.length, columns };
}

/** Rows of lives: people, and money in fen. */
function made_flows(rows_wanted) {
    const draw = draws(7);
    const rows = [];
    for (const year of years) {
        for (let at = 0; at < rows_wanted / years.length; at += 1) {
            const from = draw(hostile_names.length);
            const to = (from + 1 + draw(hostile_names.length - 1)) % hostile_names.length;
            rows.push({ year, from, to, kind: draw(kinds.length), people: 1 + draw(9), account: draw(1e8), pooled: draw(1e8) });
        }
    }
    return rows;
}

function csv(rows) {
    const quoted = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    const yuan = (fen) => (fen / 100).toFixed(2);
    return ["year,from,to,kind,people,account,pooled,weight",
            ...rows.map((row) => [row.year, quoted(hostile_names[row.from]), quoted(hostile_names[row.to]), kinds[row.kind], row.people,
                                  yuan(row.account), yuan(row.pooled), weight.toFixed(6)].join(",")), ""].join("\n");
}

const people = both("People", "人数");
const account = both("Account money", "个人账户资金");
const pooled = both("Pooled money", "统筹资金");
const year_label = both("Year", "年份");

function flow_table(rows) {
    const whole = (pick) => rows.map((row) => Math.round(pick(row)));
    return table(both("Flows", "资金流动"), "flows.csv", [
        column("year", year_label, "year", rows.map(({ year }) => year)),
        column("from", both("From", "转出地"), "none", rows.map(({ from }) => from), "areas"),
        column("to", both("To", "转入地"), "none", rows.map(({ to }) => to), "areas"),
        column("kind", both("Kind", "类别"), "none", rows.map(({ kind }) => kind),
               [{ id: "move", label: both("on moving", "转移") }, { id: "return", label: both("return", "返还") }]),
        column("people", people, "people", whole((row) => row.people * weight)),
        column("account", account, "yuan", whole((row) => row.account * weight / 100)),
        column("pooled", pooled, "yuan", whole((row) => row.pooled * weight / 100)),
    ]);
}

function linked(rows) {
    const sums = new Map();
    for (const row of rows) {
        for (const year of [0, row.year]) {
            const key = `${year} ${row.from} ${row.to}`;
            const sum = sums.get(key) ?? { year, from: row.from, to: row.to, people: 0, fen: 0 };
            sum.people += row.people;
            sum.fen += row.account + row.pooled;
            sums.set(key, sum);
        }
    }
    return [...sums.values()].map((sum) => ({ ...sum, people: Math.round(sum.people * weight), amount: Math.round(sum.fen * weight / 100) }))
        .sort((a, b) => a.year - b.year || b.amount - a.amount);
}

function link_tables(rows) {
    const links = linked(rows);
    const total = (year) => links.filter((link) => link.year === year).reduce((sum, { amount }) => sum + amount, 0);
    let before = { year: -1, sum: 0 };
    const shares = links.map(({ year, amount }) => {
        before = { year, sum: (before.year === year ? before.sum : 0) + amount };
        return before.sum / total(year);
    });
    const position = (year) => hostile_names.map((_, area) => {
        const sum = (end) => links.filter((link) => link.year === year && link[end] === area).reduce((all, { amount }) => all + amount, 0);
        return { year, area, sent: sum("from"), received: sum("to"), net: sum("to") - sum("from"), rank: area + 1, group: 1 + (area % 2) };
    });
    const positions = (list, yearly) => table(both("Positions", "净头寸"), null, [
        ...(yearly ? [column("year", year_label, "year", list.map(({ year }) => year))] : []),
        column("area", both("Area", "地区"), "none", list.map(({ area }) => area), "areas"),
        ...[["sent", "转出", "yuan"], ["received", "转入", "yuan"], ["net", "净额", "yuan"], ["rank", "位次", "number"], ["group", "群", "number"]]
            .map(([name, zh, unit]) => column(name, both(name, zh), unit, list.map((each) => each[name]))),
    ]);
    const network = (of, yearly) => table(both("Network", "网络"), null, [
        ...(yearly ? [column("year", year_label, "year", of)] : []),
        ...[["gross", "总额", "yuan"], ["bilateral", "双边轧差后", "yuan"], ["settled", "多边轧差后", "yuan"], ["payments_gross", "总额笔数", "number"],
            ["payments_settled", "轧差笔数", "number"], ["saved_share", "节省比例", "share"], ["circular_share", "循环比例", "share"]]
            .map(([name, zh, unit]) => column(name, both(name, zh), unit, of.map((year) => (unit === "share" ? 0.5 : unit === "yuan" ? total(year) : 3)))),
    ]);
    const plan = (of, yearly) => table(both("Plan", "方案"), null, [
        ...(yearly ? [column("year", year_label, "year", of)] : []),
        column("payer", both("Payer", "付款地"), "none", of.map(() => 0), "areas"),
        column("payee", both("Payee", "收款地"), "none", of.map(() => 1), "areas"),
        column("amount", both("Amount", "金额"), "yuan", of.map(() => 12345)),
    ]);
    return {
        links: table(both("Links", "联系"), null, [
            column("year", year_label, "year", links.map(({ year }) => year)),
            column("from", both("From", "转出地"), "none", links.map(({ from }) => from), "areas"),
            column("to", both("To", "转入地"), "none", links.map(({ to }) => to), "areas"),
            column("people", people, "people", links.map((link) => link.people)),
            column("amount", both("Amount", "金额"), "yuan", links.map(({ amount }) => amount)),
            column("cumulative_share", both("Share so far", "累计份额"), "share", shares, null, 1),
        ]),
        network: network(years, true),
        network_totals: network([0], false),
        positions: positions(years.flatMap(position), true),
        position_totals: positions(position(0), false),
        settlements: plan(years, true),
        settlement_totals: plan([0], false),
    };
}

function area_tables() {
    const draw = draws(11);
    const measures = [["insured", "参保人数", "people"], ["pensioners", "领取人数", "people"], ["pool_balance", "统筹基金结余", "yuan"],
                      ["portability_gain", "净收益", "yuan"]];
    const make = (rows, yearly, file) => table(both("Books", "账目"), file, [
        ...(yearly ? [column("year", year_label, "year", rows.map(([year]) => year))] : []),
        column("area", both("Area", "地区"), "none", rows.map(([, area]) => area), "areas"),
        ...measures.map(([name, zh, unit]) => column(name, both(name.replace("_", " "), zh), unit, rows.map(() => draw(1e6) - (unit === "yuan" ? 5e5 : 0)))),
    ]);
    const every = hostile_names.map((_, area) => area);
    return { areas: make(years.flatMap((year) => every.map((area) => [year, area])), true, "areas.csv"),
             area_totals: make(every.map((area) => [0, area]), false, null) };
}

function location_tables() {
    const criteria = [{ id: "longest", label: both("the longest area", "缴费最长地") }, { id: "__proto__", label: both("none", "无") }];
    const criterion = (data) => column("branch", both("Criterion", "认定依据"), "none", data, criteria);
    return {
        branches: table(both("By criterion", "按依据"), null, [criterion([0, 1]), column("people", people, "people", [900, 100]),
            column("share", both("Share", "比例"), "share", [0.9, 0.1], null, 1), column("elsewhere", both("Elsewhere", "异地"), "people", [90, 0])]),
        paths: table(both("Paths", "路径"), null, [column("last_area", both("Last paid in", "最后参保地"), "none", [0, 0, 1], "areas"),
            column("benefit_area", both("Paid by", "待遇领取地"), "none", [0, 1, 2], "areas"), column("people", people, "people", [700, 150, 50])]),
        locations: table(both("Locations", "领取地"), "locations.csv", [
            column("group", both("Group", "人群"), "none", [0, 0, 0], [{ id: "macau", label: both("Macau", "澳门") }]), criterion([0, 0, 1]),
            column("last_area", both("Last paid in", "最后参保地"), "none", [0, 0, 1], "areas"),
            column("benefit_area", both("Paid by", "待遇领取地"), "none", [0, 1, -1], "areas"), column("people", people, "people", [700, 200, 100])]),
        distributions: table(both("Distributions", "分布"), null, [
            column("measure", both("Measure", "指标"), "none", [0, 0, 0], [{ id: "missing_months", label: both("Months short", "所差月数") }]),
            column("from", both("From", "下限"), "number", [0, 12, 24]), column("to", both("To", "上限"), "number", [12, 24, null]),
            column("people", people, "people", [10, 20, 30]), column("share", both("Share", "比例"), "share", [0.17, 0.33, 0.5], null, 1)]),
        calibration: table(both("Calibration", "校准"), "calibration.csv", [
            column("target", both("Target", "目标"), "none", [0], [{ id: "insured", label: both("Insured", "参保人数") }]),
            column("known", both("Known", "已知"), "number", [1.25], null, 2), column("simulated", both("Simulated", "模拟"), "number", [1.5], null, 2)]),
    };
}

/** {document, flows}: the document, and flows.csv as text. */
export function made_run({ rows = 200 } = {}) {
    const flows = made_flows(rows);
    return {
        flows: csv(flows),
        document: {
            schema: "pensim/page/1", kind: "run", language: "en",
            title: both("A <b>made-up</b> run", "虚构的<b>运行</b>"),
            question: both("Which area pays, and what moves?", "由哪个地区支付？哪些资金转移？"),
            answer: both("Some of it moves.", "部分资金转移。"),
            headlines: [{ label: both("Moved", "转移"), value: both("1.2 billion yuan", "12亿元"), error: both("± 0.1 billion", "±1亿元"), note: null },
                        { label: both("Moved <i>more</i>", "转移<i>更多</i>"), value: both("2", "2人"), error: null, note: both("a note", "注") }],
            notes: [both("Each life stands for 10.5 people.", "每个模拟的人代表10.5人。")],
            areas: hostile_names.map((name, at) => ({ id: name, name: both(name, `${name}地`), tile: at < 4 ? [at % 2, Math.floor(at / 2)] : null })),
            horizon: [years[0], years[years.length - 1]],
            tables: { flows: flow_table(flows), ...link_tables(flows), ...area_tables(), ...location_tables() },
            rules: { id: "law", title: both("The law", "现行法律"),
                     parameters: [{ key: "__proto__", meaning: both("Months that qualify", "满足年限的月数"),
                                    values: [{ from: "", value: "120", source: "order-41-2019 art. 8" }, { from: "2027-01", value: "<60>", source: "" }] }],
                     documents: [{ key: "order-41-2019", title: both("Order 41", "第41号令") }] },
            reproduce: { command: "pensim run small --seed 1", facts: [{ label: both("Seed", "种子"), value: "1" }] },
        },
    };
}
