// The store stands still, is killed, and comes back empty or with what it had.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { until } from "../support/launch.js";
import { startHaproxy } from "./support/balancers.js";
import { client, spaceOf } from "./support/client.js";
import { isOneJournal } from "./support/counting.js";
import { startRedis } from "./support/redis.js";
import { allHealthy, healthOf, startReplica, startReplicas } from "./support/replicas.js";
import { suite } from "./support/suite.js";

const isAway = ({ status, store }) => status === "degraded" && store.status === "away";
const isBack = ({ status, store }) => status === "ok" && store.status === "ok" && store.replicas.length === 3;

const teapot = { when: { consumer_id: "plain" }, respond: { status: 418, body: {} } };
const limited = { when: { consumer_id: "limited" }, times: 100, respond: { error: 402 } };

async function entranceOf(redis, args) {
  const replicas = await startReplicas(redis.url, { args });
  return { replicas, entrance: client((await startHaproxy(replicas)).url) };
}

// Every write: each is refused, in words that name the store. → the answers to those that a journal keeps
async function refusesChanges(entrance, name) {
  const keyed = { authorization: "Bearer k", "x-apideck-app-id": "test-app", "x-apideck-consumer-id": "acme" };
  const kept = [];
  for (const [method, path, body, headers] of [
    ["POST", "/_mock/rules", teapot],
    ["DELETE", "/_mock/rules"],
    ["PATCH", "/_mock/rules/defaults.json%23flaky", { enabled: false }],
    ["PUT", "/_mock/clock", { advance: "1h" }],
    ["PUT", "/_mock/seed", { seed: 7 }],
    ["PUT", "/_mock/oauth", { confirm: true }],
    ["PUT", "/_mock/connections/crm/pipedrive?consumer_id=acme&application_id=test-app", { state: "callable" }],
    ["POST", "/vault/connections/crm/pipedrive", { enabled: true }, keyed],
    ["DELETE", "/_mock/requests"],
    ["POST", "/_mock/reset", {}],
    ["DELETE", ""],
  ]) {
    const answer = await entrance.ask(method, `/@${name}${path}`, { body, headers });
    const { status, text } = answer;
    if (path.startsWith("/vault")) kept.push(answer);
    assert.equal(status, 503, `${method} ${path}: ${text}`);
    assert.match(text, /store/, `${method} ${path}`);
    assert.match(text, /127\.0\.0\.1:\d+/, `${method} ${path} names where it is`);
  }
  return kept;
}

