// Clients that say exactly the bytes they are told to, with and without TLS.

import { once } from "node:events";
import net from "node:net";
import { Duplex } from "node:stream";
import tls from "node:tls";
import { inTime, until } from "./launch.js";
import { keys } from "./vault.js";

const lines = (headers) => Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join("");

// The head of a request that creates a session; `more` are further lines.
export const head = (more = "", path = "/vault/sessions", headers = keys()) =>
  `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${lines(headers)}${more}`;
export const request = (body = "{}", more = "", path = undefined, headers = undefined) =>
  head(`content-type: application/json\r\n${more}content-length: ${Buffer.byteLength(body)}\r\n\r\n`, path, headers) + body;

// Notes what a socket hears. `received` grows; `ended` resolves with "end", "closed" without one, or the code of the error.
export function noted(socket) {
  socket.received = "";
  socket.setEncoding("latin1").on("data", (text) => (socket.received += text));
  socket.ended = new Promise((resolve) => {
    socket.on("error", (error) => resolve(error.code));
    socket.on("end", () => resolve("end"));
    socket.on("close", () => resolve("closed"));
  });
  return socket;
}

// A socket that is connected (secure, if `event` says so), or the error for which it is not.
async function connected(socket, event) {
  noted(socket);
  const failure = await inTime(new Promise((resolve) => socket.once(event, () => resolve()).once("error", resolve)), event);
  if (failure) throw failure;
  return socket;
}

// A connection to the address of a URL, which stays open for writing when the program has ended its side.
export function connect(url, { from } = {}) {
  const { hostname, port } = new URL(url);
  return connected(net.connect({ host: hostname, port: Number(port), localAddress: from, allowHalfOpen: true }), "connect");
}

// A connection without TLS, to the HTTPS port.
export async function dialPlain(mock) {
  const socket = await connected(net.connect({ host: "127.0.0.1", port: mock.port }), "connect");
  return Object.assign(socket, { mock });
}

// A TLS connection to a mock of startTls().
export const dial = (mock, options = {}) =>
  connected(tls.connect({ host: "127.0.0.1", port: mock.port, ca: mock.ca, ...options }), "secureConnect");

// TLS on a plain socket that the test keeps to itself, to do with it what no TLS client would.
export async function overTls(socket) {
  const { ca } = socket.mock;
  const wire = new Duplex({ read() {}, write: (bytes, _, done) => socket.write(bytes, done), final: (done) => done() });
  socket.setEncoding("latin1").on("data", (bytes) => wire.push(Buffer.from(bytes, "latin1")));
  socket.on("close", () => wire.push(null));
  const secure = Object.assign(tls.connect({ socket: wire, servername: "localhost", ca }), { heard: "" });
  secure.on("data", (bytes) => (secure.heard += bytes)).on("error", () => {});
  await once(secure, "secureConnect");
  return secure;
}

// How a connection ended, by the program.
export const endOf = (socket) => inTime(socket.ended, "the end of a connection");

export const vanish = (socket) => socket.resetAndDestroy();

export const statuses = (received) => [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));

// Waits for `count` answers on a connection. → their statuses
export async function answers(socket, count, mock) {
  await until(() => (statuses(socket.received).length >= count ? true : undefined), `${count} answers`, mock);
  return statuses(socket.received);
}

export const bodyOf = (received) => received.slice(received.indexOf("\r\n\r\n") + 4);
export const lengthOf = (received) => Number(/content-length: (\d+)/i.exec(received)?.[1]);
