// The requests as they come, newest first. A row that was opened stays where it is while others come.

import { curl, drop, get, go, here, opened, same, space } from "./api.js";
import { $, attempt, button, count, emit, fill, h, line, link, many, map, on, p, say, status, sure } from "./dom.js";
import { follow } from "./feed.js";
import { matches, query, read } from "./filter.js";

const most = 150, near = 40; // rows on the page; of them above an opened one
const list = $("rows"), scroller = $("scroller");
let words = [], paused, held = [], unseen, stop, shown, live, came = [];
let counts = {}; // by status, exact: of the rows, and of what has none
// Whether or not the filter shows it; but no browser's preflight, and nobody who asks whether the mock is up.
export let newest;
const isCall = ({ kind, path }) => kind !== "preflight" && (kind !== "routing" || path.startsWith("/vault/"));
// What decided: the first letter of each is its sign.
const kinds = { operation: "Operation", rule: "Rule", prefer: "Prefer header", magic: "Magic consumer id", contract: "Contract", authentication: "Authentication", advice: "Strict mode", routing: "No such operation", preflight: "Browser's preflight" };

const spaceOf = ({ space: of = space }) => of;
const rows = () => [...list.children].filter(({ entry }) => entry);
const openRow = () => list.querySelector("[aria-current]")?.parentNode;
const nameOf = ({ operation, path }) => operation || path;

function row(entry) {
  const { at, method, consumer_id: who, kind, decided_by, us } = entry;
  const node = h("li", h("a.row", { href: opened(entry) }, h("time", at.slice(11, 23)), status(entry.status), h("span.what", h("b", method), ` ${nameOf(entry)}`), h("span.who", who || "–", here().all && ` @${entry.space}`),
    h(`abbr.by.${kind}`, { title: `${kinds[kind]}: ${decided_by}` }, kinds[kind][0]), h("span.took", us < 1e5 ? `${count(us)} µs` : `${(us / 1e6).toFixed(1)} s`)));
  node.entry = entry;
  return node;
}

const plus = (sums, more) => map(more, (code, number) => (sums[code] = (sums[code] ?? 0) + number));
const sum = (sums) => Object.values(sums).reduce((a, b) => a + b, 0);

// A line for requests that have none of their own. It grows.
function gap(by, node) {
  if (!node?.missed) node = Object.assign(h("li.gap"), { missed: {} });
  plus(node.missed, by);
  return fill(node, `${count(sum(node.missed))} more `, map(node.missed, (code, number) => h("span", status(code), ` ${count(number)}`)));
}

// Too many rows: the oldest go; once the opened one would, those above it do, into one line.
function trim(open) {
  while (list.children.length > most) {
    const far = [...list.children].indexOf(open) - near;
    let old = far < most - 2 * near ? list.lastChild : list.children[far];
    if (old.missed && old.nextSibling) old = old.previousSibling;
    const next = old.nextSibling;
    if (next) old.after(gap(old.missed ?? { [old.entry.status]: 1 }, next));
    old.remove();
  }
}

// Puts rows on top, and moves nothing that is looked at.
function put(nodes) {
  const { top: edge, bottom } = scroller.getBoundingClientRect(), at = (node) => node.getBoundingClientRect(), seen = (node) => at(node).bottom > edge;
  const open = openRow(), kept = open && seen(open) && at(open).top < bottom;
  const anchor = kept ? open : scroller.scrollTop > 8 && rows().find(seen), before = anchor && at(anchor).top;
  list.classList.toggle("hold", kept);
  list.prepend(...nodes);
  trim(open);
  if (anchor) scroller.scrollTop += at(anchor).top - before;
  unseen = anchor ? unseen + nodes.length : 0;
  tell();
}

