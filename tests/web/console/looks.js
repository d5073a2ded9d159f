// How the page looks and is used: every view at three sizes, light and dark; by the keyboard alone; with hostile data.

import assert from "node:assert/strict";
import test from "node:test";
import { assertUntroubled, complaints, paint, photograph } from "../support/chromium.js";
import { openConsole, rows, said, until } from "../support/console.js";

const sizes = { phone: { width: 320, height: 700 }, tablet: { width: 820, height: 1100 }, desktop: { width: 1280, height: 850 } };
const broken = { body: { settings: { unified_apis: ["cmr"], session_length: "banana", sesion: 1 } } };

async function populate({ ask, admin, list, newest }) {
  await admin("POST", "rules", { name: "free tier used up", description: "globex has used up its free plan.", when: { consumer_id: "globex" }, respond: { error: 402 } });
  for (const consumer of ["acme", "globex", "error-503", "user:4711@a-long-consumer.example"]) await ask(consumer);
  await ask("acme", { key: "" });
  await list();
  await ask("acme", broken);
  const refused = (await newest()).id;
  await ask("acme", { body: { settings: { session_length: "banana" } } });
  return { refused, accepted: (await newest()).id };
}

const views = ({ refused, accepted }) => ({
  stream: ["#/requests", "Open a request to see why"], refused: [`#/requests?r=${refused}`, "What the contract does not allow"], accepted: [`#/requests?r=${accepted}`, "Built-in|built-in"],
  errors: ["#/errors", "Faults and delays"], rules: ["#/rules", "Rules, in the order"], "new rule": [`#/rules/?r=${refused}`, "A new rule"], sessions: ["#/sessions", "issued"],
  connections: ["#/connections", "Connections of"], spaces: ["#/spaces", "a world of its own"], presenter: ["?present#/requests", "Next answer"],
});

for (const [size, viewport] of Object.entries(sizes)) {
  test(`every view can be read on a ${size}, in light and dark`, async (t) => {
    const console = await openConsole(t, { viewport });
    const { page, load } = console;
    for (const [name, [at, words]] of Object.entries(views(await populate(console)))) {
      await page.goto("about:blank");
      await load(at);
      await page.locator("body").filter({ hasText: new RegExp(words) }).waitFor();
      for (const colorScheme of ["light", "dark"]) {
        await paint(page, colorScheme);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), viewport.width, `${name} is as wide as the screen`);
        assert.deepEqual(await complaints(page), [], `${name} in ${colorScheme}`);
        await photograph(page, `console-${name}-${size}-${colorScheme}`);
      }
    }
    assertUntroubled(page);
  });
}

test("on a phone the stream and a request take turns, and targets are large enough", async (t) => {
  const { page, load, ask } = await openConsole(t, { viewport: sizes.phone, hasTouch: true, isMobile: true });
  await ask();
  await load();
  const row = rows(page).first();
  for (const target of [row, page.getByRole("button", { name: "Pause" }), page.getByRole("link", { name: "errors" })]) assert.ok((await target.boundingBox()).height >= 44);
  await row.click();
  await page.getByRole("heading", { name: /^acme/ }).waitFor();
  assert.equal(await row.isVisible(), false);
  await page.getByRole("link", { name: "Close" }).click();
  await row.waitFor();
  await row.click();
  await page.getByRole("link", { name: "requests", exact: true }).click();
  await row.waitFor();
  await page.keyboard.press("z");
  await page.keyboard.press("6");
  const chip = page.locator("#armed button");
  await until(() => chip.evaluate((node) => [node, ...node.children].every((part) => part.scrollWidth <= part.clientWidth + 1 || !part.clientWidth) && node.clientWidth > 150), "what is armed can be read beside a clock that stands");
});

test("on a phone the bar is low, no tab is cut off, and an audience's buttons need no scrolling", async (t) => {
  const { page, load, ask } = await openConsole(t, { viewport: { width: 375, height: 667 }, hasTouch: true, isMobile: true });
  await ask();
  await load();
  const bottom = async (locator) => { const { y, height } = await locator.boundingBox(); return y + height; };
  assert.ok((await bottom(page.locator("header"))) <= 110);
  const tabs = await page.locator("#tabs a").evaluateAll((all) => all.map((tab) => [tab.scrollWidth - tab.clientWidth, tab.getBoundingClientRect().right]));
  for (const [cut, right] of tabs) assert.ok(cut <= 0 && right <= 375, `${cut} ${right}`);
  await load("?present");
  await page.locator("#stage").getByRole("heading", { level: 2, name: /^acme/ }).waitFor();
  assert.ok((await bottom(page.locator("#stage").getByRole("button", { name: "Unavailable" }))) <= 667);
});

