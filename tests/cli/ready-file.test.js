// --ready-file: how a test or a script learns the address of --port 0.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { cleanEnvironment, program, start, temporaryFolder } from "../support/program.js";

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
    const child = spawn(program, ["--port", "0", "--ready-file", readyFile, "--log-level", "off"], {
      env: cleanEnvironment(), stdio: "ignore" });
    try {
      let text;
      for (const deadline = Date.now() + 5000; text === undefined; ) {
        assert.ok(Date.now() < deadline, "not ready in time");
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

test("one left by an earlier run is replaced", async () => {
  const readyFile = join(temporaryFolder(), "ready");
  writeFileSync(readyFile, "http://127.0.0.1:1\n");
  await start([], { readyFile });
  for (const deadline = Date.now() + 5000; readFileSync(readyFile, "utf8") === "http://127.0.0.1:1\n"; ) {
    assert.ok(Date.now() < deadline, "still the old address");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  assert.equal((await fetch(`${readFileSync(readyFile, "utf8").trim()}/_mock/health`)).status, 200);
});
