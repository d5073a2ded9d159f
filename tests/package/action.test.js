// The script of the GitHub action, with a folder in place of GitHub's releases: the program of a release, of the cache, from
// source, and what is said when it cannot be had or does not start.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { before, test } from "node:test";
import { cleanEnvironment, program, root, temporaryFolder, version } from "../support/program.js";
import { askForSession } from "../support/vault.js";
import { finished } from "./support.js";

const releases = temporaryFolder();
const release = join(releases, `v${version}`);
const sums = () => readdirSync(release).filter((name) => name.endsWith(".gz"))
  .map((name) => `${createHash("sha256").update(readFileSync(join(release, name))).digest("hex")}  ${name}\n`).join("");

before(async () => {
  await finished("cpack", ["-G", "TGZ", "-B", release], { cwd: dirname(program) });
  writeFileSync(join(release, "SHA256SUMS"), sums());
});

// Runs the script. → { code, printed, outputs }; the mock ends with the test.
async function start(t, environment = {}) {
  const folder = temporaryFolder();
  const output = join(folder, "output");
  writeFileSync(output, "");
  const sources = Object.fromEntries((await finished(join(root, ".github/actions/vault-mock/sources"), [])).trim().split("\n").map((line) => line.split("=")));
  assert.equal(sources.version, version);
  const env = { ...cleanEnvironment(), VERSION: version, DIGEST: sources.digest, PORT: "0", FIXTURES: "", ARGUMENTS: "", REF: `v${version}`, RELEASES: `file://${releases}`,
    PROGRAM: join(folder, "program"), GITHUB_OUTPUT: output, ...environment };
  const { code, printed } = await new Promise((resolve) => execFile("bash", [join(root, ".github/actions/vault-mock/start")],
    { env }, (error, stdout, stderr) => resolve({ code: error?.code ?? 0, printed: stdout + stderr })));
  const outputs = Object.fromEntries(readFileSync(output, "utf8").trim().split("\n").map((line) => line.split(/=(.*)/s)));
  if (outputs.pid) t.after(() => process.kill(Number(outputs.pid), "SIGKILL"));
  return { code, printed, outputs, program: env.PROGRAM };
}

test("at a tag it takes the release, and at the next job what was kept of it", async (t) => {
  const rules = temporaryFolder();
  writeFileSync(join(rules, "rules.json"), JSON.stringify({ rules: [{ respond: { error: 402 } }] }));
  const first = await start(t, { FIXTURES: rules, ARGUMENTS: "--strict --seed 7" });
  assert.equal(first.code, 0, first.printed);
  assert.match(first.printed, /from its release/);
  assert.equal((await askForSession(first.outputs.url)).status, 402);
  assert.match(readFileSync(first.outputs.log, "utf8"), /POST \/vault\/sessions 402/);

  const second = await start(t, { PROGRAM: first.program, RELEASES: "file:///nowhere" });
  assert.match(second.printed, /from the cache/);
  assert.equal((await askForSession(second.outputs.url)).status, 200);

  const third = await start(t, { PROGRAM: first.program, DIGEST: "of other sources" });
  assert.match(third.printed, /from its release/);
});

test("what is not what the release's checksums say is not started", async (t) => {
  const [archive] = readdirSync(release).filter((name) => name.endsWith(".gz"));
  writeFileSync(join(release, "SHA256SUMS"), `${"0".repeat(64)}  ${archive}\n`);
  t.after(() => writeFileSync(join(release, "SHA256SUMS"), sums()));
  const { code, printed, outputs } = await start(t);
  assert.notEqual(code, 0);
  assert.match(printed, /checksum did NOT match/);
  assert.equal(outputs.url, undefined);
});

test("at a branch it is built from source, with Docker", async (t) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "docker"), `#!/bin/sh
    for word; do case $word in type=local,dest=*) mkdir -p "\${word#*dest=}" && cp "${program}" "\${word#*dest=}/vault-mock" ;; esac; done
    echo "docker $*"`, { mode: 0o755 });
  const { code, printed, outputs } = await start(t, { REF: "main", PATH: `${folder}:${process.env.PATH}` });
  assert.equal(code, 0, printed);
  assert.match(printed, /built from source: 'main' is not the tag of a release/);
  assert.ok(printed.includes(`docker build -f ${join(root, "docker/Dockerfile")} --output`), printed);
  assert.equal((await askForSession(outputs.url)).status, 200);
});

test("a mock that does not start says why", async (t) => {
  const { code, printed } = await start(t, { ARGUMENTS: "--stirct" });
  assert.notEqual(code, 0);
  assert.match(printed, /did not start:[^]*--stirct[^]*--strict/);
});
