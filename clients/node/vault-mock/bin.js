#!/usr/bin/env node
"use strict";
// `npx vault-mock …` is the program: its words, its standard streams, its signals and its exit code.

const { spawn } = require("node:child_process");
const { findProgram } = require("./lib/program.js");

const signals = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"];

// A tool that manages versions may have put a command of this name on the PATH that only starts this one again.
const mark = "LAUNCHED_BY_VAULT_MOCK";

function run(program, words) {
  if (process.env[mark]) fail(`${program} is not the program: it starts this command again: name the program in VAULT_MOCK_BINARY`);
  const { VAULT_MOCK_BINARY, ...theirs } = process.env; // which is for clients
  const env = { ...theirs, [mark]: "1" };
  if (process.execve) return process.execve(program, [program, ...words], env); // Node 22.15: becomes the program
  const child = spawn(program, words, { env, stdio: "inherit" });
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => fail(`${program}: ${error.message}`));
  child.on("exit", (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

function fail(message) {
  console.error(`vault-mock: ${message}`);
  process.exit(2);
}

try {
  run(findProgram(), process.argv.slice(2));
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
