// @apideck/vault-js 1.8.1, unmodified from npm, in a real page of an app. It shows https://vaultjs.apideck.com in a frame,
// a name that leads to the mock's HTTPS port here.

import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import test, { after } from "node:test";
import { inTime, until } from "../../support/program.js";
import { assertUntroubled, complaints, openPage, paint, photograph } from "../support/chromium.js";
import { admin, call, mock, newSession, stateOf } from "../support/vault.js";

const folder = dirname(createRequire(import.meta.url).resolve("@apideck/vault-js/package.json"));
const library = readFileSync(join(folder, "dist/vault-js.umd.production.min.js"), "utf8");
const vendors = "https://vaultjs.apideck.com";

const html = `<!doctype html><title>An app</title><h1>An app</h1><button id="open">Connect your tools</button>
<script src="/vault-js.js"></script><script src="/app.js"></script>`;
const code = `
window.calls = [];
const note = (name) => (connection) => window.calls.push(connection ? [name, connection.id, connection.state] : [name]);
window.openVault = (options) => ApideckVault.open({ ...options, onReady: note("ready"), onClose: note("close"), onConnectionChange: note("change"), onConnectionDelete: note("delete") });
document.getElementById("open").addEventListener("click", () => openVault(window.options));
`;
const app = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, "http://app");
  const place = searchParams.get("place");
  const files = {
    "/": ["text/html", place ? html.replace("/vault-js.js", `/vault-js.js?place=${encodeURIComponent(place)}`) : html],
    "/vault-js.js": ["text/javascript", place ? library.replaceAll(vendors, place) : library],
    "/app.js": ["text/javascript", code],
  };
  const [type, text] = files[pathname] ?? ["text/plain", ""];
  response.setHeader("content-type", `${type}; charset=utf-8`).end(text);
});
app.listen(0, "127.0.0.1");
await once(app, "listening");
after(() => app.close());

// The app's page, with Vault opened by a click. → { page, frame, calls }
async function open(t, session, options = {}, { place, ...pageOptions } = {}) {
  const page = await openPage(t, { viewport: { width: 1100, height: 800 }, ...pageOptions });
  await page.goto(`http://127.0.0.1:${app.address().port}/${place ? `?${new URLSearchParams({ place })}` : ""}`);
  await page.evaluate((given) => (window.options = given), { token: session.token, unifyBaseUrl: session.space, ...options });
  await page.getByRole("button", { name: "Connect your tools" }).click();
  await page.locator("iframe").waitFor();
  return { page, frame: page.frameLocator("iframe"), calls: () => page.evaluate(() => window.calls) };
}
const happened = (calls, ...call) =>
  until(async () => ((await calls()).some((one) => JSON.stringify(one) === JSON.stringify(call)) ? true : undefined), `${call} was called`);
const title = (frame, name) => frame.getByRole("heading", { level: 1, name }).waitFor();
const click = (frame, name, role = "button") => frame.getByRole(role, { name, exact: true }).click();
const apiKey = (session, id) => call(session, "PATCH", `connections/${id}`, { settings: { api_key: "k" } });

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

// One option each: what it shows, and that this is not there without it.
const options = {
  "showAttribution: false": [{ showAttribution: false }, (frame) => frame.getByText("Powered by"), { hides: true }],
  "showConsumer: true": [{ showConsumer: true }, (frame) => frame.getByRole("region", { name: "Signed in as" }).getByText("Quill Ltd")],
  "showLanguageSwitch: true": [{ showLanguageSwitch: true }, (frame) => frame.getByLabel("Language")],
  "locale: de": [{ locale: "de" }, (frame) => frame.getByRole("heading", { name: "Verbindungen", exact: true })],
  "locale: fr": [{ locale: "fr" }, (frame) => frame.getByRole("heading", { name: "Connexions", exact: true })],
  "locale: nl": [{ locale: "nl" }, (frame) => frame.getByRole("heading", { name: "Verbindingen", exact: true })],
  "locale: es": [{ locale: "es" }, (frame) => frame.getByRole("heading", { name: "Conexiones", exact: true })],
  "showButtonLayout: true": [{ showButtonLayout: true }, (frame) => frame.getByRole("button", { name: "Delete" }), { unifiedApi: "crm", serviceId: "pipedrive" }],
  "unifiedApi and serviceId": [{ unifiedApi: "crm", serviceId: "pipedrive" }, (frame) => frame.getByRole("heading", { name: "Pipe and Drum" })],
  "initialView: settings": [{ initialView: "settings" }, (frame) => frame.getByRole("button", { name: "Show the whole connection" }), { unifiedApi: "crm", serviceId: "pipedrive" }],
};
for (const [name, [given, locator, { hides = false, ...base } = {}]] of Object.entries(options)) {
  test(`open() obeys ${name}`, async (t) => {
    const session = await newSession({ consumer_metadata: { account_name: "Quill Ltd" } });
    await apiKey(session, "crm/pipedrive");
    for (const isGiven of [true, false]) {
      const { page, frame } = await open(t, session, { ...base, ...(isGiven ? given : {}) });
      await frame.getByRole("heading", { level: 1 }).waitFor();
      assert.equal(await locator(frame).isVisible(), isGiven !== hides, isGiven ? "given" : "not given");
      assertUntroubled(page);
    }
  });
}