suite("a store that is away", ["redis", "cli", "haproxy"], () => {
  for (const mode of ["local", "refuse"])
    test(`stands still for two seconds, --store-away ${mode}: what counts nothing goes on, no change is pretended, no request is lost`, async (t) => {
      const redis = await startRedis();
      const { replicas, entrance } = await entranceOf(redis, ["--log-level", "info", "--journal-size", "10000", "--store-away", mode]);
      const space = spaceOf(entrance, "still");
      for (const rule of [teapot, limited]) await space.rule(rule);
      const answers = [];
      const ask = async (consumer) => {
        const answer = await space.session(consumer);
        answers.push(answer);
        return answer;
      };
      for (let i = 0; i < 30; i++) assert.equal((await ask("limited")).status, 402);

      redis.freeze();
      const frozen = performance.now();
      for (let i = 0; performance.now() - frozen < 2_000; i++) {
        if (i > 1_000) await sleep(5); // three keep 3,000 requests meanwhile, and no more
        else {
          assert.equal((await ask("plain")).status, 418);
          assert.equal((await ask("anybody")).status, 200);
        }
        if (i === 10) await allHealthy(replicas, "it was noticed", isAway);
      }
      const { store } = await healthOf(replicas[0]);
      assert.match(store.why, new RegExp(`127\\.0\\.0\\.1:${redis.port}`));
      for (let i = 0; i < 6; i++) {
        const { status, headers, text } = await ask("limited");
        assert.deepEqual([status, headers["x-mock-store"]], [mode === "local" ? 402 : 503, "away"]);
        if (mode === "refuse") assert.match(text, /store/);
      }
      answers.push(...(await refusesChanges(entrance, "still")));

      redis.thaw();
      await allHealthy(replicas, "it was back", isBack);
      assert.equal((await ask("anybody")).headers["x-mock-store"], undefined);
      const { pass, conclusive, message } = await space.verify(answers.length);
      assert.ok(pass && conclusive, message);
      await isOneJournal(space, answers);
      t.diagnostic(`${answers.length} requests, all in the journal`);
      const { added } = await space.get("/rules");
      assert.equal(added.length, 2, "nothing was changed");
      for (const replica of replicas)
        await until(() => /the store is away[^]*the store is back/.test(replica.stdout) || undefined, "the log told of both", replica);
      await space.rule({ when: {}, respond: { error: 503 } });
      assert.equal((await space.session("anybody")).status, 503, "changes are made again");
    });

  test("is killed and starts empty: that is noticed, and all is gone everywhere alike", async () => {
    const redis = await startRedis();
    const { replicas, entrance } = await entranceOf(redis, ["--log-level", "info"]);
    const space = spaceOf(entrance, "emptied");
    for (const rule of [teapot, limited]) await space.rule(rule);
    for (let i = 0; i < 6; i++) assert.equal((await space.session("plain")).status, 418);

    await redis.kill();
    await allHealthy(replicas, "it was noticed", isAway);
    for (let i = 0; i < 6; i++) assert.equal((await space.session("plain")).status, 418);
    await redis.startAgain();
    await allHealthy(replicas, "it was back, and known to have been emptied", (health) => isBack(health) && health.store.emptied !== undefined);

    for (const replica of replicas) {
      const there = spaceOf(client(replica.url), "emptied");
      assert.deepEqual((await there.get("/rules")).added, [], replica.url);
      assert.equal((await there.session("plain")).status, 200, replica.url);
      await until(() => /emptied/.test(replica.stdout) || undefined, "the log told of it", replica);
    }
    await space.rule({ ...limited, times: 2 });
    const statuses = [];
    for (let i = 0; i < 6; i++) statuses.push((await space.session("limited")).status);
    assert.deepEqual(statuses, [402, 402, 200, 200, 200, 200], "it counts from the start");
  });

  test("is killed and starts with what it had: all is there", async () => {
    const redis = await startRedis({ keeps: true });
    const { replicas, entrance } = await entranceOf(redis, ["--log-level", "info"]);
    const space = spaceOf(entrance, "kept");
    for (const rule of [teapot, { ...limited, times: 4 }]) await space.rule(rule);
    await space.put("/clock", { freeze: "2027-01-01T00:00:00Z" });
    const answers = [];
    for (const consumer of ["plain", "limited", "limited", "limited"]) answers.push(await space.session(consumer));
    assert.ok((await space.verify(4)).pass);

    await redis.kill();
    await allHealthy(replicas, "it was noticed", isAway);
    for (let i = 0; i < 3; i++) answers.push(await space.session("plain"));
    await redis.startAgain();
    await allHealthy(replicas, "it was back", (health) => isBack(health) && health.store.emptied === undefined);

    for (let i = 0; i < 3; i++) answers.push(await space.session("limited"));
    assert.deepEqual(answers.map(({ status }) => status), [418, 402, 402, 402, 418, 418, 418, 402, 200, 200]);
    assert.equal((await space.get("/clock")).now, "2027-01-01T00:00:00.000Z");
    assert.equal((await space.get("/rules")).added.length, 2);
    await isOneJournal(space, answers);
  });

  test("is not there at the start: replicas serve what needs none, and join when it comes", async () => {
    const redis = await startRedis();
    await redis.kill();
    const replicas = [await startReplica(redis.url), await startReplica(redis.url), await startReplica(redis.url)];
    await allHealthy(replicas, "it was noticed", isAway);
    const space = spaceOf(client(replicas[0].url), "early");
    assert.equal((await space.session("error-402")).status, 402);
    await redis.startAgain();
    await allHealthy(replicas, "all were there", isBack);
    await space.rule(teapot);
    assert.equal((await spaceOf(client(replicas[2].url), "early").session("plain")).status, 418);
  });
});
