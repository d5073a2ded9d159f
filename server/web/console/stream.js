// The requests as they come, newest first. A row that was opened stays where it is while others come.

import { curl, drop, get, space } from "./api.js";
import { $, attempt, button, count, emit, h, line, on, say, status, sure } from "./dom.js";
import { follow } from "./feed.js";
import { asked, matches, read } from "./filter.js";
import { go, here, opened, same } from "./router.js";

const most = 300, near = 40; // rows on the page; rows kept before an opened one
const list = $("rows"), scroller = $("scroller");
const letters = { rule: "R", prefer: "P", contract: "C", authentication: "A", operation: "O", magic: "M", hint: "H" };
let words = [], all, paused, held = [], unseen, stop, turn = 0, shown, live, came = [];
let counts = {}; // by status, exact: of the rows and of what was not shown
export let newest; // whether or not the filter shows it
export const consumers = new Set(); // of late

const spaceOf = ({ space: of = space }) => of;
const rows = () => [...list.children].filter((node) => node.entry);
const openRow = () => list.querySelector(".open");

function row(entry) {
  const by = entry.kind ?? "";
  const node = h("li", h("a.row", { href: opened(entry) }, h("time", { title: entry.at }, entry.at.slice(11, 23)), status(entry.status),
    h("span.what", h("b", entry.method), ` ${entry.operation || entry.path}`), h("span.who", entry.consumer_id || "–", all && h("i", ` @${entry.space}`)),
    h(`abbr.by.${by}`, { title: entry.decided_by || by }, letters[by] ?? by.charAt(0).toUpperCase()), h("span.took", entry.us < 1e5 ? `${count(entry.us)} µs` : `${(entry.us / 1e6).toFixed(1)} s`)));
  node.entry = entry;
  return node;
}

// A line for requests that have none of their own.
function more(node, number, by) {
  node.missed ??= { number: 0, by: {} };
  node.missed.number += number;
  for (const code in by) node.missed.by[code] = (node.missed.by[code] ?? 0) + by[code];
  node.replaceChildren(`${count(node.missed.number)} more, not shown one by one `, ...Object.entries(node.missed.by).map(([code, times]) => h("span", status(code), ` ${count(times)}`)));
  return node;
}

// Too many rows: the oldest go; once the opened one would, those before it do, into one line.
function trim(open) {
  while (list.children.length > most) {
    const at = [...list.children].indexOf(open);
    if (at < most - near) {
      list.lastElementChild.remove();
      continue;
    }
    const old = list.children[at - near];
    const gap = old.nextElementSibling.missed ? old.nextElementSibling : old;
    const node = gap === old ? h("li.gap") : gap;
    if (gap === old) old.after(node);
    more(node, old.entry ? 1 : old.missed.number, old.entry ? { [old.entry.status]: 1 } : old.missed.by);
    old.remove();
  }
}

// Puts rows on top, and moves nothing that is being looked at.
function put(nodes) {
  const view = scroller.getBoundingClientRect(), seen = (node) => node && node.getBoundingClientRect().bottom > view.top;
  const open = openRow(), kept = seen(open) && open.getBoundingClientRect().top < view.bottom;
  const anchor = kept ? open : scroller.scrollTop > 8 ? [...list.children].find(seen) : undefined, before = anchor?.getBoundingClientRect().top;
  list.classList.toggle("hold", Boolean(kept));
  list.prepend(...nodes);
  trim(open);
  if (anchor) scroller.scrollTop += anchor.getBoundingClientRect().top - before;
  unseen = anchor ? unseen + nodes.filter(({ entry }) => entry).length : 0;
  tell();
}

function tell() {
  const sums = {};
  let total = 0;
  for (const code in counts) (total += counts[code]), (sums[code[0]] = (sums[code[0]] ?? 0) + counts[code]);
  came = came.filter(([at]) => at > Date.now() - 2000);
  const rate = came.reduce((sum, [, number]) => sum + number, 0) / 2;
  $("total").replaceChildren(h("b", `${count(total)} request${total === 1 ? "" : "s"}`), ...Object.entries(sums).map(([digit, number]) =>
    h("a", { href: same({ f: `status:${digit}xx` }), title: `Show ${digit}xx alone` }, status(`${digit}xx`), ` ${count(number)}`)));
  $("live").className = live;
  $("live").textContent = paused ? "paused" : live !== "live" ? "waiting" : rate < 1 ? "live" : `live ${count(Math.round(rate))}/s`;
  const first = rows()[0]?.entry;
  $("newest").hidden = !unseen;
  if (unseen && first) $("newest").replaceChildren(status(first.status), `${first.operation || first.path} ${first.consumer_id}`, h("b", `${count(unseen)} new ↑`));
  const none = list.children.length ? [] : words.length ? [h("p", "No request matches the filter. "), h("a", { href: same({ f: "" }) }, "Show all")] : [h("h2", "No requests yet"), h("p", "They show here as they come. Paste this into a terminal:"), line(curl())];
  if (none.length !== $("none").children.length) $("none").replaceChildren(...none);
}

