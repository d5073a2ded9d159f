// What leads on from a request that led nowhere: the header x-mock-trace, the trace itself, and hints.

import assert from "node:assert/strict";
import { test } from "node:test";
import { bodyOf, connect, request } from "../support/socket.js";
import { until } from "../support/program.js";
import { call, keys } from "../support/vault.js";
import { mock, space } from "./support.js";

const resultOf = (trace, step) => trace.steps.find((one) => one.step === step)?.result;

test("x-mock-trace leads to the trace of that answer, in its own space", async () => {
  for (const url of [mock.url, space("traced").url]) {
    const answer = await call(`${url}/vault/sessions`, { method: "POST", headers: keys("error-402") });
    assert.equal(answer.status, 402);
    const entry = (await call(answer.headers.get("x-mock-trace"))).json;
    assert.equal(entry.id, answer.headers.get("x-apideck-request-id"));
    assert.equal(entry.trace.decided_by, "rule defaults.json#error-402");
    assert.match(answer.headers.get("access-control-expose-headers"), /\bx-mock-hint, x-mock-trace\b/);
  }
});

test("a hint is in the header and in the journal, and the trace shows no step as passed that did not run", async () => {
  const one = space("dead-end");
  const answer = await call(`${one.url}/vault/session`, { method: "POST", headers: keys() });
  assert.equal(answer.status, 404);
  assert.deepEqual(Object.keys(answer.json), ["status_code", "error", "type_name", "message", "detail", "ref"]);
  const { trace } = (await call(answer.headers.get("x-mock-trace"))).json;
  assert.match(trace.hint, /did you mean POST \/vault\/sessions\?/);
  assert.equal(answer.headers.get("x-mock-hint"), trace.hint);
  for (const step of ["authentication", "contract", "advice"]) assert.equal(resultOf(trace, step), "did not run", step);
  for (const step of ["operation", "early rules", "rules"]) assert.equal(resultOf(trace, step), "passed", step);
  assert.equal(resultOf(trace, "act"), "decided the answer");

  const session = await one.session();
  const { trace: other } = (await call(session.headers.get("x-mock-trace"))).json;
  assert.equal(other.hint, undefined);
  for (const step of ["authentication", "contract", "advice"]) assert.equal(resultOf(other, step), "passed", step);
});

test("a consumer is the same from fetch, which sends Latin-1, and from a client that sends UTF-8", async () => {
  const one = space("cafe");
  await one.session("café"); // fetch() makes Latin-1 of it
  const socket = await connect(one.url);
  const path = new URL(`${one.url}/vault/sessions`).pathname;
  socket.write(Buffer.from(request("{}", "", path, keys("café")), "utf8"));
  await until(() => bodyOf(socket.received).endsWith("}}") || undefined, "an answer", mock);
  socket.destroy();
  const { requests } = (await one.get("/requests")).json;
  assert.deepEqual(requests.map((r) => [r.consumer_id, r.request.headers["x-apideck-consumer-id"]]), [["café", "café"], ["café", "café"]]);
  const verdict = (await one.post("/verify", { when: { consumer_id: "café" }, times: 2 })).json;
  assert.ok(verdict.pass, verdict.message);
});

test("a refused session token is told why, and whose it was, while the answer stays the vendor's", async () => {
  const one = space("refused-token");
  await one.put("/clock", { freeze: "2027-01-01T00:00:00Z" });
  const token = (await one.session("acme")).json.data.session_token;
  const list = (base, bearer) => call(`${base}/vault/connections`, { headers: { authorization: `Bearer ${bearer}` } });
  const told = async (answer) => {
    assert.deepEqual([answer.status, answer.json.detail], [401, "Invalid Authorization Token"]);
    return answer.headers.get("x-mock-hint");
  };
  assert.equal((await list(one.url, token)).status, 200);
  await one.put("/clock", { advance: "61m" });
  assert.equal(await told(await list(one.url, token)), "the session token expired at 2027-01-01T01:00:00.000Z, by the clock of the space");
  const [entry] = (await one.get("/requests?limit=1")).json.requests;
  assert.match(entry.sentence, /^acme listed connections; authentication refused it with 401: the session token expired at 2027/);

  const other = (await one.session("bob")).json.data.session_token;
  await one.delete(`/sessions/${other}`);
  assert.equal(await told(await list(one.url, other)), "the session was revoked");
  assert.match(await told(await list(space("of-another").url, other)), /not signed by this space/);
});
