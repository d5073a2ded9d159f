import assert from "node:assert/strict";
import { request } from "node:http";
import { test } from "node:test";
import { start } from "../support/program.js";
import { call, keys } from "../support/vault.js";
import { mock, space } from "./support.js";

test("the journal shows request, answer and the trace, newest first", async () => {
  const one = space("journal");
  await one.session("first");
  await one.session("error-402", { body: { redirect_uri: "not a url" } });
  const { requests } = (await one.get("/requests")).json;
  assert.deepEqual(requests.map((r) => [r.consumer_id, r.status]), [["error-402", 402], ["first", 200]]);
  const [latest] = requests;
  assert.equal(latest.rule, "defaults.json#error-402");
  assert.deepEqual(latest.request.body, { redirect_uri: "not a url" });
  assert.equal(latest.answer.body.type_name, "RequestLimitError");
  assert.equal(latest.trace.advice[0].place, "/redirect_uri");
  assert.deepEqual(latest.trace.rules.at(-1), { rule: "defaults.json#error-402", result: "decided" });
  assert.match(latest.trace.rules[0].result, /consumer_id: expected "error-400", was "error-402"/);
  assert.equal((await one.get(`/requests/${latest.id}`)).json.id, latest.id);
  assert.equal((await one.get("/requests/none")).status, 404);
});

