// One request: why it was answered so, what the next one gets, and taking it elsewhere.

import assert from "node:assert/strict";
import test from "node:test";
import { assertUntroubled } from "../support/chromium.js";
import { openConsole, rows, said, until } from "../support/console.js";

test("a refused request says which part was wrong, in the body that was sent", async (t) => {
  const { page, load, ask } = await openConsole(t);
  assert.equal(await ask("acme", { body: { settings: { unified_apis: ["cmr"], sesion_length: "1h" } } }), 400);
  await load();
  await rows(page).first().click();
  const heading = page.getByRole("heading", { level: 2 });
  await heading.getByText("acme").waitFor();
  assert.match(await heading.innerText(), /refused it with 400.*[^.?][.?]$/);
  const marked = page.locator(".json mark");
  assert.deepEqual((await marked.allInnerTexts()).sort(), ['"cmr"', '"sesion_length": "1h"']);
  assert.match(await marked.first().getAttribute("title"), /allowed values.*crm/);
  await page.getByText("Did you mean property 'session_length'?").first().waitFor();
  assert.deepEqual(await page.locator(".steps .dec").allInnerTexts(), ["● contract decided"]);
  assertUntroubled(page);
});

test("rules before the one that decided say why not, and the token is read", async (t) => {
  const { page, load, ask, admin, view } = await openConsole(t);
  await admin("POST", "rules", { name: "for globex alone", when: { consumer_id: "globex" }, respond: { error: 402 } });
  await ask("bob", { body: { settings: { session_length: "banana" } } });
  await load();
  await rows(page).first().click();
  await page.locator(".asked").first().getByText('consumer_id: expected "globex", was "bob"').waitFor();
  await page.getByText(/\d+ built-in rules did not match/).waitFor();
  await page.getByText("'banana' cannot be read as a duration").waitFor();
  const token = page.locator("section", { has: page.getByRole("heading", { name: "Token" }) });
  await token.getByText("active").waitFor();
  await token.getByText("Claims").click();
  await token.getByText('"consumer_id"').waitFor();
  const bar = token.getByRole("progressbar");
  assert.equal(Number(await bar.getAttribute("max")), 3600_000);
  await view("#/requests");
  await page.getByRole("button", { name: "Open the newest" }).click();
  await page.getByRole("heading", { name: "Token" }).waitFor();
});

test("two clicks from a 200 to the next one being a 402", async (t) => {
  const { page, load, ask } = await openConsole(t);
  await load();
  assert.equal(await ask(), 200);
  await rows(page).first().click();
  await page.getByRole("button", { name: "402 next time" }).click();
  await said(page, "Next, acme gets 402.");
  await page.locator("#armed").getByText("1 left").waitFor();
  assert.equal(await ask("bob"), 200);
  assert.equal(await page.getByRole("status").innerText(), "Next, acme gets 402.");
  assert.equal(await ask(), 402);
  assert.equal(await ask(), 200);
  await page.locator("#armed").getByText("Nothing is armed").waitFor();
  await until(async () => (await page.getByRole("status").innerText()) === "", "what was announced has happened");
});

test("two keys from a 200 to the next one being a 402", async (t) => {
  const { page, load, ask } = await openConsole(t);
  await load();
  assert.equal(await ask(), 200);
  await rows(page).first().waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("3");
  await said(page, "Next, acme gets 402.");
  assert.equal(await ask(), 402);
  assert.equal(await ask(), 200);
});

