// The rules in the order they are asked: what each answers, where it comes from, and whether it is on.

import { drop, enc, get, patch, post } from "./api.js";
import { answerOf, isAdded, isOn, left, load, nameOf, rules } from "./arm.js";
import { button, code, count, empty, h, head, say, status, sure, table, time } from "./dom.js";
import { editor } from "./editor.js";
import { pretty } from "./json.js";
import { go, to } from "./router.js";
import { selected } from "./why.js";

export const title = "Rules";
const template = { rule: { name: "free tier used up", when: { operation: "sessionsCreate", consumer_id: "acme" }, respond: { error: 402 } } };
const at = ({ id }) => `rules/${enc(id)}`;
const place = ({ origin: { file, line } }) => code(file ? `${file.split("/").pop()}:${line}` : "added");
const change = async (rule, body, words) => (await patch(at(rule), body), say(`${nameOf(rule)}: ${words}`), load());

function row(rule, i) {
  const is = isOn(rule), name = nameOf(rule);
  return h(is ? "tr" : "tr.off", h("td", i + 1), h("td", button(is ? "on" : "off", () => change(rule, { enabled: !is }, is ? "off." : "on."), { role: "switch", "aria-checked": `${is}`, aria: name })), h("td", status(answerOf(rule))),
    h("th", { scope: "row" }, h("a", { href: to("rules", {}, rule.id) }, name), h("p.hint", rule.description)), h("td", place(rule)), h("td", count(rule.hits)), h("td", time(rule.last_hit)), h("td", left(rule).replace("always", "")));
}

function download(name, list) {
  const href = URL.createObjectURL(new Blob([JSON.stringify({ rules: list.map(({ rule }) => rule) }, null, 2)]));
  h("a", { href, download: `${name.replace(/\W+/g, "-")}.json` }).click();
}

// Whether it would have answered the request that is open.
export const verdict = ({ would_match: would, differences }, { operation, path, consumer_id: who }) =>
  h(would ? "p.note.yes" : "p.note", h("b", would ? "Yes" : would === false ? "No" : "Undecided"), `, it would ${would ? "" : "not "}answer ${operation || path} of ${who || "nobody"}. `, differences?.join("; "));

async function one(id) {
  const rule = id ? rules.find((known) => known.id === id) : template, entry = selected(), back = h("a", { href: to("rules") }, "← All rules");
  if (!rule) return empty("This rule is gone", back);
  if (!id) return [back, h("h2", "A new rule"), await editor(rule)];
  const own = isAdded(rule);
  return [back, h("h2", nameOf(rule)), h("p.some.hint", place(rule), `${count(rule.hits)} hits,`, isOn(rule) ? left(rule) : "off"),
    entry ? verdict(await get(`${at(rule)}?request=${enc(entry.id)}`), entry) : h("p.hint", "Open a request to see whether this rule would have answered it."),
    own ? await editor(rule) : [pretty(rule.rule), h("p.hint", "A rule of a file: change it there, and it takes effect within a second. Here it can be switched off, or copied.")],
    h("div.some", button("Download as a rule file", () => download(nameOf(rule), [rule])), !own && button("Copy, to edit it", async () => go(to("rules", {}, (await post("rules", rule.rule)).id))), own && sure("Delete", async () => (await drop(at(rule)), go(to("rules")))))];
}

export async function render([id]) {
  if (id !== undefined) return one(id);
  const added = rules.filter(isAdded), used = added.filter((rule) => rule.remaining === 0);
  return [head("Rules, in the order they are asked", h("a.button", { href: to("rules", {}, "") }, "New rule"), added[0] && button("Download the added", () => download("rules", added)), used[0] && button("Remove used up", async () => (await Promise.all(used.map((rule) => drop(at(rule)))), load()))),
    h("p.hint", "The first that matches decides. Serve with files, ", code("vault-mock rules/"), ", or add one here."), table("Rules", ["#", "", "Answer", "Name", "From", "Hits", "Last", "Left"], rules.map(row))];
}
