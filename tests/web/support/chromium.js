// Debian's Chromium with the network cut off: no name resolves, and only 127.0.0.1 can be reached.

import assert from "node:assert/strict";
import { after } from "node:test";
import { chromium } from "playwright-core";

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
  ],
});
after(() => browser.close());

// A page of its own world. Afterwards `trouble` holds what went wrong in it, and `strangers` who else it asked for.
export async function openPage(t, options = {}) {
  const context = await browser.newContext({ locale: "en-GB", ...options });
  t.after(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.trouble = [];
  page.strangers = [];
  context.on("request", (request) => {
    const url = new URL(request.url());
    if (/^https?:$/.test(url.protocol) && url.hostname !== "127.0.0.1") page.strangers.push(request.url());
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

// A picture for people, when SCREENSHOTS names a folder.
export async function photograph(page, name) {
  if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/${name}.png`, fullPage: true });
}
