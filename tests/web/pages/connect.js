// From "Connect" to "back in my app", by every way there is.

import assert from "node:assert/strict";
import test from "node:test";
import { assertUntroubled, openPage, photograph } from "../support/chromium.js";
import { appUrl, call, newSession, stateOf } from "../support/vault.js";

async function open(t, body, at) {
  const session = await newSession(body);
  const page = await openPage(t);
  await page.goto(session.uri + at);
  await page.getByRole("heading", { level: 1 }).waitFor();
  return { page, session };
}
const badgeSays = (page, words) => page.locator("header .badge").getByText(words, { exact: true }).waitFor();
const click = (page, name, role = "button") => page.getByRole(role, { name, exact: true }).click();

test("allow: the connection is callable, and the user returns to the app", async (t) => {
  const { page, session } = await open(t, { redirect_uri: appUrl }, "");
  await page.getByRole("link", { name: /Orbit Hub/ }).click();
  await click(page, "Connect Orbit Hub");
  await page.getByRole("heading", { name: "Orbit Hub: allow access?" }).waitFor();
  await photograph(page, "provider");
  await click(page, "Allow", "link");
  await page.getByText("Connected", { exact: true }).waitFor();
  assert.equal(await stateOf(session, "crm/hubspot"), "callable");
  await photograph(page, "connected");
  await click(page, "Return to the app", "link");
  await page.waitForURL(`${appUrl}&authorizedConnection=hubspot`);
  assertUntroubled(page);
});

test("deny and fail say what became of the connection, and ask to authorize again", async (t) => {
  const { page, session } = await open(t, {}, "#/crm/hubspot");
  await click(page, "Connect Orbit Hub");
  await click(page, "Deny", "link");
  assert.equal(await page.getByRole("alert").innerText(), "Access was denied at Orbit Hub. The connection was added, but does not work until it is authorized.");
  assert.equal(await stateOf(session, "crm/hubspot"), "added");
  assert.equal(new URL(page.url()).search, "", "the address is clean again");

  await click(page, "Authorize");
  await click(page, "Fail", "link");
  assert.equal(await page.getByRole("alert").innerText(), "Orbit Hub failed and gave no access. The connection does not work until it is authorized again.");
  assert.equal(await stateOf(session, "crm/hubspot"), "invalid");

  await click(page, "Authorize again");
  await click(page, "Allow", "link");
  await page.getByText("Connected", { exact: true }).waitFor();

  await click(page, "Reauthorize");
  await click(page, "Deny", "link");
  assert.equal(await page.getByRole("alert").innerText(), "Access was denied at Orbit Hub. Nothing changed: the connection works as before.");
  assert.equal(await stateOf(session, "crm/hubspot"), "callable");
  assertUntroubled(page);
});

test("settings make a connection by API key callable", async (t) => {
  const { page, session } = await open(t, {}, "#/ats/workable");
  await click(page, "Connect Doable");
  await badgeSays(page, "Not finished");
  await page.getByLabel("Subdomain").fill("quill");
  await page.getByLabel("API key").fill("key_1");
  await photograph(page, "form");
  await click(page, "Save");
  await page.getByRole("status").getByText("Saved. Connected.").waitFor();
  await badgeSays(page, "Connected");
  const { body } = await call(session, "GET", "connections/ats/workable");
  assert.deepEqual(body.data.settings, { domain: "quill", api_key: "key_1" });
  assertUntroubled(page);
});

test("client credentials are fetched without a provider's page", async (t) => {
  const { page, session } = await open(t, {}, "#/hris/personio");
  await click(page, "Connect Personalia");
  await page.getByText("Fill in the settings, then authorize.").waitFor();
  await page.getByLabel("Client id").fill("id");
  await page.getByLabel("Client secret").fill("secret");
  await click(page, "Save");
  await click(page, "Authorize");
  await page.getByRole("status").getByText("Authorized.").waitFor();
  assert.equal(await stateOf(session, "hris/personio"), "callable");
});

