// @apideck/vault-js, unmodified: its callbacks, the windows of providers, and how a session ends in its frame.

import assert from "node:assert/strict";
import test from "node:test";
import { inTime } from "../../support/program.js";
import { assertUntroubled, complaints, openPage, paint, photograph, sizes } from "../support/chromium.js";
import { mock, newSession, revoke, rule, setClock, setOAuth, stateOf } from "../support/vault.js";
import { apiKey, appUrl, click, happened, open, title, vendors } from "../support/vault-js-app.js";

test("ready, change, delete, close: every callback is called", async (t) => {
  const session = await newSession();
  const { page, frame, calls } = await open(t, session);
  await title(frame, "Connections");
  assert.deepEqual(await calls(), [["ready"]]);
  await photograph(page, "vault-js-list");
  await frame.getByRole("link", { name: /Pipe and Drum/ }).click();
  await click(frame, "Connect Pipe and Drum");
  await happened(calls, "change", "crm+pipedrive", "added");
  await frame.getByLabel("API key").fill("key_1");
  await frame.locator(".settings").getByRole("button", { name: "Save" }).click();
  await happened(calls, "change", "crm+pipedrive", "callable");
  assert.equal(await stateOf(session, "crm/pipedrive"), "callable");
  await photograph(page, "vault-js-connected");
  await frame.getByText("Actions", { exact: true }).click();
  await click(frame, "Delete");
  await frame.getByRole("dialog", { name: /Delete the connection/ }).getByRole("button", { name: "Delete" }).click();
  await happened(calls, "delete", "crm+pipedrive", "callable");
  await title(frame, "Connections");
  await click(frame, "Close");
  await happened(calls, "close");
  await page.locator("iframe").waitFor({ state: "detached" });
  assertUntroubled(page);
});

test("the app closes it, and so do Escape and a click beside the dialog", async (t) => {
  const session = await newSession();
  for (const close of [
    ({ page }) => page.evaluate(() => ApideckVault.close()),
    ({ frame }) => frame.getByRole("link", { name: /Orbit Hub/ }).press("Escape"),
    ({ frame }) => frame.locator(".backdrop").click({ position: { x: 5, y: 5 } }),
  ]) {
    const opened = await open(t, session);
    await title(opened.frame, "Connections");
    await close(opened);
    await happened(opened.calls, "close");
    await opened.page.locator("iframe").waitFor({ state: "detached" });
  }
});

test("authorizes in a window: denied it says so, allowed it is callable", async (t) => {
  const session = await newSession();
  const { page, frame, calls } = await open(t, session, { unifiedApi: "crm", serviceId: "hubspot" });
  const connect = async (button, answer) => {
    const [popup] = await Promise.all([page.waitForEvent("popup"), click(frame, button)]);
    await popup.getByRole("link", { name: answer }).click();
    return popup;
  };
  await connect("Connect Orbit Hub", "Deny");
  await frame.getByText("Access was denied at Orbit Hub.").first().waitFor();
  await photograph(page, "vault-js-denied");
  assert.equal(await stateOf(session, "crm/hubspot"), "added");
  await connect("Authorize", "Allow");
  await happened(calls, "change", "crm+hubspot", "callable");
  await frame.locator("header .badge").getByText("Connected", { exact: true }).waitFor();
  assert.equal(await stateOf(session, "crm/hubspot"), "callable");
});

test("in two steps: what the window's page posts is confirmed, and a refused confirmation does not end the session", async (t) => {
  const session = await newSession();
  await setOAuth(session, { confirm: true });
  await rule(session, { operation: "connectionsConfirm" }, { error: 401 }, "?times=1");
  const { page, frame, calls } = await open(t, session, { unifiedApi: "crm", serviceId: "hubspot" });
  const connect = async (button) => {
    const [popup] = await Promise.all([page.waitForEvent("popup"), click(frame, button)]);
    await popup.getByRole("link", { name: "Allow" }).click();
  };
  await connect("Connect Orbit Hub");
  await frame.locator(".said.trouble").waitFor();
  assert.equal(await stateOf(session, "crm/hubspot"), "authorized", "not confirmed");
  await connect("Authorize");
  await happened(calls, "change", "crm+hubspot", "callable");
  assert.equal(await stateOf(session, "crm/hubspot"), "callable");
});

test("a window that lost its opener: the page says so, and sees the connection change all the same", async (t) => {
  const session = await newSession();
  await setOAuth(session, { opener: "severed" });
  const { page, frame, calls } = await open(t, session, { unifiedApi: "crm", serviceId: "hubspot" });
  const [popup] = await Promise.all([page.waitForEvent("popup"), click(frame, "Connect Orbit Hub")]);
  await frame.locator(".said.trouble").getByText("No answer came from the window.", { exact: false }).waitFor();
  await popup.getByRole("link", { name: "Allow" }).click();
  await happened(calls, "change", "crm+hubspot", "callable");
  await frame.locator("header .badge").getByText("Connected", { exact: true }).waitFor();
});

