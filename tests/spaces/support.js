// A space of one running program, as a test of somebody's back end would use it.

import { start } from "../support/program.js";

export const mock = await start(["--log-level", "off"]);

export async function call(url, { method = "GET", body, headers = {}, raw = false } = {}) {
  const answer = await fetch(url, { method, headers, body: body === undefined ? undefined : raw ? body : JSON.stringify(body) });
  const text = await answer.text();
  let json;
  try {
    json = JSON.parse(text);
  } catch {}
  return { status: answer.status, headers: answer.headers, text, json };
}

// The path prefix of a space, and what a test does in it.
export function space(name, base = mock.url) {
  const url = `${base}/@${name}`;
  const admin = (path, method, body) => call(`${url}/_mock${path}`, { method, body });
  return {
    url,
    session: (consumer = "acme", { body, headers = {}, method = "POST" } = {}) =>
      call(`${url}/vault/sessions`, {
        method,
        body,
        headers: { authorization: "Bearer k", "x-apideck-app-id": "app", "x-apideck-consumer-id": consumer, ...headers },
      }),
    get: (path) => admin(path, "GET"),
    post: (path, body) => admin(path, "POST", body),
    put: (path, body) => admin(path, "PUT", body),
    delete: (path) => admin(path, "DELETE"),
  };
}

export const claims = (token) => JSON.parse(Buffer.from(token.split(".")[1], "base64url"));
