// What the shells complete, asked of the shells themselves, and the manual page. Both are written from the options.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { run, runCommand, temporaryFolder } from "../support/program.js";

const folder = temporaryFolder();
const linesOf = (text) => text.split("\n").filter(Boolean);

// The names of the options that --help lists.
async function optionsOf(words) {
  const { stdout } = await run(words);
  return [...stdout.matchAll(/^ +(?:-[A-Za-z], )?(--[a-z-]+)/gm)].map(([, option]) => option);
}

async function script(shell) {
  const { code, stdout, stderr } = await run(["completion", shell]);
  assert.deepEqual([code, stderr], [0, ""]);
  const file = join(folder, `vault-mock.${shell}`);
  writeFileSync(file, stdout);
  return file;
}

const shells = {
  async bash(words) {
    const { stdout, stderr } = await runCommand("bash", ["--norc", "-c",
      'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _vault_mock; printf "%s\\n" "${COMPREPLY[@]}"',
      "bash", await script("bash"), ...words], { cwd: folder });
    assert.equal(stderr, "");
    return linesOf(stdout);
  },
  async fish(words) {
    const { stdout, stderr } = await runCommand("fish", ["--no-config", "-c",
      `source ${await script("fish")}; complete -C "${words.join(" ")}"`], { cwd: folder, env: { HOME: folder } });
    assert.equal(stderr, "");
    return linesOf(stdout).map((line) => line.split("\t")[0]);
  },
};

writeFileSync(join(folder, "refusals.json"), "{}");

for (const [shell, completed] of Object.entries(shells)) {
  describe(shell, () => {
    const cases = [
      ["an option", ["vault-mock", "--por"], ["--port"]],
      ["a command", ["vault-mock", "exp"], ["explain"]],
      ["an option of the command", ["vault-mock", "explain", "--cons"], ["--consumer-id"]],
      ["the values of an option", ["vault-mock", "--log-format", "j"], ["json"]],
      ["a file where there may be one", ["vault-mock", "check", "refu"], ["refusals.json"]],
      ["a file as the value of an option", ["vault-mock", "explain", "--request", "refu"], ["refusals.json"]],
      ["a shell", ["vault-mock", "completion", "z"], ["zsh"]],
    ];
    for (const [what, words, expected] of cases) {
      test(`completes ${what}`, async () => assert.deepEqual(await completed(words), expected));
    }

    test("offers every option of --help", async () => {
      const known = new Set(await completed(["vault-mock", "--"]));
      const options = await optionsOf(["--help"]);
      assert.ok(options.length > 25, options.join(" "));
      for (const option of options) assert.ok(known.has(option), option);
    });
  });
}

test("zsh takes its completion, sourced and as a function file", async () => {
  const file = await script("zsh");
  const { stdout, stderr } = await runCommand("zsh", ["-f", "-c",
    `autoload -U compinit; compinit -u -d ${folder}/dump; source ${file}; print $_comps[vault-mock]; zsh -n ${file} && print sound`],
  { env: { HOME: folder } });
  assert.deepEqual([stderr, linesOf(stdout)], ["", ["_vault_mock", "sound"]]);
});

test("an unknown shell is named", async () => {
  const { code, stderr } = await run(["completion", "tcsh"]);
  assert.equal(code, 2);
  assert.match(stderr, /^vault-mock: [^\n]*tcsh[^\n]*bash[^\n]*\n$/);
});

test("the manual page has every option and variable, and man finds no fault in it", async () => {
  const { stdout: page } = await run(["manual"]);
  const file = join(folder, "vault-mock.1");
  writeFileSync(file, page);
  const { stdout: faults } = await runCommand("mandoc", ["-T", "lint", "-W", "warning", file]);
  assert.deepEqual(linesOf(faults).filter((line) => !line.includes("missing date")), []);
  const { stdout: text } = await runCommand("mandoc", ["-T", "ascii", file]);
  const words = text.replaceAll(/.\x08/g, "");
  for (const command of [[], ["explain"], ["health"]]) {
    const { stdout: help } = await run([...command, "--help"]);
    for (const option of await optionsOf([...command, "--help"])) assert.ok(words.includes(option), option);
    const names = [...help.matchAll(/\[env: (VAULT_MOCK_[A-Z_]+)\]/g)];
    assert.ok(names.length > 0);
    for (const [, name] of names) assert.ok(words.includes(name), name);
  }
});
