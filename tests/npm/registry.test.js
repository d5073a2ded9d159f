// From a registry npm takes the program of the system it installs for, and no other.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { basename, join } from "node:path";
import { after, before, test } from "node:test";
import { temporaryFolder } from "../support/program.js";
import { pack, succeed } from "./support.js";

// The head of a program for that processor, which is enough to pack it.
function programFor(machine) {
  const head = Buffer.from("\x7fELF\x02\x01\x01".padEnd(64, "\0"), "latin1");
  head.writeUInt16LE(machine, 18);
  const file = join(temporaryFolder(), "vault-mock");
  writeFileSync(file, head);
  return file;
}

// As much of a registry as npm asks for: what there is of a package, and its tarball.
async function serve(tarballs) {
  const packages = new Map();
  for (const file of tarballs) {
    const about = JSON.parse(await succeed("tar", ["-xOzf", file, "package/package.json"]));
    packages.set(about.name, { about, file, integrity: `sha512-${createHash("sha512").update(readFileSync(file)).digest("base64")}` });
  }
  const answer = (path) => {
    const found = packages.get(decodeURIComponent(path.slice(1)));
    if (!found) return [...packages.values()].filter(({ file }) => path === `/${basename(file)}`).map(({ file }) => readFileSync(file))[0];
    const { about, file, integrity } = found;
    const version = { ...about, dist: { tarball: `${url}/${basename(file)}`, integrity } };
    return JSON.stringify({ name: about.name, "dist-tags": { latest: about.version }, versions: { [about.version]: version } });
  };
  const server = createServer((request, response) => {
    const body = answer(request.url);
    response.writeHead(body ? 200 : 404).end(body ?? "{}");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${server.address().port}`;
  return { server, url };
}

let registry;
before(async () => (registry = await serve(await pack(temporaryFolder(), `linux-x64=${programFor(62)}`, `linux-arm64=${programFor(183)}`))));
after(() => registry.server.close());

for (const [os, cpu, expected] of [["linux", "x64", ["linux-x64"]], ["linux", "arm64", ["linux-arm64"]], ["darwin", "arm64", []], ["win32", "x64", []]]) {
  test(`${os} on ${cpu} gets ${expected[0] ?? "the client alone"}`, async () => {
    const cwd = temporaryFolder();
    const words = ["install", "--no-audit", "--no-fund", "--registry", registry.url, "--os", os, "--cpu", cpu, "vault-mock"];
    await succeed("npm", words, { cwd, env: { npm_config_cache: temporaryFolder() } });
    const has = (name) => existsSync(join(cwd, "node_modules", name, "package.json"));
    assert.ok(has("vault-mock"));
    assert.deepEqual(["linux-x64", "linux-arm64"].filter((name) => has(`@vault-mock/${name}`)), expected);
  });
}
