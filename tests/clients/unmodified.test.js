// The other files here prove something only as long as the clients are what their makers published. `npm ci` checks each
// download against its integrity in package-lock.json; this checks that the lock file pins what was meant, that nothing
// may patch a package on its way, and that the installed files are still the published ones.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const json = (path) => JSON.parse(readFileSync(join(here, path), "utf8"));

// `files` is the digest of the package's files as published; a new version needs a new one, which the failure prints.
const clients = [
  {
    folder: "@apideck/unify",
    name: "@apideck/unify",
    version: "0.52.2",
    files: "f8973c78f04100370688f4627d76537706871c185a70149e78b1e724e8eadd9e",
  },
  {
    folder: "@apideck/unify-0.22",
    name: "@apideck/unify",
    version: "0.22.1",
    files: "6565d572cced6ff46a30f9123c18ce033ea680ce7b11b48f460936578c631092",
  },
  {
    folder: "@apideck/node",
    name: "@apideck/node",
    version: "3.8.0",
    files: "1c105cca1e687cc9788384b927b4a955c2dc27c3f845aed0e46c38004b101bcb",
  },
  {
    folder: "@apideck/node-2",
    name: "@apideck/node",
    version: "2.9.3",
    files: "ed5226a7e684fa3d57004eb416ca40ef0acc88397c2fdbd6ffce6e0880afae86",
  },
  {
    folder: "axios",
    name: "axios",
    version: "1.21.1",
    files: "f5d53cfef4e7dabd03ba8e9e71ec7e2a4304d7fe0750380faf08cc177addf98d",
  },
  {
    folder: "superagent",
    name: "superagent",
    version: "10.4.2",
    files: "e08704d55b9a2aef6cb61aa6bcc0a33aff7df5e882303facaf7b6732240639b9",
  },
];

function digestOf(folder) {
  const files = [];
  (function walk(path) {
    for (const entry of readdirSync(join(folder, path), { withFileTypes: true })) {
      const inside = path + entry.name;
      if (!entry.isDirectory()) files.push(inside);
      else if (inside !== "node_modules") walk(`${inside}/`);
    }
  })("");
  const digest = createHash("sha256");
  for (const file of files.sort()) {
    digest.update(`${file}\0`).update(
      createHash("sha256")
        .update(readFileSync(join(folder, file)))
        .digest(),
    );
  }
  return digest.digest("hex");
}

describe("the clients are the packages as published", () => {
  test("nothing here may replace or patch a package", () => {
    const { scripts, overrides, devDependencies } = json("package.json");
    assert.deepEqual(scripts, { test: "node --test" });
    assert.equal(overrides, undefined);
    for (const [name, version] of Object.entries(devDependencies)) {
      assert.match(version, /^(npm:@apideck\/[a-z]+@)?\d+\.\d+\.\d+$/, `${name} is not pinned`);
    }
  });

  test("the lock file has an integrity, and no address, for every package", () => {
    const { "": _, ...packages } = json("package-lock.json").packages;
    assert.ok(Object.keys(packages).length > clients.length);
    for (const [path, entry] of Object.entries(packages)) {
      assert.match(entry.integrity ?? "", /^sha512-/, path);
      assert.equal(entry.resolved, undefined, path);
      assert.ok(!entry.hasInstallScript, `${path} runs a script when it is installed`);
    }
  });

  for (const { folder, name, version, files } of clients) {
    test(`${folder} is ${name} ${version}, file by file`, () => {
      assert.equal(json("package-lock.json").packages[`node_modules/${folder}`].version, version);
      const installed = json(`node_modules/${folder}/package.json`);
      assert.deepEqual([installed.name, installed.version], [name, version]);
      assert.equal(digestOf(join(here, "node_modules", folder)), files);
    });
  }
});
