// The feed, read by fetch, as EventSource sends no token. It ends while nobody looks, and goes on after the last event.

import { ask } from "./api.js";

// `tell([{ type, data }])` for each piece that comes; `state("live" | "waiting")`. → stop()
export function follow(all, last, tell, state) {
  let wait = 500, reading, timer;

  const eventOf = (block) => {
    const { id, event, data } = Object.fromEntries([...block.matchAll(/^(\w+): ?(.*)$/gm)].map(([, key, value]) => [key, value]));
    last = id ?? last;
    return data && { type: event, data: JSON.parse(data) };
  };

  async function read() {
    clearTimeout(timer);
    if (document.hidden || reading) return;
    const { signal } = (reading = new AbortController());
    try {
      const response = await ask(`events?per_second=20${all ? "&spaces=all" : ""}`, { signal, headers: last === undefined ? {} : { "last-event-id": last } });
      state("live");
      wait = 500;
      let rest = "";
      for await (const piece of pieces(response.body.pipeThrough(new TextDecoderStream()).getReader())) {
        const blocks = (rest + piece).split("\n\n");
        rest = blocks.pop();
        if (!signal.aborted) tell(blocks.map(eventOf).filter(Boolean));
      }
    } catch {} // it is tried again
    if (signal.aborted) return;
    reading = undefined;
    state("waiting");
    timer = setTimeout(read, (wait = Math.min(10_000, wait * 2)));
  }
  const leave = () => {
    clearTimeout(timer);
    reading?.abort();
    reading = undefined;
  };
  const look = () => (document.hidden ? leave() : read());
  document.addEventListener("visibilitychange", look);
  read();
  return () => (document.removeEventListener("visibilitychange", look), leave());
}

async function* pieces(reader) {
  for (let next; !(next = await reader.read()).done;) yield next.value;
}
