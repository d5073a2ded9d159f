// `vault-mock health`: what a container's probe runs. Exit code 0 or 1, and one line that says why.

import assert from "node:assert/strict";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createSocket } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { run, start, temporaryFolder, until } from "../support/program.js";

const portOf = (url) => new URL(url).port;

async function unhealthy(args, options) {
  const { code, stdout, stderr } = await run(["health", ...args], options);
  assert.deepEqual([code, stdout], [1, ""], stderr);
  assert.match(stderr, /^vault-mock: not healthy: http:\/\/[^\n]*--port[^\n]*\n$/, "one line with a way out");
  return stderr;
}

async function listening(t, server) {
  await once(server.listen(0, "127.0.0.1"), "listening");
  t.after(() => server.close());
  return String(server.address().port);
}

test("a mock that runs is healthy", async () => {
  const { url } = await start();
  const { code, stdout, stderr } = await run(["health", "--port", portOf(url)]);
  assert.deepEqual([code, stderr], [0, ""]);
  assert.match(stdout, new RegExp(`^healthy: ${url} serves [1-9][0-9]* rules\n$`));
});

test("host and port come from the mock's own environment, where every address is one of this machine's", async () => {
  const { url } = await start(["--host", "0.0.0.0"]);
  const { code, stdout } = await run(["health"], { env: { VAULT_MOCK_HOST: "0.0.0.0", VAULT_MOCK_PORT: portOf(url) } });
  assert.equal(code, 0);
  assert.ok(stdout.includes(url), stdout);
});

test("an admin token does not make a mock unhealthy", async () => {
  const { url } = await start(["--admin-token", "t"]);
  assert.equal((await run(["health", "--port", portOf(url)])).code, 0);
});

test("rule files that cannot be used are told; the mock goes on", async () => {
  const file = join(temporaryFolder(), "rules.json");
  writeFileSync(file, '{ "rules": [] }');
  const mock = await start([file]);
  writeFileSync(file, '{ "rules": [} ');
  const told = await until(async () => {
    const { code, stdout } = await run(["health", "--port", portOf(mock.url)]);
    assert.equal(code, 0);
    return stdout.includes("rules.json") ? stdout : undefined;
  }, "health tells of the broken file", mock);
  assert.match(told, /^healthy: [^\n]*files have now: [^\n]*rules\.json:1:13: error: [^\n]*\n$/);
});

test("where nothing listens", async () => {
  const { url, kill } = await start();
  await kill("SIGTERM");
  assert.match(await unhealthy(["--port", portOf(url)]), /nothing listens/);
});

test("another program is not a mock", async (t) => {
  const port = await listening(t, createServer((_, response) => response.end('{"status":"up"}')));
  assert.match(await unhealthy(["--port", port]), /another program answers there \(with status 200\), not vault-mock/);
});

test("what hangs up without a word", async (t) => {
  const port = await listening(t, createSocket((socket) => socket.destroy()));
  assert.match(await unhealthy(["--port", port]), /does not answer HTTP\b/);
});

test("port 0 cannot be asked", async () => {
  const { code, stderr } = await run(["health", "--port", "0"]);
  assert.equal(code, 2);
  assert.match(stderr, /^vault-mock: --port[^\n]*65535[^\n]*\n$/);
});