function tell() {
  const sums = {}, total = sum(counts), now = Date.now(), first = unseen && rows()[0]?.entry;
  map(counts, (code, number) => plus(sums, { [code[0]]: number }));
  came = [...came.filter(([at]) => at > now - 2000), [now, total]];
  const rate = Math.round((total - came[0][1]) / 2);
  fill($("total"), h("b", many(total, "request")), map(sums, (digit, number) => h("a", { href: same({ f: `status:${digit}xx` }), title: "Show these alone" }, status(`${digit}xx`), ` ${count(number)}`)));
  $("live").className = live;
  $("live").textContent = paused ? "paused" : live === "live" && rate > 0 ? `live ${count(rate)}/s` : live;
  $("newest").hidden = !unseen;
  if (first) fill($("newest"), status(first.status), `${nameOf(first)} ${first.consumer_id}`, h("b", `${count(unseen)} new ↑`));
  fill($("none"), !list.firstChild && (words[0] ? [p("No request matches the filter."), link(same({ f: "" }), "Show all")] : [h("h2", "No requests yet"), p("They show here as they come. Paste this into a terminal:"), line(curl())]));
}

function take(events) {
  const entries = [];
  let nodes = [];
  for (const { type, data } of events)
    if (type === "request") {
      plus(counts, { [data.status]: 1 });
      entries.push(data);
      if (isCall(data)) newest = data;
      if (matches(words, data)) nodes.unshift(row(data));
    } else if (type === "missed") {
      plus(counts, data.by_status);
      const last = nodes[0] ?? held[0] ?? list.firstChild, node = gap(data.by_status, last);
      if (node !== last) nodes.unshift(node);
    } else if (type === "reset") {
      nodes = [];
      clear(data.space);
    } else if (spaceOf(data) === space) emit("changed", data);
  if (paused) $("pause").textContent = `Go on (${(held = [...nodes, ...held].slice(0, most)).length})`;
  else put(nodes);
  if (entries[0]) emit("arrived", entries);
}

function clear(of) {
  for (const node of [...list.children]) if (!node.entry || spaceOf(node.entry) === of) node.remove();
  counts = {};
  came = [];
  unseen = 0;
  tell();
}
export function pause() {
  paused = !paused;
  $("pause").ariaPressed = paused;
  $("pause").textContent = paused ? "Go on" : "Pause";
  put(held.splice(0));
}
export function top() {
  unseen = scroller.scrollTop = 0;
  tell();
}

function mark() {
  const { id, of } = here();
  for (const { entry, firstChild } of rows()) firstChild.ariaCurrent = (entry.id === id && spaceOf(entry) === of) || null;
  if (!openRow()) list.classList.remove("hold");
}

// What the journal has, then what comes. Again when the filter or the choice of spaces has changed.
async function load() {
  const mine = shown, { all, filter } = here();
  stop?.();
  words = read(filter);
  const { requests, last_sequence: last = requests[0]?.sequence } = await get(`requests?summary=1&limit=100${all ? "&spaces=all" : ""}&${query(words)}`);
  if (mine !== shown) return;
  counts = {};
  held = [];
  for (const { status: code } of requests) plus(counts, { [code]: 1 });
  newest ??= requests.find(isCall);
  list.replaceChildren(...requests.filter((entry) => matches(words, entry)).map(row));
  mark();
  top();
  emit("loaded");
  stop = follow(all, last, take, (state) => ((live = state), tell()));
}

// To the next row, or the one before; to the first when none is open.
export function step(by) {
  const nodes = rows(), node = openRow() ? nodes[nodes.indexOf(openRow()) + by] : nodes[0];
  if (!node) return;
  go(opened(node.entry));
  node.firstChild.focus({ preventScroll: true });
  node.scrollIntoView({ block: "nearest" });
}

export function start() {
  const input = $("filter"), choose = () => go(same({ all: !here().all && 1 }));
  $("choices").append(button("All spaces", choose, { id: "all" }), button("Pause", pause, { id: "pause", title: "p" }), sure("Clear", async () => (await drop("requests"), clear(space), say("The journal is empty."))));
  let typing;
  input.oninput = () => (clearTimeout(typing), (typing = setTimeout(() => location.replace(same({ f: input.value })), 200)));
  Object.assign($("newest"), { onclick: top, title: "g g" });
  setInterval(tell, 1000);
  on("moved", () => {
    const { filter, all } = here();
    if (document.activeElement !== input) input.value = filter;
    $("all").ariaPressed = all;
    mark();
    if (shown !== (shown = `${all} ${filter}`)) attempt(load);
  });
}
