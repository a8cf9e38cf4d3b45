// Numbers as a reader of the language writes them.

const locales = new Map([["en", "en"], ["zh", "zh-CN"]]);
const formats = new Map();

/** Formats are dear to make and few. */
function format(language, options) {
    const key = language + JSON.stringify(options);
    if (!formats.has(key)) {
        formats.set(key, new Intl.NumberFormat(locales.get(language), options));
    }
    return formats.get(key);
}

export const nothing = "–";

function options_of(unit, digits) {
    if (unit === "share") {
        return { style: "percent", minimumFractionDigits: digits, maximumFractionDigits: digits };
    }
    return { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: unit !== "year" };
}

/** In full: 1,234,567; a share as a percentage with `digits` places. */
export function number_text(language, value, unit = "number", digits = 0) {
    return value === null || value === undefined ? nothing : format(language, options_of(unit, digits)).format(value);
}

/** Short, for axes and tiles: 1.2M, 120万. Shares and years are short already. */
export function short_text(language, value, unit = "number", digits = 3) {
    if (value === null || value === undefined) {
        return nothing;
    }
    if (unit === "share") {
        return format(language, { style: "percent", maximumFractionDigits: 1 }).format(value);
    }
    if (unit === "year") {
        return number_text(language, value, unit);
    }
    return format(language, { notation: "compact", maximumSignificantDigits: digits }).format(value);
}

/** For a line of text: 320 billion, 3201亿. */
export function brief_text(language, value, unit, digits) {
    if (value === null || value === undefined || unit === "share" || unit === "year" || Math.abs(value) < 1e6) {
        return number_text(language, value, unit, digits);
    }
    return format(language, { notation: "compact", compactDisplay: "long", maximumSignificantDigits: 4 }).format(value);
}

export function collator(language) {
    return new Intl.Collator(locales.get(language), { numeric: true });
}

export const locale_of = (language) => locales.get(language);
