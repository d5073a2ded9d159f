// A journal is bounded: no verdict passes that the requests it dropped could change.

import assert from "node:assert/strict";
import { test } from "node:test";
import { start } from "../support/program.js";
import { call } from "../support/vault.js";
import { space } from "./support.js";

const small = await start(["--journal-size", "10", "--log-level", "off"]);

const verdictOf = async (one, times, when) => {
  const { status, json } = await one.post("/verify", { ...(when && { when }), times });
  assert.equal(status, 200);
  return json;
};

test("of 25 requests 15 are dropped, and only what they cannot change is decided", async () => {
  const one = space("default", small.url);
  for (let i = 0; i < 25; i++) assert.equal((await one.session("acme")).status, 200);
  // [times, pass, conclusive]: between 10 and 25 requests matched.
  const cases = [
    [25, false, false],
    [10, false, false],
    [0, false, true],
    [9, false, true],
    [26, false, true],
    [{ at_least: 1 }, true, true],
    [{ at_least: 10 }, true, true],
    [{ at_least: 11 }, false, false],
    [{ at_least: 26 }, false, true],
    [{ at_most: 25 }, true, true],
    [{ at_most: 24 }, false, false],
    [{ at_most: 10 }, false, false],
    [{ at_most: 9 }, false, true],
    [{ at_least: 10, at_most: 25 }, true, true],
    [{ at_least: 5, at_most: 15 }, false, false],
  ];
  for (const [times, pass, conclusive] of cases) {
    const verdict = await verdictOf(one, times, { consumer_id: "acme" });
    const what = JSON.stringify({ times, verdict });
    assert.deepEqual([verdict.pass, verdict.conclusive, verdict.count, verdict.dropped], [pass, conclusive, 10, 15], what);
    assert.match(verdict.message, /15 earlier requests are no longer in the journal/);
    if (!conclusive) assert.match(verdict.message, /cannot be decided: .*--journal-size/);
  }
});

test("'never' is not believed of a journal that dropped a thousand requests", async () => {
  const one = space("never", small.url);
  await one.session("acme");
  for (let i = 0; i < 20; i++) await one.session(`other-${i}`);
  const verdict = await verdictOf(one, 0, { consumer_id: "acme" });
  assert.deepEqual([verdict.pass, verdict.conclusive, verdict.count, verdict.dropped], [false, false, 0, 11]);
});

test("a cleared journal begins anew, and so does a reset one", async () => {
  const one = space("cleared", small.url);
  for (const clear of [() => one.delete("/requests"), () => one.post("/reset", { only: ["journal"] }), () => one.post("/reset")]) {
    for (let i = 0; i < 15; i++) await one.session("before");
    assert.ok((await verdictOf(one, 10)).dropped >= 5);
    await clear();
    for (let i = 0; i < 3; i++) await one.session("acme");
    const verdict = await verdictOf(one, 3);
    assert.deepEqual([verdict.pass, verdict.conclusive, verdict.dropped], [true, true, 0]);
  }
});

test("nothing was dropped: verdicts are as ever", async () => {
  const one = space("whole", small.url);
  await one.session("acme");
  assert.deepEqual(
    await Promise.all([1, 0, 2].map(async (times) => ((v) => [v.pass, v.conclusive, v.dropped])(await verdictOf(one, times)))),
    [[true, true, 0], [false, true, 0], [false, true, 0]],
  );
});

test("a space that was dropped itself and made anew does not pass for an empty one", async () => {
  const few = await start(["--max-spaces", "2", "--log-level", "off"]);
  const one = space("mine", few.url);
  await one.session("acme");
  for (const other of ["a", "b", "c"]) await space(other, few.url).session();
  const verdict = await verdictOf(one, 0, { consumer_id: "acme" });
  assert.deepEqual([verdict.pass, verdict.conclusive, verdict.count, verdict.dropped], [false, false, 0, 1]);
  const all = (await call(`${few.url}/_mock/spaces`)).json;
  assert.equal(all.dropped.spaces, 2, "to look made none");
  // Who clears it knows again what it has.
  await one.delete("/requests");
  await one.session("other");
  assert.deepEqual([(await verdictOf(one, 0, { consumer_id: "acme" })).pass, (await verdictOf(one, 1)).pass], [true, true]);
  for (const other of ["a", "b", "c"]) await space(other, few.url).session();
  assert.equal((await call(one.url, { method: "DELETE" })).status, 204);
  assert.equal((await verdictOf(one, 0)).pass, true, "it was to be forgotten");
  await few.kill("SIGTERM");
});

