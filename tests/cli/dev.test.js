// ./dev itself: what it does without a terminal, without apt, and as the parent of the program.

import assert from "node:assert/strict";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root, runCommand, start, temporaryFolder } from "../support/program.js";
import { askForSession } from "../support/vault.js";

const dev = join(root, "dev");

test("without a command it lists its commands", async () => {
  const { code, stdout } = await runCommand(dev, []);
  assert.equal(code, 0);
  for (const command of ["run", "test", "build", "package", "image", "bench", "profile", "lint", "fuzz", "sanitize", "soak", "help"]) {
    assert.match(stdout, new RegExp(`^  ${command}\\b`, "m"));
  }
});

test("an unknown command is one line and exit code 2", async () => {
  const { code, stdout, stderr } = await runCommand(dev, ["serve"]);
  assert.deepEqual([code, stdout], [2, ""]);
  assert.match(stderr, /^[^\n]*serve[^\n]*help[^\n]*\n$/);
});

test("without apt it names what is needed and ends with 2", async () => {
  const tools = join(temporaryFolder(), "bin");
  mkdirSync(tools);
  for (const tool of ["sh", "dirname", "id"]) {
    const { stdout } = await runCommand("sh", ["-c", `command -v ${tool}`]);
    symlinkSync(stdout.trim(), join(tools, tool));
  }
  const { code, stderr } = await runCommand(join(tools, "sh"), [dev, "run"], { env: { PATH: tools, DEV_INSTALL: "" } });
  assert.equal(code, 2, stderr);
  for (const name of ["g++", "cmake", "ninja-build", "libcpp-httplib-dev", "libre2-dev", "DEV_INSTALL=no"]) {
    assert.ok(stderr.includes(name), stderr);
  }
});

test("run passes its options on, and signals reach the program", async () => {
  const mock = await start(["--seed", "1"], {
    env: { DEV_INSTALL: "no" },
    cwd: temporaryFolder(),
    wrap: ([, ...args]) => [dev, "run", ...args],
  });
  assert.equal((await askForSession(mock.url)).status, 200);
  assert.match(mock.stdout, /^vault-mock /, "nothing of the build on standard output");
  assert.equal((await mock.kill("SIGINT")).code, 0);
});
