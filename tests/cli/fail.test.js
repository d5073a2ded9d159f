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

test("a URL that leads to a space means that space, in every command", async () => {
  const at = (path, command, ...words) => run([command, "--url", `${mock.url}${path}`, "--admin-token", "secret", ...words]);
  assert.equal((await at("/@led%2Fto", "fail", "402")).code, 0);
  assert.deepEqual([await statusOf("acme"), await statusOf("acme", "/@led%2Fto")], [200, 402]);
  for (const path of ["/@led%2Fto", "/@led%2Fto/", "/@led%2Fto/_mock/"]) {
    const { stdout } = await at(path, "requests");
    assert.match(stdout, /^\S+ POST \/vault\/sessions 402 [^\n]* space=led\/to\n$/, path);
  }
  assert.match((await at("/@led%2Fto", "why")).stdout, /answered 402/);
  assert.match((await at("/@led%2Fto", "why", "--space", "led/to")).stdout, /answered 402/);
  assert.match((await at("/@led%2Fto", "reset")).stdout, /^Reset in space 'led\/to': /);
  for (const command of ["requests", "why", "reset"]) {
    const both = await at("/@led%2Fto", command, "--space", "another");
    assert.equal(both.code, 2);
    assert.match(both.stderr, /--url leads to space 'led\/to', and --space names 'another': leave one of them out/);
    const far = await at("/@led%2Fto/vault/sessions", command);
    assert.equal(far.code, 2);
    assert.match(far.stderr, /it goes on behind the space/);
  }
  assert.equal((await at("/@a%zz", "requests")).code, 2);
  for (const [path, why] of [["/@a?x", /it has a query/], ["/@", /'http:[^']*\/@' is not a valid URL: The name of the space is empty/]]) {
    const { code, stderr } = await at(path, "fail", "402");
    assert.equal(code, 2);
    assert.match(stderr, why);
  }
});

test("mistakes say what to write instead", async () => {
  for (const [words, code, wanted] of [
    [["fail", "402", "--times", "often"], 2, /'often' is not a number of times; use 1, 5 or always/],
    [["fail", "418x"], 1, /418x/],
    [["fail", "402", "--operation", "sessionCreate"], 1, /did you mean "sessionsCreate"\?/],
    [["reset", "--only", "rulez"], 1, /rulez/],
    [["reset", "--space", "faling"], 1, /there is no space 'faling', so there is nothing to reset\. Did you mean 'failing'\?/],
  ]) {
    const answer = await ask(...words);
    assert.equal(answer.code, code, answer.stderr);
    assert.match(answer.stderr, wanted);
  }
  const { code, stderr } = await run(["fail", "402", "--url", mock.url]);
  assert.equal(code, 1);
  assert.match(stderr, /--admin-token/);
});
