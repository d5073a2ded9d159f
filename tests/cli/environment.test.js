// VAULT_MOCK_… variables that are not the user's, or are a slip: the program says so, and starts.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { run, start, temporaryFolder } from "../support/program.js";
import { askForSession } from "../support/vault.js";
import { join } from "node:path";

// What a Pod beside a Service named vault-mock gets from Kubernetes.
const ofService = {
  VAULT_MOCK_SERVICE_HOST: "10.0.0.1",
  VAULT_MOCK_SERVICE_PORT: "4010",
  VAULT_MOCK_SERVICE_PORT_HTTP: "4010",
  VAULT_MOCK_PORT: "tcp://10.0.0.1:4010",
  VAULT_MOCK_PORT_4010_TCP: "tcp://10.0.0.1:4010",
  VAULT_MOCK_PORT_4010_TCP_PROTO: "tcp",
  VAULT_MOCK_PORT_4010_TCP_PORT: "4010",
  VAULT_MOCK_PORT_4010_TCP_ADDR: "10.0.0.1",
};
const warnings = (mock) => mock.stdout.split("\n").filter((line) => / warning options/.test(line));

describe("variables of a Kubernetes Service", () => {
  test("are ignored, with one warning", async () => {
    const mock = await start([], { env: ofService });
    assert.equal((await askForSession(mock.url)).status, 200);
    const { code, stderr } = await mock.kill("SIGTERM");
    assert.deepEqual([code, stderr], [0, ""]);
    assert.equal(warnings(mock).length, 1, mock.stdout);
    assert.match(warnings(mock)[0], /VAULT_MOCK_PORT=tcp:\/\/10\.0\.0\.1:4010, .* and 5 more: Kubernetes .*--port/);
  });

  test("leave the default in place, and --help says so", async () => {
    const { code, stdout } = await run(["--help"], { env: ofService });
    assert.equal(code, 0);
    assert.match(stdout, /--port PORT [^[]*\[default: 4010\]\s+\[VAULT_MOCK_PORT is ignored/);
  });

  test("take nothing from options of other names", async () => {
    const mock = await start([], { env: { VAULT_MOCK_TLS_PORT: "tcp://10.0.0.1:4443", VAULT_MOCK_SECRET: "tcp://is-a-secret" } });
    assert.equal(warnings(mock).length, 1);
    assert.match(warnings(mock)[0], /VAULT_MOCK_TLS_PORT=/);
    assert.doesNotMatch(warnings(mock)[0], /SECRET/);
  });

  test("are a warning of doctor and of health, too", async () => {
    const examined = await run(["doctor", "--port", "0"], { env: ofService });
    assert.equal(examined.code, 0, examined.stdout + examined.stderr);
    assert.match(examined.stdout, /^warning +environment: .*VAULT_MOCK_PORT=tcp:/m);
    const { url } = await start();
    const asked = await run(["health", "--port", new URL(url).port], { env: ofService });
    assert.equal(asked.code, 0);
    assert.match(asked.stderr, /^vault-mock: warning: .*VAULT_MOCK_PORT=tcp:[^\n]*\n$/);
  });
});

describe("an unknown name", () => {
  for (const [name, meant] of [["VAULT_MOCK_PROT", "VAULT_MOCK_PORT"], ["VAULT_MOCK_LOGLEVEL", "VAULT_MOCK_LOG_LEVEL"],
    ["VAULT_MOCK_FIXTURE", "VAULT_MOCK_FIXTURES"], ["VAULT_MOCK_API_KEYS", "VAULT_MOCK_API_KEY"]])
    test(`${name} is said to be ${meant}, perhaps`, async () => {
      const mock = await start([], { env: { [name]: "4011" } });
      assert.equal(warnings(mock).length, 1, mock.stdout);
      assert.match(warnings(mock)[0], new RegExp(`${name}, .*did you mean ${meant}\\?`));
    });

  test("that resembles none is said to be unknown", async () => {
    const mock = await start([], { env: { VAULT_MOCK_XYZZYPLUGH: "1" } });
    assert.match(warnings(mock)[0], /VAULT_MOCK_XYZZYPLUGH, which vault-mock does not know/);
    assert.doesNotMatch(warnings(mock)[0], /did you mean/);
  });

  test("is a JSON entry in a log of JSON, and cannot forge a line", async () => {
    const mock = await start(["--log-format", "json"], { env: { "VAULT_MOCK_A\n{}\u009b": "1" } });
    const { stdout } = await mock.kill("SIGTERM");
    assert.doesNotMatch(stdout, /\u009b/);
    const entries = stdout.split("\n").filter(Boolean).map((line) => JSON.parse(line));
    assert.equal(entries.filter(({ level, entry }) => level === "warning" && entry.event === "options").length, 1, stdout);
  });
});

test("known names, empty ones and those of other programs are no concern", async () => {
  const mock = await start([], { env: { VAULT_MOCK_HOST: "127.0.0.1", VAULT_MOCK_PROT: "", VAULT_MOCKERY: "1", MY_VAULT_MOCK_PORT: "x",
    VAULT_MOCK_BINARY: "/opt/vault-mock" } });
  assert.deepEqual(warnings(mock), []);
});

test("a bad value of the user's own is an error, as before", async () => {
  for (const port of ["http", "tcp", "10.0.0.1:4010"]) {
    const { code, stderr } = await run(["--ready-file", join(temporaryFolder(), "ready")], { env: { VAULT_MOCK_PORT: port } });
    assert.equal(code, 2);
    assert.match(stderr, /VAULT_MOCK_PORT|--port/);
  }
});
