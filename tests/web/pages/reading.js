// Everybody can use the page: by keyboard, on a phone, with a screen reader, in any colours.

import assert from "node:assert/strict";
import test from "node:test";
import { assertUntroubled, complaints, openPage, paint, photograph } from "../support/chromium.js";
import { call, newSession, setClock, stateOf } from "../support/vault.js";

const themes = {
  none: {},
  pale: { primary_color: "#ffff66", sidepanel_background_color: "#fffde0", sidepanel_text_color: "#fff7b0" },
  dark: { primary_color: "#101010", sidepanel_background_color: "black", sidepanel_text_color: "#222" },
  middle: { primary_color: "hsl(0 60% 50%)", sidepanel_background_color: "#777777", sidepanel_text_color: "#888" },
  textOnly: { sidepanel_text_color: "#eeeeee" },
};
const connect = (session) => call(session, "PATCH", "connections/ats/workable", { enabled: true });

// Another view of the page that is open already.
async function turnTo(page, hash, heading) {
  await page.evaluate((at) => (location.hash = at), hash);
  await page.getByRole("heading", { level: 1, name: heading }).waitFor();
}

// A theme's colours are all to be seen in two views.
const coloured = [["#/ats/workable", "Doable"], ["#/crm/pipedrive", "Pipe and Drum"]];
const plain = [["#/", "Connections"], ["#/crm/hubspot", "Orbit Hub"], ["#/logs", "Logs"]];

for (const [name, theme] of Object.entries(themes)) {
  test(`WCAG AA with the theme "${name}", in light and dark`, async (t) => {
    const session = await newSession({ theme: { ...theme, privacy_url: "https://p.example", vault_name: "Harbour" }, settings: { sandbox_mode: true }, redirect_uri: "https://app.example" });
    await connect(session);
    await call(session, "PATCH", "connections/crm/pipedrive", { settings: { api_key: "k" } });
    const page = await openPage(t);
    await page.goto(session.uri);
    for (const [hash, heading] of name === "none" ? [...plain, ...coloured] : coloured) {
      await turnTo(page, hash, heading);
      for (const details of await page.locator("summary").all()) await details.click();
      await page.waitForFunction(() => document.querySelector("details[open]:not(:has(form))") === null);
      for (const colorScheme of ["light", "dark"]) {
        await paint(page, colorScheme);
        assert.deepEqual(await complaints(page), [], `${hash} in ${colorScheme}`);
        await photograph(page, `theme-${name}-${heading}-${colorScheme}`);
      }
    }
    assertUntroubled(page);
  });
}

test("WCAG AA on the provider's page and on the pages of ended sessions", async (t) => {
  const session = await newSession({ redirect_uri: "https://app.example", theme: themes.pale });
  const { body } = await call(session, "GET", "connections/crm/hubspot");
  const ask = `${body.data.authorize_url}&redirect_uri=`;
  const done = body.data.authorize_url.replace(/authorize\/[^?]*/, "callback") + "&error=server_error";
  await setClock(session, { advance: "2h" });
  const page = await openPage(t);
  for (const url of [ask, body.data.authorize_url, done, `${session.uri}x`, session.uri]) {
    await page.goto(url);
    await page.getByRole("heading", { level: 1 }).waitFor();
    for (const colorScheme of ["light", "dark"]) {
      await paint(page, colorScheme);
      assert.deepEqual(await complaints(page), [], `${url} in ${colorScheme}`);
    }
  }
});

test("trouble and news are read out, and can be read", async (t) => {
  const session = await newSession({}, {});
  const page = await openPage(t);
  await page.route(/vault\/connections\/lead\/webhook-leads$/, (route) =>
    route.request().method() === "PATCH" ? route.fulfill({ status: 500, contentType: "application/json", body: '{"message":"It broke"}' }) : route.continue());
  await page.goto(`${session.uri}#/lead/webhook-leads`);
  await page.getByRole("button", { name: "Connect Open Door Leads" }).click();
  await page.getByRole("status").getByText("It broke").waitFor();
  assert.deepEqual(await complaints(page), []);
  await paint(page, "dark");
  assert.deepEqual(await complaints(page), []);
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
  assert.equal(await stateOf(session, "ats/workable"), "callable", "Escape is not a yes");
});

test("on a phone nothing is wider than the screen, and targets are large enough", async (t) => {
  const session = await newSession({ theme: { vault_name: "A name that is quite a bit longer than usual" }, consumer_metadata: { account_name: "Quill", email: "a.very.long.address.of.somebody@quill-and-daughters.example" }, redirect_uri: "https://app.example" });
  await connect(session);
  const page = await openPage(t, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  await page.goto(session.uri);
  for (const [hash, heading] of [["#/", "Connections"], ["#/logs", "Logs"], ["#/ats/workable", "Doable"]]) {
    await turnTo(page, hash, heading);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360, hash);
    const table = page.locator(".table");
    if (await table.count()) assert.ok(await table.evaluate((node) => node.scrollWidth <= node.clientWidth), "the logs fit");
    await photograph(page, `phone-${heading}`);
  }
  for (const button of await page.getByRole("button").all()) assert.ok((await button.boundingBox()).height >= 44);
});
