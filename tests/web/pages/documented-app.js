// The app of docs/front-end.md, pasted: from its own link to "Returned to my app", and what its user sees of errors.

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

// → the address of the app, which asks the mock at `vault`
async function startApp(t, vault) {
  const file = join(temporaryFolder(), "my-app.js");
  const page = readFileSync(join(root, "docs/front-end.md"), "utf8");
  writeFileSync(file, blocksOf(page).find((block) => block.file === "my-app.js").text);
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined, PORT: "0", APIDECK_URL: vault };
  const app = spawn(process.execPath, [file], { env, stdio: ["ignore", "pipe", "inherit"] });
  t.after(() => app.kill());
  const [line] = await once(app.stdout.setEncoding("utf8"), "data");
  return line.trim();
}

test("the documented app sends its user to Vault, and gets them back", async (t) => {
  const app = await startApp(t, newSpace());
  const page = await openPage(t);
  await page.goto(app);
  await page.getByRole("heading", { name: "Connections" }).waitFor();
  assert.equal(await page.locator(".brand").innerText(), "M\nMy app");
  await page.getByRole("link", { name: /Orbit Hub/ }).click();
  await page.getByRole("button", { name: "Connect Orbit Hub" }).click();
  await page.getByRole("link", { name: "Allow" }).click();
  await page.getByRole("link", { name: "Return to the app" }).click();
  await page.getByText("hubspot is connected.").waitFor();
  await photograph(page, "returned");
  assertUntroubled(page);
});

test("the documented app tells its user of each error what can be done", async (t) => {
  const space = newSpace();
  const app = await startApp(t, space);
  const seen = async (consumer) => {
    const answer = await fetch(`${app}?as=${consumer}`, { redirect: "manual" });
    return [answer.status, (await answer.text()).match(/<h1>(.*?)<\/h1>/)?.[1]];
  };
  assert.deepEqual(await seen("error-402"), [402, "Upgrade to connect more"]);
  assert.deepEqual(await seen("error-422"), [422, "This cannot be connected"]);
  assert.deepEqual(await seen("error-401"), [401, "Something is wrong on our side"]);
  assert.deepEqual(await seen("flaky"), [302, undefined]);

  const rule = { respond: { error: 503, headers: { "retry-after": "0" } } };
  await fetch(`${space}/_mock/rules`, { method: "POST", body: JSON.stringify(rule) });
  assert.deepEqual(await seen("acme"), [503, "Connections are not available right now"]);
  const { requests } = await (await fetch(`${space}/_mock/requests?consumer_id=acme`)).json();
  assert.equal(requests.length, 3, "tried three times");
});
