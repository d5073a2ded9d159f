// The rules in the order they are asked, on or off; and one as a text that is checked at each pause of typing.

import { drop, enc, get, go, patch, post, put, space, to } from "./api.js";
import { answerOf, at, isAdded, isOn, left, load, nameOf, rules as all } from "./arm.js";
import { button, code, coded, count, done, empty, fill, h, head, hint, link, many, pretty, say, some, status, sure, table, time } from "./dom.js";
import { selected } from "./why.js";

const template = { name: "free tier used up", when: { operation: "sessionsCreate", consumer_id: "acme" }, respond: { error: 402 } };
const place = ({ origin: { file, line } }) => code(file ? `${file.split("/").pop()}:${line}` : "added");
const openRule = (rule, text, more) => link(to("rules", {}, rule.id), text, more);

function row(rule, i) {
  const is = isOn(rule), name = nameOf(rule), flip = async () => (await patch(at(rule), { enabled: !is }), say(`${name}: ${is ? "off" : "on"}.`), load());
  return [[openRule(rule, name), hint(coded(rule.description ?? ""))], i + 1, button(is ? "on" : "off", flip, { role: "switch", "aria-checked": `${is}`, aria: name }),
    status(answerOf(rule)), place(rule), count(rule.hits), time(rule.last_hit), left(rule).replace("always", ""), openRule(rule, isAdded(rule) ? "Edit" : "Read", "button")];
}

function download(name, list) {
  const href = URL.createObjectURL(new Blob([JSON.stringify({ rules: list.map(({ rule }) => rule) }, null, 2)]));
  h("a", { href, download: `${name.replace(/\W+/g, "-")}.json` }).click();
}

// Whether it is for the request that is open; it may be off, or used up.
const matchNote = ({ would_match: would, differences }, { operation, path, consumer_id: who }) =>
  h(would ? "p.note.yes" : "p.note", `${would ? "Yes, it is" : would === false ? "No, it is not" : "It cannot be told whether it is"} for ${operation || path} of ${who || "nobody"}. `, differences?.join("; "));

// The mock counts bytes of UTF-8, the browser UTF-16.
function offsetOf(text, { line, column }) {
  const rows = text.split("\n"), bytes = new TextEncoder().encode(rows[line - 1]);
  return rows.slice(0, line - 1).join("\n").length + (line > 1) + new TextDecoder().decode(bytes.slice(0, column - 1)).length;
}

// What is written is kept until it is saved, or the tab closed.
async function editor({ id = "", rule }) {
  const draft = `draft ${space} ${id}`, forget = () => delete sessionStorage[draft];
  const told = h("div"), under = h("pre", { "aria-hidden": "true" }), area = h("textarea", { aria: "Rule", spellcheck: "false", value: sessionStorage[draft] ?? JSON.stringify(rule, null, 2) }), entry = selected();
  let timer;
  async function check() {
    const text = area.value;
    const { valid, mistakes, ...rest } = await post(`rules?check=1${entry ? `&request=${enc(entry.id)}` : ""}`, text).catch(({ message, body }) => ({ mistakes: body?.mistakes ?? [{ line: 1, column: 1, message }] }));
    if (text !== area.value) return;
    let end = 0;
    const marked = mistakes.map(({ line, column }) => {
      const from = offsetOf(text, { line, column }), size = /^"(\\.|[^"\\])*"|^[\w.-]+|/.exec(text.slice(from))[0].length || 1;
      return [from, from + size];
    });
    fill(under, marked.map(([from, to]) => from >= end && [text.slice(end, from), h("mark", text.slice(from, (end = to)))]), text.slice(end), "\n");
    fill(told, mistakes.map(({ line, column, message, suggestion, severity }, i) => h(severity === "warning" ? "p.note" : "p.note.bad",
      button(`${line}:${column}`, () => (area.focus(), area.setSelectionRange(...marked[i])), { aria: `Go to line ${line}, column ${column}` }), ` ${message} `, suggestion && h("b", `Did you mean ${suggestion}?`))),
    !mistakes[0] && h("p.good", "✓ No mistakes"), valid && entry && matchNote(rest, entry));
  }
  async function save() {
    const made = await (id ? put(at({ id }), area.value) : post("rules", area.value));
    forget();
    area.remove(); // nothing is being written now
    say("It is in effect.");
    await load();
    go(to("rules", {}, made.id));
  }
  area.onscroll = () => (under.scrollTop = area.scrollTop);
  area.oninput = () => {
    fill(under);
    clearTimeout(timer);
    timer = setTimeout(check, 250);
    sessionStorage[draft] = area.value;
  };
  await check();
  return [h("div.editor", under, area), told, some(button(id ? "Save" : "Add in front of all others", save, { class: "primary" }), button("Start over", done(forget, "What was written is gone.")))];
}

async function one(id) {
  const rule = all.find((known) => known.id === id), entry = selected(), back = link(to("rules"), "← All rules");
  if (!id) return [back, h("h2", "A new rule"), await editor({ rule: template })];
  if (!rule) return empty("This rule is gone", back);
  const own = isAdded(rule);
  return [back, h("h2", nameOf(rule)), h("p.some.hint", place(rule), h("span", many(rule.hits, "hit")), h("span", isOn(rule) ? left(rule) : "off")),
    entry ? matchNote(await get(`${at(rule)}?request=${enc(entry.id)}`), entry) : hint("Open a request to see whether this rule would have answered it."),
    own ? await editor(rule) : [pretty(rule.rule), hint("Change it in its file, and it takes effect within a second. Here it can be switched off, or copied.")],
    some(button("Download as a rule file", () => download(nameOf(rule), [rule])), own ? sure("Delete", async () => (await drop(at(rule)), go(to("rules")))) : button("Copy, to edit it", async () => go(to("rules", {}, (await post("rules", rule.rule)).id))))];
}

export async function rules([id]) {
  if (id !== undefined) return one(id);
  const added = all.filter(isAdded);
  return [head("Rules, in the order they are asked", link(to("rules", {}, ""), "New rule", "button"), added[0] && button("Download the added", () => download("rules", added))),
    hint("The first that matches decides. Serve with files, ", code("vault-mock rules/"), ", or add one here."), table("Rules", ["Name", "#", "", "Answer", "From", "Hits", "Last", "Left", ""], all.map(row))];
}
