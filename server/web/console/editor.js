// A rule as text, checked at each pause of typing: every mistake in its place, and what was probably meant.

import { enc, post, put } from "./api.js";
import { load } from "./arm.js";
import { button, h, say } from "./dom.js";
import { go, to } from "./router.js";
import { verdict } from "./rules.js";
import { selected } from "./why.js";

// JSON with short things on one line, as rule files are written.
function written(value, indent = "\n") {
  const flat = JSON.stringify(value, null, 1).replace(/\n\s*/g, " "), list = Array.isArray(value);
  if (flat.length < 70 || typeof value !== "object") return flat;
  const parts = Object.entries(value).map(([key, part]) => `${indent}  ${list ? "" : `"${key}": `}${written(part, `${indent}  `)}`);
  return `${list ? "[" : "{"}${parts}${indent}${list ? "]" : "}"}`;
}

// The mock counts bytes of UTF-8, the browser UTF-16.
function offsetOf(text, { line, column }) {
  const rows = text.split("\n"), bytes = new TextEncoder().encode(rows[line - 1]);
  return rows.slice(0, line - 1).join("\n").length + (line > 1) + new TextDecoder().decode(bytes.slice(0, column - 1)).length;
}

export async function editor({ id, rule }) {
  const told = h("div", { "aria-live": "polite" }), under = h("pre", { "aria-hidden": "true" });
  const area = h("textarea", { "aria-label": "Rule", spellcheck: "false" }, written(rule));
  let timer;
  async function check() {
    const text = area.value, entry = selected();
    const { valid, mistakes, ...rest } = await post(`rules?check=1${entry ? `&request=${enc(entry.id)}` : ""}`, text).catch(({ message, body }) => ({ mistakes: body?.mistakes ?? [{ line: 1, column: 1, message }] }));
    if (text !== area.value) return;
    let end = 0;
    under.replaceChildren();
    told.replaceChildren(h("ul", mistakes.map(({ line, column, message, suggestion, severity }) => {
      const at = offsetOf(text, { line, column }), size = /^"(\\.|[^"\\])*"|^[\w.-]+|/.exec(text.slice(at))[0].length || 1;
      if (at >= end) under.append(text.slice(end, at), h("mark", text.slice(at, (end = at + size))));
      return h(severity === "warning" ? "li.note" : "li.bad", button(`${line}:${column}`, () => (area.focus(), area.setSelectionRange(at, at + size)), { "aria-label": `Go to line ${line}, column ${column}` }), ` ${message} `, suggestion && h("b", `Did you mean ${suggestion}?`));
    })), mistakes[0] ? "" : h("p.good", "✓ No mistakes"), valid && entry ? verdict(rest, entry) : "");
    under.append(text.slice(end), "\n");
  }
  async function save() {
    const made = await (id ? put : post)(id ? `rules/${enc(id)}` : "rules", area.value);
    area.remove(); // nothing is being written now
    say("It is in effect.");
    await load();
    go(to("rules", {}, made.id));
  }
  area.onscroll = () => (under.scrollTop = area.scrollTop);
  area.oninput = () => (under.replaceChildren(), clearTimeout(timer), (timer = setTimeout(check, 250)));
  await check();
  return [h("div.editor", under, area), told, button(id ? "Save" : "Add in front of all others", save, { class: "primary" })];
}
