// @apideck/react-vault 0.12.9, unmodified from npm, in a real page, with `unifyBaseUrl` at the mock.
//
// Its dependency @apideck/wayfinder resolves to 0.2.5, which was published without its code: package.json asks for
// 0.2.3, the last that has it. Nothing of the component or of that dependency is changed.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import test, { after } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { openPage, photograph } from "../support/chromium.js";
import { until } from "../support/console.js";
import { call, newSession, setClock, stateOf } from "../support/vault.js";

const bundle = await build({
  entryPoints: [fileURLToPath(new URL("react-vault-page.jsx", import.meta.url))],
  bundle: true,
  write: false,
  outdir: "out",
  define: { "process.env.NODE_ENV": '"production"' },
  loader: { ".js": "jsx" },
  logLevel: "error",
});
const textOf = (ending) => bundle.outputFiles.find(({ path }) => path.endsWith(ending)).text;
const files = {
  "/": ["text/html", '<!doctype html><link rel="stylesheet" href="/page.css"><div id="root"></div><script src="/page.js"></script>'],
  "/page.js": ["text/javascript", textOf(".js")],
  "/page.css": ["text/css", textOf(".css")],
};
// The app, on an origin of its own.
const app = createServer((request, response) => {
  const [type, text] = files[new URL(request.url, "http://app").pathname] ?? ["text/plain", ""];
  response.setHeader("content-type", `${type}; charset=utf-8`).end(text);
});
app.listen(0, "127.0.0.1");
await once(app, "listening");
after(() => app.close());

async function open(t, session, properties = {}) {
  const page = await openPage(t, { viewport: { width: 1000, height: 900 } });
  const query = new URLSearchParams({ token: session.token, unifyBaseUrl: session.space, ...properties });
  await page.goto(`http://127.0.0.1:${app.address().port}/?${query}`);
  return page;
}

test("lists the connections, and opens one", async (t) => {
  const session = await newSession();
  await call(session, "PATCH", "connections/crm/pipedrive", { settings: { api_key: "k" } });
  const page = await open(t, session);
  await page.getByText("Pipe and Drum").first().waitFor();
  await photograph(page, "react-vault-list");
  const opened = page.waitForResponse((response) => response.url().endsWith("/vault/connections/crm/pipedrive") && response.status() === 200);
  await page.getByText("Pipe and Drum").first().dispatchEvent("click");
  await opened;
  await page.getByText("Swift Ledger").waitFor({ state: "hidden" });
  await photograph(page, "react-vault-open");
  assert.deepEqual(page.trouble.filter((text) => /TypeError|CORS/.test(text)), []);
  assert.deepEqual(page.strangers, []);
});

test("an available connection is enabled when it is opened, and its form connects it", async (t) => {
  const session = await newSession();
  const page = await open(t, session, { unifiedApi: "crm", serviceId: "pipedrive" });
  const field = page.locator('input[name="api_key"]');
  await field.waitFor();
  await until(async () => {
    const { state, enabled } = (await call(session, "GET", "connections/crm/pipedrive")).body.data;
    return state === "added" && enabled;
  }, "it is enabled");
  await field.fill("key_1");
  await page.getByRole("button", { name: /save/i }).first().dispatchEvent("click");
  await page.getByText(/successfully connected/i).first().waitFor();
  assert.equal(await stateOf(session, "crm/pipedrive"), "callable");
  await photograph(page, "react-vault-connected");
});

test("authorises on the fake provider's page, in a popup", async (t) => {
  const session = await newSession();
  const page = await open(t, session, { unifiedApi: "crm", serviceId: "hubspot" });
  const button = page.getByRole("button", { name: /authorize/i }).or(page.getByRole("link", { name: /authorize/i })).first();
  await button.waitFor();
  const [popup] = await Promise.all([page.waitForEvent("popup"), button.dispatchEvent("click")]);
  await Promise.all([popup.waitForEvent("close"), popup.getByRole("link", { name: "Allow" }).click()]);
  await page.waitForFunction(() => /connected|active|callable/i.test(document.body.innerText));
  assert.equal(await stateOf(session, "crm/hubspot"), "callable");
});

test("maps a field, with what the mock says of custom fields", async (t) => {
  const session = await newSession();
  await call(session, "PATCH", "connections/crm/pipedrive", { settings: { api_key: "k" } });
  const page = await open(t, session, { unifiedApi: "crm", serviceId: "pipedrive", initialView: "custom-mapping" });
  await page.getByText("Birthday").first().waitFor();
  await page.getByRole("button", { name: "Map field" }).first().dispatchEvent("click");
  await page.getByText("Select custom field").first().dispatchEvent("click");
  await page.getByText("Shoe size").first().dispatchEvent("click");
  await photograph(page, "react-vault-mapping");
  await page.getByRole("button", { name: "Save field mapping" }).dispatchEvent("click");
  await page.getByText("Mapping created").first().waitFor();
  const { body } = await call(session, "GET", "custom-mappings/crm/pipedrive/crm+contacts+birthday");
  assert.equal(body.data.value, "$.custom_fields.shoe_size");
});

test("shows the expiry message for an expired token", async (t) => {
  const session = await newSession();
  await setClock(session, { advance: "2h" });
  const page = await open(t, session);
  await page.getByText("Your session is invalid or has been expired").waitFor();
  await photograph(page, "react-vault-expired");
});

test("an opaque token is refused, too: it is no API key", async (t) => {
  const session = await newSession();
  const answers = [];
  const page = await openPage(t);
  page.on("response", (response) => response.request().method() !== "OPTIONS" && /vault\/connections/.test(response.url()) && answers.push(response.status()));
  await page.goto(`http://127.0.0.1:${app.address().port}/?${new URLSearchParams({ token: "opaque", unifyBaseUrl: session.space })}`);
  await page.getByText(/invalid|unauthorized/i).first().waitFor();
  assert.deepEqual([...new Set(answers)], [401]);
});
