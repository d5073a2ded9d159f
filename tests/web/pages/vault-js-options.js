// @apideck/vault-js, unmodified: every option of open().

import assert from "node:assert/strict";
import test from "node:test";
import { assertUntroubled, photograph } from "../support/chromium.js";
import { newSession } from "../support/vault.js";
import { apiKey, click, happened, open, title } from "../support/vault-js-app.js";

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
