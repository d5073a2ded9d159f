// The feed of requests, read by fetch, because EventSource sends no token. It ends while nobody looks, and goes on with
// the event after the last one: what happened meanwhile comes, or is counted.

import { ask } from "./api.js";

const shortest = 500, longest = 10_000; // ms between two tries

// `tell([{ type, data }])` for each piece that arrives, `state` with "live" or "waiting".
// → { stop }
export function follow({ all, after, tell, state }) {
  let last = after, wait = shortest, ended = false, reading, timer;

  async function read() {
    clearTimeout(timer);
    if (ended || document.hidden || reading) return;
    const mine = (reading = new AbortController());
    try {
      const response = await ask(`events?per_second=20${all ? "&spaces=all" : ""}`, { signal: mine.signal, headers: last === undefined ? {} : { "last-event-id": String(last) } });
      state("live");
      wait = shortest;
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let rest = ""; ;) {
        const { done, value } = await reader.read();
        if (done) break;
        const blocks = (rest + value).split("\n\n");
        rest = blocks.pop();
        const events = blocks.map(eventOf).filter(Boolean);
        if (events.length && mine === reading) tell(events);
      }
    } catch {
      // Said by `state`; tried again below.
    }
    if (mine !== reading) return;
    reading = undefined;
    if (ended || document.hidden) return;
    state("waiting");
    timer = setTimeout(read, wait);
    wait = Math.min(longest, wait * 2);
  }

  function eventOf(block) {
    const event = { type: "message", data: "" };
    for (const row of block.split("\n")) {
      const colon = row.indexOf(":");
      if (colon <= 0) continue;
      const value = row.slice(colon + 1).replace(/^ /, "");
      if (row.startsWith("id:")) last = value;
      else if (row.startsWith("event:")) event.type = value;
      else if (row.startsWith("data:")) event.data += value;
    }
    return event.data ? { type: event.type, data: JSON.parse(event.data) } : undefined;
  }

  const look = () => {
    if (!document.hidden) return read();
    reading?.abort();
    reading = undefined;
  };
  document.addEventListener("visibilitychange", look);
  read();
  return {
    stop() {
      ended = true;
      clearTimeout(timer);
      reading?.abort();
      document.removeEventListener("visibilitychange", look);
    },
  };
}
