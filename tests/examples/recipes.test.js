// Each recipe of fixtures/README.md is served by the real program, and does what its heading says. A recipe without a test
// here is a failure.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { root, start, temporaryFolder } from "../support/program.js";
import { claimsOf } from "../support/claims.js";
import { caller, statuses } from "./caller.js";

const page = readFileSync(join(root, "fixtures/README.md"), "utf8");
const section = page.split("## Recipes\n")[1].split(/^## /m)[0];
const recipes = section.split(/^### /m).slice(1).map((text) => ({ name: text.split("\n")[0], rules: text.match(/```json\n([^]*?)```/)[1] }));

// How many of some calls had each outcome: a status, or what became of the connection.
async function outcomesOf(ask, calls) {
  const seen = {};
  for (let i = 0; i < calls; i++) {
    const { status } = await ask().catch(({ cause }) => ({ status: cause.code }));
    seen[status] = (seen[status] ?? 0) + 1;
  }
  return seen;
}
const delaysOf = async ({ journal }, calls) =>
  (await Promise.all((await journal()).requests.slice(0, calls).map(({ id }) => journal(id)))).map(({ trace }) => trace.delay);

const promises = {
  "Fail once": async ({ ask }) => assert.deepEqual(await statuses(ask, {}, {}, {}), [500, 200, 200]),
  "Fail twice, then work": async ({ ask }) => assert.deepEqual(await statuses(ask, {}, { consumer: "bob" }, {}, {}, {}), [503, 503, 503, 200, 200]),
  "Be slow": async (mock) => {
    assert.equal((await mock.ask()).status, 200);
    assert.deepEqual(await delaysOf(mock, 1), ["2s"]);
  },
  Expire: async ({ ask }) => {
    const { iat, exp } = claimsOf((await ask()).body.data.session_token);
    assert.equal(exp - iat, -3600);
  },
  "One customer only": async ({ ask }) => assert.deepEqual(await statuses(ask, {}, { consumer: "bob" }), [402, 200]),
  "One in ten": async ({ ask }) => {
    const seen = await outcomesOf(ask, 100);
    assert.equal(seen[200] + seen[503], 100);
    assert.ok(seen[503] > 0 && seen[503] < 40, JSON.stringify(seen));
  },
  "Some of everything": async (mock) => {
    const seen = await outcomesOf(mock.ask, 30);
    const delays = await delaysOf(mock, 30);
    assert.equal(seen[200] + seen[503] + seen.ECONNRESET, 30, JSON.stringify(seen));
    assert.ok(delays.includes("1s") && delays.includes(undefined), JSON.stringify(delays));
  },
  "Another header": async ({ ask }) => {
    const { status, headers } = await ask();
    assert.deepEqual([status, headers.get("retry-after"), headers.getSetCookie()], [200, "30", ["theme=dark", "lang=de"]]);
  },
  "After an upgrade": async ({ ask }) =>
    assert.deepEqual(await statuses(ask, {}, { headers: { "x-demo": "upgrade" } }, {}, { consumer: "bob" }), [402, 200, 200, 402]),
};

describe("the recipes of fixtures/README.md", { concurrency: 2 }, () => {
  for (const { name, rules } of recipes)
    test(name, async () => {
      assert.ok(promises[name], `there is no test for this recipe: add what it promises to ${import.meta.url}`);
      const file = join(temporaryFolder(), "mine.json");
      writeFileSync(file, rules);
      const mock = await start([file, "--seed", "1"]);
      await promises[name](caller(mock.url));
      await mock.kill("SIGTERM");
    });
  test("no test here lacks its recipe", () => assert.deepEqual(recipes.map(({ name }) => name).sort(), Object.keys(promises).sort()));
});
