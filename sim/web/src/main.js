// Reads the document and shows it. The kinds of report are told apart here and nowhere else.
import { embedded_document } from "./base/document.js";
import { Page } from "./base/page.js";
import { h } from "./base/dom.js";
import { show } from "./parts/shell.js";
import { all_tables } from "./parts/tables.js";
import { compare_view } from "./views/compare.js";
import { life_view } from "./views/life.js";
import { run_view } from "./views/run.js";
import { sweep_view } from "./views/sweep.js";

/**
 * kind -> (page) => {controls, sections}: `controls` is an element or null, the choices that stay in sight; a section is
 * {id, title, make}, where make() gives its elements. The shell adds the answer before them, rules and reproduction behind.
 */
const views = new Map([
    ["run", run_view],
    ["life", life_view],
    ["compare", compare_view],
    ["sweep", sweep_view],
]);

/** A kind of report that has no view of its own yet shows its tables. */
const tables_only = (page) => ({ controls: null, sections: [all_tables(page)].filter((section) => section !== null) });

async function start() {
    const content = await embedded_document("document");
    if (content.schema !== "pensim/page/1") {
        throw new Error(`unknown schema ${content.schema}`);
    }
    const page = new Page(content);
    show(page, views.get(content.kind) ?? tables_only);
}

start().catch((error) => {
    document.body.append(h("p", { role: "alert" }, `This report cannot be shown. 无法显示本报告。 ${error.message}`));
    throw error;
});
