// The program with --tls, its authority in a folder of the test's own, and requests that trust it.

import { existsSync, readFileSync } from "node:fs";
import https from "node:https";
import { join } from "node:path";
import { start, temporaryFolder } from "./program.js";
import { keys } from "./vault.js";

export const authorityOf = (state) => {
  const file = join(state, "vault-mock/ca.pem");
  return { file, keyFile: join(state, "vault-mock/ca-key.pem"), pem: existsSync(file) ? readFileSync(file, "utf8") : undefined };
};

// → the process of start(), with `http` and `https` (URLs), `port` (of HTTPS), `state` and `ca` (PEM).
export async function startTls(args = [], { state = temporaryFolder(), env = {}, ...options } = {}) {
  const mock = await start(["--tls", "--tls-port", "0", ...args], { env: { XDG_STATE_HOME: state, ...env }, ...options });
  const [http, https] = mock.url.split("\n");
  return Object.assign(mock, { http, https, port: Number(new URL(https).port), state, ca: authorityOf(state).pem });
}

// One request over HTTPS. → { status, headers, text, socket }; rejects as the client sees it.
export function ask(mock, path, { method = "GET", headers = {}, body, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const call = https.request(`${mock.https}${path}`, { method, headers, ca: mock.ca, ...options }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (piece) => (text += piece));
      answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, text, socket: answer.socket }));
      answer.on("error", reject);
    });
    call.on("error", reject).end(body);
  });
}

export const session = (mock, consumer, options) =>
  ask(mock, "/vault/sessions", { method: "POST", headers: keys(consumer), ...options });

// Adds a rule at run time: consumers of that id are answered so.
export async function rule(mock, consumer, respond) {
  const { status, text } = await ask(mock, "/_mock/rules", {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ when: { consumer_id: consumer }, respond }),
  });
  if (status >= 300) throw new Error(text);
}
