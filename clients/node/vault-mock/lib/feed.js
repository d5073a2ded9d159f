"use strict";
// The requests of a space as they come: server-sent events, from where they broke off where a connection breaks.

const { setTimeout: pause } = require("node:timers/promises");
const { VaultMockError } = require("./error.js");
const { call, objectIn, open, query, refusal, textOf } = require("./http.js");

const attempts = 5;

// The events of one connection: { id, event, data }
async function* eventsOf(answer) {
  let text = "";
  for await (const piece of answer.setEncoding("utf8")) {
    text += piece;
    for (let end; (end = text.indexOf("\n\n")) >= 0; text = text.slice(end + 2)) {
      const lines = text.slice(0, end).split("\n");
      yield Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]));
    }
  }
}

// One connection, from behind what was seen. One that breaks off only ends.
async function* follow(url, seen, options) {
  const headers = { accept: "text/event-stream", ...(seen.id && { "last-event-id": seen.id }) };
  let answer;
  try {
    answer = await open(url, { ...options, headers });
  } catch (error) {
    if (options.signal.aborted || ++seen.failures < attempts) return;
    throw error;
  }
  if (answer.statusCode !== 200) throw refusal(answer.statusCode, await textOf(answer, url), url);
  seen.failures = 0;
  try {
    for await (const event of eventsOf(answer)) {
      if (/^\d+$/.test(event.id)) seen.id = event.id;
      yield event;
    }
  } catch {
    // the mock went, or its reader
  }
}

// From where it is called, not from the first next(): what comes between the two is shown.
function live(space, options = {}) {
  const after = options.after ?? latestOf(space);
  if (options.after === undefined) after.catch(() => {}); // told by next()
  return requestsBehind(space, after, options);
}

// The sequence of the newest request; 0: there is none.
async function latestOf({ url, token }) {
  const { requests } = await call(`${url}/_mock/requests?limit=1`, { token, needs: { requests: "array" } });
  return requests[0]?.sequence ?? 0;
}

async function* requestsBehind(space, begin, { perSecond, onMissed, signal }) {
  const after = await begin;
  const url = `${space.url}/_mock/events${query({ after, per_second: perSecond })}`;
  const end = new AbortController();
  for (const one of [signal, space.stopped].filter(Boolean)) {
    if (one.aborted) return;
    one.addEventListener("abort", () => end.abort(), { once: true, signal: end.signal });
  }
  const seen = { id: undefined, failures: 0 };
  try {
    while (!end.signal.aborted) {
      for await (const { event, data } of follow(url, seen, { token: space.token, signal: end.signal })) {
        if (event === "request") yield objectIn(data ?? "", { sequence: "number" }, `An event of ${url}`);
        if (event === "missed") tellOfMissed(objectIn(data ?? "", { count: "number" }, `An event of ${url}`), onMissed);
      }
      if (!end.signal.aborted) await pause(100);
    }
    if (!signal?.aborted && space.stopped.reason instanceof VaultMockError) throw space.stopped.reason;
  } finally {
    end.abort();
  }
}

function tellOfMissed(missed, onMissed) {
  if (!onMissed)
    throw new VaultMockError(`live() missed ${missed.count} requests, more than it may show: pass perSecond (100, up to 1000) or onMissed.`);
  onMissed(missed);
}

module.exports = { live };
