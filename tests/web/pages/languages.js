// No word of Vault in a frame is English where another language is spoken: each state, in a language of marked texts.

import assert from "node:assert/strict";
import test from "node:test";
import { openPage } from "../support/chromium.js";
import { marked, MarkedLanguage } from "../support/marked.js";
import { mock, newSession, revoke, rule, setClock, setOAuth } from "../support/vault.js";
import { apiKey, appUrl, open, title } from "../support/vault-js-app.js";

const consumer_metadata = { account_name: "Quill Ltd", user_name: "Ada", email: "ada@quill.example" };
const language = new MarkedLanguage(["Vault", ...Object.values(consumer_metadata), "provider_x"]);
const button = (frame, text) => frame.getByRole("button", typeof text === "string" ? { name: marked(text), exact: true } : { name: text });
const link = (frame, name) => frame.getByRole("link", { name }).first();
const heading = (frame, text) => title(frame, marked(text));
const said = (frame, text) => frame.locator(".said").getByText(marked(text)).waitFor();
const hubspot = { unifiedApi: "crm", serviceId: "hubspot" };
const pipedrive = { unifiedApi: "crm", serviceId: "pipedrive" };
const listing = { operation: "connectionsAll" };

async function inWindow({ page, frame }, text, answer) {
  const [popup] = await Promise.all([page.waitForEvent("popup"), button(frame, text).click()]);
  await Promise.all([popup.waitForEvent("close"), popup.getByRole("link", { name: answer, exact: true }).click()]);
}

