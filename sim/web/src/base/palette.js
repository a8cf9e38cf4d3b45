// Colours of charts, told apart by readers of every kind of colour vision and on both grounds (tests/web holds the
// contrasts). Interface colours are in style.css.

const categories = {
    light: ["#0b65a3", "#d43a12", "#12935a", "#b8367f", "#668f2e", "#4a4f57"],
    dark: ["#5a9cf5", "#e58250", "#62e6a0", "#b98bd2", "#f7c64e", "#adc2c6"],
};

/** From little to much, for amounts of one sign: classes of a map. */
const amounts = {
    light: ["#e6eef5", "#bdd5e8", "#86b4d6", "#4a8cba", "#1d6596", "#0b4068"],
    dark: ["#1d2c3a", "#214764", "#28658f", "#3c87ba", "#6cabd8", "#a9d3f2"],
};

/** From little to much below zero. */
const losses = {
    light: ["#f7e8dd", "#eec5a6", "#df9768", "#c76a33", "#9a4a17", "#6b300b"],
    dark: ["#38271c", "#5c3a22", "#86502b", "#bc7746", "#dd9663", "#f6c6a2"],
};

const grounds = {
    light: { ground: "#ffffff", ink: "#18222d", quiet: "#52606d", line: "#d5dce3" },
    dark: { ground: "#161c23", ink: "#e8edf2", quiet: "#a3b0bd", line: "#34404c" },
};

/** Everything a chart needs to know of the theme, "light" or "dark". */
export function palette(theme) {
    return {
        theme,
        categories: categories[theme],
        amounts: amounts[theme],
        losses: losses[theme],
        gain: categories[theme][0],
        loss: categories[theme][1],
        ...grounds[theme],
    };
}

function luminance(colour) {
    const [red, green, blue] = [1, 3, 5]
        .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
        .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2: 1 (the same) to 21 (black on white). */
export function contrast(one, other) {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
}

/** The text colour that reads best on `ground`. */
export function ink_on(ground) {
    return contrast("#ffffff", ground) > contrast("#101820", ground) ? "#ffffff" : "#101820";
}
