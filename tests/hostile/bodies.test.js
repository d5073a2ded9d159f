// Bodies made to break whoever shows them later: nested without end, megabytes of brackets, control characters,
// broken UTF-8. After each the journal, the spaces and the sessions answer, with bounded answers.

import assert from "node:assert/strict";
import http from "node:http";
import { test } from "node:test";
import zlib from "node:zlib";
import { start, vitals } from "../support/program.js";
import { claimsOf } from "../support/claims.js";
import { keys } from "../support/vault.js";
import { isSanitized, othersAreServed } from "./support.js";

const mock = await start(["--log-level", "off"]);
await othersAreServed(mock.url);
const { megabytes } = vitals(mock);

const headers = keys("acme", { "content-type": "application/json" });
const kMostListed = 2.5 * 2 ** 20;
const kMostAlone = 5 * 2 ** 20;

const post = (body, path = "/vault/sessions", more = {}) =>
  fetch(mock.url + path, { method: "POST", headers: { ...headers, ...more }, body });

// What is kept can be looked at: the lists, each page of the journal, and the newest request alone.
async function everythingCanBeShown() {
  const get = async (path, most) => {
    const answer = await fetch(mock.url + path);
    const text = await answer.text();
    assert.equal(answer.status, 200, path);
    assert.ok(text.length <= most, `${path} is ${text.length} bytes`);
    return JSON.parse(text);
  };
  for (const path of ["/_mock/spaces", "/_mock/sessions", "/_mock/rules", "/_mock/health"]) await get(path, kMostListed);
  const seen = new Set();
  for (let next = ""; next !== undefined; ) {
    const page = await get(`/_mock/requests${next && `?cursor=${next}`}`, kMostListed);
    for (const { id } of page.requests) {
      assert.ok(!seen.has(id), "no request is on two pages");
      seen.add(id);
    }
    assert.equal(page.truncated, page.next !== undefined);
    next = page.next;
  }
  const [newest] = (await get("/_mock/requests?limit=1", kMostListed)).requests;
  return get(`/_mock/requests/${newest.id}`, kMostAlone);
}

for (const [what, body] of [
  ["nested 100,000 arrays deep", "[".repeat(100_000) + "]".repeat(100_000)],
  ["nested 15,000 arrays deep, 30 kB", "[".repeat(15_000) + "]".repeat(15_000)],
  ["nested 60,000 objects deep", '{"a":'.repeat(60_000) + "1" + "}".repeat(60_000)],
  ["a megabyte of opening brackets", "[".repeat(999_990)],
  ["a megabyte of control characters", "\u0001".repeat(999_990)],
  ["a megabyte of quotes and backslashes", '"\\'.repeat(499_990)],
]) {
  test(`a body ${what} is refused, and shown as text`, async () => {
    assert.equal((await post(body)).status, 400);
    const { request } = await everythingCanBeShown();
    assert.equal(typeof request.body, "string");
    const text = JSON.stringify(request.body);
    assert.ok(text.length < 2 ** 20 + 64, "cut to a bounded text");
    if (body.length > 2 ** 20 / 6 && request.body_truncated) assert.equal(request.body_bytes, body.length);
    assert.ok(body.startsWith(request.body.slice(0, 100)));
  });
}

test("a body of broken UTF-8 is refused, and shown with replacement characters", async () => {
  assert.equal((await post(Buffer.from([0x7b, 0xff, 0xfe, 0xc0, 0x80, 0x7d]))).status, 400);
  const { request } = await everythingCanBeShown();
  assert.match(request.body, /�/);
});

test("a large and legal body is shown cut in a list, and whole alone", async () => {
  const logo = "x".repeat(900_000);
  assert.equal((await post(JSON.stringify({ theme: { logo } }))).status, 200);
  const alone = await everythingCanBeShown();
  assert.equal(alone.request.body.theme.logo, logo);
  const [listed] = (await (await fetch(`${mock.url}/_mock/requests?limit=1`)).json()).requests;
  assert.equal(listed.request.body_truncated, true);
  assert.equal(listed.request.body_bytes, JSON.stringify({ theme: { logo } }).length);
  assert.ok(listed.request.body.length < 70_000);
});

test("a hundred such bodies make a journal of many pages, and no more memory than its bounds", async () => {
  for (let i = 0; i < 100; i++) await post(JSON.stringify({ theme: { logo: "y".repeat(40_000) }, redirect_uri: `https://${i}.test` }));
  await everythingCanBeShown();
  await othersAreServed(mock.url);
});

test("an early rule mints sessions from any body, each with a payload that can be read", async () => {
  const space = "/@early";
  const rule = { when: { consumer_id: { exists: false } }, before: "validation", respond: { session: { claims: { exp: 1e300, iat: "x", consumer_id: 5 } } } };
  assert.equal((await post(JSON.stringify(rule), `${space}/_mock/rules`)).status, 201);
  const tokens = new Set(); // equal claims make equal tokens
  for (const body of ["5", '"x"', "null", "[1,2]", '{"consumer_id":"x"}', "[".repeat(100_000), ""]) {
    const answer = await fetch(`${mock.url}${space}/vault/sessions`, { method: "POST", body });
    assert.equal(answer.status, 200);
    const { data } = await answer.json();
    assert.equal(claimsOf(data.session_token).consumer_id, 5);
    tokens.add(data.session_token);
    assert.equal((await fetch(data.session_uri)).status < 500, true);
    const session = await (await fetch(`${mock.url}${space}/_mock/sessions/${data.session_token}`)).json();
    assert.equal(session.token, data.session_token);
  }
  for (const [method, path] of [
    ["PATCH", "/vault/connections/crm/pipedrive/consent"],
    ["POST", "/vault/connections/crm/pipedrive/migrate"],
    ["POST", "/vault/consumers"],
    ["POST", "/vault/custom-mappings/crm/pipedrive/crm%2Bleads%2Bfirst_name"],
    ["PATCH", "/vault/connections/crm/pipedrive/leads/config"],
  ]) {
    const answer = await fetch(mock.url + space + path, { method, body: "[1]" });
    assert.ok([401, 404, 405].includes(answer.status), `${method} ${path} answered ${answer.status}`);
  }
  const list = await (await fetch(`${mock.url}${space}/_mock/sessions`)).json();
  assert.deepEqual(list.sessions.map(({ token }) => token), [...tokens].reverse());
  await everythingCanBeShown();
});

