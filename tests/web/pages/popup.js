// Authorizing in a popup, as apps with the vendor's component do: allowed, denied, failed, and with the opener lost. The app
// of these tests is a page on an origin of its own: what the popup tells it comes from another origin, as in production.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { once } from "node:events";
import test from "node:test";
import { assertUntroubled, openPage, photograph } from "../support/chromium.js";
import { call, newSession, newSpace, rule, setOAuth, stateOf } from "../support/vault.js";

const app = createServer((_, response) => response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>App</title>"));
app.listen(0, "127.0.0.1").unref();
await once(app, "listening");
const appUrl = `http://127.0.0.1:${app.address().port}/`;
const hosted = "https://vault.apideck.com/oauth/callback";

// The app, with the provider's page in a popup. `messages()` are those that the app got so far.
async function openPopup(t, session, { redirect_uri = hosted, nonce = "nonce-1", ...more } = {}) {
  const { body } = await call(session, "GET", "connections/crm/hubspot");
  const page = await openPage(t);
  await page.goto(appUrl);
  await page.evaluate(() => {
    window.messages = [];
    addEventListener("message", ({ data, origin }) => window.messages.push({ data, origin }));
  });
  const url = `${body.data.authorize_url}&${new URLSearchParams({ redirect_uri, ...(nonce ? { nonce } : {}), ...more })}`;
  const [popup] = await Promise.all([page.context().waitForEvent("page"), page.evaluate((to) => { window.popup = open(to); }, url)]);
  await popup.getByRole("heading", { level: 1, name: "Orbit Hub: allow access?" }).waitFor();
  return { page, popup, messages: () => page.evaluate(() => window.messages) };
}
const press = (popup, name) => popup.getByRole("link", { name, exact: true }).click();

async function message(page) {
  await page.waitForFunction(() => window.messages.length > 0);
  const [{ data, origin }] = await page.evaluate(() => window.messages);
  return { data, origin };
}

test("allowed in two steps: the popup tells the app and closes, and the app confirms", async (t) => {
  const session = await newSession();
  await setOAuth(session, { confirm: true });
  const { page, popup, messages } = await openPopup(t, session, { scope: "openid leads:write" });
  await popup.getByText("Asked for: openid, leads:write").waitFor();
  await Promise.all([popup.waitForEvent("close"), press(popup, "Allow")]);
  const { data, origin } = await message(page);
  const { confirmToken, ...rest } = data;
  assert.deepEqual(rest, { type: "oauth_complete", nonce: "nonce-1", serviceId: "hubspot", success: true });
  assert.equal(origin, new URL(session.space).origin);
  assert.equal((await messages()).length, 1);

  assert.equal(await stateOf(session, "crm/hubspot"), "authorized", "nobody has confirmed it");
  const confirm = () => call(session, "POST", "connections/crm/hubspot/confirm", { confirm_token: confirmToken });
  const { status, body } = await confirm();
  assert.deepEqual([status, body.data], [200, { confirmed: true }]);
  assert.equal(await stateOf(session, "crm/hubspot"), "callable");
  assert.equal((await confirm()).status, 404, "a token is good once");
  assertUntroubled(page);
});

test("allowed in one step: the popup closes without a word, as the vendor's does", async (t) => {
  const session = await newSession();
  const { page, popup, messages } = await openPopup(t, session);
  await Promise.all([popup.waitForEvent("close"), press(popup, "Allow")]);
  assert.equal(await stateOf(session, "crm/hubspot"), "callable");
  assert.deepEqual(await messages(), []);
  assertUntroubled(page);
});

for (const [choice, error, state] of [["Deny", "access_denied", "available"], ["Fail", "server_error", "invalid"]])
  test(`${choice}: the popup tells the app what went wrong, and closes`, async (t) => {
    const session = await newSession();
    await setOAuth(session, { confirm: true });
    const { page, popup } = await openPopup(t, session);
    await Promise.all([popup.waitForEvent("close"), press(popup, choice)]);
    const { data } = await message(page);
    const { errorDescription, ...rest } = data;
    assert.deepEqual(rest, { type: "oauth_error", error, serviceId: "hubspot" });
    assert.match(errorDescription, /Orbit Hub/);
    assert.equal(await stateOf(session, "crm/hubspot"), state);
    assertUntroubled(page);
  });

test("severed: the popup has lost its opener, no message comes, and the connection stays unconfirmed", async (t) => {
  const session = await newSession();
  await setOAuth(session, { confirm: true, opener: "severed" });
  const { page, popup, messages } = await openPopup(t, session);
  assert.equal(await popup.evaluate(() => window.opener), null);
  assert.equal(await page.evaluate(() => window.popup.closed), true, "to the app the popup looks closed, as in production");
  await press(popup, "Allow");
  await popup.getByText("The page that opened this window cannot be reached").waitFor();
  await photograph(popup, "opener-severed");
  assert.match(popup.url(), /#nonce=nonce-1&confirm_token=[0-9a-f-]{36}&service_id=hubspot$/);
  assert.equal(await popup.evaluate(() => window.opener), null);
  assert.deepEqual(await messages(), []);
  assert.equal(await stateOf(session, "crm/hubspot"), "authorized");
  assertUntroubled(page);
});

test("severed by a rule for one session, and on a page of the app's own", async (t) => {
  const space = newSpace();
  await rule({ space }, { consumer_id: "framed" }, { session: { oauth: { confirm: true, opener: "severed" } } });
  for (const [consumer, severed] of [["framed", true], ["free", false]]) {
    const session = await newSession({}, { space, consumer });
    const { body } = await call(session, "GET", "connections/crm/hubspot", undefined, { authorization: `Bearer ${session.token}` });
    const page = await openPage(t);
    await page.goto(appUrl);
    const url = `${body.data.authorize_url}&${new URLSearchParams({ redirect_uri: `${appUrl}done`, nonce: "n" })}`;
    const [popup] = await Promise.all([page.context().waitForEvent("page"), page.evaluate((to) => { open(to); }, url)]);
    await press(popup, "Allow");
    await popup.waitForURL(/\/done/);
    assert.equal(await popup.evaluate(() => window.opener === null), severed, consumer);
    assert.equal(new URL(popup.url()).hash.startsWith("#nonce=n&confirm_token="), severed, consumer);
    assert.equal(await stateOf(session, "crm/hubspot"), severed ? "authorized" : "callable", consumer);
  }
});

test("a link that lacks its redirect_uri is a page for people and JSON for programs", async (t) => {
  const session = await newSession();
  const { body } = await call(session, "GET", "connections/crm/hubspot");
  const page = await openPage(t);
  const answer = await page.goto(body.data.authorize_url);
  assert.equal(answer.status(), 400);
  await page.getByText("Missing query parameter: redirect_uri").waitFor();
  const { status, headers } = await fetch(body.data.authorize_url);
  assert.deepEqual([status, headers.get("content-type")], [400, "application/json; charset=utf-8"]);
  assertUntroubled(page);
});