test("autoStartAuthorization opens the provider's window by itself", async (t) => {
  const session = await newSession();
  const page = await openPage(t);
  await page.goto(appUrl);
  const given = { token: session.token, unifyBaseUrl: session.space, unifiedApi: "crm", serviceId: "hubspot", autoStartAuthorization: true };
  const [popup] = await Promise.all([page.waitForEvent("popup"), page.evaluate((options) => openVault(options), given)]);
  await Promise.all([popup.waitForEvent("close"), popup.getByRole("link", { name: "Allow" }).click()]);
  await happened(() => page.evaluate(() => window.calls), "change", "crm+hubspot", "callable");
});

test("a window that the browser blocks leaves a button and the reason", async (t) => {
  const session = await newSession();
  const page = await openPage(t);
  await page.addInitScript(() => (window.open = () => null));
  await page.goto(appUrl);
  await page.evaluate((options) => openVault(options), { token: session.token, unifyBaseUrl: session.space, unifiedApi: "crm", serviceId: "hubspot", autoStartAuthorization: true });
  const frame = page.frameLocator("iframe");
  await frame.locator(".said").getByText("The browser blocked the window.").waitFor();
  await frame.getByRole("button", { name: "Authorize" }).waitFor();
});

test("expiry and revocation are told in the frame, and a broken token is", async (t) => {
  for (const [end, heading] of [
    [(session) => setClock(session, { advance: "2h" }), "This session has expired"],
    [revoke, "This session was revoked"],
  ]) {
    const session = await newSession();
    const { page, frame, calls } = await open(t, session);
    await title(frame, "Connections");
    await end(session);
    await title(frame, heading);
    await photograph(page, `vault-js-${heading.split(" ").at(-1)}`);
    await frame.locator(".ending").getByRole("button", { name: "Close" }).click();
    await happened(calls, "close");
  }
  const { frame } = await open(t, await newSession(), { token: "opaque", showConsumer: true });
  await title(frame, "This link is broken");
  assert.equal(await frame.getByRole("region", { name: "Signed in as" }).count(), 0, "a broken token names nobody");
});

test("without a unifyBaseUrl that can be asked, the API is that of the frame's own host", async (t) => {
  const session = await newSession({}, { space: mock.url, consumer: "vault-js-default" });
  for (const unifyBaseUrl of [undefined, 7, "", "/vault", "javascript:alert(1)", 'data:application/json,{"data":[]}', "myapp://vault"]) {
    const asked = [];
    const { page, frame } = await open(t, session, { unifyBaseUrl });
    page.on("request", (request) => asked.push(request.url()));
    await title(frame, "Connections");
    await frame.getByRole("link", { name: /Orbit Hub/ }).click();
    await title(frame, "Orbit Hub");
    assert.ok(asked.includes(`${vendors}/vault/connections/crm/hubspot`), `${unifyBaseUrl}: ${asked.join(" ")}`);
    await page.context().close();
  }
});

test("who points vault-js elsewhere finds the same page under /_vault-js/ of any space", async (t) => {
  const session = await newSession();
  const { frame, calls } = await open(t, session, { unifyBaseUrl: undefined }, { place: `${session.space}/_vault-js/` });
  await title(frame, "Connections");
  assert.deepEqual(await calls(), [["ready"]]);
});

test("it can be framed, may ask any host for the API, and is at the root of that host alone", async () => {
  const page = await fetch(`${mock.url}/_vault-js/`);
  assert.equal(page.status, 200);
  assert.equal(page.headers.get("x-frame-options"), null);
  assert.doesNotMatch(page.headers.get("content-security-policy"), /frame-ancestors/);
  assert.match(page.headers.get("content-security-policy"), /connect-src http: https:;/);
  assert.doesNotMatch((await fetch(`${mock.url}/`)).headers.get("content-type"), /html/);
});

test("what others post to the page is not obeyed", async (t) => {
  const session = await newSession();
  const { page, frame } = await open(t, session);
  await title(frame, "Connections");
  const inner = page.frames().find((one) => one.url().startsWith(vendors));
  const answered = inner.evaluate(() => new Promise((resolve) => {
    addEventListener("message", () => resolve(document.querySelectorAll(".dialog").length));
    postMessage({ type: "close" }, "*"); // from the frame itself, not from the app
  }));
  assert.equal(await inTime(answered, "the message"), 1);
});

for (const [size, viewport] of Object.entries(sizes)) {
  test(`Vault in a frame can be read on a ${size}, in light and dark`, async (t) => {
    const session = await newSession({ theme: { primary_color: "#0b7285", vault_name: "Harbour" }, consumer_metadata: { account_name: "Quill Ltd", email: "ada@quill.example" } });
    await apiKey(session, "crm/pipedrive");
    for (const [name, given] of Object.entries({ list: {}, one: { unifiedApi: "crm", serviceId: "pipedrive", showButtonLayout: true }, menu: { unifiedApi: "crm", serviceId: "pipedrive" } })) {
      const { page, frame } = await open(t, session, { showConsumer: true, showLanguageSwitch: true, ...given }, { viewport });
      await frame.getByRole("heading", { level: 1 }).waitFor();
      const inner = page.frames().find((one) => one.url().startsWith(vendors));
      for (const colorScheme of ["light", "dark"]) {
        await paint(page, colorScheme);
        assert.equal(await inner.evaluate(() => document.documentElement.scrollWidth), viewport.width);
        assert.deepEqual(await complaints(inner), [], `${name} in ${colorScheme}`);
        await photograph(page, `vault-js-${name}-${size}-${colorScheme}`);
      }
      await page.context().close();
    }
  });
}
