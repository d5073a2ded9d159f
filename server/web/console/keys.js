// The keyboard alone does everything: letters for what is often done, and Tab for all of it.

import { aim, arm, armed, six, stop } from "./arm.js";
import { advance, toggle } from "./clock.js";
import { $, attempt, button, h, say } from "./dom.js";
import { replay } from "./replay.js";
import { go, here, to } from "./router.js";
import { pause, step, top } from "./stream.js";
import { armFor, fetchEntry } from "./why.js";

const views = { w: "requests", e: "errors", r: "rules", s: "sessions", c: "connections", p: "spaces" };
const help = [
  ["j  k  ↓  ↑", "open the next request, the one before"], ["1 … 6", `${six.join(" ")} next time: for the opened request's consumer, or for everyone`], ["o", "once or always"], ["a", "the consumer, or everyone"], ["x", "stop what is armed"],
  ["/", "filter"], ["p", "pause the stream, go on"], ["g g", "the newest request"], ["r", "replay the opened request"], ["Esc", "close it"],
  ["g w  g e  g r", "why, errors, rules"], ["g s  g c  g p", "sessions, connections, spaces"], ["z", "freeze the clock, resume"], ["+", "an hour later"], ["f", "present"], ["?", "this help"],
];

export function showHelp() {
  const dialog = h("dialog", { "aria-labelledby": "help", on: { close: () => dialog.remove() } }, h("h2", { id: "help" }, "Keys"),
    h("dl.keys", help.map(([keys, what]) => [h("dt", keys.split("  ").map((key) => [h("kbd", key), " "])), h("dd", what)])), button("Close", () => dialog.close(), { class: "primary" }));
  document.body.append(dialog);
  dialog.showModal();
}

export const stage = () => location.assign(document.body.classList.contains("stage") ? location.pathname + location.hash : `?present${location.hash}`);

async function number(code) {
  const { id, of } = here();
  if (id && !document.body.classList.contains("stage")) return armFor(await fetchEntry(id, of), of, { error: code }, code);
  return arm({ error: code }, { title: code, times: aim.often === "once" ? 1 : undefined });
}

function turn(name, values, words) {
  aim[name] = values[1 - values.indexOf(aim[name])];
  const radio = document.querySelector(`input[name=${name}][value=${aim[name]}]`);
  if (radio) radio.checked = true;
  say(words[values.indexOf(aim[name])]);
}

const acts = {
  j: () => step(1), ArrowDown: () => step(1), k: () => step(-1), ArrowUp: () => step(-1),
  "/": () => $("filter").focus(), p: pause, z: toggle, "+": () => advance("1h", "1 h"), f: stage, "?": showHelp,
  x: () => (armed().length ? stop(...armed()) : say("Nothing is armed.")),
  o: () => turn("often", ["once", "always"], ["Armed errors answer once.", "Armed errors answer always."]),
  a: () => turn("who", ["consumer", "all"], ["For the consumer of the opened request.", "For everyone."]),
  r: async () => (here().id ? replay(await fetchEntry(here().id, here().of), here().of) : say("Open a request first.")),
  Escape: () => go(to(here().view, { r: "", s: "" }, ...here().rest)),
};

let going = false;
export function start() {
  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (target.matches("input:not([type=radio]), textarea, select")) {
      if (key === "Escape") target.blur();
      return;
    }
    const arrow = key.startsWith("Arrow");
    if (arrow && target.closest("input, #main, nav, [role=radiogroup]")) return; // they scroll, or choose
    const second = going;
    going = false;
    const act = second ? (key === "g" ? top : views[key] && (() => go(to(views[key])))) : /^[1-6]$/.test(key) ? () => number(six[key - 1]) : acts[key];
    if (!second && key === "g") going = true;
    else if (!act) return;
    event.preventDefault();
    if (act) attempt(act)();
  });
}
