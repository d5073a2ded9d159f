// The requests as they come, newest first.

import { ask, curl, drop, get, go, here, opened, same, space } from "./api.js";
import { $, attempt, button, count, emit, fill, h, line, link, many, map, on, p, say, status, sure } from "./dom.js";
import { stands } from "./bar.js";
import { keys, matches, query, read } from "./filter.js";

const most = 150, near = 40; // rows on the page; of them above an opened one
const list = $("rows"), scroller = $("scroller");
let words = [], listed, from = 0, told, begun, paused, held = [], unseen = 0, stop, turn = 0, shown, live, counts = {};
export let newest; // no probe, no preflight
const isCall = ({ kind, path }) => kind !== "preflight" && (kind !== "routing" || path.startsWith("/vault/"));
const letters = { advice: "S", routing: "N", preflight: "B" }; // of what decided, where the first is taken

const spaceOf = ({ space: of = space }) => of;
const rows = () => [...list.children].filter(({ entry }) => entry);
const openRow = () => list.querySelector("[aria-current]")?.parentNode;

function row(entry) {
  const { at, method, consumer_id: who, kind, decided_by, us } = entry, node = h("li", h("a.row", { href: opened(entry) }, h("time", { title: at }, stands(at) ? `# ${entry.sequence}` : at.slice(11, 23)), status(entry.status), h("span.what", h("b", method), ` ${entry.operation || entry.path}`), h("span.who", who || "–", here().all && ` @${entry.space}`),
    h(`abbr.by.${kind}`, { title: `${kind}: ${decided_by}` }, letters[kind] ?? kind[0].toUpperCase()), h("span.took", us < 1e5 ? `${count(us)} µs` : `${(us / 1e6).toFixed(1)} s`)));
  node.entry = entry;
  return node;
}

const plus = (sums, more) => map(more, (code, number) => (sums[code] = (sums[code] ?? 0) + number));
const sum = (sums) => Object.values(sums).reduce((a, b) => a + b, 0);

function gap(number, node) {
  if (!node?.missed) node = Object.assign(h("li.gap"), { missed: 0 });
  return fill(node, `${count((node.missed += number))} more`);
}

// The oldest go, but not what is about the opened one.
function trim(open) {
  while (list.children.length > most) {
    const far = [...list.children].indexOf(open) - near;
    let old = far < most - 2 * near ? list.lastChild : list.children[far];
    if (old.missed && old.nextSibling) old = old.previousSibling;
    const next = old.nextSibling;
    if (next) old.after(gap(old.missed ?? 1, next));
    old.remove();
  }
}

// Moves nothing that is looked at.
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
  const sums = {};
  map(counts, (code, number) => plus(sums, { [code[0]]: number }));
  fill($("total"), h("b", many(sum(counts), "request")), map(sums, (digit, number) => h("a", { href: same({ f: `status:${digit}xx` }) }, status(`${digit}xx`), ` ${count(number)}`)));
  fill($("live"), paused ? "paused" : live).className = live;
  $("newest").hidden = !unseen;
  fill($("newest"), `${count(unseen)} new ↑`);
  fill($("none"), !list.firstChild && (words[0] ? [p("No request matches the filter."), words.some(({ name, value }) => name === "text" && /^\w+:/.test(value)) && p(`The keys are ${keys.join(", ")}.`), link(same({ f: "" }), "Show all")] : [h("h2", "No requests yet"), p("Paste this into a terminal:"), line(curl())]));
}

function take(events, first) {
  const entries = [], nodes = [];
  for (const { type, data, sequence } of events) {
    told = sequence || told;
    if (type === "request") {
      plus(counts, { [data.status]: 1 });
      entries.push(data);
      if (isCall(data)) newest = data;
      if (matches(words, data) && data.sequence > listed) nodes.unshift(row(data));
    } else if (type === "missed") {
      plus(counts, data.by_status);
      const number = listed || begun ? Math.min(sum(data.by_status), sequence - listed) : 0, last = nodes[0] ?? held[0] ?? list.firstChild, node = number > 0 ? gap(number, last) : last;
      if (node !== last) nodes.unshift(node);
    } else if (type === "reset") {
      newest = undefined;
      from = first ? 0 : told; // first: of another run
      return attempt(load);
    } else if (spaceOf(data) === space) emit("changed", data);
  }
  begun = true;
  if (paused) held = [...nodes, ...held].slice(0, most);
  put(paused ? [] : nodes);
  if (entries[0]) emit("arrived", entries);
}

