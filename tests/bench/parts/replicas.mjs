// What a store costs: answers with one against answers without, what the store itself spends, and what that means for many.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startRedis } from "../../replicas/support/redis.js";
import { byWork, inTurns, load, median, microsOfOne, ratio } from "../load.mjs";
import { check, table } from "../report.mjs";
import { pause, scratch, startMock } from "../servers.mjs";
import { changesAtMost, limitOf, line, storeLoad, sum, turnOf } from "./replica_model.mjs";

// What the store did so far. → { micros of its processor, scripts, bytes in and out, memory }
async function workOf(redis) {
  const info = await redis.ask("info", "everything");
  const number = (name) => Number(info.match(new RegExp(`^${name}:([\\d.]+)`, "m"))?.[1] ?? 0);
  return {
    micros: (number("used_cpu_user") + number("used_cpu_sys")) * 1e6,
    scripts: Number(info.match(/^cmdstat_evalsha:calls=(\d+)/m)?.[1] ?? 0),
    heard: number("total_net_input_bytes"),
    said: number("total_net_output_bytes"),
    memory: number("used_memory"),
  };
}

// An action, and what the store did meanwhile, in `store`, but for what it does when nobody asks: `calm`, microseconds of a second.
let calm = 0;
async function around(redis, action) {
  const [before, began] = [await workOf(redis), performance.now()];
  const result = await action();
  const seconds = (performance.now() - began) / 1e3;
  const after = await workOf(redis);
  const store = Object.fromEntries(Object.keys(before).map((name) => [name, after[name] - before[name]]));
  store.micros -= calm * seconds;
  return { ...result, store, seconds };
}

async function measureCalm() {
  const redis = await startRedis();
  const { store, seconds } = await around(redis, () => pause(2_000).then(() => ({})));
  calm = store.micros / seconds;
  await redis.kill();
}

function ruleFile(rule) {
  const file = join(scratch(), "rules.json");
  writeFileSync(file, JSON.stringify({ rules: [rule] }));
  return file;
}

const counting = { times: 1e12, respond: { pass: true } };
const delayed = { respond: { pass: true, delay: "5ms" } };

async function pair(rule) {
  const files = rule ? [ruleFile(rule)] : [];
  const redis = await startRedis();
  return { redis, alone: await startMock(files), shared: await startMock(["--store", redis.url, ...files]) };
}

const total = (runs, of) => runs.map(of).reduce((a, b) => a + b, 0);
const perRequest = (runs, of) => total(runs, of) / total(runs, ({ requests }) => requests);

// Loads in turns, with and without a store. → { alone: { 1: [run, …], 8: …, 64: … }, shared: … }
async function loads({ redis, alone, shared }, what, { seconds, rounds, tell, kind }) {
  const runs = { alone: {}, shared: {} };
  for (const connections of [1, 8, 64]) {
    const results = await inTurns(rounds, {
      alone: () => load(alone, { connections, seconds, kind }),
      shared: () => around(redis, () => load(shared, { connections, seconds, kind })),
    }, (turn) => tell(`${what}, ${connections} connections, ${turn}`));
    runs.alone[connections] = results.alone;
    runs.shared[connections] = results.shared;
  }
  await Promise.all([alone.stop(), shared.stop()]);
  return runs;
}

const changesEach = 200;

// Replicas that only live, and changes that each of them hears of. → { count, idle: micros of a second, change: micros of one,
// halfOfChanges: how long the median took, in microseconds }
async function crowdOf(count, { tell }) {
  tell(`${count} replicas`);
  const redis = await startRedis();
  const mocks = [];
  for (let i = 0; i < count; i++) mocks.push(await startMock(["--store", redis.url]));
  while ((await mocks[0].ask("GET", "/_mock/health")).store.replicas.length < count) await pause(20);
  const took = [];
  const change = async () => {
    for (let i = 0; i < changesEach; i++) {
      const began = performance.now();
      await mocks[i % count].ask("PUT", "/_mock/seed", { seed: i });
      took.push((performance.now() - began) * 1e3);
    }
    return {};
  };
  const living = await around(redis, () => pause(2_000).then(() => ({})));
  const idle = living.store.micros / living.seconds;
  const changed = await around(redis, change);
  await Promise.all(mocks.map((mock) => mock.stop()));
  await redis.kill();
  return { count, idle, change: (changed.store.micros - idle * changed.seconds) / changesEach, halfOfChanges: median(took) };
}

async function measure(options) {
  await measureCalm();
  const plainPair = await pair();
  const plain = await loads(plainPair, "nothing counts", { ...options, kind: "again" });
  const freshPair = await pair();
  const fresh = await loads(freshPair, "a new consumer each time", options);
  const countedPair = await pair(counting);
  const counted = await loads(countedPair, "a rule counts", { ...options, kind: "again" });
  const slowPair = await pair(delayed);
  const slow = await loads(slowPair, "few at a time", { ...options, rounds: 1, kind: "again" });
  for (const { redis } of [plainPair, freshPair, countedPair, slowPair]) await redis.kill();
  const crowds = [];
  for (const count of [1, 2, 4, 8, 16]) crowds.push(await crowdOf(count, options));
  return { plain, fresh, counted, slow, crowds };
}

