import assert from "node:assert/strict";
import { test } from "node:test";
import { start } from "../support/program.js";
import { claimsOf } from "../support/claims.js";
import { call, keys } from "../support/vault.js";
import { mock, space } from "./support.js";

test("a space is made on first use, listed, and forgotten on request", async () => {
  const one = space("made-on-use");
  await one.session();
  const names = async () => (await call(`${mock.url}/_mock/spaces`)).json.spaces.map((s) => s.name);
  assert.ok((await names()).includes("made-on-use"));
  assert.equal((await call(one.url, { method: "DELETE" })).status, 204);
  assert.ok(!(await names()).includes("made-on-use"));
});

test("what leaves nothing in a space makes none", async () => {
  const one = space("never-made");
  const patch = (path, body) => call(`${one.url}/_mock${path}`, { method: "PATCH", body });
  const token = (await space("maker").session()).json.data.session_token;
  const asked = [
    [one.get("/requests"), 200],
    [one.get("/nothing"), 404],
    [one.post("/rules?check=1", { respond: { error: 402 } }), 200],
    [one.post("/rules", { respond: { staus: 402 } }), 400],
    [one.put("/rules/unknown", { respond: { error: 402 } }), 404],
    [patch("/rules/unknown", { enabled: false }), 404],
    [one.delete("/rules/unknown"), 404],
    [one.delete("/rules"), 204],
    [one.post("/verify", { order: [{ consumer_id: 1, nothing: 2 }] }), 400],
    [one.post("/verify", { times: 0 }), 200],
    [one.put("/clock", { freeze: "yesterday" }), 400],
    [one.put("/clock", { resume: true }), 200],
    [one.put("/seed", { seed: -1 }), 400],
    [one.post("/reset"), 200],
    [one.delete("/requests"), 204],
    [patch(`/sessions/${token}`, { state: "expired" }), 404],
    [one.delete(`/sessions/${token}`), 404],
    [one.put("/connections/crm/nothing?consumer_id=acme&application_id=a", { state: "callable" }), 404],
    [call(`${one.url}/nothing`), 404],
    [call(`${one.url}/`, { method: "DELETE" }), 204],
  ];
  for (const [answer, status] of asked) assert.equal((await answer).status, status, (await answer).text);
  const stop = new AbortController();
  assert.equal((await fetch(`${one.url}/_mock/events`, { signal: stop.signal })).status, 200);
  stop.abort();
  const names = async () => (await call(`${mock.url}/_mock/spaces?limit=1000`)).json.spaces.map(({ name }) => name);
  assert.ok(!(await names()).includes("never-made"));

  for (const [name, write] of Object.entries({
    "made-by-rule": (space) => space.post("/rules", { respond: { error: 402 } }),
    "made-by-clock": (space) => space.put("/clock", { advance: "1h" }),
    "made-by-seed": (space) => space.put("/seed", { seed: 7 }),
    "made-by-oauth": (space) => space.put("/oauth", { confirm: true }),
    "made-by-connection": (space) => space.put("/connections/crm/pipedrive?consumer_id=acme&application_id=a", { state: "callable" }),
  })) {
    const { status, text } = await write(space(name));
    assert.ok(status < 300, `${name}: ${text}`);
    assert.ok((await names()).includes(name), name);
  }
});

test("of rules that are added to a new space at the same time none is lost", async () => {
  const one = space("made-at-once");
  const added = await Promise.all(Array.from({ length: 20 }, (_, i) => one.post("/rules", { when: { consumer_id: `c${i}` }, respond: { error: 402 } })));
  assert.ok(added.every(({ status }) => status === 201));
  const shown = (await one.get("/rules")).json.added.map(({ id }) => id);
  assert.deepEqual(shown.sort(), added.map(({ json }) => json.id).sort());
});

test("what is done in one space is not seen in another", async () => {
  const [one, other] = [space("isolated-1"), space("isolated-2")];
  await one.post("/rules", { respond: { error: 402 } });
  await one.put("/clock", { freeze: "2030-01-01T00:00:00Z" });
  assert.equal((await one.session()).status, 402);
  assert.equal((await other.session()).status, 200);
  assert.equal((await other.get("/requests")).json.requests.length, 1);
  assert.equal((await other.get("/clock")).json.frozen, false);
});

test("a token of one space is unknown in another", async () => {
  const token = (await space("token-1").session()).json.data.session_token;
  assert.equal((await space("token-1").get(`/sessions/${token}`)).json.state, "active");
  assert.equal((await space("token-2").get(`/sessions/${token}`)).status, 404);
});

test("session_uri leads into the space", async () => {
  const one = space("linked");
  const { session_uri, session_token } = (await one.session()).json.data;
  assert.equal(session_uri, `${one.url}/session/${session_token}`);
});

test("x-mock-space picks the space of code that cannot change its base URL", async () => {
  const headers = keys("c", { "x-mock-space": "by-header" });
  await call(`${mock.url}/vault/sessions`, { method: "POST", headers });
  assert.equal((await space("by-header").get("/requests")).json.requests.length, 1);
});

