// A request as something to paste elsewhere, and sent again.

import { ask, enc, go, opened, rootOf } from "./api.js";
import { button, dialog, h, hint, say, some } from "./dom.js";

const json = (value) => JSON.stringify(value, null, 2);
const unsent = /^(host|connection|content-length|user-agent|accept.*|authorization|sec-.*|x-forwarded.*)$/;

// What clients add by themselves is left out; the key is not known.
const headersOf = ({ headers = {} }) => Object.entries(headers).filter(([key]) => !unsent.test(key));
const bodyOf = ({ body }) => (typeof body === "string" ? body : body ? json(body) : undefined);
export const target = ({ path, query }) => path + (query && `?${query}`);
const whenOf = ({ operation, consumer_id, request: { method, path } }) => ({ ...(operation ? { operation } : { method, path }), consumer_id: consumer_id || undefined });

// As @apideck/unify is called: vault.sessions.create({ session: … }).
const methods = { Create: "create", Add: "create", All: "list", One: "get", Update: "update", Delete: "delete" };

// What each is made of: (entry, the URL of its space, its space)
const from = (format) => async ({ id }, root, of) => (await ask(`requests/${enc(id)}?format=${format}`, { of })).text();
export const copies = {
  curl: from("curl"),
  fetch: ({ request }, root) => `await fetch(${json(root + target(request))}, ${json({ method: request.method, headers: { authorization: "Bearer any-key", ...Object.fromEntries(headersOf(request)) }, body: bodyOf(request) })});`,
  "SDK call"({ operation, request: { path, headers, body }, consumer_id: consumerId }, serverURL) {
    const [, group, one, method] = /^((session|connection|consumer|log)s)(\w+)$/.exec(operation) ?? [], [, , , unifiedApi, serviceId] = path.split("/");
    if (!methods[method]) return "// @apideck/unify has no such method: use fetch.";
    const given = { ...(one === "connection" && unifiedApi && { unifiedApi, serviceId }), ...(body && { [one]: body }) };
    return `import { Apideck } from "@apideck/unify";

const apideck = new Apideck(${json({ serverURL, apiKey: "any-key", appId: headers["x-apideck-app-id"], consumerId })});
await apideck.vault.${group}.${methods[method]}(${json(given).replace(/_(\w)(?=\w*":)/g, (_, letter) => letter.toUpperCase())});`;
  },
  // One that gives this answer again: an error by its name, a session as a new one, anything else as it was.
  rule(entry) {
    const { status, body } = entry.answer, { type_name: error, message, detail, data } = body ?? {};
    const respond = error ? { error, status, message, detail } : data?.session_token ? { session: true } : { status, [typeof body === "string" ? "text" : "body"]: body || undefined };
    return json({ name: `${status} for ${entry.consumer_id || "everyone"}`, when: whenOf(entry), respond });
  },
  test: (entry, root) => `import assert from "node:assert/strict";

// after the app has run against ${root}
const response = await fetch("${root}/_mock/verify", { method: "POST", body: JSON.stringify(${json({ when: whenOf(entry), times: 1, status: entry.answer.status })}) });
const { pass, message } = await response.json();
assert.ok(pass, message);`,
  HAR: from("har"),
};

let authorization = "Bearer any-key"; // as it was sent last
export function replay({ request }, of) {
  const lines = [`${request.method} ${target(request)}`, `authorization: ${authorization}`, ...headersOf(request).map((header) => header.join(": "))];
  const area = h("textarea", { aria: "Request", rows: 16, spellcheck: "false", value: `${lines.join("\n")}\n\n${bodyOf(request) ?? ""}` }), trouble = h("p.trouble", { role: "alert" });
  async function send() {
    const [head, body] = area.value.split(/\n\n([^]*)/), [first, ...more] = head.split("\n"), [method, place = "/"] = first.split(" ");
    const headers = new Headers(more.map((header) => header.split(/: *(.*)/, 2)));
    authorization = headers.get("authorization") ?? authorization;
    const answer = await fetch(rootOf(of) + place, { method, redirect: "manual", headers, body: body || undefined });
    box.close();
    say(`Sent again: ${answer.status || "a redirection"}.`);
    const id = answer.headers.get("x-apideck-request-id");
    if (id) go(opened({ id, space: of }));
  }
  const failed = ({ message }) => (trouble.textContent = `Not sent, or no answer came, as with a fault: ${message}.`);
  const box = dialog("Replay", hint("The journal keeps no keys: put in yours."), area, trouble, some(button("Send", () => send().catch(failed), { class: "primary" }), button("Cancel", () => box.close())));
}
