// Elements of the page. Text goes in as text nodes only, so nothing in a document can become markup.

/**
 * h("button", {class: "quiet", "aria-pressed": "true", onclick: act}, "Play"): an element. A property that begins with
 * "on" is a listener, false and null leave an attribute out, children may be nested lists, numbers, texts or nothing.
 */
export function h(tag, properties, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties ?? {})) {
        if (name.startsWith("on")) {
            element.addEventListener(name.slice(2), value);
        } else if (value !== null && value !== undefined && value !== false) {
            element.setAttribute(name, value === true ? "" : String(value));
        }
    }
    append(element, children);
    return element;
}

function append(element, children) {
    for (const child of children) {
        if (Array.isArray(child)) {
            append(element, child);
        } else if (child !== null && child !== undefined && child !== false) {
            element.append(child);
        }
    }
}

/** Sets style properties; attributes of that name are against the page's policy. */
export function styled(element, properties) {
    for (const [name, value] of Object.entries(properties)) {
        element.style.setProperty(name, value);
    }
    return element;
}

export function replace(element, ...children) {
    element.replaceChildren();
    append(element, children);
}

let last_id = 0;

/** An id that nothing else on the page has; labels and what they name need one. */
export function fresh_id(stem) {
    last_id += 1;
    return `${stem}-${last_id}`;
}
