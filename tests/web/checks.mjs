// What holds for every report: its outline, names for all that can be used, what it says in either language.

/** What a reader sees or hears: texts with where they stand. */
export function spoken(page) {
    return page.evaluate(() => {
        const found = [];
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
            const { parentElement: parent, data } = walker.currentNode;
            if (data.trim() !== "" && !parent.closest("script, code, pre, cite, .brand, .either")) {
                found.push(data.trim());
            }
        }
        for (const element of document.querySelectorAll("[aria-label], [title], [placeholder]")) {
            found.push(...["aria-label", "title", "placeholder"].map((name) => element.getAttribute(name)).filter(Boolean));
        }
        return found;
    });
}

/** Headings that skip a level, controls without a name, ids that stand twice, landmarks that are not there once. */
export function faults_of_order(page) {
    return page.evaluate(() => {
        const wrong = [];
        let level = 0;
        const headings = [...document.querySelectorAll("h1, h2, h3, h4")];
        for (const heading of headings) {
            const next = Number(heading.tagName[1]);
            if (next > level + 1 || heading.textContent.trim() === "") {
                wrong.push(`heading ${heading.outerHTML}`);
            }
            level = next;
        }
        if (headings.filter(({ tagName }) => tagName === "H1").length !== 1) {
            wrong.push("not one h1");
        }
        const name = (element) => element.getAttribute("aria-label")
            ?? document.getElementById(element.getAttribute("aria-labelledby"))?.textContent
            ?? ([...element.labels ?? []].map((label) => label.textContent).join(" ") || element.textContent);
        for (const control of document.querySelectorAll("button, a, input, select, figure, summary, [role=img], [role=region], [role=group], nav, section, table")) {
            if (!name(control)?.trim()) {
                wrong.push(`no name: ${control.outerHTML.slice(0, 200)}`);
            }
        }
        const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
        wrong.push(...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `twice: ${id}`));
        wrong.push(...[...document.querySelectorAll("[tabindex]")].filter(({ tabIndex }) => tabIndex > 0).map(({ outerHTML }) => outerHTML));
        for (const landmark of ["main", "header", "nav", "footer"]) {
            if (document.querySelectorAll(landmark).length !== 1) {
                wrong.push(landmark);
            }
        }
        return wrong;
    });
}

/** Texts of a page in Chinese that are English still, or no Chinese; `plain(text)` tells names that are the same in both. */
export function not_chinese(english, chinese, plain) {
    const before = new Set(english);
    return chinese.filter((text) => (before.has(text) ? !plain(text) && /[a-z]+ [a-z]+ [a-z]+/i.test(text)
        : !plain(text) && !text.endsWith("...") && !/[\u4e00-\u9fff]/.test(text) && /[a-z]{2}/i.test(text)));
}

/** Every row of a table of the page as it scrolls by: {column: text}. */
export function rows_of(grid) {
    return grid.evaluate(async (element) => {
        const frame = element.querySelector(".scroll");
        const names = [...element.querySelectorAll("thead button")].map((button) => button.dataset.column);
        const rows = new Map();
        const next = () => new Promise((done) => { requestAnimationFrame(() => setTimeout(done, 0)); });
        for (let y = 0; ; y += 300) {
            frame.scrollTop = y;
            await next();
            for (const row of element.querySelectorAll("tbody tr[aria-rowindex]")) {
                rows.set(Number(row.getAttribute("aria-rowindex")), Object.fromEntries([...row.cells].map((cell, at) => [names[at], cell.textContent])));
            }
            if (y > frame.scrollHeight) {
                frame.scrollTop = 0;
                await next();
                return [...rows.entries()].sort((a, b) => a[0] - b[0]).map(([, row]) => row);
            }
        }
    });
}
