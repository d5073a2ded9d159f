// What ./dev bench writes down.

import assert from "node:assert/strict";
import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root, runCommand, temporaryFolder } from "../support/program.js";
import { byWork, median, microsOfOne, percentile, ratio } from "./load.mjs";
import { check, save, table } from "./report.mjs";

test("a figure is held against its aim", () => {
  assert.deepEqual(check("start", 9.99, { most: 10, unit: "ms", digits: 1 }), ["start", "10.0 ms", "under 10 ms", "yes"]);
  assert.deepEqual(check("start", 10, { most: 10, unit: "ms" }), ["start", "10.00 ms", "under 10 ms", "**no**"]);
  assert.deepEqual(check("rate", 0.85, { least: 0.85 }), ["rate", "0.85", "at least 0.85", "yes"]);
  assert.deepEqual(check("rate", 0.84, { least: 0.85 }), ["rate", "0.84", "at least 0.85", "**no**"]);
  assert.deepEqual(check("nginx", 2), ["nginx", "2.00", "", ""]);
});

test("a table is Markdown", () => {
  assert.equal(table(["what", "n"], [["a", 1]]), "| what | n |\n|---|---:|\n| a | 1 |");
});

test("rounds are compared one by one, processor times by their sums", () => {
  const fast = [{ rate: 200, micros: 5, requests: 200 }, { rate: 20, micros: 10, requests: 20 }, { rate: 300, micros: 5, requests: 300 }];
  const slow = [{ rate: 100, micros: 10, requests: 100 }, { rate: 10, micros: 20, requests: 10 }, { rate: 100, micros: 10, requests: 100 }];
  assert.equal(ratio(fast, slow), 2);
  assert.ok(Math.abs(microsOfOne(fast) - 2700 / 520) < 1e-9);
  assert.ok(Math.abs(byWork(fast, slow) - 2200 / 210 / (2700 / 520)) < 1e-9);
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(percentile(Array.from({ length: 50 }, (_, i) => i + 1), 0.95), 48);
});

test("saving again keeps the notes, and nothing else", () => {
  const page = join(temporaryFolder(), "RESULTS.md");
  save("first table\n", "a machine", { page });
  appendFileSync(page, "\nTried: less.\n");
  save("second table\n", "another machine", { page });
  const text = readFileSync(page, "utf8");
  assert.match(text, /^# Results\n\n.*another machine\.\n\nsecond table\n\n## Notes\n[^]*\nTried: less\.\n$/);
  assert.doesNotMatch(text, /first table|a machine/);
});

test("bench and profile refuse what they do not know, in words", async () => {
  for (const [script, words, message] of [
    ["bench", ["--only", "nothing"], /^There is no part nothing\.\nUsage: /],
    ["bench", ["--rounds", "0"], /^--rounds takes a number of 1 or more, not 0\.\nUsage: /],
    ["bench", ["--fast"], /^Unknown option '--fast'/],
    ["replicas", ["--seconds", "x"], /^--seconds takes a number of 1 or more, not x\.\nUsage: /],
    ["profile", ["nothing"], /^There is no request nothing\.\nUsage: /],
  ]) {
    const { code, stdout, stderr } = await runCommand(process.execPath, [join(root, "tests/bench", `${script}.mjs`), ...words]);
    assert.deepEqual([code, stdout], [2, ""], stderr);
    assert.match(stderr, message);
  }
});
