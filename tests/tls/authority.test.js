// The local certificate authority: made once, for its user alone, and good for the names that clients use.

import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { copyFileSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { isIP } from "node:net";
import { hostname, networkInterfaces } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { checkServerIdentity } from "node:tls";
import { run, runCommand, temporaryFolder } from "../support/program.js";
import { dial } from "../support/socket.js";
import { authorityOf, startTls } from "../support/tls.js";

const inState = (state) => ({ env: { XDG_STATE_HOME: state } });
// The command lines of `vault-mock ca` that have this text, without the client's name in front.
const linesOf = async (state, text) =>
  (await run(["ca"], inState(state))).stdout.split("\n").filter((line) => line.includes(text))
    .map((line) => line.replace(/^ +\w* +(?=export|curl|keytool|java)/, ""));
const mode = (path) => (statSync(path).mode & 0o777).toString(8);

// As a client decides it. Addresses are asked of the certificate itself: Node 18 takes "::1" for a name.
const isGoodFor = (name, certificate) =>
  isIP(name) ? new X509Certificate(certificate.raw).checkIP(name) !== undefined : checkServerIdentity(name, certificate) === undefined;

async function certificateOf(mock) {
  const socket = await dial(mock);
  const certificate = socket.getPeerCertificate(true);
  socket.destroy();
  return certificate;
}

describe("the first start with --tls", () => {
  test("makes an authority, its key for this user alone, its certificate for all", async () => {
    const wrap = (words) => ["sh", "-c", 'umask 022; exec "$0" "$@"', ...words];
    const { state } = await startTls([], { wrap });
    const { file, keyFile } = authorityOf(state);
    assert.deepEqual([mode(join(state, "vault-mock")), mode(keyFile), mode(file)], ["755", "600", "644"]);
    assert.match(readFileSync(keyFile, "utf8"), /^-----BEGIN PRIVATE KEY-----/);
    const ca = new X509Certificate(readFileSync(file));
    assert.ok(ca.ca && ca.verify(ca.publicKey));
    assert.match(ca.subject, /CN=Vault Mock of /);
    const years = (new Date(ca.validTo) - Date.now()) / (365 * 24 * 3_600_000);
    assert.ok(years > 9 && years < 11, ca.validTo);
  });

  test("and the later ones keep it", async () => {
    const first = await startTls();
    const second = await startTls([], { state: first.state });
    assert.equal(second.ca, first.ca);
    (await dial(second, { ca: first.ca })).destroy();
  });

  test("several at once agree on one", async () => {
    const state = temporaryFolder();
    const mocks = await Promise.all(Array.from({ length: 5 }, () => startTls([], { state })));
    for (const mock of mocks) (await dial(mock, { ca: authorityOf(state).pem })).destroy();
  });
});

describe("its certificates", () => {
  test("are good for this machine, for containers and for the vendor's hosts, and for no other", async () => {
    const certificate = await certificateOf(await startTls());
    const addresses = Object.values(networkInterfaces()).flat().map(({ address }) => address);
    for (const name of ["localhost", "127.0.0.1", "::1", hostname(), "host.docker.internal", "unify.apideck.com",
      "vault.apideck.com", "vaultjs.apideck.com", "file-picker-js.apideck.com", "upload.apideck.com", ...addresses.filter((address) => !address.startsWith("fe80:"))]) {
      assert.ok(isGoodFor(name, certificate), name);
    }
    for (const name of ["apideck.com", "api.apideck.com", "example.com", "192.0.2.77"]) {
      assert.ok(!isGoodFor(name, certificate), name);
    }
  });

  test("take the names of --tls-name, from the command line and the environment", async () => {
    const named = await certificateOf(await startTls(["--tls-name", "mock.test", "--tls-name", "*.mock.test,198.51.100.9"]));
    for (const name of ["mock.test", "a.mock.test", "198.51.100.9"]) assert.ok(isGoodFor(name, named), name);
    const fromEnvironment = await certificateOf(await startTls([], { env: { VAULT_MOCK_TLS_NAME: "from.test" } }));
    assert.ok(isGoodFor("from.test", fromEnvironment));
  });

  test("are what browsers take: for servers, by name, and for 398 days at most", async () => {
    const certificate = await certificateOf(await startTls());
    const { valid_from: from, valid_to: to, ext_key_usage: usage } = certificate;
    assert.deepEqual(usage, ["1.3.6.1.5.5.7.3.1"]);
    const days = (new Date(to) - new Date(from)) / 86_400_000;
    assert.ok(days > 300 && days <= 398, `${days} days`);
    assert.ok(new Date(from) < Date.now() - 3_600_000, "good on machines whose clock is behind");
    assert.equal(new X509Certificate(certificate.raw).ca, false);
  });

  test("verify by openssl as well", async () => {
    const { state, port } = await startTls();
    const { stdout, stderr } = await runCommand("sh", ["-c",
      `openssl s_client -connect 127.0.0.1:${port} -CAfile "${authorityOf(state).file}" -verify_return_error ` +
      "-verify_hostname vault.apideck.com -servername vault.apideck.com </dev/null"]);
    assert.match(stdout, /Verify return code: 0 \(ok\)/, stderr);
  });
});

describe("what stands in the way is one line with a way out, and exit code 2:", () => {
  const refused = async (args, options) => {
    const { code, stdout, stderr } = await run(["--port", "0", ...args], options);
    assert.deepEqual([code, stdout], [2, ""], stderr);
    assert.match(stderr, /^vault-mock: [^\n]+\n$/);
    return stderr;
  };

  test("a state folder that cannot be made", async () => {
    const file = join(temporaryFolder(), "file");
    writeFileSync(file, "");
    assert.match(await refused(["--tls"], inState(file)), /cannot make .*file.*XDG_STATE_HOME.*--tls-cert/);
  });

  test("a lost key", async () => {
    const { state } = await startTls();
    rmSync(authorityOf(state).keyFile);
    assert.match(await refused(["--tls"], inState(state)), /cannot read .*ca-key\.pem.*remove .*ca\.pem/);
  });

  test("a key of another authority", async () => {
    const [one, other] = [await startTls(), await startTls()];
    copyFileSync(authorityOf(other.state).keyFile, authorityOf(one.state).keyFile);
    assert.match(await refused(["--tls"], inState(one.state)), /key does not belong to its certificate.*Remove/);
  });

  test("a broken certificate", async () => {
    const { state } = await startTls();
    writeFileSync(authorityOf(state).file, "-----BEGIN CERTIFICATE-----\nrubbish\n-----END CERTIFICATE-----\n");
    assert.match(await refused(["--tls"], inState(state)), /certificate holds a broken certificate.*Remove/);
  });

  test("a name that is none", async () => {
    for (const name of ["a b", "https://mock.test", "mock..test", ".", "a/b"]) {
      assert.match(await refused(["--tls-name", name], inState(temporaryFolder())), /--tls-name: '[^']*' is not a valid host name or address/, name);
    }
  });

  test("a port in use", async () => {
    const { port, state } = await startTls();
    assert.match(await refused(["--tls-port", String(port)], inState(state)), new RegExp(`${port} is in use.*--tls-port`));
  });
});

describe("--tls-cert and --tls-key", () => {
  const make = async (folder, name, ...more) => {
    const [certificate, key] = [join(folder, `${name}.pem`), join(folder, `${name}-key.pem`)];
    const { code, stderr } = await runCommand("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
      `/CN=${name}`, "-addext", `subjectAltName=DNS:${name},IP:127.0.0.1`, "-keyout", key, "-out", certificate, ...more]);
    assert.equal(code, 0, stderr);
    return { certificate, key };
  };

  test("replace the local authority, which is not even made", async () => {
    const { certificate, key } = await make(temporaryFolder(), "given.test");
    const mock = await startTls(["--tls-cert", certificate, "--tls-key", key]);
    assert.equal(mock.ca, undefined);
    const socket = await dial(mock, { ca: readFileSync(certificate) });
    assert.equal(socket.getPeerCertificate().subject.CN, "given.test");
    socket.destroy();
    assert.ok(mock.stdout.includes(`with the certificate of ${certificate}`), mock.stdout);
  });

  test("imply --tls, from the environment too", async () => {
    const { certificate, key } = await make(temporaryFolder(), "given.test");
    const mock = await startTls([], { env: { VAULT_MOCK_TLS_CERT: certificate, VAULT_MOCK_TLS_KEY: key } });
    (await dial(mock, { ca: readFileSync(certificate) })).destroy();
  });

  test("a chain is sent whole", async () => {
    const folder = temporaryFolder();
    const [leaf, other] = [await make(folder, "leaf.test"), await make(folder, "other.test")];
    const chain = join(folder, "chain.pem");
    writeFileSync(chain, readFileSync(leaf.certificate, "utf8") + readFileSync(other.certificate, "utf8"));
    const { port } = await startTls(["--tls-cert", chain, "--tls-key", leaf.key]);
    const { stdout } = await runCommand("sh", ["-c", `openssl s_client -connect 127.0.0.1:${port} -showcerts </dev/null`]);
    assert.equal(stdout.match(/BEGIN CERTIFICATE/g).length, 2, stdout);
  });

  test("mistakes are one line, and exit code 2", async () => {
    const folder = temporaryFolder();
    const [one, other] = [await make(folder, "one.test"), await make(folder, "other.test")];
    const locked = join(folder, "locked.pem");
    await runCommand("openssl", ["pkey", "-in", one.key, "-aes256", "-passout", "pass:x", "-out", locked]);
    for (const [args, words] of [
      [["--tls-cert", one.certificate], /--tls-cert requires --tls-key/],
      [["--tls-key", one.key], /--tls-key requires --tls-cert/],
      [["--tls-cert", "/no/such", "--tls-key", one.key], /cannot read --tls-cert '\/no\/such': No such file/],
      [["--tls-cert", one.certificate, "--tls-key", "/no/such"], /cannot read --tls-key '\/no\/such': No such file/],
      [["--tls-cert", one.key, "--tls-key", one.key], /certificate file holds no certificate/],
      [["--tls-cert", one.certificate, "--tls-key", one.certificate], /key file holds no private key/],
      [["--tls-cert", one.certificate, "--tls-key", other.key], /key is not that of the certificate/],
      [["--tls-cert", one.certificate, "--tls-key", locked], /key file is protected by a passphrase/],
    ]) {
      const { code, stdout, stderr } = await run(["--port", "0", "--tls-port", "0", ...args]);
      assert.deepEqual([code, stdout], [2, ""], stderr);
      assert.match(stderr, /^vault-mock: [^\n]+\n$/);
      assert.match(stderr, words);
    }
  });
});

