// The views beside the stream: errors, rules, sessions, clock, connections, spaces.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { start, temporaryFolder } from "../../support/program.js";
import { assertUntroubled } from "../support/chromium.js";
import { answer, openConsole, rows, said, until } from "../support/console.js";

const card = (page, name) => page.locator("article", { has: page.getByRole("heading", { name, exact: true }) });

test("every error has a card that makes it happen, once, for one, always, and ends it", async (t) => {
  const { page, load, ask, admin } = await openConsole(t);
  await ask();
  await load("#/errors");
  const { errors, faults } = await admin("GET", "errors");
  const limit = card(page, "RequestLimitError");
  await limit.waitFor();
  const names = await page.locator("article h3").allInnerTexts();
  assert.deepEqual(names.sort(), [...errors.map((one) => one.type_name), ...faults.map((one) => one.title)].sort());
  const one = errors.find(({ type_name: name }) => name === "RequestLimitError");
  for (const words of [one.when, one.sdk, one.evidence]) await limit.getByText(words).first().waitFor();
  assert.ok(errors.some(({ next }) => next?.includes("`")), "some words are marked as code");
  assert.doesNotMatch(await page.locator("main").innerText(), /`/);
  await limit.getByText("Exact answer").click();
  assert.deepEqual(JSON.parse(await limit.locator("pre").innerText()), one.body);
  for (const [name, title] of [["Next call", "The next call of everyone"], ["Next of acme", "The next call of acme"], ["Always", "Every call of everyone"]])
    assert.equal(await limit.getByRole("button", { name }).getAttribute("title"), `${title}: RequestLimitError`);
  await limit.getByRole("button", { name: "Next call" }).click();
  await said(page, "Next, everyone gets 402.");
  assert.deepEqual([await ask("x"), await ask("x")], [402, 200]);
  await limit.getByRole("button", { name: "acme" }).click();
  await said(page, "Next, acme gets 402.");
  assert.deepEqual([await ask("x"), await ask(), await ask()], [200, 402, 200]);
  await limit.getByRole("button", { name: "acme" }).click();
  await said(page, "Next, acme gets 402.");
  await limit.getByRole("button", { name: "Stop" }).click();
  await said(page, "Stopped");
  assert.equal(await ask(), 200);
  await limit.getByRole("button", { name: "Always" }).click();
  await said(page, "From now on, everyone gets 402.");
  assert.equal(await ask("y"), 402);
  await page.locator("#armed").getByRole("button", { name: /^Stop 402/ }).click();
  await limit.getByRole("button", { name: "Stop" }).waitFor({ state: "detached" });
  const reset = card(page, faults.find(({ name }) => name === "reset").title);
  await reset.getByRole("button", { name: "Next call" }).click();
  await said(page, "gets reset");
  await assert.rejects(ask());
  assertUntroubled(page);
});

test("what is armed is shown however much was added behind it, twice the same key ends it, and a chip says all of it", async (t) => {
  const { page, load, ask, admin } = await openConsole(t);
  await ask();
  await admin("POST", "rules", { name: "fail 402", when: { operation: "sessionsCreate", consumer_id: "acme" }, respond: { error: 402 } });
  for (let i = 0; i < 2; i++) await admin("POST", "rules", { name: `large ${i}`, when: { consumer_id: "nobody" }, respond: { text: "y".repeat(700_000) } });
  await load("#/rules");
  const chips = page.locator("#armed button");
  await until(async () => (await chips.count()) === 3, "all pages of the list");
  assert.equal((await chips.last().innerText()).replace(/\s+/g, " "), "402 fail for acme · sessionsCreate always ✕");
  await page.keyboard.press("x");
  await page.getByText("Nothing is armed").waitFor();
  assert.deepEqual((await admin("GET", "rules")).added, []);
  await page.keyboard.press("6");
  await said(page, "Next, everyone gets 503.");
  await page.keyboard.press("6");
  await said(page, "Stopped: 503 for everyone.");
  await page.getByText("Nothing is armed").waitFor();
});

test("a mistake in a saved rule file is shown with its place, until it is mended", async (t) => {
  const file = join(temporaryFolder(), "mine.json"), save = (key) => writeFileSync(file, JSON.stringify({ rules: [{ when: { [key]: "acme" }, respond: { error: 402 } }] }));
  save("consumer_id");
  const { url } = await start([file]);
  save("consumer");
  const told = async () => (await (await fetch(`${url}/_mock/health`)).json()).rule_files;
  await until(told, "the mock has read it");
  const { page, load, admin } = await openConsole(t, { space: `${url}/@mistaken` });
  await load();
  const trouble = page.locator("#trouble");
  await trouble.getByText(/old rules are still in use[^]*mine\.json:1:\d+[^]*did you mean "consumer_id"/).waitFor();
  save("consumer_id");
  await until(async () => !(await told()), "the mock has read it again");
  await admin("POST", "rules", { respond: { error: 402 } });
  await trouble.waitFor({ state: "hidden" });
});

test("rules are listed as they are asked, and each is switched off and on", async (t) => {
  const { page, load, ask, admin } = await openConsole(t);
  await admin("POST", "rules", { name: "mine", description: "A rule of mine.", when: { consumer_id: "acme" }, respond: { error: 402 } });
  assert.equal(await ask(), 402);
  await load("#/rules");
  const lines = page.locator("tbody tr");
  await until(async () => /mine[^]*A rule of mine\.[^]*added[^]*1/.test(await lines.first().innerText()), "name, description, origin and hits");
  assert.match(await page.locator("tbody tr", { hasText: "error-402" }).innerText(), /defaults\.json:\d+/);
  for (const [status, state] of [[200, "false"], [402, "true"]]) {
    await page.getByRole("switch", { name: "mine" }).click();
    await until(async () => (await page.getByRole("switch", { name: "mine" }).getAttribute("aria-checked")) === state, state);
    assert.equal(await ask(), status);
  }
  await page.getByRole("switch", { name: "flaky" }).click();
  await said(page, "flaky: off.");
  assert.equal(await ask("flaky"), 200);
  await admin("POST", "rules", { name: "drawn", random: [{ error: 503 }, { pass: true, weight: 9 }] });
  await until(async () => /drawn[^]*503[^]*added/.test(await lines.first().innerText()), "one that draws its answer shows the first of them");
});

test("a rule is written with every mistake in its place, tried on the open request, added and taken as a file", async (t) => {
  const { page, load, ask, rules } = await openConsole(t);
  await ask();
  await load();
  await rows(page).first().click();
  await page.getByRole("heading", { name: /^acme/ }).waitFor();
  await page.getByRole("link", { name: "rules" }).click();
  await page.getByRole("link", { name: "New rule" }).click();
  const area = page.getByRole("textbox", { name: "Rule", exact: true });
  await area.fill('{\n  "name": "é",\n  "when": { "consumer": "acme" },\n  "respond": { "eror": 402 }\n}');
  await page.getByText('Did you mean "consumer_id"?').waitFor();
  await page.getByRole("button", { name: "Go to line 4, column 16" }).click();
  assert.ok(await area.evaluate((node) => node === document.activeElement && node.value.slice(node.selectionStart).startsWith('"eror"')), "the caret is there");
  await page.getByRole("button", { name: "Add in front of all others" }).click();
  await said(page, "unknown key");
  assert.equal((await rules()).length, 0);
  await area.fill('{ "name": "mine", "when": { "consumer_id": "acme" }, "respond": { "error": 402 } }');
  await page.getByText("✓ No mistakes").waitFor();
  await page.getByText("Yes, it is for sessionsCreate of acme").waitFor();
  const written = await area.inputValue();
  await page.getByRole("link", { name: "sessions", exact: true }).click();
  await page.getByRole("heading", { name: "Sessions" }).waitFor();
  await page.goBack();
  await until(async () => (await area.inputValue()) === written, "what was written is kept");
  await page.getByRole("button", { name: "Add in front of all others" }).click();
  await page.getByRole("heading", { name: "mine" }).waitFor();
  await page.getByText("0 hits", { exact: true }).waitFor();
  assert.equal(await ask(), 402);
  await area.fill((await area.inputValue()).replace("402", "422"));
  await page.getByRole("button", { name: "Save" }).click();
  await until(async () => (await rules())[0].rule.respond.error === 422, "it is saved");
  assert.equal(await ask(), 422);
  await page.getByRole("link", { name: "rules", exact: true }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download the added" }).click()]);
  assert.equal(JSON.parse(readFileSync(await download.path(), "utf8")).rules[0].respond.error, 422);
  await page.getByRole("link", { name: "mine" }).click();
  await answer(page, "accept");
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("heading", { name: "Rules, in the order they are asked" }).waitFor();
  assert.equal((await rules()).length, 0);
});

test("a rule of a file is read, and says why it would not have answered", async (t) => {
  const { page, load, ask } = await openConsole(t);
  await ask("bob");
  await load();
  await rows(page).first().click();
  await page.getByRole("heading", { name: /^bob/ }).waitFor();
  await page.getByRole("link", { name: "rules" }).click();
  await page.getByRole("link", { name: "error-402" }).click();
  await page.getByText('consumer_id: expected "error-402", was "bob"').waitFor();
  assert.equal(await page.locator("textarea").count(), 0);
});

test("sessions count down by the space's clock, expire and are revoked", async (t) => {
  const { page, load, ask, admin } = await openConsole(t);
  await ask("a");
  await ask("b");
  await ask("c");
  await load("#/sessions");
  const of = (name) => card(page, name);
  await of("a").getByText(/59 min left|1 h 0 min left/).waitFor();
  await of("a").getByText("Claims").click();
  await of("a").getByText('"consumer_id"').waitFor();
  const [opened] = await Promise.all([page.context().waitForEvent("page"), of("a").getByRole("link", { name: "Open its page" }).click()]);
  await opened.getByRole("heading", { name: "Connections" }).waitFor();
  await of("a").getByRole("button", { name: "Expire now: a" }).click();
  await of("a").getByText("expired", { exact: true }).waitFor();
  assert.equal(await of("a").getByText(/left/).count(), 0, "nothing is left of it");
  await answer(page, "accept");
  await of("b").getByRole("button", { name: "Revoke" }).click();
  await of("b").getByText("revoked", { exact: true }).waitFor();
  await page.getByRole("button", { name: "+1 h" }).click();
  await of("c").getByText("expired", { exact: true }).waitFor();
  await of("c").getByText(/^ended/).waitFor();
  const states = (await admin("GET", "sessions")).sessions.map(({ consumer_id: id, state }) => [id, state]);
  assert.deepEqual(Object.fromEntries(states), { a: "expired", b: "revoked", c: "expired" });
});

test("the clock stands, jumps and runs again", async (t) => {
  const { page, load, admin } = await openConsole(t);
  await load();
  const clock = page.getByRole("group", { name: "Clock" });
  await clock.getByRole("button", { name: "Freeze" }).click();
  await clock.getByText("frozen").waitFor();
  const { now, frozen } = await admin("GET", "clock");
  assert.ok(frozen);
  await clock.getByRole("button", { name: "+1 d" }).click();
  await said(page, "a day later");
  assert.equal(Date.parse((await admin("GET", "clock")).now) - Date.parse(now), 86_400_000);
  assert.equal(await clock.locator("time").innerText(), now.slice(11, 19));
  await clock.getByRole("button", { name: "Resume" }).click();
  await clock.getByText("UTC").waitFor();
  assert.equal((await admin("GET", "clock")).frozen, false);
  await admin("PUT", "clock", { offset: "-3h" });
  await clock.getByText("moved").waitFor();
  await clock.getByRole("button", { name: "Real time" }).click();
  await clock.getByText("UTC").waitFor();
});

test("a connection of a consumer is set to a state", async (t) => {
  const { page, load, ask, admin } = await openConsole(t);
  await ask("user:1@web");
  await load("#/connections");
  await page.getByRole("heading", { name: "Connections of user:1@web" }).waitFor();
  const line = page.locator("tr", { hasText: "hubspot" });
  await line.getByRole("combobox").selectOption("callable");
  await said(page, "is callable.");
  await line.locator(".tag", { hasText: "callable" }).waitFor();
  const [{ application_id: app }] = (await admin("GET", "consumers")).consumers;
  const { connections } = await admin("GET", `connections?${new URLSearchParams({ consumer_id: "user:1@web", application_id: app })}`);
  assert.equal(connections.find(({ service_id: id }) => id === "hubspot").state, "callable");
});

test("a space is reset, and forgotten, when it is meant", async (t) => {
  const { page, load, ask, space } = await openConsole(t);
  const other = await openConsole(t);
  await ask();
  await other.ask();
  await load("#/spaces");
  const name = ({ space: url }) => url.split("@")[1];
  const line = (of) => page.locator("tr", { hasText: name(of) });
  assert.match(await line({ space }).innerText(), /this one\s+1\s+1\s+0\s+1\s+\d\d:\d\d:\d\d/);
  assert.equal(await answer(page, "accept", () => page.getByRole("button", { name: `Reset ${name({ space })}` }).click()), `Reset ${name({ space })}?`);
  await said(page, "is reset.");
  await page.getByText("No requests yet").first().waitFor();
  await answer(page, "accept");
  await page.getByRole("button", { name: `Forget ${name(other)}` }).click();
  await said(page, "is forgotten.");
  await until(async () => (await line(other).count()) === 0, "its line is gone");
});
