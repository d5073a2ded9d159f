// What `cmake --install` puts where, and that a C++ program of somebody else's can link it.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { before, test } from "node:test";
import { cleanEnvironment, program, root, start, temporaryFolder } from "../support/program.js";
import { askForSession } from "../support/vault.js";
import { finished } from "./support.js";

const prefix = temporaryFolder();
before(async () => {
  await finished("cmake", ["--install", dirname(program), "--prefix", prefix]);
  // The library is that of the build with tests: the program that ships is linked with what no system has.
  await finished("cmake", ["--install", join(root, "build/dev"), "--component", "dev", "--prefix", prefix]);
});

const files = {
  "the manual page": "share/man/man1/vault-mock.1",
  "the completion of bash": "share/bash-completion/completions/vault-mock",
  "the completion of zsh": "share/zsh/vendor-completions/_vault-mock",
  "the completion of fish": "share/fish/vendor_completions.d/vault-mock.fish",
  "the unit for systemd": "lib/systemd/user/vault-mock.service",
  "the schema of rule files": "share/vault-mock/fixtures/fixture.schema.json",
  "the header": "include/vault-mock/server.hpp",
};
for (const [what, path] of Object.entries(files)) {
  test(`${what} is installed`, () => assert.ok(readFileSync(join(prefix, path), "utf8").length > 100));
}

test("one header is installed, and nothing else of the program's sources", () =>
  assert.deepEqual(readdirSync(join(prefix, "include"), { recursive: true }).sort(), ["vault-mock", "vault-mock/server.hpp"]));

test("the rule files that ship are installed, and the installed program finds no mistake in them", async () => {
  const examples = join(prefix, "share/vault-mock/fixtures/examples");
  assert.deepEqual(readdirSync(examples), readdirSync(join(root, "fixtures/examples")));
  assert.match(await finished(join(prefix, "bin/vault-mock"), ["check", examples]), /no mistakes/);
});

test("the installed program serves", async () => {
  const { url } = await start([], { wrap: ([, ...words]) => [join(prefix, "bin/vault-mock"), ...words] });
  assert.equal((await askForSession(url)).status, 200);
});

test("find_package finds the library, and five lines start a mock", async (t) => {
  const build = temporaryFolder();
  await finished("cmake", ["-S", join(root, "tests/package/consumer"), "-B", build, "-G", "Ninja",
    `-DCMAKE_PREFIX_PATH=${prefix}`]);
  await finished("cmake", ["--build", build]);

  const consumer = spawn(join(build, "consumer"), { env: cleanEnvironment(), stdio: ["pipe", "pipe", "inherit"] });
  t.after(() => consumer.kill("SIGKILL"));
  const [url] = await once(consumer.stdout.setEncoding("utf8"), "data");
  assert.equal((await askForSession(url.trim())).status, 200);
  consumer.stdin.end("\n");
  assert.deepEqual(await once(consumer, "exit"), [0, null]);
});