const add = (code, number) => (counts[code] = (counts[code] ?? 0) + number);
function know(entry) {
  add(entry.status, 1);
  const { consumer_id: consumer } = entry;
  consumers.delete(consumer);
  if (consumer) consumers.add(consumer);
  if (consumers.size > 50) consumers.delete([...consumers][0]);
}

function take(events) {
  const entries = [], nodes = [];
  for (const { type, data } of events) {
    if (type === "request") {
      know((newest = data));
      came.push([Date.now(), 1]);
      entries.push(data);
      if (matches(words, data)) nodes.unshift(row(data));
    } else if (type === "missed") {
      for (const code in data.by_status) add(code, data.by_status[code]);
      came.push([Date.now(), data.count]);
      const last = nodes[0] ?? held[0] ?? list.firstElementChild;
      last?.missed ? more(last, data.count, data.by_status) : nodes.unshift(more(h("li.gap"), data.count, data.by_status));
    } else if (type === "reset") clear(data.space);
    else if (type === "changed" && spaceOf(data) === space) emit("changed", data);
  }
  if (paused) held = [...nodes, ...held].slice(0, most);
  else put(nodes);
  if (paused) $("pause").textContent = `Go on (${held.length})`;
  if (entries.length) emit("arrived", entries);
}

function clear(of) {
  for (const node of [...list.children]) if (!node.entry || spaceOf(node.entry) === of) node.remove();
  counts = {};
  unseen = 0;
  tell();
}

export function pause() {
  paused = !paused;
  $("pause").setAttribute("aria-pressed", paused);
  $("pause").textContent = paused ? "Go on" : "Pause";
  put(held.splice(0));
}

export function top() {
  unseen = scroller.scrollTop = 0;
  tell();
}

function mark() {
  const { id, of } = here(), open = rows().find(({ entry }) => entry.id === id && spaceOf(entry) === of);
  for (const node of rows()) {
    node.classList.toggle("open", node === open);
    node.firstChild.ariaCurrent = node === open ? "true" : null;
  }
  if (!open) list.classList.remove("hold");
}

// What the journal has, then what comes. Again when the filter or the choice of spaces has changed.
async function load() {
  const mine = ++turn;
  stop?.();
  all = here().all;
  words = read(here().filter);
  const { requests, last_sequence: last = requests[0]?.sequence } = await get(`requests?summary=1&limit=100${all ? "&spaces=all" : ""}${asked(words)}`);
  if (mine !== turn) return;
  counts = {};
  [...requests].reverse().forEach(know);
  newest ??= requests[0];
  list.replaceChildren(...requests.filter((entry) => matches(words, entry)).map(row));
  held = [];
  mark();
  top();
  emit("loaded");
  stop = follow(all, last, take, (state) => ((live = state), tell()));
}

// To the next row, or the one before; to the first when none is open.
export function step(by) {
  const nodes = rows(), at = nodes.indexOf(openRow()), node = nodes[at < 0 ? 0 : at + by];
  if (!node) return;
  go(opened(node.entry));
  node.firstChild.focus({ preventScroll: true });
  node.scrollIntoView({ block: "nearest" });
}

export function start() {
  const input = $("filter");
  $("choices").append(button("All spaces", () => go(same({ all: here().all ? "" : 1 })), { id: "all" }), button("Pause", pause, { id: "pause", "aria-pressed": "false", title: "p" }),
    sure("Clear", async () => (await drop("requests"), clear(space), say("The journal is empty."))));
  let typing;
  input.oninput = () => (clearTimeout(typing), (typing = setTimeout(() => location.replace(same({ f: input.value })), 200)));
  $("search").onsubmit = () => false;
  $("newest").onclick = top;
  setInterval(() => came.length && tell(), 1000);
  on("moved", () => {
    const { filter, all: every } = here();
    if (document.activeElement !== input) input.value = filter;
    $("all").setAttribute("aria-pressed", every);
    mark();
    if (shown !== (shown = `${every} ${filter}`)) attempt(load);
  });
}
