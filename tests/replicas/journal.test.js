// What requests leave is the same whichever replica is asked: journal, feed, sessions, spaces; and in the store for a day.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { readFeed } from "../spaces/feed.js";
import { startHaproxy } from "./support/balancers.js";
import { client, spaceOf } from "./support/client.js";
import { startRedis } from "./support/redis.js";
import { startReplicas } from "./support/replicas.js";
import { each, suite } from "./support/suite.js";

suite("what requests leave", ["redis", "cli", "haproxy"], () => {
  let redis, replicas, entrance;
  before(async () => {
    redis = await startRedis();
    replicas = await startReplicas(redis.url, { args: ["--log-level", "warn", "--journal-size", "300"] });
    entrance = client((await startHaproxy(replicas)).url);
  });
  const atEach = (name) => replicas.map((replica) => spaceOf(client(replica.url), name));
  // Links begin with the address that was asked.
  const whoeverWasAsked = (answer) => JSON.parse(JSON.stringify(answer).replace(/127\.0\.0\.1:\d+/g, "…"));
  const ask = (name, count) => each(count, 8, async (i) => assert.equal((await spaceOf(entrance, name).session(`c-${i}`)).status, 200));

  test("all replicas list the same requests in the same order, and drop the same", async () => {
    await ask("alike", 400);
    const lists = [];
    for (const space of atEach("alike")) {
      lists.push((await space.get("/requests?summary=1&limit=1000")).requests.map(({ sequence, id }) => `${sequence} ${id}`));
      const { pass, conclusive, count, dropped } = await space.verify(400);
      assert.deepEqual([pass, conclusive, count, dropped], [false, false, 300, 100]);
    }
    assert.equal(lists[0].length, 300);
    assert.deepEqual([lists[1], lists[2]], [lists[0], lists[0]]);
  });

  test("a request can be looked at in full, and explained, at a replica that did not answer it", async () => {
    const asked = spaceOf(entrance, "explained");
    await asked.rule({ name: "over", when: { consumer_id: "acme" }, respond: { error: 402 } });
    await asked.rule({ name: "other", when: { consumer_id: "globex" }, respond: { error: 503 } });
    const answer = await asked.session("acme", { body: { theme: { vault_name: "x" } } });
    const entries = [];
    for (const space of atEach("explained")) {
      const [{ id }] = (await space.get("/requests")).requests;
      entries.push(await space.get(`/requests/${id}`));
    }
    assert.equal(entries[0].id, answer.headers["x-apideck-request-id"]);
    assert.match(entries[0].sentence, /over/);
    assert.deepEqual(entries[0].trace.rules.map(({ result }) => result).length, 2);
    assert.deepEqual([entries[1], entries[2]], [entries[0], entries[0]]);
  });

  test("the feed of each replica has the requests to all of them, each once", async () => {
    const feeds = await Promise.all(replicas.map(({ url }) => readFeed(`${url}/@fed/_mock/events?after=0&per_second=1000`)));
    for (const { status } of feeds) assert.equal(status, 200);
    await ask("fed", 200);
    for (const feed of feeds) {
      await feed.until("all 200", () => feed.count() >= 200);
      assert.deepEqual([feed.count(), feed.byStatus(), feed.gaps()], [200, { 200: 200 }, []]);
    }
    await spaceOf(entrance, "fed").rule({ when: {}, respond: { error: 402 } });
    for (const feed of feeds) await feed.until("it was told of a change", () => feed.of("changed").length > 0);
    await spaceOf(entrance, "fed").delete("/requests");
    await spaceOf(entrance, "fed").session();
    for (const feed of feeds) {
      await feed.until("the one after the journal was cleared", () => feed.count() === 201);
      assert.deepEqual([feed.of("reset").length, feed.gaps()], [1, []]);
      await feed.stop();
    }
  });

  test("sessions, consumers and spaces are listed alike", async () => {
    await ask("listed", 10);
    for (const path of ["/sessions", "/consumers", "/rules"]) {
      const [first, ...others] = await Promise.all(atEach("listed").map((space) => space.get(path)));
      for (const answer of [first, ...others]) answer.consumers?.sort((a, b) => (a.consumer_id < b.consumer_id ? -1 : 1));
      for (const other of others) assert.deepEqual(whoeverWasAsked(other), whoeverWasAsked(first), path);
    }
    for (const space of atEach("listed")) {
      assert.equal((await space.get("/sessions")).sessions.length, 10);
      assert.equal((await space.get("/consumers")).consumers.length, 10);
      const names = (await space.get("/spaces?limit=1000")).spaces.map(({ name }) => name);
      for (const name of ["listed", "alike", "fed"]) assert.ok(names.includes(name), `${name} in ${names}`);
    }
  });

  test("the store keeps a space for a day after its last use, and nothing of one that was removed", async () => {
    const space = spaceOf(entrance, "kept");
    await space.rule({ when: {}, times: 3, respond: { error: 402 } });
    await space.rule({ when: { consumer_id: "a" }, per: "consumer", times: 1, respond: { error: 503 } });
    for (const consumer of ["a", "a", "b"]) await space.session(consumer);
    await space.put("/clock", { advance: "1h" });
    assert.ok((await space.verify(3)).pass);
    const keysOf = async () => (await redis.ask("keys", "vm:{kept}:*")).split("\n").filter(Boolean);
    const keys = await keysOf();
    assert.ok(keys.length >= 4, `${keys}`);
    for (const key of keys) {
      const seconds = Number(await redis.ask("ttl", key));
      if (key.endsWith(":seen")) assert.ok(seconds > 0 && seconds < 90_000, `${key}: ${seconds}`);
      else assert.ok(seconds > 86_000 && seconds < 90_000, `${key}: ${seconds}`);
    }
    await space.forget();
    for (const key of await keysOf()) assert.ok(key.endsWith(":seen") || key.endsWith(":meta"), `${key} is left`);
    assert.equal((await redis.ask("zscore", "vm:spaces", "kept")).trim(), "");
  });
});
