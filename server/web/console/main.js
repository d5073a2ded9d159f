// Draws the views, listens to the keyboard, and presents.

import { closed, curl, enc, get, go, here, patch, same, space, to } from "./api.js";
import { arm, armed, at, hour, isAdded, nameOf, rules as known, six, startBar, stop, toggle, whom } from "./bar.js";
import { $, again, attempt, button, calmly, code, coded, dialog, empty, fill, h, line, map, on, onStage, p, pretty, safe, section, status } from "./dom.js";
import { encode } from "./qr.js";
import { newest, pause, start, step } from "./stream.js";
import { connections, errors, press, replay, rules, sessions, spaces, why, withOpened } from "./views.js";

const views = { requests: why, errors, rules, sessions, connections, spaces }, main = $("main");

const sign = (node) => node.nodeName + (node.ariaLabel ?? node.textContent) + node.value;

// What is being written or chosen is left alone.
let turn = 0, drawn;
async function draw(news) {
  const { view, rest, id } = here(), render = views[view] ?? why, place = JSON.stringify([view, rest, render === why && id]), all = (what) => [...main.querySelectorAll(what)];
  if (news && ((render === why && id) || all("textarea, select:focus")[0])) return;
  const mine = ++turn;
  const nodes = await render(rest).catch(({ message }) => empty("This could not be loaded", p(message)));
  if (mine !== turn) return;
  const same = place === drawn, focus = all(":focus").map(sign)[0], open = all("details").map((node) => node.open), at = main.scrollTop;
  fill(main, nodes);
  if (same) {
    all("details").forEach((node, i) => (node.open = open[i]));
    all("a, button, input, select, summary").find((node) => sign(node) === focus)?.focus({ preventScroll: true });
  } else if (drawn && render !== why) main.focus();
  main.scrollTop = same ? at : 0;
  drawn = place;
  document.title = `${view} · ${space}`;
}

function bar() {
  const { view, id } = here();
  document.body.dataset.view = view === "requests" && !id ? "stream" : view;
  fill($("tabs"), Object.keys(views).map((name) => h("a", { href: to(name, name === view && closed), "aria-current": name === view && "page" }, name)));
}

const stage = () => location.assign(location.pathname + (onStage ? "" : "?present") + location.hash);
const acts = {
  j: ["the next request", () => step(1)], k: ["the one before", () => step(-1)],
  x: ["stop what is armed", () => armed()[0] && stop(...armed())],
  r: ["replay", () => withOpened(replay)], Escape: onStage ? ["leave", stage] : ["close the request", () => go(same(closed))],
  "/": ["filter", () => $("filter").focus()], p: ["pause, go on", pause], z: ["freeze the clock, resume", toggle], "+": ["an hour later", hour], f: ["present, leave", stage], "?": ["this help", help],
};
Object.keys(six).forEach((number, i) => (acts[i + 1] = [`${number} next time`, () => press(number)]));
const far = { g: ["the newest request", () => step(0)] };
for (const view in views) far[{ requests: "w", spaces: "p" }[view] ?? view[0]] = [view, () => go(to(view))];

function help() {
  const rows = (keys, before) => map(keys, (key, [what]) => [h("dt", before && [h("kbd", before), " "], h("kbd", key)), h("dd", what)]);
  dialog("Keys", h("dl", rows(acts), rows(far, "g")));
}

let going;
onkeydown = (event) => {
  const { key, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (target.matches("input:not([type=checkbox]), textarea, select")) {
    if (key !== "Escape") return;
    if (target.type === "search") target.oninput((target.value = ""));
    return target.blur();
  }
  const [, act] = (going ? far : acts)[{ ArrowDown: "j", ArrowUp: "k" }[target.closest("#rows") && key] ?? key] ?? [];
  if (!act && (going || key !== "g")) return void (going = false);
  going = !act;
  event.preventDefault();
  if (act) attempt(act);
};

const last = h("section"), big = h("div.big"), stories = h("div.cards");

const plainly = (sentence) => sentence.replace(/rule rule-\w+(?:#(the story .+) for everyone)?.*? answered/, (_, story = "what is armed here") => `${story} answered`).replace(/rule \S+?#/, "rule ");
async function showLast() {
  if (!newest) return fill(last, h("h2", "Waiting for the first call"), line(curl()));
  const { status: number, sentence, decided_by, answer } = await get(`requests/${enc(newest.id)}`, undefined, newest.space).catch(() => newest);
  fill(last, h("p.verdict", status(number)), h("h2", safe(plainly(sentence ?? decided_by))), pretty(answer?.body));
}

// A built-in one is played to everyone, another switched on and off.
function story(rule) {
  const { when, description, ...rest } = rule.rule, name = nameOf(rule), title = `the story ${name}`, builtIn = rule.id.startsWith("defaults.json#");
  const playing = armed().find((one) => one.name.startsWith(`${title} for `)), is = builtIn ? playing : rule.enabled;
  return button([h("b", name), " ", coded(description)], () => (!builtIn ? patch(at(rule), { enabled: !is }) : playing ? stop(playing) : arm(rest, title, when)), { class: "story", "aria-pressed": `${!!is}` });
}

function showButtons() {
  fill(big, Object.keys(six).map((number, i) => button([h("kbd", i + 1), status(number), six[number]], () => press(number), { "aria-pressed": `${armed(number).some((rule) => whom(rule) === "everyone" && rule.rule.respond)}` })));
  fill(stories, known.filter((rule) => rule.description && !isAdded(rule)).slice(0, 8).map(story));
}

function follow() {
  const [url] = location.href.split("#"), rows = encode(url), side = rows?.length + 8, node = h("canvas.qr", { width: side, height: side, role: "img", aria: "QR code of the address" });
  rows?.forEach((row, y) => row.forEach((dark, x) => dark && node.getContext("2d").fillRect(x + 4, y + 4, 1, 1)));
  dialog("Follow on another device", rows && node, code(url), /^(localhost|127|\[)/.test(location.hostname) && h("p.note", "Only this machine reaches it: start with --host 0.0.0.0."));
}

function present() {
  document.body.className = "stage";
  $("tools").prepend(button("Follow …", follow));
  $("main").before(h("div", { id: "stage" }, last, section("Next answer", big, h("h3", "Stories"), stories)));
  on("rules", showButtons);
  showButtons();
  showLast();
  for (const news of ["arrived", "loaded"]) on(news, calmly(showLast, 100));
}

fill($("space"), `@${space}`);
fill($("tools"), button(onStage ? "Leave" : "Present", stage, { title: "f" }), button("?", help, { aria: "Keys" }));
onhashchange = again;
on("moved", bar);
if (!onStage) on("moved", () => draw());
const later = calmly(() => onStage || draw(true), 300), redraw = (...names) => names.includes(here().view) && later();
on("rules", () => redraw("errors", "rules"));
on("changed", ({ what }) => redraw(what === "clock" ? "sessions" : what));
on("arrived", () => redraw("sessions", "spaces", "requests"));
on("loaded", () => redraw("errors", "requests"));
await startBar();
start();
if (onStage) present();
again();
