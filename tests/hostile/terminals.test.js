// Texts of clients and files that would move a cursor, colour a screen, turn the direction of writing or forge a line of
// the log: they are shown, escaped, and do nothing. In the log of every format and level, in a pipe and on a terminal, and
// in what check, explain and doctor print.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { run, start, temporaryFolder } from "../support/program.js";
import { answers, connect, head } from "../support/socket.js";
import { lookAround } from "./files.js";

// Each with what a log in text shows of it.
const evil = {
  "C1 (CSI)": "\u009b31mred",
  "right to left": "\u202egnp.exe",
  "an isolate": "a\u2066b\u2069",
  "a line separator": "a\u2028b",
  "a mark": "\u200f\u061c\ufeff",
};
// A client's own bytes; those above hold no byte that HTTP refuses in a header.
const bytesOf = (text) => Buffer.from(text, "utf8").toString("latin1");
const request = (body = "{}") => head(`content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`) + body;
const forged = "5\n12:00:00.000 info  POST /vault/sessions 200 1us consumer=forged\u001b[31m";

// What no terminal may get. `\n` separates our own lines.
function assertHarmless(output) {
  const acts = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u;
  const found = acts.exec(output);
  assert.equal(found, null, found && `U+${found[0].codePointAt(0).toString(16)} in ${JSON.stringify(output.slice(Math.max(0, found.index - 80), found.index + 20))}`);
}

// Sends raw requests, one connection each. → the statuses
async function send(mock, requests) {
  const statuses = [];
  for (const text of requests) {
    const socket = await connect(mock.url);
    socket.write(text, "latin1");
    statuses.push(...(await answers(socket, 1, mock)));
    socket.destroy();
  }
  return statuses;
}

const everywhere = (text) => [
  head(`content-length: 0\r\n\r\n`).replace("acme", `x${bytesOf(text)}`),
  head(`prefer: code=${bytesOf(text)}, wait=${bytesOf(text)}\r\nuser-agent: ${bytesOf(text)}\r\ncontent-length: 0\r\n\r\n`),
  head(`content-length: 0\r\n\r\n`, `/vault/sessions?a=${bytesOf(text)}`),
  head(`content-length: 0\r\n\r\n`, `/vault/${bytesOf(text)}`),
  head(`content-length: 0\r\n\r\n`, `/vault/${encodeURIComponent(text)}`),
  head(`content-length: 0\r\nx-mock-space: ${bytesOf(text)}\r\n\r\n`),
  head(`content-length: 0\r\n\r\n`, `/@${encodeURIComponent(text)}/vault/sessions`),
  head(`content-length: 0\r\n\r\n`).replace("Bearer k", bytesOf(text)),
  head(`content-length: 0\r\n\r\n`).replace(": app", `: ${bytesOf(text)}`),
  request(bytesOf(JSON.stringify({ settings: { session_length: text }, theme: { [text]: text } }))),
  request(bytesOf(JSON.stringify({ [text]: text, redirect_uri: text }))),
  request(bytesOf(`{"a":${text}}`)),
];

for (const format of ["text", "json"])
  for (const level of ["info", "debug"])
    describe(`the log as ${format} at level ${level}`, () => {
      for (const [what, text] of Object.entries(evil))
        test(`shows ${what} of a client`, async () => {
          const mock = await start(["--log-format", format, "--log-level", level]);
          const statuses = await send(mock, everywhere(text));
          assert.ok(statuses.includes(200), `${statuses}`);
          await lookAround(mock);
          const { stdout, stderr, code } = await mock.kill("SIGTERM");
          assert.deepEqual([code, stderr], [0, ""]);
          assertHarmless(stdout);
          assert.match(stdout, /\\u\{?(9b|009b|202e|2066|2028|200f)/, "and it is there, escaped");
        });

      test("has no bytes that are not UTF-8", async () => {
        const file = join(temporaryFolder(), "log");
        const mock = await start(["--log-format", format, "--log-level", level], {
          wrap: (words) => ["sh", "-c", `echo started; exec "$@" >"${file}"`, "sh", ...words] });
        await send(mock, [head("content-length: 0\r\n\r\n").replace("acme", "\x9b31m\xff"), request('{"a":"\x9b\xff"}'),
          head("content-length: 0\r\n\r\n", "/vault/\x9b31m"), head("prefer: code=\x9b31m\r\ncontent-length: 0\r\n\r\n")]);
        assert.equal((await mock.kill("SIGTERM")).code, 0);
        assertHarmless(new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file)));
      });

      test("has one line for a value that brings lines of its own", async () => {
        const mock = await start(["--log-format", format, "--log-level", level]);
        const before = mock.stdout.length;
        const [status] = await send(mock, [request(JSON.stringify({ settings: { session_length: forged } }))]);
        assert.equal(status, 200);
        const { stdout } = await mock.kill("SIGTERM");
        assertHarmless(stdout);
        const lines = stdout.slice(before).split("\n");
        assert.deepEqual(lines.filter((line) => line.startsWith("12:00:00.000")), []);
        if (format === "json") for (const line of lines.filter(Boolean)) JSON.parse(line);
        assert.match(stdout, /\\n12:00:00\.000 info/);
        if (level === "info") assert.equal(lines.filter(Boolean).length, 2, "the request, and its advice");
      });
    });

