// vault-mock doctor: what would keep clients from being served, and which URL each of them takes.

import assert from "node:assert/strict";
import { chmodSync, copyFileSync, existsSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, test } from "node:test";
import { program, run, runCommand, start, temporaryFolder } from "../support/program.js";
import { authorityOf, startTls } from "../support/tls.js";

// → { code, lines: its findings as "level text", urls: the rest, report }
async function doctor(args = [], { env = {}, command = program } = {}) {
  const quiet = { NODE_EXTRA_CA_CERTS: "", HTTP_PROXY: "", HTTPS_PROXY: "", ALL_PROXY: "", http_proxy: "", https_proxy: "", all_proxy: "" };
  const { code, stdout, stderr } = await runCommand(command, ["doctor", ...args], { env: { XDG_STATE_HOME: temporaryFolder(), ...quiet, ...env } });
  assert.equal(stderr, "");
  const [findings, urls] = stdout.split("\nWhich URL to use:\n");
  return { code, report: stdout, urls, lines: findings.trimEnd().split("\n") };
}
const has = ({ lines, report }, level, text) =>
  assert.ok(lines.some((line) => line.startsWith(level) && text.test(line)), `${level} ${text}\n${report}`);
const advises = ({ lines, report }, text) => assert.ok(lines.some((line) => /^ +→ /.test(line) && text.test(line)), `${text}\n${report}`);

const busyPort = async (t) => {
  const server = createServer((socket) => socket.end("SSH-2.0-nothing\r\n")).listen(0, "127.0.0.1");
  t.after(() => server.close());
  await new Promise((ready) => server.once("listening", ready));
  return String(server.address().port);
};

test("all is well: no problem, exit code 0", async () => {
  const examined = await doctor(["--port", "0"]);
  assert.equal(examined.code, 0, examined.report);
  has(examined, "ok", /HTTP: some port of 127\.0\.0\.1 is free/);
  has(examined, "ok", /rules: 0 files, [1-9][0-9]* rules with the defaults, no mistakes/);
  has(examined, "ok", /clock: it shows 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC/);
  assert.match(examined.report, /\nAll is well\.\n$/);
  assert.doesNotMatch(examined.report, /TLS|HTTPS/);
});

describe("ports", () => {
  test("one that something else holds is a problem, with a way out", async (t) => {
    const port = await busyPort(t);
    const examined = await doctor(["--port", port]);
    assert.equal(examined.code, 1);
    has(examined, "PROBLEM", new RegExp(`HTTP: port ${port} .* in use`));
    advises(examined, /--port/);
    assert.match(examined.report, /\n1 problem, 0 warnings\.\n$/);
  });

  test("one that a mock holds is no problem, but a second mock needs another", async () => {
    const { http, port, state } = await startTls();
    const examined = await doctor(["--port", new URL(http).port, "--tls-port", String(port)], { env: { XDG_STATE_HOME: state } });
    assert.equal(examined.code, 0, examined.report);
    has(examined, "warning", /HTTP: a mock serves port/);
    has(examined, "warning", /HTTPS: a mock serves port/);
    advises(examined, /a second mock needs another port: choose one with --port/);
    advises(examined, /a second mock needs another port: choose one with --tls-port/);
  });

  test("a host of another machine, and one port for both, are problems", async () => {
    has(await doctor(["--host", "192.0.2.1"]), "PROBLEM", /192\.0\.2\.1.*not one of this machine/);
    has(await doctor(["--port", "4010", "--tls-port", "4010"]), "PROBLEM", /HTTPS: port 4010 is the port of HTTP as well/);
  });
});

describe("rules", () => {
  test("mistakes are counted, and check is named", async () => {
    const file = join(temporaryFolder(), "my rules.json");
    writeFileSync(file, '{ "rules": [{ "when": { "consumer": "a" } }] }');
    const examined = await doctor(["--port", "0", file]);
    assert.equal(examined.code, 1);
    has(examined, "PROBLEM", /rules: [1-9][0-9]* mistakes?, first in .*my rules\.json: /);
    advises(examined, new RegExp(`vault-mock check '${file}'`));
  });

  test("a broken catalogue of connectors is a problem", async () => {
    const file = join(temporaryFolder(), "connectors.json");
    writeFileSync(file, "[");
    const examined = await doctor(["--port", "0", file]);
    assert.equal(examined.code, 1);
    has(examined, "PROBLEM", /connectors: /);
  });
});

