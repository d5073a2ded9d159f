// The real program, and sessions in it. Each test takes a space of its own.

import assert from "node:assert/strict";
import { startTls } from "../../support/tls.js";
import { askForSession, call as callUrl, keys } from "../../support/vault.js";

// `url` is that of HTTP, `port` that of HTTPS.
export const mock = await startTls();
mock.url = mock.http;

let spaces = 0;
export const newSpace = () => `${mock.url}/@web-${process.pid}-${++spaces}`;

const app = "app-1";

// → { uri, token, space, consumer }
export async function newSession(body = {}, { space = newSpace(), consumer = "user:1@web" } = {}) {
  const answer = await askForSession(space, { consumer, app, body });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  const { data } = answer.body;
  return { uri: data.session_uri, token: data.session_token, space, consumer };
}

// A call of the API with the key, for the session's consumer. → { status, body }
export async function call({ space, consumer }, method, path, body, headers = {}) {
  const type = body ? { "content-type": "application/json" } : {};
  const answer = await callUrl(`${space}/vault/${path}`, { method, headers: keys(consumer, { app, ...type, ...headers }), body });
  return { status: answer.status, headers: answer.headers, body: answer.json };
}

// A call of the mock's own API in the session's space.
export const admin = ({ space }, method, path, body) =>
  fetch(`${space}/_mock/${path}`, { method, headers: { "content-type": "application/json" }, body: body && JSON.stringify(body) });

// A rule for the session's space; `query` as "?times=1".
export async function rule(session, when, respond, query = "") {
  const answer = await admin(session, "POST", `rules${query}`, { when, respond });
  assert.equal(answer.status, 201, await answer.text());
}

export async function revoke(session) {
  const answer = await admin(session, "DELETE", `sessions/${session.token}`);
  assert.ok(answer.ok, await answer.text());
}

// The clock of the session's space: { advance: "2h" }, { freeze: "2027-01-01T00:00:00Z" }.
export async function setClock(session, change) {
  const answer = await admin(session, "PUT", "clock", change);
  assert.equal(answer.status, 200, await answer.text());
}

// How authorizing goes in the session's space.
export async function setOAuth(session, settings) {
  const answer = await admin(session, "PUT", "oauth", settings);
  assert.equal(answer.status, 200, await answer.text());
}

export const stateOf = async (session, id) => (await call(session, "GET", `connections/${id}`)).body.data.state;

// Something for the browser to return to: a URL on the mock's own origin that is not a page of its own.
export const appUrl = `${mock.url}/_mock/health?app=mine`;
