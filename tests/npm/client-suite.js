// What the client does with a mock, whoever started it and whatever is between.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createRequire } from "node:module";
import { join } from "node:path";
import { claimsOf } from "../support/claims.js";
import { root } from "../support/launch.js";
import { askForSession } from "../support/vault.js";

const require = createRequire(import.meta.url);
const { VaultMockError } = require(join(root, "clients/node/vault-mock/index.js"));

export const statusOf = async (vault, consumer = "acme", options = {}) => (await askForSession(vault.url, { consumer, ...options })).status;
export const tokenOf = async (vault, consumer = "acme") => (await askForSession(vault.url, { consumer })).body.data.session_token;
const breaks = (asked) => assert.rejects(asked, TypeError);

let spaces = 0;

// For the body of a `describe`. `mockOf()`: the client's mock, asked for inside of tests. `brokenOff`: what a connection looks like
// that the mock resets, where something is between.
export function clientSuite(mockOf, { brokenOff = breaks } = {}) {
  const space = () => mockOf().space(`space ${++spaces}/ä`);

  test("a space is a world of its own, by its URL and by its headers", async () => {
    const vault = space();
    await vault.when({ consumer_id: "acme" }).error(402);
    assert.equal(await statusOf(vault), 402);
    assert.equal((await askForSession(mockOf().url, { consumer: "acme", headers: vault.headers })).status, 402);
    assert.equal(await statusOf(space()), 200);
    assert.equal(mockOf().space().url, mockOf().url);
    assert.deepEqual((await vault.requests.list()).map(({ space: name }) => name), [vault.name, vault.name]);
  });

  test("rules end as they are told to, and one that is awaited never", async () => {
    const vault = space();
    const always = await vault.when({ consumer_id: "a" }).error("RequestLimitError");
    const once = await vault.when({ consumer_id: "a" }).error(503).once();
    const twice = await vault.when({ consumer_id: "a" }).named("twice").respond({ status: 418, body: { short: "stout" } }).times(2);
    const statuses = [];
    for (let i = 0; i < 5; ++i) statuses.push(await statusOf(vault, "a"));
    assert.deepEqual(statuses, [418, 418, 503, 402, 402]);
    assert.deepEqual([(await always.get()).hits, (await once.get()).remaining, (await twice.get()).name], [2, 0, "twice"]);
    assert.deepEqual((await vault.rules.list()).slice(0, 3).map(({ id }) => id), [twice.id, once.id, always.id]);
    await always.remove();
    assert.equal(await statusOf(vault, "a"), 200);
    await vault.when({ consumer_id: "a" }).pass().always();
    assert.equal(await statusOf(vault, "a"), 200);
  });

  test("awaited twice, a rule is added once", async () => {
    const vault = space();
    const rule = vault.when().error(503);
    assert.equal((await rule).id, (await rule).id);
    assert.equal((await vault.rules.list()).filter(({ origin }) => origin === "added").length, 1);
  });

  test("ended and then awaited, a rule is added once", async () => {
    const vault = space();
    const rule = vault.when().error(503);
    assert.equal((await rule.once()).id, (await rule).id);
    assert.equal((await vault.rules.list()).filter(({ origin }) => origin === "added").length, 1);
  });

  test("a sequence takes statuses, names of errors, pass and answers", async () => {
    const vault = space();
    await vault.when({}).sequence([503, "RequestLimitError", 204, "pass", { status: 418, text: "no" }], { then: "repeat" });
    const statuses = [];
    for (let i = 0; i < 6; ++i) statuses.push(await statusOf(vault));
    assert.deepEqual(statuses, [503, 402, 204, 200, 418, 503]);
  });

  test("delays and faults", async () => {
    const vault = space();
    const slow = await vault.when().error(402).delay("1ms").once();
    assert.equal(await statusOf(vault), 402);
    assert.deepEqual((await slow.get()).rule, { when: {}, respond: { error: 402, delay: "1ms" }, times: 1 });
    await vault.when().fault("reset").once();
    await brokenOff(statusOf(vault));
  });

  test("verify tells what came, how often and how it was answered", async () => {
    const vault = space();
    await statusOf(vault, "acme");
    await statusOf(vault, "error-402");
    const { count } = await vault.verify({ consumer_id: "acme" }, { times: 1, status: 200 });
    assert.equal(count, 1);
    await vault.verify({ method: "POST" }, { atLeast: 1, atMost: 2 });
    await vault.verifyOrder([{ consumer_id: "acme" }, { consumer_id: "error-402" }]);
    await assert.rejects(vault.verifyOrder([{ consumer_id: "error-402" }, { consumer_id: "acme" }]), { name: "AssertionError" });
    await assert.rejects(vault.verify({ consumer_id: "acme" }, { atLeast: 2 }), /at least 2 .* found 1/);
    const rule = await vault.when({ consumer_id: "never" }).error(500);
    await assert.rejects(vault.verifyEveryRuleUsed(), { name: "AssertionError" });
    await rule.remove();
  });

  test("time is the space's own", async () => {
    const vault = space();
    await vault.clock.freeze(new Date("2027-01-01T00:00:00Z"));
    const token = await tokenOf(vault);
    assert.equal(claimsOf(token).iat, Date.UTC(2027) / 1000);
    assert.equal((await vault.sessions.get(token)).state, "active");
    assert.equal((await vault.clock.advance("61m")).now, "2027-01-01T01:01:00.000Z");
    assert.equal((await vault.sessions.get(token)).state, "expired");
    assert.equal((await vault.clock.offset("-1h")).frozen, false);
    assert.equal((await vault.clock.resume()).offset, (await vault.clock.get()).offset);
  });

  test("sessions", async () => {
    const vault = space();
    const [first, second] = [await tokenOf(vault), await tokenOf(vault, "globex")];
    assert.deepEqual((await vault.sessions.list()).map(({ token }) => token), [second, first]);
    assert.equal((await vault.sessions.expire(first)).state, "expired");
    await vault.sessions.revoke(second);
    assert.equal((await vault.sessions.get(second)).state, "revoked");
    await assert.rejects(vault.sessions.get("none"), { name: "VaultMockError", status: 404 });
  });

  test("the journal, and why an answer is as it is", async () => {
    const vault = space();
    await assert.rejects(vault.requests.why(), /There was no request in space/);
    for (const consumer of ["acme", "error-402"]) await statusOf(vault, consumer);
    const [latest] = await vault.requests.list({ status: "4xx" });
    assert.equal((await vault.requests.get(latest.id)).consumer_id, "error-402");
    assert.deepEqual(await vault.requests.why(), await vault.requests.why(latest.id));
    assert.match((await vault.requests.why()).sentence, /402/);
    assert.equal((await vault.requests.list({ limit: 1 })).length, 1);
    await vault.requests.clear();
    assert.deepEqual(await vault.requests.list(), []);
  });

  test("lists go on after a page", async () => {
    const vault = space();
    for (let i = 0; i < 12; ++i) await statusOf(vault, `consumer-${i}`, { body: { theme: { vault_name: "x".repeat(200_000) } } });
    assert.equal((await vault.requests.list()).length, 12);
    assert.equal((await vault.requests.list({ limit: 7 })).length, 7);
  });

  test("requests as they come, until the reader has enough", async () => {
    const vault = space();
    await statusOf(vault, "first");
    const seen = [];
    for await (const { consumer_id, sequence } of vault.requests.live({ after: 0 })) {
      seen.push([sequence, consumer_id]);
      if (seen.length === 2) break;
      await statusOf(vault, "second");
    }
    assert.deepEqual(seen, [[1, "first"], [2, "second"]]);
  });

  test("a reader is told what it missed, or fails", async () => {
    const vault = space();
    for (let i = 0; i < 5; ++i) await statusOf(vault);
    const missed = [];
    const live = vault.requests.live({ after: 0, perSecond: 1, onMissed: (report) => missed.push(report) });
    assert.equal((await live.next()).value.sequence, 5);
    await live.return();
    assert.deepEqual(missed, [{ count: 4, by_status: { 200: 4 } }]);
    await assert.rejects(vault.requests.live({ after: 0, perSecond: 1 }).next(), /missed 4 requests/);
  });

  test("a reader that waits ends by its signal", async () => {
    const enough = new AbortController();
    const next = space().requests.live({ signal: enough.signal }).next();
    enough.abort();
    assert.deepEqual(await next, { value: undefined, done: true });
  });

  test("rules are checked, switched and removed", async () => {
    const vault = space();
    await statusOf(vault, "acme");
    const [{ id: request }] = await vault.requests.list();
    const rule = { when: { consumer_id: "acme" }, respond: { error: 402 } };
    assert.deepEqual([(await vault.rules.check(rule, { request })).would_match, (await vault.rules.check({ respond: {} })).valid], [true, false]);
    const { id } = await vault.rules.add(rule);
    assert.equal((await vault.rules.patch(id, { enabled: false })).enabled, false);
    assert.equal(await statusOf(vault), 200);
    await vault.rules.remove(id);
    await assert.rejects(vault.rules.remove(id), VaultMockError);
  });

  test("connections", async () => {
    const vault = space();
    const set = (more) => vault.connections.set("acme", "crm", "hubspot", { state: "callable", ...more });
    await assert.rejects(set(), { name: "VaultMockError", message: /name its application in 'application_id'/ });
    assert.equal((await set({ application_id: "app" })).state, "callable");
    const hubspot = (await vault.connections.list("acme", { application_id: "app" })).find(({ service_id }) => service_id === "hubspot");
    assert.equal(hubspot.state, "callable");
  });

  test("seed, reset and forget", async () => {
    const [one, other] = [space(), space()];
    for (const vault of [one, other]) assert.deepEqual(await vault.seed(7), { seed: 7 });
    await one.when().error(402);
    assert.deepEqual((await one.reset("rules")).reset, ["rules"]);
    assert.equal(await statusOf(one), 200);
    assert.ok((await one.reset()).reset.length > 3);
    await one.forget();
    await one.forget(); // gone already
    assert.deepEqual(await one.requests.list(), []);
    await assert.rejects(mockOf().space().forget(), /The default space is always there/);
  });
}
