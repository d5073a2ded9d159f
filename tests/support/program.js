// The real program as a child process. It is $VAULT_MOCK, or the release build; none is a failure, not a skip.
// No VAULT_MOCK_… option of the caller's environment reaches it.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const limitMs = 60_000; // only a failure waits that long

export const root = fileURLToPath(new URL("../..", import.meta.url));
export const program = resolve(process.env.VAULT_MOCK ?? join(root, "build/release/vault-mock"));
if (!existsSync(program)) throw new Error(`There is no program at ${program}: run ./dev build, or name it in VAULT_MOCK.`);

export function cleanEnvironment(extra = {}) {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("VAULT_MOCK"));
  return { ...Object.fromEntries(kept), ...extra };
}

// What ends with the test file. Registered here, once: a hook made inside a test would end with that test.
const atEnd = [];
after(() => atEnd.forEach((end) => end()));

// A folder that lives as long as the test file.
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), "vault-mock-"));
  atEnd.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function launch(command, args, { env = {}, cwd } = {}) {
  const child = spawn(command, args, { env: cleanEnvironment(env), cwd, stdio: ["ignore", "pipe", "pipe"] });
  const process = { child, pid: child.pid, stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"]) child[name].setEncoding("utf8").on("data", (text) => (process[name] += text));
  process.ended = once(child, "close").then(([code, signal]) => ({ code, signal, stdout: process.stdout, stderr: process.stderr }));
  process.hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  return process;
}

async function within(promise, what, process) {
  const late = sleep(limitMs, "late", { ref: false });
  const result = await Promise.race([promise, late]);
  if (result !== "late") return result;
  process.child.kill("SIGKILL");
  throw new Error(`${what} took over ${limitMs} ms. Its output:\n${process.stdout}${process.stderr}`);
}

// Runs a command to its end. → { code, signal, stdout, stderr }
export function runCommand(command, args, options) {
  const process = launch(command, args, options);
  return within(process.ended, [command, ...args].join(" "), process);
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

// The address of a program that is there: a file of an earlier run may vanish at any moment, or be no address at all.
function addressIn(file) {
  try {
    return /^https?:[^]*(?=\n$)/.exec(readFileSync(file, "utf8"))?.[0];
  } catch {
    return undefined;
  }
}

// Starts the program on a free port. → { url, pid, stdout, stderr, ended, kill(signal) }; it ends with the test file.
// `place: "environment"` passes port and ready file as variables. `wrap` makes a command of the program's.
export async function start(args = [], { env, cwd, place, readyFile, wrap = (words) => words } = {}) {
  const file = readyFile ?? join(temporaryFolder(), "ready");
  const byName = place === "environment";
  const [command, ...rest] = wrap([program, ...(byName ? [] : ["--port", "0", "--ready-file", file]), ...args]);
  const process = launch(command, rest, {
    env: byName ? { VAULT_MOCK_PORT: "0", VAULT_MOCK_READY_FILE: file, ...env } : env,
    cwd,
  });
  atEnd.unshift(() => process.child.kill("SIGKILL"));
  process.url = await until(
    () => addressIn(file),
    "the program was ready",
    process,
  );
  await until(() => process.stdout || undefined, "the banner", process);
  process.kill = (signal) => {
    process.child.kill(signal);
    return within(process.ended, `the end after ${signal}`, process);
  };
  return process;
}

// Asks for a session with plain fetch. → { status, headers, body }
export async function askForSession(url, { consumer = "test-consumer", headers = {}, body } = {}) {
  const response = await fetch(`${url}/vault/sessions`, {
    method: "POST",
    headers: {
      authorization: "Bearer sk_test_0123456789",
      "x-apideck-app-id": "test-app",
      "x-apideck-consumer-id": consumer,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

export const claimsOf = (token) => JSON.parse(Buffer.from(token.split(".")[1], "base64url").toString("utf8"));
