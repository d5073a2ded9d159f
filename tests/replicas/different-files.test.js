// Replicas that were started with different rule files: their health and the doctor name them.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, test } from "node:test";
import { run } from "../support/launch.js";
import { client, spaceOf } from "./support/client.js";
import { startRedis } from "./support/redis.js";
import { allHealthy, nameOf, startReplicas } from "./support/replicas.js";
import { folder } from "./support/services.js";
import { suite } from "./support/suite.js";

const rules = (status) => JSON.stringify({ rules: [{ name: "one", when: { consumer_id: "acme" }, respond: { error: status } }] });

suite("rule files of replicas", ["redis", "cli"], () => {
  let redis;
  beforeEach(async () => (redis = await startRedis()));

  function files(...statuses) {
    return statuses.map((status) => {
      const file = join(folder(), "rules.json");
      writeFileSync(file, rules(status));
      return file;
    });
  }
  const argsOf = (all) => (i) => [all[i], "--log-level", "info"];
  const doctor = (file) => run(["doctor", file, "--port", "0", "--store", redis.url]);

  test("equal ones are well, wherever they lie; the doctor lists who shares", async () => {
    const [one, other, third] = files(402, 402, 402);
    const replicas = await startReplicas(redis.url, { count: 2, argsOf: argsOf([one, other]) });
    const [{ store }] = await allHealthy(replicas, "all was well");
    assert.equal(store.replicas[0].files, store.replicas[1].files);
    const { code, stdout } = await doctor(third);
    assert.equal(code, 0, stdout);
    for (const replica of replicas) assert.ok(stdout.includes(nameOf(replica)), stdout);
    assert.doesNotMatch(stdout, /differ/);
  });

  test("one that differs makes all degraded, is named, and is well again when it has the same", async () => {
    const all = files(402, 402, 503);
    const isDegraded = ({ status }) => status === "degraded";
    const replicas = await startReplicas(redis.url, { argsOf: argsOf(all), is: isDegraded });
    for (const { store } of await allHealthy(replicas, "it was noticed", isDegraded)) {
      const filesOf = (replica) => store.replicas.find(({ name }) => name === nameOf(replica)).files;
      assert.equal(filesOf(replicas[0]), filesOf(replicas[1]));
      assert.notEqual(filesOf(replicas[0]), filesOf(replicas[2]));
    }
    const { code, stdout } = await doctor(all[0]);
    assert.equal(code, 1, stdout);
    const line = stdout.split("\n").find((text) => /replicas differ/.test(text));
    for (const replica of replicas) assert.ok(line.includes(nameOf(replica)), stdout);
    assert.equal((await run(["health", "--port", new URL(replicas[0].url).port])).code, 0, "a probe ends no replica for it");

    // They still share what was added.
    await spaceOf(client(replicas[0].url), "x").rule({ when: {}, respond: { error: 429 } });
    assert.equal((await spaceOf(client(replicas[2].url), "x").session()).status, 429);

    writeFileSync(all[2], rules(402));
    await allHealthy(replicas, "the file was read again, and all was well");
    assert.doesNotMatch((await doctor(all[0])).stdout, /differ/);
  });
});