// { session: of POST /vault/sessions, options: of open(), prepare(session, page), change(answer of the API, its URL),
// act({ page, frame, session, look }) }: what is there at the end is looked at, and whenever `look` is called.
const states = {
  "the list": { act: ({ frame }) => heading(frame, "Connections") },
  "the consumer, the languages and the sandbox": {
    session: { settings: { sandbox_mode: true, show_suggestions: true } },
    options: { showConsumer: true, showLanguageSwitch: true },
    prepare: (session) => apiKey(session, "crm/pipedrive"),
    act: ({ frame }) => frame.getByRole("region", { name: marked("Signed in as") }).waitFor(),
  },
  "a search": {
    act: async ({ frame, look }) => {
      for (const wanted of ["orbit", "nobody", "crm"]) {
        await frame.getByRole("searchbox").fill(wanted);
        await look();
      }
    },
  },
  "an empty list": { options: { unifiedApi: "ats" }, session: { settings: { unified_apis: ["crm"] } }, act: ({ frame }) => frame.locator("main .notice").waitFor() },
  "a connection that is not the session's": { options: pipedrive, session: { settings: { unified_apis: ["ats"] } }, act: ({ frame }) => frame.locator("main .notice").waitFor() },
  "settings, resources and mappings": {
    options: { ...pipedrive, showButtonLayout: true },
    act: async ({ frame, look }) => {
      await button(frame, "Connect Pipe and Drum").click();
      await look();
      await frame.getByLabel("API key").fill("k");
      await frame.locator(".settings").getByRole("button").click();
      await said(frame, "Saved. Connected.");
      await look();
      for (const summary of await frame.locator("summary").all()) await summary.click();
      await frame.locator(".mappings form").waitFor();
      await look();
      await button(frame, "Disable").click();
      await said(frame, "Disabled.");
      await look();
      await button(frame, "Enable").click();
      await said(frame, "Enabled.");
      await look();
      await button(frame, "Disconnect").click();
      await said(frame, "Disconnected.");
    },
  },
  "a deletion": {
    options: {},
    prepare: (session) => apiKey(session, "crm/pipedrive"),
    act: async ({ frame, look }) => {
      await link(frame, /Pipe and Drum/).click();
      await frame.getByText(marked("Actions")).click();
      await button(frame, "Delete").click();
      await frame.getByRole("dialog").last().waitFor();
      await look();
      await frame.locator("dialog").getByRole("button", { name: marked("Delete"), exact: true }).click();
      await heading(frame, "Connections");
    },
  },
  "one part alone": { options: { ...pipedrive, initialView: "settings" }, prepare: (session) => apiKey(session, "crm/pipedrive"), act: ({ frame }) => button(frame, "Show the whole connection").waitFor() },
  "no settings": { options: { unifiedApi: "lead", serviceId: "webhook-leads" }, act: ({ frame }) => frame.locator(".facts").waitFor() },
  "credentials of a client": {
    options: { unifiedApi: "hris", serviceId: "personio" },
    act: async ({ frame, look }) => {
      await frame.locator(".card .actions button").click();
      await frame.locator(".settings").waitFor();
      await look();
      for (const input of await frame.locator(".settings input").all()) await input.fill("value");
      await frame.locator(".settings").getByRole("button").click();
      await button(frame, "Authorize").click();
      await said(frame, "Authorized.");
    },
  },
  "a provider that denies, fails and allows": {
    options: hubspot,
    act: async (opened) => {
      const { frame, look } = opened;
      for (const [text, answer, seen] of [["Connect Orbit Hub", "Deny", ".error"], ["Authorize", "Fail", ".error"]]) {
        await inWindow(opened, text, answer);
        await frame.locator(seen).waitFor();
        await look();
      }
      await inWindow(opened, "Authorize again", "Allow");
      await said(frame, "Connected.");
      await look();
      await frame.getByText(marked("Actions")).click();
      await inWindow(opened, "Reauthorize", "Deny");
      await frame.locator(".error").waitFor();
      await look();
      await frame.getByText(marked("Actions")).click();
      await inWindow(opened, "Reauthorize", "Fail");
      await frame.locator(".error").getByText(marked("The connection does not work until it is authorized again.")).waitFor();
    },
  },
  "a connection that is authorized and lacks settings": {
    options: { unifiedApi: "crm", serviceId: "zoho-crm" },
    act: async (opened) => {
      await inWindow(opened, /Connect /, "Allow");
      await opened.frame.locator("header .badge").getByText(marked("Needs settings")).waitFor();
    },
  },
  "a guide, several fields to map, and a resource without settings": {
    options: pipedrive,
    prepare: (session) => apiKey(session, "crm/pipedrive"),
    change: ({ data }, url) => {
      if (url.endsWith("/config")) return (data.form_fields = []);
      data.has_guide = true;
      data.custom_mappings = [1, 2].map((number) => ({ ...data.custom_mappings[0], id: `crm+contacts+${number}`, required: true, value: null }));
    },
    act: async ({ frame }) => {
      await frame.locator(".resources summary").first().click();
      await frame.getByText(marked("Nothing to set.")).waitFor();
    },
  },
  "a provider that never answers": {
    options: hubspot,
    prepare: (session) => setOAuth(session, { confirm: true, opener: "severed" }),
    act: async ({ page, frame, look }) => {
      const [popup] = await Promise.all([page.waitForEvent("popup"), button(frame, "Connect Orbit Hub").click()]);
      await frame.locator(".said.trouble").waitFor();
      await look();
      await popup.getByRole("link", { name: "Allow", exact: true }).click();
      await frame.locator("header .badge").getByText(marked("Not confirmed")).waitFor();
    },
  },
  "a window that is blocked": {
    options: hubspot,
    prepare: (_, page) => page.addInitScript(() => (window.open = () => null)),
    act: async ({ frame }) => {
      await button(frame, "Connect Orbit Hub").click();
      await frame.locator(".said.trouble").waitFor();
    },
  },
  "an address that is not safe": {
    options: hubspot,
    change: ({ data }) => (data.authorize_url = "javascript:window.hurt=1"),
    act: async ({ frame }) => {
      await button(frame, "Connect Orbit Hub").click();
      await frame.locator(".said.trouble").waitFor();
    },
  },
  "a list that waits, and fails": {
    prepare: (session) => rule(session, listing, { error: 503 }),
    act: async ({ frame }) => heading(frame, "This could not be loaded"),
  },
  "an answer that breaks off": { prepare: (session) => rule(session, listing, { fault: "malformed" }), act: ({ frame }) => heading(frame, "This could not be loaded") },
  "an answer without a message": { prepare: (session) => rule(session, listing, { status: 500, body: {} }), act: ({ frame }) => heading(frame, "This could not be loaded") },
  "nobody who answers": { options: { unifyBaseUrl: "http://127.0.0.1:9/" }, act: ({ frame }) => heading(frame, "This could not be loaded") },
  "an action that is refused": {
    options: pipedrive,
    prepare: (session) => rule(session, { operation: "connectionsUpdate" }, { error: 422 }),
    act: async ({ frame }) => {
      await button(frame, "Connect Pipe and Drum").click();
      await frame.locator(".said.trouble").waitFor();
    },
  },
  "a connection that does not exist": { options: { unifiedApi: "crm", serviceId: "nobody" }, act: ({ frame }) => heading(frame, "This could not be loaded") },
  "a session that expires": {
    act: async ({ frame, session, look }) => {
      await heading(frame, "Connections");
      await setClock(session, { advance: "3560s" });
      await said(frame, "This session ends in one minute.");
      await look();
      await setClock(session, { advance: "2h" });
      await heading(frame, "This session has expired");
    },
  },
  "a session that is revoked": {
    act: async ({ frame, session }) => {
      await heading(frame, "Connections");
      await revoke(session);
      await heading(frame, "This session was revoked");
    },
  },
  "a session that is refused": { prepare: (session) => rule(session, listing, { error: 401 }), act: ({ frame }) => heading(frame, "This session is not accepted") },
  "a broken token": { options: { token: "opaque" }, act: ({ frame }) => heading(frame, "This link is broken") },
};

