// Bundles the page's script and style and writes them as C++: node build.mjs OUTPUT.cpp.
// Reads src/ and node_modules/ beside itself; the same inputs make the same bytes.
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const folder = dirname(fileURLToPath(import.meta.url));

/**
 * zrender keeps widths of texts in a plain object, under the texts. One that reads "__proto__" would find, and change,
 * what all objects have in common; without a prototype it is a key like any other.
 */
const texts_as_keys = {
    name: "texts as keys",
    setup(bundler) {
        bundler.onLoad({ filter: /zrender[\\/]lib[\\/]core[\\/]LRU\.js$/ }, async ({ path }) => {
            const before = await readFile(path, "utf8");
            const after = before.replaceAll("this._map = {};", "this._map = Object.create(null);");
            if (after === before) {
                throw new Error(`${path} is another than this was written for`);
            }
            return { contents: after, loader: "js" };
        });
    },
};

/** One file of src/ with all that it imports, as text. */
async function bundled(entry) {
    const result = await build({
        entryPoints: [join(folder, "src", entry)],
        absWorkingDir: folder,
        bundle: true,
        minify: true,
        write: false,
        format: "iife",
        charset: "utf8",
        target: ["chrome100", "firefox113", "safari16.4"], // the first with DecompressionStream, or older
        define: { "process.env.NODE_ENV": '"production"' },
        legalComments: "none",
        plugins: [texts_as_keys],
        logLevel: "warning",
    });
    return result.outputFiles[0].text;
}

/** The terms under which others' code goes along, as they ask for. */
async function terms() {
    const texts = ["Apache ECharts", await read("echarts/NOTICE"), await read("echarts/LICENSE"), "ZRender", await read("zrender/LICENSE")];
    return `/*!\n${texts.join("\n\n").replaceAll("*/", "* /").replace(/[<\r]/g, "")}\n*/\n`;
}

const read = (name) => readFile(join(folder, "node_modules", name), "utf8");

/** What a policy allows by; the browser hashes the same bytes. */
const hash = (text) => "sha256-" + createHash("sha256").update(text, "utf8").digest("base64");

/** A raw string literal. */
function literal(text) {
    if (text.includes(')page"')) {
        throw new Error('the bundle holds )page", which ends its literal');
    }
    return `R"page(${text})page"sv`;
}

const script = (await terms()) + (await bundled("main.js"));
const style = await bundled("style.css");
for (const [text, ends] of [[script, /<\/script|<!--|<script/i], [style, /<\/style|<!--/i]]) {
    if (ends.test(text) || text.includes("\r") || text.includes("\0")) {
        throw new Error(`the bundle holds ${ends.exec(text)?.[0] ?? "a control character"}, which HTML reads as its own`);
    }
}

const source = `// Made from sim/web by build.mjs.
#include "sim/web/bundle.hpp"

namespace pensim::web {
using namespace std::string_view_literals;

namespace {
constexpr Bundle parts{${literal(script)}, ${literal(style)}, "${hash(script)}"sv, "${hash(style)}"sv};
}

Bundle const& bundle() {
    return parts;
}

} // namespace pensim::web
`;
await writeFile(process.argv[2], source);
