// The words of the filter mean on the page what they mean to the mock.

import assert from "node:assert/strict";
import test from "node:test";
import { matches, query, read } from "../../../server/web/console/filter.js";
import { askForSession, call, keys } from "../../support/vault.js";
import { newSpace } from "../support/vault.js";

// A word, the same asked of the mock, and how many it finds.
const table = [
  ["", "", 9],
  ["consumer:acme", "consumer_id=acme", 2], ["consumer:acm", "consumer_id=acm", 0], ["consumer:ACME", "consumer_id=ACME", 1], ['consumer:"acme-2 é"', "consumer_id=acme-2 é", 1], ['consumer:""', "consumer_id=", 2],
  ["operation:sessionsCreate", "operation=sessionsCreate", 7], ["operation:sessions", "operation=sessions", 0],
  ["rule:error-402", "rule=error-402", 1], ["rule:defaults.json#error-402", "rule=defaults.json#error-402", 1], ["rule:error", "rule=error", 0], ['rule:"used # up"', "rule=used # up", 1], ['rule:" up"', "rule= up", 0],
  ["status:402", "status=402", 2], ["status:4xx", "status=4xx", 4], ["status:3xx", "status=3xx", 0],
  ["acme", "text=acme", 4], ["ACM", "text=ACM", 4], ["é", "text=é", 1], ["É", "text=É", 0], ['"used # UP"', "text=used # UP", 1], ["nowhere", "text=nowhere", 1], ["/VAULT/", "text=/VAULT/", 8], ["foo:bar", "text=foo:bar", 1], ['foo:"bar"', "text=foo:bar", 1],
  ["method:GET", "method=GET", 2], ["method:get", "method=get", 0], ["kind:rule", "kind=rule", 2], ["kind:operation", "kind=operation", 5], ["kind:routing", "kind=routing", 1], ["kind:magic", "kind=magic", 0],
  ["acme vault", "text=acme&text=vault", 4], ["acme globex", "text=acme&text=globex", 0], ["status:4xx method:POST vault", "status=4xx&method=POST&text=vault", 3],
];

test("each word finds the same requests on the page as in the journal", async () => {
  const space = newSpace();
  await call(`${space}/_mock/rules`, { method: "POST", headers: { "content-type": "application/json" }, body: { name: "used # up", when: { consumer_id: "globex" }, respond: { error: 402 } } });
  for (const consumer of ["acme", "ACME", "acme-2 é", "error-402", "globex", "foo:bar"]) await askForSession(space, { consumer });
  await askForSession(space, { consumer: "acme", body: { settings: { unified_apis: ["cmr"] } } });
  await call(`${space}/vault/connections`, { headers: { ...keys("nobody"), "x-apideck-consumer-id": "" } });
  await fetch(`${space}/nowhere`);
  const found = async (words) => (await call(`${space}/_mock/requests?summary=1&${words}`)).json.requests;
  const all = await found("");
  for (const [text, asked, count] of table) {
    const words = read(text), ids = (list) => list.map(({ id }) => id);
    const theirs = await found(new URLSearchParams(asked));
    assert.equal(theirs.length, count, `${asked} of ${JSON.stringify(all.map((one) => [one.consumer_id, one.operation, one.rule, one.status]))}`);
    assert.deepEqual(ids(all.filter((entry) => matches(words, entry))), ids(theirs), text);
    assert.deepEqual(ids(await found(query(words))), ids(theirs), `what the page asks for: ${text}`);
  }
});

test("words go together, a minus turns one round, and what is being written finds what it may become", async () => {
  const entry = { status: 402, method: "POST", path: "/vault/sessions", operation: "sessionsCreate", consumer_id: "acme", rule: "defaults.json#free tier", kind: "rule", id: "1" };
  const is = { "": true, "consumer:": true, "status:4": true, "status:5": false, "-": true, 'rule:"free tier" consumer:acme': true, "consumer:acme consumer:bob": false, "-consumer:bob vault": true, "-status:4xx": false, "method:POST -kind:contract": true, "method:GET": false, "kind:rule": true };
  for (const [text, expected] of Object.entries(is)) assert.equal(matches(read(text), entry), expected, text);
  assert.equal(`${query(read("-consumer:acme status:4 kind:ru method:GET a b"))}`, "method=GET&text=a&text=b");
  assert.equal(`${query(read("consumer:a kind:rule consumer:b"))}`, "consumer_id=a&kind=rule", "the mock takes one of each");
});