// The page outside of a frame, and the hosted page, say these.
const elsewhere = new Set(["This page is for @apideck/vault-js, which shows it in a frame and sends it a session token.",
  "Return to the app", "Nothing changed: it is not connected."]);

// One state in a space of its own.
async function show(t, name, { session: body = {}, options = {}, prepare, change, act }) {
  const session = await newSession({ consumer_metadata, ...body });
  const opened = await open(t, session, { locale: "de", ...options }, {
    place: `${session.space}/_vault-js/`,
    prepare: async (page) => {
      await language.teach(page, change);
      await prepare?.(session, page);
    },
  });
  const look = async () => {
    const inner = opened.page.frames().find((one) => one.url().includes("/_vault-js/"));
    await inner.locator("h1, .notice").first().waitFor();
    assert.deepEqual(await language.unmarked(inner), [], name);
  };
  await act({ ...opened, session, look });
  await look();
}

test("every text of the frame is in the language that was asked for", { concurrency: 3 }, async (t) => {
  await Promise.all(Object.entries(states).map(([name, state]) => t.test(name, (inner) => show(inner, name, state))));
  assert.deepEqual(language.silent().filter((text) => !elsewhere.has(text)), [], "texts of the sources that no state shows");
});

test("the page alone, outside of a frame, speaks the browser's language", async (t) => {
  const page = await openPage(t, { locale: "fr-FR" });
  await page.goto(`${mock.url}/_vault-js/`);
  await page.getByText("Cette page est pour @apideck/vault-js").waitFor();
});

test("of two languages at once the last one is spoken, and a page that was closed stays closed", async (t) => {
  const session = await newSession();
  const page = await openPage(t);
  let release;
  const released = new Promise((resolve) => (release = resolve));
  await page.route(/\/_page\/words-nl\.js$/, async (route) => {
    await released;
    await route.continue();
  });
  await page.goto(appUrl);
  const held = page.waitForRequest(/\/_page\/words-nl\.js$/);
  await page.evaluate((given) => openVault(given), { token: session.token, unifyBaseUrl: session.space, locale: "nl" });
  await held;
  const post = (given) => page.evaluate((message) => document.querySelector("iframe").contentWindow.postMessage(message, "*"), given);
  await post({ token: session.token, unifyBaseUrl: session.space, locale: "fr" });
  const frame = page.frameLocator("iframe");
  await title(frame, "Connexions");
  const late = page.waitForResponse(/\/_page\/words-nl\.js$/);
  release();
  await late;
  const inner = page.frames().find((one) => one !== page.mainFrame());
  await inner.evaluate(() => import("/_page/words-nl.js").then(() => new Promise((next) => requestAnimationFrame(next))));
  await title(frame, "Connexions");
  assert.equal(await frame.locator("html").getAttribute("lang"), "fr");
  assert.equal(await frame.locator(".dialog").count(), 1);
});
