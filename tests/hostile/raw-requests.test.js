// The table of raw-requests.json, played on each transport, in one piece and in small ones: the outcome is the same.
//
// A case: `send` is the bytes (of Latin-1; a list of pieces may say "repeat" and "times"), `answers` the final statuses
// in their order, `closes` whether the server ends the connection then (else it must answer one more request on it),
// `saw` what reached the mock ("METHOD path?query body", from the journal; without it: nothing did), `host` the Host
// that it saw, `says` a text in the answer, `finishes` that the client closes its side behind the bytes. `source` is
// where the wanted outcome comes from.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { until } from "../support/program.js";
import { connect, dial, statuses } from "../support/socket.js";
import { startTls } from "../support/tls.js";
import { othersAreServed } from "./support.js";

const cases = JSON.parse(readFileSync(new URL("raw-requests.json", import.meta.url), "utf8"));

// How a client reaches the mock. → a socket with `received` (Latin-1) and `ended`
const transports = {
  "plain HTTP": (mock) => connect(mock.http),
  HTTPS: (mock) => dial(mock, { allowHalfOpen: true }),
};

const ways = {
  "in one piece": (bytes) => [bytes],
  // Byte by byte; of what only repeats itself, larger pieces will do.
  "in small pieces": (bytes) => {
    const pieces = Array.from(bytes.subarray(0, 2000), (_, i) => bytes.subarray(i, i + 1));
    for (let at = 2000; at < bytes.length; at += 997) pieces.push(bytes.subarray(at, at + 997));
    return pieces;
  },
};

const oneMore = "OPTIONS /one-more HTTP/1.1\r\nhost: a\r\n\r\n"; // is answered with 204
const bytesOf = (send) =>
  Buffer.from([send].flat().map((part) => (typeof part === "string" ? part : part.repeat.repeat(part.times))).join(""), "latin1");
const finals = (received) => statuses(received).filter((status) => status >= 200);

const say = (socket, bytes) => new Promise((sent) => socket.write(bytes, sent));

// → what happened, in the terms of the table
async function play(mock, open, cut, wanted) {
  const socket = await open(mock);
  socket.on("error", () => {}); // the server may have hung up
  socket.setNoDelay?.(true);
  for (const piece of cut(bytesOf(wanted.send))) await say(socket, piece);
  if (wanted.finishes) socket.end();
  else if (!wanted.closes) await say(socket, oneMore);

  let ended = false;
  socket.ended.then(() => (ended = true));
  const expected = wanted.answers.length + (wanted.closes ? 0 : 1);
  const isDone = () => ended || (!wanted.closes && finals(socket.received).length >= expected);
  await until(() => isDone() || undefined, `the outcome of "${wanted.name}"`, mock);
  const { received } = socket;
  const closes = ended;
  socket.destroy();

  const answers = finals(received);
  const oneMoreAnswered = closes || answers.pop() === 204;
  const { requests } = await (await fetch(`${mock.http}/_mock/requests`)).json();
  await fetch(`${mock.http}/_mock/requests`, { method: "DELETE" });
  const saw = requests
    .map(({ request }) => request)
    .filter(({ path }) => path !== "/one-more")
    .sort((a, b) => wanted.saw?.findIndex((line) => line.includes(a.path)) - wanted.saw?.findIndex((line) => line.includes(b.path)))
    .map(({ method, path, query, body, headers }) => ({
      line: `${method} ${path}${query ? `?${query}` : ""}${body ? ` ${body}` : ""}`,
      host: headers.host,
    }));
  return {
    answers,
    closes,
    ...(oneMoreAnswered ? {} : { received }),
    saw: saw.map(({ line }) => line),
    ...(wanted.host === undefined ? {} : { host: saw.at(-1)?.host }),
    ...(wanted.says === undefined ? {} : { says: received.includes(wanted.says) ? wanted.says : received }),
  };
}

const expectedOf = ({ answers, closes = false, saw = [], host, says }) => ({
  answers, closes, saw, ...(host === undefined ? {} : { host }), ...(says === undefined ? {} : { says }),
});

test("the table has many cases, each of its own name and with its source", () => {
  assert.ok(cases.length >= 150);
  assert.equal(new Set(cases.map(({ name }) => name)).size, cases.length);
  for (const { name, source } of cases) assert.match(source, /^(RFC \d+ |WHATWG )/, name);
});

for (const [transport, open] of Object.entries(transports))
  describe(`over ${transport}`, () => {
    let mock;
    before(async () => {
      mock = await startTls(["--log-level", "off"]);
    });
    after(async () => {
      await othersAreServed(mock.http, 3);
      assert.equal((await mock.kill("SIGTERM")).code, 0);
    });
    for (const [way, cut] of Object.entries(ways))
      test(`${way}, each of the raw requests has its outcome`, async () => {
        const faults = [];
        for (const wanted of cases) {
          const outcome = await play(mock, open, cut, wanted);
          try {
            assert.deepEqual(outcome, expectedOf(wanted));
          } catch {
            faults.push(JSON.stringify({ name: wanted.name, wanted: expectedOf(wanted), outcome }));
          }
        }
        assert.equal(faults.join("\n"), "");
      });
  });
