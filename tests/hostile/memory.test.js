// Clients that fill what the program keeps: by size, by number, and in every kind there is. It stays within the bounds
// it was given, says what had to go, and afterwards everything that it keeps can be looked at.

import assert from "node:assert/strict";
import { test } from "node:test";
import { start, vitals } from "../support/program.js";
import { call as callUrl, keys } from "../support/vault.js";
import { each, isSanitized, looksFine, othersAreServed } from "./support.js";

const mega = 1024 * 1024;
const limits = { space: 8 * mega, program: 32 * mega };
const options = ["--space-memory", "8MB", "--memory", "32MB", "--log-level", "off", "--max-spaces", "2000"];
const mock = await start(options);
await othersAreServed(mock.url, 5);

const headers = (consumer) => keys(consumer, { "content-type": "application/json" });
const call = (method, path, body, consumer = "acme") => callUrl(mock.url + path, { method, headers: headers(consumer), body });
// All of them, and what the last page says of all: there are more than one page takes.
async function spaces() {
  const all = [];
  for (let cursor = ""; ; ) {
    const { json: page } = await call("GET", `/_mock/spaces?limit=1000${cursor}`);
    all.push(...page.spaces);
    assert.equal(page.truncated, page.next !== undefined);
    if (!page.truncated) return { ...page, spaces: all };
    cursor = `&cursor=${encodeURIComponent(page.next)}`;
  }
}
const spaceOf = async (name) => (await spaces()).spaces.find((one) => one.name === name);

// The account of the space, which must be there, and of all, and what the system says: counted bytes are not all, but most.
async function isBounded(name, prefix = `/@${name}`) {
  const { memory, spaces: list } = await spaces();
  assert.equal(memory.limit, limits.program);
  assert.ok(memory.used <= limits.program, `${memory.used} bytes in all`);
  const one = list.find((one) => one.name === name);
  assert.ok(one, `${name} is not among ${list.length} spaces`);
  // The newest entry of a journal always stays: at most an eighth, and its trace.
  assert.ok(one.memory.used <= (limits.space / 8) * 9, JSON.stringify(one));
  assert.equal(one.memory.over ?? 0, Math.max(0, one.memory.used - one.memory.limit));
  if (!isSanitized) assert.ok(vitals(mock).megabytes < 200, `${vitals(mock).megabytes} MB`);
  await looksFine(mock.url, prefix);
  await othersAreServed(mock.url, 5);
}

const big = "x".repeat(1_000_000);

test("100 sessions of a megabyte, in a space of 8", async () => {
  await each(100, 4, async (i) => {
    const { status } = await call("POST", "/@sessions/vault/sessions", { theme: { vault_name: big } }, `c${i}`);
    assert.equal(status, 200);
  });
  const one = await spaceOf("sessions");
  assert.ok(one.memory.sessions <= limits.space / 8);
  assert.ok(one.dropped.sessions > 90 && one.dropped.requests > 90, JSON.stringify(one));
  await isBounded("sessions");
});

test("40 consumers with metadata of a megabyte", async () => {
  await each(40, 4, async (i) => {
    const { status } = await call("POST", "/@consumers/vault/sessions", { consumer_metadata: { user_name: big } }, `c${i}`);
    assert.equal(status, 200);
  });
  const one = await spaceOf("consumers");
  assert.ok(one.dropped.consumers > 30, JSON.stringify(one));
  await isBounded("consumers");
});

test("12 times another megabyte of a connection's metadata, until it is refused", async () => {
  const statuses = [];
  for (let i = 0; i < 12; i++)
    statuses.push((await call("PATCH", "/@metadata/vault/connections/crm/pipedrive", { metadata: { [`key${i}`]: big } })).status);
  const taken = statuses.indexOf(413);
  assert.ok(taken >= 2 && taken <= 4, statuses.join(" "));
  assert.deepEqual(statuses, statuses.map((_, i) => (i < taken ? 200 : 413)));
  const refused = await call("PATCH", "/@metadata/vault/connections/crm/pipedrive", { metadata: { more: big } });
  assert.equal(refused.json.type_name, "PayloadTooLargeError");
  assert.match(refused.json.detail, /--space-memory/);
  // What is there stays, may be renewed, shrunk and deleted.
  const connection = (await call("GET", "/@metadata/vault/connections/crm/pipedrive")).json.data;
  assert.equal(Object.keys(connection.metadata).length, taken);
  assert.equal((await call("PATCH", "/@metadata/vault/connections/crm/pipedrive", { metadata: { key0: big } })).status, 200);
  assert.equal((await call("PATCH", "/@metadata/vault/connections/crm/pipedrive", { metadata: { key0: null } })).status, 200);
  assert.equal((await call("PATCH", "/@metadata/vault/connections/crm/pipedrive", { metadata: { other: big } })).status, 200);
  assert.ok((await spaceOf("metadata")).dropped.refused >= 8);
  await isBounded("metadata");
  assert.equal((await call("DELETE", "/@metadata/vault/connections/crm/pipedrive")).status, 204);
  assert.equal((await spaceOf("metadata")).memory.connections, 0);
});

