// Debian's Chromium with the network cut off: no name resolves, and a test in which a page asks for another host than
// 127.0.0.1 and the mock's fails, unless it says that this is what it is about.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after } from "node:test";
import { chromium } from "playwright-core";
import { mock } from "./vault.js";

// The one name that resolves: to the HTTPS port of the mock, as a line in /etc/hosts would lead it.
const framed = "vaultjs.apideck.com";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", `--host-resolver-rules=MAP ${framed}:443 127.0.0.1:${mock.port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`,
  ],
});
after(() => browser.close());

// A page of its own world. Afterwards `trouble` holds what went wrong in it, and `strangers` who else it asked for.
export async function openPage(t, { strangers = "forbidden", ...options } = {}) {
  const context = await browser.newContext({ locale: "en-GB", ignoreHTTPSErrors: true, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000); // on a loaded machine
  page.trouble = [];
  page.strangers = [];
  t.after(async () => {
    await context.close();
    if (strangers === "forbidden") assert.deepEqual(page.strangers, []);
  });
  context.on("request", (request) => {
    const url = new URL(request.url());
    if (/^https?:$/.test(url.protocol) && !["127.0.0.1", framed].includes(url.hostname)) page.strangers.push(request.url());
  });
  page.on("pageerror", (error) => page.trouble.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of 4\d\d|status of 5\d\d/.test(message.text())) page.trouble.push(message.text());
  });
  return page;
}

export function assertUntroubled(page) {
  assert.deepEqual(page.trouble, []);
  assert.deepEqual(page.strangers, []);
}

// What axe finds against WCAG 2.1 A and AA, each with its place.
export async function complaints(page) {
  await page.evaluate(axe); // not as a script element: the page's policy forbids those
  const { violations } = await page.evaluate(() => globalThis.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] }));
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary}`));
}

// The screens on which pages are looked at.
export const sizes = { phone: { width: 320, height: 640 }, tablet: { width: 768, height: 1024 }, desktop: { width: 1280, height: 850 } };

// Until the page has taken on the colours.
export async function paint(page, colorScheme) {
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
}

// A picture for people, when SCREENSHOTS names a folder.
export async function photograph(page, name) {
  if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/${name}.png`, fullPage: true });
}
