// What a test does with the program that serves a rule file.

import assert from "node:assert/strict";
import { until } from "../support/program.js";
import { bodyOf, connect, endOf, lengthOf, request } from "../support/socket.js";
import { call, keys } from "../support/vault.js";

export function caller(url) {
  const headersOf = ({ consumer = "acme", app = "app-1", key = "k", headers }) => keys(consumer, { app, key: `Bearer ${key}`, ...headers });
  async function ask(options = {}) {
    const { body, query = "" } = options;
    const { json, ...answer } = await call(`${url}/vault/sessions${query}`, { method: "POST", headers: headersOf(options), body });
    return { ...answer, body: json };
  }
  // One call on a socket of its own, which is answered or not.
  async function raw(options = {}) {
    const socket = await connect(url);
    socket.chunks = 0;
    socket.on("data", () => (socket.chunks += 1));
    socket.write(request("", "", "/vault/sessions", headersOf(options)));
    return socket;
  }
  const journal = async (id) => (await fetch(`${url}/_mock/requests${id ? `/${id}` : ""}`)).json();
  return { url, ask, raw, journal };
}

export const statuses = async (ask, ...calls) => {
  const seen = [];
  for (const call of calls) seen.push((await ask(call)).status);
  return seen;
};
export const isRefused = ({ status, body }, wanted, detail) => {
  assert.deepEqual([status, body.status_code], [wanted, wanted]);
  assert.deepEqual(body.detail, detail);
  assert.equal(body.ref, `https://developers.apideck.com/errors#${body.type_name.toLowerCase()}`);
};
// What a socket has heard when the program has ended it, and how that was; or when its answer is whole.
export const end = async (socket) => ({ ended: await endOf(socket), bytes: socket.received });
export async function whole(socket) {
  const isWhole = () => socket.received.includes("\r\n\r\n") && bodyOf(socket.received).length === lengthOf(socket.received);
  await until(() => isWhole() || undefined, "a whole answer");
  socket.destroy();
  return { bytes: socket.received, chunks: socket.chunks };
}
