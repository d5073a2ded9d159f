// The page that shows what happens, and why, and makes the next error happen; by the keyboard alone, too.

import { closed, go, here, same, space, to } from "./api.js";
import { aim, armed, load, six, stop } from "./arm.js";
import * as clock from "./clock.js";
import { replay } from "./copies.js";
import { $, again, attempt, button, calmly, dialog, emit, empty, fill, h, map, on, onStage, p, say } from "./dom.js";
import { present } from "./presenter.js";
import { rules } from "./rules.js";
import { pause, start, step, top } from "./stream.js";
import { connections, errors, sessions, spaces } from "./views.js";
import { press, why, withOpened } from "./why.js";

const views = { requests: why, errors, rules, sessions, connections, spaces };
const main = $("main");

// What an element is known by when it is drawn again.
const sign = (node) => node.nodeName + (node.ariaLabel ?? node.textContent) + node.value;

// What has the focus, is unfolded or scrolled stays so; what is being written or chosen is left alone.
let turn = 0, drawn;
async function draw(news) {
  const { view, rest, id } = here(), render = views[view] ?? why, place = JSON.stringify([view, rest, render === why && id]), all = (what) => [...main.querySelectorAll(what)];
  if (news && ((render === why && id) || all("textarea, select:focus")[0])) return;
  const mine = ++turn;
  const nodes = await render(rest).catch(({ message }) => empty("This could not be loaded", p(message), button("Try again", again)));
  if (mine !== turn) return;
  const same = place === drawn, focus = all(":focus").map(sign)[0], open = all("details").map((node) => node.open), at = main.scrollTop;
  fill(main, nodes);
  if (same) {
    all("details").forEach((node, i) => (node.open = open[i]));
    all("a, button, input, select, summary").find((node) => sign(node) === focus)?.focus({ preventScroll: true });
  } else if (drawn && render !== why) main.focus();
  main.scrollTop = same ? at : 0;
  drawn = place;
  document.title = `${view} · ${space} · Vault Mock`;
}

function bar() {
  const { view, id } = here();
  document.body.dataset.view = view === "requests" && !id ? "stream" : view;
  $("space").href = to("spaces");
  fill($("tabs"), Object.keys(views).map((name) => h("a", { href: to(name), "aria-current": name === view && "page" }, name)));
}

const stage = () => location.assign(location.pathname + (onStage ? "" : "?present") + location.hash);
function flip(name) {
  aim[name] = !aim[name];
  const box = document.querySelector(`[value=${name}]`);
  if (box) box.checked = aim[name];
  say(`To arm: ${aim.always ? "always" : "once"}, for ${aim.everyone ? "everyone" : "its consumer"}.`);
}
// Letters for what is done often, Tab for all.
const acts = {
  j: ["open the next request", () => step(1)], k: ["open the one before", () => step(-1)],
  ...Object.fromEntries(Object.keys(six).map((number, i) => [i + 1, [`${number} next time`, () => press(number)]])),
  o: ["once or always", () => flip("always")], a: ["its consumer or everyone", () => flip("everyone")], x: ["stop what is armed", () => armed()[0] && stop(...armed())],
  r: ["replay", () => withOpened(replay)], Escape: ["close the request", () => go(same(closed))],
  "/": ["filter", () => $("filter").focus()], p: ["pause, go on", pause], z: ["freeze the clock, resume", clock.toggle], "+": ["an hour later", clock.hour], f: ["present, leave", stage], "?": ["this help", help],
};
const far = { g: ["the newest request", top] };
for (const view of Object.keys(views)) far[{ requests: "w", spaces: "p" }[view] ?? view[0]] = [view, () => go(to(view))];

function help() {
  const rows = (keys, before) => map(keys, (key, [what]) => [h("dt", before, h("kbd", key)), h("dd", what)]);
  const box = dialog("Keys", h("dl", rows(acts), rows(far, [h("kbd", "g"), " "])), button("Close", () => box.close(), { class: "primary" }));
}

let going; // after g
onkeydown = (event) => {
  const { key, target } = event, arrow = { ArrowDown: "j", ArrowUp: "k" }[key];
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (target.matches("input:not([type=checkbox]), textarea, select")) return void (key === "Escape" && target.blur());
  if (arrow && !target.matches("body, #stream *")) return; // it scrolls, or chooses
  const [, act] = (going ? far : acts)[arrow ?? key] ?? [];
  if (!act && (going || key !== "g")) return void (going = false);
  going = !act;
  event.preventDefault();
  if (act) attempt(act);
};

$("space").textContent = `@${space}`;
$("tools").append(button(onStage ? "Leave" : "Present", stage, { title: "f" }), button("?", help, { aria: "Keys" }));
addEventListener("hashchange", () => emit("moved"));
on("moved", bar);
on("moved", () => draw());
const later = calmly(() => draw(true), 300), redraw = (...names) => names.includes(here().view) && later();
on("rules", () => redraw("errors", "rules"));
on("changed", ({ what }) => redraw(what === "clock" ? "sessions" : what));
on("arrived", () => redraw("sessions", "spaces", "requests"));
on("loaded", () => redraw("errors", "requests"));
await Promise.all([attempt(clock.start), attempt(load)]);
start();
if (onStage) present();
emit("moved");
