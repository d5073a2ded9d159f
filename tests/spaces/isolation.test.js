// What one client does in its space stays there, whatever others do at the same time.

import assert from "node:assert/strict";
import { test } from "node:test";
import { start } from "../support/program.js";
import { call } from "../support/vault.js";
import { mock, space } from "./support.js";

// The names of all spaces, page by page.
async function listed(url = mock.url, limit = 1_000) {
  const names = [];
  for (let cursor = ""; ; ) {
    const { json: page } = await call(`${url}/_mock/spaces?limit=${limit}${cursor}`);
    assert.ok(page.spaces.length <= limit);
    names.push(...page.spaces.map((one) => one.name));
    if (!page.truncated) return names;
    cursor = `&cursor=${encodeURIComponent(page.next)}`;
  }
}

test("looking makes no space; calling an operation and leaving something do", async () => {
  const looks = [["GET", "/x"], ["GET", "/"], ["HEAD", "/vault"], ["OPTIONS", "/vault/sessions"], ["DELETE", "/nothing"],
    ["GET", "/_mock/rules"], ["GET", "/_mock/requests"], ["GET", "/_mock/nothing"], ["DELETE", ""]];
  for (const [i, [method, path]] of looks.entries()) {
    const { status } = await fetch(`${mock.url}/@looks-${i}${path}`, { method });
    assert.ok(status < 500, `${method} ${path}`);
  }
  assert.deepEqual((await listed()).filter((name) => name.startsWith("looks-")), []);

  const makes = [["GET", "/vault/connections"], ["POST", "/vault/sessions"], ["POST", "/nothing"], ["GET", "/vault/session"], ["DELETE", "/vault/sessions"], ["PUT", "/_mock/clock", { advance: "1h" }], ["POST", "/_mock/rules", { respond: { error: 402 } }]];
  for (const [i, [method, path, body]] of makes.entries())
    await fetch(`${mock.url}/@makes-${i}${path}`, { method, body: body && JSON.stringify(body) });
  assert.equal((await listed()).filter((name) => name.startsWith("makes-")).length, makes.length);
});

test("who looks sees what the space would begin with", async () => {
  const one = space("only-seen");
  assert.equal((await one.get("/requests")).json.requests.length, 0);
  assert.ok((await one.get("/rules")).json.files.length > 0);
  assert.equal((await one.get("/clock")).json.frozen, false);
});

test("who waits for events sees those of the space as soon as it is used", async () => {
  const one = space("watched-first");
  const stop = new AbortController();
  const { body } = await fetch(`${one.url}/_mock/events`, { signal: stop.signal });
  await one.session("seen");
  let text = "";
  for await (const piece of body.pipeThrough(new TextDecoderStream())) {
    text += piece;
    if (text.includes("seen")) break;
  }
  stop.abort();
});

test("foreign requests push out no space with rules, however many look", async () => {
  const one = space("mine");
  await one.post("/rules", { respond: { error: 402 } });
  const look = async (i) => (await fetch(`${mock.url}/@f${i}/x`)).arrayBuffer();
  for (let i = 0; i < 1_050; i += 50) await Promise.all(Array.from({ length: 50 }, (_, k) => look(i + k)));
  assert.equal((await one.session()).status, 402);

  const few = await start(["--max-spaces", "10"]);
  const mine = space("mine", few.url);
  await mine.post("/rules", { respond: { error: 402 } });
  for (let i = 0; i < 30; i++) await space(`foreign-${i}`, few.url).session();
  assert.equal((await mine.session()).status, 402);
  const { json } = await call(`${few.url}/_mock/spaces`);
  assert.equal(json.dropped.spaces, 21);
  assert.equal(json.count, 11);
  await few.kill("SIGTERM");
  const { stdout } = await few.ended;
  assert.match(stdout, /more than 10 spaces, those not used for longest are dropped, so far: 1\. See --max-spaces/);
});

test("the list of spaces comes in pages", async () => {
  const other = await start(["--log-level", "off"]);
  for (let i = 0; i < 25; i++) await space(`s${String(i).padStart(2, "0")}`, other.url).session();
  await space("before-default", other.url).session();
  for (const limit of [10, 1]) {
    const all = await listed(other.url, limit);
    assert.equal(all.length, 27);
    assert.equal(new Set(all).size, 27);
  }
  await other.kill("SIGTERM");
});

