// A session that is over says which way it ended.

import assert from "node:assert/strict";
import test from "node:test";
import { assertUntroubled, openPage, photograph } from "../support/chromium.js";
import { admin, call, mock, newSession, revoke, rule, setClock } from "../support/vault.js";

async function heading(t, uri) {
  const page = await openPage(t);
  const response = await page.goto(uri);
  const text = await page.getByRole("heading", { level: 1 }).innerText();
  await page.getByText("This is Vault Mock").waitFor();
  assertUntroubled(page);
  return { page, text, status: response.status() };
}

test("an expired session has its own page", async (t) => {
  const session = await newSession();
  await setClock(session, { advance: "2h" });
  const { page, text, status } = await heading(t, session.uri);
  assert.equal(text, "This session has expired");
  assert.equal(status, 401);
  await photograph(page, "expired");
});

test("a revoked session has its own page", async (t) => {
  const session = await newSession();
  await revoke(session);
  assert.equal((await heading(t, session.uri)).text, "This session was revoked");
});

test("a broken token has its own page", async (t) => {
  const { uri, token } = await newSession();
  assert.equal((await heading(t, `${uri.slice(0, -3)}xyz`)).text, "This link is broken");
  assert.equal((await heading(t, `${mock.url}/session/nonsense`)).text, "This link is broken");
  assert.equal((await heading(t, `${mock.url}/session/${token}`)).text, "This link is broken", "of another space");
});

test("the token in the path is the one that counts, whatever the query says", async (t) => {
  const [session, other] = [await newSession({ consumer_metadata: { account_name: "Quill Ltd" } }), await newSession()];
  const page = await openPage(t);
  for (const jwt of [other.token, "broken", ""]) {
    await page.goto(`${session.uri}?jwt=${jwt}`);
    await page.getByRole("region", { name: "Signed in as" }).getByText("Quill Ltd").waitFor();
    await page.getByRole("link", { name: /Orbit Hub/ }).waitFor();
  }
  assertUntroubled(page);
});

test("an ended session leads back to the app, in the colours of its theme", async (t) => {
  const session = await newSession({ redirect_uri: "https://app.example/done?a=1", theme: { primary_color: "#aa0000" } });
  await revoke(session);
  const { page } = await heading(t, session.uri);
  const link = page.getByRole("link", { name: "Back to the app" });
  assert.equal(await link.getAttribute("href"), "https://app.example/done?a=1");
  assert.equal(await link.evaluate((node) => getComputedStyle(node).backgroundColor), "rgb(170, 0, 0)");
  await photograph(page, "revoked");
});

// A page of a session that is open while the session ends.
async function open(t, body) {
  const session = await newSession(body);
  const page = await openPage(t);
  await page.goto(session.uri);
  await page.getByRole("heading", { name: "Connections" }).waitFor();
  return { page, session };
}
const focused = (page) => page.evaluate(() => document.activeElement.textContent);

test("a session that ends while it is open says so, a minute before and when it does", async (t) => {
  const { page, session } = await open(t, { redirect_uri: "https://app.example/done" });
  await setClock(session, { advance: "3560s" });
  await page.getByRole("status").getByText("This session ends in one minute.").waitFor();
  await setClock(session, { advance: "1m" });
  await page.getByRole("heading", { name: "This session has expired" }).waitFor();
  assert.equal(await focused(page), "This session has expired");
  assert.equal(await page.getByRole("status").innerText(), "", "the word about the minute did not outlive its page");
  assert.equal(await page.getByRole("link", { name: "Back to the app" }).getAttribute("href"), "https://app.example/done");
  assertUntroubled(page);
});

test("the count-down follows the clock of the space: it jumps with it, and stands while it is frozen", async (t) => {
  const { page, session } = await open(t);
  const shows = (text) => page.locator(".clock").getByText(text).waitFor();
  await setClock(session, { freeze: new Date(Date.now() + 1_000_000).toISOString() });
  await page.waitForFunction(() => /^4[23]:/.test(document.querySelector(".clock").textContent));
  const { iat, exp } = JSON.parse(Buffer.from(session.token.split(".")[1], "base64url"));
  await setClock(session, { freeze: new Date((exp - 1799) * 1000).toISOString() });
  await shows("29:59");
  await setClock(session, { advance: "-10m" });
  await shows("39:59");
  await setClock(session, { freeze: new Date((iat + 1) * 1000).toISOString() });
  await shows("59:59");
  assertUntroubled(page);
});

test("a session that is revoked while it is open says so without a click", async (t) => {
  const { page, session } = await open(t);
  await revoke(session);
  await page.getByRole("heading", { name: "This session was revoked" }).waitFor();
  assertUntroubled(page);
});

test("a click in a session that has ended says which way, with what the API said", async (t) => {
  const { page, session } = await open(t);
  await page.route(/_page\/session/, (route) => route.fulfill({ json: { state: "active", now: Date.now(), frozen: false } }));
  await rule(session, { operation: "connectionsOne" }, { error: 401 });
  await page.getByRole("link", { name: /Orbit Hub/ }).click();
  await page.getByRole("heading", { name: "This session is not accepted" }).waitFor();
  await page.getByText("Request id: ").waitFor();
  const id = (await page.getByText("Request id: ").innerText()).replace("Request id: ", "");
  const entry = await (await admin(session, "GET", `requests/${id}`)).json();
  assert.equal(entry.request.path, "/vault/connections/crm/hubspot");
  assertUntroubled(page);
});

test("of a click after the end, the page says the end and not the refusal", async (t) => {
  const { page, session } = await open(t);
  let ended = false;
  await page.route(/_page\/session/, (route) => (ended ? route.continue() : route.abort()));
  await setClock(session, { advance: "2h" });
  ended = true;
  await page.getByRole("link", { name: /Orbit Hub/ }).click();
  await page.getByRole("heading", { name: "This session has expired" }).waitFor();
  assert.equal((await call(session, "GET", "connections/crm/hubspot")).status, 200, "the key still counts");
});
