// The pages of sweeps as a reader uses them, made by the program. Takes PENSIM_PROGRAM, the program.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { open_browser, open_page, read_csv, see_all } from "./browser.mjs";
import { faults_of_order, not_chinese, rows_of, spoken } from "./checks.mjs";

const folder = mkdtempSync(join(tmpdir(), "pensim-sweep-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const program = (...words) => execFileSync(process.env.PENSIM_PROGRAM, words, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
const digits_of = (text) => Number(text.replaceAll(",", ""));
const table = (sweep, name) => read_csv(readFileSync(join(folder, sweep, `${name}.csv`), "utf8"));

describe("the page of a sweep", () => {
    let browser;
    const months = ["--set", "place.min_months=60:180:60"];
    const rates = ["--set", "transfer.pooled_rate=0.06,0.12"];
    before(async () => {
        program("sweep", "small", ...months, "--from", "2027-01", "-o", "one");
        program("sweep", "small", ...months, ...rates, "--from", "2027-01", "-o", "two");
        program("sweep", "small", "--set", "place.tie=latest_start,none", "-o", "words");
        browser = await open_browser();
    });
    after(() => browser.close());
    const show = (sweep, hash) => open_page(browser.context, join(folder, sweep, "report.html"), hash);

    for (const sweep of ["one", "two", "words"]) {
        test(`${sweep}: opens, asks for nothing, complains of nothing, in order, in both languages, on a phone`, async () => {
            const { page, complaints } = await show(sweep);
            await see_all(page);
            assert.deepEqual(await faults_of_order(page), []);
            const english = await spoken(page);
            await page.getByRole("button", { name: "中文" }).click();
            await see_all(page);
            const chinese = await spoken(page);
            assert.ok(chinese.length > 60);
            // Keys and words of rules, and what a line is cut to.
            const plain = (text) => /^[\w.-]+$/.test(text) || text.includes("SHA-256") || /^[-–\d,.:% TZ±]+$/.test(text);
            assert.deepEqual(not_chinese(english, chinese, plain), []);
            await page.setViewportSize({ width: 380, height: 800 });
            await see_all(page);
            assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 380);
            assert.deepEqual(complaints, []);
            await page.close();
        });
    }

    test("one parameter: any figure as sweep.csv has it, weighted; differences or values", async () => {
        const { page, complaints } = await show("one", new URLSearchParams({ figure: "gain.GD" }));
        await see_all(page);
        const figure = page.locator("#figure figure");
        assert.match(await figure.locator("h3").textContent(), /Guangdong/);
        assert.match(await figure.locator("[role=img]").getAttribute("aria-label"), /^Chart: .* at 60, .* at 180\.$/);
        await figure.getByRole("button", { name: "Show as table" }).click();
        const shown = await rows_of(figure.locator(".grid"));
        const wanted = table("one", "sweep").filter((row) => row.figure === "gain.GD");
        assert.deepEqual(shown.map((row) => row["place.min_months"]), ["60", "120", "180"]);
        wanted.forEach((row, at) => {
            for (const column of ["baseline", "value", "difference", "lo95", "hi95"]) {
                const amount = Number(row[column]) * Number(row.weight);
                assert.ok(Math.abs(digits_of(shown[at][column]) - amount) <= Math.max(2, Math.abs(amount) * 1e-5), `${column} ${at}`);
            }
        });
        const label = () => page.locator("#curves figure [role=img]").nth(1).getAttribute("aria-label");
        const differences = await label();
        await page.locator("#curves").getByRole("button", { name: "Value" }).click();
        await see_all(page);
        assert.notEqual(await label(), differences);
        assert.deepEqual(complaints, []);
        await page.close();
    });

    test("two parameters: a cell for each setting, the baseline framed", async () => {
        const { page, complaints } = await show("two");
        await see_all(page);
        const wanted = table("two", "sweep").filter((row) => row.figure === "flows.total");
        const heat = page.locator("#curves figure").nth(1);
        assert.equal(await heat.locator("h3").textContent(), "Money that moves between areas");
        const cells = await heat.locator("tbody tr").evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.title || cell.textContent)));
        assert.deepEqual(cells.map(([head]) => head), ["60", "120", "180"]);
        for (const row of wanted) {
            const at = ["60", "120", "180"].indexOf(row["place.min_months"]);
            const told = cells[at][1 + ["0.06", "0.12"].indexOf(row["transfer.pooled_rate"])];
            const amount = Number(row.value) * Number(row.weight);
            assert.ok(Math.abs(digits_of(/^[\d,]+/.exec(told)[0]) - amount) <= Math.max(2, amount * 1e-5), told);
        }
        assert.equal(await heat.locator("td.own").count(), 1);
        assert.match(await heat.locator("td.own").getAttribute("title"), /difference from the baseline 0 yuan$/);
        assert.equal(await page.locator("#figure figure").count(), 2); // the grid, and a line for each value
        assert.deepEqual(complaints, []);
        await page.close();
    });

    test("sensitivity: the steepest first, by what is asked for", async () => {
        const { page } = await show("one");
        await see_all(page);
        for (const [name, measure] of [["Pooled money", "pooled"], ["People", "people"]]) {
            await page.locator("#sensitivity").getByRole("button", { name, exact: true }).click();
            const wanted = table("one", "sensitivity").filter((row) => row.measure === measure && row.from !== ""
                && Number(row["per_unit_of_place.min_months"]) !== 0);
            const shown = await rows_of(page.locator("#sensitivity > div > .grid"));
            assert.equal(shown.length, wanted.length);
            const steep = Math.max(...wanted.map((row) => Math.abs(Number(row["per_unit_of_place.min_months"])) * Number(row.weight)));
            const first = Math.abs(digits_of(shown[0]["per_unit_of_place.min_months"]));
            assert.ok(Math.abs(first - steep) <= Math.max(0.006, steep * 1e-4, measure === "people" ? 0.006 : 1), `${first} ${steep}`);
        }
        await page.close();
    });
});
