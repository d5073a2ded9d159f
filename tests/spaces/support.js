// A space of one running program, as a test of somebody's back end would use it.

import { start } from "../support/program.js";
import { call, keys } from "../support/vault.js";

export const mock = await start(["--log-level", "off"]);

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
        headers: keys(consumer, headers),
      }),
    get: (path) => admin(path, "GET"),
    post: (path, body) => admin(path, "POST", body),
    put: (path, body) => admin(path, "PUT", body),
    delete: (path) => admin(path, "DELETE"),
  };
}
