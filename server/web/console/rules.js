// The rules in the order they are asked: what each answers, where it comes from, and whether it is on.

import { drop, enc, get, patch, post, space } from "./api.js";
import { answerOf, isAdded, isOn, left, load, nameOf, rules } from "./arm.js";
import { button, count, empty, h, head, say, status, sure, table, time } from "./dom.js";
import { editor } from "./editor.js";
import { pretty } from "./json.js";
import { go, to } from "./router.js";
import { selected } from "./why.js";

export const title = "Rules";
const template = { id: "", origin: "added", rule: { name: "free tier used up", when: { operation: "sessionsCreate", consumer_id: "acme" }, respond: { error: 402 } } };
const place = ({ origin }) => h("code", origin.file ? `${origin.file.split("/").pop()}:${origin.line}` : "added");
const change = async (rule, body, words) => (await patch(`rules/${enc(rule.id)}`, body), say(`${nameOf(rule)}: ${words}`), await load());

const row = (rule, i) => h(isOn(rule) ? "tr" : "tr.off", h("td", i + 1), h("td", button(isOn(rule) ? "on" : "off", () => change(rule, { enabled: !isOn(rule) }, isOn(rule) ? "off." : "on."), { role: "switch", "aria-checked": `${isOn(rule)}`, "aria-label": nameOf(rule) })),
  h("td", status(answerOf(rule))), h("th", { scope: "row" }, h("a", { href: to("rules", {}, rule.id) }, nameOf(rule)), h("p.hint", rule.description)), h("td", place(rule)), h("td", count(rule.hits)), h("td", time(rule.last_hit)), h("td", left(rule) === "always" ? "" : left(rule)));

function download(name, list) {
  const href = URL.createObjectURL(new Blob([JSON.stringify({ rules: list }, null, 2)]));
  h("a", { href, download: `${name.replace(/\W+/g, "-")}.json` }).click();
}

// Whether it would have answered the request that is open.
export const verdict = ({ would_match: would, differences = [] }, { operation, path, consumer_id: who }) =>
  h(would ? "p.note.yes" : "p.note", h("b", would ? "Yes, " : would === false ? "No, " : "Undecided: "), `it would ${would ? "" : "not "}have answered ${operation || path} of ${who || "nobody"}. `, differences.join("; "));

async function one(id) {
  const rule = id ? rules.find((known) => known.id === id) : template, entry = selected();
  if (!rule) return empty("This rule is gone", h("a", { href: to("rules") }, "All rules"));
  const own = isAdded(rule), back = h("a", { href: to("rules") }, "← All rules");
  if (!id) return [back, h("h2", "A new rule"), await editor(rule)];
  return [back, h("h2", nameOf(rule)), h("p.facts.hint", place(rule), h("span", `${count(rule.hits)} hits`), isOn(rule) ? left(rule) : "off"),
    entry ? verdict(await get(`rules/${enc(id)}?request=${enc(entry.id)}`, entry.space), entry) : h("p.hint", "Open a request to see whether this rule would have answered it."),
    own ? await editor(rule) : [pretty(rule.rule), h("p.hint", "A rule of a file: change it there, and it takes effect within a second. Here it can be switched off, or copied.")],
    h("div.some", button("Download as a rule file", () => download(nameOf(rule), [rule.rule])), !own && button("Copy, to edit it", async () => go(to("rules", {}, (await post("rules", rule.rule)).id))),
      rule.ends_at ? button("Do not end", () => change(rule, { ends_at: null }, "no end.")) : button("End in 10 minutes", () => change(rule, { ends_in: "10m" }, "ends in ten minutes, by the space's clock.")),
      own && sure("Delete", async () => (await drop(`rules/${enc(id)}`), go(to("rules")))))];
}

export async function render([id]) {
  if (id !== undefined) return one(id);
  const added = rules.filter(isAdded), used = added.filter((rule) => rule.remaining === 0);
  return [head("Rules, in the order they are asked", h("a.button", { href: to("rules", {}, "") }, "New rule"), added[0] && button("Download the added", () => download("rules", added.map(({ rule }) => rule))),
    used[0] && button("Remove used up", async () => (await Promise.all(used.map(({ id: old }) => drop(`rules/${enc(old)}`))), load()))),
  h("p.hint", "The first that matches decides. Serve with files, ", h("code", "vault-mock rules/"), ", or add one here."), table("Rules", ["#", "", "Answer", "Name", "From", "Hits", "Last", "Left"], rules.map(row))];
}