test("a body that cannot be decoded says so in the journal, also where a rule answered", async () => {
  const one = space("coded");
  await one.post("/rules", { name: "early", before: "validation", respond: { error: 402 } });
  const headers = { ...keys(), "content-encoding": "gzip" };
  await call(`${one.url}/vault/sessions`, { method: "POST", headers, body: '{"redirect_uri":"https://a.example"}' });
  const [{ request: sent, trace }] = (await one.get("/requests")).json.requests;
  assert.match(sent.body_coding_error, /^request body is not gzip/);
  assert.match(trace.decided_by, /#early$/);
  assert.match(trace.advice.find(({ place }) => place === "content-encoding").text, /rules see no body/);
});

test("the journal is filtered by status, consumer, operation, rule, time and number", async () => {
  const one = space("filters");
  await one.put("/clock", { freeze: "2027-01-01T00:00:00Z" });
  await one.session("a");
  await one.put("/clock", { advance: "1h" });
  await one.session("error-402");
  await one.session("a");
  const count = async (query) => (await one.get(`/requests?${query}`)).json.requests.length;
  assert.equal(await count("status=402"), 1);
  assert.equal(await count("consumer_id=a"), 2);
  assert.equal(await count("operation=sessionsCreate"), 3);
  assert.equal(await count("rule=error-402"), 1);
  assert.equal(await count("rule=defaults.json%23error-402"), 1);
  assert.equal(await count("since=2027-01-01T00:30:00Z"), 2);
  assert.equal(await count("limit=1"), 1);
  const oldest = (await one.get("/requests")).json.requests.at(-1).id;
  assert.equal(await count(`since=${oldest}`), 2);
  assert.match((await one.get("/requests?status=abc")).json.error, /'status' is neither a status like 402 nor a class of them like 4xx, but 'abc'/);
  assert.match((await one.get("/requests?since=yesterday")).json.error, /2027-01-01T00:00:00Z/);
});

test("keys are masked, each by a hash of its own, and a live one draws a warning", async () => {
  const one = space("masked");
  for (const key of ["sk_live_0123456789", "sk_live_0123456789", "sk_test_0123456789"])
    await one.session("c", { headers: { authorization: `Bearer ${key}` } });
  const answer = await one.get("/requests");
  assert.ok(!answer.text.includes("0123456789"));
  const [test_, live, again] = answer.json.requests;
  assert.equal(live.request.headers.authorization, again.request.headers.authorization);
  assert.notEqual(live.request.headers.authorization, test_.request.headers.authorization);
  assert.match(live.trace.advice[0].text, /live/);
  assert.equal(test_.trace.advice.length, 0);
});

test("the journal is bounded in number", async () => {
  const small = await start(["--journal-size", "5", "--log-level", "off"]);
  const one = space("x", small.url);
  for (let i = 0; i < 8; i++) await one.session(`c${i}`);
  assert.deepEqual((await one.get("/requests")).json.requests.map((r) => r.consumer_id), ["c7", "c6", "c5", "c4", "c3"]);
  await small.kill("SIGTERM");
});

test("events bring each request as it comes", async () => {
  const one = space("events");
  const stop = new AbortController();
  const { body, headers } = await fetch(`${one.url}/_mock/events`, { signal: stop.signal });
  assert.match(headers.get("content-type"), /^text\/event-stream/);
  await one.session("seen");
  let text = "";
  for await (const piece of body.pipeThrough(new TextDecoderStream())) {
    text += piece;
    if (text.includes("consumer_id")) break;
  }
  stop.abort();
  assert.match(text, /^id: 1\nevent: request\ndata: \{.*"consumer_id":"seen"/m);
});

test("every reader of events gets each request once, in its order", async () => {
  const one = space("readers");
  const stop = new AbortController();
  const streams = await Promise.all([1, 2, 3].map(() => fetch(`${one.url}/_mock/events`, { signal: stop.signal })));
  const names = Array.from({ length: 60 }, (_, i) => `consumer-${i}`);
  const readAll = async ({ body }) => {
    let text = "";
    for await (const piece of body.pipeThrough(new TextDecoderStream())) {
      text += piece;
      if (text.includes(`"consumer_id":"${names.at(-1)}"`) && text.endsWith("\n\n")) return text;
    }
  };
  const readers = Promise.all(streams.map(readAll));
  for (const name of names) await one.session(name);
  const kept = (await one.get("/requests?limit=100")).json.requests.reverse();
  for (const text of await readers) {
    const events = [...text.matchAll(/^id: (.*)\nevent: request\ndata: (.*)\n\n/gm)];
    assert.deepEqual(events.map(([, , data]) => JSON.parse(data).consumer_id), names);
    assert.deepEqual(events.map(([, id]) => Number(id)), kept.map(({ sequence }) => sequence));
  }
  stop.abort();
});

test("verify counts, and a failure names the nearest requests and what differed", async () => {
  const one = space("verify");
  await one.session("bob", { body: { settings: { session_length: "30m" } } });
  await one.session("eve");
  const verify = async (body) => (await one.post("/verify", body)).json;
  assert.equal((await verify({ when: { consumer_id: "bob" }, times: 1 })).pass, true);
  assert.equal((await verify({ when: { body: { "/settings/session_length": "30m" } } })).count, 1);
  assert.equal((await verify({ times: { at_least: 1, at_most: 3 } })).pass, true);
  const failed = await verify({ when: { consumer_id: "alice", operation: "sessionsCreate" }, times: 2 });
  assert.equal(failed.pass, false);
  assert.match(failed.message, /^Expected exactly 2 matching requests, found 0 among 2 in space 'verify'. Nearest:\n {2}- POST \/vault\/sessions of consumer/);
  assert.match(failed.message, /; consumer_id: expected "alice", was "bob"/);
  assert.equal(failed.nearest.length, 2);
  const slip = await space("Verify").post("/verify", {});
  assert.match(slip.json.message, /in space 'Verify'\. Space 'Verify' has had no requests; those that have: .*\bverify \(2\)/);
  const many = await verify({ times: { at_most: 1 } });
  assert.match(many.message, /at most 1 .* found 2 .*They are:/s);
  assert.match((await one.post("/verify", { when: { consumer: "bob" } })).json.error, /did you mean "consumer_id"/);
  assert.match((await verify({ when: { consumer_id: "alice" }, times: 1 })).message, /^Expected exactly 1 matching request, found 0/);
  assert.match((await verify({ times: { at_least: 3, at_most: 1 } })).error, /can never hold/);
  assert.match((await one.post("/verify", { times: "twice" })).json.error, /at_least/);
});

test("rules at run time come first, work once with ?times=1, and can be replaced and removed", async () => {
  const one = space("rules");
  const added = await one.post("/rules?times=1", { when: { consumer_id: "acme" }, respond: { error: 402 } });
  assert.equal(added.status, 201);
  assert.deepEqual([(await one.session()).status, (await one.session()).status], [402, 200]);
  const { id } = (await one.post("/rules", { respond: { error: 404 } })).json;
  assert.equal((await one.session("error-402")).status, 404);
  assert.equal((await one.put(`/rules/${id}`, { respond: { error: 422 } })).status, 200);
  assert.equal((await one.session()).status, 422);
  assert.equal((await one.get(`/rules/${id}`)).json.rule.respond.error, 422);
  const all = (await one.get("/rules")).json;
  assert.equal(all.added.length, 2);
  assert.ok(all.files.some((rule) => rule.label === "defaults.json#flaky"));
  assert.equal((await one.delete(`/rules/${id}`)).status, 204);
  assert.equal((await one.delete(`/rules/${id}`)).status, 404);
  assert.equal((await one.session()).status, 200);
});

test("a mistaken rule is refused as a rule file's is", async () => {
  const { status, json } = await space("mistakes").post("/rules", { wen: {}, respond: { eror: 402 } });
  assert.equal(status, 400);
  assert.deepEqual(json.mistakes.map((m) => m.pointer).sort(), ["/respond/eror", "/wen"]);
  assert.match(json.text, /did you mean "when"/);
});

// fetch may not set Host and Origin.
const status = (path, headers, port = new URL(mock.url).port) =>
  new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sent.on("error", reject).end();
  });