test("entries that memory pushes out are counted as those that the number pushes out", async () => {
  const tight = await start(["--space-memory", "1MB", "--journal-size", "100000"]);
  const one = space("tight", tight.url);
  for (let i = 0; i < 20; i++) await one.session("acme", { body: { theme: { vault_name: "x".repeat(200_000) } } });
  const verdict = await verdictOf(one, 20);
  assert.equal(verdict.pass, false);
  assert.equal(verdict.conclusive, false);
  assert.equal(verdict.count + verdict.dropped, 20);
  const { stdout } = (await tight.kill("SIGTERM"), await tight.ended);
  const said = stdout.split("\n").filter((line) => line.includes("journals are full"));
  assert.ok(said.length >= 1 && said.length <= 2, stdout);
  assert.match(said[0], /--space-memory \(1 MB\)/);
  assert.match(stdout, /100000 requests and 1 MB per space, 128 MB in all/, "the banner says what is kept");
});

test("a request whose body the journal had to cut is unknown where the condition is on the body", async () => {
  const tight = await start(["--space-memory", "1MB", "--log-level", "off"]);
  const one = space("cut", tight.url);
  await one.session("acme", { body: { theme: { logo: "x".repeat(300_000), vault_name: "here" } } });
  const [entry] = (await one.get("/requests")).json.requests;
  assert.equal(entry.request.body_truncated, true);
  assert.ok(entry.request.body_bytes > 300_000, `${entry.request.body_bytes}`);
  const here = { body: { "/theme/vault_name": "here" } };
  for (const [when, times, pass, conclusive] of [
    [here, 1, false, false],
    [here, 0, false, false],
    [here, { at_most: 1 }, true, true],
    [here, 2, false, true],
    [{ not: here }, 1, false, false],
    [{ ...here, consumer_id: "bob" }, 0, true, true],
    [{ any: [here, { consumer_id: "acme" }] }, 1, true, true],
    [{ consumer_id: "acme" }, 1, true, true],
  ]) {
    const verdict = await verdictOf(one, times, when);
    assert.deepEqual([verdict.pass, verdict.conclusive], [pass, conclusive], JSON.stringify({ when, times, verdict }));
    if (!conclusive) assert.match(verdict.message, /^Undecided: .*has not the whole body.*--space-memory/);
  }
  await tight.kill("SIGTERM");
});

test("an undecided verdict says so first, and names the bound that dropped the requests", async () => {
  const one = space("named", small.url);
  for (let i = 0; i < 12; i++) await one.session("acme");
  const { message } = await verdictOf(one, 12);
  assert.match(message, /^Undecided: expected exactly 12 matching requests, found 10 .*start the mock with a larger --journal-size, or clear/);
  assert.doesNotMatch(message, /--space-memory|--max-spaces/);
});

test("integers are compared as integers, also beyond 2^53", async () => {
  const one = space("integers");
  for (const n of ["9007199254740992", "9007199254740993", "18446744073709551615", "-9007199254740993"])
    await call(`${one.url}/vault/sessions`, { method: "POST", body: `{"n":${n}}`, raw: true, headers: { "content-type": "application/json" } });
  const count = async (condition) => {
    const body = `{"when":{"body":{"/n":${condition}}}}`;
    const { status, json } = await call(`${one.url}/_mock/verify`, { method: "POST", body, raw: true });
    assert.equal(status, 200, JSON.stringify(json));
    return json.count;
  };
  assert.equal(await count('{"gt":9007199254740992}'), 2);
  assert.equal(await count('{"gte":9007199254740992}'), 3);
  assert.equal(await count('{"lte":9007199254740992}'), 2);
  assert.equal(await count('{"lt":-9007199254740992}'), 1);
  assert.equal(await count('{"lt":1e300}'), 4);
});
