// What a new user does: install offline in an empty folder, paste what README says, run it. And `npx vault-mock`.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { blocksOf } from "../readme/blocks.js";
import { cleanEnvironment, program, root, temporaryFolder, until } from "../support/program.js";
import { askForSession } from "../support/vault.js";
import { lend, project, run, succeed, tool, write } from "./support.js";

const page = readFileSync(join(root, "clients/node/vault-mock/README.md"), "utf8");
const blocks = Object.fromEntries(blocksOf(page).filter(({ file }) => file).map(({ file, text }) => [file, text]));
const rules = { "rules/free-tier.json": '{ "rules": [ { "when": { "consumer_id": "globex" }, "respond": { "error": 402 } } ] }' };

let folder;
before(async (t) => {
  const began = performance.now();
  folder = await project({ ...blocks, ...rules });
  const passed = await run(process.execPath, ["--test", "--test-reporter=tap", "checkout.test.mjs"], { cwd: folder });
  console.log(`# installed, and the first test run: ${((performance.now() - began) / 1000).toFixed(1)} s`);
  assert.equal(passed.code, 0, passed.stdout);
  assert.match(passed.stdout, /^# pass 2$/m);
});

test("the page's test is of node:test, and fails where the code under test does", async () => {
  const broken = blocks["checkout.test.mjs"].replace(/method: "POST", headers/, 'method: "POST"');
  const { code, stdout } = await run(process.execPath, ["--test", "--test-reporter=tap", "broken.test.mjs"], { cwd: write(folder, { "broken.test.mjs": broken }) });
  assert.equal(code, 1);
  assert.match(stdout, /^# fail 2$/m);
  // The journal of the space.
  assert.match(stdout, /# vault-mock, space 'broken\.test\.mjs: a customer over the limit is told to upgrade \(\w+-1\)':$/m);
  assert.match(stdout, /^# {3}POST \/vault\/sessions 401: /m);
});

test("the page's example in CommonJS runs", async () => {
  assert.match(await succeed(process.execPath, ["why.cjs"], { cwd: folder }), /asked for a session; .* 401\.\n$/);
});

test("the page's example in TypeScript compiles strictly, and runs", async () => {
  const elsewhere = lend(await project({ "by-hand.mts": blocks["by-hand.mts"], ...rules }), "@types/node", "undici-types");
  const options = ["--strict", "--module", "nodenext", "--target", "es2022", "--types", "node", "--lib", "es2022,esnext.disposable"];
  await succeed(tool("tsc"), [...options, "--pretty", "false", "by-hand.mts"], { cwd: elsewhere });
  assert.equal(await succeed(process.execPath, ["by-hand.mjs"], { cwd: elsewhere }), "POST /vault/sessions 401\n");
});

const command = () => join(folder, "node_modules/.bin/vault-mock");

test("npx vault-mock is the program: its words, its exit code", async () => {
  const npx = (...words) => run("npx", ["--offline", "vault-mock", ...words], { cwd: folder });
  assert.equal((await npx("--version")).stdout, await succeed(program, ["--version"]));
  assert.equal((await npx("--prot", "1")).code, 2);
  assert.deepEqual(await run(process.execPath, [command(), "--prot", "1"]), await run(program, ["--prot", "1"]));
});

test("its signals, too", async (t) => {
  for (const [signal, code] of [["SIGTERM", 0], ["SIGINT", 0], ["SIGKILL", null]]) {
    const ready = join(temporaryFolder(), "ready");
    const words = [command(), "--port", "0", "--ready-file", ready, "--with-parent"];
    const child = spawn(process.execPath, words, { env: cleanEnvironment(), stdio: ["pipe", "ignore", "inherit"] });
    t.after(() => child.kill("SIGKILL"));
    const url = await until(() => (existsSync(ready) ? readFileSync(ready, "utf8").trim() || undefined : undefined), "the program was ready");
    assert.equal((await askForSession(url)).status, 200);
    child.kill(signal);
    assert.deepEqual(await once(child, "exit"), [code, code === null ? signal : null], signal);
    child.stdin.destroy(); // what the command could not hand on: then the pipe ends the program
    await until(() => fetch(url).then(() => undefined, () => true), "the program had ended");
  }
});

test("a program that a signal ends ends the command with that signal", async () => {
  const fake = join(write(folder, { "fake/vault-mock": "#!/bin/sh\nkill -KILL $$\n" }), "fake/vault-mock");
  await succeed("chmod", ["+x", fake]);
  const { code } = await run(process.execPath, [command()], { env: { VAULT_MOCK_BINARY: fake } });
  assert.equal(code, "SIGKILL");
});
