// Debian's Chromium with the network cut off: no name resolves, and a test in which a page asks for another host than
// 127.0.0.1 fails, unless it says that this is what it is about.

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
export async function openPage(t, { strangers = "forbidden", ...options } = {}) {
  const context = await browser.newContext({ locale: "en-GB", ...options });
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
