"use strict";
// Starts the program. It ends with this process, however that one ends, and does not keep it from ending.

const { spawn } = require("node:child_process");
const { mkdtempSync, readFileSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { setTimeout: pause } = require("node:timers/promises");
const limit = require("./limit.js");
const { VaultMockError, refuseOtherKeys } = require("./error.js");
const { findProgram } = require("./program.js");
const { Mock } = require("./mock.js");

const kept = 64 * 1024; // of what the program says on standard error

// The options of start() as words for the program.
function words({ rules = [], strict, seed, now, port = 0, arguments: more = [] }) {
  const time = typeof now === "string" ? now : now?.toISOString();
  return [
    ...["--with-parent", "--port", String(port)],
    ...(strict ? ["--strict"] : []),
    ...(seed === undefined ? [] : ["--seed", String(seed)]),
    ...(time === undefined ? [] : ["--now", time]),
    ...more,
    ...[rules].flat(),
  ];
}

// The program as a child. `end` resolves with the reason for which there is no program any more.
function launch(program, args, env) {
  const child = spawn(program, args, { env, stdio: ["pipe", "ignore", "pipe"] });
  const handles = [child, child.stdin, child.stderr];
  const run = { child, said: "", isReady: false, hold: () => handles.forEach((one) => one.ref()), letGo: () => handles.forEach((one) => one.unref()) };
  child.stderr.setEncoding("utf8").on("data", (text) => {
    run.said = (run.said + text).slice(-kept);
    if (run.isReady) process.stderr.write(text);
  });
  run.end = new Promise((resolve) => {
    child.on("error", (error) => resolve(error.message));
    const ended = (code, signal) => resolve(run.said.trim() || `it ended with ${signal ?? `exit code ${code}`}`);
    child.on("close", ended);
    // Another process may hold its standard error open.
    child.on("exit", (code, signal) => (run.how = signal ?? `exit code ${code}`));
    child.on("exit", (...how) => setTimeout(() => (child.stderr.destroy(), ended(...how)), 1000).unref());
  });
  return run;
}

// The ready file's first line, once it is there and whole.
function addressIn(file) {
  try {
    const [line, ...more] = readFileSync(file, "utf8").split("\n");
    return more.length > 0 && /^https?:\/\/\S+$/.test(line) ? line : undefined;
  } catch {
    return undefined;
  }
}

async function start(options = {}) {
  refuseOtherKeys("start()", options, ["rules", "strict", "seed", "now", "port", "adminToken", "arguments", "env"]);
  const env = { ...process.env, ...options.env };
  const program = findProgram(env);
  // By the environment, where no list of processes shows it. The name of the program is for clients: a command of another
  // package's that it names would look for itself again.
  const { VAULT_MOCK_BINARY, ...theirs } = { ...env, ...(options.adminToken !== undefined && { VAULT_MOCK_ADMIN_TOKEN: options.adminToken }) };
  const folder = mkdtempSync(join(tmpdir(), "vault-mock-"));
  try {
    const ready = join(folder, "ready");
    const run = launch(program, ["--ready-file", ready, ...words(options)], theirs);
    let ended;
    run.end.then((why) => (ended = why));
    let url;
    const end = Date.now() + limit.ms;
    while (!(url = addressIn(ready))) {
      if (ended !== undefined) throw new VaultMockError(`${program} did not start: ${ended}`);
      if (Date.now() > end) {
        run.child.kill("SIGKILL");
        run.letGo();
        throw new VaultMockError(`${program} did not start within ${limit.ms / 1000} seconds: ${run.said.trim() || "it said nothing"}`);
      }
      await pause(5);
    }
    run.isReady = true;
    run.letGo();
    return new Mock(url, { adminToken: options.adminToken ?? env.VAULT_MOCK_ADMIN_TOKEN, run });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

module.exports = { start };
