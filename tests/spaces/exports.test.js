// The journal as lines, as commands for curl and as an HTTP Archive.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";
import { call, keys } from "../support/vault.js";
import { mock, space } from "./support.js";

const shell = promisify(execFile);

test("a summary has no bodies and no trace, and what decided in one word", async () => {
  const one = space("summary");
  await one.session("acme");
  await one.session("error-402");
  await one.session("acme", { body: { redirect_uri: 5 } });
  await one.session("acme", { headers: { authorization: "" } });
  await one.session("acme", { headers: { prefer: "code=404" } });
  await call(`${one.url}/nothing`, { headers: keys() });
  await call(`${one.url}/vault/sessions`, { method: "OPTIONS" });
  const { requests } = (await one.get("/requests?summary=1")).json;
  assert.deepEqual(requests.map(({ kind }) => kind).reverse(), ["operation", "rule", "contract", "authentication", "prefer", "routing", "preflight"]);
  assert.ok(requests.every((request) => !("trace" in request) && !("request" in request) && request.space === "summary"));
  assert.deepEqual(requests.map(({ sequence }) => sequence), [7, 6, 5, 4, 3, 2, 1]);
});

test("each request has a sentence, and what made a session its token", async () => {
  const one = space("sentences");
  await one.post("/rules", { name: "free tier used up", when: { consumer_id: "broke" }, respond: { error: 402 } });
  await one.session("broke");
  await one.session("acme");
  const [made, refused] = (await one.get("/requests")).json.requests;
  assert.match(refused.sentence, /^broke asked for a session; rule \S+#free tier used up answered 402\.$/);
  assert.equal(made.sentence, "acme asked for a session; it was answered 200.");
  const { token } = (await one.get(`/requests/${made.id}`)).json;
  assert.equal(token.claims.consumer_id, "acme");
  assert.equal(token.state, "active");
  assert.equal(token.session_uri, `${one.url}/session/${token.token}`);
  assert.ok(Date.parse(token.expires) > Date.parse(token.issued));
  assert.ok(!("token" in (await one.get(`/requests/${refused.id}`)).json));
  const [session] = (await one.get("/sessions")).json.sessions;
  assert.deepEqual(session, token);
  assert.deepEqual((await one.get(`/sessions/${token.token}`)).json, token);
  await one.delete(`/sessions/${token.token}`);
  assert.equal((await one.get(`/requests/${made.id}`)).json.token.state, "revoked");
});

test("a session is shown with the times of its token, and as broken where that has none", async () => {
  const one = space("timeless");
  await one.post("/rules", { respond: { session: { claims: { iat: "soon", exp: null } } } });
  await one.session();
  const [session] = (await one.get("/sessions")).json.sessions;
  assert.deepEqual([session.state, session.issued, session.expires, session.claims.iat], ["broken", null, null, "soon"]);
  await one.post("/rules", { respond: { session: { token: "any.token.at-all" } } });
  await one.session();
  const [foreign] = (await one.get("/sessions")).json.sessions;
  assert.deepEqual([foreign.token, foreign.state, foreign.claims], ["any.token.at-all", "active", null]);
  assert.ok(foreign.issued < foreign.expires);
});

test("the list is filtered by text and by classes of statuses, in one space or all", async () => {
  const [one, other] = [space("text-a"), space("text-b")];
  await one.session("Needle-1");
  await one.session("error-404");
  await other.session("needle-2");
  const found = async (query) => (await one.get(`/requests?summary=1&${query}`)).json.requests.map(({ consumer_id }) => consumer_id);
  assert.deepEqual(await found("text=NEEDLE"), ["Needle-1"]);
  assert.deepEqual(await found("status=4xx"), ["error-404"]);
  assert.deepEqual(await found("status=2xx"), ["Needle-1"]);
  assert.deepEqual(await found("text=needle&spaces=all"), ["needle-2", "Needle-1"]);
  assert.deepEqual(await found("text=sessions&status=404"), ["error-404"]);
  assert.deepEqual(await found("text=needle&text=E-2&spaces=all"), ["needle-2"]);
  assert.deepEqual(await found("kind=rule&method=POST&text=404"), ["error-404"]);
  assert.deepEqual(await found("consumer_id=error-40"), [], "the whole id");
  const pages = [];
  for (let cursor = ""; cursor !== undefined; ) {
    const page = (await one.get(`/requests?summary=1&spaces=all&text=needle&limit=1${cursor}`)).json;
    pages.push(...page.requests.map(({ consumer_id }) => consumer_id));
    cursor = page.next ? `&cursor=${page.next}` : undefined;
  }
  assert.deepEqual(pages, ["needle-2", "Needle-1"]);
  for (const status of ["9xx", "4x", "40", "abc"]) assert.equal((await one.get(`/requests?status=${status}`)).status, 400, status);
});

// Requests of all kinds, each with what is hard to write down for a shell.
const hard = [
  ["POST", "/vault/sessions", { body: '{"redirect_uri": "https://a.example/?it\'s=\\"$HOME\\""}' }],
  ["POST", "/vault/sessions", { headers: { "x-apideck-consumer-id": "it's `date` $(id)" }, body: "{}" }],
  ["POST", "/vault/sessions", { body: "@/etc/passwd" }],
  ["POST", "/vault/sessions", { body: '{"a":\n1}\n' }],
  ["POST", "/vault/sessions", { body: "\u0000\u0001 not JSON %s \\n" }],
  ["GET", "/vault/connections?filter[configured]=true&api=crm", {}],
  ["GET", "/vault/connections", { headers: { authorization: "key-alone" } }],
  ["GET", "/vault/connections", { headers: { "x-empty": "" } }],
  ["PATCH", "/vault/connections/crm/pipedrive", { body: '{"enabled":false}' }],
  ["DELETE", "/vault/consumers/nobody", {}],
  ["GET", "/no/such/path", {}],
  ["POST", "/vault/consumers", { headers: { "content-type": "" }, body: '{"consumer_id":"é"}' }],
  ["OPTIONS", "/vault/sessions", {}],
];

test("each command of curl is answered as the request was", async () => {
  const one = space("curl");
  for (const [method, path, { body, headers }] of hard)
    await call(`${one.url}${path}`, { method, headers: keys("acme", headers), body, raw: true });
  const { requests } = (await one.get("/requests?summary=1")).json;
  assert.equal(requests.length, hard.length);
  for (const { id, status, method } of requests.reverse()) {
    const { text, headers } = await call(`${one.url}/_mock/requests/${id}?format=curl`);
    assert.match(headers.get("content-type"), /^text\/plain/);
    assert.ok(!text.includes("0123456789"), text);
    const command = text.replace(/\bcurl\b/, "curl --silent --output /dev/null --write-out '%{http_code}'");
    const { stdout } = await shell("sh", ["-c", command], { env: { ...process.env, APIDECK_API_KEY: "sk_test_0123456789" } });
    const again = (await one.get("/requests?summary=1&limit=1")).json.requests[0];
    assert.deepEqual([again.status, again.method, stdout.slice(-3)], [status, method, String(status)], text);
    const [first, second] = await Promise.all([id, again.id].map(async (which) => (await one.get(`/requests/${which}`)).json.request));
    assert.deepEqual([second.path, second.query, second.body], [first.path, first.query, first.body], text);
  }
});

test("what a terminal obeys is in no curl line as it came", async () => {
  const one = space("pasted");
  for (const [name, bytes] of Object.entries({ "Ctrl-C": "x\u0003\ntouch it\n", escape: "\u001b]52;c;eA==\u0007", delete: "\u007f", C1: "\u009b201~" })) {
    await call(`${one.url}/vault/sessions`, { method: "POST", headers: { ...keys("acme"), "content-type": "text/plain" }, body: name + bytes, raw: true });
    const [{ id }] = (await one.get("/requests?summary=1&limit=1")).json.requests;
    const { text } = await call(`${one.url}/_mock/requests/${id}?format=curl`);
    assert.match(text, /^[\n -~]+$/, name);
    assert.match(text, /^printf '[\\0-7]+' \| curl .*--data-binary @-/, name);
  }
});

test("commands and archives come in pages", async () => {
  const one = space("pages");
  for (let i = 0; i < 5; i++) await one.session(`c${i}`);
  for (const [format, count] of [["curl", (text) => text.match(/^curl /gm).length], ["har", (text) => JSON.parse(text).log.entries.length]]) {
    const counts = [];
    for (let cursor = ""; cursor !== undefined; ) {
      const { text, headers } = await call(`${one.url}/_mock/requests?format=${format}&limit=2${cursor}`);
      counts.push(count(text));
      cursor = headers.get("x-mock-next") ? `&cursor=${headers.get("x-mock-next")}` : undefined;
    }
    assert.deepEqual(counts, [2, 2, 1], format);
  }
  const both = (await call(`${mock.url}/_mock/requests?format=curl&spaces=all&text=c0`)).text;
  assert.ok(both.includes(`${mock.url}/@pages/vault/sessions`), both);
});

// http://www.softwareishard.com/blog/har-12-spec/
const isText = (value) => typeof value === "string";
const isNumber = (value) => typeof value === "number";
const pairs = (list) => Array.isArray(list) && list.every(({ name, value }) => isText(name) && isText(value));
function checkArchive({ log }) {
  assert.equal(log.version, "1.2");
  assert.ok(isText(log.creator.name) && isText(log.creator.version));
  for (const entry of log.entries) {
    assert.match(entry.startedDateTime, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
    assert.ok(isNumber(entry.time) && entry.time >= 0);
    assert.deepEqual(entry.cache, {});
    const { send, wait, receive } = entry.timings;
    assert.ok([send, wait, receive].every((part) => isNumber(part) && part >= 0));
    assert.equal(send + wait + receive, entry.time);
    const { request, response } = entry;
    assert.ok(new URL(request.url));
    assert.ok([request.method, request.httpVersion, response.httpVersion, response.statusText, response.redirectURL].every(isText));
    for (const side of [request, response]) {
      assert.ok(pairs(side.headers) && Array.isArray(side.cookies));
      assert.ok(Number.isInteger(side.headersSize) && Number.isInteger(side.bodySize));
    }
    assert.ok(pairs(request.queryString));
    if (request.postData) assert.ok(isText(request.postData.mimeType) && isText(request.postData.text) && Array.isArray(request.postData.params));
    assert.ok(Number.isInteger(response.status));
    assert.ok(Number.isInteger(response.content.size) && isText(response.content.mimeType) && isText(response.content.text));
  }
  return log.entries;
}

test("an archive is one of HAR 1.2, with masked keys", async () => {
  const one = space("archive");
  for (const [method, path, { body, headers }] of hard)
    await call(`${one.url}${path}`, { method, headers: keys("acme", headers), body, raw: true });
  const all = await one.get("/requests?format=har");
  const entries = checkArchive(all.json);
  assert.equal(entries.length, hard.length);
  assert.ok(!all.text.includes("0123456789"));
  const listed = entries.find(({ request }) => request.queryString.length > 0);
  assert.deepEqual(listed.request.queryString, [{ name: "filter[configured]", value: "true" }, { name: "api", value: "crm" }]);
  assert.ok(listed.request.url.startsWith(`${one.url}/vault/connections?`));
  const [single] = checkArchive((await one.get(`/requests/${listed._id}?format=har`)).json);
  assert.deepEqual(single, listed);
});
