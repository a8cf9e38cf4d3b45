// Chromium, a page in it, and everything that it complained of.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

export async function open_browser(options = {}) {
    const profile = mkdtempSync(join(tmpdir(), "pensim-page-"));
    const context = await chromium.launchPersistentContext(profile, {
        executablePath: process.env.PENSIM_CHROMIUM ?? "/usr/bin/chromium",
        headless: true,
        viewport: { width: 1280, height: 900 },
        args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
               "--disable-component-update", "--disable-sync"],
        ...options,
    });
    return {
        context,
        close: async () => {
            await context.close();
            rmSync(profile, { recursive: true, force: true });
        },
    };
}

/** {page, complaints}: a page of a file, shown; complaints are errors, warnings, dialogs and requests for anything else. */
export async function open_page(context, file, hash = "") {
    const page = await context.newPage();
    const complaints = [];
    const address = pathToFileURL(file).href;
    page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
    page.on("dialog", async (dialog) => {
        complaints.push(`dialog: ${dialog.message()}`);
        await dialog.dismiss();
    });
    page.on("request", (request) => {
        const asked = request.url();
        if (asked.split("#")[0] !== address && !asked.startsWith("data:") && !asked.startsWith("blob:")) {
            complaints.push(`request: ${asked}`);
        }
    });
    await page.goto(address + (hash === "" ? "" : `#${hash}`));
    await page.waitForSelector("h1");
    return { page, complaints };
}

/** Scrolls through the page, so that every chart is drawn. */
export async function see_all(page) {
    await page.evaluate(async () => {
        for (let y = 0; y < document.body.scrollHeight; y += 400) {
            scrollTo(0, y);
            await new Promise((done) => { setTimeout(done, 60); });
        }
        scrollTo(0, 0);
    });
    await page.waitForTimeout(400);
}

/** RFC 4180: rows as objects. */
export function read_csv(text) {
    const rows = [];
    let [row, cell, quoted] = [[], "", false];
    for (let at = 0; at < text.length; at += 1) {
        const character = text[at];
        if (quoted) {
            if (character !== '"') {
                cell += character;
            } else if (text[at + 1] === '"') {
                cell += '"';
                at += 1;
            } else {
                quoted = false;
            }
        } else if (character === '"') {
            quoted = true;
        } else if (character === "," || character === "\n") {
            row.push(cell);
            cell = "";
            if (character === "\n") {
                rows.push(row);
                row = [];
            }
        } else {
            cell += character;
        }
    }
    const [names, ...others] = rows;
    return others.map((cells) => Object.fromEntries(names.map((name, at) => [name, cells[at]])));
}
