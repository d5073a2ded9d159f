// The requests as they come, newest first. A row that was opened stays where it is while others come.

import { ask, json, space } from "./api.js";
import { $, button, count, emit, h, line, on, plural, say, status, sure, time } from "./dom.js";
import { asked, matches, read } from "./filter.js";
import { follow } from "./feed.js";
import { go, here, opened, to } from "./router.js";
import { teach } from "./arm.js";

const most = 300; // rows on the page; the mock keeps the rest
const near = 30; // rows that stay around the opened one

const list = $("rows"), scroller = $("scroller");
let words = [], feed, paused, held = [], unseen = 0, all, stamp = 0;
let counts = {}; // by status, exact: of what was shown and of what was not
export let newest; // the newest request of all, whether or not the filter shows it
export const consumers = new Set(); // of the last requests

const letters = { rule: "R", prefer: "P", contract: "C", authentication: "A", operation: "O", magic: "M", hint: "H", routing: "–", preflight: "F" };
const key = (entry) => `${entry.space ?? space}/${entry.id}`;
const rowOf = (id, of) => [...list.children].find((node) => node.entry && node.entry.id === id && (node.entry.space ?? space) === of);
const openRow = () => list.querySelector(".open");

function row(entry) {
  const by = entry.kind ?? (entry.rule ? "rule" : "operation");
  const node = h("li", h("a.row", { href: opened(entry), "data-key": key(entry) },
    h("time", { title: entry.at }, time(entry.at)), status(entry.status),
    h("span.what", h("b", entry.method), " ", entry.operation || entry.path),
    h("span.who", entry.consumer_id || "–"), all && h("span.of", entry.space),
    h("abbr", { class: `by by-${by}`, title: entry.decided_by || by }, letters[by] ?? by[0].toUpperCase()),
    h("span.took", entry.us < 100_000 ? `${count(entry.us)} µs` : `${(entry.us / 1e6).toFixed(1)} s`)));
  node.entry = entry;
  return node;
}

const shape = (code, number) => [status(code), ` ${count(number)}`];
function gap(number, byStatus) {
  const node = h("li.gap");
  node.missed = { number: 0, byStatus: {} };
  return widen(node, number, byStatus);
}
function widen(node, number, byStatus) {
  node.missed.number += number;
  for (const [code, times] of Object.entries(byStatus)) node.missed.byStatus[code] = (node.missed.byStatus[code] ?? 0) + times;
  node.replaceChildren(`${count(node.missed.number)} more, not shown one by one: `, h("span", Object.entries(node.missed.byStatus).map((one) => h("span", shape(...one)))));
  return node;
}

// Puts rows on top without moving what is being looked at.
function put(nodes) {
  const open = openRow(), view = scroller.getBoundingClientRect(), box = open?.getBoundingClientRect();
  const inView = box && view.height > 0 && box.bottom > view.top && box.top < view.bottom;
  const hold = inView || scroller.scrollTop > 8;
  const anchor = inView ? open : hold ? [...list.children].find((node) => node.getBoundingClientRect().bottom > view.top) : undefined;
  list.classList.toggle("hold", Boolean(inView));
  const before = anchor?.getBoundingClientRect().top;
  list.prepend(...nodes);
  trim(open);
  if (anchor?.isConnected) scroller.scrollTop += anchor.getBoundingClientRect().top - before;
  unseen = hold ? unseen + nodes.filter((node) => node.entry).length : 0;
  tell();
}

// Too many rows: the oldest go, unless that one is open. Then those before it go, and are counted in their place.
function trim(open) {
  let at = open && list.children.length > most ? [...list.children].indexOf(open) : -1;
  while (list.children.length > most) {
    if (at < most - near) {
      list.lastElementChild.remove();
      continue;
    }
    const place = list.children[at - near], before = place.previousElementSibling;
    const node = place.missed ? before : place;
    const target = place.missed ? place : place.insertAdjacentElement("afterend", gap(0, {}));
    if (!place.missed) at++;
    widen(target, node.entry ? 1 : node.missed.number, node.entry ? { [node.entry.status]: 1 } : node.missed.byStatus);
    node.remove();
    at--;
  }
}

let rate = [];
function tell() {
  const sums = Object.entries(counts).reduce((sum, [code, number]) => ({ ...sum, [String(code)[0]]: (sum[String(code)[0]] ?? 0) + number }), {});
  const total = Object.values(counts).reduce((a, b) => a + b, 0);
  const tally = $("total");
  tally.replaceChildren(h("b", plural(total, "request")), ...Object.entries(sums).map(([digit, number]) => h("a", { href: to(here().view, { f: `status:${digit}xx` }, ...here().rest), title: `Show ${digit}xx alone`, "data-key": `sum${digit}` }, status(`${digit}xx`), ` ${count(number)}`)));
  const since = Date.now() - 2000;
  rate = rate.filter(([at]) => at > since);
  const perSecond = rate.reduce((sum, [, number]) => sum + number, 0) / 2;
  $("live").lastChild.data = paused ? "paused" : $("live").dataset.state === "live" ? (perSecond >= 1 ? `live · ${count(Math.round(perSecond))}/s` : "live") : "waiting for the mock";
  const top = $("newest"), first = list.firstElementChild?.entry;
  top.hidden = !unseen || !first;
  if (!top.hidden) top.replaceChildren(status(first.status), h("span", `${first.operation || first.path} · ${first.consumer_id || "–"}`), h("b", `${count(unseen)} new ↑`));
  const nothing = !list.children.length;
  $("none").replaceChildren(...(!nothing ? [] : words.length
    ? [h("p", "No request matches the filter."), h("a", { href: to(here().view, { f: "" }, ...here().rest) }, "Show all of them")]
    : [h("h2", "No requests yet"), h("p", "Each one shows here as it comes. Paste this into a terminal:"), line(teach())]));
}
setInterval(() => rate.length && tell(), 1000);

