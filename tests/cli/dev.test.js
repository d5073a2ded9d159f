// ./dev itself: what it does without a terminal, without apt, and as the parent of the program.

import assert from "node:assert/strict";
import { copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
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

for (const [words, near] of [["biuld", "build"], ["build relase", "release"], ["test unti", "unit"], ["sanitize hostile-htplib", "hostile-httplib"]]) {
  test(`a slip is told before anything is installed or built: ${words}`, async () => {
    const { code, stdout, stderr } = await runCommand(dev, words.split(" "), { env: { DEV_INSTALL: "" } });
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, new RegExp(`^\\./dev has no [^\n]*; did you mean ${near}\\?\n$`));
  });
}

test("a name that resembles none is answered with those there are", async () => {
  const { code, stderr } = await runCommand(dev, ["test", "nosuch"]);
  assert.equal(code, 2);
  assert.match(stderr, /^\.\/dev has no test stage nosuch, only: unit architecture [^\n]*\n$/);
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
  for (const name of ["g++", "cmake", "ninja-build", "libcpp-httplib-dev", "libre2-dev", "libhiredis-dev", "DEV_INSTALL=no"]) {
    assert.ok(stderr.includes(name), stderr);
  }
});

// A checkout in which CMake prints fifty lines, apt has no sources, and `result` is what comes of a build.
function checkoutThatBuilds(result) {
  const folder = temporaryFolder();
  for (const part of ["server/cmake", "tests", "tools"]) mkdirSync(join(folder, part), { recursive: true });
  for (const file of ["dev", "server/cmake/packages.sh", "server/cmake/build.sh", "server/cmake/package.sh", "tests/stages.sh"]) copyFileSync(join(root, file), join(folder, file));
  const script = (path, text) => writeFileSync(join(folder, path), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  script("server/cmake/debian-source", "exit 1");
  script("tools/cmake", `for i in $(seq 50); do echo "line $i"; done; ${result}`);
  return { dev: join(folder, "dev"), log: join(folder, "build/logs/release.log"), env: { PATH: `${join(folder, "tools")}:${process.env.PATH}`, DEV_INSTALL: "no" } };
}

test("the first run says how long it takes, and keeps what the build prints in a file", async () => {
  const { dev, log, env } = checkoutThatBuilds('cd "${0%/*}/.." && mkdir -p build/release && ln -sf /bin/echo build/release/vault-mock');
  const first = await runCommand(dev, ["run", "its", "options"], { env });
  assert.deepEqual([first.code, first.stdout], [0, "its options\n"]);
  assert.match(first.stderr, /^The first time, .* about \d+ minutes .*\n$/);
  assert.match(readFileSync(log, "utf8"), /^line 1\n/m);
  const second = await runCommand(dev, ["run"], { env });
  assert.deepEqual([second.code, second.stdout, second.stderr], [0, "\n", ""]);
});

test("a build that fails shows its last lines and where the others are", async () => {
  const { dev, log, env } = checkoutThatBuilds("exit 3");
  const { code, stdout, stderr } = await runCommand(dev, ["run"], { env });
  assert.deepEqual([code, stdout], [3, ""]);
  assert.match(stderr, /\nline 49\nline 50\n/);
  assert.doesNotMatch(stderr, /line 1\n/);
  assert.ok(stderr.includes(log), stderr);
});

test("on a terminal one line moves while it builds", async () => {
  const { dev, log, env } = checkoutThatBuilds("exit 3");
  const { code, stdout } = await runCommand("script", ["-qec", `${dev} run`, "/dev/null"], { env });
  assert.equal(code, 3);
  assert.match(stdout, /\r\x1b\[K +\d+ s {2}line 50\r\x1b\[K/);
  assert.match(readFileSync(log, "utf8"), /line 1\n[^]*line 50\n/);
});

const ninja = 'echo "[46/62] Building CXX object lib.dir/Unity/unity_3_cxx.cxx.o"; sleep 2.5; exit 3';

test("on a terminal a step is its number and its file", async () => {
  const { dev, env } = checkoutThatBuilds(ninja);
  const { stdout } = await runCommand("script", ["-qec", `${dev} run`, "/dev/null"], { env });
  assert.match(stdout, /\r\x1b\[K +\d+ s {2}\[46\/62\] unity_3_cxx\.cxx\r/);
});

test("without a terminal it says now and then how far it is", async () => {
  const { dev, env } = checkoutThatBuilds(ninja);
  const { code, stderr } = await runCommand(dev, ["run"], { env: { ...env, DEV_TELL_SECONDS: "1" } });
  assert.equal(code, 3);
  assert.match(stderr, /\nbuilding: 1 s, 46 of 62 steps\nbuilding: 2 s, 46 of 62 steps\n/);
});

test("two of them do not build at once", async () => {
  const { dev, env } = checkoutThatBuilds('cd "${0%/*}/.." && mkdir -p build/release && ln -sf /bin/echo build/release/vault-mock');
  const build = join(dev, "../build");
  mkdirSync(build);
  const began = Date.now();
  const other = runCommand("flock", [join(build, ".lock"), "-c", `touch ${build}/held; sleep 2`]);
  while (!existsSync(join(build, "held"))) await new Promise((resolve) => setTimeout(resolve, 10));
  const { code, stderr } = await runCommand(dev, ["run"], { env });
  assert.equal(code, 0, stderr);
  assert.match(stderr, /\nAnother \.\/dev is building here; waiting for it\.\n$/);
  assert.ok(Date.now() - began >= 1900);
  await other;
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
