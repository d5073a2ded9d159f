// What every part of the page is built of.

import { element } from "../build.js";
import { copied } from "./copies.js";

// h("p.hint", { title }, "text", child, [more]): attributes may be left out.
export function h(name, ...rest) {
  const [tag, ...classes] = name.split(".");
  const given = rest[0]?.constructor === Object ? rest.shift() : {};
  return element(tag, { ...given, class: [...classes, given.class].filter(Boolean).join(" ") || null }, rest);
}
export const $ = (id) => document.getElementById(id);

// The state of the page that several parts share, and who wants to know of it.
const listeners = {};
export const on = (what, listen) => (listeners[what] ??= []).push(listen);
export const emit = (what, value) => listeners[what]?.forEach((listen) => listen(value));

// Said to everybody: shown in the bar for a while, and read out.
let fading;
export function say(text, kind = "good") {
  $("status").textContent = text;
  $("said").textContent = text;
  $("said").className = kind;
  clearTimeout(fading);
  fading = setTimeout(() => ($("said").textContent = ""), kind === "bad" ? 15_000 : 6000);
}

// Does `act`, and says why it could not be done.
export const attempt = (act) => async (event) => {
  try {
    return await act(event);
  } catch (error) {
    say(error.message, "bad");
  }
};

export const button = (label, act, attributes = {}) => h("button", { type: "button", "data-key": typeof label === "string" ? label : undefined, ...attributes, on: { click: attempt(act) } }, label);

// What cannot be undone is asked for twice.
export function sure(label, question, act, attributes = {}) {
  let back;
  const node = button(label, async (event) => {
    clearTimeout(back);
    if (node.classList.toggle("sure")) {
      node.textContent = question;
      back = setTimeout(() => node.classList.contains("sure") && (node.classList.remove("sure"), (node.textContent = label)), 4000);
    } else {
      node.textContent = label;
      await act(event);
    }
  }, attributes);
  return node;
}

// A choice of a few: radio buttons that look like one control. choices: [[value, label]]
export const choice = (name, label, choices, value, change) =>
  h("span.choice", { role: "radiogroup", "aria-label": label }, choices.map(([key, text]) =>
    h("label", h("input", { type: "radio", name, value: key, checked: key === value, "data-key": `${name}-${key}`, on: { change: () => change(key) } }), h("span", text))));

// A status by colour and by shape: circle, diamond, triangle, square; a cross for what is not an answer.
export const status = (code) => h(`span.status s${/^[2-5]/.test(code) ? String(code)[0] : "0"}`, h("i", { "aria-hidden": "true" }), String(code));

export const copyButton = (text, label = "Copy") => button(label, async () => say((await copied(text)) ? "Copied." : "The browser does not let the page copy: mark the text and copy it.", "good"));

export const count = (number) => (number ?? 0).toLocaleString("en");
export const plural = (number, noun) => `${count(number)} ${noun}${number === 1 ? "" : "s"}`;
export const time = (at) => String(at ?? "").slice(11, 23).replace(/Z$/, "");

// What an empty place teaches.
export const empty = (title, ...content) => h("div.empty", h("h2", title), content);
export const line = (text) => h("div.line", h("pre", { tabindex: 0 }, text), copyButton(text));
