// Makes the npm packages: node clients/node/pack.mjs FOLDER linux-x64=PROGRAM [linux-arm64=PROGRAM]
//
// FOLDER gets vault-mock-VERSION.tgz and vault-mock-linux-x64-VERSION.tgz. The same files give the same bytes, for npm pack
// gives every file one time. A processor without a program gets no package, and that is said.

import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { adminTypes, rulesTypes } from "./types.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = resolve(here, "../..");
const read = (file) => readFileSync(join(root, file), "utf8");
const json = (value) => `${JSON.stringify(value, null, 2)}\n`;

// What npm compares with the place that a package is published from (npm publish --provenance).
const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name } = process.env;
const repository = server && name && { type: "git", url: `git+${server}/${name}.git`, directory: "clients/node/vault-mock" };

const version = execFileSync(join(root, "server/cmake/version"), { encoding: "utf8" }).trim();
const machines = { x64: 62, arm64: 183 }; // e_machine of an ELF file

function fail(message) {
  console.error(`pack.mjs: ${message}`);
  process.exit(2);
}

// ["linux-x64=build/release/vault-mock"] → [["x64", "build/release/vault-mock"]]
function programsOf(words) {
  return words.map((word) => {
    const [, processor, program] = word.match(/^linux-(\w+)=(.+)$/) ?? fail(`'${word}' is not like linux-x64=PROGRAM`);
    const machine = machines[processor] ?? fail(`there is no package for linux-${processor}, only: ${Object.keys(machines).join(", ")}`);
    const head = readFileSync(program).subarray(0, 20);
    if (head.toString("latin1", 0, 4) !== "\x7fELF" || head.readUInt16LE(18) !== machine) fail(`${program} is not a program for ${processor}`);
    return [processor, program];
  });
}

// The package of one processor: the program, and what a package needs beside it.
function stagePlatform(folder, processor, program) {
  const name = `@vault-mock/linux-${processor}`;
  const description = `The program of vault-mock for Linux on ${processor}, linked statically`;
  writeFileSync(
    join(folder, "package.json"),
    json({ name, version, description, license: "MIT", ...(repository && { repository }), os: ["linux"], cpu: [processor], preferUnplugged: true, files: ["vault-mock", "THIRD-PARTY.txt"] }),
  );
  writeFileSync(join(folder, "README.md"), `# ${name}\n\n${description}. Install \`vault-mock\`, which brings it.\n`);
  const notices = join(dirname(program), "THIRD-PARTY.txt"); // where `./dev package` writes them
  if (existsSync(notices)) copyFileSync(notices, join(folder, "THIRD-PARTY.txt"));
  copyFileSync(program, join(folder, "vault-mock"));
  chmodSync(join(folder, "vault-mock"), 0o755);
}

function stageClient(folder) {
  cpSync(join(here, "vault-mock"), folder, { recursive: true });
  const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const optionalDependencies = Object.fromEntries(Object.keys(about.optionalDependencies).map((name) => [name, version]));
  writeFileSync(join(folder, "package.json"), json({ ...about, version, ...(repository && { repository }), optionalDependencies }));
  mkdirSync(join(folder, "types"));
  writeFileSync(join(folder, "types/admin.d.ts"), adminTypes(JSON.parse(read("server/site/admin/admin.json"))));
  writeFileSync(join(folder, "types/rules.d.ts"), rulesTypes(JSON.parse(read("fixtures/fixture.schema.json"))));
}

function pack(to, stage) {
  const folder = mkdtempSync(join(tmpdir(), "vault-mock-pack-"));
  try {
    stage(folder);
    copyFileSync(join(root, "LICENSE"), join(folder, "LICENSE"));
    const words = ["pack", "--ignore-scripts", "--silent", "--pack-destination", resolve(to)];
    console.log(join(to, execFileSync("npm", words, { cwd: folder, encoding: "utf8" }).trim()));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const [to, ...words] = process.argv.slice(2);
if (!to) fail("name a folder for the packages, and the programs: FOLDER linux-x64=PROGRAM");
const programs = programsOf(words);
mkdirSync(to, { recursive: true });
pack(to, stageClient);
for (const [processor, program] of programs) pack(to, (folder) => stagePlatform(folder, processor, program));
for (const processor of Object.keys(machines)) {
  if (!programs.some(([given]) => given === processor)) console.error(`There is no program for linux-${processor}, so its package was not made.`);
}
