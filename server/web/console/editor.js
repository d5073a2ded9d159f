// A rule as text, checked at each pause of typing: every mistake with its place, and what was probably meant.

import { enc, json } from "./api.js";
import { load } from "./arm.js";
import { attempt, button, h, say } from "./dom.js";
import { go, to } from "./router.js";
import { verdict } from "./rules.js";
import { selected } from "./why.js";

// JSON with short things on one line, as rule files are written.
export function written(value, indent = "") {
  const flat = JSON.stringify(value, null, 1).replace(/\n\s*/g, " ");
  if (typeof value !== "object" || value === null || flat.length + indent.length < 70) return flat;
  const inner = `${indent}  `, rows = Object.entries(value).map(([key, part]) => `${inner}${Array.isArray(value) ? "" : `${JSON.stringify(key)}: `}${written(part, inner)}`);
  return Array.isArray(value) ? `[\n${rows.join(",\n")}\n${indent}]` : `{\n${rows.join(",\n")}\n${indent}}`;
}

// Columns count bytes of UTF-8 in the mock, characters in the browser.
function offsetOf(text, { line, column }) {
  const rows = text.split("\n"), row = rows[line - 1] ?? "";
  const before = rows.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  return before + new TextDecoder().decode(new TextEncoder().encode(row).slice(0, column - 1)).length;
}

export async function editor(rule) {
  const area = h("textarea", { class: "code", "aria-label": "The rule as JSON", "aria-describedby": "checked", spellcheck: "false", autocomplete: "off" }, written(rule.rule));
  const under = h("pre.under", { "aria-hidden": "true" }), told = h("div", { id: "checked", class: "checked", "aria-live": "polite" });
  let turn = 0, timer;
  async function check() {
    const mine = ++turn, text = area.value, entry = selected();
    const { valid, mistakes, would_match, differences } = await json(`rules?check=1${entry ? `&request=${enc(entry.id)}` : ""}`, { method: "POST", body: text })
      .catch((error) => ({ valid: false, mistakes: error.body?.mistakes ?? [{ line: 1, column: 1, message: error.message }] }));
    if (mine !== turn) return;
    const spots = mistakes.map((one) => ({ ...one, at: offsetOf(text, one) }));
    under.replaceChildren();
    let end = 0;
    for (const { at } of [...spots].sort((a, b) => a.at - b.at)) {
      if (at < end) continue;
      const size = /^("(\\.|[^"\\])*"|[\w.+-]+|.|$)/.exec(text.slice(at))[0].length || 1;
      under.append(text.slice(end, at), h("mark", text.slice(at, at + size)));
      end = at + size;
    }
    under.append(text.slice(end), "\n");
    told.replaceChildren(...(spots.length ? [h("ul", spots.map((one) => h("li", { class: one.severity === "warning" ? "warn" : "bad" },
      button(`${one.line}:${one.column}`, () => (area.focus(), area.setSelectionRange(one.at, one.at)), { "aria-label": `Go to line ${one.line}, column ${one.column}` }), ` ${one.message}`, one.suggestion && h("b", ` Did you mean ${one.suggestion}?`))))]
      : [h("p.yes", "✓ No mistakes.")]), ...(valid && entry && would_match !== undefined ? [verdict({ would_match, differences }, entry)] : []));
  }
  async function save() {
    const made = await json(rule.id ? `rules/${enc(rule.id)}` : "rules", { method: rule.id ? "PUT" : "POST", body: area.value });
    say("The rule is in effect.");
    area.remove(); // nothing is being written any more
    await load();
    go(to("rules", {}, made?.id ?? rule.id));
  }
  const scroll = () => ((under.scrollTop = area.scrollTop), (under.scrollLeft = area.scrollLeft));
  area.addEventListener("scroll", scroll);
  area.addEventListener("input", () => (under.replaceChildren(), clearTimeout(timer), (timer = setTimeout(check, 250))));
  area.addEventListener("keydown", (event) => event.ctrlKey && event.key === "Enter" && attempt(save)());
  await check();
  return [h("div.editor", under, area), told, h("div.row-of", button(rule.id ? "Save" : "Add in front of all others", save, { class: "primary", title: "Ctrl Enter" }))];
}
