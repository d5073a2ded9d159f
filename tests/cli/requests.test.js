// `vault-mock requests` and `vault-mock why`: the command line looks into a running mock.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { describe, test } from "node:test";
import { program, run, start, until } from "../support/program.js";
import { call, keys } from "../support/vault.js";

const mock = await start(["--log-level", "off"]);
const sessionIn = (name, consumer, url = mock.url) => call(`${url}/@${name}/vault/sessions`, { method: "POST", headers: keys(consumer) });
const ask = (command, ...words) => run([command, "--url", mock.url, ...words]);
const lines = (text) => text.trimEnd().split("\n");

describe("requests", () => {
  test("are listed oldest first, of one space or of all, and filtered", async () => {
    await sessionIn("listed", "acme");
    await sessionIn("listed", "error-402");
    const all = await ask("requests", "--space", "listed");
    assert.deepEqual([all.code, all.stderr], [0, ""]);
    assert.equal(lines(all.stdout).length, 2);
    assert.match(lines(all.stdout)[1], /^\d\d:\d\d:\d\d\S* POST \/vault\/sessions 402 \d+us consumer=error-402 by="rule defaults.json#error-402" id=\S+ space=listed$/);
    const of = async (...words) => lines((await ask("requests", "--json", "--space", "listed", ...words)).stdout).filter(Boolean).map((line) => JSON.parse(line).consumer_id);
    assert.deepEqual(await of("status:4xx"), ["error-402"]);
    assert.deepEqual(await of("consumer:acme"), ["acme"]);
    assert.deepEqual(await of("rule:error-402"), ["error-402"]);
    assert.deepEqual(await of("--limit", "1"), ["error-402"]);
    assert.deepEqual(await of("nothing-like-it"), []);
    await sessionIn("listed-too", "needle");
    assert.match((await ask("requests", "needle")).stdout, /space=listed-too\n$/);
  });

  test("come as they are made with --follow", async () => {
    await sessionIn("followed", "before");
    const child = spawn(program, ["requests", "--url", mock.url, "--follow", "--json", "--space", "followed"]);
    let out = "";
    child.stdout.on("data", (bytes) => (out += bytes));
    const seen = () => lines(out).filter(Boolean).map((line) => JSON.parse(line).consumer_id);
    await until(() => (seen().length === 1 ? true : undefined), "the one before");
    for (const consumer of ["one", "two", "three"]) await sessionIn("followed", consumer);
    await until(() => (seen().length === 4 ? true : undefined), "all of them");
    assert.deepEqual(seen(), ["before", "one", "two", "three"]);
    child.kill("SIGTERM");
  });

  test("end with the mock", async () => {
    const other = await start(["--log-level", "off"]);
    const following = run(["requests", "--follow", "--url", other.url]);
    await until(async () => ((await call(`${other.url}/_mock/metrics`)).text.match(/open_connections (\d+)/)[1] >= 2 ? true : undefined), "the reader");
    await other.kill("SIGTERM");
    const { code, stderr } = await following;
    assert.equal(code, 1);
    assert.match(stderr, /^vault-mock requests: [^\n]+\n$/);
  });
});

describe("why", () => {
  test("tells of the latest request, or of that with the id", async () => {
    await sessionIn("why", "error-402");
    const latest = await ask("why", "--space", "why");
    assert.deepEqual([latest.code, latest.stderr], [0, ""]);
    assert.match(latest.stdout, /^error-402 asked for a session; rule defaults\.json#error-402 answered 402\.\n/);
    assert.match(latest.stdout, /The answer: 402 Payment Required\n/);
    assert.match(latest.stdout, /RequestLimitError/);
    const [, id] = latest.stdout.match(/ id=(\S+)/);
    await sessionIn("why-not", "acme");
    assert.equal((await ask("why", id)).stdout, latest.stdout, "whichever space it is in");
    assert.equal((await ask("why", id.slice(0, 8))).stdout, latest.stdout, "the id as the log on a terminal shows it");
    assert.equal((await ask("why", "--space", "why", id.slice(0, 12))).stdout, latest.stdout);
    assert.match((await ask("why", id.slice(0, 7))).stderr, /no journal has a request/, "too short");
    const json = JSON.parse((await ask("why", "--json", id)).stdout);
    assert.deepEqual([json.id, json.space, json.kind], [id, "why", "rule"]);
    assert.match((await ask("why")).stdout, /^acme asked for a session; it was answered 200\.\n/);
  });

  test("says what is missing", async () => {
    const none = await ask("why", "no-such-id");
    assert.deepEqual([none.code, none.stdout], [1, ""]);
    assert.match(none.stderr, /^vault-mock why: no journal has a request 'no-such-id'[^\n]*\n$/);
    const fresh = await start(["--log-level", "off"]);
    assert.match((await run(["why", "--url", fresh.url])).stderr, /has had no request yet/);
  });
});

test("the token of the mock's own API is needed where there is one", async () => {
  const guarded = await start(["--log-level", "off", "--admin-token", "t0ken"]);
  await sessionIn("x", "acme", guarded.url);
  for (const command of ["requests", "why"]) {
    const refused = await run([command, "--url", guarded.url]);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /--admin-token/);
    assert.equal((await run([command, "--url", guarded.url, "--admin-token", "t0ken"])).code, 0);
    assert.equal((await run([command, "--url", guarded.url], { env: { VAULT_MOCK_ADMIN_TOKEN: "t0ken" } })).code, 0);
  }
});

test("where no mock is, or the words are wrong, one line says what to do", async () => {
  const gone = await start(["--log-level", "off"]);
  await gone.kill("SIGTERM");
  for (const command of ["requests", "why"]) {
    const { code, stdout, stderr } = await run([command, "--url", gone.url]);
    assert.deepEqual([code, stdout], [1, ""]);
    assert.match(stderr, /^vault-mock \w+: no mock answers at http:\S+ nothing listens there[^\n]*--url[^\n]*\n$/);
    for (const url of ["http://", "http://a:b", "http://a:0", "ftp://a"]) assert.equal((await run([command, "--url", url])).code, 2, url);
  }
  const wrong = await ask("requests", "state:4xx");
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /'state:4xx' is not a filter/);
});
