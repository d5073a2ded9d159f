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
// → whether a request is open to act on
async function opened(act) {
  const place = here(), is = place.id && !onStage();
  if (is) await act(await entryOf(place), place.of);
  return is;
}
export const press = async (number) => (await opened((entry, of) => armFor(entry, of, { error: +number }, number))) || arm({ respond: { error: +number } }, number, { times: times() });

function turn(name, ...values) {
  aim[name] = values[1 - values.indexOf(aim[name])];
  document.querySelector(`[name=${name}][value=${aim[name]}]`)?.click();
  say(`Armed for: ${aim[name]}.`);
}

const acts = {
  j: ["open the next request", () => step(1)], k: ["open the one before", () => step(-1)],
  ...Object.fromEntries(Object.keys(six).map((number, i) => [i + 1, [`${number} next time`, () => press(number)]])),
  o: ["once or always", () => turn("often", "once", "always")], a: ["its consumer or all", () => turn("who", "consumer", "all")], x: ["stop what is armed", () => armed()[0] && stop(...armed())],
  r: ["replay", () => opened(replay)], Escape: ["close the request", () => go(same({ r: "", s: "" }))],
  "/": ["filter", () => $("filter").focus()], p: ["pause, go on", pause], z: ["freeze the clock, resume", toggle], "+": ["an hour later", hour], f: ["present, leave", stage], "?": ["this help", () => help()],
};
const far = { g: ["the newest request", top] };
for (const view of ["why", "errors", "rules", "sessions", "connections", "places"]) far[view[0]] = [view, () => go(to({ why: "requests", places: "spaces" }[view] ?? view))];

export function help() {
  const rows = (keys, before) => Object.entries(keys).map(([key, [what]]) => h("div", h("dt", before, h("kbd", key)), h("dd", what)));
  const box = dialog("Keys", h("dl.keys", rows(acts), rows(far, [h("kbd", "g"), " "])), button("Close", () => box.close(), { class: "primary" }));
}

export function start() {
  let going;
  onkeydown = (event) => {
    const { key, target } = event, arrow = { ArrowDown: "j", ArrowUp: "k" }[key];
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (target.matches("input:not([type=radio]), textarea, select")) return void (key === "Escape" && target.blur());
    if (arrow && !target.matches("body, #stream *")) return; // it scrolls, or chooses
    const [, act] = (going ? far : acts)[arrow ?? key] ?? [];
    if (!act && (going || key !== "g")) return void (going = false);
    going = !act;
    event.preventDefault();
    if (act) attempt(act);
  };
}
