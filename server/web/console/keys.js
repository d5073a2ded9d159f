// The keyboard alone does everything: letters for what is done often, Tab for all.

import { aim, arm, armed, six, stop, times } from "./arm.js";
import { hour, toggle } from "./clock.js";
import { $, attempt, button, dialog, h, say } from "./dom.js";
import { onStage } from "./json.js";
import { replay } from "./replay.js";
import { go, here, same, to } from "./router.js";
import { pause, step, top } from "./stream.js";
import { armFor, entryOf } from "./why.js";

export const stage = () => location.assign(location.pathname + (onStage() ? "" : "?present") + location.hash);

export const press = async (code) => (here().id && !onStage() ? armFor(await entryOf(here()), here().of, { error: +code }, code) : arm({ respond: { error: +code } }, code, { times: times() }));

function turn(name, one, other, words) {
  aim[name] = aim[name] === one ? other : one;
  document.querySelector(`[name=${name}][value=${aim[name]}]`)?.click();
  say(words[+(aim[name] === other)]);
}

const acts = {
  j: ["open the next request", () => step(1)], k: ["open the one before", () => step(-1)],
  ...Object.fromEntries(Object.keys(six).map((code, i) => [i + 1, [`${code} next time`, () => press(code)]])),
  o: ["once or always", () => turn("often", "once", "always", ["Once.", "Always."])], a: ["its consumer or everyone", () => turn("who", "consumer", "all", ["For the consumer of the request.", "For everyone."])],
  x: ["stop what is armed", () => armed()[0] && stop(...armed())], r: ["replay the opened request", async () => here().id && replay(await entryOf(here()), here().of)], Escape: ["close it", () => go(same({ r: "", s: "" }))],
  "/": ["filter", () => $("filter").focus()], p: ["pause, go on", pause], z: ["freeze the clock, resume", toggle], "+": ["an hour later", hour], f: ["present, leave", stage], "?": ["this help", () => help()],
};
const far = { g: ["the newest request", top], ...Object.fromEntries(Object.entries({ w: "requests", e: "errors", r: "rules", s: "sessions", c: "connections", p: "spaces" }).map(([key, view]) => [key, [view, () => go(to(view))]])) };

export function help() {
  const rows = (keys, before) => Object.entries(keys).map(([key, [what]]) => h("div", h("dt", before, h("kbd", key)), h("dd", what)));
  const box = dialog("Keys", h("dl.keys", rows(acts), rows(far, [h("kbd", "g"), " "])), button("Close", () => box.close(), { class: "primary" }));
}

export function start() {
  let going;
  onkeydown = (event) => {
    const { key, target } = event, typing = target.matches("input:not([type=radio], [type=checkbox]), textarea, select");
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (typing) return key === "Escape" && target.blur();
    const arrow = { ArrowDown: "j", ArrowUp: "k" }[key];
    if (arrow && target !== document.body && !target.closest("#stream")) return; // it scrolls, or chooses
    const [, act] = (going ? far : acts)[arrow ?? key] ?? [];
    if (!act && (going || key !== "g")) return (going = false);
    going = !act;
    event.preventDefault();
    if (act) attempt(act);
  };
}
