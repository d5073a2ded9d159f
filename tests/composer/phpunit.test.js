// The client and the trait under PHPUnit.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";

import { cleanEnvironment, program, start, temporaryFolder, until } from "../support/program.js";
import { suiteWith } from "../support/sdk.js";
import { call } from "../support/vault.js";
import { here, phpunit, unpacked, withPhpunit } from "./support.js";

suiteWith("with PHPUnit", withPhpunit, () => {
  let client;
  before(() => (client = unpacked()));

  // Each test of the PHP suite is a test here.
  async function suite(t, env) {
    const results = join(temporaryFolder(), "results.xml");
    const { code, stdout, stderr } = await phpunit(client, ["--log-junit", results, here("suite")], { env });
    const cases = [...readFileSync(results, "utf8").matchAll(/<testcase name="([^"]+)" class="Suite\\(\w+)"[^>]*?(\/>|>\s*<(?:failure|error|warning|skipped)[^]*?<\/testcase>)/g)];
    for (const [, name, type, rest] of cases) await t.test(`${type}: ${name}`, () => assert.equal(rest, "/>", rest));
    assert.equal(code, 0, stdout + stderr);
    assert.ok(cases.length > 25);
  }

  for (const transport of ["epoll", "httplib"])
    test(`the client, over ${transport}`, (t) => suite(t, { SUITE_TRANSPORT: transport }));

  test("the client, with a mock that runs already and asks for a token", async (t) => {
    const { url } = await start(["--log-level", "off", "--admin-token", "s3cret"]);
    await suite(t, { VAULT_MOCK_URL: url, VAULT_MOCK_ADMIN_TOKEN: "s3cret" });
  });

  test("fifty tests, and as many at the same time in the same mock, which is empty afterwards", async () => {
    const alone = await phpunit(client, [here("samples/ParallelTest.php")]);
    assert.match(alone.stdout, /^OK \(50 tests, /m, alone.stdout + alone.stderr);
    const { url } = await start(["--log-level", "off"]);
    const runs = await Promise.all([1, 2, 3, 4].map(() => phpunit(client, [here("samples/ParallelTest.php")], { env: { VAULT_MOCK_URL: url } })));
    for (const { stdout, stderr } of runs) assert.match(stdout, /^OK \(50 tests, /m, stdout + stderr);
    const { json } = await call(`${url}/_mock/spaces`);
    assert.deepEqual(json.spaces.map(({ name }) => name), ["default"]);
  });

  test("a test that fails shows what differed, and the requests of its space", async () => {
    const { code, stdout, stderr } = await phpunit(client, [here("samples/FailingTest.php")]);
    assert.notEqual(code, 0);
    assert.match(stdout, /^VaultMock\\VerificationError: Expected exactly 1 [^]*Nearest:[^]*consumer_id: expected "acme", was "acne"/m);
    assert.match(stderr, /^vault-mock, space 'FailingTest::test_verify': \n {2}POST \/vault\/sessions 200: acne asked for a session/m);
    assert.match(stdout, /unknown key "consmer_id" in when; did you mean "consumer_id"\?\n[^]*\^~~~/);
    assert.match(stderr, /^vault-mock, space 'FailingTest::test_misspelt': no request came$/m);
    assert.match(stderr, /^vault-mock, space 'FailingTest::test_code': \n {2}POST \/vault\/sessions 200: .*another answer/m);
    assert.doesNotMatch(stdout + stderr, /test_passing|quiet/);
    assert.match(stdout, /Tests: 4, Assertions: \d, Errors: 1, Failures: 2\./);
  });

  test("a space that cannot be forgotten is an error where the test passed and the mock answers", async () => {
    const { code, stdout } = await phpunit(client, [here("samples/EndingTest.php")]);
    assert.equal(code, 2, stdout);
    assert.match(stdout, /^1\) EndingTest::test_refused\nVaultMock\\VaultMockError: /m);
    assert.match(stdout, /^2\) EndingTest::test_gone\nVaultMock\\VaultMockError: No mock answers at \S+: stop\(\) ended it/m);
    assert.match(stdout, /^1\) EndingTest::test_refused_and_failed\nthe code under test is wrong/m);
    assert.match(stdout, /Tests: 3, Assertions: 2, Errors: 2, Failures: 1\./);
  });

  test("without a program each test says in one message what to install", async () => {
    const words = ["--filter", "passing", here("samples/FailingTest.php")];
    const { code, stdout } = await phpunit(client, words, { env: { VAULT_MOCK_BINARY: "", PATH: "/usr/bin:/bin" } });
    assert.equal(code, 2, stdout);
    assert.equal(stdout.match(/The program vault-mock is not on the PATH.*pip install/g).length, 1, stdout);
  });

  test("a runner that is killed leaves no mock", async () => {
    const told = join(temporaryFolder(), "told");
    const words = ["--do-not-cache-result", "--bootstrap", here("bootstrap.php"), here("samples/WaitingTest.php")];
    const env = cleanEnvironment({ CLIENT: client, VAULT_MOCK_BINARY: program, TOLD: told });
    const runner = spawn("phpunit", words, { env, stdio: ["pipe", "ignore", "ignore"] });
    const address = () => existsSync(told) && /(.+)\n/.exec(readFileSync(told, "utf8"))?.[1];
    const url = await until(() => address() || undefined, "the test that waits");
    assert.equal((await call(`${url}/_mock/health`)).status, 200);
    runner.kill("SIGKILL");
    await until(() => call(`${url}/_mock/health`).then(() => undefined, () => true), "the end of the mock");
  });
});
