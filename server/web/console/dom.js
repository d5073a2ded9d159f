// Elements and text, never markup.

export const $ = (id) => document.getElementById(id),
  map = (object, make) => Object.entries(object).map(([key, value]) => make(key, value));

export function fill(node, ...children) {
  node.replaceChildren(...children.flat(Infinity).filter((child) => child || child === 0));
  return node;
}
// h("p.hint", { title }, "text", [child]): functions are listeners.
export function h(name, ...rest) {
  const [tag, ...classes] = name.split("."), node = document.createElement(tag);
  if (rest[0]?.constructor === Object)
    map(rest.shift(), (key, value) => {
      if (typeof value === "function" || key === "value") node[key] = value;
      else if (value) node.setAttribute(key === "aria" ? "aria-label" : key, value === true ? "" : value);
    });
  if (classes[0]) node.className = classes.join(" ");
  return fill(node, rest);
}

const listeners = {};
export const on = (what, listen) => (listeners[what] ??= []).push(listen),
  emit = (what, value) => listeners[what]?.forEach((listen) => listen(value));
export const calmly = (act, ms) => {
  let timer;
  return () => (timer ??= setTimeout(() => ((timer = undefined), act()), ms));
};

let fading;
export function say(text, kind = "good") {
  fill($("said"), text).className = kind;
  clearTimeout(fading);
  fading = setTimeout(() => hush(text), 9000);
}
export const hush = (text) => $("said").textContent === text && fill($("said")),
  attempt = (act) => Promise.resolve().then(act).catch(({ message }) => say(message, "bad")),
  again = () => emit("moved"),
  done = (act, words) => async () => (await act(), say(words), again());

export const button = (label, act, more) => h("button", { type: "button", onclick: () => attempt(act), ...more }, label),
  sure = (label, act, more) => button(label, () => confirm(`${more?.aria ?? label}?`) && act(), more);
// options: [text, value, is chosen]
export const select = (aria, options, act) => h("select", { aria, onchange: ({ target }) => (target.blur(), attempt(() => act(target.value))) },
  options.map(([text, value = text, selected]) => h("option", { value, selected }, text)));
export function dialog(title, ...content) {
  const node = h("dialog", { aria: title, onclose: () => node.remove() }, h("h2", title), content, button("Close", () => node.close()));
  document.body.append(node);
  node.showModal();
  return node;
}

export const status = (code) => h(`span.status.s${`${code}`[0]}`, h("i"), code),
  tag = (name) => h(`span.tag.${name}`, name),
  count = (number = 0) => number.toLocaleString("en"),
  many = (number, noun) => `${count(number)} ${noun}${number === 1 ? "" : "s"}`,
  time = (at) => at?.slice(11, 19) || "–",
  some = (...content) => h("div.some", content),
  head = (title, ...more) => some(h("h2", title), more),
  section = (title, ...more) => h("section", h("h3", title), more),
  fold = (title, ...more) => h("details", h("summary", title), more),
  table = (aria, heads, rows) => h("div.wide", { tabindex: "0", role: "region", aria }, h("table", h("thead", h("tr", heads.map((text) => h("th", text)))),
    h("tbody", rows.map(([name, ...cells]) => h("tr", h("th", { scope: "row" }, name), cells.map((cell) => h("td", cell))))))),
  p = (...content) => h("p", content),
  hint = (...content) => h("p.hint", content),
  link = (href, text, kind) => h("a", { href, class: kind }, text),
  code = (text) => h("code", text),
  coded = (text) => text.split("`").map((part, i) => (i % 2 ? code(part) : part)),
  pre = (text) => h("pre", { tabindex: "0" }, text),
  json = (value) => JSON.stringify(value, null, 2),
  copy = (text, what = "it") => navigator.clipboard.writeText(text).then(() => say(`Copied ${what}.`), () => say("Copying is not allowed here: mark the text.", "bad")),
  line = (text) => h("div.line", pre(text), button("Copy", () => copy(text))),
  empty = (title, ...content) => h("div.empty", h("h2", title), content);

export const onStage = /[?&]present/.test(location.search),
  safe = (text) => (onStage ? `${text}`.replace(/eyJ[\w-]+\.[\w.-]+|Bearer [^\s"]+/g, "•••") : `${text}`);

// marks: JSON Pointer → what is wrong there
export function pretty(value, marks = new Map()) {
  if (!value && value !== false && value !== 0) return hint("No body");
  const marked = (at, nodes) => (marks.has(at) ? h("mark", { title: marks.get(at) }, nodes) : nodes);
  const show = (part, at, indent) => {
    if (typeof part !== "object" || !part) return h(typeof part === "string" ? "span.string" : "span.other", safe(JSON.stringify(part)));
    const list = Array.isArray(part), [first, last] = list ? "[]" : "{}", all = map(part, (key, one) => {
      const place = `${at}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`, secret = onStage && !list && one && /token|secret|password|key$|uri$|url$|jwt/i.test(key);
      return [`\n${indent}  `, marked(place, [!list && [h("span.key", JSON.stringify(key)), ": "], secret ? '"•••"' : show(one, place, `${indent}  `)])];
    });
    return [first, all.map((one, i) => [i > 0 && ",", one]), all[0] && `\n${indent}`, last];
  };
  const words = typeof value === "string", text = words ? value : JSON.stringify(value, null, 1), longest = 1e5;
  return h("pre.json", { tabindex: "0" }, marked("", words || text.length > longest ? safe(text.slice(0, longest)) : show(value, "", "")));
}