export function pause() {
  paused = !paused;
  fill($("pause"), paused ? "Go on" : "Pause").ariaPressed = paused;
  put(held.splice(0));
}
function top() {
  unseen = scroller.scrollTop = 0;
  tell();
}

function mark() {
  const { id, of } = here(), before = openRow();
  for (const { entry, firstChild } of rows()) firstChild.ariaCurrent = (entry.id === id && spaceOf(entry) === of) || null;
  if (openRow()) return;
  list.classList.remove("hold");
  if (!id) before?.firstChild.focus({ preventScroll: true });
}

async function load() {
  const mine = ++turn, { all, filter } = here();
  stop?.();
  words = read(filter);
  const path = `requests?summary=1${all ? "&spaces=all" : ""}&limit=`, { requests: [last] } = await get(`${path}1`), { requests } = await get(`${path}100&${query(words)}`);
  if (mine !== turn) return;
  counts = {};
  held = [];
  begun = false;
  listed = Math.max(0, ...[last, requests[0]].map((one) => one?.sequence ?? 0));
  newest ??= requests.find(isCall);
  fill(list, requests.filter((entry) => matches(words, entry)).map(row));
  mark();
  top();
  emit("loaded");
  stop = follow(all, take, (state) => ((live = state), tell()));
}

// By fetch, as EventSource sends no token. It ends while nobody looks. → stop()
function follow(all, tell, state) {
  let last = from, reading, timer;

  const eventOf = (block) => {
    const { id, event: type, data } = Object.fromEntries([...block.matchAll(/^(\w+): ?(.*)$/gm)].map(([, ...pair]) => pair));
    last = id ?? last;
    return data && { type, data: JSON.parse(data), sequence: +id?.split("-").pop() };
  };
  const leave = () => {
    clearTimeout(timer);
    reading?.abort();
  };
  async function read() {
    leave();
    if (document.hidden) return;
    const { signal } = (reading = new AbortController());
    try {
      const { body } = await ask(`events?per_second=10${all ? "&spaces=all" : ""}&after=${last}`, { signal });
      const reader = body.pipeThrough(new TextDecoderStream()).getReader();
      state("live");
      for (let rest = "", first = true, next; !(next = await reader.read()).done; first = false) {
        const blocks = (rest + next.value).split("\n\n");
        rest = blocks.pop();
        if (!signal.aborted) tell(blocks.map(eventOf).filter(Boolean), first);
      }
    } catch {}
    if (signal.aborted) return;
    state("waiting");
    timer = setTimeout(read, 1000);
  }
  document.addEventListener("visibilitychange", read);
  read();
  return () => (document.removeEventListener("visibilitychange", read), leave());
}

// By 0 to the newest.
export function step(by) {
  if (!by) top();
  const nodes = rows(), node = by && openRow() ? nodes[nodes.indexOf(openRow()) + by] : nodes[0];
  if (!node) return;
  go(opened(node.entry));
  node.firstChild.focus({ preventScroll: true });
  node.scrollIntoView({ block: "nearest" });
}

export function start() {
  const input = $("filter"), write = () => location.replace(same({ f: input.value }));
  fill($("choices"), button("All spaces", () => go(same({ all: !here().all && 1 }), (from = 0)), { id: "all" }), button("Pause", pause, { id: "pause", title: "p" }), sure("Clear", async () => (await drop("requests"), say("The journal is empty."))));
  let typing;
  input.oninput = () => (clearTimeout(typing), (typing = setTimeout(write, 200)));
  $("newest").onclick = top;
  on("moved", () => {
    const { filter, all } = here();
    if (document.activeElement !== input) input.value = filter;
    $("all").ariaPressed = all;
    mark();
    if (shown !== (shown = `${all} ${filter}`)) attempt(load);
  });
}
