// What is in the wheels, and for which systems they are.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { before, test } from "node:test";

import { program, root, temporaryFolder, version } from "../support/program.js";
import { output, suiteWith } from "../support/sdk.js";
import { pack, processor, wheels, withPython } from "./support.js";

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
const machine = { x64: "x86_64", arm64: "aarch64" }[process.arch];

// → { name: { mode, sha256, text } }
const listing = `
import hashlib, json, sys, zipfile
wheel = zipfile.ZipFile(sys.argv[1])
read = {entry.filename: (entry, wheel.read(entry)) for entry in wheel.infolist()}
print(json.dumps({name: {"mode": oct(entry.external_attr >> 16), "sha256": hashlib.sha256(content).hexdigest(),
                         "text": content.decode("utf-8", "replace") if len(content) < 100000 else ""} for name, (entry, content) in read.items()}))`;
const contents = (wheel) => JSON.parse(output("python3", ["-c", listing, wheel]));

const modules = readdirSync(join(root, "clients/python/vault_mock")).filter((name) => name.includes("."));
const info = ["METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE"].map((name) => `vault_mock-${version}.dist-info/${name}`);
// The notices are beside a program that was built to be given on.
const notices = existsSync(join(dirname(program), "THIRD-PARTY.txt")) ? [`vault_mock-${version}.dist-info/licenses/THIRD-PARTY.txt`] : [];
const withTheProgramOnly = ["vault_mock/bin/vault-mock", ...notices];

suiteWith("wheels", withPython, () => {
  let made;
  before(async () => (made = await wheels()));

  test("the wheel has the modules, the license and the program that was given, and no more", () => {
    const files = contents(made.program);
    assert.deepEqual(Object.keys(files).sort(), [...modules.map((name) => `vault_mock/${name}`), ...withTheProgramOnly, ...info].sort());
    assert.ok(modules.includes("py.typed"));
    const { mode, sha256: digest } = files["vault_mock/bin/vault-mock"];
    assert.deepEqual([mode, digest], ["0o100755", sha256(readFileSync(program))]);
    assert.equal(files[info[4]].text, readFileSync(join(root, "LICENSE"), "utf8"));
    const others = Object.values(files).filter((file) => file.mode !== "0o100644");
    assert.equal(others.length, 1);
  });

  test("its metadata is the package's", () => {
    const files = contents(made.program);
    const metadata = files[info[0]].text;
    for (const line of ["Name: vault-mock", `Version: ${version}`, "Requires-Python: >=3.9", "License-Expression: MIT"])
      assert.ok(metadata.split("\n").includes(line), metadata);
    assert.doesNotMatch(metadata, /^Requires-Dist/m);
    assert.match(files[info[3]].text, /^vault-mock = vault_mock\._program:main$/m);
  });

  // A program that needs shared libraries is what a build makes where apt offers no sources of them.
  test("its name says that a static program runs on every Linux of its processor, and another on systems as this one", () => {
    const isStatic = !/interpreter/.test(output("file", ["--brief", program]));
    const tag = isStatic ? `manylinux_2_17_${machine}.manylinux2014_${machine}.musllinux_1_1_${machine}` : `linux_${machine}`;
    assert.equal(basename(made.program), `vault_mock-${version}-py3-none-${tag}.whl`);
    const tags = tag.split(".").map((one) => `Tag: py3-none-${one}`);
    assert.deepEqual(contents(made.program)[info[2]].text.match(/^Tag: .*/gm), tags);
  });

  test("the wheel for all systems is the same without the program", () => {
    assert.equal(basename(made.any), `vault_mock-${version}-py3-none-any.whl`);
    const [any, other] = [made.any, made.program].map((wheel) => Object.keys(contents(wheel)));
    assert.deepEqual(any, other.filter((name) => !withTheProgramOnly.includes(name)));
  });

  test("two runs give the same bytes", async () => {
    const again = await wheels();
    for (const kind of ["any", "program"]) assert.equal(sha256(readFileSync(again[kind])), sha256(readFileSync(made[kind])));
  });

  test("what is no program for the processor is refused, and nothing is made", async () => {
    const folder = temporaryFolder();
    const script = join(folder, "script");
    writeFileSync(script, "#!/bin/sh\n");
    const other = processor === "linux-x64" ? "linux-arm64" : "linux-x64";
    const refused = [
      [`${processor}=${script}`, /script is not a program for linux-/],
      [`${other}=${program}`, new RegExp(`is not a program for ${other}`)],
      [`${processor}=${script}.gone`, /script\.gone: No such file/],
      ["linux-vax=x", /no wheel for linux-vax, only for linux-x64, linux-arm64/],
    ];
    for (const [word, said] of refused) {
      const { code, stderr } = await pack(join(folder, "made"), word);
      assert.equal(code, 1);
      assert.match(stderr, said);
    }
    assert.deepEqual(readdirSync(folder), ["script"]);
  });
});
