// The feed, read by fetch, as EventSource sends no token. It ends while nobody looks, and goes on after the last event.

import { ask } from "./api.js";

// `tell([{ type, data }])` for each piece that comes; `state("live" | "waiting")`. → stop()
export function follow(all, last, tell, state) {
  let wait = 500, reading, timer, ended;

  function eventOf(block) {
    const event = {};
    for (const [, key, value] of block.matchAll(/^(\w+): ?(.*)$/gm)) event[key] = value;
    last = event.id ?? last;
    return event.data && { type: event.event, data: JSON.parse(event.data) };
  }

  async function read() {
    clearTimeout(timer);
    if (ended || document.hidden || reading) return;
    const mine = (reading = new AbortController());
    try {
      const response = await ask(`events?per_second=20${all ? "&spaces=all" : ""}`, { signal: mine.signal, headers: last === undefined ? {} : { "last-event-id": last } });
      state("live");
      wait = 500;
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let rest = ""; ;) {
        const { done, value } = await reader.read();
        if (done) break;
        const blocks = (rest + value).split("\n\n");
        rest = blocks.pop();
        const events = blocks.map(eventOf).filter(Boolean);
        if (events.length && mine === reading) tell(events);
      }
    } catch {} // it is tried again
    if (mine !== reading) return;
    reading = undefined;
    if (ended || document.hidden) return;
    state("waiting");
    timer = setTimeout(read, wait);
    wait = Math.min(10_000, wait * 2);
  }

  function leave() {
    const mine = reading;
    reading = undefined;
    mine?.abort();
  }
  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : read()));
  read();
  return () => ((ended = true), clearTimeout(timer), leave());
}
