// The spaces of the program: isolated worlds, each with its own rules, journal and clock.

import { json, rootOf, space } from "./api.js";
import { button, count, h, say, sure } from "./dom.js";

export const title = "Spaces";
const size = (bytes) => (bytes > 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.ceil((bytes ?? 0) / 1e3)} kB`);
const again = () => window.dispatchEvent(new HashChangeEvent("hashchange"));
const lost = (dropped) => Object.entries(dropped ?? {}).map(([kind, number]) => `${count(number)} ${kind.replaceAll("_", " ")}`).join(", ");

function row(one) {
  const { name } = one;
  return h("tr", { class: name === space ? "here" : "" }, h("th", { scope: "row" }, h("a", { href: `${rootOf(name)}/_mock/${location.search}`, "data-key": name }, name), name === space && h("span.hint", " this one")),
    [one.requests, one.requests_kept, one.rules_added, one.sessions].map((number) => h("td.number", count(number))), h("td", (one.last_used ?? one.now ?? "").slice(11, 19)), h("td.number", size(one.memory?.used)), h("td", lost(one.dropped) || "–"),
    h("td", sure("Reset", "Reset it?", async () => (await json("reset", { method: "POST", of: name }), say(`${name} is as it was at the start.`), again()), { "aria-label": `Reset ${name}` }),
      name !== "default" && sure("Forget", "Forget it?", async () => {
        const response = await fetch(rootOf(name), { method: "DELETE", headers: sessionStorage.getItem("vault-mock-admin-token") ? { authorization: `Bearer ${sessionStorage.getItem("vault-mock-admin-token")}` } : {} });
        if (!response.ok) throw new Error((await response.json().catch(() => null))?.error ?? `The mock answered ${response.status}`);
        say(`${name} is forgotten.`);
        again();
      }, { "aria-label": `Forget ${name}` })));
}

export async function render() {
  const { spaces, count: all, most_spaces: most, memory, dropped, truncated } = await json("spaces?limit=200");
  const input = h("input", { "aria-label": "Name of a space", placeholder: "checkout-17", required: true, maxlength: 200 });
  return [h("div.head", h("h2", "Spaces"), h("form.field", { on: { submit: (event) => (event.preventDefault(), location.assign(`${rootOf(input.value.trim())}/_mock/`)) } }, input, h("button", "Open"))),
    h("p.hint", `Put /@name in front of every path, and a test has a world of its own. ${count(all)} of at most ${count(most)}, ${size(memory?.used)} of ${size(memory?.limit)}. ${lost(dropped) && `Dropped in all: ${lost(dropped)}.`}`),
    h("div.wide", { tabindex: 0, role: "region", "aria-label": "Spaces" }, h("table", h("thead", h("tr", ["Name", "Requests", "Kept", "Rules added", "Sessions", "Last use", "Memory", "Dropped", ""].map((head) => h("th", { scope: "col" }, head)))), h("tbody", spaces.map(row)))), truncated && h("p.hint", "There are more.")];
}
