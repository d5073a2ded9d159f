// `vault-mock fail` and `vault-mock reset`: the command line changes what a running mock does.

import assert from "node:assert/strict";
import { test } from "node:test";
import { run, start } from "../support/program.js";
import { call, keys } from "../support/vault.js";

const mock = await start(["--log-level", "off", "--admin-token", "secret"]);
const statusOf = async (consumer, space = "") => (await call(`${mock.url}${space}/vault/sessions`, { method: "POST", headers: keys(consumer) })).status;
const ask = (command, ...words) => run([command, "--url", mock.url, "--admin-token", "secret", ...words]);

test("the next request fails, once, then the one after goes on", async () => {
  const { code, stdout, stderr } = await ask("fail", "402");
  assert.deepEqual([code, stderr], [0, ""]);
  assert.match(stdout, /^The next 1 request of any consumer is answered with 402\. The rule is [0-9a-f]{8}; /);
  assert.deepEqual([await statusOf("acme"), await statusOf("acme")], [402, 200]);
});

test("of one consumer, as often as is wanted, by a type of error, in a space", async () => {
  const words = ["--consumer", "acme", "--times", "2", "--operation", "sessionsCreate", "--space", "failing"];
  assert.match((await ask("fail", "ConnectorRateLimitError", ...words)).stdout, /^The next 2 requests of consumer 'acme' are answered/);
  const seen = [];
  for (const consumer of ["bob", "acme", "acme", "acme"]) seen.push(await statusOf(consumer, "/@failing"));
  assert.deepEqual(seen, [200, 429, 429, 200]);
});

test("always, until it is reset", async () => {
  await ask("fail", "503", "--times", "always");
  assert.deepEqual([await statusOf("a"), await statusOf("b"), await statusOf("c")], [503, 503, 503]);
  assert.equal((await ask("reset", "--only", "rules")).stdout, "Reset in space 'default': rules.\n");
  assert.equal(await statusOf("a"), 200);
  assert.match((await ask("reset")).stdout, /^Reset in space 'default': rules, /);
});

test("mistakes say what to write instead", async () => {
  for (const [words, code, wanted] of [
    [["fail", "402", "--times", "often"], 2, /'often' is not a number of times; use 1, 5 or always/],
    [["fail", "418x"], 1, /418x/],
    [["fail", "402", "--operation", "sessionCreate"], 1, /did you mean "sessionsCreate"\?/],
    [["reset", "--only", "rulez"], 1, /rulez/],
  ]) {
    const answer = await ask(...words);
    assert.equal(answer.code, code, answer.stderr);
    assert.match(answer.stderr, wanted);
  }
  const { code, stderr } = await run(["fail", "402", "--url", mock.url]);
  assert.equal(code, 1);
  assert.match(stderr, /--admin-token/);
});
