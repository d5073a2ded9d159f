// The .deb in a Debian that has nothing else: it needs nothing, serves, and goes without a trace.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { before, test } from "node:test";
import { cleanEnvironment, program, root, temporaryFolder } from "../support/program.js";
import { askForSession } from "../support/vault.js";
import { finished } from "./support.js";

const debs = temporaryFolder();
const system = join(temporaryFolder(), "debian");
const inside = (...words) => finished("chroot", [system, ...words]);
const debNamed = (name) => readdirSync(debs).find((file) => file.startsWith(`${name}_`));

before(async () => {
  await finished("cpack", ["-G", "DEB", "-B", debs], { cwd: dirname(program) });
  await finished("cpack", ["-G", "DEB", "-B", debs, "-D", "CPACK_COMPONENTS_ALL=dev"], { cwd: join(root, "build/dev") });
  const base = await finished(join(root, "docker/debian-base"), []);
  await finished("mkdir", [system]);
  await finished("tar", ["-xf", base.trim(), "-C", system]);
  copyFileSync("/etc/resolv.conf", join(system, "etc/resolv.conf"));
  copyFileSync(join(debs, debNamed("vault-mock")), join(system, "tmp/vault-mock.deb"));
});

test("the program's package needs no other, and that of the library names what it is linked with", async () => {
  const field = async (name) => (await finished("dpkg-deb", ["-f", join(debs, debNamed(name)), "Depends"])).trim();
  assert.equal(await field("vault-mock"), "");
  for (const library of ["libcpp-httplib-dev", "libssl-dev", "libre2-dev", "libhiredis-dev", "zlib1g-dev"]) {
    assert.ok((await field("libvault-mock-dev")).includes(library), library);
  }
});

test("in a clean Debian it installs, answers a session, and is removed", async (t) => {
  await inside("dpkg", "-i", "/tmp/vault-mock.deb");

  const mock = spawn("chroot", [system, "vault-mock", "--port", "0"], { env: cleanEnvironment(), stdio: ["ignore", "pipe", "inherit"] });
  t.after(() => mock.kill("SIGKILL"));
  const [banner] = await once(mock.stdout.setEncoding("utf8"), "data");
  const [url] = banner.match(/http:\/\/[0-9.:]+/);
  assert.equal((await askForSession(url)).status, 200);
  assert.match(await inside("vault-mock", "health", "--port", new URL(url).port), /^healthy/);
  mock.kill("SIGTERM");
  assert.deepEqual(await once(mock, "exit"), [0, null]);

  const files = (await inside("dpkg", "-L", "vault-mock")).split("\n");
  for (const file of ["/usr/bin/vault-mock", "/usr/lib/systemd/user/vault-mock.service"]) assert.ok(files.includes(file), file);
  await inside("apt-get", "-qq", "-y", "purge", "vault-mock");
  await assert.rejects(inside("sh", "-c", "test -e /usr/bin/vault-mock || test -e /usr/share/vault-mock"));
});