test("pages of other sites and names that others may point here cannot use /_mock/", async () => {
  const own = new URL(mock.url).host;
  assert.equal(await status("/_mock/requests", { host: own }), 200);
  assert.equal(await status("/_mock/requests", { host: "localhost:4010" }), 200);
  assert.equal(await status("/_mock/requests", { host: "vault-mock:4010" }), 200);
  assert.equal(await status("/_mock/requests", { host: "[::1]:4010" }), 200);
  assert.equal(await status("/_mock/requests", { host: "evil.example.com" }), 403);
  assert.equal(await status("/_mock/requests", { host: own, origin: "https://evil.example.com" }), 403);
  assert.equal(await status("/_mock/requests", { host: own, origin: `http://${own}` }), 200);
  assert.equal(await status("/vault/sessions", { host: "evil.example.com", origin: "https://evil.example.com" }), 405);
});

test("--admin-token is asked for everywhere but for health, --admin-host allows a name", async () => {
  const guarded = await start(["--admin-token", "t0ken", "--admin-host", "mock.example.com", "--log-level", "off"]);
  const port = new URL(guarded.url).port;
  assert.equal(await status("/_mock/requests", {}, port), 401);
  assert.equal(await status("/_mock/health", {}, port), 200);
  assert.equal(await status("/_mock/requests", { authorization: "Bearer t0ken" }, port), 200);
  assert.equal(await status("/_mock/requests", { "x-mock-admin-token": "t0ken", host: "mock.example.com" }, port), 200);
  await guarded.kill("SIGTERM");
});

test("mistakes in the mock's own API are told like any other", async () => {
  const one = space("told");
  assert.match((await one.put("/clock", { freze: "2027-01-01T00:00:00Z" })).json.error, /Did you mean property 'freeze'\?/);
  assert.match((await one.put("/clock", { freeze: "tomorrow" })).json.error, /2027-01-01T00:00:00Z/);
  assert.match((await call(`${one.url}/_mock/clock`, { method: "PUT", body: "{", raw: true })).json.error, /line 1, column/);
  assert.equal((await one.post("/clock", {})).status, 405);
  assert.ok((await one.get("/nothing")).json.resources.includes("/_mock/clock"));
});

test("a query parameter that does not exist is refused, with the one probably meant", async () => {
  const one = space("parameters");
  const refused = await one.post("/rules?tims=1", { respond: { error: 402 } });
  assert.deepEqual([refused.status, refused.json.error], [400, "There is no query parameter 'tims' here. Did you mean 'times'?"]);
  assert.equal((await one.get("/rules")).json.added.length, 0);
  assert.match((await one.get("/requests?consumer=bob")).json.error, /no query parameter 'consumer'/);
  assert.equal((await one.get("/requests?consumer_id=bob&limit=5")).status, 200);
});
