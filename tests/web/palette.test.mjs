// Colours: text and charts against their grounds (WCAG 2), and charts to readers who see fewer hues.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { contrast, ink_on, palette } from "../../sim/web/src/base/palette.js";

const style = await readFile(new URL("../../sim/web/src/style/base.css", import.meta.url), "utf8");

/** The variables of one theme: {"--ink": "#18222d", ...}. */
function variables(selector) {
    const block = style.slice(style.indexOf(`${selector} {`));
    return Object.fromEntries([...block.slice(0, block.indexOf("}")).matchAll(/(--[\w-]+): (#\w{6});/g)].map(([, ...pair]) => pair));
}

const channels = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255);
const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
const times = (matrix, vector) => matrix.map((row) => row.reduce((sum, each, at) => sum + each * vector[at], 0));

/** What a reader without one kind of cone sees (Machado, Oliveira and Fernandes 2009, severity 1; on linear RGB). */
const eyes = new Map([
    ["all", [[1, 0, 0], [0, 1, 0], [0, 0, 1]]],
    ["protanopia", [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]],
    ["deuteranopia", [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]],
    ["tritanopia", [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]],
]);

/** CIE L*a*b* under D65. */
function lab(colour, eye) {
    const seen = times(eye, channels(colour).map(linear)).map((part) => Math.min(1, Math.max(0, part)));
    const [x, y, z] = times([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]], seen);
    const bend = (t) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
    const [a, b, c] = [bend(x / 0.95047), bend(y), bend(z / 1.08883)];
    return [116 * b - 16, 500 * (a - b), 200 * (b - c)];
}

const distance = (one, other, eye) => Math.hypot(...lab(one, eye).map((part, at) => part - lab(other, eye)[at]));

for (const [theme, selector] of [["light", ":root"], ["dark", ':root[data-theme="dark"]']]) {
    const interface_colours = variables(selector);
    const chart = palette(theme);

    test(`${theme}: text reads on every ground it stands on`, () => {
        const { "--ground": ground, "--raised": raised, "--ink": ink, "--quiet": quiet, "--accent": accent,
                "--accent-ground": pressed } = interface_colours;
        for (const [text, on] of [[ink, ground], [ink, raised], [quiet, ground], [quiet, raised], [accent, ground], [accent, pressed]]) {
            assert.ok(contrast(text, on) >= 4.5, `${text} on ${on}: ${contrast(text, on).toFixed(2)}`);
        }
    });

    test(`${theme}: charts stand on the page's ground in its ink`, () => {
        assert.equal(chart.ground, interface_colours["--ground"]);
        assert.equal(chart.ink, interface_colours["--ink"]);
        assert.equal(chart.quiet, interface_colours["--quiet"]);
        for (const colour of chart.categories) {
            assert.ok(contrast(colour, chart.ground) >= 3, `${colour}: ${contrast(colour, chart.ground).toFixed(2)}`);
        }
    });

    test(`${theme}: text reads on every tile`, () => {
        for (const colour of [...chart.amounts, ...chart.losses]) {
            assert.ok(contrast(ink_on(colour), colour) >= 4.5, `${colour}: ${contrast(ink_on(colour), colour).toFixed(2)}`);
        }
    });

    for (const [name, eye] of eyes) {
        test(`${theme}: categories, classes and signs are told apart (${name})`, () => {
            const pairs = chart.categories.flatMap((one, at) => chart.categories.slice(at + 1).map((other) => [one, other]));
            for (const [one, other] of pairs) {
                assert.ok(distance(one, other, eye) >= 12, `${one} and ${other}: ${distance(one, other, eye).toFixed(1)}`);
            }
            for (const shades of [chart.amounts, chart.losses]) {
                shades.slice(1).forEach((shade, at) =>
                    assert.ok(distance(shade, shades[at], eye) >= 7, `${shade}: ${distance(shade, shades[at], eye).toFixed(1)}`));
            }
            assert.ok(distance(chart.gain, chart.loss, eye) >= 30, distance(chart.gain, chart.loss, eye).toFixed(1));
        });
    }
}