test("nothing moves by itself", async (t) => {
  const { page, load, ask } = await openConsole(t, { reducedMotion: "reduce" });
  await ask();
  await load();
  assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
});

test("the keyboard alone opens, arms, stops, filters, pauses, moves the clock, and goes through the views", async (t) => {
  const { page, load, ask, admin, rules } = await openConsole(t);
  await ask("older");
  await ask("newer");
  await load();
  const press = (...keys) => keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  const title = (name) => page.getByRole("heading", { level: 2, name }).waitFor();
  await press("j");
  await title(/^newer/);
  await press("j");
  await title(/^older/);
  await press("k");
  await title(/^newer/);
  await press("ArrowDown");
  await title(/^older/);
  await press("g", "g");
  await title(/^newer/);
  await press("Escape");
  await title("Open a request to see why it was answered so");
  assert.match(await page.evaluate(() => document.activeElement.textContent), /newer/, "the row keeps the focus");
  await press("ArrowUp");
  await title(/^newer/);
  for (const [name, key, words] of [["always", "2", "From now on, newer gets 401."], ["for everyone", "6", "From now on, everyone gets 503."]]) {
    await page.getByLabel(name).focus();
    await press("Space", key);
    await said(page, words);
  }
  assert.equal(await ask("somebody"), 503);
  assert.equal((await rules()).length, 2);
  await press("x");
  await page.getByText("Nothing is armed").waitFor();
  await press("p");
  await page.getByRole("button", { name: "Go on" }).waitFor();
  await press("p");
  await page.getByRole("button", { name: "Pause" }).waitFor();
  await press("/");
  await page.keyboard.type("status:503");
  await until(async () => (await rows(page).count()) === 1, "filtered");
  await press("Escape", "z");
  await page.getByText("frozen").waitFor();
  await ask("frozen");
  assert.equal(await page.locator(".row", { hasText: "frozen" }).locator("time").innerText(), "# 4", "its place where all have one time");
  await press("+");
  await said(page, "It is an hour later.");
  assert.ok(Date.parse((await admin("GET", "clock")).now) - Date.now() > 3500_000);
  for (const [key, name] of [["e", "Make the next error happen"], ["r", "Rules, in the order they are asked"], ["s", "Sessions"], ["c", /^Connections of/], ["p", "Spaces"], ["w", /^newer/]]) {
    await press("g", key);
    await title(name);
  }
  await press("r");
  await page.getByRole("dialog", { name: "Replay" }).waitFor();
  await press("Escape", "Escape");
  await title("Open a request to see why it was answered so");
  await press("?");
  const help = page.getByRole("dialog", { name: "Keys" });
  for (const word of ["402 next time", "replay", "freeze the clock, resume"]) await help.getByText(word).waitFor();
  assert.deepEqual((await help.locator("dt").allInnerTexts()).filter((text) => text.includes(" ")), ["g g", "g w", "g e", "g r", "g s", "g c", "g p"]);
  await press("Escape", "f");
  await page.locator("#stage").waitFor();
  assertUntroubled(page);
});

test("Tab reaches every control of the open request, each with a visible ring", async (t) => {
  const { page, load, ask } = await openConsole(t);
  await ask();
  await load();
  await page.keyboard.press("j");
  await page.getByRole("button", { name: "402 next time" }).waitFor();
  const wanted = await page.locator("button:visible, a:visible, select:visible, summary:visible, input:not([type=radio]):visible").count();
  const seen = new Set();
  for (let i = 0; i < wanted + 20; i++) {
    await page.keyboard.press("Tab");
    seen.add(await page.evaluate(() => {
      const node = document.activeElement, { outlineStyle } = getComputedStyle(node);
      return [...document.querySelectorAll("*")].indexOf(node) + (outlineStyle === "none" && node !== document.body && node.id !== "main" ? ` ${node.outerHTML} has no ring` : "");
    }));
  }
  assert.deepEqual([...seen].filter((one) => /ring/.test(one) && !/type="radio"/.test(one)), []);
  assert.ok(seen.size >= wanted, `${seen.size} of ${wanted}`);
});