test("what acts on a terminal is escaped in the answers of the mock's own API, which mean the same", async () => {
  const name = "\u009b31m\u202e\u2028ü€😀";
  assert.equal((await post(JSON.stringify({ theme: { vault_name: name } }))).status, 200);
  const text = await (await fetch(`${mock.url}/_mock/requests?limit=1`)).text();
  assert.doesNotMatch(text, /[\u0080-\u009f\u202e\u2028]/);
  assert.equal(JSON.parse(text).requests[0].request.body.theme.vault_name, name);
});

test("long paths, queries and headers are shown cut, and many headers in part", async () => {
  const path = `/vault/${"p".repeat(7_000)}${"q".repeat(3_000)}`;
  await fetch(`${mock.url}${path}?${"k".repeat(5_000)}`, { headers: { ...headers, "x-long": "v".repeat(20_000) } });
  const { request } = await everythingCanBeShown();
  assert.deepEqual([request.path_truncated, request.path_bytes], [true, path.length]);
  assert.equal(request.query.length, 5_000);
  assert.ok(request.headers["x-long"].length < 9_000, `${request.headers["x-long"].length}`);

  const space = "/@many-headers";
  const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`x-header-${i}`, "v".repeat(100)]));
  assert.equal((await post(JSON.stringify({ respond: { status: 200, headers: many, body: {} } }), `${space}/_mock/rules`)).status, 201);
  const { status } = await new Promise((resolve, reject) => {
    const url = new URL(`${mock.url}${space}/vault/sessions`);
    const asked = http.request(url, { method: "POST", headers, maxHeaderSize: 1_000_000 }, (answer) => answer.resume().on("end", () => resolve({ status: answer.statusCode })));
    asked.on("error", reject).end("{}");
  });
  assert.equal(status, 200);
  const { requests } = await (await fetch(`${mock.url}${space}/_mock/requests`)).json();
  const { answer } = requests[0];
  assert.equal(answer.headers_truncated, true);
  assert.ok(answer.headers_count >= 1_000);
  assert.ok(Object.keys(answer.headers).length <= 128);
});

for (const [name, coding, pack] of [["gzip", "gzip", zlib.gzipSync], ["deflate", "deflate", zlib.deflateSync], ["raw deflate", "deflate", zlib.deflateRawSync]]) {
  const as = { "content-encoding": coding };

  test(`a body in ${name} is shown without it`, async () => {
    const body = { redirect_uri: "https://app.test/café", theme: { logo: "x".repeat(5000) } };
    assert.equal((await post(pack(JSON.stringify(body)), undefined, as)).status, 200);
    const { request } = await everythingCanBeShown();
    assert.deepEqual(request.body, body);
    assert.equal(request.headers["content-encoding"], coding);
  });

  test(`a small body in ${name} that unfolds into 128 MB is refused, and kept small`, async () => {
    const { memory: before } = await (await fetch(`${mock.url}/_mock/spaces`)).json();
    const room = vitals(mock).megabytes;
    const bomb = pack(Buffer.alloc(128 * 2 ** 20, "x"));
    assert.ok(bomb.length < 2 ** 20, `the bomb has ${bomb.length} bytes`);
    for (const path of ["/vault/sessions", "/_mock/rules"]) {
      const answer = await post(bomb, path, as);
      assert.equal(answer.status, 413, path);
      assert.match(await answer.text(), /larger than 1048576 bytes/);
    }
    const twice = await post(zlib.gzipSync(bomb), undefined, { "content-encoding": `${coding}, gzip` });
    assert.equal(twice.status, 413);
    const { memory: after } = await (await fetch(`${mock.url}/_mock/spaces`)).json();
    assert.ok(after.used - before.used < 3 * 2 ** 20, JSON.stringify({ before, after }));
    if (!isSanitized) assert.ok(vitals(mock).megabytes < room + 48, "no room was made for it");
  });
}

test("the mock's own API reads a body in gzip, and says what it does not read", async () => {
  const rule = zlib.gzipSync(JSON.stringify({ when: { consumer_id: "packed" }, respond: { error: 402 } }));
  assert.equal((await post(rule, "/_mock/rules", { "content-encoding": "gzip" })).status, 201);
  assert.equal((await post("{}", "/vault/sessions", { "x-apideck-consumer-id": "packed" })).status, 402);
  const unknown = await post(rule, "/_mock/rules", { "content-encoding": "zstd" });
  assert.equal(unknown.status, 415);
  assert.match((await unknown.json()).error, /'zstd'.*Send the JSON as gzip/);
});
