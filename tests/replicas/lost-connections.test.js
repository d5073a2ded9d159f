// Connections to the store that break, and a store that stands still, again and again under load: what was counted stays exact,
// for a script whose reply was lost does nothing twice.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { startHaproxy } from "./support/balancers.js";
import { client, spaceOf } from "./support/client.js";
import { startRedis } from "./support/redis.js";
import { allHealthy, healthOf, startReplicas } from "./support/replicas.js";
import { suite } from "./support/suite.js";
import { until } from "../support/launch.js";

const droppedBy = async (replicas) => (await Promise.all(replicas.map(healthOf))).reduce((sum, { store }) => sum + store.dropped, 0);
const isBack = ({ status, store }) => status === "ok" && store.status === "ok" && store.replicas.length === 3;

suite("a store whose replies are lost", ["redis", "cli", "haproxy"], () => {
  let redis, replicas, entrance;
  before(async () => {
    redis = await startRedis();
    replicas = await startReplicas(redis.url, { args: ["--log-level", "warn", "--journal-size", "100000", "--space-memory", "500MB", "--memory", "500MB", "--store-away", "refuse"] });
    entrance = client((await startHaproxy(replicas)).url);
  });

  const disturbances = {
    "connections are cut": async () => {
      for (const kind of ["normal", "pubsub"]) await redis.ask("client", "kill", "type", kind, "skipme", "yes");
      // Each is connected again before the next cut: else nothing would be asked of it.
      await allHealthy(replicas, "all were back", isBack);
    },
    "it stands still": async () => {
      redis.freeze();
      await until(async () => ((await healthOf(replicas[0])).store.status === "away" ? true : undefined), "it was noticed");
      redis.thaw();
      await allHealthy(replicas, "all were back", isBack);
    },
  };

  for (const [what, disturb] of Object.entries(disturbances))
    test(`while ${what}, ten times: nothing counts twice, nothing is lost that was answered`, async (t) => {
      const space = spaceOf(entrance, what.replaceAll(" ", "-"));
      const limit = 100_000;
      await space.rule({ when: { consumer_id: "counted" }, times: limit, respond: { error: 402, detail: "{{count}}" } });
      await space.rule({ when: { consumer_id: "each" }, sequence: Array.from({ length: 100 }, (_, i) => ({ error: 500, detail: `${i + 1}` })), then: "repeat" });
      const droppedBefore = await droppedBy(replicas);
      let isOver = false;
      const answers = [], changed = [];
      const asking = async (consumer) => {
        while (!isOver) answers.push(await space.session(consumer));
      };
      const changing = async () => {
        for (let i = 0; !isOver; i++) {
          const { status, json } = await entrance.ask("POST", `/@${space.name}/_mock/rules`, { body: { name: `n-${i}`, when: { consumer_id: `n-${i}` }, respond: { error: 404 } } });
          assert.ok([201, 202, 503].includes(status), `${status}`);
          changed.push({ name: `n-${i}`, isMade: status !== 503, id: json.id });
        }
      };
      const clients = [...Array(6).fill("counted"), ...Array(2).fill("each"), ...Array(3).fill("anybody")].map(asking);
      const disturbing = (async () => {
        for (let i = 0; i < 10; i++) {
          const many = answers.length + 100;
          await until(() => (answers.length >= many ? true : undefined), "more answers");
          await disturb();
        }
      })().finally(() => (isOver = true));
      await Promise.all([disturbing, changing(), ...clients]);
      await allHealthy(replicas, "all were back", isBack);

      const refused = answers.filter(({ status }) => status === 503);
      for (const { headers, text } of refused) assert.equal(headers["x-mock-store"], "away", text);
      const counts = answers.filter(({ status }) => status === 402).map(({ json }) => Number(json.detail)).sort((a, b) => a - b);
      assert.equal(new Set(counts).size, counts.length, "no count twice");
      const skipped = counts.at(-1) - counts.length;
      assert.ok(skipped <= refused.length, `${skipped} counts are nobody's, and ${refused.length} requests were refused`);
      assert.ok(answers.every(({ status }) => [200, 402, 500, 503].includes(status)));
      t.diagnostic(`${answers.length} answers, ${refused.length} refused, ${skipped} counted whose answer was not given`);

      const names = new Set((await space.get("/rules")).added.map(({ name }) => name));
      for (const { name, isMade } of changed) if (isMade) assert.ok(names.has(name), `${name} was added, and is not there`);
      t.diagnostic(`${changed.length} changes, ${changed.filter(({ isMade }) => !isMade).length} refused`);

      const ids = new Map();
      for (const { id } of await space.lines()) ids.set(id, (ids.get(id) ?? 0) + 1);
      for (const times of ids.values()) assert.equal(times, 1, "no answer is in the journal twice");
      // Each replica keeps 1,000 requests while the store is away, and counts those for which it has no room.
      const dropped = (await droppedBy(replicas)) - droppedBefore;
      const missing = answers.filter(({ headers }) => !ids.has(headers["x-apideck-request-id"])).length;
      t.diagnostic(`${missing} answers are not in the journal, and ${dropped} entries were dropped`);
      assert.equal(missing, dropped, "what is not in the journal was dropped, and is counted");
      const { count } = await space.verify(answers.length);
      assert.equal(count, answers.length - missing);
    });
});
