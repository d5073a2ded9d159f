// Who gets the page, what it weighs, what it may do, and the admin token.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { openPage } from "../support/chromium.js";
import { openConsole, rows, until } from "../support/console.js";
import { newSpace } from "../support/vault.js";
import { start } from "../../support/program.js";
import { askForSession } from "../../support/vault.js";

const folder = fileURLToPath(new URL("../../../server/web/console/", import.meta.url));
const files = Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]));

const most = 61_440; // bytes: 60 KB

test("all files together are light, and the page loads no others", async (t) => {
  const weight = Object.values(files).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  t.diagnostic(`${weight} bytes`);
  assert.ok(weight <= most, `${weight} bytes`);
  const { page, load, space } = await openConsole(t);
  const loaded = new Set();
  page.on("response", (response) => loaded.add(response.url().replace(`${space}/`, "").split(/[?#]/)[0]));
  await load();
  const own = Object.keys(files).map((name) => (name === "index.html" ? "_mock/" : `_page/console/${name}`));
  assert.deepEqual([...loaded].filter((path) => !path.startsWith("_mock/") || path === "_mock/").sort(), own.sort());
});

test("no text is ever read as markup or code", () => {
  for (const [name, text] of Object.entries(files)) assert.doesNotMatch(text, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|eval\(|new Function|javascript:|srcdoc/, name);
});

test("the page's policy lets nothing else in, and nobody frame it", async () => {
  const answer = await fetch(`${newSpace()}/_mock/`);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("content-security-policy"), "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
  assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
  assert.doesNotMatch(await answer.text(), /<script(?![^>]*src=)|style=|\son\w+=/);
});

test("the admin token is asked for once, and kept for this tab", async (t) => {
  const { url } = await start(["--admin-token", "s3cret"]);
  const page = await openPage(t, { viewport: { width: 1440, height: 900 } });
  await page.goto(`${url}/_mock/`);
  const dialog = page.getByRole("dialog", { name: "Admin token" });
  await dialog.getByLabel("Admin token").fill("wrong");
  await dialog.getByRole("button", { name: "Continue" }).click();
  await dialog.getByText("This token is wrong.").waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor();
  await dialog.getByLabel("Admin token").fill("s3cret");
  await dialog.getByRole("button", { name: "Continue" }).click();
  await page.locator("#live.live").waitFor();
  assert.equal(await dialog.count(), 0);
  await askForSession(url, { consumer: "acme" });
  await rows(page).first().waitFor();
  await page.reload();
  await page.locator("#live.live").waitFor();
  assert.equal(await dialog.count(), 0);
  assert.equal(await rows(page).count(), 1);
  assert.ok(!(await page.content()).includes("s3cret"));
});
