// A page of an app that uses @apideck/vault-js 1.8.1, unmodified from npm. It shows https://vaultjs.apideck.com in a frame,
// a name that leads to the mock's HTTPS port here.

import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { after } from "node:test";
import { until } from "../../support/program.js";
import { openPage } from "./chromium.js";
import { call } from "./vault.js";

const folder = dirname(createRequire(import.meta.url).resolve("@apideck/vault-js/package.json"));
const library = readFileSync(join(folder, "dist/vault-js.umd.production.min.js"), "utf8");
export const vendors = "https://vaultjs.apideck.com";

const html = `<!doctype html><title>An app</title><h1>An app</h1><button id="open">Connect your tools</button>
<script src="/vault-js.js"></script><script src="/app.js"></script>`;
const code = `
window.calls = [];
const note = (name) => (connection) => window.calls.push(connection ? [name, connection.id, connection.state] : [name]);
window.openVault = (options) => ApideckVault.open({ ...options, onReady: note("ready"), onClose: note("close"), onConnectionChange: note("change"), onConnectionDelete: note("delete") });
document.getElementById("open").addEventListener("click", () => openVault(window.options));
`;
const app = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, "http://app");
  const place = searchParams.get("place");
  const files = {
    "/": ["text/html", place ? html.replace("/vault-js.js", `/vault-js.js?place=${encodeURIComponent(place)}`) : html],
    "/vault-js.js": ["text/javascript", place ? library.replaceAll(vendors, place) : library],
    "/app.js": ["text/javascript", code],
  };
  const [type, text] = files[pathname] ?? ["text/plain", ""];
  response.setHeader("content-type", `${type}; charset=utf-8`).end(text);
});
app.listen(0, "127.0.0.1");
await once(app, "listening");
after(() => app.close());

export const appUrl = `http://127.0.0.1:${app.address().port}/`;

// The app's page, with Vault opened by a click. `prepare(page)` comes before anything is loaded. → { page, frame, calls }
export async function open(t, session, options = {}, { place, prepare, ...pageOptions } = {}) {
  const page = await openPage(t, { viewport: { width: 1100, height: 800 }, ...pageOptions });
  await prepare?.(page);
  await page.goto(`${appUrl}${place ? `?${new URLSearchParams({ place })}` : ""}`);
  await page.evaluate((given) => (window.options = given), { token: session.token, unifyBaseUrl: session.space, ...options });
  await page.getByRole("button", { name: "Connect your tools" }).click();
  await page.locator("iframe").waitFor();
  return { page, frame: page.frameLocator("iframe"), calls: () => page.evaluate(() => window.calls) };
}
export const happened = (calls, ...call) =>
  until(async () => ((await calls()).some((one) => JSON.stringify(one) === JSON.stringify(call)) ? true : undefined), `${call} was called`);
export const title = (frame, name) => frame.getByRole("heading", { level: 1, name }).waitFor();
export const click = (frame, name, role = "button") => frame.getByRole(role, { name, exact: true }).click();
export const apiKey = (session, id) => call(session, "PATCH", `connections/${id}`, { settings: { api_key: "k" } });
