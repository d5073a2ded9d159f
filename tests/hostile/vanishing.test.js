// Clients that leave while their answer is due much later: their descriptors are free within seconds. Those who have only
// said all they had to say (a half-close) get an answer that is due soon, and are let go when it is not.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { onlyEpoll, temporaryFolder, until, vitals } from "../support/program.js";
import { answers, connect, dial, request, statuses, vanish, endOf } from "../support/socket.js";
import { startTls } from "../support/tls.js";
import { calmAgain, each, looksFine, othersAreServed } from "./support.js";

const transports = { "plain HTTP": (mock) => connect(mock.http), HTTPS: (mock) => dial(mock, { allowHalfOpen: true }) };

// What a client waits for, by the header that asks for it.
const late = {
  "a delay": { pass: true, delay: "1h" },
  "a drip": { fault: { kind: "drip", chunk: 1, gap: "1m" } },
  "a hang": { fault: "hang" },
  "a fault after a delay": { fault: "reset", delay: "1h" },
};
const rules = join(temporaryFolder(), "late.json");
const rule = (name, respond) => ({ when: { headers: { "x-late": name } }, respond });
writeFileSync(rules, JSON.stringify({ rules: [...Object.entries(late).map(([name, respond]) => rule(name, respond)), rule("soon", { pass: true, delay: "500ms" })] }));

const start = () => startTls(["--log-level", "off", "--journal-size", "1000", rules]);
const waiting = (name) => request("{}", `x-late: ${name}\r\n`);

async function haveAsked(mock, count) {
  const asked = async () => {
    const body = JSON.stringify({ when: { headers: { "x-late": { exists: true } } }, times: count });
    const answer = await fetch(`${mock.http}/_mock/verify`, { method: "POST", headers: { "content-type": "application/json" }, body });
    return (await answer.json()).pass || undefined;
  };
  await until(asked, `${count} requests`, mock);
}

for (const [transport, open] of Object.entries(transports))
  describe(`over ${transport}`, () => {
    test("800 clients that close or reset in an hour's wait leave nothing behind", onlyEpoll("hundreds of clients that wait"), async () => {
      const mock = await start();
      await othersAreServed(mock.http);
      const before = vitals(mock);
      const clients = [];
      const names = Object.keys(late);
      await each(800, 25, async (i) => {
        const client = await open(mock);
        client.on("error", () => {});
        client.write(waiting(names[i % names.length]));
        clients.push(client);
      });
      await haveAsked(mock, 800);
      assert.ok(vitals(mock).descriptors >= before.descriptors + 700, "they wait");
      const leave = [(client) => client.destroy(), (client) => (client.encrypted ? client.destroySoon() : vanish(client))];
      clients.forEach((client, i) => leave[(i >> 2) % 2](client));
      await calmAgain(mock, before, { spareMegabytes: 32 });
      await othersAreServed(mock.http, 5);
      await looksFine(mock.http);
      assert.equal((await mock.kill("SIGTERM")).code, 0);
    });

    test("a client that only finished sending gets the answer that is due soon", async () => {
      const mock = await start();
      const client = await open(mock);
      client.end(waiting("soon") + waiting("soon") + waiting("soon"));
      assert.deepEqual(await answers(client, 3, mock), [200, 200, 200]);
      await endOf(client);
      client.destroy();
      assert.equal((await mock.kill("SIGTERM")).code, 0);
    });

    test("a client that finished sending is let go when its answer is not due soon", async () => {
      const mock = await start();
      for (const name of Object.keys(late)) {
        const client = await open(mock);
        client.end(waiting(name));
        await endOf(client);
        assert.ok(statuses(client.received).length <= (name === "a drip" ? 1 : 0), name);
        client.destroy();
      }
      await othersAreServed(mock.http, 5);
      assert.equal((await mock.kill("SIGTERM")).code, 0);
    });

    test("a stop answers those who wait, half-closed ones too", async () => {
      const mock = await start();
      const whole = await open(mock);
      whole.write(waiting("a delay"));
      const half = await open(mock);
      half.end(waiting("a delay"));
      await haveAsked(mock, 2);
      const stopped = mock.kill("SIGTERM");
      for (const client of [whole, half]) {
        await endOf(client);
        assert.deepEqual(statuses(client.received), [200]);
        client.destroy();
      }
      assert.equal((await stopped).code, 0);
    });
  });
