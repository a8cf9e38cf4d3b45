// What every report has: its question and answer, contents, switches of language and theme, the rules behind it and how
// to make it again.
import { h, replace } from "../base/dom.js";
import { locale_of } from "../base/format.js";
import { system_theme } from "../base/page.js";
import { button, either } from "./controls.js";
import { facts, headlines } from "./headlines.js";
import { rules } from "./rules.js";

export function show(page, view) {
    const root = h("div", { id: "page" });
    document.querySelector("noscript")?.remove();
    document.body.prepend(root);
    const scope = [];
    const draw = () => {
        const focused = document.activeElement?.closest?.("[data-keep]")?.dataset.keep;
        page.anew(scope, () => {
            draw_page(page, view, root);
            page.watch(["lang", "theme"], draw);
        });
        root.querySelector(`[data-keep="${focused}"] [aria-pressed="true"]`)?.focus();
    };
    draw();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
        if (page.store.get("theme") === null && !page.printing) {
            draw();
        }
    });
    addEventListener("keydown", (event) => {
        if (event.key === "Escape" && !event.defaultPrevented && event.target.type !== "search") {
            page.store.set("area", -1);
        }
    });
    addEventListener("beforeprint", () => { set_theme("light"); page.print(true); });
    addEventListener("afterprint", () => { set_theme(page.store.get("theme")); page.print(false); });
}

function set_theme(theme) {
    if (theme === null) {
        delete document.documentElement.dataset.theme;
    } else {
        document.documentElement.dataset.theme = theme;
    }
}

function draw_page(page, view, root) {
    document.documentElement.lang = locale_of(page.language);
    document.title = page.text(page.document.title);
    set_theme(page.store.get("theme"));
    const { controls, sections } = view(page);
    const all = [{ id: "answer", title: page.say("answer"), make: () => answer(page) }, ...sections, ...closing(page)];
    const bodies = all.map(({ id, title, make }) =>
        h("section", { id, "aria-labelledby": `${id}-title` },
          id === "answer" ? null : h("h2", { id: `${id}-title`, tabindex: -1 }, title), make()));
    const [first, ...others] = bodies;
    replace(root,
            h("a", { class: "skip", href: "#answer", onclick: (event) => go(event, "answer") }, page.say("skip")),
            masthead(page),
            h("div", { class: "columns" },
              contents(page, all),
              h("main", {}, first,
                controls ? h("div", { class: "choices", role: "group", "aria-label": page.say("choices") }, controls) : null,
                others)),
            h("footer", {}, page.say("footer")));
}

function masthead(page) {
    const themes = [["light", page.say("light")], ["dark", page.say("dark")]];
    const languages = [["en", "English"], ["zh", "中文"]];
    return h("header", { class: "masthead" },
             h("p", { class: "title" }, h("span", { class: "brand" }, "pensim"), page.text(page.document.title)),
             h("div", { class: "switches" },
               h("span", { "data-keep": "lang" },
                 either(page.say("language"), languages, page.language, (value) => page.store.set("lang", value))),
               h("span", { "data-keep": "theme" },
                 either(page.say("theme"), themes, page.store.get("theme") ?? system_theme(),
                        (value) => page.store.set("theme", value))),
               button(page.say("print"), () => window.print(), { class: "quiet" })));
}

function go(event, id) {
    event.preventDefault();
    const section = document.getElementById(id);
    section.scrollIntoView({ behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    section.querySelector("h1, h2")?.focus({ preventScroll: true });
}

function contents(page, sections) {
    const links = new Map(sections.map(({ id, title }) =>
        [id, h("a", { href: `#${id}`, onclick: (event) => go(event, id) }, title)]));
    const seen = new IntersectionObserver((entries) => {
        for (const { isIntersecting, target } of entries) {
            if (isIntersecting) {
                links.forEach((link, id) =>
                    (id === target.id ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
            }
        }
    }, { rootMargin: "-25% 0px -70% 0px" });
    page.on_leave(() => seen.disconnect());
    queueMicrotask(() => sections.forEach(({ id }) => seen.observe(document.getElementById(id))));
    return h("nav", { class: "contents", "aria-label": page.say("contents") },
             h("ul", {}, [...links.values()].map((link) => h("li", {}, link))));
}

function answer(page) {
    const { question, answer: text, headlines: figures = [], notes = [] } = page.document;
    return [
        h("h1", { id: "answer-title", tabindex: -1 }, page.text(question)),
        h("p", { class: "lead" }, page.text(text)),
        headlines(page, figures),
        notes.length > 0 ? h("ul", { class: "notes" }, notes.map((note) => h("li", {}, page.text(note)))) : null,
    ];
}

/** The sections that close every report. */
function closing(page) {
    const { rules: in_force, reproduce } = page.document;
    const sections = [];
    if (in_force) {
        sections.push({ id: "rules", title: page.say("rules"), make: () => rules(page, in_force) });
    }
    if (reproduce) {
        sections.push({
            id: "reproduce",
            title: page.say("reproduce"),
            make: () => [
                h("p", {}, page.say("reproduce_how")),
                h("pre", { tabindex: 0, role: "region", "aria-label": page.say("command") }, h("code", {}, reproduce.command)),
                facts(page, reproduce.facts),
            ],
        });
    }
    return sections;
}
