// What comes: read by fetch, as EventSource sends no token; and what of it the filter lets through.

import { ask } from "./api.js";

// `tell([{ type, data }])` for each piece; `state("live" | "waiting")`. → stop()
// It ends while nobody looks, and goes on after the last event.
export function follow(all, last, tell, state) {
  let wait = 500, reading, timer;

  const eventOf = (block) => {
    const { id, event: type, data } = Object.fromEntries([...block.matchAll(/^(\w+): ?(.*)$/gm)].map(([, key, value]) => [key, value]));
    last = id ?? last;
    return data && { type, data: JSON.parse(data) };
  };
  const leave = () => {
    clearTimeout(timer);
    reading?.abort();
    reading = undefined;
  };
  async function read() {
    leave();
    if (document.hidden) return;
    const { signal } = (reading = new AbortController());
    try {
      const { body } = await ask(`events?per_second=10${all ? "&spaces=all" : ""}`, { signal, headers: last === undefined ? {} : { "last-event-id": last } });
      const reader = body.pipeThrough(new TextDecoderStream()).getReader();
      state("live");
      wait = 500;
      for (let rest = "", next; !(next = await reader.read()).done;) {
        const blocks = (rest + next.value).split("\n\n");
        rest = blocks.pop();
        if (!signal.aborted) tell(blocks.map(eventOf).filter(Boolean));
      }
    } catch {} // it is tried again
    if (signal.aborted) return;
    state("waiting");
    timer = setTimeout(read, (wait = Math.min(10_000, wait * 2)));
  }
  document.addEventListener("visibilitychange", read);
  read();
  return () => (document.removeEventListener("visibilitychange", read), leave());
}

// status:4xx consumer:acme rule:"free tier" -method:GET any other text; a minus turns a word round.
const parts = { status: "status", consumer: "consumer_id", operation: "operation", rule: "rule", path: "path", method: "method", by: "kind", space: "space" };
const texts = ["path", "consumer_id", "operation", "rule", "id"]; // where a word without a key may be

// → [{ part, value, not }]
export const read = (text) => [...text.matchAll(/(-?)(?:(\w+):)?("[^"]*"?|\S+)/g)].map(([all, not, name, value]) => {
  const part = name && parts[Object.keys(parts).find((key) => name.startsWith(key))];
  return { part, value: (name && !part ? all : value).replaceAll('"', "").toLowerCase(), not };
});

const is = (entry, part, value) => part === "status" ? [...value].every((digit, i) => digit === "x" || digit === `${entry.status}`[i])
  : (part ? [part] : texts).some((one) => `${entry[one] ?? ""}`.toLowerCase().includes(value));
export const matches = (words, entry) => words.every(({ part, value, not }) => is(entry, part, value) === !not);

// What the mock itself looks for, so that older requests are found: never less than what matches.
export function asked(words) {
  const one = words.find(({ part, value, not }) => !not && value && (part === "status" ? /^\d(xx|\d\d)$/.test(value) : !part || texts.includes(part)));
  return one ? `&${one.part === "status" ? "status" : "text"}=${encodeURIComponent(one.value)}` : "";
}