test("no authentication: connected at once, and auto_redirect leaves at once", async (t) => {
  const { page } = await open(t, { redirect_uri: appUrl, settings: { auto_redirect: true } }, "#/lead/webhook-leads");
  await click(page, "Connect Open Door Leads");
  await page.waitForURL(`${appUrl}&authorizedConnection=webhook-leads`);
});

test("auto_redirect leaves after the provider's page, too", async (t) => {
  const { page } = await open(t, { redirect_uri: appUrl, settings: { auto_redirect: true } }, "#/crm/hubspot");
  await click(page, "Connect Orbit Hub");
  await click(page, "Allow", "link");
  await page.waitForURL(`${appUrl}&authorizedConnection=hubspot`);
});

test("disable, enable, reauthorize, disconnect, delete", async (t) => {
  const { page, session } = await open(t, {}, "#/crm/hubspot");
  await click(page, "Connect Orbit Hub");
  await click(page, "Allow", "link");
  await click(page, "Disable");
  await page.getByRole("status").getByText("Disabled.").waitFor();
  await badgeSays(page, "Disabled");
  await click(page, "Enable");
  await page.getByRole("status").getByText("Enabled.").waitFor();
  await click(page, "Reauthorize");
  await click(page, "Allow", "link");
  await click(page, "Disconnect");
  await page.getByText("Not finished").waitFor();
  assert.equal(await stateOf(session, "crm/hubspot"), "added");
  await click(page, "Delete");
  await page.getByRole("dialog").waitFor();
  await photograph(page, "delete");
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await page.getByRole("heading", { name: "Connections" }).waitFor();
  assert.equal(await stateOf(session, "crm/hubspot"), "available");
  assertUntroubled(page);
});

test("cancelling a delete keeps the connection", async (t) => {
  const { page, session } = await open(t, {}, "#/lead/webhook-leads");
  await click(page, "Connect Open Door Leads");
  await click(page, "Delete");
  await click(page, "Cancel");
  assert.equal(await stateOf(session, "lead/webhook-leads"), "callable");
});

test("settings of a resource are kept", async (t) => {
  const { page, session } = await open(t, {}, "#/crm/pipedrive");
  await click(page, "Connect Pipe and Drum");
  await page.getByText("Leads", { exact: true }).click();
  await page.getByLabel("First stage").selectOption("qualified");
  await page.locator("details[open]").getByRole("button", { name: "Save" }).click();
  await page.getByRole("status").getByText("Saved.").waitFor();
  const { body } = await call(session, "GET", "connections/crm/pipedrive/leads/config");
  assert.equal(body.data.form_fields.find(({ id }) => id === "default_stage").value, "qualified");
});

test("fields of the app are mapped to those of the connector, changed and taken away", async (t) => {
  const session = await newSession();
  await call(session, "PATCH", "connections/crm/pipedrive", { settings: { api_key: "k" } });
  const page = await openPage(t);
  await page.goto(`${session.uri}#/crm/pipedrive`);
  const mapped = async () => (await call(session, "GET", "connections/crm/pipedrive")).body.data.custom_mappings.map(({ value }) => value ?? null);
  await page.getByText("Fields to map").click();
  await page.getByLabel("Birthday").selectOption("Shoe size");
  await page.getByLabel("Salutation").selectOption("first_name");
  await photograph(page, "mapping");
  const save = page.locator(".mappings").getByRole("button", { name: "Save" });
  await save.click();
  await page.getByRole("status").getByText("Saved.").waitFor();
  assert.deepEqual(await mapped(), ["$.custom_fields.shoe_size", "$['first_name']", null]);
  await page.reload();
  await page.getByText("Fields to map").click();
  assert.equal(await page.getByLabel("Birthday").inputValue(), "$.custom_fields.shoe_size");
  await page.getByLabel("Birthday").selectOption("Choose …");
  await save.click();
  await page.getByRole("status").getByText("Saved.").waitFor();
  assert.deepEqual(await mapped(), [null, "$['first_name']", null]);
  assertUntroubled(page);
});
