// What others have written under the store's keys, or a store that takes no writes: said in words; other spaces, and answers that
// need none of it, go on.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { client, spaceOf } from "./support/client.js";
import { startRedis } from "./support/redis.js";
import { allHealthy, startReplicas } from "./support/replicas.js";
import { suite } from "./support/suite.js";

const junk = "\u0001\u00ff}{ 1 junk";

suite("a store with what is not ours", ["redis", "cli"], () => {
  let redis, replicas, entrance;
  beforeEach(async () => {
    redis = await startRedis();
    replicas = await startReplicas(redis.url, { count: 2, args: ["--log-level", "warn"] });
    entrance = client(replicas[0].url);
  });

  const poisons = {
    "a text for what a space is": (key) => ["set", key("meta"), junk],
    "numbers that are none": (key) => ["hset", key("meta"), "version", junk, "generation", junk, "sequence", junk, "clears", junk],
    "a list for its values": (key) => ["rpush", key("values"), junk],
    "values that cannot be read": (key) => ["hset", key("values"), ...["rules", "clock", "seed", "oauth", "switches", "r:1", "consumer:acme", junk].flatMap((name) => [name, `9 ${junk}`])],
    "values without a version": (key) => ["hset", key("values"), "clock", junk, "seed", ""],
    "counts that are none": (key) => ["hset", key("counts"), "c", junk, junk, junk],
    "a text for its counts": (key) => ["set", key("counts"), junk],
    "requests that cannot be read": (key) => ["xadd", key("journal"), "1-0", "e", junk],
    "requests without an entry": (key) => ["xadd", key("journal"), "1-0", "other", junk],
    "numbers of requests from far away": (key) => ["xadd", key("journal"), "18446744073709551615-5", "e", junk],
    "a text for its journal": (key) => ["set", key("journal"), junk],
    "sessions that cannot be read": (key) => ["xadd", key("sessions"), "*", "s", junk],
    "a list for what scripts returned": (key) => ["rpush", key("seen"), junk],
  };

  for (const [index, [what, poison]] of Object.entries(poisons).entries())
    test(`${what}: every answer comes, other spaces go on, and the space can be removed`, async () => {
      const name = `poisoned-${index}`;
      await redis.ask(...poison((part) => `vm:{${name}}:${part}`));
      const prefix = `/@${name}`;
      const counted = { when: {}, times: 1, respond: { error: 402 } };
      const headers = { authorization: "Bearer k", "x-apideck-app-id": "app", "x-apideck-consumer-id": "acme" };
      for (const [method, path, body, more] of [
        ["POST", "/vault/sessions", {}, headers],
        ["GET", "/vault/connections", undefined, headers],
        ["POST", "/_mock/rules", counted],
        ["POST", "/vault/sessions", {}, headers],
        ["GET", "/_mock/rules"],
        ["GET", "/_mock/requests"],
        ["GET", "/_mock/sessions"],
        ["GET", "/_mock/consumers"],
        ["GET", "/_mock/clock"],
        ["PUT", "/_mock/clock", { advance: "1h" }],
        ["POST", "/_mock/verify", { times: 1 }],
        ["GET", "/_mock/metrics"],
        ["GET", "/_mock/spaces"],
      ]) {
        const { status, text } = await entrance.ask(method, `${prefix}${path}`, { body, headers: more });
        assert.ok([200, 201, 202, 402, 503].includes(status), `${method} ${path}: ${status} ${text}`);
        if (status === 503) assert.match(text, /store/, `${method} ${path}`);
      }
      // Another space is as ever.
      const other = spaceOf(entrance, `beside-${index}`);
      await other.rule(counted);
      assert.deepEqual([(await other.session()).status, (await other.session()).status], [402, 200]);
      assert.ok((await other.verify(2)).pass);
      // And so is this one, once it is removed.
      const poisoned = spaceOf(entrance, name);
      await poisoned.forget();
      await poisoned.rule(counted);
      assert.deepEqual([(await poisoned.session()).status, (await poisoned.session()).status], [402, 200]);
      assert.ok((await poisoned.verify(2)).pass);
      await allHealthy(replicas, "all was well");
    });

  test("replicas that cannot be read are no replicas", async () => {
    await redis.ask("hset", "vm:replicas", "junk", junk, junk, "{}", "other", '{"name":1}');
    await allHealthy(replicas, "all was well", ({ status, store }) => status === "ok" && store.replicas.length === 2);
    await spaceOf(entrance, "after").rule({ when: {}, respond: { error: 402 } });
  });

  test("messages that cannot be read are none", async () => {
    for (const message of [junk, "", "{}", " ".repeat(1_000), "change x y z", "1 2 3 4 5 6"]) await redis.ask("publish", "vm:changed", message);
    await spaceOf(entrance, "heard").rule({ when: {}, respond: { error: 402 } });
    assert.equal((await spaceOf(client(replicas[1].url), "heard").session()).status, 402);
  });

  test("it takes no writes, as one that follows another: changes are refused in its words, and what counts nothing goes on", async () => {
    const space = spaceOf(entrance, "read-only");
    await space.rule({ when: { consumer_id: "plain" }, respond: { status: 418 } });
    const answered = [await space.session("plain")];
    await redis.ask("replicaof", "127.0.0.1", "1");
    const refused = await entrance.ask("POST", `/@${space.name}/_mock/rules`, { body: { when: {}, respond: { error: 402 } } });
    assert.equal(refused.status, 503, refused.text);
    assert.match(refused.text, /read.?only/i);
    for (let i = 0; i < 20; i++) answered.push(await space.session("plain"));
    assert.deepEqual([...new Set(answered.map(({ status }) => status))], [418]);
    await redis.ask("replicaof", "no", "one");
    await allHealthy(replicas, "all was well", ({ status, store }) => status === "ok" && store.replicas.length === 2);
    await space.rule({ when: { consumer_id: "other" }, respond: { error: 402 } });
    assert.equal((await space.session("other")).status, 402);
    const { pass, message } = await space.verify(answered.length + 1);
    assert.ok(pass, message);
  });
});
