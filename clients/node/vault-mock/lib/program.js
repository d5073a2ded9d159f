"use strict";
// Where the program is: in VAULT_MOCK_BINARY, else in the package for this system, else on the PATH.

const { accessSync, constants, readFileSync, realpathSync, statSync } = require("node:fs");
const { basename, delimiter, join } = require("node:path");
const { VaultMockError } = require("./error.js");

const system = `${process.platform}-${process.arch}`;
const systems = Object.keys(require("../package.json").optionalDependencies).map((name) => name.replace("@vault-mock/", ""));

// The command of this package, by a link or a script of the package manager's, would only start itself.
const isThisCommand = (file) =>
  basename(realpathSync(file)) === "bin.js" || readFileSync(file).subarray(0, 4096).includes("vault-mock/bin.js");

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile() && !isThisCommand(file);
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
    .map((folder) => join(folder || ".", "vault-mock"))
    .find(isProgram);

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
  const named = env.VAULT_MOCK_BINARY;
  if (named && !isProgram(named))
    throw new VaultMockError(`VAULT_MOCK_BINARY is ${named}, which is not the program: name a file that can be run, and not the command of this package.`);
  const found = named || [packaged()].find((file) => file && isProgram(file)) || onPath(env);
  if (!found) throw new VaultMockError(whatToDo());
  return found;
}

module.exports = { findProgram };
