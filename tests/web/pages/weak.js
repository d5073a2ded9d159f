// The hosted page where it has nothing good to show: while it waits, and when something failed. At three sizes, in light
// and in dark.

import assert from "node:assert/strict";
import test from "node:test";
import { assertUntroubled, complaints, openPage, paint, photograph, sizes } from "../support/chromium.js";
import { admin, appUrl, call, newSession, rule } from "../support/vault.js";

const theme = { vault_name: "Harbour", primary_color: "#d6336c", sidepanel_background_color: "#4a1030", sidepanel_text_color: "#ffe3ee" };

const listing = { operation: "connectionsAll" };

// Answers to requests of that URL come when `release` is called.
async function heldBack(page, url) {
  let release;
  const released = new Promise((resolve) => (release = resolve));
  await page.route(url, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

// The states, each with what brings it about and how to see that it is there.
const states = {
  waiting: {
    prepare: (_, page) => heldBack(page, /\/vault\/connections$/),
    seen: (page) => page.locator(".skeleton .row").first(),
  },
  failed: {
    prepare: (session) => rule(session, listing, { error: 503 }),
    seen: (page) => page.getByRole("button", { name: "Try again" }),
  },
  denied: {
    at: "?error_type=access_denied&back=1#/crm/hubspot",
    prepare: (session) => call(session, "PATCH", "connections/crm/hubspot", { enabled: true }),
    seen: (page) => page.getByRole("alert"),
  },
  disabled: {
    at: "#/crm/pipedrive",
    prepare: (session) => call(session, "PATCH", "connections/crm/pipedrive", { enabled: false, settings: { api_key: "k" } }),
    seen: (page) => page.getByText("The connection is disabled"),
  },
  troubled: {
    at: "#/lead/webhook-leads",
    prepare: (session) => rule(session, { operation: "connectionsUpdate" }, { error: 422 }),
    seen: (page) => page.locator(".said.trouble"),
    act: (page) => page.getByRole("button", { name: "Connect Open Door Leads" }).click(),
  },
  list: {
    prepare: (session) => call(session, "PATCH", "connections/crm/pipedrive", { settings: { api_key: "k" } }),
    seen: (page) => page.getByRole("heading", { name: "Your connections" }),
  },
};

for (const [size, viewport] of Object.entries(sizes)) {
  test(`every state can be read on a ${size}, in light and dark`, async (t) => {
    for (const [name, { at = "", prepare, act, seen }] of Object.entries(states)) {
      const session = await newSession({ theme, redirect_uri: appUrl });
      const page = await openPage(t, { viewport });
      const release = await prepare(session, page);
      await page.goto(session.uri + at);
      await act?.(page);
      await seen(page).waitFor();
      assert.equal(await page.getByRole("link", { name: "Back to the app" }).getAttribute("href"), appUrl, `${name} leads back`);
      for (const colorScheme of ["light", "dark"]) {
        await paint(page, colorScheme);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), viewport.width, `${name} is as wide as the screen`);
        assert.deepEqual(await complaints(page), [], `${name} in ${colorScheme}`);
        await photograph(page, `weak-${name}-${size}-${colorScheme}`);
      }
      assertUntroubled(page);
      if (typeof release === "function") {
        release();
        await page.getByRole("heading", { name: "Connections", exact: true }).waitFor();
        assert.equal(await page.locator(".skeleton").count(), 0, "rows took the place of the skeleton");
      }
      await page.context().close();
    }
  });
}

test("a list that failed says why, names the request, and comes when it is asked for again", async (t) => {
  const session = await newSession();
  await rule(session, listing, { error: 503 }, "?times=1");
  const page = await openPage(t);
  await page.goto(session.uri);
  await page.getByRole("heading", { name: "This could not be loaded" }).waitFor();
  await page.getByText("The API answered with status 503.").waitFor();
  const link = page.locator(".failure").getByRole("link");
  const id = await link.innerText();
  const { request } = await (await admin(session, "GET", `requests/${id}`)).json();
  assert.equal(request.path, "/vault/connections");
  assert.ok((await link.getAttribute("href")).endsWith(`/_mock/requests/${id}`));
  const middle = await page.evaluate(() => {
    const [mark, button] = [".failure .mark", ".failure button"].map((selector) => document.querySelector(selector).getBoundingClientRect());
    return (mark.top + button.bottom) / 2 / innerHeight;
  });
  assert.ok(middle > 0.3 && middle < 0.7, `in the middle, not at ${middle} of the height`);
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("link", { name: /Orbit Hub/ }).waitFor();
  assertUntroubled(page);
});

test("a list that is late does not replace what was opened meanwhile", async (t) => {
  const session = await newSession();
  const page = await openPage(t);
  await page.clock.install();
  const release = await heldBack(page, /\/vault\/connections$/);
  await page.goto(session.uri);
  await page.evaluate(() => (location.hash = "#/crm/hubspot"));
  const heading = page.getByRole("heading", { level: 1, name: "Orbit Hub" });
  await heading.waitFor();
  await page.clock.runFor(1000); // the time after which a late view shows rows without words
  assert.ok(await heading.isVisible());
  const late = page.waitForResponse(/\/vault\/connections$/);
  release();
  await late;
  await page.evaluate(() => new Promise((next) => requestAnimationFrame(next)));
  assert.ok(await heading.isVisible());
});

