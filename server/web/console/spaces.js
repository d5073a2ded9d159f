// The spaces of the program: isolated worlds, each with its own rules, journal and clock.

import { ask, get, post, rootOf, space } from "./api.js";
import { button, count, h, head, say, sure, table, time } from "./dom.js";
import { again } from "./router.js";

export const title = "Spaces";
const size = ({ used = 0 } = {}) => (used > 1e6 ? `${(used / 1e6).toFixed(1)} MB` : `${Math.ceil(used / 1e3)} kB`);
const lost = (dropped = {}) => Object.entries(dropped).map(([kind, number]) => `${count(number)} ${kind}`).join(", ") || "–";

function row({ name, requests, requests_kept, rules_added, sessions, last_used, now, memory, dropped }) {
  const act = (call, words) => async () => (await call(), say(`${name} ${words}.`), again());
  return h("tr", h("th", { scope: "row" }, h("a", { href: `${rootOf(name)}/_mock/` }, name), name === space && h("span.hint", " this one")), [requests, requests_kept, rules_added, sessions].map((number) => h("td", count(number))), h("td", time(last_used ?? now)), h("td", size(memory)), h("td", lost(dropped)),
    h("td", h("div.some", sure("Reset", act(() => post("reset", undefined, name), "is as it was at the start"), { "aria-label": `Reset ${name}` }), name !== "default" && sure("Forget", act(() => ask("/", { method: "DELETE", of: name }), "is forgotten"), { "aria-label": `Forget ${name}` }))));
}

export async function render() {
  const { spaces, count: all, most_spaces: most, memory, dropped, truncated } = await get("spaces?limit=200"), name = h("input", { "aria-label": "Name of a space", placeholder: "checkout-17", required: true });
  return [head("Spaces", h("form.some", { onsubmit: () => (location.assign(`${rootOf(name.value)}/_mock/`), false) }, name, h("button", "Open"))),
    h("p.hint", `Put /@name in front of each path, and a test has a world of its own. ${count(all)} of at most ${count(most)} in ${size(memory)}; dropped in all: ${lost(dropped)}.`),
    table("Spaces", ["Name", "Requests", "Kept", "Rules", "Sessions", "Last use", "Memory", "Dropped", ""], spaces.map(row)), truncated && "There are more."];
}
