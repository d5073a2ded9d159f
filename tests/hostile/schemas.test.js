// JSON Schemas and patterns that ended other validators, in rules added while the mock runs: refused with their places, or
// judged in time that grows with the length.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { start } from "../support/program.js";
import { askForSession, call } from "../support/vault.js";
import { othersAreServed } from "./support.js";

let mock;
before(async () => (mock = await start(["--log-level", "off"])));
const post = async (path, body) => {
  const { status, json } = await call(mock.url + path, { method: "POST", headers: { "content-type": "application/json" }, body });
  return { status, body: json };
};
const session = async (space, body) => {
  const answer = await askForSession(`${mock.url}/@${space}`, { body });
  return { ...answer, rule: answer.headers.get("x-mock-rule") };
};
const ruleOf = (schema, pointer = "") => ({ when: { body: { [pointer]: { schema } } }, respond: { error: 402 } });

describe("refuses with the place", () => {
  const schemas = [
    { $ref: "#" }, { properties: { n: { $ref: "#/properties/n" } } }, { anyOf: [{ $ref: "#" }] }, { oneOf: [{ $ref: "#" }] },
    { not: { $ref: "#" } }, { if: { $ref: "#" } }, { $ref: "http://127.0.0.1:9/s.json" }, { $ref: "file:///etc/passwd" },
    { multipleOf: 0 }, { pattern: "[" }, { patternProperties: { "[": {} } }, { propertyNames: { pattern: "[" } },
    { minLength: "x" }, { properties: { vault_name: { type: "string", required: true } } }, 5, [5], { pattern: "(a)\\1" },
  ];
  for (const schema of schemas) {
    test(JSON.stringify(schema), async () => {
      for (const answer of [await post("/@bad/_mock/rules", ruleOf(schema)), await post("/@bad/_mock/verify", { when: ruleOf(schema).when })]) {
        assert.equal(answer.status, 400, JSON.stringify(answer.body));
        assert.match(JSON.stringify(answer.body), /:1:\d+: error: /);
      }
      assert.equal((await session("bad", {})).status, 200);
    });
  }
});

const letters = "a".repeat(100_000);
const judged = [
  ["an ordinary pattern and a text of 100,000 letters", { pattern: "^[A-Za-z ]+$" }, letters, 402],
  ["a pattern that explodes elsewhere", { pattern: "^(a+)+$" }, `${letters}!`, 200],
  ["the same for names", { not: { propertyNames: { pattern: "^(a+)+$" } } }, { [`${letters}!`]: 1 }, 402],
  ["fifty thousand different elements", { uniqueItems: true }, Array.from({ length: 50_000 }, (_, i) => i), 402],
  ["a reference into every level of a deep value", { additionalProperties: { $ref: "#" } }, nested(50), 402],
];

function nested(depth) {
  return depth === 0 ? {} : { n: nested(depth - 1) };
}

describe("judges", () => {
  for (const [what, schema, value, status] of judged) {
    test(what, async () => {
      const space = encodeURIComponent(what.replaceAll(/[ ,]/g, "-"));
      assert.equal((await post(`/@${space}/_mock/rules`, ruleOf(schema, "/consumer_metadata/x"))).status, 201);
      const answer = await session(space, { consumer_metadata: { x: value } });
      assert.equal(answer.status, status, JSON.stringify(answer.body).slice(0, 500));
      const verdict = await post(`/@${space}/_mock/verify`, { when: ruleOf(schema, "/consumer_metadata/x").when, times: status === 402 ? 1 : 0 });
      assert.equal(verdict.body.pass, true, verdict.body.message);
    });
  }

  test("what would take for ever, in bounded time: neither the rule nor its opposite matches, and the trace says so", async () => {
    const way = { type: "object", properties: { n: { $ref: "#" } } };
    const schema = { anyOf: [way, way] };
    const value = JSON.parse(`${'{"n":'.repeat(50)}5${"}".repeat(50)}`);
    assert.equal((await post("/@doubt/_mock/rules", { ...ruleOf(schema, "/consumer_metadata/x"), name: "doubtful" })).status, 201);
    const opposite = { when: { body: { "/consumer_metadata/x": { not: { schema } } } }, respond: { error: 422 } };
    assert.equal((await post("/@doubt/_mock/rules", opposite)).status, 201);
    assert.equal((await session("doubt", { consumer_metadata: { x: value } })).status, 200);
    const journal = await (await fetch(`${mock.url}/@doubt/_mock/requests`)).json();
    const { id } = journal.requests[0];
    const entry = await (await fetch(`${mock.url}/@doubt/_mock/requests/${id}`)).text();
    assert.match(entry, /takes too long to judge/);
    const verdict = (await post("/@doubt/_mock/verify", { when: ruleOf(schema, "/consumer_metadata/x").when, times: 0 })).body;
    assert.deepEqual([verdict.pass, verdict.conclusive, verdict.undecided], [false, false, 1], verdict.message);
    assert.match(verdict.message, /too long to tell/);
    await othersAreServed(mock.url, 5);
  });

  test("hundreds of such rules on one request, and on its trace: together they have the work of a few", async () => {
    const way = { type: "object", properties: { n: { $ref: "#" } } };
    const value = JSON.parse(`${'{"n":'.repeat(50)}5${"}".repeat(50)}`);
    for (let i = 0; i < 300; i++)
      assert.equal((await post("/@crowd/_mock/rules", { ...ruleOf({ anyOf: [way, way] }, "/consumer_metadata/x"), name: `n${i}` })).status, 201);
    for (let i = 0; i < 3; i++) assert.equal((await session("crowd", { consumer_metadata: { x: value } })).status, 200);
    const journal = await (await fetch(`${mock.url}/@crowd/_mock/requests`)).json();
    assert.equal(journal.requests.length, 3);
    await othersAreServed(mock.url, 5);
  });
});

test("afterwards everything can be looked at, and others are served", async () => {
  for (const path of ["/_mock/requests", "/_mock/spaces", "/_mock/sessions", "/_mock/rules", "/_mock/health"]) {
    assert.equal((await fetch(`${mock.url}${path}`)).status, 200, path);
  }
  for (const space of ["bad", "doubt"]) assert.equal((await fetch(`${mock.url}/@${space}/_mock/requests`)).status, 200);
  await othersAreServed(mock.url, 5);
  assert.ok(!mock.hasEnded());
});