function take(events) {
  const entries = [], nodes = [];
  for (const { type, data } of events) {
    if (type === "request") {
      counts[data.status] = (counts[data.status] ?? 0) + 1;
      rate.push([Date.now(), 1]);
      newest = data;
      entries.push(data);
      if (data.consumer_id) {
        consumers.delete(data.consumer_id);
        consumers.add(data.consumer_id);
        if (consumers.size > 50) consumers.delete(consumers.values().next().value);
      }
      if (matches(words, data)) nodes.unshift(row(data));
    } else if (type === "missed") {
      const by = data.by_status ?? { other: data.count };
      for (const [code, number] of Object.entries(by)) counts[code] = (counts[code] ?? 0) + number;
      rate.push([Date.now(), data.count]);
      const last = nodes[0] ?? list.firstElementChild;
      last?.missed ? widen(last, data.count, by) : nodes.unshift(gap(data.count, by));
    } else if (type === "reset") clear(data.space);
    else if (type === "changed" && (data.space ?? space) === space) emit("changed", data);
  }
  if (paused) {
    held = [...nodes, ...held].slice(0, most);
    $("pause").textContent = `Go on (${count(held.length)})`;
  } else if (nodes.length || entries.length) put(nodes);
  if (entries.length) emit("arrived", entries);
}

function clear(of) {
  for (const node of [...list.children]) if (!node.entry || (node.entry.space ?? space) === of) node.remove();
  counts = {};
  rate = [];
  unseen = 0;
  tell();
}

export function pause() {
  paused = !paused;
  $("pause").setAttribute("aria-pressed", String(paused));
  $("pause").textContent = paused ? "Go on" : "Pause";
  if (!paused) put(held.splice(0));
  tell();
}

export function top() {
  scroller.scrollTop = 0;
  unseen = 0;
  tell();
}

// The rows of the journal, then those to come. Runs again when the filter or the choice of spaces changes.
async function load() {
  const mine = ++stamp;
  feed?.stop();
  ({ all } = here());
  words = read(here().filter);
  const { requests, next_sequence, last_sequence } = await json(`requests?summary=1&limit=100${all ? "&spaces=all" : ""}${asked(words)}`);
  if (mine !== stamp) return;
  const after = last_sequence ?? next_sequence ?? (words.length ? undefined : requests[0]?.sequence ?? 0);
  list.replaceChildren(...requests.filter((entry) => matches(words, entry)).map(row));
  newest ??= requests[0];
  for (const { consumer_id: consumer } of requests) if (consumer) consumers.add(consumer);
  counts = {};
  for (const { status: code } of requests) counts[code] = (counts[code] ?? 0) + 1;
  held = [];
  mark();
  top();
  emit("loaded");
  feed = follow({ all, after, tell: take, state: (state) => (($("live").dataset.state = state), tell()) });
}

// Shows which row is open. `focus` as the keyboard does.
export function mark() {
  const { id, of } = here(), before = openRow(), now = id && rowOf(id, of);
  before?.classList.remove("open");
  before?.firstElementChild.removeAttribute("aria-current");
  now?.classList.add("open");
  now?.firstElementChild.setAttribute("aria-current", "true");
  if (!now) list.classList.remove("hold");
}

// To the next row, or the one before; the newest when none is open.
export function step(by) {
  const rows = [...list.children].filter((node) => node.entry), at = rows.indexOf(openRow());
  const node = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))];
  if (!node) return;
  go(opened(node.entry));
  node.firstElementChild.focus({ preventScroll: true });
  node.scrollIntoView({ block: "nearest" });
}

export async function start() {
  $("tally").replaceChildren(h("span", { id: "total" }), h("span", { id: "live" }, h("i", { "aria-hidden": "true" }), ""), h("span", { class: "choices" },
    button("All spaces", () => go(to(here().view, { all: here().all ? "" : "1" }, ...here().rest)), { id: "all" }),
    button("Pause", pause, { id: "pause", "aria-pressed": "false", title: "p" }),
    sure("Clear", "Empty the journal?", async () => {
      await ask("requests", { method: "DELETE" });
      clear(space);
      say("The journal is empty.");
    })));
  const input = $("filter");
  let typing;
  input.addEventListener("input", () => (clearTimeout(typing), (typing = setTimeout(() => location.replace(to(here().view, { f: input.value }, ...here().rest)), 200))));
  $("search").addEventListener("submit", (event) => event.preventDefault());
  $("newest").addEventListener("click", (event) => (event.preventDefault(), top()));
  $("newest").href = location.hash || "#/requests";
  let shown;
  on("moved", () => {
    const { filter, all: every } = here(), wanted = `${every} ${filter}`;
    if (document.activeElement !== input) input.value = filter;
    $("all").setAttribute("aria-pressed", String(every));
    mark();
    if (wanted === shown) return;
    shown = wanted;
    load().catch((error) => say(error.message, "bad"));
  });
}
