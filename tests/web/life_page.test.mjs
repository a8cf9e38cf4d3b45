// The page of a life, made by the program and used as a reader does: timeline and story point at each other, by mouse
// and keyboard, in both languages, on paper. Takes PENSIM_PROGRAM, the program.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { open_browser, open_page } from "./browser.mjs";

const folder = mkdtempSync(join(tmpdir(), "pensim-life-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const program = (...words) => execFileSync(process.env.PENSIM_PROGRAM, words, { cwd: folder, encoding: "utf8" });

/** A page of the program, and the outcome of the same person. */
function made(name, cases, person, ...more) {
    const file = join(folder, `${name}.html`);
    program("explain", cases, "--person", person, "--html", file, ...more);
    const { outcomes } = JSON.parse(program("decide", cases));
    return { file, outcome: outcomes.find(({ id }) => id === person) };
}

const hostile = "</script><img src=x onerror=alert(1)>";
writeFileSync(join(folder, "hostile.json"), JSON.stringify({
    schema: "pensim/cases/1",
    persons: [{
        id: hostile, note: "<b>__proto__</b> constructor", group: "mainland", hukou: "SC", sex: "female", birth: "1970-05",
        records: [
            { area: "SC", from: "1999-01", to: "2004-12", base: 1200 },
            { area: "GD", from: "2003-01", to: "2008-06", base: 2300, keep: true },
            { area: "ZJ", from: "2008-07", to: "2010-03", base: 3300 },
            { area: "BJ", from: "2011-04", to: "2015-03", base: 6000 },
            { area: "SC", from: "2016-01", to: "2018-12", base: 1200, scheme: "resident" },
        ],
    }],
}));

const yuan = (amount) => amount.toLocaleString("en", { minimumFractionDigits: 2 });
const labels_of = (page, kind) => page.locator(`.life svg .${kind}`).evaluateAll((all) => all.map((each) => each.ariaLabel));

describe("the page of a life", () => {
    let browser;
    const longest = made("longest", "order-41", "longest");
    const all_states = made("hostile", "hostile.json", hostile);
    const ended = made("ended", "foreigners", "left-and-ended");
    before(async () => { browser = await open_browser(); });
    after(() => browser.close());
    const show = (one, hash) => open_page(browser.context, one.file, hash);

    test("opens, asks for nothing, complains of nothing; every name is text", async () => {
        for (const one of [longest, all_states, ended]) {
            const { page, complaints } = await show(one);
            await page.locator(".life svg").hover();
            assert.equal(await page.locator("img, b").count(), 0);
            assert.deepEqual(complaints, []);
            await page.close();
        }
        const { page } = await show(all_states);
        assert.equal(await page.title(), `A pension's story: ${hostile}`);
        assert.ok((await page.locator(".who").textContent()).startsWith(`${hostile}: mainland resident`));
        assert.equal(await page.locator(".notes li").textContent(), "<b>__proto__</b> constructor");
        await page.close();
    });

    test("every transfer of the outcome is an arrow with its areas and amounts", async () => {
        const { page } = await show(longest);
        const names = new Map([["FJ", "Fujian"], ["ZJ", "Zhejiang"], ["SH", "Shanghai"]]);
        const arrows = await labels_of(page, "arrow");
        assert.equal(arrows.length, longest.outcome.transfers.length);
        longest.outcome.transfers.forEach(({ month, from, to, account, pooled }, at) => {
            for (const part of [month, `${names.get(from)} to ${names.get(to)}`, `account ${yuan(account)} yuan`,
                                `pooled money ${yuan(pooled)} yuan`]) {
                assert.ok(arrows[at].includes(part), `${part} in ${arrows[at]}`);
            }
        });
        const lines = await labels_of(page, "line");
        assert.ok(lines.some((line) => line.startsWith(`The pension is settled, ${longest.outcome.settlement_month}`)), lines.join("; "));
        assert.ok((await page.locator(".lead").textContent()).includes(yuan(longest.outcome.pension.monthly)));
        await page.close();
    });

    test("bars tell months by what became of them, in shape as well as colour", async () => {
        const { page } = await show(all_states);
        const bars = await labels_of(page, "bar");
        for (const state of ["counts", "temporary account", "counts for nothing", "residents' scheme"]) {
            assert.ok(bars.some((bar) => bar.endsWith(`, ${state}`)), state);
        }
        const fills = await page.locator(".life svg .bar rect").evaluateAll((all) =>
            all.map((each) => `${each.classList[1]} ${each.getAttribute("fill")?.slice(0, 4) ?? "plain"}`));
        assert.deepEqual([...new Set(fills)].sort(), ["counted plain", "resident url(", "temporary url(", "void url("]);
        assert.equal(await page.locator(".life .legend li").count(), 4 + 1 + 2);
        await page.close();
    });

    test("a step shows its place on the timeline, and the other way round", async () => {
        const { page } = await show(longest);
        const moved = page.locator(".steps > li", { hasText: "ZJ Zhejiang sends SH Shanghai" });
        await moved.click();
        assert.match(await moved.getAttribute("class"), /touched/);
        const touched = await page.locator(".life svg .touched").evaluateAll((all) => all.map((each) => each.ariaLabel));
        assert.equal(touched.length, 1);
        assert.ok(touched[0].includes("2023-04, Zhejiang to Shanghai"));
        assert.equal(await page.locator(".life svg .band").getAttribute("visibility"), "visible");
        await page.keyboard.press("Escape");
        assert.equal(await page.locator(".touched").count(), 0);
        assert.equal(await page.locator(".life svg .band").getAttribute("visibility"), "hidden");

        await page.locator(".life svg .bar").nth(2).click();
        const steps = await page.locator(".steps .touched").allTextContents();
        assert.ok(steps.length >= 5 && steps.every((text) => text.includes("months in SH Shanghai")), steps.join("\n"));
        assert.ok((await page.locator(".told").textContent()).startsWith("Shanghai"));
        await page.getByRole("button", { name: "Find it in the story" }).click();
        assert.ok((await page.evaluate(() => document.activeElement.ariaLabel)).includes("9 months in SH Shanghai"));
        await page.close();
    });

    test("what is chosen stays in the address and at a switch of language", async () => {
        const { page, complaints } = await show(longest, "at=mark-1");
        assert.equal(await page.locator(".life svg .arrow.touched").count(), 1);
        await page.getByRole("button", { name: "中文" }).click();
        assert.equal(await page.locator(".life svg .arrow.touched").count(), 1);
        assert.ok((await page.locator(".steps .touched").textContent()).includes("ZJ 浙江向SH 上海转移"));
        assert.deepEqual(complaints, []);
        await page.close();
        for (const nonsense of ["at=mark-99", "at=bar-x", "at=__proto__", "at=step-"]) {
            const other = await show(longest, nonsense);
            assert.equal(await other.page.locator(".touched").count(), 0);
            assert.deepEqual(other.complaints, []);
            await other.page.close();
        }
    });

    test("the keyboard alone walks the timeline in order of time and the steps in theirs", async () => {
        const { page } = await show(longest);
        const stops = await page.locator('.life svg [tabindex="0"], .steps [tabindex="0"]').count();
        assert.equal(stops, 2);
        await page.locator('.life svg [tabindex="0"]').focus();
        const active = () => page.evaluate(() => document.activeElement.ariaLabel);
        assert.ok((await active()).startsWith("Fujian, 2012-04 to 2018-03"));
        await page.keyboard.press("ArrowRight");
        const second = await active();
        assert.ok(second.includes("2018-04"), second);
        await page.keyboard.press("End");
        assert.ok((await active()).includes("2027-03"));
        await page.keyboard.press("Home");
        await page.keyboard.press("Enter");
        assert.equal(await page.evaluate(() => document.activeElement.ariaPressed), "true");
        assert.ok(await page.locator(".steps .touched").count() > 0);
        await page.locator('.steps [tabindex="0"]').focus();
        await page.keyboard.press("ArrowDown");
        assert.ok((await active()).includes("First payment in FJ Fujian"));
        await page.keyboard.press("Space");
        assert.equal(await page.locator(".steps .touched").count(), 1);
        await page.close();
    });

    test("decisions and moves leave out what comes every year", async () => {
        const { page } = await show(longest);
        const seen = () => page.locator(".steps > li").evaluateAll((all) => all.filter((each) => each.offsetParent !== null).length);
        const all = await seen();
        await page.getByRole("button", { name: "Decisions and moves" }).click();
        const key = await seen();
        assert.ok(key >= 7 && key < all / 2, `${key} of ${all}`);
        // A bar whose steps are hidden brings them back.
        await page.locator(".life svg .bar").first().click();
        assert.equal(await seen(), all);
        assert.equal(await page.getByRole("button", { name: "All steps" }).getAttribute("aria-pressed"), "true");
        await page.close();
    });

    test("the timeline as tables has the same figures", async () => {
        const { page } = await show(longest);
        await page.getByRole("button", { name: "Show as table" }).click();
        assert.equal(await page.locator(".life svg").isVisible(), false);
        const text = await page.locator(".life table").last().textContent();
        for (const { account, pooled } of longest.outcome.transfers) {
            assert.ok(text.includes(yuan(account)) && text.includes(yuan(pooled)));
        }
        assert.equal(await page.locator(".life table").first().locator("tbody tr").count(), 3);
        await page.close();
    });

    test("Chinese throughout", async () => {
        const { page } = await show(all_states, "lang=zh");
        assert.equal(await page.locator("html").getAttribute("lang"), "zh-CN");
        const english = await page.evaluate(() => {
            const found = [];
            const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const { parentElement, data } = walker.currentNode;
                if (/[A-Za-z]{3,}/.test(data) && !/[\u4e00-\u9fff]/.test(data)
                    && !parentElement.closest("#rules, code, cite, .notes, .texts, .facts")) {
                    found.push(data);
                }
            }
            return found.concat([...document.querySelectorAll(".life [aria-label]")].map((each) => each.ariaLabel)
                .filter((text) => !/[\u4e00-\u9fff]/.test(text)));
        });
        assert.deepEqual(english, []);
        await page.close();
    });

    test("fits a phone, and prints with timeline and story", async () => {
        const { page } = await show(all_states);
        await page.setViewportSize({ width: 380, height: 800 });
        await page.waitForTimeout(300);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 380);
        assert.ok(await page.locator(".life svg").evaluate((svg) => svg.getBoundingClientRect().right <= 380));
        await page.emulateMedia({ media: "print" });
        assert.equal(await page.locator(".life svg").isVisible(), true);
        assert.equal(await page.locator(".told").isVisible(), false);
        assert.ok((await page.pdf({ preferCSSPageSize: true })).length > 10000);
        await page.close();
    });

    test("an end before T: the account is paid out, its months count for nothing", async () => {
        const { page } = await show(ended);
        const [refund] = ended.outcome.refunds;
        const [coin] = await labels_of(page, "coin");
        assert.ok(coin.includes(refund.month) && coin.includes(yuan(refund.account)), coin);
        assert.ok((await labels_of(page, "bar")).every((bar) => bar.endsWith("counts for nothing")));
        assert.ok((await page.locator(".lead").textContent()).startsWith("No province pays"));
        await page.close();
    });

    test("every control has a name", async () => {
        const { page } = await show(all_states);
        const nameless = await page.locator("main button, main [role=button], main input").evaluateAll((all) =>
            all.filter((each) => !(each.ariaLabel || each.textContent.trim() || each.labels?.length)).length);
        assert.equal(nameless, 0);
        await page.close();
    });
});
