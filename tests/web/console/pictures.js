// Makes the pictures of docs/images anew: node --test tests/web/console/pictures.js. Needs pngquant.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { start, temporaryFolder } from "../../support/program.js";
import { paint } from "../support/chromium.js";
import { keys } from "../../support/vault.js";
import { openConsole, rows, said, until } from "../support/console.js";

const folder = fileURLToPath(new URL("../../../docs/images/", import.meta.url));
const most = 150_000; // bytes
const viewport = { width: 1280, height: 800 };

const rules = { rules: [
  { name: "gateway hiccup, then fine", when: { consumer_id: { starts_with: "initech" } }, per: "consumer", sequence: [{ status: 503 }, { pass: true }] },
  { name: "free tier used up", description: "acme has used up its free plan.", when: { consumer_id: "acme", body: { "/settings/unified_apis": { contains: "accounting" } } }, respond: { error: 402, detail: "You have reached your limit of 2000" } },
] };

// What a back end and a front end do in a few minutes, the clock moved on between.
async function use({ space, ask, list, admin }) {
  const crm = { body: { settings: { unified_apis: ["crm"] } } }, accounting = { body: { settings: { unified_apis: ["accounting"] } } };
  await fetch(`${space}/@warm/vault/connections`, { headers: keys() });
  const wait = (seconds) => admin("PUT", "clock", { advance: `${seconds}s` });
  await admin("PUT", "clock", { freeze: "2027-03-01T09:12:31.204Z" });
  for (const [seconds, act] of [
    [0, () => ask("acme", crm)], [0.3, () => list("acme")], [4, () => ask("initech:7", crm)], [1, () => ask("initech:7", crm)], [0.2, () => list("initech:7")], [7, () => ask("globex", { key: "" })],
    [2, () => ask("globex", accounting)], [0.4, () => list("globex")], [9, () => ask("error-422")], [3, () => ask("umbrella", { body: { settings: { unified_apis: ["cmr"], session_length: "1h" } } })],
    [5, () => ask("umbrella", crm)], [0.3, () => list("umbrella")], [6, () => ask("hooli", { headers: { prefer: "code=429" } })], [8, () => ask("stark:19", crm)], [0.5, () => list("stark:19")], [11, () => ask("initech:8", crm)], [1, () => ask("initech:8", crm)],
    [4, () => list("initech:8")], [6, () => ask("wayne", accounting)], [3, () => ask("acme", accounting)], [2, () => list("globex")], [5, () => ask("hooli", crm)],
  ]) {
    await wait(seconds);
    await act();
  }
}

async function picture(page, name) {
  const path = join(folder, name);
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path });
  execFileSync("pngquant", ["--force", "--skip-if-larger", "--speed", "1", "--output", path, "--", path]);
  assert.ok(statSync(path).size < most, `${name}: ${statSync(path).size} bytes`);
}

test("the pictures of the README", async (t) => {
  const files = temporaryFolder();
  writeFileSync(join(files, "free-tier.json"), JSON.stringify(rules, null, 2));
  const { url } = await start([files]);
  const console = await openConsole(t, { space: url, viewport });
  const { page, load, view } = console;
  await use(console);
  await load();
  await until(async () => (await rows(page).count()) === 22, "all requests");
  await page.locator(".row", { hasText: /402.*acme/ }).click();
  await page.getByRole("heading", { name: /free tier used up answered 402/ }).waitFor();
  await paint(page, "light");
  await picture(page, "console.png");
  await view("#/errors");
  await page.locator(".card", { hasText: "RequestLimitError" }).getByRole("button", { name: "Next call" }).click();
  await said(page, "Next, everyone gets 402.");
  await page.getByRole("button", { name: "Stop RequestLimitError" }).waitFor();
  await paint(page, "dark");
  await picture(page, "console-errors.png");
});
