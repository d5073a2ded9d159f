// The address of the mock, or of a space, in a browser: it leads to the page that looks into it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { mock, space } from "./support.js";

const html = { accept: "text/html,application/xhtml+xml" };
const look = async (url, headers = html) => {
  const answer = await fetch(url, { redirect: "manual", headers });
  return [answer.status, answer.headers.get("location")];
};

test("a browser is led to the page, of the mock or of a space", async () => {
  assert.deepEqual(await look(`${mock.url}/`), [302, "/_mock/"]);
  const one = space("in the browser");
  assert.deepEqual(await look(`${one.url}/`), [302, `${new URL(one.url).pathname}/_mock/`]);
  for (const where of [mock.url, one.url]) {
    const page = await fetch(`${where}/`, { headers: html });
    assert.match(page.headers.get("content-type"), /^text\/html/);
    assert.match(page.headers.get("content-security-policy"), /default-src 'none'.*frame-ancestors 'none'/);
  }
});

test("a program gets JSON, and looking makes no space", async () => {
  assert.deepEqual(await look(`${mock.url}/`, { accept: "application/json" }), [200, null]);
  assert.deepEqual(await look(`${mock.url}/@never-used/`), [302, "/@never-used/_mock/"]);
  const { spaces } = await (await fetch(`${mock.url}/_mock/spaces`)).json();
  assert.ok(!spaces.some(({ name }) => name === "never-used"));
});
