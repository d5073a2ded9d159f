// The client and the fixtures under pytest, with and without pytest-xdist, and what mypy says.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";

import { call } from "../support/vault.js";
import { runCommand, start, temporaryFolder, until } from "../support/program.js";
import { suiteWith } from "../support/sdk.js";
import { environment, filesOf, here, tools, unpacked, wheels, withTools } from "./support.js";

suiteWith("with pytest", withTools, () => {
  let python, PYTHONPATH;
  before(async () => {
    python = tools();
    PYTHONPATH = unpacked((await wheels()).program);
  });

  const limit = 300_000; // the suite takes seconds, and longer where others work, too
  const pytest = (words, { env = {}, cwd } = {}) =>
    runCommand(python, ["-m", "pytest", "-p", "no:cacheprovider", "-W", "error", ...words], {
      env: environment({ PYTHONPATH, PYTHONUNBUFFERED: "1", ...env }), cwd, limit,
    });

  // Each test of the Python suite is a test here.
  async function suite(t, env) {
    const { code, stdout, stderr } = await pytest(["-v", "-o", "faulthandler_timeout=30", here("suite")], { cwd: here("suite"), env });
    const results = [...stdout.matchAll(/^(\S+\.py)::(.*) (PASSED|FAILED|ERROR|SKIPPED)\b/gm)];
    for (const [, file, name, result] of results) await t.test(`${file}: ${name}`, () => assert.equal(result, "PASSED", stdout));
    assert.equal(code, 0, stdout + stderr);
    assert.ok(results.length > 40);
  }

  for (const transport of ["epoll", "httplib"])
    test(`the client, over ${transport}`, (t) => suite(t, { SUITE_TRANSPORT: transport }));

  test("the client, with a mock that runs already and asks for a token", async (t) => {
    const { url } = await start(["--log-level", "off", "--admin-token", "s3cret"]);
    await suite(t, { VAULT_MOCK_URL: url, VAULT_MOCK_ADMIN_TOKEN: "s3cret" });
  });

  test("fifty tests in parallel, with a mock for each worker", async () => {
    const { code, stdout } = await pytest(["-n", "4", "-q", "parallel.py"], { cwd: here("samples") });
    assert.equal(code, 0, stdout);
    assert.match(stdout, /^50 passed/m);
  });

  test("fifty tests in parallel, in one mock, which is empty afterwards", async () => {
    const { url } = await start(["--log-level", "off"]);
    const { code, stdout } = await pytest(["-n", "4", "-q", "parallel.py"], { cwd: here("samples"), env: { VAULT_MOCK_URL: url } });
    assert.equal(code, 0, stdout);
    assert.match(stdout, /^50 passed/m);
    const { json } = await call(`${url}/_mock/spaces`);
    assert.deepEqual(json.spaces.map(({ name }) => name), ["default"]);
  });

  test("a test that fails shows what differed, and the requests of its space", async () => {
    for (const words of [[], ["-n", "2"]]) {
      const { code, stdout } = await pytest([...words, "failing.py"], { cwd: here("samples") });
      assert.equal(code, 1, stdout);
      const of = (name) => stdout.slice(stdout.indexOf(`_ ${name} _`)).split(/\n_{3,} test_|\n=+ /)[0];
      assert.match(of("test_verify"), /Expected exactly 1 matching request, found 0[^]*Nearest:[^]*consumer_id: expected "acme", was "acne"/);
      assert.match(of("test_verify"), /vault-mock: requests in space 'failing\.py::test_verify', oldest first -+\nPOST \/vault\/sessions 200: acne asked for a session/);
      assert.match(of("test_verify"), /> +vault\.verify\(consumer_id="acme", times=1\)[^]*failing\.py:\d+: VerificationError/);
      assert.doesNotMatch(of("test_verify"), /_space\.py/); // the frames of the client are not shown
      assert.match(of("test_misspelt"), /unknown key "consmer_id" in when; did you mean "consumer_id"\?\n[^]*\^~~~/);
      assert.match(of("test_misspelt"), /No request came\./);
      assert.match(of("test_code"), /POST \/vault\/sessions 402: .*over the limit/);
      assert.doesNotMatch(stdout, /quiet/);
      assert.match(stdout, /3 failed, 1 passed/);
    }
  });

  test("a space that cannot be forgotten is an error where the test passed and the mock answers", async () => {
    const { code, stdout } = await pytest(["-rfE", "ending.py"], { cwd: here("samples") });
    assert.equal(code, 1, stdout);
    assert.match(stdout, /^ERROR ending\.py::test_refused - /m);
    assert.match(stdout, /VaultMockError: No mock answers at \S+: stop\(\) ended it[^]*^FAILED ending\.py::test_gone/m);
    assert.match(stdout, /2 failed, 1 passed, 1 error/);
  });

  test("without a program each test says in one message what to install", async () => {
    const any = unpacked((await wheels()).any);
    const { code, stdout } = await pytest(["-k", "passing", "failing.py"], { cwd: here("samples"), env: { PYTHONPATH: any, PATH: "/usr/bin:/bin" } });
    assert.equal(code, 1, stdout);
    assert.match(stdout, /^The program vault-mock is not here: .*pip install/m);
    assert.doesNotMatch(stdout, /Traceback|pytest_plugin\.py/);
  });

  test("workers that are killed leave no mock", async () => {
    const told = join(temporaryFolder(), "told");
    const runner = spawn(python, ["-m", "pytest", "-p", "no:cacheprovider", "-n", "1", "waiting.py"], {
      cwd: here("samples"), env: environment({ PYTHONPATH, TOLD: told }), stdio: "ignore", detached: true,
    });
    const address = () => existsSync(told) && /(.+)\n/.exec(readFileSync(told, "utf8"))?.[1];
    const url = await until(() => address() || undefined, "the test that waits");
    assert.equal((await call(`${url}/_mock/health`)).status, 200);
    process.kill(-runner.pid, "SIGKILL"); // with its workers
    await until(() => call(`${url}/_mock/health`).then(() => undefined, () => true), "the end of the mock");
  });

  test("the README's tests pass, alone and in parallel", async () => {
    const { folder } = filesOf("clients/python/README.md");
    for (const words of [[], ["-n", "2"]]) {
      const { code, stdout } = await pytest(["-q", ...words], { cwd: folder });
      assert.equal(code, 0, stdout);
      assert.match(stdout, /^2 passed/m);
    }
  });

  // → { code, stdout, stderr }
  const cache = temporaryFolder();
  const mypy = (words, cwd) =>
    runCommand(python, ["-m", "mypy", "--strict", "--cache-dir", cache, ...words], { cwd, env: environment({ PYTHONPATH, MYPYPATH: PYTHONPATH }), limit });

  test("mypy --strict finds nothing in the README's files and in the package", async () => {
    const { folder, files } = filesOf("clients/python/README.md");
    for (const version of ["3.10", "3.13"])
      for (const what of [files, ["-p", "vault_mock"]]) {
        const { code, stdout, stderr } = await mypy(["--python-version", version, ...what], folder);
        assert.equal(code, 0, stdout + stderr);
      }
  });

  test("mypy finds a method and a key that there are none of", async () => {
    const { code, stdout } = await mypy(["wrong_types.py"], here("samples"));
    assert.equal(code, 1, stdout);
    assert.match(stdout, /wrong_types\.py:5: .*"eror"[^]*wrong_types\.py:6: .*"nwo"/);
  });
});
