// Clients that send slowly, stop in the middle, or send what is no HTTP: by the hundred, and nobody else notices.

import assert from "node:assert/strict";
import { test } from "node:test";
import { onlyEpoll, start, vitals } from "../support/program.js";
import { answers, connect, head, request, vanish, endOf } from "../support/socket.js";
import { calmAgain, each, othersAreServed } from "./support.js";

const mock = await start(["--log-level", "off", "--journal-size", "100", "--space-memory", "4MB"]);
await othersAreServed(mock.url);
const before = vitals(mock);

test("hundreds of slow senders of heads and bodies hold up nobody", onlyEpoll("hundreds of slow clients"), async () => {
  const slow = [];
  await each(600, 50, async (i) => {
    const socket = await connect(mock.url);
    socket.write(i % 2 ? "POST /vault/sess" : head("content-length: 500000\r\n\r\n{"));
    slow.push(socket);
  });
  const trickle = setInterval(() => slow.forEach((socket) => socket.write(" ")), 50);
  await othersAreServed(mock.url);
  assert.ok(vitals(mock).threads <= before.threads + 2, "slow clients take no threads");
  clearInterval(trickle);
  slow.forEach(vanish);
  await calmAgain(mock, before);
});

test("large bodies, all but their last byte, cost memory only as long as they last", async () => {
  const body = "x".repeat(999_999);
  const stuck = [];
  await each(100, 10, async () => {
    const socket = await connect(mock.url);
    await new Promise((sent) => socket.write(head("content-length: 1000000\r\n\r\n") + body, sent));
    stuck.push(socket);
  });
  await othersAreServed(mock.url);
  stuck.forEach(vanish);
  await calmAgain(mock, before);
});

test("clients that vanish, or close one side, at any moment leave nothing behind", async () => {
  const whole = request('{"redirect_uri":"https://a.example"}');
  await each(whole.length, 20, async (cut) => {
    const gone = await connect(mock.url);
    await new Promise((sent) => gone.write(whole.slice(0, cut + 1), sent));
    vanish(gone);
    const half = await connect(mock.url);
    half.end(whole.slice(0, cut + 1));
    if (cut === whole.length - 1) assert.deepEqual(await answers(half, 1, mock), [200], "it may still read");
    else await endOf(half);
    half.destroy();
  });
  await othersAreServed(mock.url, 5);
  await calmAgain(mock, before);
});

test("a thousand requests in one go are answered in their order", async () => {
  const socket = await connect(mock.url);
  const codes = Array.from({ length: 1000 }, (_, i) => [402, 404, 422, 503][i % 4]);
  socket.write(codes.map((code) => request("{}", `prefer: code=${code}\r\n`)).join(""));
  assert.deepEqual(await answers(socket, 1000, mock), codes);
  socket.destroy();
  await calmAgain(mock, before);
});

const chunked = (text) => head("transfer-encoding: chunked\r\n\r\n") + text;
const refused = {
  "a huge header": [head(`x-huge: ${"h".repeat(100_000)}\r\n\r\n`), 431],
  "too many headers": [head(`${"x-many: 1\r\n".repeat(1000)}\r\n`), 431],
  "an endless target": [`GET /${"t".repeat(100_000)} HTTP/1.1\r\n\r\n`, 414],
  "a chunk without a size": [chunked("zz\r\n"), 400],
  "a chunk longer than it says": [chunked("2\r\nabc\r\n0\r\n\r\n"), 400],
  "a chunk of more bytes than there are": [chunked("FFFFFFFFFFFFFFFF\r\n"), 413],
  "two lengths": [head("content-length: 2\r\ncontent-length: 3\r\n\r\n{}"), 400],
  "a length and chunks": [head("content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n"), 400],
  "a negative length": [head("content-length: -1\r\n\r\n"), 400],
  "a body beyond the limit": [head("content-length: 99999999\r\n\r\n{}"), 413],
  "bytes that are no HTTP": ["\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400],
  "JSON a million levels deep": [request("[".repeat(1_000_000)), 400],
  "an object as deep": [request('{"a":'.repeat(200_000)), 400],
  "a number without an end": [request("9".repeat(1_000_000)), 400],
  "a rule as deep": [request("[".repeat(1_000_000), "", "/_mock/rules"), 400],
};

for (const [what, [bytes, status]] of Object.entries(refused))
  test(`${what} is a ${status}`, async () => {
    const repeats = bytes.length > 500_000 ? 10 : 50;
    await each(repeats, 10, async () => {
      const socket = await connect(mock.url);
      socket.write(bytes, "latin1", () => {});
      assert.deepEqual(await answers(socket, 1, mock), [status]);
      vanish(socket);
    });
    await othersAreServed(mock.url, 3);
    await calmAgain(mock, before);
  });