test("12 times another megabyte of a consumer's metadata", async () => {
  await call("POST", "/@merged/vault/consumers", { consumer_id: "acme" });
  const statuses = [];
  for (let i = 0; i < 12; i++)
    statuses.push((await call("PATCH", "/@merged/vault/consumers/acme", { metadata: { [`key${i}`]: big } })).status);
  assert.deepEqual(new Set(statuses.slice(1)), new Set([413]));
  assert.equal(statuses[0], 200);
  assert.equal((await call("POST", "/@merged/vault/sessions", { consumer_metadata: { user_name: big } })).status, 413);
  assert.equal((await call("POST", "/@merged/vault/sessions", { consumer_metadata: { user_name: "u" } })).status, 200);
  await isBounded("merged");
});

test("settings, consents, custom mappings and configuration, by number and size", async () => {
  const to = (path) => `/@all/vault/connections/crm/pipedrive${path}`;
  await each(20, 4, (i) => call("PATCH", to(""), { settings: { [`s${i}`]: big } }));
  await each(20, 4, (i) => call("PATCH", to(""), { configuration: [{ resource: `r${i}`, defaults: [{ id: "x", value: big }] }] }));
  await each(20, 4, (i) => call("PATCH", to(""), { custom_mappings: [{ id: `m${i}`, value: big }] }));
  await each(20, 4, (i) => call("PATCH", to("/consent"), { granted: true, resources: { [`r${i}`]: { read: [big] } } }));
  // Of a small connection: each answer has all of it.
  const small = "/@consents/vault/connections/crm/pipedrive/consent";
  await each(1_100, 8, () => call("PATCH", small, { granted: true, resources: "*" }));
  const { data } = (await call("GET", small)).json;
  assert.equal(data.length, 1_000);
  await isBounded("all");
});

test("25,000 configuration defaults at once, again and again, hold up nobody", async () => {
  const defaults = Array.from({ length: 25_000 }, (_, i) => ({ id: `field-${i}`, value: i }));
  const path = "/@defaults/vault/connections/crm/salesforce/leads/config";
  const took = async (count) => {
    const begin = performance.now();
    const { status } = await call("PATCH", path, { defaults: defaults.slice(0, count) });
    assert.ok([200, 413].includes(status), `${status}`);
    return performance.now() - begin;
  };
  const one = async (count) => {
    const { status } = await call("PATCH", "/@defaults/vault/connections/crm/pipedrive", { configuration: [{ resource: "companies", defaults: defaults.slice(0, count) }] });
    assert.ok([200, 413].includes(status), `${status}`);
  };
  await Promise.all([took(25_000), one(25_000), othersAreServed(mock.url, 5)]);
  // In proportion to their number: eight times as many take about eight times as long, not 64 times.
  let ratio = Infinity;
  for (let attempt = 0; attempt < 5 && ratio > 30; attempt++) {
    const time = async (count) => {
      await call("DELETE", "/@defaults/vault/connections/crm/pipedrive");
      const begin = performance.now();
      await one(count);
      await one(count);
      return performance.now() - begin;
    };
    const few = await time(1_000);
    ratio = (await time(8_000)) / few;
  }
  assert.ok(ratio <= 30, `${ratio} times as long`);
  await isBounded("defaults");
});

test("rules by the thousand, and rules of a megabyte", async () => {
  const add = (space, body) => call("POST", `/@${space}/_mock/rules`, body);
  await each(2_500, 8, async (i) => {
    const { status } = await add("rules", { name: `r${i}`, when: { consumer_id: `c${i}` }, respond: { error: 402 } });
    assert.equal(status, 201);
  });
  assert.equal((await call("POST", "/@rules/vault/sessions", {}, "c0")).status, 402);
  assert.equal((await call("POST", "/@rules/vault/sessions", {}, "c2499")).status, 402);
  assert.equal((await spaceOf("rules")).rules_added, 2_500);

  let refused;
  for (let i = 0; i < 20 && !refused; i++) {
    const answer = await add("rules", { respond: { status: 200, body: big.slice(0, 900_000) } });
    if (answer.status !== 201) refused = answer;
  }
  assert.equal(refused?.status, 413);
  assert.match(refused.json.error, /There is no room for this rule: .*--space-memory/);
  assert.equal((await call("POST", "/@rules/vault/sessions", {}, "c0")).status, 402, "those that are there stay");
  await isBounded("rules");
  await call("DELETE", "/@rules/_mock/rules");
  assert.equal((await add("rules", { respond: { error: 402 } })).status, 201);
});

test("old books of rules are not kept by the entries of the journal", async () => {
  // Each request is answered under a book of its own, of a rule of half a megabyte.
  const before = vitals(mock).megabytes;
  for (let i = 0; i < 80; i++) {
    const { json } = await call("POST", "/@books/_mock/rules", { name: `r${i}`, respond: { status: 200, body: { text: `${i}${big.slice(0, 500_000)}` } }, when: { consumer_id: "nobody" } });
    assert.equal((await call("POST", "/@books/vault/sessions", {})).status, 200);
    assert.equal((await call("DELETE", `/@books/_mock/rules/${json.id}`)).status, 204);
  }
  if (!isSanitized) assert.ok(vitals(mock).megabytes < before + 60, `${vitals(mock).megabytes} MB after ${before}`);
  await isBounded("books");
});

