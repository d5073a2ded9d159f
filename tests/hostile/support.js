// What is asked after each attack: are others served, and is the program as it was?

import assert from "node:assert/strict";
import { isEpoll, start, until, vitals } from "../support/program.js";
import { askForSession } from "../support/vault.js";

// Others are served while something goes on: each of `times` new clients gets its session, and half of them wait no longer
// than a few hundred times what a client of a program waits to which nothing is done, on this machine and now.
export async function othersAreServed(url, times = 21) {
  elsewhere ??= start(["--log-level", "off"]);
  const calm = (await elsewhere).url;
  const took = { [url]: [], [calm]: [] };
  for (let i = 0; i < times; i++)
    for (const one of [url, calm]) {
      const begin = performance.now();
      assert.equal((await askForSession(one)).status, 200);
      took[one].push(performance.now() - begin);
    }
  const [here, there] = [url, calm].map((one) => took[one].sort((a, b) => a - b)[times >> 1]);
  assert.ok(here < 500 * Math.max(there, 1), `half of the others waited for ${here} ms or longer, elsewhere for ${there} ms`);
}
let elsewhere;

// How to start a program with so many descriptors to spare for its clients: by itself it takes two a processor, and some.
export async function sparing(descriptors, start) {
  const alone = await start();
  const limit = vitals(alone).descriptors + descriptors;
  await alone.kill("SIGTERM");
  return { limit, wrap: (words) => ["sh", "-c", `ulimit -n ${limit} && exec "$@"`, "sh", ...words] };
}

// After an attack whatever keeps something of it can still be looked at: journal, spaces, sessions, rules.
export async function looksFine(url, prefix = "") {
  for (const path of ["/_mock/requests?limit=20", "/_mock/sessions", "/_mock/rules", "/_mock/clock", "/_mock/spaces", "/_mock/health"]) {
    const answer = await fetch(url + prefix + path);
    const text = await answer.text();
    assert.equal(answer.status, 200, `${path}: ${text.slice(0, 300)}`);
    JSON.parse(text);
  }
  const { requests } = await (await fetch(`${url}${prefix}/_mock/requests?limit=1`)).json();
  if (requests.length > 0) assert.equal((await fetch(`${url}${prefix}/_mock/requests/${requests[0].id}`)).status, 200);
}

// What a program built with a sanitizer holds on to is its own business.
export const isSanitized = /\/(asan|tsan)\//.test(process.env.VAULT_MOCK ?? "");

// fetch keeps its connections for some seconds, which count as descriptors of the program.
async function letGoOfFetch() {
  const place = Symbol.for("undici.globalDispatcher.1");
  const kept = globalThis[place];
  if (!kept) return;
  globalThis[place] = new kept.constructor();
  await kept.close();
}

// After the storm: descriptors are those of before, threads too but for a few, and memory has come back.
export async function calmAgain(mock, before, { spareMegabytes = 16 } = {}) {
  await letGoOfFetch();
  let now;
  const isCalm = () => {
    now = vitals(mock);
    const fewThreads = !isEpoll || now.threads <= before.threads + 2; // another transport has a pool of them
    return (now.descriptors <= before.descriptors && fewThreads) || undefined;
  };
  await until(isCalm, "calm", mock).catch((error) => assert.fail(`${error.message}: ${JSON.stringify({ before, now })}`));
  if (isSanitized) return;
  const limit = before.megabytes + spareMegabytes;
  await until(() => vitals(mock).megabytes <= limit || undefined, `memory below ${limit} MB, from ${before.megabytes}`, mock);
}

// Runs `action` for each number below `count`, `atOnce` of them at a time.
export async function each(count, atOnce, action) {
  let next = 0;
  const worker = async () => {
    while (next < count) await action(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
