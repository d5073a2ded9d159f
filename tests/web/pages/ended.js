// A session that is over says which way it ended.

import assert from "node:assert/strict";
import test from "node:test";
import { assertUntroubled, openPage, photograph } from "../support/chromium.js";
import { mock, newSession } from "../support/vault.js";

const admin = (space, path, method, body) =>
  fetch(`${space}/_mock/${path}`, { method, headers: { "content-type": "application/json" }, body: body && JSON.stringify(body) });

async function heading(t, uri) {
  const page = await openPage(t);
  const response = await page.goto(uri);
  const text = await page.getByRole("heading", { level: 1 }).innerText();
  await page.getByText("This is Vault Mock").waitFor();
  assertUntroubled(page);
  return { page, text, status: response.status() };
}

test("an expired session has its own page", async (t) => {
  const { uri, space } = await newSession();
  assert.equal((await admin(space, "clock", "PUT", { advance: "2h" })).status, 200);
  const { page, text, status } = await heading(t, uri);
  assert.equal(text, "This session has expired");
  assert.equal(status, 401);
  await photograph(page, "expired");
});

test("a revoked session has its own page", async (t) => {
  const { uri, token, space } = await newSession();
  assert.ok((await admin(space, `sessions/${token}`, "DELETE")).ok);
  assert.equal((await heading(t, uri)).text, "This session was revoked");
});

test("a broken token has its own page", async (t) => {
  const { uri, token } = await newSession();
  assert.equal((await heading(t, `${uri.slice(0, -3)}xyz`)).text, "This link is broken");
  assert.equal((await heading(t, `${mock.url}/session/nonsense`)).text, "This link is broken");
  assert.equal((await heading(t, `${mock.url}/session/${token}`)).text, "This link is broken", "of another space");
});

test("an ended session leads back to the app, in the colours of its theme", async (t) => {
  const { uri, token, space } = await newSession({ redirect_uri: "https://app.example/done?a=1", theme: { primary_color: "#aa0000" } });
  assert.ok((await admin(space, `sessions/${token}`, "DELETE")).ok);
  const { page } = await heading(t, uri);
  const link = page.getByRole("link", { name: "Back to the app" });
  assert.equal(await link.getAttribute("href"), "https://app.example/done?a=1");
  assert.equal(await link.evaluate((node) => getComputedStyle(node).backgroundColor), "rgb(170, 0, 0)");
  await photograph(page, "revoked");
});

test("a session that ends while it is open says so, a minute before and when it does", async (t) => {
  const page = await openPage(t);
  const { uri } = await newSession();
  await page.clock.install();
  await page.goto(uri);
  await page.getByRole("heading", { name: "Connections" }).waitFor();
  await page.evaluate(() => {
    window.said = [];
    const status = document.getElementById("status");
    new MutationObserver(() => window.said.push(status.textContent)).observe(status, { childList: true });
  });
  await page.clock.fastForward("58:30"); // what is due at every second would be done thousands of times
  await page.clock.runFor("02:00");
  await page.getByRole("heading", { name: "This session has expired" }).waitFor();
  assert.deepEqual(await page.evaluate(() => window.said), ["This session ends in one minute.", ""]);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "This session has expired");
  assertUntroubled(page);
});
