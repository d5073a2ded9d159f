// Claims are text, never markup; and a browser is sent only where it may go.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { assertUntroubled, openPage } from "../support/chromium.js";
import { start, temporaryFolder } from "../../support/program.js";
import { call, newSession, revoke } from "../support/vault.js";

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
    await page.locator("main").getByRole("heading").or(page.locator("main .notice")).first().waitFor();
    assert.equal(await page.evaluate(() => window.hurt), undefined, at);
    assert.equal(await page.locator("script:not([src]), [onerror]").count(), 0, at);
  }
  await page.goto("about:blank");
  await page.goto(session.uri);
  assert.ok((await page.locator(".brand").innerText()).includes("<img src=x"));
  assertUntroubled(page);
});

test("links of the theme and the way back go nowhere dangerous", async (t) => {
  const page = await openPage(t);
  const protocols = () => page.locator("a").evaluateAll((all) => all.map((link) => new URL(link.href).protocol));
  for (const url of schemes) {
    const session = await newSession({ redirect_uri: url, theme: { privacy_url: url, terms_url: url, logo: url }, settings: { auto_redirect: true } });
    await call(session, "PATCH", "connections/lead/webhook-leads", { enabled: true });
    await page.goto(`${session.uri}#/lead/webhook-leads`);
    await page.getByRole("heading", { level: 1, name: "Open Door Leads" }).waitFor();
    assert.deepEqual((await protocols()).filter((protocol) => !/^https?:$/.test(protocol)), [], url);
    assert.equal(await page.getByRole("link", { name: "Return to the app" }).count(), 0, url);
    assert.equal(await page.evaluate(() => window.hurt), undefined);
    if (url !== schemes[0]) continue;

    // Nor does the page of a session that has ended.
    await revoke(session);
    await page.reload();
    await page.getByRole("heading", { level: 1, name: "This session was revoked" }).waitFor();
    assert.deepEqual((await protocols()).filter((protocol) => !/^https?:$/.test(protocol)), [], url);
    assert.equal(await page.getByRole("link", { name: "Back to the app" }).count(), 0, url);
  }
});

test("an authorize_url that is not safe is not followed, and the page says so", async (t) => {
  const session = await newSession();
  const page = await openPage(t);
  const addresses = [];
  await page.route(/\/connections\/crm\/hubspot$/, async (route) => {
    const answer = await route.fetch();
    const { data } = await answer.json();
    await route.fulfill({ response: answer, json: { data: { ...data, authorize_url: addresses.at(-1) } } });
  });
  for (const url of schemes.filter((each) => each !== "not a url")) {
    addresses.push(url);
    await page.goto("about:blank");
    await page.goto(`${session.uri}#/crm/hubspot`);
    await page.getByRole("button", { name: /Connect Orbit Hub|Authorize/ }).click();
    await page.locator(".said").getByText("The address of Orbit Hub is not one that a browser may be sent to.").waitFor();
    assert.equal(await page.evaluate(() => window.hurt), undefined, url);
  }
  assert.equal(page.url(), `${session.uri}#/crm/hubspot`);
});

test("markup in a connector's icon and name stays text on the provider's page", async (t) => {
  const folder = temporaryFolder();
  const connector = { unified_api: "crm", service_id: `a"b<c>`, name: markup, auth_type: "oauth2", icon: `data:image/png,"${markup}{root}data-page`, tag_line: markup };
  writeFileSync(join(folder, "connectors.json"), JSON.stringify({ connectors: [connector] }));
  const own = await start([folder]);
  const session = await newSession({}, { space: own.url });
  const [connection] = (await call(session, "GET", "connections")).body.data;
  const page = await openPage(t);
  for (const url of [session.uri, `${session.uri}#/crm/${encodeURIComponent(connector.service_id)}`, `${connection.authorize_url}&redirect_uri=`]) {
    await page.goto("about:blank");
    await page.goto(url);
    await page.getByText("onerror=").first().waitFor();
    assert.equal(await page.evaluate(() => window.hurt), undefined);
    assert.equal(await page.locator("script:not([src]), [onerror]").count(), 0, url);
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
  const ask = (path, query) => fetch(`${session.space}/vault/${path}?${new URLSearchParams(query)}`, { redirect: "manual" });
  const authorize = (redirect_uri) => ask("authorize/hubspot/app-1", { state, redirect_uri });
  const answer = async (uri, result = { code: "c" }) => {
    const provider = new URL((await authorize(uri)).headers.get("location"));
    return ask("callback", { state: provider.searchParams.get("state"), ...result });
  };
  for (const uri of schemes) {
    assert.equal((await authorize(uri)).status, 400, uri);
    assert.equal((await ask("revoke/hubspot/app-1", { state, redirect_uri: uri })).status, 400, uri);
  }
  for (const uri of ["https://app.example/a?b=1#c", "myapp://done"]) assert.equal((await answer(uri)).headers.get("location"), uri);
  const split = await answer("https://app.example/\r\nset-cookie: a=b");
  assert.equal(split.status, 301);
  assert.equal(split.headers.get("set-cookie"), null);
  const landing = await answer("https://vault.apideck.com/oauth/callback?x=1");
  assert.equal(landing.headers.get("location"), `${session.space}/oauth/callback?x=1`, "the vendor's own landing page is not reached");
  const markup = { error: "access_denied", error_description: `"><script>&c=d#e` };
  const denied = new URL((await answer("https://app.example/a?b=1#c", markup)).headers.get("location"));
  assert.deepEqual([...denied.searchParams], [["b", "1"], ["error_type", "access_denied"], ["error_message", markup.error_description], ["service_id", "hubspot"]]);
  assert.equal(denied.hash, "#c");
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
