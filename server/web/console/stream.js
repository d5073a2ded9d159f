// The requests as they come, newest first. A row that was opened stays where it is while others come.

import { curl, drop, get, space } from "./api.js";
import { $, attempt, button, count, emit, h, line, link, on, say, status, sure } from "./dom.js";
import { follow } from "./feed.js";
import { asked, matches, read } from "./filter.js";
import { go, here, opened, same } from "./router.js";

const most = 300, near = 40; // rows on the page; of them above an opened one
const list = $("rows"), scroller = $("scroller");
let words = [], all, paused, held = [], unseen, stop, shown, live, came = [];
let counts = {}; // by status, exact: of the rows, and of what has none
export let newest; // whether or not the filter shows it

const spaceOf = ({ space: of = space }) => of;
const rows = () => [...list.children].filter(({ entry }) => entry);
const openRow = () => list.querySelector(".open");

function row(entry) {
  const { at, method, operation, path, consumer_id: who, kind = "", decided_by, us } = entry;
  const node = h("li", h("a.row", { href: opened(entry) }, h("time", at.slice(11, 23)), status(entry.status), h("span.what", h("b", method), ` ${operation || path}`), h("span.who", who || "–", all && ` @${entry.space}`),
    h(`abbr.by.${kind}`, { title: decided_by }, kind.charAt(0).toUpperCase()), h("span.took", us < 1e5 ? `${count(us)} µs` : `${(us / 1e6).toFixed(1)} s`)));
  node.entry = entry;
  return node;
}

const plus = (sums, more) => {
  for (const code in more) sums[code] = (sums[code] ?? 0) + more[code];
};
// A line for requests that have none of their own. It grows.
function gap(by, node = h("li.gap")) {
  plus((node.missed ??= {}), by);
  const all = Object.entries(node.missed);
  node.replaceChildren(`${count(all.reduce((sum, [, number]) => sum + number, 0))} more `, ...all.map(([code, number]) => h("span", status(code), ` ${count(number)}`)));
  return node;
}

// Too many rows: the oldest go; once the opened one would, those above it do, into one line.
function trim(open) {
  while (list.children.length > most) {
    const at = [...list.children].indexOf(open);
    let old = at < most - near ? list.lastChild : list.children[at - near];
    if (at >= most - near && old.missed) old = old.previousSibling;
    const next = old.nextSibling;
    const by = old.missed ?? { [old.entry.status]: 1 };
    if (next?.missed) gap(by, next);
    else if (next) old.after(gap(by));
    old.remove();
  }
}

// Puts rows on top, and moves nothing that is looked at.
function put(nodes) {
  const { top: edge, bottom } = scroller.getBoundingClientRect(), seen = (node) => node?.getBoundingClientRect().bottom > edge;
  const open = openRow(), kept = seen(open) && open.getBoundingClientRect().top < bottom;
  const anchor = kept ? open : scroller.scrollTop > 8 && rows().find(seen), before = anchor && anchor.getBoundingClientRect().top;
  list.classList.toggle("hold", kept);
  list.prepend(...nodes);
  trim(open);
  if (anchor) scroller.scrollTop += anchor.getBoundingClientRect().top - before;
  unseen = anchor ? unseen + nodes.length : 0;
  tell();
}

function tell() {
  const sums = {};
  for (const code in counts) plus(sums, { [code[0]]: counts[code] });
  const total = Object.values(sums).reduce((a, b) => a + b, 0), now = Date.now();
  came = [...came.filter(([at]) => at > now - 2000), [now, total]];
  const rate = Math.round((total - came[0][1]) / 2);
  $("total").replaceChildren(h("b", `${count(total)} requests`), ...Object.entries(sums).map(([digit, number]) => h("a", { href: same({ f: `status:${digit}xx` }), title: "Show these alone" }, status(`${digit}xx`), ` ${count(number)}`)));
  $("live").className = live;
  $("live").textContent = paused ? "paused" : live === "live" && rate > 0 ? `live ${count(rate)}/s` : live;
  const first = rows()[0]?.entry;
  $("newest").hidden = !unseen;
  if (unseen && first) $("newest").replaceChildren(status(first.status), `${first.operation || first.path} ${first.consumer_id}`, h("b", `${count(unseen)} new ↑`));
  $("none").replaceChildren(...(list.children[0] ? [] : words[0] ? [h("p", "No request matches the filter."), link(same({ f: "" }), "Show all")] : [h("h2", "No requests yet"), h("p", "They show here as they come. Paste this into a terminal:"), line(curl())]));
}

const know = ({ status: code }) => plus(counts, { [code]: 1 });

function take(events) {
  const entries = [];
  let nodes = [];
  for (const { type, data } of events)
    if (type === "request") {
      know((newest = data));
      entries.push(data);
      if (matches(words, data)) nodes.unshift(row(data));
    } else if (type === "missed") {
      plus(counts, data.by_status);
      const last = nodes[0] ?? held[0] ?? list.firstChild;
      if (last?.missed) gap(data.by_status, last);
      else nodes.unshift(gap(data.by_status));
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
  $("pause").setAttribute("aria-pressed", paused);
  $("pause").textContent = paused ? "Go on" : "Pause";
  put(held.splice(0));
}
export function top() {
  unseen = scroller.scrollTop = 0;
  tell();
}

function mark() {
  const { id, of } = here();
  for (const node of rows()) {
    const open = node.entry.id === id && spaceOf(node.entry) === of;
    node.classList.toggle("open", open);
    node.firstChild.ariaCurrent = open || null;
  }
  if (!openRow()) list.classList.remove("hold");
}

// What the journal has, then what comes. Again when the filter or the choice of spaces has changed.
async function load() {
  const mine = shown;
  stop?.();
  all = here().all;
  words = read(here().filter);
  const { requests, last_sequence: last = requests[0]?.sequence } = await get(`requests?summary=1&limit=100${all ? "&spaces=all" : ""}${asked(words)}`);
  if (mine !== shown) return;
  counts = {};
  held = [];
  requests.forEach(know);
  newest ??= requests[0];
  list.replaceChildren(...requests.filter((entry) => matches(words, entry)).map(row));
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
  const input = $("filter"), choose = () => go(same({ all: !here().all && 1 }));
  $("choices").append(button("All spaces", choose, { id: "all" }), button("Pause", pause, { id: "pause", title: "p" }), sure("Clear", async () => (await drop("requests"), clear(space), say("The journal is empty."))));
  let typing;
  input.oninput = () => (clearTimeout(typing), (typing = setTimeout(() => location.replace(same({ f: input.value })), 200)));
  $("newest").onclick = top;
  setInterval(tell, 1000);
  on("moved", () => {
    const { filter, all: every } = here();
    if (document.activeElement !== input) input.value = filter;
    $("all").setAttribute("aria-pressed", every);
    mark();
    if (shown !== (shown = `${every} ${filter}`)) attempt(load);
  });
}
