// The page of a comparison as a reader uses it, made by the program. Takes PENSIM_PROGRAM, the program.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { open_browser, open_page, read_csv, see_all } from "./browser.mjs";
import { faults_of_order, not_chinese, rows_of, spoken } from "./checks.mjs";

const folder = mkdtempSync(join(tmpdir(), "pensim-compare-"));
after(() => rmSync(folder, { recursive: true, force: true }));

// A reform whose name, title and source would run, or pollute, if they were taken for anything but text.
const hostile = "<img src=x onerror=alert(1)></script><script>alert(2)</script>";
writeFileSync(join(folder, "__proto__.json"), JSON.stringify({
    schema: "pensim/rules/1", id: "constructor", extends: "law", title: { en: hostile, zh: `${hostile}之名` },
    parameters: { "transfer.pooled_rate": [{ from: "2027-01", value: 0.2, source: hostile }] },
}));

const program = (...words) => execFileSync(process.env.PENSIM_PROGRAM, words, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
const digits_of = (text) => Number(text.replaceAll(",", ""));
const table = (name) => read_csv(readFileSync(join(folder, "out", `${name}.csv`), "utf8"));

describe("the page of a comparison", () => {
    const file = join(folder, "out", "report.html");
    let browser;
    before(async () => {
        program("compare", "small", "--rules", "law", "--rules", "five-years", "--rules", "__proto__.json", "--rules", "law+central-2018", "-o", "out");
        browser = await open_browser();
    });
    after(() => browser.close());
    const show = (hash) => open_page(browser.context, file, hash);
    const chosen = (page) => page.locator("#reform h3.name").textContent();

    test("opens, asks for nothing, complains of nothing, in order", async (t) => {
        const { page, complaints } = await show();
        t.diagnostic(`${statSync(file).size} bytes, shown after ${await page.evaluate(() => Math.round(performance.now()))} ms`);
        await see_all(page);
        assert.deepEqual(await faults_of_order(page), []);
        for (const id of ["overview", "reform", "differences", "who", "transitions", "winners", "maps", "flows", "books", "witnesses", "tables"]) {
            assert.equal(await page.locator(`section#${id}`).count(), 1, id);
        }
        assert.deepEqual(complaints, []);
        await page.close();
    });

    test("speaks Chinese, all of it", async () => {
        const { page, complaints } = await show();
        await see_all(page);
        const english = await spoken(page);
        await page.getByRole("button", { name: "中文" }).click();
        await see_all(page);
        const chinese = await spoken(page);
        assert.ok(chinese.length > 300);
        // Codes of areas, names of reforms and files, texts of the law that have no other name.
        const codes = new Set(await page.locator("[data-area]").evaluateAll((tiles) => tiles.map((tile) => tile.dataset.area)));
        const sources = new Set(table("parameters").flatMap((row) => [row.baseline_source, row.reform_source]));
        const plain = (text) => codes.has(text) || sources.has(text) || /^[\w.+（）-]+$/.test(text) || text.includes("SHA-256")
            || /^[-–\d,.:% TZA-F±]+$/i.test(text) || text.includes(hostile);
        assert.deepEqual(not_chinese(english, chinese, plain), []);
        assert.deepEqual(complaints, []);
        await page.close();
    });

    test("one reform at a time: chosen above, in the table, in the address", async () => {
        const { page, complaints } = await show();
        await see_all(page);
        assert.match(await chosen(page), /^Five years qualify a place \(five-years\)$/);
        const select = page.locator(".choices").getByLabel("Reform");
        await select.selectOption({ index: 2 });
        assert.match(await chosen(page), /central-2018/);
        assert.match(await page.locator("#transitions").textContent(), /Nobody's place, criterion, status or pension changes\./);
        assert.match(await page.locator("#reform .notes").textContent(), /acts between the areas' pools, in nobody's life/);
        assert.equal(await page.locator("#witnesses details").count(), 0);
        await page.locator("#overview table").getByRole("button", { name: "five-years" }).click();
        assert.match(await chosen(page), /five-years/);
        assert.equal(await select.evaluate((element) => element.selectedIndex), 0);
        await page.close();
        const other = await show(new URLSearchParams({ reform: "__proto__.json" }));
        assert.equal(await chosen(other.page), `${hostile} (__proto__.json)`);
        assert.deepEqual([...complaints, ...other.complaints], []);
        await other.page.close();
    });

    test("hostile titles and sources are text everywhere, in tooltips too", async () => {
        const { page, complaints } = await show(new URLSearchParams({ reform: "__proto__.json", change: "pension" }));
        await page.emulateMedia({ reducedMotion: "reduce" });
        await see_all(page);
        let seen = "";
        for (const chart of await page.locator("figure .chart").all()) {
            await chart.scrollIntoViewIfNeeded();
            const box = await chart.boundingBox();
            for (const [x, y] of [[0.5, 0.5], [0.6, 0.3], [0.4, 0.7]]) {
                await page.mouse.move(box.x + box.width * x, box.y + box.height * y, { steps: 2 });
                await page.waitForTimeout(30);
                seen += (await chart.locator(".tip").allTextContents()).join(" ");
            }
        }
        assert.ok(seen.includes(hostile), seen.slice(0, 400));
        assert.match(await page.locator("#differences").textContent(), /<\/script><script>/);
        assert.equal(await page.locator("img, iframe, #page script").count(), 0);
        assert.deepEqual(await page.evaluate(() => Object.keys(Object.prototype)), []);
        assert.deepEqual(complaints, []);
        await page.close();
    });

    test("flows are those of the files, weighted, the largest difference first", async () => {
        const { page } = await show();
        await see_all(page);
        const names = new Map(await page.locator("#maps [data-area]").evaluateAll((tiles) =>
            tiles.map((tile) => [tile.dataset.area, tile.getAttribute("aria-label").split(":")[0]])));
        const check = async (file_name, year) => {
            const wanted = table(file_name).filter((row) => row.reform === "five-years" && row.from !== "" && Number(row.account_difference) !== 0
                && (year === null || row.year === String(year)));
            const shown = await rows_of(page.locator("#flows .grid"));
            assert.equal(shown.length, wanted.length);
            const key = (from, to) => `${from} ${to}`;
            const by_flow = new Map();
            wanted.forEach((row) => {
                const rows = by_flow.get(key(names.get(row.from), names.get(row.to))) ?? [];
                by_flow.set(key(names.get(row.from), names.get(row.to)), [...rows, row]);
            });
            let last = Infinity;
            for (const row of shown) {
                const difference = digits_of(row.account_difference);
                assert.ok(Math.abs(difference) <= last + 1);
                last = Math.abs(difference);
                const same = by_flow.get(key(row.from, row.to)).find(({ account_difference, weight }) =>
                    Math.abs(Number(account_difference) * Number(weight) - difference) <= Math.max(2, Math.abs(difference) * 1e-5));
                assert.ok(same, JSON.stringify(row));
                for (const column of ["account_baseline", "account_reform", "account_lo95", "account_hi95"]) {
                    const amount = Number(same[column]) * Number(same.weight);
                    assert.ok(Math.abs(amount - digits_of(row[column])) <= Math.max(2, Math.abs(amount) * 1e-5), column);
                }
            }
        };
        await page.locator("#flows").getByRole("button", { name: "Account money" }).click();
        await check("flow_totals", null);
        await page.locator("#flows input[type=range]").fill("2050");
        assert.match(await page.locator("#flows figure h3").textContent(), /2050/);
        await check("flows", 2050);
        await page.close();
    });

    test("maps share a scale, and tell what area_totals.csv has", async () => {
        const { page } = await show();
        await see_all(page);
        const maps = page.locator("#maps .map");
        assert.equal(await maps.count(), 3);
        const legends = await maps.locator(".legend").allTextContents();
        assert.equal(legends[0], legends[1]);
        assert.notEqual(legends[0], legends[2]);
        for (const item of ["portability_gain", "pensioners"]) {
            await page.locator("#maps select").selectOption({ index: await page.locator("#maps option").evaluateAll((options, wanted) =>
                options.findIndex(({ textContent }) => textContent === wanted), item === "pensioners" ? "Pensioners" : "Gain from portability") });
            const rows = table("area_totals").filter((row) => row.reform === "five-years" && row.item === item && row.area !== "");
            assert.ok(rows.length > 10);
            for (const row of rows) {
                for (const [map, column] of [[0, "value_baseline"], [1, "value_reform"], [2, "value_difference"]]) {
                    const label = await maps.nth(map).locator(`[data-area=${row.area}]`).getAttribute("aria-label");
                    const told = Number(/: (-?[\d,]+)/.exec(label)[1].replaceAll(",", ""));
                    const amount = Number(row[column]) * Number(row.weight);
                    assert.ok(Math.abs(told - amount) <= Math.max(2, Math.abs(amount) * 1e-5), `${label} ${amount}`);
                }
            }
        }
        await maps.nth(2).locator("[data-area=GD]").click();
        assert.equal(await maps.nth(0).locator("[data-area=GD]").getAttribute("aria-pressed"), "true");
        assert.match(await page.locator("#books h3.name").textContent(), /^Guangdong: Pensioners/);
        assert.match(await page.locator("#flows figure h3").textContent(), /Guangdong/);
        await page.keyboard.press("Escape");
        assert.equal(await maps.nth(0).locator("[data-area=GD]").getAttribute("aria-pressed"), "false");
        await page.close();
    });

    test("every chart is a table at a switch, with the same numbers", async () => {
        const { page, complaints } = await show();
        await see_all(page);
        for (const figure of await page.locator("figure").all()) {
            await figure.getByRole("button", { name: "Show as table" }).click();
            assert.ok(await figure.locator("tbody tr").count() > 0);
            await figure.getByRole("button", { name: "Show as chart" }).click();
        }
        const changes = table("changes").filter((row) => row.reform === "five-years");
        const figure = page.locator("#who figure").first();
        await figure.getByRole("button", { name: "Show as table" }).click();
        const shown = await rows_of(figure.locator(".grid"));
        assert.equal(shown.length, changes.length);
        assert.equal(shown[0].change, "Anything");
        for (const row of changes) {
            const weight = Number(row.weight); // the file has two places
            assert.ok(shown.some((each) => Math.abs(digits_of(each.people) - Number(row.people) * weight) <= 1
                && Math.abs(digits_of(each.lo95) - Number(row.lo95) * weight) <= 1 + weight * 0.006), row.change);
        }
        assert.deepEqual(complaints, []);
        await page.close();
    });

    test("kinds of change and groups by keyboard; witnesses tell what differs", async () => {
        const { page, complaints } = await show();
        await see_all(page);
        for (const name of ["Criterion", "Monthly pension"]) {
            const button = page.locator("#transitions").getByRole("button", { name });
            await button.focus();
            await page.keyboard.press("Enter");
            assert.equal(await button.getAttribute("aria-pressed"), "true");
            assert.match(await page.locator("#transitions figure h3").textContent(), new RegExp(`^${name}`));
        }
        await page.locator("#winners").getByRole("button", { name: "Years paid" }).press("Enter");
        assert.match(await page.locator("#winners figure h3").first().textContent(), /Years paid/);
        const first = page.locator("#witnesses details").first();
        assert.equal(await first.evaluate((element) => element.open), true);
        assert.equal(await first.locator(".sides > div").count(), 2);
        assert.ok(await first.locator(".marked").count() > 0);
        assert.ok(await first.locator("cite").count() > 5);
        const short = await first.locator("li").count();
        await page.locator("#witnesses").getByRole("button", { name: "All steps" }).click();
        assert.ok(await page.locator("#witnesses details").first().locator("li").count() > short);
        assert.deepEqual(complaints, []);
        await page.close();
    });

    test("fits a phone, and paper", async () => {
        const { page, complaints } = await show(new URLSearchParams({ theme: "dark" }));
        await page.setViewportSize({ width: 380, height: 800 });
        for (const language of ["English", "中文"]) {
            await page.getByRole("button", { name: language }).click();
            await see_all(page);
            assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 380, language);
        }
        await page.getByRole("button", { name: "English" }).click();
        await page.setViewportSize({ width: 1280, height: 900 });
        const pdf = (await page.pdf({ preferCSSPageSize: true, outline: true, tagged: true })).toString("latin1");
        const outlined = [...pdf.matchAll(/\/Title \(((?:\\.|[^)\\])*)\)/g)].map(([, text]) => text).join("; ");
        for (const title of ["The reforms side by side", "Who changes", "Winners and losers", "Flows that change", "Witnesses"]) {
            assert.ok(outlined.includes(title), `${title} is not in ${outlined}`);
        }
        assert.ok([...pdf.matchAll(/\/Type \/Page\b/g)].length <= 40);
        assert.deepEqual(complaints, []);
        await page.close();
    });
});
