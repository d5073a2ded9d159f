// For an audience: one sentence, big buttons, stories, a code to follow; no secrets.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { encode } from "../../../server/web/console/qr.js";
import { decode } from "../support/qr.js";
import { start, temporaryFolder } from "../../support/program.js";
import { assertUntroubled, paint } from "../support/chromium.js";
import { openConsole, said, styles, until } from "../support/console.js";

// Of two colors rgb(…), as WCAG 2.1 has it.
function contrast(...colors) {
  const [dark, light] = colors.map((color) => {
    const [r, g, b] = color.match(/[\d.]+/g).map((part) => (part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  }).sort((a, b) => a - b);
  return light / dark;
}

const stage = (page) => page.locator("#stage");

test("the last call is a sentence in large type, and its answer keeps its secrets", async (t) => {
  const { page, load, ask, admin } = await openConsole(t);
  await load("?present");
  await stage(page).getByRole("heading", { name: "Waiting for the first call" }).waitFor();
  await ask("acme");
  const heading = stage(page).getByRole("heading", { level: 2, name: /^acme/ });
  await heading.waitFor();
  assert.ok(parseFloat((await styles(heading, "fontSize"))[0]) >= 24);
  const [{ token }] = (await admin("GET", "sessions")).sessions;
  assert.ok(!(await page.locator("body").innerText()).includes(token.slice(0, 40)));
  assert.match(await stage(page).locator("pre").innerText(), /"session_token": "•••"/);
  assertUntroubled(page);
});

test("the keys 1 to 6 arm an error each, and a second press ends it", async (t) => {
  const { page, load, ask } = await openConsole(t);
  await load("?present");
  for (const [i, status] of [400, 401, 402, 404, 422, 503].entries()) {
    await page.keyboard.press(`${i + 1}`);
    await said(page, `gets ${status}.`);
    assert.equal(await ask(), status);
    await stage(page).locator(".verdict", { hasText: `${status}` }).waitFor();
    await stage(page).getByRole("heading", { name: `what is armed here answered ${status}.` }).waitFor();
  }
  const big = stage(page).getByRole("button", { name: "402" });
  await big.click();
  await until(async () => (await big.getAttribute("aria-pressed")) === "true", "it is armed");
  for (const colorScheme of ["light", "dark"]) {
    await paint(page, colorScheme);
    const [color, ground] = await styles(big, "color", "backgroundColor");
    assert.ok(contrast(color, ground) >= 4.5, `it can be read under the mouse in ${colorScheme}: ${color} on ${ground}`);
  }
  await page.keyboard.press("3");
  await until(async () => (await big.getAttribute("aria-pressed")) === "false", "it is stopped");
  assert.equal(await ask(), 200);
  await page.keyboard.press("Escape");
  await page.locator("#rows").waitFor();
});

test("probes are no calls, and what is armed for one consumer is not armed for the audience", async (t) => {
  const { page, load, ask, admin, space } = await openConsole(t);
  await load("?present");
  await ask("acme");
  const heading = stage(page).getByRole("heading", { level: 2, name: /^acme/ });
  await heading.waitFor();
  await fetch(`${space}/`, { method: "HEAD" });
  await fetch(`${space}/healthz`);
  await fetch(`${space}/vault/sessions`, { method: "OPTIONS", headers: { origin: "http://app", "access-control-request-method": "POST" } });
  await until(async () => (await page.locator("#total b").textContent()) === "4 requests", "all have come");
  await heading.waitFor();
  await admin("POST", "rules?times=1", { name: "fail 422", when: { consumer_id: "bob" }, respond: { error: 422 } });
  await page.locator("#armed").getByText("fail for bob").waitFor();
  assert.equal(await stage(page).getByRole("button", { name: "422" }).getAttribute("aria-pressed"), "false");
  await ask("bob");
  await stage(page).getByRole("heading", { level: 2, name: /^bob/ }).waitFor();
});

test("a story is a rule with a description, played to everyone", async (t) => {
  const { page, load, ask } = await openConsole(t);
  await load("?present");
  const story = stage(page).getByRole("button", { name: /^flaky Twice 503/ });
  await story.click();
  await until(async () => (await story.getAttribute("aria-pressed")) === "true", "it plays");
  assert.equal(await ask("x"), 503);
  await stage(page).getByRole("heading", { name: "x asked for a session; the story flaky answered 503." }).waitFor();
  assert.equal(await stage(page).getByRole("button", { name: "503 Unavailable" }).getAttribute("aria-pressed"), "false", "its answer is not armed by itself");
  assert.deepEqual([await ask("x"), await ask("x")], [503, 200]);
  await story.click();
  await until(async () => (await story.getAttribute("aria-pressed")) === "false", "it has ended");
  assert.deepEqual([await ask("x"), await ask("x")], [200, 200]);
});

test("a story of a file is switched off and on, and has a name even where it was given none", async (t) => {
  const file = join(temporaryFolder(), "mine.json");
  writeFileSync(file, JSON.stringify({ rules: [{ description: "No name", when: { consumer_id: "nobody" }, respond: { error: 402 } }] }));
  const { url } = await start([file]);
  const { page, load, ask, rules } = await openConsole(t, { space: `${url}/@stories` });
  await load("?present");
  const story = stage(page).getByRole("button", { name: "rule 1 No name" });
  for (const [status, on] of [[402, "true"], [200, "false"], [402, "true"]]) {
    await until(async () => (await story.getAttribute("aria-pressed")) === on, `pressed: ${on}`);
    assert.equal(await ask("nobody"), status);
    await story.click();
  }
  assert.deepEqual(await rules(), []);
});

test("another device follows by a code of the address", async (t) => {
  const { page, load } = await openConsole(t);
  await load("?present");
  await page.getByRole("button", { name: "Follow …" }).click();
  const dialog = page.getByRole("dialog", { name: "Follow on another device" });
  await dialog.getByRole("img", { name: "QR code of the address" }).waitFor();
  await dialog.getByText("Only this machine reaches it").waitFor();
  const grid = await dialog.locator("canvas").evaluate((node) => {
    const { data } = node.getContext("2d").getImageData(0, 0, node.width, node.height), side = node.width;
    return Array.from({ length: side }, (_, y) => Array.from({ length: side }, (_, x) => data[4 * (y * side + x) + 3] > 0));
  });
  assert.ok([...grid.slice(0, 4), ...grid.slice(-4)].flat().every((dark) => !dark), "a light edge");
  assert.equal(decode(grid.slice(4, -4).map((row) => row.slice(4, -4))), page.url().split("#")[0]);
  await page.keyboard.press("Escape");
  assert.equal(await page.getByRole("dialog").count(), 0);
  await page.getByRole("button", { name: "Leave" }).click();
  await page.locator("#rows").waitFor({ state: "attached" });
  await until(() => !page.url().includes("present"), "the page as it was");
});

test("every length of a text is in its code, as far as it holds", () => {
  for (let length = 1; length <= 106; length++) {
    const text = Array.from({ length }, (_, i) => "abcdefghijklmnopqrstuvwxyz/?=&%"[(i * i + length) % 31]).join("");
    assert.equal(decode(encode(text)), text);
  }
  assert.equal(decode(encode("http://ü/")), "http://ü/");
  assert.equal(encode("x".repeat(107)), undefined);
});
