// The page's own sentences: every one in both languages, with the same blanks, and used somewhere.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";
import { words } from "../../sim/web/src/words.js";

const blanks = (sentence) => [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

test("both languages have the same sentences", () => {
    assert.ok(Object.keys(words.en).length > 50);
    assert.deepEqual(Object.keys(words.zh), Object.keys(words.en));
    assert.deepEqual(Object.keys(words.en), Object.keys(words.en).sort());
});

test("a sentence has the same blanks in both", () => {
    for (const [key, sentence] of Object.entries(words.en)) {
        assert.deepEqual(blanks(words.zh[key]), blanks(sentence), key);
    }
});

test("Chinese sentences are Chinese", () => {
    for (const [key, sentence] of Object.entries(words.zh)) {
        const text = sentence.replace(/\{\w+\}/g, "");
        assert.ok(/[\u4e00-\u9fff]/.test(text) || !/[A-Za-z]{2,}/.test(text), `${key}: ${sentence}`);
        assert.ok(!/[A-Za-z]+ [a-z]+ [a-z]+/.test(text), `${key}: ${sentence}`);
    }
});

test("no sentence is left over", async () => {
    const folder = new URL("../../sim/web/src/", import.meta.url);
    let code = "";
    for (const name of await readdir(folder, { recursive: true })) {
        if (name.endsWith(".js") && name !== "words.js") {
            code += await readFile(new URL(name, folder), "utf8");
        }
    }
    for (const key of Object.keys(words.en)) {
        const made_up = /^(topic|unit|amount)_/.test(key); // `topic_${name}`
        assert.ok(made_up || code.includes(`"${key}"`), key);
    }
});