test("unifiedApi narrows the list to one API, and the list of a session is narrow, too", async (t) => {
  const session = await newSession({ settings: { unified_apis: ["crm", "sms"] } });
  const apis = async (given) => {
    const { frame } = await open(t, session, given);
    await title(frame, "Connections");
    return frame.getByRole("heading", { level: 2 }).allInnerTexts();
  };
  assert.deepEqual(await apis({ unifiedApi: "sms" }), ["SMS"]);
  assert.deepEqual(await apis({}), ["CRM", "SMS"]);
  assert.deepEqual(await apis({ unifiedApi: "ats" }), []);
});

for (const [view, heading] of Object.entries({ settings: "Settings", "configurable-resources": "Resource settings", "custom-mapping": "Field mapping" })) {
  test(`initialView ${view} shows that alone, until all is asked for`, async (t) => {
    const session = await newSession();
    await apiKey(session, "crm/pipedrive");
    const { page, frame, calls } = await open(t, session, { unifiedApi: "crm", serviceId: "pipedrive", initialView: view });
    await title(frame, "Pipe and Drum");
    assert.deepEqual(await frame.getByRole("heading", { level: 2 }).allInnerTexts(), [heading]);
    if (view === "custom-mapping") {
      await frame.getByLabel("Birthday").selectOption("Shoe size");
      await frame.locator(".mappings").getByRole("button", { name: "Save" }).click();
      await happened(calls, "change", "crm+pipedrive", "callable");
    }
    await photograph(page, `vault-js-${view}`);
    await click(frame, "Show the whole connection");
    assert.deepEqual(await frame.getByRole("heading", { level: 2 }).allInnerTexts(), ["Settings", "Resource settings", "Field mapping"]);
    assert.equal(await frame.getByRole("link", { name: /All connections/ }).count(), 0, "one connection only");
  });
}

test("the language switch speaks another language where the user is", async (t) => {
  const session = await newSession();
  const { page, frame } = await open(t, session, { showLanguageSwitch: true, locale: "nl", showConsumer: true });
  await title(frame, "Verbindingen");
  await frame.getByRole("link", { name: /Orbit Hub/ }).click();
  await frame.getByRole("button", { name: "Orbit Hub verbinden" }).waitFor();
  await frame.getByLabel("Taal").selectOption("es");
  await frame.getByRole("button", { name: "Conectar Orbit Hub" }).waitFor();
  assert.equal(await frame.locator("html").getAttribute("lang"), "es");
  await photograph(page, "vault-js-languages");
});

test("authorizes in a window: denied it says so, allowed it is callable", async (t) => {
  const session = await newSession();
  const { page, frame, calls } = await open(t, session, { unifiedApi: "crm", serviceId: "hubspot" });
  const connect = async (button, answer) => {
    const [popup] = await Promise.all([page.waitForEvent("popup"), click(frame, button)]);
    await popup.getByRole("link", { name: answer }).click();
    return popup;
  };
  const denied = await connect("Connect Orbit Hub", "Deny");
  if (!denied.isClosed()) await denied.close().catch(() => {});
  await frame.getByText("The window was closed before access was allowed.").or(frame.getByText("Access was denied at Orbit Hub.")).first().waitFor();
  await photograph(page, "vault-js-denied");
  assert.equal(await stateOf(session, "crm/hubspot"), "added");
  await connect("Authorize", "Allow");
  await happened(calls, "change", "crm+hubspot", "callable");
  await frame.locator("header .badge").getByText("Connected", { exact: true }).waitFor();
  assert.equal(await stateOf(session, "crm/hubspot"), "callable");
});

