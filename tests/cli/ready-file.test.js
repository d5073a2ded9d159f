// --ready-file: how a test or a script learns the address of --port 0.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { cleanEnvironment, program, run, runCommand, start, temporaryFolder, transportOptions, until } from "../support/program.js";

test("it is one line, the base URL, and nothing else is left in its folder", async () => {
  const folder = temporaryFolder();
  const readyFile = join(folder, "ready");
  const { url } = await start([], { readyFile });
  assert.match(readFileSync(readyFile, "utf8"), /^http:\/\/127\.0\.0\.1:[1-9][0-9]*\n$/);
  assert.deepEqual(readdirSync(folder), ["ready"]);
  assert.equal((await fetch(`${url}/_mock/health`)).status, 200);
});

test("port and ready file may come from the environment", async () => {
  const { url } = await start([], { place: "environment" });
  assert.equal((await fetch(`${url}/_mock/health`)).status, 200);
});

test("it is whole whenever it can be read, and the socket listens by then", async () => {
  const folder = temporaryFolder();
  for (let round = 0; round < 20; round++) {
    const readyFile = join(folder, `ready-${round}`);
    const child = spawn(program, ["--port", "0", "--ready-file", readyFile, "--log-level", "off", ...transportOptions], {
      env: cleanEnvironment(), stdio: "ignore" });
    try {
      let text;
      while (text === undefined) {
        assert.deepEqual([child.exitCode, child.signalCode], [null, null], "it ended before it was ready");
        try {
          text = readFileSync(readyFile, "utf8"); // a tight loop, to meet a half-written file if there is one
        } catch (error) {
          assert.equal(error.code, "ENOENT");
          await new Promise(setImmediate);
        }
      }
      assert.match(text, /^http:\/\/127\.0\.0\.1:[1-9][0-9]*\n$/);
      assert.equal((await fetch(`${text.trim()}/_mock/health`)).status, 200);
    } finally {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    }
  }
});

const urlIn = (file) => (existsSync(file) ? readFileSync(file, "utf8").trim() : "");

test("one left by an earlier run is gone before there is a new one", async () => {
  const readyFile = join(temporaryFolder(), "ready");
  writeFileSync(readyFile, "http://127.0.0.1:1\n");
  const mock = await start([], { readyFile });
  const isNew = () => (urlIn(readyFile).startsWith("http://127.0.0.1:") && urlIn(readyFile) !== "http://127.0.0.1:1" ? true : undefined);
  await until(isNew, "the new address", mock);
  assert.equal((await fetch(`${urlIn(readyFile)}/_mock/health`)).status, 200);
});

for (const signal of ["SIGINT", "SIGTERM"])
  test(`it is gone after ${signal}`, async () => {
    const readyFile = join(temporaryFolder(), "ready");
    const mock = await start([], { readyFile });
    assert.equal((await mock.kill(signal)).code, 0);
    assert.equal(existsSync(readyFile), false);
  });

test("one of an earlier run is gone also when the start fails", async () => {
  const readyFile = join(temporaryFolder(), "ready");
  for (const args of [["no-such-rules.json"], ["--tls-cert", "/no/such", "--tls-key", "/no/such"], ["--host", "192.0.2.1"]]) {
    writeFileSync(readyFile, "http://127.0.0.1:1\n");
    assert.equal((await run(["--port", "0", "--ready-file", readyFile, ...args])).code, 2);
    assert.equal(existsSync(readyFile), false, args.join(" "));
  }
});

test("one that another mock has written meanwhile stays", async () => {
  const readyFile = join(temporaryFolder(), "ready");
  const first = await start([], { readyFile });
  const second = await start([], { readyFile: `${readyFile}-2` });
  renameSync(`${readyFile}-2`, readyFile);
  await first.kill("SIGTERM");
  assert.equal(urlIn(readyFile), second.url);
});

test("what is not a file is neither written nor removed, and named", async () => {
  const folder = temporaryFolder();
  const paths = { folder: join(folder, "d"), pipe: join(folder, "p"), link: join(folder, "l"), device: join(folder, "z") };
  mkdirSync(paths.folder);
  assert.equal(spawnSync("mkfifo", [paths.pipe]).status, 0);
  symlinkSync("d", paths.link);
  symlinkSync("/dev/null", paths.device);
  for (const path of Object.values(paths)) {
    const { code, stdout, stderr } = await run(["--port", "0", "--ready-file", path]);
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, /^vault-mock: cannot write --ready-file '[^\n]*': it is a [^\n]*\n$/);
    assert.ok(stderr.includes(path), stderr);
    assert.ok(lstatSync(path), "it is still there");
  }
});

test("nothing is written through a link: the link goes", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "precious"), "precious");
  symlinkSync("precious", join(folder, "ready"));
  const mock = await start([], { readyFile: join(folder, "ready") });
  assert.equal(readFileSync(join(folder, "precious"), "utf8"), "precious");
  assert.equal((await mock.kill("SIGTERM")).code, 0);
  assert.deepEqual(readdirSync(folder), ["precious"]);
});

test("one that cannot be removed ends the start with the reason", async (t) => {
  if (process.getuid() === 0 && spawnSync("setpriv", ["--reuid=65534", "--clear-groups", "true"]).status !== 0)
    return t.skip("no right to run as somebody else here");
  const folder = temporaryFolder();
  const readyFile = join(folder, "ready");
  writeFileSync(readyFile, "http://127.0.0.1:1\n");
  chmodSync(folder, 0o555);
  const words = [program, "--port", "0", "--ready-file", readyFile];
  const [command, ...rest] = process.getuid() === 0 ? ["setpriv", "--reuid=65534", "--clear-groups", ...words] : words;
  const { code, stderr } = await runCommand(command, rest);
  chmodSync(folder, 0o755);
  assert.equal(code, 2);
  assert.match(stderr, /^vault-mock: cannot remove --ready-file '[^\n]*ready' of an earlier run: Permission denied[^\n]*\n$/);
});
