// The package as a user without the project has it: pip install of the wheel, offline, in a new virtual environment.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";

import { inTime, program, run, runCommand, temporaryFolder, until } from "../support/program.js";
import { suiteWith } from "../support/sdk.js";
import { environment, filesOf, here, virtualEnvironment, wheels, withPython } from "./support.js";

const start = "import vault_mock; mock = vault_mock.start(); print(mock.url); mock.stop()";

suiteWith("pip install of the wheel with the program", withPython, () => {
  let venv, python;
  before(async () => {
    venv = virtualEnvironment((await wheels()).program);
    python = join(venv, "bin/python");
  });

  test("the command is the program: words, exit code and process", async () => {
    const command = join(venv, "bin/vault-mock");
    const [theirs, ours] = [await runCommand(command, ["--sede"]), await run(["--sede"])];
    assert.deepEqual(theirs, ours);
    const child = spawn(command, ["--port", "0"], { env: environment(), stdio: ["ignore", "pipe", "inherit"] });
    await inTime(once(child.stdout, "data"), "the banner");
    child.kill("SIGTERM");
    assert.deepEqual(await inTime(once(child, "close"), "the end"), [0, null]);
  });

  test("the README's files without pytest do what it says, without warnings", async () => {
    const { folder, files } = filesOf("clients/python/README.md");
    const alone = files.filter((file) => file.startsWith("by_hand"));
    assert.equal(alone.length, 2);
    for (const file of alone) {
      const { code, stdout, stderr } = await runCommand(python, ["-X", "dev", "-W", "error", file], { cwd: folder });
      assert.deepEqual([code, stderr], [0, ""], `${file}\n${stdout}`);
    }
  });

  test("a runner that is killed leaves no process", async () => {
    const runner = spawn(python, [here("samples/runner.py")], { env: environment(), stdio: ["ignore", "pipe", "inherit"] });
    await inTime(once(runner.stdout, "data"), "the address of the mock");
    const [mock, ...others] = readFileSync(`/proc/${runner.pid}/task/${runner.pid}/children`, "utf8").trim().split(" ");
    assert.deepEqual([others, readFileSync(`/proc/${mock}/comm`, "utf8")], [[], "vault-mock\n"]);
    runner.kill("SIGKILL");
    // A process that has ended stays as a zombie where nobody asks for its exit code.
    const hasEnded = () => !existsSync(`/proc/${mock}/status`) || /^State:\s+Z/m.test(readFileSync(`/proc/${mock}/status`, "utf8"));
    await until(() => hasEnded() || undefined, "the end of the mock");
  });

  test("VAULT_MOCK_BINARY that names the command itself is refused", async () => {
    const command = join(venv, "bin/vault-mock");
    const { code, stderr } = await runCommand(command, ["--version"], { env: { VAULT_MOCK_BINARY: command } });
    assert.deepEqual([code, stderr], [1, `vault-mock: VAULT_MOCK_BINARY names '${command}', which is not a program that can be run\n`]);
  });

  test("VAULT_MOCK_BINARY comes before the package's program", async () => {
    const { code, stderr } = await runCommand(python, ["-c", start], { env: { VAULT_MOCK_BINARY: "/bin/false" } });
    assert.equal(code, 1);
    assert.match(stderr, /VaultMockError: vault-mock did not start \(exit code 1\):/);
  });
});

suiteWith("pip install of the wheel without a program", withPython, () => {
  let venv, python;
  before(async () => {
    venv = virtualEnvironment((await wheels()).any);
    python = join(venv, "bin/python");
  });
  const without = /^(vault_mock\._errors\.VaultMockError|vault-mock): The program vault-mock is not here: .* for Linux on .*pip install .*container.*VAULT_MOCK_URL.*VAULT_MOCK_BINARY/m;

  test("says once what to install, and the command does not find itself", async () => {
    const PATH = `${join(venv, "bin")}:/usr/bin:/bin`;
    for (const [command, args] of [[python, ["-c", start]], [join(venv, "bin/vault-mock"), ["--version"]]]) {
      const { code, stderr } = await runCommand(command, args, { env: { PATH } });
      assert.equal(code, 1);
      assert.match(stderr, without);
      assert.equal(stderr.match(/The program vault-mock is not here/g).length, 1);
    }
  });

  test("takes the program of the PATH behind its own command", async () => {
    const folder = temporaryFolder();
    symlinkSync(program, join(folder, "vault-mock"));
    const { code, stdout, stderr } = await runCommand(python, ["-c", start], { env: { PATH: `${join(venv, "bin")}:${folder}:/usr/bin:/bin` } });
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^http:\/\/127\.0\.0\.1:\d+\n$/);
  });
});