test("in two steps: what the window's page posts is confirmed, and a refused confirmation is no end of the session", async (t) => {
  const session = await newSession();
  const { page, frame, calls } = await open(t, session, { unifiedApi: "crm", serviceId: "hubspot" });
  const body = `<script>
    const nonce = new URLSearchParams(location.search).get("nonce");
    opener.postMessage({ type: "oauth_complete", nonce: "another", confirmToken: "wrong", serviceId: "hubspot", success: true }, "*");
    opener.postMessage({ type: "oauth_complete", nonce, confirmToken: "token-1", serviceId: "hubspot", success: true }, "*");
    close();
  </script>`;
  await page.context().route(/vault\/authorize/, (route) => route.fulfill({ contentType: "text/html", body }));
  const confirmations = [];
  const headers = { "access-control-allow-origin": "*" };
  await page.route(/\/confirm$/, (route) => {
    if (route.request().method() === "OPTIONS") return route.continue();
    confirmations.push(route.request().postDataJSON());
    const isFirst = confirmations.length === 1;
    return route.fulfill({ status: isFirst ? 401 : 200, headers, json: isFirst ? { message: "Not of this connection" } : { data: { confirmed: true } } });
  });
  await click(frame, "Connect Orbit Hub");
  await frame.locator(".said.trouble").getByText("Not of this connection").waitFor();
  await click(frame, "Authorize");
  await until(async () => confirmations[1], "it was confirmed");
  assert.deepEqual(confirmations, [{ confirm_token: "token-1" }, { confirm_token: "token-1" }]);
  await happened(calls, "change", "crm+hubspot", "added");
});

test("autoStartAuthorization opens the provider's window by itself", async (t) => {
  const session = await newSession();
  const page = await openPage(t);
  await page.goto(`http://127.0.0.1:${app.address().port}/`);
  const given = { token: session.token, unifyBaseUrl: session.space, unifiedApi: "crm", serviceId: "hubspot", autoStartAuthorization: true };
  const [popup] = await Promise.all([page.waitForEvent("popup"), page.evaluate((options) => openVault(options), given)]);
  await Promise.all([popup.waitForEvent("close"), popup.getByRole("link", { name: "Allow" }).click()]);
  await happened(() => page.evaluate(() => window.calls), "change", "crm+hubspot", "callable");
});

test("a window that the browser blocks leaves a button and the reason", async (t) => {
  const session = await newSession();
  const page = await openPage(t);
  await page.addInitScript(() => (window.open = () => null));
  await page.goto(`http://127.0.0.1:${app.address().port}/`);
  await page.evaluate((options) => openVault(options), { token: session.token, unifyBaseUrl: session.space, unifiedApi: "crm", serviceId: "hubspot", autoStartAuthorization: true });
  const frame = page.frameLocator("iframe");
  await frame.locator(".said").getByText("The browser blocked the window.").waitFor();
  await frame.getByRole("button", { name: "Authorize" }).waitFor();
});

test("expiry and revocation are told in the frame, and a broken token is", async (t) => {
  for (const [end, heading] of [
    [(session) => admin(session, "PUT", "clock", { advance: "2h" }), "This session has expired"],
    [(session) => admin(session, "DELETE", `sessions/${session.token}`), "This session was revoked"],
  ]) {
    const session = await newSession();
    const { page, frame, calls } = await open(t, session);
    await title(frame, "Connections");
    assert.ok((await end(session)).ok);
    await title(frame, heading);
    await photograph(page, `vault-js-${heading.split(" ").at(-1)}`);
    await frame.locator(".ending").getByRole("button", { name: "Close" }).click();
    await happened(calls, "close");
  }
  const { frame } = await open(t, await newSession(), { token: "opaque" });
  await title(frame, "This link is broken");
});

test("without unifyBaseUrl the API is that of the frame's own host", async (t) => {
  const session = await newSession({}, { space: mock.url, consumer: "vault-js-default" });
  const asked = [];
  const { page, frame } = await open(t, session, { unifyBaseUrl: undefined });
  page.on("request", (request) => asked.push(request.url()));
  await title(frame, "Connections");
  await frame.getByRole("link", { name: /Orbit Hub/ }).click();
  await title(frame, "Orbit Hub");
  assert.ok(asked.includes(`${vendors}/vault/connections/crm/hubspot`), asked.join(" "));
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

const sizes = { phone: { width: 360, height: 740 }, tablet: { width: 820, height: 1100 }, desktop: { width: 1360, height: 850 } };
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