test("an answer that breaks off, and a mock that is gone, are failures that say so", async (t) => {
  const session = await newSession();
  const page = await openPage(t);
  await rule(session, listing, { fault: "malformed" }, "?times=1");
  await page.goto(session.uri);
  await page.getByText("it broke off in the middle").waitFor();
  await page.route(/vault\/connections$/, (route) => route.abort());
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByText("The mock does not answer. Is it still running?").waitFor();
});

test("a connection that does not exist is a failure that leads to the list", async (t) => {
  const session = await newSession();
  const page = await openPage(t);
  await page.goto(`${session.uri}#/crm/nobody`);
  await page.getByText("Could not find connector with id: 'crm+nobody'").waitFor();
  await page.locator(".failure").getByRole("link", { name: "All connections" }).click();
  await page.getByRole("heading", { name: "Connections" }).waitFor();
});

test("what an action led to covers nothing, and goes with its view", async (t) => {
  const session = await newSession();
  await call(session, "PATCH", "connections/crm/pipedrive", { settings: { api_key: "k" } });
  const page = await openPage(t, { viewport: sizes.phone });
  await page.goto(`${session.uri}#/crm/pipedrive`);
  await page.getByRole("button", { name: "Disable" }).click();
  const note = page.locator(".said");
  await note.getByText("Disabled.").waitFor();
  assert.equal(await note.evaluate((node) => getComputedStyle(node).position), "static");
  const box = await note.boundingBox();
  assert.ok(box.y >= 0 && box.y + box.height <= sizes.phone.height, "it is on the screen");
  const topmost = await note.evaluate((node) => {
    const { left, top, width, height } = node.getBoundingClientRect();
    return node.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  });
  assert.ok(topmost);
  await page.getByRole("link", { name: "Logs" }).click();
  await page.getByRole("heading", { name: "Logs" }).waitFor();
  assert.equal(await note.count(), 0);
  assert.equal(await page.locator("#status").innerText(), "");
});

test("a deletion is told on the list that follows", async (t) => {
  const session = await newSession();
  await call(session, "PATCH", "connections/lead/webhook-leads", { enabled: true });
  const page = await openPage(t);
  await page.goto(`${session.uri}#/lead/webhook-leads`);
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await page.getByRole("heading", { name: "Connections" }).waitFor();
  await page.locator(".said").getByText("The connection to Open Door Leads was deleted.").waitFor();
});

test("without a redirect_uri the way back is the page that led here, or the word that there is none", async (t) => {
  const session = await newSession();
  const page = await openPage(t);
  await page.goto(session.uri);
  await page.getByText("To go back to the app, close this window").waitFor();
  const from = "http://127.0.0.1:9/settings";
  await page.route(from, (route) => route.fulfill({ contentType: "text/html", headers: { "referrer-policy": "unsafe-url" }, body: `<a href="${session.uri}">Integrations</a>` }));
  await page.goto(from);
  await page.getByRole("link", { name: "Integrations" }).click();
  const back = page.getByRole("link", { name: "Back to the app" });
  assert.equal(await back.getAttribute("href"), from);
  await page.getByRole("link", { name: /Orbit Hub/ }).click();
  await page.getByRole("button", { name: "Connect Orbit Hub" }).click();
  await page.getByRole("link", { name: "Deny" }).click();
  await page.getByRole("alert").waitFor();
  assert.equal(await back.getAttribute("href"), from, "after a denial, too");
});

test("the primary color of the theme is on the list", async (t) => {
  const session = await newSession({ theme: { primary_color: "#aa0000" } });
  const page = await openPage(t, { colorScheme: "light" });
  await page.goto(session.uri);
  await page.locator(".row .go").first().waitFor();
  const color = (locator) => locator.evaluate((node) => getComputedStyle(node).color);
  assert.equal(await color(page.locator(".row .go").first()), "rgb(170, 0, 0)");
  assert.equal(await color(page.locator(".row .drawing").first()), "rgb(170, 0, 0)");
  assert.equal(await page.evaluate(() => getComputedStyle(document.body, "::before").backgroundColor), "rgb(170, 0, 0)");
});

test("a link to one connection opens it, keeps its token, and leads to the list", async (t) => {
  const session = await newSession({ redirect_uri: appUrl });
  const page = await openPage(t);
  const link = `${session.space}/integrations/crm/hubspot?jwt=${session.token}`;
  await page.goto(link);
  await page.getByRole("button", { name: "Connect Orbit Hub" }).click();
  await page.getByRole("link", { name: "Allow" }).click();
  await page.getByRole("link", { name: "Return to the app" }).waitFor();
  assert.equal(page.url(), link, "the address is as it was");
  await page.getByRole("link", { name: "All connections" }).click();
  await page.getByRole("heading", { name: "Connections", exact: true }).waitFor();
  const broken = await page.goto(`${session.space}/integrations/crm/hubspot`);
  assert.equal(broken.status(), 401);
  await page.getByRole("heading", { name: "This link is broken" }).waitFor();
  assertUntroubled(page);
});
