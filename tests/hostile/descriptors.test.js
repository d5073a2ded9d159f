// No descriptor left, and one batch of events that holds both: newcomers who find no room, and idle clients, who are
// let go to make some, just as they speak. Stopping the program for a moment makes such a batch.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { until } from "../support/program.js";
import { dial, startTls } from "../tls/support.js";
import { answers, calmAgain, connect, looksFine, othersAreServed, request, vanish, vitals } from "./support.js";

const limit = 120;
const rounds = 10;
const longEnoughToBeIdle = 600; // milliseconds: then a client may be let go

const transports = { "plain HTTP": (mock) => connect(mock.http), HTTPS: (mock) => dial(mock, { allowHalfOpen: true }) };

for (const [transport, open] of Object.entries(transports))
  test(`idle clients who speak as they are let go are answered or closed, over ${transport}`, async () => {
    const wrap = (words) => ["sh", "-c", `ulimit -n ${limit} && exec "$@"`, "sh", ...words];
    const mock = await startTls(["--log-level", "off"], { wrap });
    await othersAreServed(mock.http, 3);
    const before = vitals(mock);
    let served = 0;

    for (let round = 0; round < rounds; round++) {
      const idle = [];
      await until(
        async () => {
          if (vitals(mock).descriptors >= limit) return true;
          idle.push((await open(mock)).on("error", () => {}));
        },
        "no descriptor left",
        mock,
      );
      await sleep(longEnoughToBeIdle);

      mock.child.kill("SIGSTOP");
      const newcomers = await Promise.all(Array.from({ length: 20 }, () => connect(mock.http)));
      newcomers.forEach((client) => client.write(request()));
      const spoken = idle.map((client) => new Promise((sent) => client.write(request(), sent)));
      await Promise.all(spoken);
      mock.child.kill("SIGCONT");

      for (const client of idle) {
        let closed = false;
        client.ended.then(() => (closed = true));
        await until(() => closed || client.received.startsWith("HTTP/1.1 200 ") || undefined, "an answer or an end", mock);
        served += client.received.startsWith("HTTP/1.1 200 ") ? 1 : 0;
      }
      idle.forEach((client) => client.destroy());
      for (const client of newcomers) assert.deepEqual(await answers(client, 1, mock), [200]);
      newcomers.forEach(vanish);
      await until(() => vitals(mock).descriptors <= before.descriptors || undefined, "room again", mock);
    }
    assert.ok(served > 0, "who speaks is not idle");
    await calmAgain(mock, before);
    await looksFine(mock.http);
    assert.equal((await mock.kill("SIGTERM")).code, 0);
  });
