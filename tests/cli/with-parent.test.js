// --with-parent: the program ends with the process that started it, however that one ends.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { cleanEnvironment, program, temporaryFolder, transportOptions, until } from "../support/program.js";
import { connect } from "../support/socket.js";
import { askForSession } from "../support/vault.js";

const isAlive = (pid) => existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));

// The program, with a pipe as its standard input. → { child, ready, url(), end }
function startWithParent(...options) {
  const ready = join(temporaryFolder(), "ready");
  const args = ["--with-parent", "--port", "0", "--ready-file", ready, ...transportOptions, ...options];
  const child = spawn(program, args, { env: cleanEnvironment(), stdio: ["pipe", "ignore", "pipe"] });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
  const end = once(child, "close").then(([code, signal]) => ({ code, signal, stderr }));
  const url = () => until(() => (existsSync(ready) ? readFileSync(ready, "utf8").trim() || undefined : undefined), "the program was ready");
  return { child, ready, url, end };
}

test("the end of the pipe ends it in order", async () => {
  const { child, ready, url, end } = startWithParent();
  const address = await url();
  child.stdin.write("what comes through the pipe is ignored\n");
  assert.equal((await askForSession(address)).status, 200);
  child.stdin.end();
  assert.deepEqual(await end, { code: 0, signal: null, stderr: "" });
  assert.equal(existsSync(ready), false);
});

test("a pipe that is closed from the start ends it, too", async () => {
  const { child, end } = startWithParent();
  child.stdin.end();
  assert.deepEqual(await end, { code: 0, signal: null, stderr: "" });
});

test("SIGTERM ends it while the pipe is open", async () => {
  const { child, url, end } = startWithParent();
  await url();
  child.kill("SIGTERM");
  assert.deepEqual(await end, { code: 0, signal: null, stderr: "" });
});

test("with the requests in flight answered first", async () => {
  const { child, url, end } = startWithParent();
  const answer = askForSession(await url(), { headers: { prefer: "wait=1" } });
  const arrived = async () => (await (await fetch(`${await url()}/_mock/requests`)).json()).requests[0];
  await until(arrived, "the request had arrived");
  child.stdin.end();
  assert.equal((await answer).status, 200);
  assert.equal((await end).code, 0);
});

test("a parent that is killed leaves no process behind", async () => {
  const ready = join(temporaryFolder(), "ready");
  const args = JSON.stringify([program, ["--with-parent", "--port", "0", "--ready-file", ready, ...transportOptions]]);
  const code = `const child = require("node:child_process").spawn(...${args}, { stdio: ["pipe", "ignore", "inherit"] }); console.log(child.pid)`;
  const parent = spawn(process.execPath, ["-e", code], { env: cleanEnvironment(), stdio: ["ignore", "pipe", "inherit"] });
  const pid = Number(await once(parent.stdout.setEncoding("utf8"), "data"));
  const url = await until(() => (existsSync(ready) ? readFileSync(ready, "utf8").trim() || undefined : undefined), "the program was ready");
  const socket = await connect(url);
  assert.equal(isAlive(pid), true);
  parent.kill("SIGKILL");
  await until(() => (isAlive(pid) ? undefined : true), "the program had ended");
  assert.equal(existsSync(ready), false);
  socket.destroy();
});
