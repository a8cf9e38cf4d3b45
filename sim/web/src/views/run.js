// A simulated population: what moved, who pays, and each area's books. A section each, of those whose tables are there.
import { area_control, year_control } from "../parts/controls.js";
import { all_tables } from "../parts/tables.js";
import { area_section } from "./run/area.js";
import { calibration_section } from "./run/calibration.js";
import { distributions_section } from "./run/distributions.js";
import { flows_section } from "./run/flows.js";
import { locations_section } from "./run/locations.js";
import { map_section } from "./run/map.js";
import { network_section } from "./run/network.js";

export function run_view(page) {
    const sections = [map_section, flows_section, area_section, locations_section, distributions_section, network_section,
                      calibration_section, all_tables].map((make) => make(page));
    return { controls: [year_control(page), area_control(page)], sections: sections.filter((section) => section !== null) };
}
