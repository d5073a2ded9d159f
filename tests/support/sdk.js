// Client programs in other languages, which use an official SDK and print a line of JSON for each check: its name, and
// the reason where it failed: {"name": "…"} or {"name": "…", "why": "…"}. Each line becomes a test.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";

import { cleanEnvironment, root, start } from "./program.js";

// Where what a language needs is kept between runs.
export const kept = (...names) => join(root, "build", "sdk", ...names);

// Whether a command is there and ends well.
export const works = (command, args) => spawnSync(command, args, { stdio: "ignore" }).status === 0;

// A suite. Where what it needs is missing, a test that is skipped: node does not count the tests of a skipped suite.
export const suiteWith = (title, { skip }, body) => (skip ? test(title, { skip }) : describe(title, body));

// Runs a command to its end, or fails with what it said. → its output
export function output(command, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8", maxBuffer: 1 << 26, ...options });
  assert.equal(status, 0, `${[command, ...args].join(" ")}\n${error ?? ""}${stdout}${stderr}`);
  return stdout;
}

// install("python", "requirements.txt", make): the folder that make(folder) filled for the file as it is now. A folder
// that was made halfway is made anew.
export function install(name, lockFile, make) {
  const folder = kept(name);
  const text = readFileSync(lockFile, "utf8");
  const mark = join(folder, ".installed");
  if (existsSync(mark) && readFileSync(mark, "utf8") === text) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  make(folder);
  writeFileSync(mark, text);
  return folder;
}

function run(command, args, env) {
  const child = spawn(command, args, { env: cleanEnvironment(env), stdio: ["ignore", "pipe", "pipe"] });
  const told = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"]) child[name].setEncoding("utf8").on("data", (text) => (told[name] += text));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code: code ?? signal, ...told }));
  });
}

// clientTests("apideck-unify 0.52.0", { skip, command }): a test that has each check of the program as a test of its own.
// `command()` is asked late, after what it needs was looked for. The program finds the mock's address in VAULT_URL.
export function clientTests(title, { skip = false, command }) {
  test(title, { skip }, async (t) => {
    const [name, ...args] = await command();
    const mock = await start(["--log-level", "off"]);
    const { code, stdout, stderr } = await run(name, args, { VAULT_URL: mock.url, PYTHONDONTWRITEBYTECODE: "1" });
    const checks = stdout.split("\n").filter(Boolean).map((line) => JSON.parse(line));
    for (const { name: check, why } of checks) await t.test(check, () => assert.ok(why === undefined, why));
    assert.equal(code, 0, stderr);
    assert.ok(checks.length > 0, `it checked nothing. ${stderr}`);
  });
}
