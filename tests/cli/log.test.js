// Every request is one log line; bodies stay out above debug level, and keys are masked at every level.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { start, temporaryFolder, until } from "../support/program.js";
import { askForSession, call, keys } from "../support/vault.js";

const key = "sk_test_0123456789abcdef";
const body = { redirect_uri: "https://app.test/a-body-to-find" };

// What the program printed about the calls, after it has ended.
async function logOf(args, calls) {
  const mock = await start(args);
  const before = mock.stdout.length;
  const answers = await calls(mock.url);
  const { stdout, stderr } = await mock.kill("SIGTERM");
  assert.equal(stderr, "");
  return { lines: stdout.slice(before).split("\n").filter(Boolean), answers };
}

const oneCall = (extra) => (url) => askForSession(url, { headers: { authorization: `Bearer ${key}` }, ...extra });

describe("as text", () => {
  test("a line has method, path, status, microseconds, consumer, what decided, and the request id", async () => {
    const { lines, answers } = await logOf([], oneCall({ consumer: "acme" }));
    assert.equal(lines.length, 1, lines.join("\n"));
    for (const part of [/\bPOST\b/, /\/vault\/sessions\b/, /\b200\b/, /\b[0-9]+ ?(us|µs)\b/, /\bacme\b/]) assert.match(lines[0], part);
    assert.ok(lines[0].includes(answers.headers.get("x-apideck-request-id")), lines[0]);
  });

  test("a rule that decided is named", async () => {
    const { lines } = await logOf([], oneCall({ consumer: "error-402" }));
    assert.match(lines[0], /\b402\b.*402/);
  });

  test("a check that decided is named", async () => {
    const { lines } = await logOf([], oneCall({ body: { redirect_uri: 5 } }));
    assert.match(lines[0], /\b400\b/);
    assert.match(lines[0], /contract|validation|body/);
  });

  test("a line says what the contract's checks found, and no value of the body", async () => {
    const { lines } = await logOf([], oneCall({ body: { redirectUri: "secret", settings: { unified_apis: ["cmr"] } } }));
    assert.match(lines[0], / why=".*Did you mean property 'redirect_uri'\?.*\/settings\/unified_apis\/0/);
    assert.doesNotMatch(lines[0], /secret|cmr/);
    const many = await logOf([], oneCall({ body: Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`né"${i}`, i])) }));
    assert.equal(many.lines.length, 1);
    assert.ok(many.lines[0].length < 1000, many.lines[0]);
  });

  test("advice is a line of its own, with the field", async () => {
    const { lines } = await logOf([], oneCall({ body: { redirect_uri: "not a url" } }));
    assert.ok(lines.some((line) => line.includes("redirect_uri")), lines.join("\n"));
  });

  test("one request is one line even when it tries to be two", async () => {
    const { lines } = await logOf([], async (url) => {
      await fetch(`${url}/nowhere%0A12:00:00%20forged`);
      await askForSession(url, { consumer: "a  b\tc" });
    });
    assert.equal(lines.length, 2, lines.join("\n"));
  });
});

describe("as JSON", () => {
  test("every line of it is an object with the same facts", async () => {
    const { lines, answers } = await logOf(["--log-format", "json"], oneCall({ consumer: 'quo"te' }));
    assert.equal(lines.length, 1, lines.join("\n"));
    const entry = JSON.parse(lines[0]);
    const facts = { ...entry, ...entry.entry };
    assert.deepEqual([facts.method, facts.path, facts.status], ["POST", "/vault/sessions", 200]);
    const values = Object.values(facts);
    for (const value of ['quo"te', answers.headers.get("x-apideck-request-id")]) assert.ok(values.includes(value), lines[0]);
    assert.ok(values.some((value) => Number.isInteger(value) && value !== 200), "microseconds");
    assert.ok(!Number.isNaN(Date.parse(facts.time)), facts.time);
  });

  test("nothing but objects is written from the first line on", async () => {
    const mock = await start(["--log-format", "json"]);
    await oneCall()(mock.url);
    const { stdout } = await mock.kill("SIGTERM");
    for (const line of stdout.split("\n").filter(Boolean)) {
      const { entry } = JSON.parse(line);
      assert.ok(entry.path || entry.event, `a request or an event: ${line}`);
    }
  });
});

describe("a request that led nowhere", () => {
  const calls = async (url) => {
    await call(`${url}/vault/session`, { method: "POST", headers: keys() });
    await call(`${url}/vault/sessions`, { headers: keys() });
    await askForSession(url, { headers: { authorization: "" } });
    await askForSession(url, { headers: { prefer: "wait=1" } });
  };

  test("says why, gives a hint, and names the delay, as text", async () => {
    const { lines } = await logOf([], calls);
    assert.match(lines[0], / 404 .* why="Could not find route: POST \/vault\/session" hint=".*did you mean POST \/vault\/sessions\?"$/);
    assert.match(lines[1], / 405 .* why="GET is not allowed here; allowed: POST, OPTIONS"/);
    assert.match(lines[2], / 401 .* why="Missing authentication"/);
    assert.match(lines.at(-1), / 200 .* delay=1s$/);
    assert.ok(lines.slice(3).every((line) => !/ (why|hint|fault)=/.test(line)), lines.join("\n"));
  });

  test("says the same as JSON", async () => {
    const { lines } = await logOf(["--log-format", "json"], calls);
    const entries = lines.map((line) => JSON.parse(line).entry).filter((entry) => entry.path);
    assert.deepEqual(entries.slice(0, 3).map(({ status, why }) => [status, why]), [
      [404, "Could not find route: POST /vault/session"],
      [405, "GET is not allowed here; allowed: POST, OPTIONS"],
      [401, "Missing authentication"],
    ]);
    assert.match(entries[0].hint, /did you mean POST \/vault\/sessions\?/);
    assert.equal(entries.at(-1).delay, "1s");
    assert.ok(!("why" in entries.at(-1)) && !("hint" in entries.at(-1)));
  });
});

