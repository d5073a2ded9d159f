// The program with --tls, its authority in a folder of the test's own, and clients that trust it.

import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { request } from "node:https";
import { connect as connectPlain } from "node:net";
import { join } from "node:path";
import { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "node:tls";
import { start, temporaryFolder } from "../support/program.js";

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
    const call = request(`${mock.https}${path}`, { method, headers, ca: mock.ca, ...options }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (piece) => (text += piece));
      answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, text, socket: answer.socket }));
      answer.on("error", reject);
    });
    call.on("error", reject).end(body);
  });
}

export const keys = (consumer = "test-consumer") => ({
  authorization: "Bearer k", "x-apideck-app-id": "app", "x-apideck-consumer-id": consumer,
});

export const session = (mock, consumer, options) =>
  ask(mock, "/vault/sessions", { method: "POST", headers: keys(consumer), ...options });

// Adds a rule at run time: consumers of that id are answered so.
export async function rule(mock, consumer, respond) {
  const { status, text } = await ask(mock, "/_mock/rules", {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ when: { consumer_id: consumer }, respond }),
  });
  if (status >= 300) throw new Error(text);
}

// A TLS connection that says exactly the bytes it is told to. → a socket with `received` and `ended`
// ("end" | "close" | "ECONNRESET" …).
export function dial(mock, options = {}) {
  const socket = connect({ host: "127.0.0.1", port: mock.port, ca: mock.ca, ...options });
  return listenTo(socket, "secureConnect");
}

export function listenTo(socket, event) {
  socket.received = "";
  socket.setEncoding("latin1").on("data", (piece) => (socket.received += piece));
  socket.ended = inTime(new Promise((resolve) => {
    socket.once("end", () => resolve("end"));
    socket.once("error", (error) => resolve(error.code));
    socket.once("close", () => resolve("close"));
  }));
  return inTime(new Promise((resolve, reject) => socket.once(event, () => resolve(socket)).once("error", reject)));
}

// A test that waits in vain is to fail, not to hang.
const inTime = (promise) => Promise.race([promise, sleep(20_000, "nothing in 20 seconds", { ref: false })]);

// A connection without TLS, to its HTTPS port.
export const dialPlain = async (mock) =>
  Object.assign(await listenTo(connectPlain({ host: "127.0.0.1", port: mock.port }), "connect"), { mock });

// TLS on a plain socket that the test keeps to itself, to do with it what no TLS client would.
export async function overTls(socket) {
  const { ca } = socket.mock;
  const wire = new Duplex({ read() {}, write: (bytes, _, done) => socket.write(bytes, done), final: (done) => done() });
  socket.setEncoding("latin1").on("data", (bytes) => wire.push(Buffer.from(bytes, "latin1")));
  socket.on("close", () => wire.push(null));
  const secure = Object.assign(connect({ socket: wire, servername: "localhost", ca }), { heard: "" });
  secure.on("data", (bytes) => (secure.heard += bytes)).on("error", () => {});
  await once(secure, "secureConnect");
  return secure;
}
