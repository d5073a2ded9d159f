// The rules in the order they are asked: which they are, whether they are on, and what each answers.

import { enc, json, space } from "./api.js";
import { answerOf, isAdded, isOn, left, nameOf, rules } from "./arm.js";
import { button, count, empty, h, say, status, sure, time } from "./dom.js";
import { editor } from "./editor.js";
import { pretty } from "./json.js";
import { go, to } from "./router.js";
import { selected } from "./why.js";

export const title = "Rules";
const template = { name: "free tier used up", when: { operation: "sessionsCreate", consumer_id: "acme" }, respond: { error: 402 } };
const place = (rule) => (isAdded(rule) ? "added" : rule.origin?.file ? `${rule.origin.file}:${rule.origin.line}` : rule.label.split("#")[0]);
const idOf = (rule) => rule.id ?? rule.label;
const change = (rule, body) => json(`rules/${enc(idOf(rule))}`, { method: "PATCH", body });

function row(rule, number) {
  const name = nameOf(rule);
  const toggle = h("input", { type: "checkbox", role: "switch", checked: isOn(rule), disabled: rule.remaining === 0, "aria-label": `${name} is on`, "data-key": `on ${idOf(rule)}`,
    on: { change: ({ target }) => change(rule, { enabled: target.checked }).then(() => say(`${name} is ${target.checked ? "on" : "off"}.`), (error) => ((target.checked = !target.checked), say(error.message, "bad"))) } });
  return h("tr", { class: isOn(rule) ? "" : "off" }, h("td.number", number), h("td", toggle), h("td", status(answerOf(rule.rule))),
    h("th", { scope: "row" }, h("a", { href: to("rules", {}, idOf(rule)), "data-key": idOf(rule) }, name), rule.description && h("p.hint", rule.description)),
    h("td", h("code", place(rule))), h("td.number", count(rule.hits)), h("td", rule.last_hit ? time(rule.last_hit).slice(0, 8) : "–"), h("td", rule.remaining === 0 ? "used up" : left(rule) === "always" ? "" : left(rule)));
}

export function download(name, list) {
  const url = URL.createObjectURL(new Blob([`${JSON.stringify({ rules: list }, null, 2)}\n`], { type: "application/json" }));
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

// Whether it would have answered the request that is open.
async function judged(rule) {
  const entry = selected();
  if (!entry) return h("p.hint", "Open a request in the stream to see whether this rule would have answered it.");
  const told = await json(`rules/${enc(idOf(rule))}?request=${enc(entry.id)}`, { of: entry.space ?? space }).catch((error) => ({ would_match: null, differences: [error.message] }));
  return verdict(told, entry);
}
export const verdict = ({ would_match: would, differences = [] }, entry) =>
  h("p", { class: would ? "note yes" : "note" }, h("b", would ? "Yes" : would === false ? "No" : "Undecided"), `: ${entry.method} ${entry.operation || entry.path} of ${entry.consumer_id || "nobody"} ${would ? "would match this rule." : would === false ? "would not match. " : ""}`, differences.join("; "));

async function one(id) {
  const adds = id === "new", rule = adds ? { rule: template, origin: "added" } : rules.find((known) => idOf(known) === id);
  if (!rule) return empty("This rule is gone", h("a", { href: to("rules") }, "All rules"));
  const own = isAdded(rule), ends = (body, words) => async () => (await change(rule, body), say(words));
  return [h("a.back", { href: to("rules") }, "← All rules"), h("h2", adds ? "A new rule" : nameOf(rule)),
    !adds && h("p.hint.facts", h("code", place(rule)), h("span", `${count(rule.hits)} hits`), h("span", isOn(rule) ? left(rule) : "off")),
    !adds && await judged(rule),
    own ? await editor(rule) : [pretty(rule.rule), h("p.hint", "A rule of a file: edit it there, and it takes effect within a second. Here it can be switched off.")],
    !adds && h("div.row-of", button("Download as a rule file", () => download(`${nameOf(rule).replace(/\W+/g, "-") || "rule"}.json`, [rule.rule])),
      !own && button("Add a copy to edit", async () => go(to("rules", {}, (await json("rules", { method: "POST", body: rule.rule })).id))),
      button("End in 10 minutes", ends({ ends_in: "10m" }, "It ends in ten minutes by the space's clock.")), rule.ends_at && button("Do not end", ends({ ends_at: null }, "It has no end.")),
      own && sure("Delete", "Delete it?", async () => (await json(`rules/${enc(id)}`, { method: "DELETE" }), go(to("rules")))))];
}

export async function render([id]) {
  if (id) return one(id);
  const added = rules.filter(isAdded), used = added.filter((rule) => rule.remaining === 0);
  return [h("div.head", h("h2", "Rules, in the order they are asked"), h("a.button", { href: to("rules", {}, "new") }, "New rule"),
    added.length > 0 && button("Download the added", () => download("rules.json", added.map(({ rule }) => rule).reverse())),
    used.length > 0 && button("Remove used up", async () => Promise.all(used.map((rule) => json(`rules/${enc(rule.id)}`, { method: "DELETE" }))))),
  h("p.hint", "The first that matches decides. Serve with a file, ", h("code", "vault-mock rules/"), ", or add one here."),
  h("div.wide", { tabindex: 0, role: "region", "aria-label": "Rules" }, h("table", h("thead", h("tr", ["#", "On", "Answer", "Name", "From", "Hits", "Last", "Ends"].map((head) => h("th", { scope: "col" }, head)))), h("tbody", rules.map((rule, index) => row(rule, index + 1)))))];
}