test("the trace of a one-shot rule that is gone still says that it decided", async () => {
  await call("POST", "/@gone/_mock/rules?times=1", { name: "once", respond: { error: 402 } });
  assert.equal((await call("POST", "/@gone/vault/sessions", {})).status, 402);
  await call("DELETE", "/@gone/_mock/rules");
  await call("POST", "/@gone/vault/sessions", {});
  const { requests } = (await call("GET", "/@gone/_mock/requests")).json;
  const trace = requests.find((one) => one.status === 402).trace;
  assert.deepEqual(trace.rules.at(-1).result, "decided");
});

test("counts per consumer of long ids", async () => {
  await call("POST", "/@counts/_mock/rules", { per: "consumer", sequence: [{ error: 503 }, { error: 402 }] });
  await each(1_500, 8, (i) => call("POST", "/@counts/vault/sessions", {}, `${i}-${"x".repeat(1_000)}`));
  const one = await spaceOf("counts");
  assert.ok(one.memory.counters <= limits.space / 16, JSON.stringify(one));
  assert.ok(one.dropped.counters > 0);
  assert.equal((await call("POST", "/@counts/vault/sessions", {}, "new")).status, 503);
  assert.equal((await call("POST", "/@counts/vault/sessions", {}, "new")).status, 402);
  await isBounded("counts");
});

test("a thousand busy spaces share the memory of all", async () => {
  await each(1_000, 8, async (i) => {
    for (let n = 0; n < 3; n++) await call("POST", `/@busy-${i}/vault/sessions`, { theme: { vault_name: big.slice(0, 20_000) } });
  });
  const { memory, dropped } = await spaces();
  assert.ok(memory.used <= limits.program);
  assert.ok(dropped.requests > 1_000, JSON.stringify(dropped));
  const last = await call("POST", "/@busy-999/_mock/verify", { times: 3 });
  assert.deepEqual([last.json.pass, last.json.conclusive], [true, true], "the space used last has all of its journal");
  const first = await call("POST", "/@busy-0/_mock/verify", { times: 3 });
  assert.deepEqual([first.json.pass, first.json.conclusive], [false, false], "one that gave it back says so");
  await isBounded("busy-999");
});

test("connections in many spaces are refused before they take all", async () => {
  const statuses = [];
  for (let i = 0; i < 40; i++) statuses.push((await call("PATCH", `/@held-${i}/vault/connections/crm/pipedrive`, { metadata: { big } })).status);
  assert.equal(statuses[0], 200);
  assert.equal(statuses.at(-1), 413, statuses.join(" "));
  await isBounded("held-0");
  for (let i = 0; i < 40; i++) await call("DELETE", `/@held-${i}`);
  assert.equal((await call("PATCH", "/@held-0/vault/connections/crm/pipedrive", { metadata: { big } })).status, 200);
});

test("a reset gives everything back", async () => {
  const { spaces: all } = await spaces();
  await each(all.length, 8, (i) => call("POST", `/@${encodeURIComponent(all[i].name)}/_mock/reset`));
  const { memory } = await spaces();
  assert.ok(memory.used < 4 * mega, `${memory.used} bytes`);
  await othersAreServed(mock.url, 5);
});

test("answers that are too large for a journal are cut in it, and cost other spaces nothing", async () => {
  const tight = await start(["--space-memory", "1MB", "--memory", "3MB", "--log-level", "off"]);
  const to = (path, method = "GET", body) => fetch(tight.url + path, { method, headers: headers("acme"), body: body && JSON.stringify(body) });
  assert.equal((await to("/@quiet/vault/sessions", "POST", {})).status, 200);
  const part = "x".repeat(20_000);
  let sent = "";
  const rule = { respond: { status: 200, body: { text: "{{/theme/vault_name}}".repeat(10) } } };
  assert.equal((await to("/@loud/_mock/rules", "POST", rule)).status, 201);
  for (let i = 0; i < 40; i++) sent = await (await to("/@loud/vault/sessions", "POST", { theme: { vault_name: part } })).text();
  assert.ok(sent.length > mega / 8, `${sent.length}`);
  const all = (await (await to("/_mock/spaces")).json()).spaces;
  const loud = all.find(({ name }) => name === "loud");
  assert.ok(loud.memory.used <= mega, JSON.stringify(loud));
  assert.equal(loud.memory.over, undefined);
  assert.equal(all.find(({ name }) => name === "quiet").requests_kept, 1);
  const [entry] = (await (await to("/@loud/_mock/requests?limit=1")).json()).requests;
  const { answer } = await (await to(`/@loud/_mock/requests/${entry.id}`)).json();
  assert.equal(answer.body_truncated, true);
  assert.equal(answer.body_bytes, sent.length);
  assert.ok(answer.body.length > 50_000 && answer.body.length <= mega / 8, `${answer.body.length}`);
  await tight.kill("SIGTERM");
});
