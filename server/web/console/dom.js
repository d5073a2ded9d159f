// What every part of the page is built of: elements and text, never markup.

export const $ = (id) => document.getElementById(id);

// h("p.hint", { title }, "text", [child]): functions are listeners.
export function h(name, ...rest) {
  const [tag, ...classes] = name.split("."), node = document.createElement(tag);
  if (rest[0]?.constructor === Object)
    for (const [key, value] of Object.entries(rest.shift()))
      if (typeof value === "function" || key === "value") node[key] = value;
      else if (value || value === 0) node.setAttribute(key === "aria" ? "aria-label" : key, value === true ? "" : value);
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
  $("status").textContent = $("said").textContent = text;
  $("said").className = kind;
  clearTimeout(fading);
  fading = setTimeout(() => ($("said").textContent = ""), 9000);
}
export const attempt = (act) => Promise.resolve().then(act).catch(({ message }) => say(message, "bad"));
export const again = () => dispatchEvent(new Event("hashchange"));
export const done = (act, words) => async () => (await act(), say(words), again());

export const button = (label, act, more) => h("button", { type: "button", onclick: () => attempt(act), ...more }, label);
// What cannot be undone is asked for twice.
export function sure(label, act, more) {
  const node = button(label, () => {
    const asked = !node.classList.toggle("sure");
    node.textContent = asked ? label : `${label}: really?`;
    return asked && act();
  }, { ...more, onblur: () => node.classList.contains("sure") && (node.classList.remove("sure"), (node.textContent = label)) });
  return node;
}
// Radio buttons that look like one control. choices: { value: label }; `aim[name]` is what is chosen
export const choice = (name, aria, choices, aim) => h("span.choice", { role: "radiogroup", aria }, Object.entries(choices).map(([value, text]) =>
  h("label", h("input", { type: "radio", name, value, checked: value === aim[name], onchange: () => (aim[name] = value) }), h("span", text))));
export function dialog(title, ...content) {
  const node = h("dialog", { aria: title, onclose: () => node.remove() }, h("h2", title), content);
  document.body.append(node);
  node.showModal();
  return node;
}

// By color and shape: circle, diamond, triangle, square; a cross for no answer.
export const status = (code) => h(`span.status.s${/^[2-5]/.test(code) ? `${code}`[0] : 0}`, h("i"), code);
export const count = (number = 0) => number.toLocaleString("en");
export const time = (at) => (at ? at.slice(11, 19) : "–");
export const table = (aria, heads, rows) => h("div.wide", { tabindex: 0, role: "region", aria }, h("table", h("thead", h("tr", heads.map((head) => h("th", { scope: "col" }, head)))), h("tbody", rows)));
export const head = (title, ...more) => h("div.some", h("h2", title), more);
export const link = (href, text, kind = "") => h(`a.${kind}`, { href }, text);
export const code = (text) => h("code", text);
export const copy = (text, what = "it") => navigator.clipboard.writeText(text).then(() => say(`Copied ${what}.`), () => say("The browser does not let this page copy: mark the text instead.", "bad"));
export const line = (text) => h("div.line", h("pre", { tabindex: 0 }, text), button("Copy", () => copy(text)));
export const empty = (title, ...content) => h("div.empty", h("h2", title), content);
