// Claims are text, never markup; and a browser is sent only where it may go.

import assert from "node:assert/strict";
import test from "node:test";
import { assertUntroubled, openPage } from "../support/chromium.js";
import { call, newSession } from "../support/vault.js";

const markup = `"><img src=x onerror="window.hurt=1"><script>window.hurt=1</script>`;
const schemes = ["javascript:window.hurt=1", "JaVaScRiPt:window.hurt=1", "java\nscript:window.hurt=1", " javascript:window.hurt=1", "data:text/html,<script>window.hurt=1</script>", "vbscript:x", "blob:x", "file:///etc/passwd", "//evil.example", "not a url"];

test("markup in every field is shown as text", async (t) => {
  const session = await newSession({
    consumer_metadata: { account_name: markup, user_name: markup, email: markup, image: markup },
    theme: { vault_name: markup, logo: markup, favicon: markup, primary_color: markup, sidepanel_background_color: "red;background:url(https://evil.example)", sidepanel_text_color: "var(--ground)", privacy_url: markup, terms_url: markup },
    redirect_uri: markup,
    custom_consumer_settings: { [markup]: markup },
  }, { consumer: `user<img src=x onerror=alert(1)>` });
  await call(session, "PATCH", "connections/ats/workable", { settings: { domain: markup, api_key: markup } });
  const page = await openPage(t);
  for (const at of ["", "#/ats/workable", "#/logs", `#/${encodeURIComponent(markup)}/${encodeURIComponent(markup)}`, "#/%E0%A4%A/x"]) {
    await page.goto("about:blank");
    await page.goto(`${session.uri}?images=all${at}`);
    await page.locator("main").waitFor();
    await page.waitForLoadState("networkidle");
    assert.equal(await page.evaluate(() => window.hurt), undefined, at);
    assert.equal(await page.locator("script:not([src]), [onerror]").count(), 0, at);
  }
  await page.goto("about:blank");
  await page.goto(session.uri);
  assert.ok((await page.locator(".brand").innerText()).includes("<img src=x"));
  assertUntroubled(page);
});

test("links of the theme and the way back go nowhere dangerous", async (t) => {
  for (const url of schemes) {
    const session = await newSession({ redirect_uri: url, theme: { privacy_url: url, terms_url: url, logo: url }, settings: { auto_redirect: true } });
    await call(session, "PATCH", "connections/lead/webhook-leads", { enabled: true });
    const page = await openPage(t);
    await page.goto(`${session.uri}#/lead/webhook-leads`);
    await page.locator("main h1").waitFor();
    const links = await page.locator("a").evaluateAll((all) => all.map((link) => new URL(link.href).protocol));
    assert.deepEqual(links.filter((protocol) => !/^https?:$/.test(protocol)), [], url);
    assert.equal(await page.getByRole("link", { name: "Return to the app" }).count(), 0, url);
    assert.equal(await page.evaluate(() => window.hurt), undefined);
    await page.context().close();
  }
});

test("an app's own scheme is a way back", async (t) => {
  const session = await newSession({ redirect_uri: "myapp://vault/done?x=1" });
  await call(session, "PATCH", "connections/lead/webhook-leads", { enabled: true });
  const page = await openPage(t);
  await page.goto(`${session.uri}#/lead/webhook-leads`);
  const link = page.getByRole("link", { name: "Return to the app" });
  assert.equal(await link.getAttribute("href"), "myapp://vault/done?x=1&authorizedConnection=webhook-leads");
});

test("the callback redirects to safe places alone", async () => {
  const session = await newSession();
  const { body } = await call(session, "GET", "connections/crm/hubspot");
  const state = new URL(body.data.authorize_url).searchParams.get("state");
  const ask = (uri, at = "callback") => fetch(`${session.space}/vault/${at}?${new URLSearchParams({ state, code: "c", redirect_uri: uri })}`, { redirect: "manual" });
  for (const uri of schemes) assert.equal((await ask(uri)).status, 400, uri);
  for (const uri of ["https://app.example/a?b=1#c", "myapp://done"]) assert.equal((await ask(uri)).headers.get("location"), uri);
  const split = await ask("https://app.example/\r\nset-cookie: a=b");
  assert.equal(split.headers.get("set-cookie"), null);
  assert.equal((await ask("https://vault.apideck.com/oauth/callback")).status, 200, "the vendor's own landing page is not reached");
  const denied = await fetch(`${session.space}/vault/callback?${new URLSearchParams({ state, error: "access_denied", redirect_uri: "https://app.example/a?b=1#c" })}`, { redirect: "manual" });
  assert.equal(denied.headers.get("location"), "https://app.example/a?b=1&error=access_denied#c");
});

test("a changed state, or one of another space, changes nothing", async () => {
  const session = await newSession();
  const other = await newSession();
  const { body } = await call(session, "GET", "connections/crm/hubspot");
  const state = new URL(body.data.authorize_url).searchParams.get("state");
  for (const [space, text] of [[session.space, `${state}x`], [session.space, ""], [other.space, state], [session.space, session.token]]) {
    const response = await fetch(`${space}/vault/callback?${new URLSearchParams({ state: text, code: "c" })}`);
    assert.equal(response.status, 400);
  }
  assert.equal((await call(session, "GET", "connections/crm/hubspot")).body.data.state, "available");
});

test("the page's policy lets it ask nobody else", async () => {
  const { uri } = await newSession();
  const response = await fetch(uri);
  const policy = response.headers.get("content-security-policy");
  assert.match(policy, /^default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:;/);
  assert.equal(response.headers.get("referrer-policy"), "no-referrer");
  assert.doesNotMatch(await response.text(), /<script(?![^>]*src=)|style=|\son\w+=/);
});
