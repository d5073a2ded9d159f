// The stream: requests as they come, their counts, the filter, and the row that stays.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import test from "node:test";
import { assertUntroubled } from "../support/chromium.js";
import { answer, openConsole, rows, until } from "../support/console.js";
import { call, keys } from "../../support/vault.js";
import { newSpace } from "../support/vault.js";

const total = (page) => page.locator("#total b").innerText();

test("an empty stream teaches a line to paste, which then shows", async (t) => {
  const { page, load, space } = await openConsole(t);
  await load();
  const line = await page.locator("#none pre").innerText();
  assert.match(line, /^curl -X POST 'http/);
  assert.ok(line.includes(`${space}/vault/sessions`));
  const headers = Object.fromEntries([...line.matchAll(/-H '([^:]+): ([^']+)'/g)].map(([, key, value]) => [key, value]));
  assert.equal((await call(`${space}/vault/sessions`, { method: "POST", headers })).status, 200);
  const row = rows(page).first();
  await row.waitFor();
  assert.match(await row.innerText(), /^\d\d:\d\d:\d\d\.\d{3}\s+200\s+POST sessionsCreate\s+acme\s+O\s+[\d,]+ µs$/);
  assert.equal(await page.locator("#none").innerText(), "");
  assert.equal(await total(page), "1 request");
  assertUntroubled(page);
});

test("the line to paste holds in a shell, whatever the space is called", async (t) => {
  const { page, load, admin } = await openConsole(t, { space: `${newSpace()}'(` });
  await load();
  const words = execFileSync("sh", ["-c", (await page.locator("#none pre").innerText()).replace("curl", "printf '%s\n'")], { encoding: "utf8" }).split("\n");
  await fetch(words.find((word) => word.startsWith("http")), { method: "POST" });
  assert.equal((await admin("GET", "requests")).requests.length, 1);
});

test("a status has a color and a shape, and what decided has a letter", async (t) => {
  const { page, load, ask, space } = await openConsole(t);
  await load();
  await ask("first"); // makes the space: what leads nowhere does not
  await fetch(`${space}/nowhere`);
  await ask("bob");
  await ask("error-402");
  await ask("error-503");
  await ask("bob", { key: "" });
  await until(async () => (await rows(page).count()) === 6, "six rows");
  const shapes = await page.locator("#rows .status").evaluateAll((all) => all.map((node) => {
    const mark = getComputedStyle(node.firstChild);
    return [node.textContent, getComputedStyle(node).color, mark.clipPath, mark.borderRadius].join(" ");
  }));
  assert.deepEqual(shapes.map((one) => one.slice(0, 3)), ["401", "503", "402", "200", "404", "200"]);
  assert.equal(new Set(shapes.slice(1, 4).map((one) => one.slice(3))).size, 3);
  assert.deepEqual(await page.locator("#rows .by").allInnerTexts(), ["A", "R", "R", "O", "N", "O"]);
  const words = await page.locator("#rows .by").evaluateAll((all) => all.map((node) => node.title));
  assert.deepEqual(words, ["authentication: authentication", "rule: rule defaults.json#error-503", "rule: rule defaults.json#error-402", "operation: sessionsCreate", "routing: routing", "operation: sessionsCreate"]);
});

test("the filter is text, is in the address, and finds what is older than the page", async (t) => {
  const { page, load, ask, list } = await openConsole(t);
  for (const consumer of ["acme", "error-402", "bob", "error-402"]) await ask(consumer);
  await Promise.all(Array.from({ length: 100 }, () => list("filler"))); // a page of them in front of those
  await load();
  await until(async () => (await rows(page).count()) === 100, "a page of rows");
  const filter = page.getByRole("searchbox", { name: "Filter" });
  for (const [text, count] of [["status:4xx", 2], ["consumer:bob", 1], ["consumer:bo", 0], ["rule:error-402", 2], ['"error-4"', 2], ["-status:4xx acme", 1], ["method:POST", 4], ["kind:rule", 2], ["kind:operation bob", 1], ["vault bob", 1], ["nothing like it", 0]]) {
    await filter.fill(text);
    await until(async () => new URL(page.url()).hash.includes(new URLSearchParams({ f: text }).toString()), `${text} in ${page.url()}`);
    await until(async () => (await rows(page).count()) === count, `${count} rows for ${text}`);
  }
  await page.getByText("No request matches the filter").waitFor();
  await page.getByRole("link", { name: "Show all" }).click();
  await until(async () => (await rows(page).count()) === 100, "a page of rows again");
});

test("a link filters, and what comes is filtered, too", async (t) => {
  const { page, load, ask } = await openConsole(t);
  for (const consumer of ["bob", "error-402", "error-402"]) await ask(consumer);
  await load("#/requests?f=status:402");
  await until(async () => (await rows(page).count()) === 2, "a link filters");
  await ask("bob");
  await ask("error-402");
  await until(async () => (await rows(page).count()) === 3, "what comes is filtered, too");
});

test("a pause holds rows back, and clear empties the journal when it is meant", async (t) => {
  const { page, load, ask, admin } = await openConsole(t);
  await load();
  await ask();
  await rows(page).first().waitFor();
  await page.getByRole("button", { name: "Pause" }).click();
  await ask("later");
  await until(async () => (await total(page)) === "2 requests", "it is counted");
  assert.equal(await rows(page).count(), 1);
  await page.getByRole("button", { name: "Go on" }).click();
  await until(async () => (await rows(page).count()) === 2, "the row that was held back");
  await answer(page, "dismiss");
  await page.getByRole("button", { name: "Clear" }).click();
  assert.equal((await admin("GET", "requests")).requests.length, 2, "asked first");
  await answer(page, "accept");
  await page.getByRole("button", { name: "Clear" }).click();
  await page.getByText("No requests yet").first().waitFor();
  assert.equal((await admin("GET", "requests")).requests.length, 0);
});

test("the counts are those of the space, however many the journal shows, and begin anew with it", async (t) => {
  const { page, load, ask, list, admin } = await openConsole(t);
  await ask("error-402");
  for (let i = 0; i < 150; i += 30) await Promise.all(Array.from({ length: 30 }, () => list("filler")));
  await load("#/requests?f=consumer:nobody");
  await until(async () => (await page.locator("#total").innerText()).replace(/\s+/g, " ") === "151 requests 2xx 150 4xx 1", "all are counted, filtered or not");
  await page.getByText("No request matches the filter").waitFor();
  assert.equal(await page.locator(".gap").count(), 0, "nothing is missed of what the filter leaves out");
  const filter = page.getByRole("searchbox", { name: "Filter" });
  await filter.fill("consmer:filler");
  await page.getByText("The keys are status, consumer, operation, rule, method, kind.").waitFor();
  await filter.press("Escape");
  await until(async () => (await rows(page).count()) === 100, "and Escape empties it");
  assert.equal(await filter.inputValue(), "");
  await page.locator("#live.live").waitFor();
  await admin("POST", "reset");
  await page.getByText("No requests yet").first().waitFor();
  await ask("anew");
  await until(async () => (await total(page)) === "1 request", "counts begin anew");
  assert.deepEqual(await page.locator("#rows .who").allInnerTexts(), ["anew"]);
});

test("all spaces, or one", async (t) => {
  const { page, load, ask } = await openConsole(t);
  const other = await openConsole(t);
  await ask("here");
  await load();
  await page.getByRole("button", { name: "All spaces" }).click();
  await until(() => page.url().includes("all=1"), "a link");
  await page.locator("#live.live").waitFor();
  await other.ask("elsewhere");
  const row = page.locator(".row", { hasText: "elsewhere" });
  await row.click();
  await page.getByRole("heading", { name: /^elsewhere/ }).waitFor();
  await page.getByText(`in ${decodeURIComponent(other.space.split("@")[1])}`).waitFor();
  await page.getByRole("button", { name: "402 next time" }).click();
  await until(async () => (await other.rules()).length === 1, "it is armed in the space of the request");
});

test("the opened row stays in place while a thousand come, and the counts are exact", async (t) => {
  const { page, load, ask, space } = await openConsole(t);
  await ask("first");
  await ask("opened");
  await load();
  const row = page.locator(".row", { hasText: "opened" });
  await row.click();
  await page.getByRole("heading", { name: /^opened/ }).waitFor();
  const before = await row.boundingBox();
  const one = (i) => call(`${space}/vault/connections`, { headers: keys(i % 4 ? `many-${i}` : "error-402") });
  for (let i = 0; i < 1000; i += 20) await Promise.all(Array.from({ length: 20 }, (_, k) => one(i + k)));
  await until(async () => (await total(page)) === "1,002 requests", "all are counted");
  assert.deepEqual(await row.boundingBox(), before);
  assert.equal(await row.getAttribute("aria-current"), "true");
  assert.match(await page.locator("#total").innerText(), /2xx\s+752[^]*4xx\s+250/);
  assert.ok((await page.locator("#rows > li").count()) <= 300);
  await page.locator("#newest").click();
  await until(() => page.locator("#scroller").evaluate((node) => node.scrollTop === 0), "the newest is at the top");
  assert.equal(await page.locator("#newest").isVisible(), false);
  assertUntroubled(page);
});

test("nothing is lost while nobody looks, or while the mock does not answer", async (t) => {
  const { page, load, ask, hide } = await openConsole(t);
  await load();
  for (const shown of [0, 5]) {
    await hide(true);
    for (let i = 0; i < 5; i++) await ask(`unseen-${i}`);
    assert.equal(await rows(page).count(), shown, "the feed has ended");
    await hide(false);
    await until(async () => (await total(page)) === `${shown + 5} requests`, "and went on");
  }
});

test("from a request to its row, in milliseconds", async (t) => {
  const { page, load, ask } = await openConsole(t);
  await load();
  const times = [];
  for (let i = 0; i < 20; i++) {
    const shown = page.locator(".row", { hasText: `timed-${i}-` }).waitFor();
    const from = performance.now();
    await ask(`timed-${i}-`);
    await shown;
    times.push(performance.now() - from);
  }
  t.diagnostic(`median of 20: ${Math.round(times.sort((a, b) => a - b)[10])} ms`);
  assert.equal(await rows(page).count(), 20);
});
