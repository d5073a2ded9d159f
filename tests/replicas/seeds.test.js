// Replicas with the same seed: no request id comes twice, and no token either where it has something random.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { startHaproxy } from "./support/balancers.js";
import { client, spaceOf } from "./support/client.js";
import { startRedis } from "./support/redis.js";
import { startReplicas } from "./support/replicas.js";
import { each, suite } from "./support/suite.js";

const args = ["--seed", "7", "--now", "2027-01-01T00:00:00Z", "--log-level", "warn"];

suite("the same seed", ["redis", "cli", "haproxy"], () => {
  let entrance;
  before(async () => {
    const redis = await startRedis();
    entrance = client((await startHaproxy(await startReplicas(redis.url, { args }))).url);
  });

  // → what came twice
  const twice = (values) => values.filter((value, i) => values.indexOf(value) !== i);
  const random = { when: {}, respond: { session: { claims: { jti: "{{uuid}}" } } } };
  async function sessions(entrance, name, count) {
    const space = spaceOf(entrance, name);
    const answers = [];
    await each(count, 16, async () => answers.push(await space.session()));
    for (const { status } of answers) assert.equal(status, 200);
    return { ids: answers.map(({ headers }) => headers["x-apideck-request-id"]), tokens: answers.map(({ json }) => json.data.session_token) };
  }

  test("of the options", async () => {
    await spaceOf(entrance, "options").rule(random);
    const { ids, tokens } = await sessions(entrance, "options", 600);
    assert.deepEqual([twice(ids), twice(tokens)], [[], []]);
  });

  test("set in a space that all share", async () => {
    const space = spaceOf(entrance, "set");
    await space.rule(random);
    await space.put("/seed", { seed: 11 });
    const { ids, tokens } = await sessions(entrance, "set", 600);
    assert.deepEqual([twice(ids), twice(tokens)], [[], []]);
  });
});
