// JSON as people read it, with what is wrong marked in its place; before an audience without secrets.

import { h } from "./dom.js";

const longest = 1e5; // characters that are taken apart
export const onStage = () => document.body.classList.contains("stage");
export const safe = (text) => (onStage() ? `${text}`.replace(/eyJ[\w-]+\.[\w.-]+|Bearer [^\s"]+/g, "•••") : `${text}`);

// marks: JSON Pointer → what is wrong there
export function pretty(value, marks = new Map()) {
  if (value === null || value === undefined || value === "") return h("p.hint", "No body");
  const marked = (at, nodes) => (marks.has(at) ? h("mark", { title: marks.get(at) }, nodes) : nodes);
  const show = (part, at, indent) => {
    if (typeof part !== "object" || !part) return h(typeof part === "string" ? "span.string" : "span.other", safe(JSON.stringify(part)));
    const list = Array.isArray(part), all = Object.entries(part), [first, last] = list ? "[]" : "{}";
    return [first, all.map(([key, one], i) => {
      const place = `${at}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`, secret = onStage() && !list && one && /token|secret|password|key$|uri$|url$|jwt/i.test(key);
      return [`\n${indent}  `, marked(place, [!list && [h("span.key", JSON.stringify(key)), ": "], secret ? '"•••"' : show(one, place, `${indent}  `)]), all[i + 1] && ","];
    }), all.length > 0 && `\n${indent}`, last];
  };
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 1);
  return h("pre.json", { tabindex: 0 }, marked("", typeof value === "string" || text.length > longest ? safe(text.slice(0, longest)) : show(value, "", "")));
}
