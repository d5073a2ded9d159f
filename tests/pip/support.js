// Wheels of the program under test, and what is done with them in folders outside of the project.

import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { blocksOf } from "../readme/blocks.js";
import { cleanEnvironment, program, root, runCommand, temporaryFolder } from "../support/program.js";
import { install, output, works } from "../support/sdk.js";

export const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const pythonFrom = (version) => works("python3", ["-c", `import sys, venv, ensurepip; assert sys.version_info >= ${version}`]);
export const withPython = pythonFrom("(3, 9)") ? {} : { skip: "Python 3.9 or newer, with venv, is not installed" };
// pytest, pytest-xdist and mypy as requirements.txt pins them.
export const withTools = pythonFrom("(3, 10)") ? {} : { skip: "Python 3.10 or newer, with venv, is not installed" };

export const pack = (...words) => runCommand("python3", [join(root, "clients/python/pack"), ...words]);
export const processor = `linux-${process.arch}`;

// → { program, any }: the wheel with the program under test, and that without one
export async function wheels(folder = temporaryFolder()) {
  const { code, stderr } = await pack(folder, `${processor}=${program}`);
  assert.equal(code, 0, stderr);
  const [any, other] = readdirSync(folder).sort().map((name) => join(folder, name));
  return { any, program: other };
}

const pip = (python, ...words) => output(python, ["-m", "pip", "--isolated", "--disable-pip-version-check", ...words]);

// A new virtual environment with the wheel, and nothing from the network. → its folder
export function virtualEnvironment(wheel) {
  const folder = join(temporaryFolder(), "venv");
  output("python3", ["-m", "venv", folder]);
  pip(join(folder, "bin/python"), "install", "--quiet", "--no-index", wheel);
  return folder;
}

// The wheel in a folder of its own, for the Python of tools(). → the folder
export function unpacked(wheel) {
  const folder = temporaryFolder();
  pip(tools(), "install", "--quiet", "--no-index", "--no-deps", "--target", folder, wheel);
  return folder;
}

// → a Python that has pytest and the rest, made once for all runs
export function tools() {
  const list = here("requirements.txt");
  const folder = install("pytest", list, (made) => {
    output("python3", ["-m", "venv", made]);
    output(join(made, "bin/python"), ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", list]);
  });
  return join(folder, "bin/python");
}

// The files that a README shows, in a new folder. → { folder, files }
export function filesOf(page) {
  const folder = temporaryFolder();
  const blocks = blocksOf(readFileSync(join(root, page), "utf8")).filter(({ file }) => file);
  for (const { file, text } of blocks) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return { folder, files: blocks.map(({ file }) => file) };
}

// Without a program on the PATH, and without options of the caller's.
export const environment = (more = {}) => cleanEnvironment({ PYTHONDONTWRITEBYTECODE: "1", ...more });
