// JSON as people read it, with what is wrong with it marked in its place; secrets are left out in front of an audience.

import { h } from "./dom.js";

const longest = 120_000; // characters that are taken apart
const secretKey = /token|secret|password|api_?key|authorization|session_uri|jwt/i;
const secretText = /eyJ[\w-]+\.[\w-]+\.[\w-]*|(?:sk|pk|Bearer)[_ ][^\s"]+/g;
export const onStage = () => document.body.classList.contains("stage");
export const safe = (text) => (onStage() ? String(text).replace(secretText, "•••") : String(text));

// marks: JSON Pointer → what is wrong there
export function pretty(value, marks = new Map()) {
  if (value === null || value === undefined || value === "") return h("p.hint", "No body.");
  const found = new Set();
  const marked = (pointer, nodes) => {
    if (!marks.has(pointer)) return nodes;
    found.add(pointer);
    return h("mark", { title: marks.get(pointer), "data-pointer": pointer }, nodes);
  };
  const escape = (key) => String(key).replaceAll("~", "~0").replaceAll("/", "~1");
  function show(part, pointer, indent) {
    if (typeof part !== "object" || part === null) return h("span", { class: typeof part === "string" ? "string" : "other" }, safe(JSON.stringify(part)));
    const list = Array.isArray(part), entries = Object.entries(part), inner = `${indent}  `;
    if (!entries.length) return list ? "[]" : "{}";
    return [list ? "[" : "{", entries.map(([key, one], index) => {
      const at = `${pointer}/${escape(key)}`, hidden = onStage() && !list && typeof one === "string" && secretKey.test(key);
      return [`\n${inner}`, marked(at, [list ? "" : [h("span.key", JSON.stringify(key)), ": "], hidden ? '"•••"' : show(one, at, inner)]), index < entries.length - 1 ? "," : ""];
    }), `\n${indent}${list ? "]" : "}"}`];
  }
  const text = typeof value === "string" ? value : "";
  const large = !text && JSON.stringify(value).length > longest;
  const whole = text || large ? safe(text || JSON.stringify(value, null, 1)).slice(0, longest) : show(value, "", "");
  const block = h("pre.json", { tabindex: 0 }, marked("", whole));
  return block;
}