function costsOf({ plain, fresh, counted, slow, crowds }) {
  const all = (runs) => Object.values(runs.shared).flat();
  const perScript = [...all(plain), ...all(fresh), ...all(slow)].map(({ requests, store }) => [requests / store.scripts, store.micros / store.scripts]);
  const journal = line(perScript);
  const busy = plain.shared[64];
  const beats = line(crowds.map(({ count, idle }) => [count, idle / count]));
  const changes = line(crowds.map(({ count, change }) => [count, change]));
  const taken = (of) => perRequest(counted.shared[64], of) - perRequest(busy, of);
  return {
    answer: microsOfOne(busy),
    counted: Math.max(0, microsOfOne(counted.shared[64]) - microsOfOne(busy)),
    entry: Math.max(0, journal.b),
    batch: Math.max(0, journal.a),
    batches: median(busy.map(({ requests, rate, store }) => store.scripts / (requests / rate))),
    take: taken(({ store }) => store.micros),
    change: Math.max(0, changes.a),
    acknowledged: Math.max(0, changes.b),
    beat: Math.max(0, beats.a),
    beatOfEach: Math.max(0, beats.b),
    bytes: perRequest(busy, ({ store }) => store.heard),
    takeBytes: taken(({ store }) => store.heard + store.said),
  };
}

const amount = (value) => (value >= 100 ? Math.round(value).toLocaleString("en-US") : value.toPrecision(2));

function modelText(costs, crowds) {
  const counts = [10, 100, 1_000];
  const limits = counts.flatMap((replicas) => [0, 0.1, 1].map((share) => {
    const { rate, all, ends } = limitOf(costs, { replicas, counting: share });
    return [`${amount(replicas)}, ${share * 100} % counted`, amount(rate), amount(all), ends, ends === "the store's processor" ? `${(turnOf(costs, replicas) / 1e6).toFixed(2)} s` : ""];
  }));
  const calm = counts.map((replicas) => {
    const each = storeLoad(costs, { replicas, rate: 100, counting: 0.1, changes: 100 });
    const percent = (micros) => `${(micros / 1e4).toFixed(1)} %`;
    return [amount(replicas), ...Object.values(each).map(percent), percent(sum(each)), amount(Math.max(0, changesAtMost(costs, replicas)))];
  });
  return `The costs, in microseconds of a processor: the store's for a request in a journal ${costs.entry.toFixed(1)}, and for each script that
writes some ${costs.batch.toFixed(0)} (at most ${costs.batches.toFixed(0)} a second by one replica); for a counting rule ${costs.take.toFixed(1)}; for a change ${costs.change.toFixed(0)}, and
${costs.acknowledged.toFixed(0)} for each replica that hears of it; for a replica that only lives ${costs.beat.toFixed(0)} a second, and ${costs.beatOfEach.toFixed(1)} for each other
one. A replica's own: ${costs.answer.toFixed(0)} for an answer, ${costs.counted.toFixed(0)} more where a rule counts. Bytes to the store for a request in a journal: ${costs.bytes.toFixed(0)}.

Replicas under full load, each with one processor, before one store with one thread and a network of 10 Gbit/s. Where the store is busy,
a hundred requests are written by one script:

${table(["replicas", "answers a second of each", "of all", "what ends first", "written after"], limits)}

The store's processor where each replica gives 100 answers a second, a tenth of them counted, and 100 changes a second are made
by all together; and how many changes a second would use it up alone:

${table(["replicas", "journal", "counting", "changes", "heartbeats", "together", "changes at most"], calm)}

How long a change took, the median: ${crowds.map(({ count, halfOfChanges }) => `${(halfOfChanges / 1e3).toFixed(1)} ms with ${count}`).join(", ")}.`;
}

export async function measureReplicas(options) {
  const measured = await measure(options);
  const { plain, fresh, counted, crowds } = measured;
  const costs = costsOf(measured);
  // The calmest round of each: what else the machine does only adds to it.
  const least = (runs, of) => Math.min(...runs.map(of));
  const added = (connections, of) => least(counted.shared[connections], of) - least(plain.shared[connections], of);
  const localAdded = (connections, of) => least(counted.alone[connections], of) - least(plain.alone[connections], of);
  const both = ({ requests, micros, store }) => micros * requests + store.micros;
  return {
    text: modelText(costs, crowds),
    checks: [
      ...[1, 8, 64].map((connections) => check(
        `answers that count nothing with a store, of the same without, ${connections} connection${connections > 1 ? "s" : ""} (by processor time ${byWork(plain.shared[connections], plain.alone[connections]).toFixed(2)})`,
        ratio(plain.shared[connections], plain.alone[connections]), { least: 0.8 })),
      check(`the same where each is of a new consumer, 64 connections (by processor time ${byWork(fresh.shared[64], fresh.alone[64]).toFixed(2)})`,
        ratio(fresh.shared[64], fresh.alone[64])),
      check("by processor time, the store's included, 64 connections",
        microsOfOne(plain.alone[64]) / perRequest(plain.shared[64], both)),
      check("the store's processor time for an answer that counts nothing, 1 connection", perRequest(plain.shared[1], ({ store }) => store.micros), { unit: "µs", digits: 1 }),
      check("the same, 64 connections", perRequest(plain.shared[64], ({ store }) => store.micros), { unit: "µs", digits: 1 }),
      check("and for one that a rule counts, 64 connections", perRequest(counted.shared[64], ({ store }) => store.micros), { unit: "µs", digits: 1 }),
      ...[1, 8, 64].flatMap((connections) => [["median", "half"], ["99th percentile", "most"]].map(([name, of]) => check(
        `what a counting rule adds to the ${name}, ${connections} connection${connections > 1 ? "s" : ""} (without a store ${localAdded(connections, (run) => run[of]).toFixed(0)} µs)`,
        added(connections, (run) => run[of]), { unit: "µs", digits: 0 }))),
      check("answers that a rule counts, of the same without a store, 64 connections", ratio(counted.shared[64], counted.alone[64])),
    ],
  };
}
