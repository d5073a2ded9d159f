// What hostile clients need: sockets that say exactly what they are told, and a look at the program from outside.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { askForSession, until } from "../support/program.js";

// The head of a request that creates a session; `more` are further lines.
export const head = (more = "", path = "/vault/sessions") =>
  `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer k\r\nx-apideck-app-id: app\r\nx-apideck-consumer-id: acme\r\n${more}`;
export const request = (body = "{}", more = "", path) =>
  head(`content-type: application/json\r\n${more}content-length: ${Buffer.byteLength(body)}\r\n\r\n`, path) + body;

// A connection. `received` grows; `ended` resolves with "closed" or the code of the error.
export async function connect(url, { from } = {}) {
  const { hostname, port } = new URL(url);
  const socket = net.connect({ host: hostname, port: Number(port), localAddress: from, allowHalfOpen: true });
  socket.received = "";
  socket.setEncoding("latin1").on("data", (text) => (socket.received += text));
  socket.ended = new Promise((resolve) => {
    socket.on("error", (error) => resolve(error.code));
    socket.on("end", () => resolve("closed"));
    socket.on("close", () => resolve("closed"));
  });
  const failure = await new Promise((resolve) => socket.once("connect", resolve).once("error", resolve));
  if (failure) throw failure;
  return socket;
}

export const vanish = (socket) => socket.resetAndDestroy();

export function statuses(received) {
  return [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
}

// Waits for so many answers on a connection. → their statuses
export async function answers(socket, count, mock) {
  await until(() => (statuses(socket.received).length >= count ? true : undefined), `${count} answers`, mock);
  return statuses(socket.received);
}

// Others are served while something goes on: each of `times` new clients gets its session, and half of them within a
// second (one alone may be unlucky on a busy machine).
export async function othersAreServed(url, times = 21) {
  const took = [];
  for (let i = 0; i < times; i++) {
    const begin = performance.now();
    const { status } = await askForSession(url);
    assert.equal(status, 200);
    took.push(performance.now() - begin);
  }
  took.sort((a, b) => a - b);
  const median = took[times >> 1];
  assert.ok(median < 1000, `half of the others waited for ${median} ms or longer`);
}

// After an attack whatever keeps something of it can still be looked at: journal, spaces, sessions, rules.
export async function looksFine(url, prefix = "") {
  for (const path of ["/_mock/requests?limit=20", "/_mock/sessions", "/_mock/rules", "/_mock/clock", "/_mock/spaces", "/_mock/health"]) {
    const answer = await fetch(url + prefix + path);
    const text = await answer.text();
    assert.equal(answer.status, 200, `${path}: ${text.slice(0, 300)}`);
    JSON.parse(text);
  }
  const { requests } = await (await fetch(`${url}${prefix}/_mock/requests?limit=1`)).json();
  if (requests.length > 0) assert.equal((await fetch(`${url}${prefix}/_mock/requests/${requests[0].id}`)).status, 200);
}

// The program from outside (Linux): descriptors, threads, resident memory in MB.
export function vitals({ pid }) {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const number = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)[1]);
  return { descriptors: readdirSync(`/proc/${pid}/fd`).length, threads: number("Threads"), megabytes: number("VmRSS") / 1024 };
}

// What a program built with a sanitizer holds on to is its own business.
export const isSanitized = /\/(asan|tsan)\//.test(process.env.VAULT_MOCK ?? "");

// After the storm: descriptors are those of before, threads too but for a few, and memory has come back.
export async function calmAgain(mock, before, { spareMegabytes = 16 } = {}) {
  let now;
  const isCalm = () => {
    now = vitals(mock);
    return now.descriptors <= before.descriptors && now.threads <= before.threads + 2 ? true : undefined;
  };
  await until(isCalm, "calm", mock).catch((error) => assert.fail(`${error.message}: ${JSON.stringify({ before, now })}`));
  if (isSanitized) return;
  const limit = before.megabytes + spareMegabytes;
  for (let i = 0; i < 100 && vitals(mock).megabytes > limit; i++) await sleep(50);
  assert.ok(vitals(mock).megabytes <= limit, `memory stays at ${vitals(mock).megabytes} MB, from ${before.megabytes}`);
}

// Runs `action` for each number below `count`, `atOnce` of them at a time.
export async function each(count, atOnce, action) {
  let next = 0;
  const worker = async () => {
    while (next < count) await action(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