describe("the clock", () => {
  test("is behind when the program is younger", async () => {
    const copy = join(temporaryFolder(), "vault-mock");
    copyFileSync(program, copy);
    chmodSync(copy, 0o755);
    const tomorrow = Date.now() / 1000 + 3 * 86_400;
    utimesSync(copy, tomorrow, tomorrow);
    const examined = await doctor(["--port", "0"], { command: copy });
    assert.equal(examined.code, 1);
    has(examined, "PROBLEM", /clock: .* behind by at least [23] days/);
  });

  test("of the mock stands still: a warning, unless it is now", async () => {
    const examined = await doctor(["--port", "0", "--now", "2020-01-01T00:00:00Z"]);
    assert.equal(examined.code, 0);
    has(examined, "warning", /--now stops the mock's clock at 2020-01-01 00:00:00 UTC, \d+ days ago/);
    assert.doesNotMatch((await doctor(["--port", "0", "--now", new Date().toISOString()])).report, /warning/);
  });
});

test("a proxy is a warning, unless it leaves this machine alone", async () => {
  const proxied = (more) => doctor(["--port", "0"], { env: { HTTP_PROXY: "http://proxy.test:3128", NO_PROXY: "", no_proxy: "", ...more } });
  const examined = await proxied({});
  has(examined, "warning", /proxy: HTTP_PROXY is set/);
  advises(examined, /NO_PROXY=.*127\.0\.0\.1/);
  assert.doesNotMatch((await proxied({ NO_PROXY: "localhost,127.0.0.1" })).report, /proxy/);
});

describe("TLS", () => {
  const tls = (state, env = {}) => doctor(["--port", "0", "--tls", "--tls-port", "0"], { env: { XDG_STATE_HOME: state, ...env } });
  const withAuthority = async () => {
    const state = temporaryFolder();
    await run(["ca"], { env: { XDG_STATE_HOME: state } });
    return { state, ...authorityOf(state) };
  };

  test("without an authority yet: it says so, and makes none", async () => {
    const state = temporaryFolder();
    const examined = await tls(state);
    has(examined, "warning", /no local authority yet/);
    advises(examined, /vault-mock ca/);
    assert.ok(!existsSync(authorityOf(state).file));
  });

  test("an authority that nobody trusts: warnings, with what to type", async () => {
    const { state, file } = await withAuthority();
    const examined = await tls(state);
    assert.equal(examined.code, 0);
    has(examined, "ok", /TLS: Vault Mock of .*valid until 20\d\d-/);
    has(examined, "warning", /not trusted by this machine's authorities/);
    has(examined, "warning", /not trusted by Node/);
    advises(examined, new RegExp(`export NODE_EXTRA_CA_CERTS=${file}`));
  });

  test("who trusts it is told apart", async () => {
    const { state, file } = await withAuthority();
    const byNode = await tls(state, { NODE_EXTRA_CA_CERTS: file });
    has(byNode, "ok", /trusted by Node/);
    has(byNode, "warning", /not trusted by this machine/);
    const bySystem = await tls(state, { SSL_CERT_FILE: file });
    has(bySystem, "ok", /trusted by this machine/);
    has(bySystem, "warning", /not trusted by Node/);
    const all = await tls(state, { SSL_CERT_FILE: file, NODE_EXTRA_CA_CERTS: file });
    assert.match(all.report, /\nAll is well\.\n$/);
  });

  test("NODE_EXTRA_CA_CERTS that leads nowhere, or to others", async () => {
    const { state } = await withAuthority();
    const { file: other } = await withAuthority();
    has(await tls(state, { NODE_EXTRA_CA_CERTS: "/no/such.pem" }), "warning", /names \/no\/such\.pem, which cannot be read: No such file/);
    has(await tls(state, { NODE_EXTRA_CA_CERTS: other }), "warning", /does not contain it/);
  });

  test("a key that others can read, and one that is lost", async () => {
    const { state, keyFile } = await withAuthority();
    chmodSync(keyFile, 0o644);
    const open = await tls(state);
    has(open, "warning", /others can read/);
    advises(open, new RegExp(`chmod 600 ${keyFile}`));
    rmSync(keyFile);
    const lost = await tls(state);
    assert.equal(lost.code, 1);
    has(lost, "PROBLEM", /cannot read .*ca-key\.pem/);
  });

  test("a given certificate: its end, its key, its trust", async () => {
    const folder = temporaryFolder();
    const [certificate, key] = [join(folder, "c.pem"), join(folder, "k.pem")];
    const make = (days) => runCommand("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
      "-days", days, "-subj", "/CN=given.test", "-keyout", key, "-out", certificate]);
    const given = (env) => doctor(["--port", "0", "--tls-port", "0", "--tls-cert", certificate, "--tls-key", key], { env });
    await make("30");
    has(await given({}), "ok", /the certificate of .*c\.pem, valid until/);
    has(await given({ SSL_CERT_FILE: certificate }), "ok", /trusted by this machine/);
    const good = readFileSync(key);
    await make("1");
    writeFileSync(key, good);
    const mismatch = await given({});
    assert.equal(mismatch.code, 1);
    has(mismatch, "PROBLEM", /key is not that of the certificate/);
  });
});

describe("which URL", () => {
  test("this machine and a browser", async () => {
    const { urls } = await doctor(["--port", "4999", "--tls-port", "4998"]);
    assert.match(urls, /this machine +http:\/\/127\.0\.0\.1:4999  https:\/\/127\.0\.0\.1:4998\n/);
    assert.match(urls, /browser here +http:\/\/localhost:4999  https:\/\/localhost:4998\n/);
  });

  test("a container cannot reach the loopback, and is told what to do", async () => {
    assert.match((await doctor(["--port", "4999"])).urls, /containers? +cannot reach 127\.0\.0\.1.*--host 0\.0\.0\.0/);
    const everywhere = (await doctor(["--port", "4999", "--host", "0.0.0.0"])).urls;
    assert.match(everywhere, /containers? +http:\/\/[^ ]+:4999/);
    assert.doesNotMatch(everywhere, /cannot reach/);
  });

  test("code that hard-codes the vendor's host", async () => {
    assert.match((await doctor(["--tls"])).urls, /hard-coded hosts.*needs --tls-port 443/);
    assert.match((await doctor(["--tls-port", "443"])).urls, /hard-coded hosts +https:\/\/unify\.apideck\.com, when/);
  });

  test("it works: the mock is there", async () => {
    const mock = await start(["--host", "0.0.0.0"]);
    const port = new URL(mock.url).port;
    const { urls } = await doctor(["--host", "0.0.0.0", "--port", port]);
    const url = urls.match(/this machine +(\S+)/)[1];
    assert.equal((await fetch(`${url}/_mock/health`)).status, 200);
  });
});
