// A request as something to paste elsewhere.

const json = (value) => JSON.stringify(value, null, 2);
const unsent = /^(host|connection|content-length|user-agent|accept.*|authorization|sec-.*|x-forwarded.*)$/;

// What clients add by themselves is left out; the key is not known.
export const headersOf = ({ headers = {} }) => Object.entries(headers).filter(([key]) => !unsent.test(key)).map(([key, value]) => [key, `${value}`]);
export const bodyOf = ({ body }) => (typeof body === "string" ? body : body ? json(body) : "");
export const target = ({ path, query }) => path + (query ? `?${query}` : "");
export const whenOf = ({ operation, consumer_id, request: { method, path } }) => ({ ...(operation ? { operation } : { method, path }), ...(consumer_id && { consumer_id }) });

export function asFetch({ request }, root) {
  const options = { method: request.method, headers: { authorization: "Bearer any-key", ...Object.fromEntries(headersOf(request)) }, ...(request.body && { body: bodyOf(request) }) };
  return `await fetch(${json(root + target(request))}, ${json(options)});`;
}

// As @apideck/unify is called: vault.sessions.create({ session: … }).
const camel = (value) => (Array.isArray(value) ? value.map(camel)
  : value && typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key.replace(/_(\w)/g, (_, letter) => letter.toUpperCase()), camel(part)])) : value);
const methods = { Create: "create", Add: "create", All: "list", One: "get", Update: "update", Delete: "delete" };
export function asSdk({ operation, request, consumer_id: consumerId }, serverURL) {
  const [, group, method] = /^(sessions|connections|consumers|logs)(Create|Add|All|One|Update|Delete)$/.exec(operation) ?? [];
  if (!group) return `// @apideck/unify has no such method: use fetch.`;
  const [, , , unifiedApi, serviceId] = request.path.split("/"), one = group.slice(0, -1);
  const given = { ...(group === "connections" && unifiedApi && { unifiedApi, serviceId }), ...(request.body && { [one]: camel(request.body) }) };
  return `import { Apideck } from "@apideck/unify";\n\nconst apideck = new Apideck(${json({ serverURL, apiKey: "any-key", appId: request.headers["x-apideck-app-id"], consumerId })});\nawait apideck.vault.${group}.${methods[method]}(${json(given)});`;
}

// A rule that gives this answer again: an error by its name, a session as a new one, anything else as it was.
export function asRule(entry) {
  const { status, body } = entry.answer;
  const respond = body?.type_name ? { error: body.type_name, status, message: body.message, detail: body.detail }
    : body?.data?.session_token ? { session: true } : { status, ...(body && { [typeof body === "string" ? "text" : "body"]: body }) };
  return json({ name: `${status} for ${entry.consumer_id || "everyone"}`, when: whenOf(entry), respond });
}

export const asTest = (entry, root) => `import assert from "node:assert/strict";

// after the app has run against ${root}
const response = await fetch("${root}/_mock/verify", {
  method: "POST",
  body: JSON.stringify(${json({ when: whenOf(entry), times: 1, status: entry.answer.status })}),
});
const { pass, message } = await response.json();
assert.ok(pass, message);`;
