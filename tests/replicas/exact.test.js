// Rules that count are exact over all replicas, and journals complete: 200 tests at once, each in a space of its own, through
// each balancer. REQUESTS=1000000 makes them longer.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { transportOptions } from "../support/launch.js";
import { balancers } from "./support/balancers.js";
import { client, spaceOf } from "./support/client.js";
import { addRules, countingRound, isExact } from "./support/counting.js";
import { startRedis } from "./support/redis.js";
import { startReplicas } from "./support/replicas.js";
import { isSanitized, suite } from "./support/suite.js";

const requests = Number(process.env.REQUESTS ?? (isSanitized ? 5_000 : 100_000));
const tests = 200;

suite("rules that count, over three replicas", ["redis", "cli", "haproxy", "nginx"], () => {
  let replicas;
  before(async () => {
    const redis = await startRedis();
    const args = ["--log-level", "warn", "--journal-size", "2000"];
    replicas = await startReplicas(redis.url, { argsOf: (i) => (i === 1 && !transportOptions.length ? [...args, "--transport", "httplib"] : args) });
  });

  for (const [name, start] of Object.entries(balancers))
    test(`${tests} tests at once through ${name}: none counted over, none lost, each journal complete`, async (t) => {
      const balancer = await start(replicas);
      const entrance = client(balancer.url);
      const rounds = Math.max(1, Math.round(requests / Object.keys(balancers).length / tests / countingRound.length));
      const answered = {};
      const oneTest = async (_, number) => {
        const space = spaceOf(entrance, `${name}-${number}`);
        const answers = [];
        await addRules(space, rounds);
        for (let round = 0; round < rounds; round++) {
          answers.push(...(await Promise.all(countingRound.map((consumer) => space.session(consumer)))));
          await space.verify(answers.length).then(({ pass, message }) => assert.ok(pass, `${space.name}, round ${round}: ${message}`));
        }
        await isExact(space, answers, rounds);
        for (const { headers } of answers) answered[headers["x-replica"]] = (answered[headers["x-replica"]] ?? 0) + 1;
      };
      const began = performance.now();
      await Promise.all(Array.from({ length: tests }, oneTest));
      entrance.close();
      const all = Object.values(answered).reduce((a, b) => a + b);
      t.diagnostic(`${all} requests, ${Math.round(all / (performance.now() - began) * 1000)} a second with their verification; of the replicas ${JSON.stringify(answered)}`);
      assert.equal(all, rounds * tests * countingRound.length);
      assert.equal(Object.keys(answered).length, 3, "each replica answered");
      await balancer.kill();
    });
});
