// What somebody is told when it does not work.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, readdirSync, symlinkSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { cleanEnvironment, program, root, temporaryFolder, until } from "../support/program.js";
import { askForSession } from "../support/vault.js";
import { processor, run, write } from "./support.js";

const require = createRequire(import.meta.url);
const client = join(root, "clients/node/vault-mock/index.js");
const { start, connect, VaultMockError } = require(client);
process.env.VAULT_MOCK_BINARY = program;

const executable = (text) => {
  const file = join(write(temporaryFolder(), { "vault-mock": text }), "vault-mock");
  chmodSync(file, 0o755);
  return file;
};
// What start() says in a process of its own, on a system of that name.
async function failureOf(env, { platform = "linux", arch = processor } = {}) {
  const code = `Object.defineProperties(process, { platform: { value: "${platform}" }, arch: { value: "${arch}" } });
    require(${JSON.stringify(client)}).start().then(() => console.log("started"), (error) => console.log(error.name + ": " + error.message))`;
  const { stdout, stderr } = await run(process.execPath, ["-e", code], { env });
  assert.equal(stderr, "");
  return stdout;
}

describe("no program", () => {
  const PATH = "/nowhere";
  test("says what to install on this system", async () => {
    const said = await failureOf({ PATH });
    assert.match(said, new RegExp(`^VaultMockError: .*@vault-mock/linux-${processor} is not installed, .*npm install vault-mock.*connect\\(.*VAULT_MOCK_BINARY.*\\n$`));
  });

  test("says that there is none for a system, and what to do then", async () => {
    const said = await failureOf({ PATH }, { platform: "darwin", arch: "arm64" });
    assert.match(said, /^VaultMockError: There is no vault-mock for darwin-arm64, only for linux-arm64 and linux-x64\. .*container.*connect\(.*\n$/);
  });

  test("names a file of VAULT_MOCK_BINARY that is none", async () => {
    assert.match(await failureOf({ VAULT_MOCK_BINARY: "/nowhere/vault-mock" }), /VAULT_MOCK_BINARY is \/nowhere\/vault-mock, which is not the program/);
    const own = join(root, "clients/node/vault-mock/bin.js");
    assert.match(await failureOf({ VAULT_MOCK_BINARY: own, PATH: join(process.execPath, "..") + ":/usr/bin" }), /did not start: vault-mock: The program vault-mock is not here/);
  });

  test("takes one on the PATH, but never its own command there", async () => {
    const [own, shim] = [temporaryFolder(), executable('#!/bin/sh\nexec node "$basedir/../vault-mock/bin.js" "$@"\n')];
    symlinkSync(join(root, "clients/node/vault-mock/bin.js"), join(own, "vault-mock"));
    const commands = `${own}:${join(shim, "..")}`;
    assert.match(await failureOf({ PATH: commands }), /is not installed/);
    const folder = temporaryFolder();
    symlinkSync(program, join(folder, "vault-mock"));
    assert.equal(await failureOf({ PATH: `${commands}:${folder}` }), "started\n");
  });
});

test("the command never starts itself for ever, and a relative name is one from the current folder", async () => {
  const own = join(root, "clients/node/vault-mock/bin.js");
  const shim = executable(`#!/bin/sh\nexec '${process.execPath}' '${own}' "$@"\n`);
  const nested = await run(process.execPath, [own, "--version"], { env: { VAULT_MOCK_BINARY: shim, LAUNCHED_BY_VAULT_MOCK: "1" } });
  assert.deepEqual([nested.code, nested.stdout], [2, ""]);
  assert.match(nested.stderr, /it starts this command again: name the program in VAULT_MOCK_BINARY/);
  const folder = temporaryFolder();
  symlinkSync(program, join(folder, "vault-mock"));
  for (const env of [{ VAULT_MOCK_BINARY: "vault-mock", PATH: "/nowhere" }, { PATH: "" }, { PATH: "/nowhere:" }])
    assert.match((await run(process.execPath, [own, "--version"], { cwd: folder, env })).stdout, /^vault-mock \d/);
});

test("a fixture names a rule that was never added, and shows the requests of a test that timed out", async () => {
  const file = `const { test } = require(${JSON.stringify(join(root, "clients/node/vault-mock/node-test.js"))});
    test("forgets", ({ vault }) => { vault.when({ consumer_id: "acme" }).error(402); });
    test("hangs", { timeout: 1000 }, async ({ vault }) => (await fetch(vault.url + "/vault/sessions", { method: "POST" }), new Promise(() => {})));`;
  const folder = write(temporaryFolder(), { "some.test.cjs": file });
  const { code, stdout, stderr } = await run(process.execPath, ["--test", "--test-reporter=tap", "some.test.cjs"], { cwd: folder, env: { VAULT_MOCK_BINARY: program } });
  assert.equal(code, 1);
  assert.match(stdout, /The rule of when\(\{"consumer_id":"acme"\}\) was not added: end it with \.once\(\)/);
  assert.match(stdout + stderr, /space 'some\.test\.cjs: hangs \(\w+-2\)':\n(# )? *POST \/vault\/sessions 401/);
});

describe("a program that does not start", () => {
  test("has its own words", async () => {
    await assert.rejects(start({ arguments: ["--prot", "1"] }), { name: "VaultMockError", message: /did not start: .*--prot.*did you mean --port\?/s });
    await assert.rejects(start({ rules: "no-such-rules.json" }), /no-such-rules\.json/);
    await assert.rejects(start({ arguments: ["--port", "1"] }), /--port was given 2 times/);
  });

  test("has the mistakes of its rules, with their places", async () => {
    const folder = write(temporaryFolder(), { "rules.json": '{ "rules": [ { "respond": { "eror": 402 } } ] }' });
    await assert.rejects(start({ rules: folder }), /rules\.json:1:29: error: unknown key "eror" in an answer; did you mean "error"\?/);
  });

  test("that says nothing is told by how it ended", async () => {
    await assert.rejects(start({ env: { VAULT_MOCK_BINARY: executable("#!/bin/sh\nexit 3\n") } }), /did not start: it ended with exit code 3/);
    await assert.rejects(start({ env: { VAULT_MOCK_BINARY: executable("#!/bin/sh\nkill -KILL $$\n") } }), /did not start: it ended with SIGKILL/);
    await assert.rejects(start({ env: { VAULT_MOCK_BINARY: executable("#!/no/such/shell\n") } }), /did not start: spawn .* ENOENT/);
  });
});

describe("a mock that runs", () => {
  let mock;
  before(async () => (mock = await start()));
  after(() => mock.stop());

  test("says where a rule is wrong, and what was meant", async () => {
    const error = await mock.space("a").when({ consumer_idd: "acme" }).error(402).once().catch((caught) => caught);
    assert.ok(error instanceof VaultMockError);
    assert.equal(error.status, 400);
    assert.match(error.message, /^rule-\w+:1:10: error: unknown key "consumer_idd" in when; did you mean "consumer_id"\?\n.*\n +\| +\^~+$/);
    assert.deepEqual([error.mistakes[0].pointer, error.mistakes[0].suggestion], ["/when/consumer_idd", '"consumer_id"']);
  });

  test("says of a request that nearly was the one what differed", async () => {
    const vault = mock.space("b");
    await askForSession(vault.url, { consumer: "globex" });
    await assert.rejects(vault.verify({ consumer_id: "acme" }, { times: 1 }), (error) => {
      assert.equal(error.name, "AssertionError");
      assert.equal(error.code, "ERR_ASSERTION");
      assert.match(error.stack, /messages\.test\.js/); // the place in the test
      assert.match(error.message, /^Expected exactly 1 matching request, found 0 .*Nearest:\n.*consumer_id: expected "acme", was "globex"/);
      return true;
    });
  });

  test("says what a call lacks", async () => {
    const vault = mock.space("c");
    await assert.rejects(async () => vault.when({ consumer_id: "acme" }), /when\(…\) needs an answer: \.error\(402\)/);
    await assert.rejects(async () => vault.when({}).named("x").times(2), /needs an answer/);
    await assert.rejects(vault.verify({}, { time: 1 }), /verify\(\) has no option 'time', only: times, atLeast, atMost, status/);
    await assert.rejects(vault.verify({}, { times: 1, atLeast: 1 }), /times, or atLeast and atMost, not both/);
    await assert.rejects(start({ rule: "x" }), /start\(\) has no option 'rule', only: rules, /);
    await assert.rejects(connect(mock.url, { token: "x" }), /connect\(\) has no option 'token', only: adminToken/);
    assert.throws(() => mock.space(""), /A space needs a name/);
    assert.throws(() => mock.space("\ud800"), { name: "VaultMockError", message: /half of a character/ });
    await assert.rejects(mock.space("x".repeat(300)).reset(), /has 300 characters: a space name has 1 to 200/);
  });

  test("is not found under the address of a space, or of nothing", async () => {
    await assert.rejects(connect(`${mock.url}/@x`), /needs the address of a mock.*mock\.space\("name"\)/);
    await assert.rejects(connect("127.0.0.1:4010"), /needs the address of a mock, as http:\/\/127\.0\.0\.1:4010/);
    await assert.rejects(connect("http://127.0.0.1:1"), { name: "VaultMockError", status: 0, message: /There is no mock at http:\/\/127\.0\.0\.1:1: .*ECONNREFUSED/ });
  });
});

describe("what hangs is given up", () => {
  const limit = require(join(root, "clients/node/vault-mock/lib/limit.js"));
  before(() => (limit.ms = 300));
  after(() => (limit.ms = 60_000));

  test("a program that never is ready", async () => {
    await assert.rejects(start({ env: { VAULT_MOCK_BINARY: executable("#!/bin/sh\nexec sleep 600\n") } }), /did not start within 0\.3 seconds: it said nothing/);
  });

  for (const [what, head] of [["answers nothing", ""], ["begins to answer", "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"]]) {
    test(`what ${what}`, async () => {
      const server = createServer().on("request", (request) => head && request.socket.write(head)).listen(0, "127.0.0.1");
      await once(server, "listening");
      const { port } = server.address();
      await assert.rejects(connect(`http://127.0.0.1:${port}`), { name: "VaultMockError", message: /no answer within 0\.3 seconds/ });
      server.closeAllConnections();
      server.close();
    });
  }
});

test("what is not a mock is told from one", async () => {
  const answers = { "/a/_mock/health": [200, "{}"], "/_mock/health": [404, "<html>"] };
  const server = createServer((request, response) => response.writeHead(answers[request.url][0]).end(answers[request.url][1])).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${server.address().port}`;
  await assert.rejects(connect(url), { status: 404, message: /answered 404, which no mock does: <html>/ });
  answers["/_mock/health"] = [200, '{"status":"UP"}'];
  await assert.rejects(connect(url), /is not a mock/);
  for (const text of ["null", "no", "5", "[]"]) {
    answers["/_mock/health"] = [200, text];
    await assert.rejects(connect(url), { name: "VaultMockError", message: /is not of a mock: expected an object in JSON/ });
  }
  server.close();
});

// Even one that is killed, and one that forgets stop().
for (const [how, end] of [["killed", "setInterval(() => {}, 1000)"], ["done", ""]]) {
  test(`a runner that is ${how} leaves no process behind`, async () => {
    const code = `require(${JSON.stringify(client)}).start().then((mock) => { console.log(mock.url); ${end} })`;
    const runner = spawn(process.execPath, ["-e", code], { env: cleanEnvironment({ VAULT_MOCK_BINARY: program }), stdio: ["ignore", "pipe", "inherit"] });
    const url = (await once(runner.stdout.setEncoding("utf8"), "data"))[0].trim();
    if (how === "killed") runner.kill("SIGKILL");
    else await once(runner, "exit");
    const isListening = async () => connect(url).then(() => undefined, () => true);
    await until(isListening, "the program had ended");
  });
}

test("start() leaves no file behind", async () => {
  const TMPDIR = temporaryFolder();
  const code = `const { start } = require(${JSON.stringify(client)});
    start().then((mock) => mock.stop()).then(() => start({ rules: "none.json" })).catch((error) => console.log(error.name))`;
  assert.deepEqual(await run(process.execPath, ["-e", code], { env: { TMPDIR, VAULT_MOCK_BINARY: program } }), { code: 0, stdout: "VaultMockError\n", stderr: "" });
  assert.deepEqual(readdirSync(TMPDIR), []);
});
