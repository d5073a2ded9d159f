// A request as something to paste elsewhere.

export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch { // not over plain HTTP from another machine
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

const unsent = /^(host|connection|content-length|user-agent|accept|accept-encoding|authorization|sec-|x-forwarded)/;
const json = (value) => JSON.stringify(value, null, 2);
export const urlOf = (request, root) => `${root}${request.path}${request.query ? `?${request.query}` : ""}`;

// Headers worth repeating: what clients add by themselves is left out, the key is not known.
export const headersOf = ({ headers = {} }) =>
  Object.fromEntries(Object.entries(headers).filter(([key]) => !unsent.test(key)).map(([key, value]) => [key, String(value)]));
export const bodyOf = ({ body }) => (body === null || body === undefined ? "" : typeof body === "string" ? body : json(body));

export function asFetch({ request }, root) {
  const options = { method: request.method, headers: { authorization: "Bearer any-key", ...headersOf(request) } };
  const body = request.body ?? null;
  const text = json(options).slice(0, -2);
  return `const response = await fetch(${JSON.stringify(urlOf(request, root))}, ${text}${body === null ? "" : `,\n  "body": ${typeof body === "string" ? JSON.stringify(body) : `JSON.stringify(${json(body).replaceAll("\n", "\n  ")})`}`}\n});`;
}

// As @apideck/unify is called: vault.sessions.create({ session: … }).
const groups = { sessions: "session", connections: "connection", consumers: "consumer", logs: "logs", customMappings: "customMapping", connectionSettings: "connectionSettings" };
const camel = (value) => {
  if (Array.isArray(value)) return value.map(camel);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.replace(/_(\w)/g, (_, letter) => letter.toUpperCase()), camel(inner)]));
};
const methods = { Create: "create", Add: "create", All: "list", One: "get", Update: "update", Delete: "delete" };
export function asSdk({ operation, request, consumer_id: consumerId }, root) {
  const appId = request.headers?.["x-apideck-app-id"] ?? "any-app";
  const [, group, method] = /^(\w+?)(Create|Add|All|One|Update|Delete)$/.exec(operation ?? "") ?? [];
  const options = camel({ consumerId: consumerId ?? "", appId });
  const [, , , api, service] = request.path.split("/");
  const places = group === "connections" && api ? { unifiedApi: decodeURIComponent(api), serviceId: decodeURIComponent(service ?? "") } : {};
  const body = typeof request.body === "object" && request.body ? { [groups[group] ?? "request"]: camel(request.body) } : {};
  const call = groups[group] ? `await apideck.vault.${group}.${methods[method]}(${json({ ...places, ...body })});` : `// @apideck/unify has no method for ${request.method} ${request.path}: use fetch.`;
  return `import { Apideck } from "@apideck/unify";\n\nconst apideck = new Apideck(${json({ serverURL: root, apiKey: "any-key", ...options })});\n${call}`;
}

// The answer as a rule that gives it again: an error by its name, anything else as it was.
export function asRule({ operation, consumer_id, answer, request }) {
  const when = { ...(operation ? { operation } : { method: request.method, path: request.path }), ...(consumer_id && { consumer_id }) };
  const { body, status } = answer;
  const error = body?.type_name && status >= 400;
  const respond = error ? { error: body.type_name, status, message: body.message, detail: body.detail }
    : body?.data?.session_token ? { session: true }
      : { status, ...(body === null ? {} : typeof body === "string" ? { text: body } : { body }) };
  return json({ name: `${status} for ${consumer_id || "everyone"}`, when, respond });
}

export const asTest = ({ operation, consumer_id, answer, request }, root) => `import assert from "node:assert/strict";
import test from "node:test";

test("the app asks once for ${operation || request.path}", async () => {
  // … run the app against ${root}
  const response = await fetch("${root}/_mock/verify", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(${json({ when: { ...(operation ? { operation } : { path: request.path }), ...(consumer_id && { consumer_id }) }, times: 1, status: answer.status }).replaceAll("\n", "\n    ")}),
  });
  const { pass, message } = await response.json();
  assert.ok(pass, message);
});`;
