// The spaces of the program: isolated worlds, each with its own rules, journal and clock.

import { ask, get, post, rootOf, space } from "./api.js";
import { count, done, h, head, link, sure, table, time } from "./dom.js";

export const title = "Spaces";
const size = ({ used }) => (used > 1e6 ? `${(used / 1e6).toFixed(1)} MB` : `${Math.ceil(used / 1e3)} kB`);
const lost = (dropped) => Object.entries(dropped).map(([kind, number]) => `${count(number)} ${kind}`).join(", ") || "–";

const row = ({ name, requests, requests_kept, rules_added, sessions, last_used, now, memory, dropped }) =>
  h("tr", h("th", { scope: "row" }, link(`${rootOf(name)}/_mock/`, name), h("span.hint", name === space && " this one")), [count(requests), count(requests_kept), count(rules_added), count(sessions), time(last_used ?? now), size(memory), lost(dropped)].map((text) => h("td", text)),
    h("td.some", sure("Reset", done(() => post("reset", undefined, name), `${name} is as it was at the start.`), { aria: `Reset ${name}` }), name !== "default" && sure("Forget", done(() => ask("/", { method: "DELETE", of: name }), `${name} is forgotten.`), { aria: `Forget ${name}` })));

export async function render() {
  const { spaces, count: all, most_spaces: most, memory, dropped, truncated } = await get("spaces?limit=200");
  return [head("Spaces"),
    h("p.hint", `Put /@name in front of each path, and a test has a world of its own. ${count(all)} of at most ${count(most)} in ${size(memory)}; dropped in all: ${lost(dropped)}.`),
    table("Spaces", ["Name", "Requests", "Kept", "Rules", "Sessions", "Last use", "Memory", "Dropped", ""], spaces.map(row)), truncated && "There are more."];
}
