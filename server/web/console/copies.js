// A request as something to paste elsewhere.

const json = (value) => JSON.stringify(value, null, 2);
const unsent = /^(host|connection|content-length|user-agent|accept.*|authorization|sec-.*|x-forwarded.*)$/;

// What clients add by themselves is left out; the key is not known.
export const headersOf = ({ headers = {} }) => Object.entries(headers).filter(([key]) => !unsent.test(key)).map(([key, value]) => [key, `${value}`]);
export const bodyOf = ({ body }) => (typeof body === "string" ? body : body ? json(body) : "");
export const target = ({ path, query }) => path + (query && `?${query}`);
const whenOf = ({ operation, consumer_id, request: { method, path } }) => ({ ...(operation ? { operation } : { method, path }), ...(consumer_id && { consumer_id }) });

export function asFetch({ request }, root) {
  const { method, body } = request, headers = { authorization: "Bearer any-key", ...Object.fromEntries(headersOf(request)) };
  return `await fetch(${json(root + target(request))}, ${json({ method, headers, ...(body && { body: bodyOf(request) }) })});`;
}

// As @apideck/unify is called: vault.sessions.create({ session: … }).
const methods = { Create: "create", Add: "create", All: "list", One: "get", Update: "update", Delete: "delete" };
export function asSdk({ operation, request: { path, headers, body }, consumer_id: consumerId }, serverURL) {
  const [, group, one, method] = /^((session|connection|consumer|log)s)(\w+)$/.exec(operation) ?? [], [, , , unifiedApi, serviceId] = path.split("/");
  if (!methods[method]) return "// @apideck/unify has no such method: use fetch.";
  const given = { ...(one === "connection" && unifiedApi && { unifiedApi, serviceId }), ...(body && { [one]: body }) };
  return `import { Apideck } from "@apideck/unify";\n\nconst apideck = new Apideck(${json({ serverURL, apiKey: "any-key", appId: headers["x-apideck-app-id"], consumerId })});\nawait apideck.vault.${group}.${methods[method]}(${json(given).replace(/_(\w)(?=\w*":)/g, (_, letter) => letter.toUpperCase())});`;
}

// A rule that gives this answer again: an error by its name, a session as a new one, anything else as it was.
export function asRule(entry) {
  const { status, body } = entry.answer, { type_name: error, message, detail, data } = body ?? {};
  const respond = error ? { error, status, message, detail } : data?.session_token ? { session: true } : { status, ...(body && { [typeof body === "string" ? "text" : "body"]: body }) };
  return json({ name: `${status} for ${entry.consumer_id || "everyone"}`, when: whenOf(entry), respond });
}

export const asTest = (entry, root) => ['import assert from "node:assert/strict";', "", `// after the app has run against ${root}`,
  `const response = await fetch("${root}/_mock/verify", { method: "POST", body: JSON.stringify(${json({ when: whenOf(entry), times: 1, status: entry.answer.status })}) });`,
  "const { pass, message } = await response.json();", "assert.ok(pass, message);"].join("\n");
