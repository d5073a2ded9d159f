// A replica that is killed under load takes the requests along that it had, and nothing else. One that stands still is named as
// late, and has everything when it goes on.

import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "../support/launch.js";
import { keys } from "../support/vault.js";
import { balancers } from "./support/balancers.js";
import { client, spaceOf } from "./support/client.js";
import { startRedis } from "./support/redis.js";
import { allHealthy, nameOf, startReplicas } from "./support/replicas.js";
import { each, suite } from "./support/suite.js";

const [connections, requests, limit] = [32, 3_000, 1_000];
const quiet = { args: ["--log-level", "warn", "--journal-size", "10000"] };
const know = (count) => ({ store }) => store.replicas.length === count;

suite("a replica that is lost", ["redis", "cli", "haproxy", "nginx"], () => {
  for (const [name, start] of Object.entries(balancers))
    test(`killed under load behind ${name}: only what it had under way fails`, async (t) => {
      const replicas = await startReplicas((await startRedis()).url, quiet);
      const entrance = client((await start(replicas)).url, connections);
      const space = spaceOf(entrance, `killed-${name}`);
      await space.rule({ when: {}, times: limit, respond: { error: 402, detail: "{{count}}" } });

      let died;
      const [answers, failures] = [[], []];
      await each(requests, connections, async (number) => {
        if (number === requests / 3) {
          replicas[1].child.once("exit", () => (died = performance.now()));
          replicas[1].child.kill("SIGKILL");
        }
        await space.session().then(
          (answer) => ([200, 402].includes(answer.status) ? answers : failures).push(answer),
          (error) => failures.push(error),
        );
      });

      t.diagnostic(`${failures.length} of ${requests} requests failed`);
      assert.ok(failures.length <= connections, `more failed than there are connections: ${failures.length}`);
      assert.deepEqual(failures.filter(({ began }) => began > died).map(({ message, text }) => message ?? text), [], "one failed that came later");

      const counts = answers.filter(({ status }) => status === 402).map(({ json }) => Number(json.detail));
      assert.equal(new Set(counts).size, counts.length, "no count twice");
      assert.ok(counts.length <= limit && counts.length + failures.length >= limit, `${counts.length} counted, of ${limit}`);

      await allHealthy([replicas[0], replicas[2]], "the killed one was forgotten", know(2));
      const journal = await space.lines();
      const kept = new Set(journal.map(({ id }) => id));
      const unkept = answers.filter(({ headers }) => !kept.has(headers["x-apideck-request-id"]));
      t.diagnostic(`${unkept.length} answers of the killed one are not in the journal`);
      assert.deepEqual(unkept.filter(({ headers }) => headers["x-replica"] !== "1"), [], "those that live on have written all");
      assert.equal(kept.size, journal.length, "no request twice");
    });

  test("one that stands still is named as late, and has everything when it goes on", async () => {
    const replicas = await startReplicas((await startRedis()).url, { args: ["--log-level", "warn"] });
    const add = async (consumer) => {
      const body = { when: { consumer_id: consumer }, respond: { error: 402 } };
      return client(replicas[0].url).ask("POST", "/@late/_mock/rules", { body });
    };
    const statusAt = async ({ url }, consumer) => (await client(url).ask("POST", "/@late/vault/sessions", { headers: keys(consumer) })).status;
    assert.equal((await add("first")).status, 201);
    for (const replica of replicas) assert.equal(await statusAt(replica, "first"), 402);

    const name = nameOf(replicas[2]);
    replicas[2].child.kill("SIGSTOP");
    const told = await add("second");
    assert.deepEqual([told.status, told.json.late, told.headers["x-mock-late"]], [202, [name], name]);
    assert.equal(await statusAt(replicas[1], "second"), 402, "the others have it");
    await allHealthy([replicas[0], replicas[1]], "it was named or forgotten", ({ store }) =>
      store.replicas.every((one) => one.late === (one.name === name)));
    await allHealthy([replicas[0], replicas[1]], "it was forgotten", know(2));
    assert.equal((await add("third")).status, 201, "who is not there is not waited for");

    replicas[2].child.kill("SIGCONT");
    await until(async () => ((await statusAt(replicas[2], "second")) === 402 && (await statusAt(replicas[2], "third")) === 402) || undefined, "it had both");
    await allHealthy(replicas, "nobody was late", ({ status, store }) => status === "ok" && store.replicas.length === 3 && store.replicas.every(({ late }) => !late));
    assert.equal((await add("fourth")).status, 201);
    assert.equal(await statusAt(replicas[2], "fourth"), 402);
  });
});
