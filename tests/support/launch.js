// The real program as a child process. It is $VAULT_MOCK, or the release build; none is a failure, not a skip.
// No VAULT_MOCK_… option of the caller's environment reaches it. $TEST_TRANSPORT names the transport to test.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const limitMs = 60_000; // only a failure waits that long

export const root = fileURLToPath(new URL("../..", import.meta.url));
// Of these sources, as CMakeLists.txt has it.
export const [, version] = readFileSync(join(root, "CMakeLists.txt"), "utf8").match(/project\(vault-mock VERSION ([0-9.]+)/);
export const program = resolve(process.env.VAULT_MOCK ?? join(root, "build/release/vault-mock"));
if (!existsSync(program)) throw new Error(`There is no program at ${program}: run ./dev build, or name it in VAULT_MOCK.`);

const transport = process.env.TEST_TRANSPORT;
export const isEpoll = !transport || transport === "epoll";

// What a test adds to the options of a program that it starts by itself.
export const transportOptions = transport ? ["--transport", transport] : [];

// For tests that need thousands of connections, or count threads and descriptors. `what` names the reason.
// test("…", onlyEpoll("ten thousand connections"), async () => …)
export const onlyEpoll = (what) =>
  isEpoll ? {} : { skip: `the transport ${transport} is not made for ${what}` };

export function cleanEnvironment(extra = {}) {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("VAULT_MOCK"));
  return { ...Object.fromEntries(kept), ...extra };
}

// Starts a command. → { child, pid, stdout, stderr, ended, hasEnded() }
export function launch(command, args, { env = {}, cwd } = {}) {
  const child = spawn(command, args, { env: cleanEnvironment(env), cwd, stdio: ["ignore", "pipe", "pipe"] });
  const process = { child, pid: child.pid, stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"]) child[name].setEncoding("utf8").on("data", (text) => (process[name] += text));
  process.ended = once(child, "close").then(([code, signal]) => ({ code, signal, stdout: process.stdout, stderr: process.stderr }));
  process.hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  return process;
}

async function within(promise, what, process, limit = limitMs) {
  const late = sleep(limit, "late", { ref: false });
  const result = await Promise.race([promise, late]);
  if (result !== "late") return result;
  process?.child.kill("SIGKILL");
  throw new Error(`${what} took over ${limit} ms. ${process ? `Its output:\n${process.stdout}${process.stderr}` : ""}`);
}

// A test that waits in vain is to fail with what it waited for, not to hang.
export const inTime = (promise, what) => within(promise, what);

// Runs a command to its end. → { code, signal, stdout, stderr }
export function runCommand(command, args, { limit, ...options } = {}) {
  const process = launch(command, args, options);
  return within(process.ended, [command, ...args].join(" "), process, limit);
}

export const run = (args, options) => runCommand(program, args, options);

// Polls until `look` gives something else than undefined.
export async function until(look, what, process) {
  const found = async () => {
    for (;;) {
      const value = await look();
      if (value !== undefined) return value;
      if (process?.hasEnded()) throw new Error(`ended before ${what}. Its output:\n${process.stdout}${process.stderr}`);
      await sleep(5);
    }
  };
  return within(found(), what, process);
}

// A port that is free now.
export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

// The address of a program that is there: a file of an earlier run may vanish at any moment, or be no address at all.
function addressIn(file) {
  try {
    return /^https?:[^]*(?=\n$)/.exec(readFileSync(file, "utf8"))?.[0];
  } catch {
    return undefined;
  }
}

// Starts the program on a free port. → { url, pid, stdout, stderr, ended, kill(signal) }
// `place: "environment"` passes port and ready file as variables. `wrap` makes a command of the program's.
// `launched` is told of the process before it is ready.
export async function startIn(file, args, { env, cwd, place, wrap = (words) => words, launched = () => {} } = {}) {
  const byName = place === "environment";
  const [command, ...rest] = wrap([program, ...(byName ? [] : ["--port", "0", "--ready-file", file]), ...transportOptions, ...args]);
  const process = launch(command, rest, {
    env: byName ? { VAULT_MOCK_PORT: "0", VAULT_MOCK_READY_FILE: file, ...env } : env,
    cwd,
  });
  launched(process);
  process.url = await until(() => addressIn(file), "the program was ready", process);
  await until(() => process.stdout || undefined, "the banner", process);
  process.kill = (signal) => {
    process.child.kill(signal);
    return within(process.ended, `the end after ${signal}`, process);
  };
  return process;
}

// The program from outside (Linux): descriptors, threads, resident memory in MB.
export function vitals({ pid }) {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const number = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1]);
  return { descriptors: readdirSync(`/proc/${pid}/fd`).length, threads: number("Threads"), megabytes: number("VmRSS") / 1024 };
}
