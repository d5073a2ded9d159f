// A reader of /_mock/events, which keeps what it was told.

import { until } from "../support/program.js";

// → { events: [{ name, id, data }], until(what, is), stop() }. `is` is asked after each piece.
export async function readFeed(url, { headers = {} } = {}) {
  const stop = new AbortController();
  const answer = await fetch(url, { signal: stop.signal, headers });
  const feed = { status: answer.status, headers: answer.headers, events: [], comments: [] };
  let rest = "";
  const reading = (async () => {
    for await (const piece of answer.body.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + piece).split("\n\n");
      rest = blocks.pop();
      for (const block of blocks) {
        const fields = Object.fromEntries(block.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]));
        if (fields.event) feed.events.push({ name: fields.event, id: fields.id && Number(fields.id), data: JSON.parse(fields.data) });
        else feed.comments.push(block);
      }
    }
  })().catch(() => {});
  feed.until = (what, is) => until(async () => is(feed) || undefined, what);
  feed.of = (name) => feed.events.filter((event) => event.name === name);
  feed.stop = async () => {
    stop.abort();
    await reading;
  };
  // How many requests it was told of, shown or missed.
  feed.count = () => feed.of("request").length + feed.of("missed").reduce((sum, { data }) => sum + data.count, 0);
  feed.byStatus = () => {
    const counts = {};
    for (const { data } of feed.of("request")) counts[data.status] = (counts[data.status] ?? 0) + 1;
    for (const { data } of feed.of("missed")) for (const [status, count] of Object.entries(data.by_status)) counts[status] = (counts[status] ?? 0) + count;
    return counts;
  };
  // Each id is behind the one before, and all numbers between are told of.
  feed.gaps = (after = 0) => {
    const gaps = [];
    let last = after;
    for (const { name, id, data } of feed.events) {
      if (name !== "request" && name !== "missed") continue;
      if (id - last !== (name === "request" ? 1 : data.count)) gaps.push(`${name} ${id} behind ${last}`);
      last = id;
    }
    return gaps;
  };
  return feed;
}
