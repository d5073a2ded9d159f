// The README's page "A front end offline", pasted: from the app's own link to "Returned to my app".

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { blocksOf } from "../../readme/blocks.js";
import { root, temporaryFolder } from "../../support/program.js";
import { assertUntroubled, openPage, photograph } from "../support/chromium.js";
import { newSpace } from "../support/vault.js";

test("the README's app sends its user to Vault, and gets them back", async (t) => {
  const file = join(temporaryFolder(), "my-app.js");
  writeFileSync(file, blocksOf(readFileSync(join(root, "README.md"), "utf8")).find((block) => block.file === "my-app.js").text);
  const app = spawn(process.execPath, [file], { env: { ...process.env, NODE_TEST_CONTEXT: undefined, PORT: "0", APIDECK_URL: newSpace() }, stdio: ["ignore", "pipe", "inherit"] });
  t.after(() => app.kill());
  const [line] = await once(app.stdout.setEncoding("utf8"), "data");

  const page = await openPage(t);
  await page.goto(line.trim());
  await page.getByRole("heading", { name: "Connections" }).waitFor();
  assert.equal(await page.locator(".brand").innerText(), "M\nMy app");
  await page.getByRole("link", { name: /Orbit Hub/ }).click();
  await page.getByRole("button", { name: "Connect Orbit Hub" }).click();
  await page.getByRole("link", { name: "Allow" }).click();
  await page.getByRole("link", { name: "Return to the app" }).click();
  await page.getByText("Returned to my app: hubspot is connected.").waitFor();
  await photograph(page, "returned");
  assertUntroubled(page);
});
