// The client against the real program, over both transports, and with --admin-token.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { after, before, describe, test } from "node:test";
import { createRequire } from "node:module";
import { join } from "node:path";
import { isSignedWith } from "../support/claims.js";
import { program, root } from "../support/program.js";
import { askForSession } from "../support/vault.js";
import { clientSuite, statusOf, tokenOf } from "./client-suite.js";

const require = createRequire(import.meta.url);
const { start, connect } = require(join(root, "clients/node/vault-mock/index.js"));
process.env.VAULT_MOCK_BINARY = program;

const execute = promisify(execFile);
let mock;

for (const transport of ["epoll", "httplib"]) {
  describe(`over ${transport}`, () => {
    before(async () => (mock = await start({ arguments: ["--transport", transport] })));
    after(() => mock.stop());
    clientSuite(() => mock);
  });
}

describe("with an admin token, over a connection", () => {
  let started;
  before(async () => {
    started = await start({ adminToken: "s3cret" });
    mock = await connect(`${started.url}/`, { adminToken: "s3cret" });
  });
  after(() => started.stop());
  clientSuite(() => mock);

  test("without it, or with another one, the mock refuses", async () => {
    await assert.rejects((await connect(started.url)).space("x").reset(), { name: "VaultMockError", status: 401 });
  });

  test("stop() leaves a mock alone that it did not start", async () => {
    await mock.stop();
    assert.equal(await statusOf(mock.space("y")), 200);
  });
});

test("start() passes its options on", async () => {
  await using_(await start({ strict: true, seed: 7n, now: "2027-01-01T00:00:00Z", env: { VAULT_MOCK_SECRET: "s" } }), async (one) => {
    const vault = one.space("x");
    assert.equal((await vault.clock.get()).now, "2027-01-01T00:00:00.000Z");
    assert.ok(isSignedWith("s", await tokenOf(one.space())));
    assert.equal((await (await fetch(`${one.url}/_mock/seed`)).json()).seed, 7);
    assert.equal((await askForSession(vault.url, { body: { redirect_uri: "not a url" } })).status, 422);
  });
});

test("a reader ends with the mock", async () => {
  const one = await start();
  const vault = one.space("x");
  await statusOf(vault);
  const live = vault.requests.live({ after: 0 });
  assert.equal((await live.next()).done, false);
  const next = live.next();
  await one.stop();
  assert.deepEqual(await next, { value: undefined, done: true });
});

test("a mock that ended by itself is told from one that was stopped", async () => {
  const one = await start();
  const vault = one.space("x");
  await statusOf(vault);
  const { pid } = (await execute("ps", ["-eo", "pid,ppid,args"])).stdout.split("\n").map((line) => line.trim().split(/ +/))
    .map(([id, parent, ...words]) => ({ pid: Number(id), parent: Number(parent), words }))
    .find(({ parent, words }) => parent === process.pid && words.includes("--ready-file") && words[0] === program);
  const live = vault.requests.live({ after: 0 });
  await live.next();
  const next = live.next();
  next.catch(() => {});
  process.kill(pid, "SIGKILL");
  await assert.rejects(next, { name: "VaultMockError", message: /the mock ended \(SIGKILL\)/ });
  await assert.rejects(vault.reset(), { name: "VaultMockError", message: /There is no mock at http:.*: the mock ended \(SIGKILL\)/ });
});

test("no list of processes shows the admin token", async () => {
  const one = await start({ adminToken: "s3cret-of-one" });
  assert.doesNotMatch((await execute("ps", ["-eo", "args"])).stdout, /s3cret-of-one/);
  await one.space("x").reset();
  await one.stop();
});

// `await using`, which Node 20 cannot read.
async function using_(one, body) {
  try {
    await body(one);
  } finally {
    await one[Symbol.asyncDispose]();
  }
  await assert.rejects(one.space("x").reset(), /There is no mock at http:/);
}
