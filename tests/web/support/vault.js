// The real program, and sessions in it. Each test takes a space of its own.

import assert from "node:assert/strict";
import { start } from "../../support/program.js";

export const mock = await start();

let spaces = 0;
export const newSpace = () => `${mock.url}/@web-${process.pid}-${++spaces}`;

const keyHeaders = { authorization: "Bearer sk_test_web", "x-apideck-app-id": "app-1" };

// → { uri, token, space, consumer }
export async function newSession(body = {}, { space = newSpace(), consumer = "user:1@web" } = {}) {
  const response = await fetch(`${space}/vault/sessions`, {
    method: "POST",
    headers: { ...keyHeaders, "x-apideck-consumer-id": consumer, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  assert.equal(response.status, 200, await response.clone().text());
  const { data } = await response.json();
  return { uri: data.session_uri, token: data.session_token, space, consumer };
}

// A call of the API with the key, for the session's consumer. → { status, body }
export async function call({ space, consumer }, method, path, body, headers = {}) {
  const response = await fetch(`${space}/vault/${path}`, {
    method,
    headers: { ...keyHeaders, "x-apideck-consumer-id": consumer, ...(body ? { "content-type": "application/json" } : {}), ...headers },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined };
}

export const stateOf = async (session, id) => (await call(session, "GET", `connections/${id}`)).body.data.state;

// Something for the browser to return to: a URL on the mock's own origin that is no page of its own.
export const appUrl = `${mock.url}/_mock/health?app=mine`;
