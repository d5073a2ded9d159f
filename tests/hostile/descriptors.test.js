// No descriptor left, and one batch of events that holds both: newcomers who find no room, and idle clients, who are
// let go to make some, just as they speak. Stopping the program for a moment makes such a batch.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { onlyEpoll, until, vitals } from "../support/program.js";
import { answers, connect, dial, request, vanish } from "../support/socket.js";
import { startTls } from "../support/tls.js";
import { calmAgain, looksFine, othersAreServed, sparing } from "./support.js";

const spare = 100; // descriptors for clients
const rounds = 5;
const longEnoughToBeIdle = 600; // milliseconds: then a client may be let go

const quiet = ["--log-level", "off"];
const isServed = (client) => client.received.startsWith("HTTP/1.1 200 ");

const transports = {
  "plain HTTP": { port: "http", clientOn: async (socket) => socket },
  HTTPS: { port: "https", clientOn: async (socket, mock) => (await dial(mock, { socket })).on("error", () => {}) },
};

// Connections that say nothing, until the program has no descriptor left. It may let go those who waited for a while
// as soon as it has none: then others come in their place.
async function takeAllDescriptors(mock, port, limit) {
  const held = new Set();
  while (vitals(mock).descriptors < limit) {
    const wanted = limit - vitals(mock).descriptors;
    for (const socket of await Promise.all(Array.from({ length: wanted }, () => connect(mock[port])))) {
      held.add(socket);
      socket.ended.then(() => held.delete(socket));
    }
    const most = held.size;
    await until(() => vitals(mock).descriptors >= limit || held.size < most || undefined, "no descriptor left", mock);
  }
  return [...held];
}

// A signal takes a moment to reach every thread.
async function stopForAMoment(mock) {
  mock.child.kill("SIGSTOP");
  const tasks = `/proc/${mock.pid}/task`;
  const isStopped = (task) => /\) T /.test(readFileSync(`${tasks}/${task}/stat`, "utf8"));
  await until(() => readdirSync(tasks).every(isStopped) || undefined, "every thread stopped", mock);
}

const write = (client, text) => new Promise((written) => client.write(text, written));

for (const [transport, { port, clientOn }] of Object.entries(transports))
  test(`idle clients who speak as they are let go are answered or closed, over ${transport}`, onlyEpoll("counts of descriptors"), async () => {
    const { limit, wrap } = await sparing(spare, () => startTls(quiet));
    const mock = await startTls(quiet, { wrap });
    const seen = { limit, round: 0, before: vitals(mock) };
    let spoke = 0;
    let served = 0;
    try {
      for (; seen.round < rounds; seen.round++) {
        seen.at = "filling";
        const held = await takeAllDescriptors(mock, port, limit);
        const idle = await Promise.all(held.map((socket) => clientOn(socket, mock)));
        await sleep(longEnoughToBeIdle);

        seen.at = "stopped";
        await stopForAMoment(mock);
        const open = idle.filter((client) => !client.readableEnded && !client.destroyed);
        const newcomers = await Promise.all(Array.from({ length: 20 }, () => connect(mock.http)));
        await Promise.all([...newcomers, ...open].map((client) => write(client, request())));
        mock.child.kill("SIGCONT");

        seen.at = "the idle ones";
        for (const client of open) {
          let closed = false;
          client.ended.then(() => (closed = true));
          await until(() => closed || isServed(client) || undefined, "an answer or an end", mock);
        }
        spoke += open.length;
        served += open.filter(isServed).length;
        idle.forEach((client) => client.destroy());

        seen.at = "the newcomers";
        for (const client of newcomers) assert.deepEqual(await answers(client, 1, mock), [200]);
        newcomers.forEach(vanish);
        await until(() => vitals(mock).descriptors <= seen.before.descriptors || undefined, "room again", mock);
        // From here on all its threads are there, and their memory: it may say that it is ready before.
        if (seen.round === 0) seen.before = { ...vitals(mock), descriptors: seen.before.descriptors };
      }
      seen.at = "the end";
      assert.ok(served > spoke / 2, "who speaks is not idle");
      await calmAgain(mock, seen.before);
      await othersAreServed(mock.http, 3);
      await looksFine(mock.http);
      assert.equal((await mock.kill("SIGTERM")).code, 0);
    } catch (error) {
      let now = "ended";
      try {
        now = vitals(mock);
      } catch {}
      error.message += `\n${JSON.stringify({ ...seen, now, spoke, served })}\n${mock.stdout}${mock.stderr}`;
      throw error;
    }
  });