test("a page of the list of spaces ends after a megabyte, however long their names are", async () => {
  const other = await start(["--log-level", "off"]);
  const name = (i) => encodeURIComponent(`${String(i).padStart(4, "0")}${"\u{1F511}".repeat(196)}`);
  for (let i = 0; i < 1_000; i += 50) await Promise.all(Array.from({ length: 50 }, (_, k) => space(name(i + k), other.url).session()));
  const { text, json } = await call(`${other.url}/_mock/spaces?limit=1000`);
  assert.ok(Buffer.byteLength(text) < 2 ** 20 + 4_096, `${Buffer.byteLength(text)} bytes`);
  assert.equal(json.truncated, true);
  assert.equal(new Set(await listed(other.url)).size, 1_001);
  await other.kill("SIGTERM");
});

test("a one-shot rule that is added again works again, whatever the seed", async () => {
  const one = space("one-shot");
  const add = async () => (await one.post("/rules?times=1", { when: { consumer_id: "acme" }, respond: { error: 402 } })).json.id;
  for (const away of [() => one.delete("/rules"), (id) => one.delete(`/rules/${id}`), () => one.post("/reset", { only: ["rules"] })])
    for (let round = 0; round < 2; round++) {
      await one.put("/seed", { seed: 1 });
      const id = await add();
      assert.deepEqual([(await one.session()).status, (await one.session()).status], [402, 200]);
      assert.equal((await away(id)).status < 300, true);
    }
  // Still there: another id, although the seed is the same.
  const ids = [];
  for (let i = 0; i < 3; i++) {
    await one.put("/seed", { seed: 1 });
    ids.push(await add());
  }
  assert.equal(new Set(ids).size, 3);
  assert.equal((await one.get("/rules")).json.added.length, 3);
  assert.deepEqual([await one.session(), await one.session(), await one.session(), await one.session()].map((a) => a.status), [402, 402, 402, 200]);
});

test("a rule that is replaced by another text starts anew, by its own text goes on", async () => {
  const one = space("replaced");
  const { id } = (await one.post("/rules", { times: 1, respond: { error: 402 } })).json;
  assert.equal((await one.session()).status, 402);
  await one.put(`/rules/${id}`, { times: 1, respond: { error: 402 } });
  assert.equal((await one.session()).status, 200);
  await one.put(`/rules/${id}`, { times: 1, respond: { error: 404 } });
  assert.equal((await one.session()).status, 404);
  await one.put(`/rules/${id}`, { times: 1, respond: { error: 402 } });
  assert.equal((await one.session()).status, 402);
});

test("clients that move the clock at the same time all move it", async () => {
  const one = space("moved");
  await one.put("/clock", { freeze: "2027-01-01T00:00:00Z" });
  const clients = 16, times = 50;
  const client = async () => {
    for (let i = 0; i < times; i++) assert.equal((await one.put("/clock", { advance: "1ms" })).status, 200);
  };
  await Promise.all(Array.from({ length: clients }, client));
  assert.equal(Date.parse((await one.get("/clock")).json.now) - Date.parse("2027-01-01T00:00:00Z"), clients * times);
});

test("a clock is told one thing at a time", async () => {
  const one = space("contradicted");
  const freeze = "2027-01-01T00:00:00Z";
  for (const body of [{ freeze, offset: "1h" }, { freeze, resume: true }, { offset: "1h", resume: true }]) {
    const { status, json } = await one.put("/clock", body);
    assert.equal(status, 400);
    assert.match(json.error, /contradict each other: use one of them/);
    assert.equal((await one.get("/clock")).json.frozen, false);
  }
  assert.equal((await one.put("/clock", { freeze, advance: "1h" })).json.now, "2027-01-01T01:00:00.000Z");
  assert.equal((await one.put("/clock", { freeze, resume: false })).json.frozen, true);
  assert.equal((await one.put("/clock", { offset: "1h", advance: "-1h" })).json.offset, "0ms");
});

test("a revoked token stays revoked when the space forgets its session", async () => {
  const one = space("revoked-for-good");
  const token = (await one.session("acme", { body: { redirect_uri: "https://a.test" } })).json.data.session_token;
  await one.delete(`/sessions/${token}`);
  for (let i = 0; i < 1_010; i += 10) await Promise.all(Array.from({ length: 10 }, (_, k) => one.session(`c${i + k}`)));
  assert.equal((await one.get(`/sessions/${token}`)).json.state, "revoked");
  const { status } = await fetch(`${one.url}/vault/connections`, { headers: { authorization: `Bearer ${token}` } });
  assert.equal(status, 401);
});