test("the next answer is for one or for all, once or always, an error or a fault", async (t) => {
  const { page, load, ask, rules } = await openConsole(t);
  await ask();
  await load();
  await rows(page).first().click();
  await page.getByLabel("for everyone, not only acme").check();
  await page.getByLabel("always, not only once").check();
  await page.getByRole("button", { name: "422 next time" }).click();
  await said(page, "From now on, everyone gets 422.");
  assert.deepEqual([await ask("a"), await ask("b")], [422, 422]);
  await page.getByRole("button", { name: "Stop 422 for everyone · sessionsCreate, always" }).click();
  await page.getByText("Nothing is armed").waitFor();
  assert.equal(await ask("a"), 200);
  await page.getByLabel("always, not only once").uncheck();
  await page.getByRole("combobox", { name: "A fault or a delay next time" }).selectOption("reset");
  await said(page, "Next, everyone gets reset.");
  await assert.rejects(ask("a"));
  await until(async () => (await rules()).every(({ remaining }) => remaining === 0), "it is used up");
});

test("a request is copied as curl, fetch, SDK call, rule, test and HAR", async (t) => {
  const { page, load, ask, space, admin } = await openConsole(t, { permissions: ["clipboard-read", "clipboard-write"] });
  await ask("error-402", { body: { settings: { unified_apis: ["crm"] } } });
  await load();
  await rows(page).first().click();
  const copied = async (name) => {
    await page.getByRole("button", { name, exact: true }).click();
    await said(page, `Copied as ${name}.`);
    const text = await page.evaluate(() => navigator.clipboard.readText());
    assert.ok((await page.locator("main section pre").allInnerTexts()).some((shown) => shown.trim() === text.trim()), "it is shown, too");
    return text;
  };
  assert.match(await copied("curl"), /^curl .*\$APIDECK_API_KEY/s);
  const send = new Function(`return (async () => { return ${await copied("fetch")} })()`);
  assert.equal((await send()).status, 402);
  assert.match(await copied("SDK call"), /"retryConfig": \{\s+"strategy": "none"\s+\}[^]*vault\.sessions\.create\(\{\s+"session": \{\s+"settings": \{\s+"unifiedApis"/);
  const rule = JSON.parse(await copied("rule"));
  assert.deepEqual([rule.when.consumer_id, rule.respond.error], ["error-402", "RequestLimitError"]);
  assert.equal((await admin("POST", "rules?check=1", rule)).valid, true);
  assert.match(await copied("test"), new RegExp(`${space}/_mock/verify`));
  assert.equal(JSON.parse(await copied("HAR")).log.entries.length, 1);
});

test("a request is sent again, edited", async (t) => {
  const { page, load, ask, newest } = await openConsole(t);
  await ask("acme", { body: { settings: { unified_apis: ["cmr"] } } });
  await load();
  await rows(page).first().click();
  await page.getByRole("button", { name: "Replay …" }).click();
  const dialog = page.getByRole("dialog", { name: "Replay" });
  const area = dialog.getByLabel("Request");
  const sent = await area.inputValue();
  assert.match(sent, /^POST \/vault\/sessions\nauthorization: Bearer any-key\n[^]*\n\n\{[^]*"cmr"[^]*\}$/);
  await area.fill(sent.replace("cmr", "crm"));
  await dialog.getByRole("button", { name: "Send" }).click();
  await said(page, "Sent again: 200.");
  const entry = await newest();
  assert.deepEqual(entry.request.body, { settings: { unified_apis: ["crm"] } });
  await until(() => page.url().includes(entry.id), "the new request is opened");
  assert.equal(entry.consumer_id, "acme");
});

test("a request that cannot be sent again says why", async (t) => {
  const { page, load, ask } = await openConsole(t);
  await ask();
  await load();
  await rows(page).first().click();
  await page.getByRole("button", { name: "Replay …" }).click();
  const dialog = page.getByRole("dialog", { name: "Replay" });
  await dialog.getByLabel("Request").fill("POST /vault/sessions\nno header\n\n{}");
  await dialog.getByRole("button", { name: "Send" }).click();
  await dialog.getByText("Not sent, or no answer came").waitFor();
});

test("a request that is gone says so", async (t) => {
  const { page, load } = await openConsole(t);
  await load("#/requests?r=nobody");
  await page.getByRole("heading", { name: "This could not be loaded" }).waitFor();
  await page.getByText("No request 'nobody' in this space's journal").waitFor();
});
