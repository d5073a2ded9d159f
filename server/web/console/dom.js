// What every part of the page is built of: elements and text, never markup.

export const $ = (id) => document.getElementById(id);

// h("p.hint", { title }, "text", [child]): functions are listeners.
export function h(name, ...rest) {
  const [tag, ...classes] = name.split("."), node = document.createElement(tag);
  if (rest[0]?.constructor === Object)
    for (const [key, value] of Object.entries(rest.shift()))
      if (typeof value === "function" || key === "value") node[key] = value;
      else if (value) node.setAttribute(key === "aria" ? "aria-label" : key, value === true ? "" : value);
  if (classes[0]) node.className = classes.join(" ");
  node.append(...rest.flat(Infinity).filter((child) => child || child === 0));
  return node;
}

const listeners = {};
export const on = (what, listen) => (listeners[what] ??= []).push(listen);
export const emit = (what, value) => listeners[what]?.forEach((listen) => listen(value));
// At most once in `ms`, the last time included.
export const calmly = (act, ms) => {
  let timer;
  return () => (timer ??= setTimeout(() => ((timer = undefined), act()), ms));
};

// Shown in the bar for a while, and read out.
let fading;
export function say(text, kind = "good") {
  const said = $("said");
  $("status").textContent = said.textContent = text;
  said.className = kind;
  clearTimeout(fading);
  fading = setTimeout(() => said.replaceChildren(), 9000);
}
export const attempt = (act) => Promise.resolve().then(act).catch(({ message }) => say(message, "bad"));
export const again = () => dispatchEvent(new Event("hashchange"));
export const done = (act, words) => async () => (await act(), say(words), again());

export const button = (label, act, more) => h("button", { type: "button", onclick: () => attempt(act), ...more }, label);
// What cannot be undone is asked for twice.
export function sure(label, act, more) {
  const calm = () => (node.classList.remove("sure"), (node.textContent = label));
  const node = button(label, () => {
    if (node.className) return calm(), act();
    node.className = "sure";
    node.textContent += ": really?";
  }, { ...more, onblur: calm });
  return node;
}
// Radio buttons that look like one control. choices: { value: label }; `aim[name]` is what is chosen
export const choice = (name, aria, choices, aim) => h("span.choice", { role: "radiogroup", aria }, Object.entries(choices).map(([value, text]) =>
  h("label", h("input", { type: "radio", name, value, checked: value === aim[name], onchange: () => (aim[name] = value) }), h("span", text))));
// options: [text, value, whether it is chosen]
export const select = (aria, options, act) => h("select", { aria, onchange: ({ target }) => (target.blur(), attempt(() => act(target.value))) }, options.map(([text, value, selected]) => h("option", { value, selected }, text)));
export function dialog(title, ...content) {
  const node = h("dialog", { aria: title, onclose: () => node.remove() }, h("h2", title), content);
  document.body.append(node);
  node.showModal();
  return node;
}

// By color and shape: circle, diamond, triangle, square; a cross for no answer.
export const status = (code) => h(`span.status.s${/^[2-5]/.test(code) ? `${code}`[0] : 0}`, h("i"), code);
export const tag = (name, title) => h(`span.tag.${name}`, { title }, name);
export const count = (number = 0) => number.toLocaleString("en");
export const time = (at) => (at ? at.slice(11, 19) : "–");
export const head = (title, ...more) => h("div.some", h("h2", title), more);
export const section = (title, ...more) => h("section", h("h3", title), more);
export const fold = (title, ...more) => h("details", h("summary", title), more);
export const card = (kind, first, ...more) => h(`article.card${kind}`, h("div.some", first), more);
export const cards = (list) => h("div.cards", list);
// rows: their cells, the first of which names the row; and what it looks like
export const table = (aria, heads, rows) => h("div.wide", { tabindex: "0", role: "region", aria }, h("table", h("thead", h("tr", heads.map((head) => h("th", { scope: "col" }, head)))),
  h("tbody", rows.map(([name, ...cells]) => h("tr", h("th", { scope: "row" }, name), cells.map((cell) => h("td", cell)))))));
export const p = (...content) => h("p", content);
export const hint = (...content) => h("p.hint", content);
export const some = (...content) => h("div.some", content);
export const link = (href, text, kind = "") => h(`a.${kind}`, { href }, text);
export const code = (text) => h("code", text);
export const pre = (text) => h("pre", { tabindex: "0" }, text);
export const copy = (text, what = "it") => navigator.clipboard.writeText(text).then(() => say(`Copied ${what}.`), () => say("The browser does not let this page copy: mark the text instead.", "bad"));
export const line = (text) => h("div.line", pre(text), button("Copy", () => copy(text)));
export const empty = (title, ...content) => h("div.empty", h("h2", title), content);

// Before an audience nothing secret is shown.
export const onStage = /[?&]present/.test(location.search);
export const safe = (text) => (onStage ? `${text}`.replace(/eyJ[\w-]+\.[\w.-]+|Bearer [^\s"]+/g, "•••") : `${text}`);

const longest = 1e5; // characters that are taken apart
// JSON as people read it. marks: JSON Pointer → what is wrong in that place
export function pretty(value, marks = new Map()) {
  if (!value && value !== false && value !== 0) return h("p.hint", "No body");
  const marked = (at, nodes) => (marks.has(at) ? h("mark", { title: marks.get(at) }, nodes) : nodes), words = typeof value === "string";
  const show = (part, at, indent) => {
    if (typeof part !== "object" || !part) return h(typeof part === "string" ? "span.string" : "span.other", safe(JSON.stringify(part)));
    const list = Array.isArray(part), all = Object.entries(part), [first, last] = list ? "[]" : "{}";
    return [first, all.map(([key, one], i) => {
      const place = `${at}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`, secret = onStage && !list && one && /token|secret|password|key$|uri$|url$|jwt/i.test(key);
      return [`\n${indent}  `, marked(place, [!list && [h("span.key", JSON.stringify(key)), ": "], secret ? '"•••"' : show(one, place, `${indent}  `)]), all[i + 1] && ","];
    }), all[0] && `\n${indent}`, last];
  };
  const text = words ? value : JSON.stringify(value, null, 1);
  const node = pre(marked("", words || text.length > longest ? safe(text.slice(0, longest)) : show(value, "", "")));
  node.className = "json";
  return node;
}
