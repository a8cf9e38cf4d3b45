// One or two parameters over a range of values, on the same people: curves of every figure, and which flows move most.
import { all_tables } from "../parts/tables.js";
import { curves_section, figure_section } from "./sweep/curves.js";
import { sensitivity_section } from "./sweep/sensitivity.js";

export function sweep_view(page) {
    const sections = [curves_section, figure_section, sensitivity_section, all_tables].map((make) => make(page));
    return { controls: null, sections: sections.filter((section) => section !== null) };
}
