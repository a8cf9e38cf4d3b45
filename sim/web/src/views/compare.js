// Reforms against a baseline on the same people: who changes and how, where, what moves, who gains. One reform at a time;
// with several, a choice between them.
import { area_control } from "../parts/controls.js";
import { all_tables } from "../parts/tables.js";
import { books_section } from "./compare/books.js";
import { flows_section } from "./compare/flows.js";
import { maps_section } from "./compare/maps.js";
import { overview_section, reform_control, reform_section } from "./compare/reform.js";
import { rules_section } from "./compare/rules.js";
import { transitions_section } from "./compare/transitions.js";
import { who_section } from "./compare/who.js";
import { winners_section } from "./compare/winners.js";
import { witnesses_section } from "./compare/witnesses.js";

export function compare_view(page) {
    const several = reform_control(page);
    const sections = [overview_section, reform_section, rules_section, who_section, transitions_section, winners_section, maps_section,
                      flows_section, books_section, witnesses_section, all_tables].map((make) => make(page));
    return { controls: several ? [several, area_control(page)] : area_control(page),
             sections: sections.filter((section) => section !== null) };
}
