// Everybody can use the page: by keyboard, on a phone, with a screen reader, in any colours.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import test from "node:test";
import { assertUntroubled, openPage, photograph } from "../support/chromium.js";
import { call, newSession, stateOf } from "../support/vault.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// What axe finds against WCAG 2.1 A and AA, each with its place.
async function complaints(page) {
  await page.evaluate(axe); // not as a script element: the page's policy forbids those
  const { violations } = await page.evaluate(() => globalThis.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] }));
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary}`));
}

const themes = {
  none: {},
  pale: { primary_color: "#ffff66", sidepanel_background_color: "#fffde0", sidepanel_text_color: "#fff7b0" },
  dark: { primary_color: "#101010", sidepanel_background_color: "black", sidepanel_text_color: "#222" },
  middle: { primary_color: "hsl(0 60% 50%)", sidepanel_background_color: "#777777", sidepanel_text_color: "#888" },
  textOnly: { sidepanel_text_color: "#eeeeee" },
};
const connect = (session) => call(session, "PATCH", "connections/ats/workable", { enabled: true });

for (const [name, theme] of Object.entries(themes)) {
  for (const colorScheme of ["light", "dark"]) {
    test(`WCAG AA with the theme "${name}" in ${colorScheme}`, async (t) => {
      const session = await newSession({ theme: { ...theme, privacy_url: "https://p.example", vault_name: "Harbour" }, settings: { sandbox_mode: true }, redirect_uri: "https://app.example" });
      await connect(session);
      const page = await openPage(t, { colorScheme });
      for (const at of ["", "#/ats/workable", "#/crm/hubspot", "#/logs"]) {
        await page.goto("about:blank");
        await page.goto(session.uri + at);
        await page.locator("main h1").waitFor();
        assert.deepEqual(await complaints(page), [], at);
      }
      await page.goto("about:blank");
      await page.goto(session.uri + "#/ats/workable");
      await page.locator("main h1").waitFor();
      await photograph(page, `theme-${name}-${colorScheme}`);
      assertUntroubled(page);
    });
  }
}

test("WCAG AA on the provider's page and on the pages of ended sessions", async (t) => {
  const session = await newSession();
  const { body } = await call(session, "GET", "connections/crm/hubspot");
  for (const colorScheme of ["light", "dark"]) {
    const page = await openPage(t, { colorScheme });
    for (const url of [body.data.authorize_url, `${session.uri}x`]) {
      await page.goto(url);
      await page.getByRole("heading", { level: 1 }).waitFor();
      assert.deepEqual(await complaints(page), [], url);
    }
  }
});

test("by keyboard alone: from the list to a connection that works", async (t) => {
  const session = await newSession();
  const page = await openPage(t);
  await page.goto(session.uri);
  await page.getByRole("heading", { level: 1 }).waitFor();
  const focused = () => page.evaluate(() => document.activeElement.textContent.trim() || document.activeElement.labels?.[0]?.textContent || document.activeElement.tagName);
  const tabTo = async (wanted) => {
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press("Tab");
      if ((await focused()).startsWith(wanted)) return;
    }
    assert.fail(`Tab never came to "${wanted}"`);
  };
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "Skip to content");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  await tabTo("Doable");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Doable" }).waitFor();
  assert.equal(await focused(), "Doable", "the heading has the focus, so that it is read out");
  await tabTo("Connect Doable");
  await page.keyboard.press("Enter");
  await page.getByLabel("Subdomain").waitFor();
  await tabTo("Subdomain");
  await page.keyboard.type("quill");
  await tabTo("API key");
  await page.keyboard.type("key_1");
  await page.keyboard.press("Enter");
  await page.getByRole("status").getByText("Saved. Connected.").waitFor();
  assert.equal(await stateOf(session, "ats/workable"), "callable");
  await tabTo("Delete");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await page.getByRole("dialog").count(), 0);
  assert.equal(await stateOf(session, "ats/workable"), "callable", "Escape is no yes");
});

test("on a phone nothing is wider than the screen, and targets are large enough", async (t) => {
  const session = await newSession({ theme: { vault_name: "A name that is quite a bit longer than usual" }, consumer_metadata: { account_name: "Quill", email: "a.very.long.address.of.somebody@quill-and-daughters.example" }, redirect_uri: "https://app.example" });
  await connect(session);
  const page = await openPage(t, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  for (const at of ["", "#/ats/workable", "#/logs"]) {
    await page.goto("about:blank");
    await page.goto(session.uri + at);
    await page.locator("main h1").waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360, at);
    await photograph(page, `phone-${at.slice(2).replace("/", "-") || "list"}`);
  }
  await page.goto("about:blank");
  await page.goto(session.uri + "#/ats/workable");
  await page.getByRole("button", { name: "Save", exact: true }).first().waitFor();
  for (const button of await page.getByRole("button").all()) assert.ok((await button.boundingBox()).height >= 44);
});