for (const [by, header] of [["app-id", "x-apideck-app-id"], ["api-key", "authorization"]])
  test(`--space-by ${by} picks the space by the credential that is sent anyway`, async () => {
    const other = await start(["--space-by", by, "--log-level", "off"]);
    const headers = keys("c", { key: "Bearer k1" });
    await call(`${other.url}/vault/sessions`, { method: "POST", headers });
    const journal = async (credential) => (await call(`${other.url}/_mock/requests`, { headers: { [header]: credential } })).json.requests.length;
    assert.equal(await journal(headers[header]), 1);
    assert.equal(await journal("Bearer-2"), 0);
    await other.kill("SIGTERM");
  });

test("of more spaces than --max-spaces the longest unused goes", async () => {
  const small = await start(["--max-spaces", "3", "--log-level", "off"]);
  for (const name of ["a", "b", "c", "a", "d"]) await space(name, small.url).session();
  const names = (await call(`${small.url}/_mock/spaces`)).json.spaces.map((s) => s.name);
  assert.deepEqual(names, ["default", "a", "c", "d"]);
  await small.kill("SIGTERM");
});

test("time stands still, jumps and runs on, and tokens follow", async () => {
  const one = space("clock");
  assert.equal((await one.put("/clock", { freeze: "2027-01-01T00:00:00Z" })).json.now, "2027-01-01T00:00:00.000Z");
  const first = (await one.session()).json.data.session_token;
  assert.equal(claimsOf(first).iat, Date.parse("2027-01-01T00:00:00Z") / 1000);
  assert.equal((await one.put("/clock", { advance: "59m" })).json.now, "2027-01-01T00:59:00.000Z");
  assert.equal((await one.get(`/sessions/${first}`)).json.state, "active");
  await one.put("/clock", { advance: "1m" });
  assert.equal((await one.get(`/sessions/${first}`)).json.state, "expired");
  assert.equal((await one.get("/requests")).json.requests[0].at, "2027-01-01T00:00:00.000Z");
  const hourAgo = Date.parse((await one.put("/clock", { offset: "-1h" })).json.now);
  assert.ok(Math.abs(hourAgo + 3_600_000 - Date.now()) < 5_000);
  assert.ok(Math.abs(Date.parse((await one.put("/clock", { resume: true })).json.now) - Date.now()) < 5_000);
});

test("a frozen clock and a seed make runs byte-identical, request ids included", async () => {
  const play = async (name) => {
    const one = space(name);
    await one.put("/clock", { freeze: "2027-01-01T00:00:00Z" });
    await one.put("/seed", { seed: 7 });
    const answers = [];
    for (const consumer of ["a", "error-402", "b"]) {
      const { headers, text } = await one.session(consumer, { headers: { host: "x" } });
      answers.push([headers.get("x-apideck-request-id"), text]);
    }
    await call(one.url, { method: "DELETE" });
    return answers;
  };
  assert.deepEqual(await play("again"), await play("again"));
});

test("every space has request ids of its own, and its seed brings them back", async () => {
  const ids = async (one) => [await one.session(), await one.session()].map(({ headers }) => headers.get("x-apideck-request-id"));
  const [left, right] = [space("ids-left"), space("ids-right")];
  const seen = [...(await ids(left)), ...(await ids(right)), ...(await ids(space("default")))];
  assert.equal(new Set(seen).size, seen.length, `one twice in ${seen}`);
  await left.put("/seed", (await left.get("/seed")).json);
  assert.deepEqual(await ids(left), seen.slice(0, 2));
});

test("a revoked session says so", async () => {
  const one = space("revoked");
  const token = (await one.session()).json.data.session_token;
  assert.equal((await one.delete(`/sessions/${token}`)).status, 204);
  const shown = (await one.get(`/sessions/${token}`)).json;
  assert.equal(shown.state, "revoked");
  assert.equal(shown.claims.consumer_id, "acme");
  assert.deepEqual((await one.get("/sessions")).json.sessions.map((s) => s.state), ["revoked"]);
});

test("a reset takes back everything, or only what is named", async () => {
  const one = space("reset");
  await one.post("/rules", { respond: { error: 402 } });
  await one.put("/clock", { freeze: "2030-01-01T00:00:00Z" });
  await one.session();
  assert.deepEqual((await one.post("/reset", { only: ["journal"] })).json.reset, ["journal"]);
  assert.equal((await one.get("/requests")).json.requests.length, 0);
  assert.equal((await one.session()).status, 402);
  await one.post("/reset");
  assert.equal((await one.session()).status, 200);
  assert.equal((await one.get("/clock")).json.frozen, false);
  assert.match((await one.post("/reset", { only: ["jurnal"] })).json.error, /Did you mean 'journal'\?/);
});

test("a counter reset starts sequences anew", async () => {
  const one = space("counters");
  assert.equal((await one.session("flaky")).status, 503);
  await one.post("/reset", { only: ["counters"] });
  const statuses = [];
  for (let i = 0; i < 3; i++) statuses.push((await one.session("flaky")).status);
  assert.deepEqual(statuses, [503, 503, 200]);
});

test("a revoked token stays revoked when a clock that stands still makes it again", async () => {
  const one = space("revoked-again");
  await one.put("/clock", { freeze: "2027-01-01T00:00:00Z" });
  const token = async () => (await one.session()).json.data.session_token;
  const first = await token();
  await one.delete(`/sessions/${first}`);
  assert.equal(await token(), first);
  assert.equal((await one.get(`/sessions/${first}`)).json.state, "revoked");
  await one.post("/reset", { only: ["sessions"] });
  assert.equal(await token(), first);
  assert.equal((await one.get(`/sessions/${first}`)).json.state, "active");
});