describe("vault-mock ca", () => {
  test("makes the authority where there is none, and names it", async () => {
    const state = temporaryFolder();
    const { code, stdout } = await run(["ca"], inState(state));
    assert.equal(code, 0);
    const { file, keyFile, pem } = authorityOf(state);
    for (const part of [file, keyFile, new X509Certificate(pem).fingerprint256]) assert.ok(stdout.includes(part), stdout);
    for (const client of ["NODE_EXTRA_CA_CERTS", "curl --cacert", "openssl.cafile", "keytool", "Chrome", "Firefox"]) {
      assert.ok(stdout.includes(client), client);
    }
    assert.ok(!stdout.includes("PRIVATE"));
    assert.equal((await startTls([], { state })).ca, pem);
  });

  test("--path and --pem print nothing else", async () => {
    const state = temporaryFolder();
    const { stdout: path } = await run(["ca", "--path"], inState(state));
    assert.equal(path, `${authorityOf(state).file}\n`);
    assert.equal((await run(["ca", "--pem"], inState(state))).stdout, authorityOf(state).pem);
    const { code, stderr } = await run(["ca", "--pem", "--path"], inState(state));
    assert.equal(code, 2, stderr);
  });

  test("keeps it below the home folder when XDG_STATE_HOME is not set", async () => {
    const home = temporaryFolder();
    const { stdout } = await run(["ca", "--path"], { env: { HOME: home, XDG_STATE_HOME: "" } });
    assert.equal(stdout, `${home}/.local/state/vault-mock/ca.pem\n`);
  });

  test("quotes a path that a shell would take apart", async () => {
    const state = join(temporaryFolder(), "it's a state");
    const [line] = await linesOf(state, "NODE_EXTRA_CA_CERTS");
    const { stdout: path } = await runCommand("sh", ["-c", `${line}; printf %s "$NODE_EXTRA_CA_CERTS"`]);
    assert.equal(path, authorityOf(state).file);
  });

  test("says what is wrong in one line, exit code 2", async () => {
    const file = join(temporaryFolder(), "file");
    writeFileSync(file, "");
    const { code, stdout, stderr } = await run(["ca"], inState(file));
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, /^vault-mock ca: [^\n]*cannot make[^\n]*\n$/);
  });
});

describe("what vault-mock ca says works:", () => {
  test("curl", async () => {
    const { state, https } = await startTls();
    const [line] = await linesOf(state, "curl --cacert");
    const { code, stdout, stderr } = await runCommand("sh", ["-c", line.replace("https://localhost:4443", https)]);
    assert.equal(code, 0, stderr);
    assert.equal(JSON.parse(stdout).status, "ok");
  });

  test("Node", async () => {
    const { state, https } = await startTls();
    const [line] = await linesOf(state, "NODE_EXTRA_CA_CERTS=");
    const script = `fetch("${https}/_mock/health").then((answer) => answer.json()).then(({ status }) => console.log(status))`;
    const { stdout, stderr } = await runCommand("sh", ["-c", `${line}; exec "${process.execPath}" -e '${script}'`]);
    assert.equal(stdout, "ok\n", stderr);
  });
});
