// A cluster of three masters as the store, while slots move from one to the next.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { startHaproxy } from "./support/balancers.js";
import { client, spaceOf } from "./support/client.js";
import { addRules, countingRound, isExact } from "./support/counting.js";
import { startCluster } from "./support/redis.js";
import { startReplicas } from "./support/replicas.js";
import { suite } from "./support/suite.js";

const [tests, rounds] = [60, 3];

suite("a cluster as the store", ["redis", "cli", "haproxy"], () => {
  let cluster, entrance;
  before(async () => {
    cluster = await startCluster();
    entrance = client((await startHaproxy(await startReplicas(cluster.url, { args: ["--log-level", "warn"] }))).url);
  });

  test(`${tests} tests at once while their slots move: none counted over, none lost`, async (t) => {
    const spaces = Array.from({ length: tests }, (_, i) => spaceOf(entrance, `moved-${i}`));
    for (const space of spaces) await addRules(space, rounds);
    const answers = spaces.map(() => []);
    let [isOver, moves, keysMoved] = [false, 0, 0];
    const moving = (async () => {
      for (; !isOver || moves === 0; ++moves) keysMoved += await cluster.move(await cluster.slotOf(`vm:{${spaces[moves % tests].name}}:meta`));
    })();
    const asked = (async () => {
      for (let round = 0; round < rounds; round++)
        await Promise.all(spaces.map(async (space, i) => answers[i].push(...(await Promise.all(countingRound.map((consumer) => space.session(consumer)))))));
      isOver = true;
    })();
    await asked.finally(() => (isOver = true));
    await moving;
    t.diagnostic(`${moves} slots moved meanwhile, with ${keysMoved} keys`);
    assert.ok(keysMoved > 0, "slots that had keys were moved");
    assert.equal(answers.flat().filter(({ headers }) => headers["x-mock-store"]).length, 0, "none was counted without the store");
    for (const [i, space] of spaces.entries()) await isExact(space, answers[i], rounds);
  });

  test("the slots of what all spaces share move, too, and changes are seen", async () => {
    const space = spaceOf(entrance, "shared");
    for (const key of ["vm:spaces", "vm:generation", "vm:replicas"]) {
      await cluster.move(await cluster.slotOf(key));
      const { id } = await space.rule({ when: {}, respond: { error: 402 } });
      assert.equal((await space.session()).status, 402, key);
      await space.delete(`/rules/${id}`);
      assert.equal((await space.session()).status, 200, key);
    }
  });

  for (const name of ["}", "{x}", "a}b{", "{}", "ä /"])
    test(`all keys of a space are in one slot, whatever its name: ${name}`, async () => {
      const space = spaceOf(entrance, encodeURIComponent(name));
      await addRules(space, 1);
      const answers = await Promise.all(countingRound.map((consumer) => space.session(consumer)));
      await isExact(space, answers, 1);
      await space.forget();
    });
});
