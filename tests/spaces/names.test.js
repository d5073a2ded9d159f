// Any name of 1 to 200 characters is a space; nothing else is one, and nothing lands in the default space in silence.

import assert from "node:assert/strict";
import { test } from "node:test";
import { start } from "../support/program.js";
import { bodyOf, connect, endOf, head } from "../support/socket.js";
import { askForSession, call } from "../support/vault.js";
import { mock } from "./support.js";

// A request whose bytes are ours: fetch sends no raw UTF-8 in a header. → { status, body }
async function raw(path, lines = [], method = "POST") {
  const socket = await connect(mock.url);
  socket.write([head("content-length: 0", path).replace("POST", method), "connection: close", ...lines, "", ""].join("\r\n"));
  assert.equal(await endOf(socket), "end");
  socket.destroy();
  const text = Buffer.from(socket.received, "latin1").toString("utf8");
  return { status: Number(text.split(" ")[1]), body: bodyOf(text) };
}

const journalOf = async (name) => (await call(`${mock.url}/@${encodeURIComponent(name)}/_mock/requests`)).json.requests.length;
const inDefault = () => journalOf("default");

const names = ["tests/test_a.py::test[x-1]", "test 17", "Ümlaut", "a?b#c", "@", "100%", "..", "😀".repeat(100), "é".repeat(200), "default/x"];

for (const name of names)
  test(`'${name.slice(0, 40)}' is a space, in path and header, and its links lead back to it`, async () => {
    const before = await inDefault();
    const encoded = encodeURIComponent(name);
    const byPath = await raw(`/@${encoded}/vault/sessions`);
    assert.equal(byPath.status, 200, byPath.body);
    assert.equal((await raw("/vault/sessions", [`x-mock-space: ${encoded}`])).status, 200);
    const asItIs = name.includes("%") ? 1 : 0; // there it must be encoded
    if (!asItIs) assert.equal((await raw("/vault/sessions", [`x-mock-space: ${name}`])).status, 200);
    assert.equal(await journalOf(name), 3 - asItIs);
    assert.equal(await inDefault(), before);

    const { session_uri } = JSON.parse(byPath.body).data;
    const { pathname } = new URL(session_uri);
    assert.equal(decodeURIComponent(pathname.split("/")[1]), `@${name}`);
    const page = await fetch(`${mock.url}${pathname}`);
    assert.equal(page.status, 200);
    assert.match(await page.text(), /data-state="active"/);
    const { spaces } = (await call(`${mock.url}/_mock/spaces?limit=1000`)).json;
    assert.ok(spaces.some((one) => one.name === name));

    // The link to the provider's page, too.
    const { authorize_url } = JSON.parse((await raw(`/@${encoded}/vault/connections/crm/hubspot`, [], "GET")).body).data;
    const authorize = new URL(authorize_url);
    assert.equal((await fetch(`${mock.url}${authorize.pathname}${authorize.search}&redirect_uri=https://app.test`)).status, 200);
    assert.equal((await call(`${mock.url}/@${encoded}`, { method: "DELETE" })).status, 204);
    assert.equal(await journalOf(name), 0);
  });

const wrong = {
  "a percent sign that encodes nothing": ["a%", /as %25/],
  "half an encoded byte": ["a%2", /as %25/],
  "an encoding that is none": ["a%zz", /as %25/],
  "bytes that are not UTF-8": ["%FF", /not valid UTF-8/],
  "half a character": ["%C3", /not valid UTF-8/],
  "a surrogate": ["%ED%A0%80", /not valid UTF-8/],
  "a line end": ["a%0Ab", /control character/],
  "a zero byte": ["a%00", /control character/],
  "a C1 control": ["%C2%9B", /control character/],
  "201 characters": ["a".repeat(201), /201 characters/],
  "nothing": ["", /is empty/],
};
for (const [what, [text, reason]] of Object.entries(wrong))
  test(`a name with ${what} is refused with the reason`, async () => {
    const before = await inDefault();
    for (const { status, body } of [
      await raw(`/@${text}/vault/sessions`),
      await raw("/vault/sessions", [`x-mock-space: ${text}`]),
      await raw(`/@${text}/_mock/rules`, [], "GET"),
    ]) {
      assert.equal(status, 400, body);
      assert.match(body, reason);
    }
    assert.equal(await inDefault(), before);
  });

test("two names in one request are refused", async () => {
  const { status, body } = await raw("/vault/sessions", ["x-mock-space: one", "X-Mock-Space: two"]);
  assert.equal(status, 400);
  assert.match(body, /more than once/);
});

test("a name is decoded once", async () => {
  await raw("/@once%252Fencoded/vault/sessions");
  assert.equal(await journalOf("once%2Fencoded"), 1);
  assert.equal(await journalOf("once/encoded"), 0);
});

test("--space-by app-id takes any application as a name, and hashes what cannot be one", async () => {
  const other = await start(["--space-by", "app-id", "--log-level", "off"]);
  for (const app of ["app 1/test[x]", "a".repeat(300)]) {
    assert.equal((await askForSession(other.url, { app })).status, 200);
  }
  const { spaces } = (await call(`${other.url}/_mock/spaces`)).json;
  assert.equal(spaces.length, 3);
  assert.equal(spaces.find((one) => one.name === "app 1/test[x]").requests, 1);
  assert.equal(spaces[0].requests, 0, "none in the default space");
  await other.kill("SIGTERM");
});
