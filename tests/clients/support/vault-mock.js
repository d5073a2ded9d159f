// The clients here are the npm packages as they come, and the server is the program itself: nothing is patched, nothing
// is stubbed. Every suite starts its own program on a free port and stops it as a supervisor would, with SIGTERM.
// The program is $VAULT_MOCK, or the release build (cmake --build build/release); no program is a failure, not a skip.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const startLimitMs = 10_000;
const stopLimitMs = 10_000;

function program() {
  const path = process.env.VAULT_MOCK
    ? resolve(process.env.VAULT_MOCK)
    : fileURLToPath(new URL("../../../build/release/vault-mock", import.meta.url));
  try {
    accessSync(path, constants.X_OK);
  } catch {
    throw new Error(`There is no program at ${path}: build it, or name it in VAULT_MOCK.`);
  }
  return path;
}

// → { url, stop() }. `stop` asks the program to end and fails unless it does so in time with exit code 0.
export async function startVaultMock(...options) {
  const folder = mkdtempSync(join(tmpdir(), "vault-mock-clients-"));
  const readyFile = join(folder, "ready");
  const child = spawn(program(), ["--port", "0", "--ready-file", readyFile, ...options], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  child.stderr.on("data", (chunk) => (output += chunk));
  const ended = once(child, "close");
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;

  const giveUp = async (reason) => {
    child.kill("SIGKILL");
    await ended;
    rmSync(folder, { recursive: true });
    throw new Error(`${reason}. Its output:\n${output}`);
  };

  let url;
  for (const deadline = Date.now() + startLimitMs; url === undefined; await sleep(5)) {
    if (hasEnded()) await giveUp("vault-mock ended before it was ready");
    if (Date.now() > deadline) await giveUp("vault-mock was not ready in time");
    try {
      url = readFileSync(readyFile, "utf8").trim();
    } catch (error) {
      if (error.code !== "ENOENT") throw error;
    }
  }

  return {
    url,
    async stop() {
      child.kill("SIGTERM");
      const late = sleep(stopLimitMs, "late", { ref: false });
      if ((await Promise.race([ended, late])) === "late") await giveUp("vault-mock did not end after SIGTERM");
      rmSync(folder, { recursive: true });
      assert.deepEqual([child.exitCode, child.signalCode], [0, null], `vault-mock ended badly. Its output:\n${output}`);
    },
  };
}

// For the body of a `describe`: a program that lives as long as the suite. Read `url` inside of tests only.
export function vaultMockForThisSuite(...options) {
  const mock = {};
  before(async () => Object.assign(mock, await startVaultMock(...options)));
  after(() => mock.stop?.());
  return mock;
}
