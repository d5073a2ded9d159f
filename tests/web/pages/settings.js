// The hosted page obeys the token: each setting on and off.

import assert from "node:assert/strict";
import test from "node:test";
import { assertUntroubled, openPage, photograph } from "../support/chromium.js";
import { appUrl, call, newSession } from "../support/vault.js";

async function open(t, body, { at = "", prepare = () => {}, ...options } = {}) {
  const session = await newSession(body);
  await prepare(session);
  const page = await openPage(t, options);
  await page.goto(session.uri + at);
  await page.getByRole("heading", { level: 1 }).waitFor();
  return page;
}

const connected = (session) => call(session, "PATCH", "connections/crm/pipedrive", { settings: { api_key: "k" } });
const seen = (page, locator) => locator(page).first().isVisible();

// name, settings that show it, settings that hide it, where to look
const switches = [
  ["show_logs", {}, { show_logs: false }, (page) => page.getByRole("link", { name: "Logs" })],
  ["show_sidebar", {}, { show_sidebar: false }, (page) => page.getByRole("complementary")],
  ["isolation_mode", {}, { isolation_mode: true }, (page) => page.getByRole("navigation")],
  ["sandbox_mode", { sandbox_mode: true }, {}, (page) => page.getByText("Sandbox:")],
  ["show_suggestions", { show_suggestions: true }, {}, (page) => page.getByRole("heading", { name: "Suggested" })],
  ["hide_guides", {}, { hide_guides: true }, (page) => page.getByRole("heading", { name: "Guide" }), "#/crm/salesforce"],
  ["hide_resource_settings", {}, { hide_resource_settings: true }, (page) => page.getByRole("heading", { name: "Resource settings" }), "#/crm/pipedrive"],
];
for (const [name, shown, hidden, locator, at] of switches) {
  test(`${name} shows and hides`, async (t) => {
    const first = await open(t, { settings: shown }, { at, prepare: connected });
    assert.equal(await seen(first, locator), true, "shown");
    const second = await open(t, { settings: hidden }, { at, prepare: connected });
    assert.equal(await seen(second, locator), false, "hidden");
    assertUntroubled(first);
    assertUntroubled(second);
  });
}

test("unified_apis narrows the list; none shows all", async (t) => {
  const some = await open(t, { settings: { unified_apis: ["sms", "ats"] } });
  assert.deepEqual(await some.getByRole("heading", { level: 2 }).allInnerTexts(), ["ATS", "SMS"]);
  const all = await open(t, { settings: { unified_apis: [] } });
  assert.equal((await all.getByRole("heading", { level: 2 }).count()) >= 8, true);
  await photograph(all, "list");
});

test("a connection outside unified_apis is not shown", async (t) => {
  const page = await open(t, { settings: { unified_apis: ["sms"] } });
  await page.evaluate(() => (location.hash = "#/crm/salesforce"));
  await page.getByText("not part of your session").waitFor();
});

test("allow_actions shows only what it names", async (t) => {
  const actions = ["Disable", "Disconnect", "Delete"];
  const buttons = async (settings) => {
    const page = await open(t, { settings }, { at: "#/crm/pipedrive", prepare: connected });
    const texts = await page.getByRole("button").allInnerTexts();
    return texts.filter((text) => actions.includes(text));
  };
  assert.deepEqual(await buttons({}), actions);
  assert.deepEqual(await buttons({ allow_actions: [] }), []);
  assert.deepEqual(await buttons({ allow_actions: ["delete"] }), ["Delete"]);
});

test("the consumer's card, the vault's name, links and the count-down are there", async (t) => {
  const page = await open(t, {
    consumer_metadata: { account_name: "Quill Ltd", user_name: "Ada Quill", email: "ada@quill.example" },
    theme: { vault_name: "Harbour", privacy_url: "https://harbour.example/privacy", terms_url: "https://harbour.example/terms" },
    settings: { session_length: "30m" },
  });
  for (const text of ["Quill Ltd", "Ada Quill", "ada@quill.example", "Harbour"]) assert.ok(await page.getByText(text, { exact: true }).isVisible(), text);
  assert.equal(await page.getByRole("link", { name: "Privacy" }).getAttribute("href"), "https://harbour.example/privacy");
  assert.equal(await page.getByRole("link", { name: "Terms" }).getAttribute("href"), "https://harbour.example/terms");
  const [minutes, seconds] = (await page.locator(".clock").innerText()).split(":").map(Number);
  const left = minutes * 60 + seconds;
  assert.ok(left <= 1800 && left > 1500, `${left} seconds of half an hour are left`);
  assert.match(await page.title(), /^Connections · Harbour$/);
  assertUntroubled(page);
});

test("images of other hosts are drawn instead, until the user asks for them", async (t) => {
  const theme = { logo: "https://cdn.harbour.example/logo.png", favicon: "https://cdn.harbour.example/i.png" };
  const page = await open(t, { theme, consumer_metadata: { image: "https://cdn.harbour.example/me.png", user_name: "Ada" } }, { strangers: "expected" });
  assert.equal(await page.locator("aside img").count(), 0);
  assert.equal(await page.locator("aside .drawn").count(), 2);
  assertUntroubled(page);
  await page.getByRole("link", { name: "Show images from other hosts" }).click();
  await page.getByRole("link", { name: "Hide images from other hosts" }).waitFor();
  assert.ok(page.strangers.includes(theme.logo));
});

test("where there are no images of other hosts, none are offered", async (t) => {
  const page = await open(t, {});
  assert.equal(await page.getByText("Show images from other hosts").isVisible(), false);
});

test("the foot links to the trace of the page", async (t) => {
  const page = await open(t, {});
  await page.getByRole("link", { name: "Trace of this page" }).click();
  await page.waitForURL(/_mock\/requests\//);
  assert.equal(JSON.parse(await page.locator("body").innerText()).request.operation ?? "sessionPage", "sessionPage");
});

test("logs list what the consumer did", async (t) => {
  const page = await open(t, { redirect_uri: appUrl }, { at: "#/logs", prepare: connected });
  await page.getByRole("cell", { name: "PATCH /vault/connections/crm/pipedrive" }).waitFor();
  await photograph(page, "logs");
});

test("the search narrows the list", async (t) => {
  const page = await open(t, {});
  await page.getByRole("searchbox", { name: "Search" }).fill("ledger");
  assert.deepEqual(await page.locator(".row strong").allInnerTexts(), ["Swift Ledger"]);
  await page.getByRole("status").getByText("1 connection matches.").waitFor();
  await page.getByRole("searchbox", { name: "Search" }).fill("zzz");
  await page.getByText("No connection matches.").waitFor();
  await page.getByRole("button", { name: "Clear the search" }).click();
  await page.getByRole("link", { name: /Orbit Hub/ }).waitFor();
});

test("unified APIs without connectors leave a list that says so", async (t) => {
  const page = await open(t, { settings: { unified_apis: ["payroll"] } });
  await page.getByText("This session shows no connections").waitFor();
});

test("what connecting takes is said beforehand", async (t) => {
  const page = await open(t, {}, { at: "#/ats/workable" });
  assert.deepEqual(await page.locator(".facts dd").allInnerTexts(), ["You enter its settings here.", "Subdomain, API key", "Jobs, Applicants, Applications"]);
  await photograph(page, "available");
});
