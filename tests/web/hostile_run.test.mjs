// The report of a run whose areas, scenario and rules have names that would run, as the program writes it. Takes
//   PENSIM_PROGRAM  the program
//   PENSIM_DATA     the folder of the shipped data tables
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { open_browser, open_page, read_csv, see_all } from "./browser.mjs";

const folder = mkdtempSync(join(tmpdir(), "pensim-hostile-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const names = {
    GD: '"><script>alert(1)</script>',
    FJ: '=HYPERLINK("http://x","y")',
    SH: "__proto__",
    BJ: "</script><img src=x onerror=alert(2)>",
    JS: "constructor",
    ZJ: "{{7*7}}${8*8}",
    SD: "\u202eright to left",
    HN: "<b onmouseover=alert(3)>bold</b>",
    SC: "x".repeat(300),
};
const title = "</title><script>alert(4)</script>";
const rules_title = "<img src=x onerror=alert(5)>";
const source = "javascript:alert(6) </script><svg onload=alert(7)>";

const quoted = (text) => `"${text.replaceAll('"', '""')}"`;

/** The shipped tables with other ids, which are the names as well. */
function write_data() {
    mkdirSync(join(folder, "data"));
    for (const file of readdirSync(process.env.PENSIM_DATA).filter((name) => name.endsWith(".csv"))) {
        const text = readFileSync(join(process.env.PENSIM_DATA, file), "utf8");
        const head = text.slice(0, text.indexOf("\n"));
        const rows = read_csv(text).map((row) => {
            const named = file === "areas.csv" && Object.hasOwn(names, row.id)
                ? { ...row, name_en: names[row.id], name_zh: names[row.id] } : row;
            return head.split(",").map((column) => {
                const cell = named[column];
                return quoted(Object.hasOwn(names, cell) ? names[cell] : cell);
            }).join(",");
        });
        writeFileSync(join(folder, "data", file), [head, ...rows, ""].join("\n"));
    }
}

function write_run() {
    write_data();
    writeFileSync(join(folder, "evil.json"), JSON.stringify({
        schema: "pensim/scenario/1", id: "evil", extends: "hmt", title: { en: title, zh: title },
        population: { people: 4000, calibrated_to: null, source: "test" }, run: { persons: 2000 },
    }));
    writeFileSync(join(folder, "rules.json"), JSON.stringify({
        schema: "pensim/rules/1", id: "evil-rules", extends: "law", title: { en: rules_title, zh: rules_title },
        parameters: { "place.min_months": [{ from: "2027-01", value: 60, source }] },
    }));
    execFileSync(process.env.PENSIM_PROGRAM,
                 ["run", "evil.json", "--data", "data", "--rules", "rules.json", "-o", "out"], { cwd: folder, stdio: "ignore" });
    execFileSync(process.env.PENSIM_PROGRAM,
                 ["explain", "evil.json", "--data", "data", "--rules", "rules.json", "--person", "3", "--html", "life.html"],
                 { cwd: folder, stdio: "ignore" });
}

describe("a run with hostile names", () => {
    let browser;
    before(async () => {
        write_run();
        browser = await open_browser();
    });
    after(() => browser.close());

    /** Nothing but ours has become an element or an attribute. */
    const intruders = (page) => page.evaluate(() => [
        ...document.querySelectorAll("img, iframe, object, embed, #page script, svg script, b[onmouseover]"),
        ...[...document.querySelectorAll("*")].filter((element) => [...element.attributes].some(({ name, value }) =>
            /^on/i.test(name) || (/^(href|src|action)$/i.test(name) && /^\s*javascript:/i.test(value)))),
    ].map(({ outerHTML }) => outerHTML.slice(0, 200)));

    test("shows them as text, runs and fetches nothing", async () => {
        for (const [lang, shape] of [["en", "chord"], ["zh", "sankey"]]) {
            const { page, complaints } = await open_page(browser.context, join(folder, "out", "report.html"),
                                                         new URLSearchParams({ lang, shape }).toString());
            await see_all(page);
            assert.deepEqual(await intruders(page), []);
            const areas = await page.locator("[data-area]").evaluateAll((tiles) => tiles.map((tile) => tile.dataset.area));
            for (const name of Object.values(names)) {
                assert.ok(areas.includes(name), name);
            }
            const text = await page.evaluate(() => document.body.textContent);
            assert.ok(text.includes(title));
            assert.equal(await page.title(), title);
            assert.ok(text.includes(rules_title));
            assert.ok(text.includes(source));
            assert.deepEqual(await page.evaluate(() => Object.keys(Object.prototype)), []);
            assert.deepEqual(complaints, []);
            await page.close();
        }
    });

    test("follows an area by any name, from the map and from the address", async () => {
        for (const area of Object.values(names)) {
            const { page, complaints } = await open_page(browser.context, join(folder, "out", "report.html"),
                                                         new URLSearchParams({ area }).toString());
            await see_all(page);
            const pressed = await page.locator("[data-area][aria-pressed=true]").evaluateAll((tiles) => tiles.map((tile) => tile.dataset.area));
            assert.ok(pressed.length > 0 && pressed.every((id) => id === area), `${area}: ${pressed}`);
            assert.deepEqual(await intruders(page), []);
            assert.deepEqual(complaints, []);
            await page.close();
        }
    });

    test("saves the same CSV as the program: quoted, and nothing that a spreadsheet would run", async () => {
        const { page } = await open_page(browser.context, join(folder, "out", "report.html"));
        await see_all(page);
        const [download] = await Promise.all([page.waitForEvent("download"),
                                              page.locator("#flows > .grid").getByRole("button", { name: "Save as CSV" }).click()]);
        const ends = ({ year, from, to, kind }) => [year, from, to, kind];
        const saved = read_csv(readFileSync(await download.path(), "utf8")).map(ends);
        assert.deepEqual(saved, read_csv(readFileSync(join(folder, "out", "flows.csv"), "utf8")).map(ends));
        assert.ok(saved.some(([, from]) => from === `'${names.FJ}`));
        await page.close();
    });

    test("tells a life the same way", async () => {
        const { page, complaints } = await open_page(browser.context, join(folder, "life.html"));
        await see_all(page);
        assert.deepEqual(await intruders(page), []);
        assert.deepEqual(complaints, []);
        await page.close();
    });
});
