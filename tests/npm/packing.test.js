// What is in the packages, and that others' judges of packages find nothing wrong with them.

import assert from "node:assert/strict";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { program, root, temporaryFolder, version } from "../support/program.js";
import { pack, packer, processor, programAlone, run, succeed, tarballs, tool } from "./support.js";

const mine = `linux-${processor}=${programAlone()}`;
const filesIn = async (tarball) => (await succeed("tar", ["-tzf", tarball])).trim().split("\n").map((name) => name.replace("package/", "")).sort();
const fileIn = (tarball, name) => succeed("tar", ["-xOzf", tarball, `package/${name}`]);

test("the packages are the client and the program, by the version of the project", async () => {
  assert.deepEqual((await tarballs()).map((file) => basename(file)), [`vault-mock-${version}.tgz`, `vault-mock-linux-${processor}-${version}.tgz`]);
  const [client, ours] = await Promise.all((await tarballs()).map(async (file) => JSON.parse(await fileIn(file, "package.json"))));
  assert.deepEqual([client.version, ours.version], [version, version]);
  assert.deepEqual(client.optionalDependencies, { "@vault-mock/linux-arm64": version, "@vault-mock/linux-x64": version });
  assert.deepEqual([ours.os, ours.cpu], [["linux"], [processor]]);
  for (const about of [client, ours]) assert.deepEqual([about.license, about.scripts, about.dependencies], ["MIT", undefined, undefined]);
});

test("no file is a surprise, and each package has its license", async () => {
  const [client, ours] = await tarballs();
  assert.deepEqual(await filesIn(client), [
    "LICENSE", "README.md", "bin.js", "index.d.ts", "index.js", "jest.d.ts", "jest.js",
    ...["error", "feed", "fixture", "http", "limit", "mock", "program", "rule", "space", "start"].map((name) => `lib/${name}.js`),
    "node-test.d.ts", "node-test.js", "package.json", "playwright.d.ts", "playwright.js", "types/admin.d.ts", "types/rules.d.ts",
    "vitest.d.mts", "vitest.mjs",
  ]);
  assert.deepEqual(await filesIn(ours), ["LICENSE", "README.md", "package.json", "vault-mock"]);
  const folder = temporaryFolder();
  copyFileSync(program, join(folder, "vault-mock"));
  writeFileSync(join(folder, "THIRD-PARTY.txt"), "of its libraries\n");
  const [, withNotices] = await pack(temporaryFolder(), `linux-${processor}=${join(folder, "vault-mock")}`);
  assert.equal(await fileIn(withNotices, "THIRD-PARTY.txt"), "of its libraries\n");
  for (const tarball of [client, ours]) assert.equal(await fileIn(tarball, "LICENSE"), readFileSync(join(root, "LICENSE"), "utf8"));
});

test("the packages name the repository that they are published from, where there is one", async () => {
  const aboutOf = async (env) => {
    const files = (await succeed(process.execPath, [packer, temporaryFolder(), mine], { env })).trim().split("\n");
    return Promise.all(files.map(async (file) => JSON.parse(await fileIn(file, "package.json")).repository));
  };
  const repository = { type: "git", url: "git+https://git.example/one/mock.git", directory: "clients/node/vault-mock" };
  assert.deepEqual(await aboutOf({ GITHUB_SERVER_URL: "https://git.example", GITHUB_REPOSITORY: "one/mock" }), [repository, repository]);
  assert.deepEqual(await aboutOf({ GITHUB_SERVER_URL: undefined, GITHUB_REPOSITORY: undefined }), [undefined, undefined]);
});

test("the program in the package is the program, and may be run", async () => {
  const [, ours] = await tarballs();
  const folder = temporaryFolder();
  await succeed("tar", ["-xzf", ours, "-C", folder]);
  assert.ok(readFileSync(join(folder, "package/vault-mock")).equals(readFileSync(program)));
  assert.match(await succeed(join(folder, "package/vault-mock"), ["--version"]), /^vault-mock /);
});

test("packed twice, they have the same bytes", async () => {
  const again = await pack(temporaryFolder(), mine);
  for (const [index, tarball] of (await tarballs()).entries()) assert.ok(readFileSync(tarball).equals(readFileSync(again[index])), tarball);
});

test("a processor without a program gets no package, and that is said", async () => {
  const { code, stdout, stderr } = await run(process.execPath, [packer, temporaryFolder(), mine]);
  const other = processor === "x64" ? "arm64" : "x64";
  assert.deepEqual([code, stderr], [0, `There is no program for linux-${other}, so its package was not made.\n`]);
  assert.ok(!stdout.includes(`linux-${other}`));
});

for (const [what, words, message] of [
  ["a program of another processor", [`linux-${processor === "x64" ? "arm64" : "x64"}=${program}`], /is not a program for/],
  ["a script", [`linux-${processor}=${packer}`], /pack\.mjs is not a program for/],
  ["a processor without a package", [`linux-riscv64=${program}`], /no package for linux-riscv64, only: x64, arm64/],
  ["a word of no meaning", [program], /is not like linux-x64=PROGRAM/],
]) {
  test(`${what} is refused`, async () => {
    const { code, stderr } = await run(process.execPath, [packer, temporaryFolder(), ...words]);
    assert.equal(code, 2);
    assert.match(stderr, message);
  });
}

test("publint finds nothing", async () => {
  for (const tarball of await tarballs()) await succeed(tool("publint"), ["--strict", tarball]);
});

// Vitest is an ES module alone, and so is what extends it. Node 18 knows `exports`, which the profile node10 does not.
test("attw finds nothing", async () => {
  const [client] = await tarballs();
  await succeed(tool("attw"), [client, "--profile", "node16", "--exclude-entrypoints", "./vitest"]);
  await succeed(tool("attw"), [client, "--profile", "esm-only", "--entrypoints", "./vitest"]);
});