describe("secrets", () => {
  for (const format of ["text", "json"]) {
    for (const level of ["info", "debug", "trace"]) {
      test(`the key is masked at ${level} level, as ${format}`, async () => {
        const { lines } = await logOf(["--log-level", level, "--log-format", format], async (url) => {
          await oneCall({ body })(url);
          await askForSession(url, { headers: { authorization: key } });
          await askForSession(url, { headers: { authorization: `bearer   ${key}` } });
          await askForSession(url, { headers: { authorization: `Basic ${key}` } });
        });
        const text = lines.join("\n");
        assert.ok(lines.length >= 4, text);
        assert.ok(!text.includes(key) && !text.includes("0123456789abcdef"), text);
      });
    }
  }

  for (const format of ["text", "json"])
    test(`bodies are logged at debug level only, as ${format}`, async () => {
      const { lines } = await logOf(["--log-format", format], oneCall({ body }));
      assert.ok(!lines.join("\n").includes("a-body-to-find"));
      const { lines: more } = await logOf(["--log-level", "debug", "--log-format", format], oneCall({ body }));
      assert.ok(more.join("\n").includes("a-body-to-find"), more.join("\n"));
    });
});

test("--log-level off writes no line about requests", async () => {
  const { lines } = await logOf(["--log-level", "off"], oneCall());
  assert.deepEqual(lines, []);
});

test("--log-level warn keeps advice and what was refused, and leaves out what came as asked for", async () => {
  const { lines } = await logOf(["--log-level", "warn"], async (url) => {
    await oneCall()(url);
    await oneCall({ consumer: "error-503" })(url);
    await oneCall({ headers: { prefer: "code=402" } })(url);
    await oneCall({ body: { redirect_uri: "not a url" } })(url);
    await call(`${url}/vault/session`, { headers: keys() });
    await oneCall({ body: { redirect_uri: 5 } })(url);
  });
  assert.deepEqual(lines.map((line) => line.match(/warning (\S+ \S+( \d+)?)/)?.[1]), ["advice /redirect_uri:", "GET /vault/session 404", "POST /vault/sessions 400"]);
});

describe("on a terminal", () => {
  // What the terminal was shown about one request that succeeds and one that is refused.
  async function shown(args, env = {}) {
    const transcript = join(temporaryFolder(), "typescript");
    const words = Object.entries({ TERM: "xterm", NO_COLOR: "", ...env }).map(([name, value]) => `${name}=${value}`);
    const mock = await start(args, { wrap: (command) => ["script", "-qefc", ["env", ...words, ...command].join(" "), transcript] });
    const ids = [];
    for (const consumer of ["acme", "error-503"]) ids.push((await askForSession(mock.url, { consumer })).headers.get("x-apideck-request-id"));
    ids.push((await call(`${mock.url}/vault/session`, { headers: keys() })).headers.get("x-apideck-request-id"));
    const lines = () => readFileSync(transcript, "utf8").split(/\r?\n/).filter((line) => / (POST|GET) \/vault/.test(line) || line.includes('"method"'));
    return { ids, lines: await until(() => (lines().length === 3 ? lines() : undefined), "three lines were shown", mock) };
  }

  test("level and status are colored, and the id is short enough to be read, and long enough to be found", async () => {
    const { lines, ids } = await shown([]);
    for (const [i, [level, status]] of [["32minfo", "32m200"], ["32minfo", "31m503"], ["33m\x1b[1mwarning", "33m404"]].entries()) {
      assert.ok(lines[i].includes(`\x1b[${level}`), JSON.stringify(lines[i]));
      assert.ok(lines[i].includes(` \x1b[${status}\x1b[0m `), JSON.stringify(lines[i]));
      assert.match(lines[i], new RegExp(` id=${ids[i].slice(0, 8)}( |$)`));
    }
  });

  for (const env of [{ NO_COLOR: "1" }, { TERM: "dumb" }])
    test(`there are no colors with ${JSON.stringify(env)}`, async () => assert.doesNotMatch((await shown([], env)).lines.join("\n"), /\x1b/));

  test("JSON is as it is elsewhere", async () => {
    const { lines, ids } = await shown(["--log-format", "json"]);
    assert.deepEqual(lines.map((line) => JSON.parse(line).entry.id), ids);
  });
});
