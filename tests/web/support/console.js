// The console of a space of its own, and what to show in it.

import assert from "node:assert/strict";
import { askForSession, call, keys } from "../../support/vault.js";
import { openPage } from "./chromium.js";
import { newSpace } from "./vault.js";

export const until = async (look, what) => {
  for (let i = 0; i < 2000; i++) {
    const found = await look();
    if (found) return found;
    await new Promise((next) => setTimeout(next, 10));
  }
  assert.fail(`not within 20 s: ${what}`);
};

// Of what is on the page: a node that was drawn anew meanwhile has none. → the values
export const styles = (locator, ...names) => until(async () => {
  const found = await locator.evaluate((node, all) => all.map((name) => getComputedStyle(node)[name]), names);
  return found.every(Boolean) && found;
}, `${names} of ${locator}`);

// → { space, page, ask, admin, view }
export async function openConsole(t, { space = newSpace(), at = "", ...options } = {}) {
  const page = await openPage(t, { viewport: { width: 1440, height: 900 }, ...options });
  const admin = async (method, path, body) => {
    const answer = await call(`${space}/_mock/${path}`, { method, body, headers: { "content-type": "application/json" } });
    assert.ok(answer.status < 300, `${method} ${path}: ${answer.text}`);
    return answer.json;
  };
  const opened = {
    space, page, admin,
    // A session for that consumer. → the status
    ask: async (consumer = "acme", more = {}) => (await askForSession(space, { consumer, ...more })).status,
    list: (consumer = "acme") => call(`${space}/vault/connections`, { headers: keys(consumer) }),
    hide: (hidden) => page.evaluate((now) => {
      Object.defineProperty(document, "hidden", { configurable: true, value: now });
      document.dispatchEvent(new Event("visibilitychange"));
    }, hidden),
    view: (hash) => page.evaluate((to) => (location.hash = to), hash),
    newest: async () => (await admin("GET", "requests?limit=1")).requests[0],
    rules: async () => (await admin("GET", "rules")).added,
    load: async (where = at) => {
      await page.goto(`${space}/_mock/${where}`);
      await page.locator("#live.live").waitFor({ state: "attached" });
    },
  };
  return opened;
}

export const rows = (page) => page.locator("#rows .row");
export const said = (page, text) => page.locator("#said").getByText(text).waitFor();
// What the next question of the page gets: "accept" or "dismiss". → the question that `act` led to
export async function answer(page, word, act) {
  const asked = new Promise((heard) => page.once("dialog", async (dialog) => (await dialog[word](), heard(dialog.message()))));
  if (!act) return undefined;
  await act();
  return asked;
}
