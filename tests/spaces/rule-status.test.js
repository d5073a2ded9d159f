// Rules as they are at work: how often they matched, whether they are for a request of the past, and what PATCH changes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { call } from "../support/vault.js";
import { space } from "./support.js";

const forAcme = { name: "no more", when: { consumer_id: "acme" }, times: 2, respond: { error: 402 } };

test("a rule is tried on a request of the past, before it is added and after", async () => {
  const one = space("tried");
  await one.session("acme");
  const [{ id }] = (await one.get("/requests?limit=1")).json.requests;
  const tried = async (rule) => (await one.post(`/rules?check=1&request=${id}`, rule)).json;
  assert.deepEqual([(await tried(forAcme)).would_match, (await tried(forAcme)).differences], [true, []]);
  const other = await tried({ ...forAcme, when: { consumer_id: "bob" } });
  assert.deepEqual([other.would_match, other.differences], [false, ['consumer_id: expected "bob", was "acme"']]);
  assert.equal((await tried({ respond: { error: 4020 } })).valid, false);
  assert.deepEqual((await one.get("/rules")).json.added, []);
  const added = (await one.post("/rules", forAcme)).json;
  assert.equal((await one.get(`/rules/${added.id}?request=${id}`)).json.would_match, true);
  assert.equal((await one.get(`/rules/${added.id}?request=none`)).status, 404);
});

test("hits, what remains and the last use are told, and a replaced rule stays off", async () => {
  const one = space("hits");
  const { id } = (await one.post("/rules", forAcme)).json;
  const change = (body) => call(`${one.url}/_mock/rules/${id}`, { method: "PATCH", body });
  assert.deepEqual([(await one.session("acme")).status, (await one.session("bob")).status], [402, 200]);
  const rule = (await one.get(`/rules/${id}`)).json;
  assert.deepEqual([rule.hits, rule.remaining, rule.origin, rule.enabled], [1, 1, "added", true]);
  assert.ok(Date.parse(rule.last_hit) > 0);
  assert.equal((await change({ enabled: false })).json.enabled, false);
  assert.equal((await one.session("acme")).status, 200);
  const [{ trace }] = (await one.get("/requests?limit=1")).json.requests;
  assert.equal(trace.rules[0].result, "it is switched off");
  await one.put(`/rules/${id}`, { ...forAcme, respond: { error: 422 } });
  assert.deepEqual([(await one.get(`/rules/${id}`)).json.enabled, (await one.session("acme")).status], [false, 200]);
  await change({ enabled: true, ends_at: "2027-01-01T00:00:00Z" });
  await one.put("/clock", { freeze: "2027-01-01T00:00:00Z" });
  assert.equal((await one.session("acme")).status, 200);
  await change({ ends_at: null });
  assert.equal((await one.session("acme")).status, 422);
});

test("a session expires before its time, for itself alone", async () => {
  const one = space("ended-early");
  const tokens = [];
  for (const consumer of ["acme", "bob"]) tokens.push((await one.session(consumer)).json.data.session_token);
  const listed = async (token) => (await call(`${one.url}/vault/connections`, { headers: { authorization: `Bearer ${token}` } })).status;
  const changed = await call(`${one.url}/_mock/sessions/${tokens[0]}`, { method: "PATCH", body: { state: "expired" } });
  assert.deepEqual([changed.status, changed.json.state], [200, "expired"]);
  assert.deepEqual([await listed(tokens[0]), await listed(tokens[1])], [401, 200]);
  await one.delete(`/sessions/${tokens[0]}`);
  assert.equal((await one.get(`/sessions/${tokens[0]}`)).json.state, "revoked");
});