test("on a terminal the only escapes are the colours of levels and the banner", async () => {
  const transcript = join(temporaryFolder(), "typescript");
  const mock = await start([], { wrap: (words) => ["script", "-qefc", words.join(" "), transcript] });
  await send(mock, [...everywhere(evil["C1 (CSI)"]), request(JSON.stringify({ settings: { session_length: forged } }))]);
  const shown = readFileSync(transcript, "utf8").replaceAll("\r\n", "\n").replaceAll(/\x1b\[[0-9;]*m/g, "");
  assert.match(shown, /consumer=forged\\u\{1b\}\[31m/);
  assertHarmless(shown.replaceAll("\r", ""));
});

describe("names and texts of files", () => {
  const folder = join(temporaryFolder(), "rules \u202e\u009b31m\n12:00:00.000 info");
  mkdirSync(folder);
  const name = "\u202erule\u009b31m";
  const file = join(folder, "a\u001b[31m\n12:00:00.000 info.json");
  const good = JSON.stringify({ rules: [{ name, respond: { error: 402 } }] });

  test("in the log: of a rule, at a start and at a reload", async () => {
    writeFileSync(file, good);
    writeFileSync(join(folder, "b\u202e\n12:00:00.yaml"), "");
    for (const format of ["text", "json"]) {
      const mock = await start([folder, "--log-format", format]);
      assert.deepEqual(await send(mock, [request()]), [402]);
      process.kill(mock.pid, "SIGHUP");
      while (!mock.stdout.includes("rules reloaded")) await new Promise((resolve) => mock.child.stdout.once("data", resolve));
      const { stdout, stderr } = await mock.kill("SIGTERM");
      assertHarmless(stdout + stderr);
      assert.doesNotMatch(stdout, /^12:00:00/m);
    }
  });

  const mistakes = {
    "check": ["check", folder], "the start": ["--port", "0", folder], "explain": ["explain", folder], "doctor": ["doctor", "--port", "0", folder],
  };
  for (const [what, args] of Object.entries(mistakes))
    test(`in what ${what} says`, async () => {
      for (const text of [good, `{"rules": [{"${name}": 5, "when": \u009b`, "\u202e\u001b[31m{"]) {
        writeFileSync(file, text);
        const { stdout, stderr, signal } = await (what === "the start" && text === good ? { stdout: "", stderr: "", signal: null } : run(args));
        assert.equal(signal, null);
        assertHarmless(stdout + stderr);
        assert.doesNotMatch(stdout + stderr, /^12:00:00/m);
      }
    });

  test("in the command line's own words", async () => {
    const words = "\u001b[31m\n12:00:00\u009b\u202e";
    for (const args of [[`--${words}`], ["--port", words], ["--now", words], ["--log-level", words], [words], ["help", words],
      ["--ready-file", `/no/such/${words}/ready`, "--port", "0"], ["--tls-cert", words, "--tls-key", words, "--port", "0"],
      ["explain", "--request", words], ["explain", "--header", words], ["explain", "--path", `/${words}`, "--consumer-id", words],
      ["explain", "--consumer-id", words, "--json"], ["health", "--host", words], ["doctor", "--host", words], ["completion", words]]) {
      const { stdout, stderr } = await run(args);
      assertHarmless(stdout + stderr);
      assert.doesNotMatch(stdout + stderr, /^12:00:00/m, args.join(" "));
    }
  });
});
