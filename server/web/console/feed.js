// What comes: read by fetch, as EventSource sends no token.

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
