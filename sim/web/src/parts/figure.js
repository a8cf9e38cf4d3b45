// A chart with its title, what it says in words, and the same numbers as a table at a switch.
import * as echarts from "echarts/core";
import { BarChart, ChordChart, CustomChart, GraphChart, LineChart, SankeyChart } from "echarts/charts";
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { LabelLayout } from "echarts/features";
import { SVGRenderer } from "echarts/renderers";
import { fresh_id, h, styled } from "../base/dom.js";
import { button } from "./controls.js";
import { grid } from "./grid.js";

echarts.use([BarChart, ChordChart, CustomChart, GraphChart, LineChart, SankeyChart, GridComponent, LegendComponent,
             MarkLineComponent, TooltipComponent, LabelLayout, SVGRenderer]);

const printed_width = 660; // px: A4 less its margins

/**
 * `source()` gives the selection behind the chart, `option(selection, palette)` an ECharts option or null where there is
 * nothing to draw, `summary(selection)` a sentence for those who do not see it. Others: `title`, `note` (may be a
 * function), `follows`, `height` (px, or a function of the width), `pick(params)` for clicks, `sort` of the table.
 */
export function figure(page, parts) {
    return new Figure(page, parts).element;
}

class Figure {
    constructor(page, { title, note = null, source, option, summary, follows = [], height = 360, pick = null, sort = null }) {
        Object.assign(this, { page, source, option, summary, height, pick, note, follows, sort });
        this.title_text = title;
        this.scope = page.scope;
        const id = fresh_id("figure");
        this.caption = h("h3", { id });
        this.remark = h("p", { class: "remark" });
        this.canvas = h("div", { class: "chart", role: "img" });
        this.empty = h("p", { class: "empty", hidden: true }, page.say("nothing_to_draw"));
        this.as_table = false;
        this.toggle = button("", () => this.turn(), { class: "quiet turn" });
        this.place = h("div", { class: "turned", hidden: true });
        this.element = h("figure", { "aria-labelledby": id },
                         h("figcaption", {}, this.caption, this.toggle), this.remark, this.canvas, this.empty, this.place);
        this.show_toggle();
        this.wait();
    }

    /** A chart below the fold is drawn when it comes near, or is printed. */
    wait() {
        const { page } = this;
        const { scope } = this;
        const seen = new IntersectionObserver((entries) => {
            if (entries.some((entry) => entry.isIntersecting)) {
                begin();
            }
        }, { rootMargin: "600px" });
        const begin = () => {
            if (!this.begun) {
                this.begun = true;
                seen.disconnect();
                page.within(scope, () => page.watch(this.follows, () => this.draw()));
                this.draw();
                new ResizeObserver(() => this.fit()).observe(this.canvas);
            }
        };
        seen.observe(this.element);
        this.size_canvas();
        this.write();
        page.on_print(() => { begin(); this.draw(); this.fit(); }, this.element);
        page.on_leave(() => { seen.disconnect(); this.chart?.dispose(); });
        page.watch(this.follows, () => this.write());
    }

    width() {
        return this.page.printing ? printed_width : this.canvas.clientWidth;
    }

    size_canvas() {
        const height = typeof this.height === "function" ? this.height(this.width() || 640) : this.height;
        styled(this.canvas, { height: `${height}px` });
        return height;
    }

    write() {
        const { page } = this;
        const text_of = (part) => (typeof part === "function" ? part() : part);
        this.caption.textContent = text_of(this.title_text);
        const note = text_of(this.note);
        this.remark.textContent = note ?? "";
        this.remark.hidden = !note;
        const selected = this.source();
        const summary = this.summary?.(selected) ?? "";
        this.canvas.setAttribute("aria-label",
                                 page.say("chart_name", { title: this.caption.textContent, summary }).trim());
    }

    draw() {
        if (this.as_table && !this.page.printing) {
            return;
        }
        const { page } = this;
        const option = this.option(this.source(), page.palette);
        this.empty.hidden = option !== null;
        this.canvas.hidden = option === null;
        if (option === null) {
            return;
        }
        const height = this.size_canvas();
        if (!this.chart) {
            this.chart = echarts.init(this.canvas, null, { renderer: "svg", width: this.width() || 640, height });
            if (this.pick) {
                this.chart.on("click", (params) => this.pick(params));
            }
        }
        this.chart.resize({ width: this.width() || 640, height, silent: true });
        this.chart.setOption({ animation: !page.calm, animationDuration: 300, animationDurationUpdate: 300,
                               textStyle: { fontFamily: font_family(), color: page.palette.ink }, ...option },
                             { notMerge: true });
    }

    fit() {
        if (this.chart && (this.page.printing || this.canvas.clientWidth > 0)) {
            this.chart.resize({ width: this.width(), height: this.size_canvas() });
        }
    }

    show_toggle() {
        this.toggle.textContent = this.page.say(this.as_table ? "as_chart" : "as_table");
        this.toggle.setAttribute("aria-pressed", String(this.as_table));
    }

    turn() {
        this.as_table = !this.as_table;
        this.show_toggle();
        this.canvas.hidden = this.as_table;
        this.place.hidden = !this.as_table;
        if (!this.as_table) {
            this.draw();
        } else if (!this.place.firstChild) {
            this.page.within(this.scope, () => this.place.append(grid(this.page, this.source,
                                   { follows: this.follows, caption: this.caption.textContent, sort: this.sort })));
        }
    }
}

/** The page's own, by name: the library measures texts with it. */
const font_family = () => getComputedStyle(document.body).fontFamily;

/** About as wide as the widest of some texts, in px at 12 px; Chinese characters are square. */
export const text_width = (texts) => texts.reduce((most, text) =>
    Math.max(most, [...text].reduce((sum, character) => sum + (character > "\u2e80" ? 12.5 : 7.4), 0)), 0);

/** Is the page as narrow as a phone's? Paper is not. */
export const is_narrow = (page) => document.documentElement.clientWidth < 640 && !page.printing;

/** A tooltip made of elements: lines of [label, value] under a heading. Give it to ECharts as the formatter's result. */
export function tip(heading, lines) {
    return h("div", { class: "tip" }, heading ? h("strong", {}, heading) : null,
             lines.map(([label, value]) => h("div", {}, h("span", {}, label), h("span", { class: "number" }, value))));
}

/** What all tooltips share. */
export function tooltip(palette, formatter, extra = {}) {
    return { confine: true, backgroundColor: palette.ground, borderColor: palette.line, padding: 8,
             textStyle: { color: palette.ink, fontSize: 13 }, formatter, ...extra };
}

/** An axis of numbers in short form. */
export function amount_axis(page, unit, extra = {}) {
    const { quiet, line } = page.palette;
    return { type: "value", axisLabel: { color: quiet, formatter: (value) => page.short(value, unit), hideOverlap: true },
             splitLine: { lineStyle: { color: line } }, splitNumber: 4, ...extra };
}

/** An axis of names or years. */
export function name_axis(page, names, extra = {}) {
    const { quiet, line } = page.palette;
    return { type: "category", data: names, axisTick: { show: false }, axisLine: { lineStyle: { color: line } },
             ...extra, axisLabel: { color: quiet, hideOverlap: true, ...extra.axisLabel } };
}
