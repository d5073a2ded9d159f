"use strict";
// Where the program is: in VAULT_MOCK_BINARY, else in the package for this system, else on the PATH.

const { accessSync, closeSync, constants, openSync, readSync, statSync } = require("node:fs");
const { delimiter, resolve } = require("node:path");
const { VaultMockError } = require("./error.js");

const system = `${process.platform}-${process.arch}`;
const systems = Object.keys(require("../package.json").optionalDependencies).map((name) => name.replace("@vault-mock/", ""));

// npm and pip put scripts of this name on the PATH, which look for the program themselves.
function isScript(path) {
  const file = openSync(path, "r");
  try {
    const head = Buffer.alloc(2);
    readSync(file, head, 0, 2, 0);
    return head.toString("latin1") === "#!";
  } finally {
    closeSync(file);
  }
}

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function packaged() {
  try {
    return require.resolve(`@vault-mock/${system}/vault-mock`);
  } catch {
    return undefined;
  }
}

const onPath = (env) =>
  (env.PATH ?? "")
    .split(delimiter)
    .map((folder) => resolve(folder, "vault-mock"))
    .find((file) => isProgram(file) && !isScript(file));

function whatToDo() {
  const elsewhere = 'Run it elsewhere, say in a container, and connect("http://127.0.0.1:4010") to it (the fixtures: VAULT_MOCK_URL)';
  if (!systems.includes(system))
    return `There is no vault-mock for ${system}, only for ${systems.join(" and ")}. ${elsewhere}; or build it and name it in VAULT_MOCK_BINARY.`;
  return (
    `The program vault-mock is not here: @vault-mock/${system} is not installed, and there is none on the PATH. ` +
    "npm leaves it out with --omit=optional, or where node_modules comes from another system: " +
    `install again without that (npm install vault-mock). ${elsewhere}; or name a program in VAULT_MOCK_BINARY.`
  );
}

// → its path
function findProgram(env = process.env) {
  const named = env.VAULT_MOCK_BINARY && resolve(env.VAULT_MOCK_BINARY);
  if (named && !isProgram(named))
    throw new VaultMockError(`VAULT_MOCK_BINARY is ${named}, which is not the program: name a file that can be run.`);
  const found = named || [packaged()].find((file) => file && isProgram(file)) || onPath(env);
  if (!found) throw new VaultMockError(whatToDo());
  return found;
}

module.exports = { findProgram };