test("what has the focus keeps it when its view is drawn again, and what is unfolded stays so", async (t) => {
  const { page, load, admin } = await openConsole(t);
  await load("#/rules");
  const flaky = page.getByRole("switch", { name: "flaky" });
  await flaky.focus();
  await admin("POST", "rules", { name: "news", respond: { error: 402 } });
  await page.getByRole("switch", { name: "news" }).waitFor();
  assert.ok(await flaky.evaluate((node) => node === document.activeElement));
  await load("#/errors");
  await page.getByText("Exact answer").first().click();
  await admin("POST", "rules", { name: "more", respond: { error: 422 } });
  await page.getByRole("button", { name: "Stop InvalidStateError" }).waitFor();
  assert.equal(await page.locator("details[open]").count(), 1);
});

test("screen readers hear what an action led to, and not every request", async (t) => {
  const { page, load, ask } = await openConsole(t);
  await load();
  const status = page.getByRole("status");
  await ask();
  await rows(page).first().waitFor();
  assert.equal(await status.innerText(), "");
  await page.keyboard.press("j");
  await page.getByRole("button", { name: "422 next time" }).click();
  await until(async () => (await status.innerText()) === "Next, acme gets 422.", "it is said");
  assert.equal(await page.locator("[aria-live], [role=log], [role=alert]").count(), 0);
});

test("consumer ids, claims, rules and paths are text, whatever they are", async (t) => {
  const markup = `"><img src=x onerror="window.hurt=1"><script>window.hurt=1</script>`;
  const console = await openConsole(t);
  const { page, load, ask, admin, space } = console;
  await admin("POST", "rules", { name: markup, description: markup, when: { consumer_id: markup }, respond: { status: 418, body: { [markup]: markup }, headers: { "x-a": markup } } });
  await ask(markup, { app: markup });
  await ask(`${markup}2`, { app: markup, body: { consumer_metadata: { account_name: markup, [markup]: markup } } });
  await ask(`${markup}3`, { app: markup, body: { consumer_metadata: { account_name: markup } } });
  await admin("POST", "rules", { name: "uri", when: { consumer_id: "uri" }, respond: { session: { uri: "javascript:window.hurt=1" } } });
  await ask("uri");
  await fetch(`${space}/vault/${encodeURIComponent(markup)}?q=${encodeURIComponent(markup)}`);
  await fetch(`${space}/vault/x'onmouseover='window.hurt=1'&lt;img`); // HTTP allows no < in a path
  await load();
  const { requests } = await admin("GET", "requests?summary=1&limit=6");
  assert.equal(requests.length, 6);
  for (const { id, path, consumer_id: consumer, operation } of requests) {
    await page.keyboard.press("j");
    await page.locator("main code").getByText(id, { exact: true }).first().waitFor();
    const row = page.locator(".row[aria-current]");
    assert.equal(await row.locator(".who").textContent(), consumer || "–", "a consumer as it was sent");
    assert.ok((await row.locator(".what").textContent()).endsWith(operation || path), "a path as it was sent");
    for (const summary of await page.locator("main summary").all()) await summary.click();
    assert.equal(await page.locator("main script, main img, [onerror]").count(), 0);
  }
  await page.getByText("onerror=").first().waitFor();
  for (const at of ["#/errors", "#/rules", "#/sessions", "#/connections", "#/spaces", `#/rules/${encodeURIComponent(markup)}`, `#/${encodeURIComponent(markup)}`, "#/%E0%A4%A", `#/requests?f=${encodeURIComponent(markup)}`, "?present"]) {
    await page.goto("about:blank");
    await load(at);
    await page.locator("h2").first().waitFor();
    assert.equal(await page.evaluate(() => window.hurt), undefined, at);
    assert.equal(await page.locator("script:not([src]), main img, [onerror]").count(), 0, at);
    assert.deepEqual(await page.locator("a[href]").evaluateAll((all) => all.map((link) => new URL(link.href).protocol).filter((protocol) => !/^https?:$/.test(protocol))), [], at);
  }
  assertUntroubled(page);
});
