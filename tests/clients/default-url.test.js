// Code that hard-codes the real address, unmodified: the official SDK at its default URL, https://unify.apideck.com, with
// nothing but the name led to the mock and the authority trusted.

import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import { cleanEnvironment, program, root, start, temporaryFolder } from "../support/program.js";
import { apiKey, appId, consumerId } from "./support/example.js";

const app = fileURLToPath(new URL("support/default-url-app.js", import.meta.url));
const override = fileURLToPath(new URL("support/override-host.js", import.meta.url));
const sdks = ["@apideck/unify", "@apideck/unify-0.22", "@apideck/node"];
const environment = { API_KEY: apiKey, APP_ID: appId, CONSUMER_ID: consumerId };

// A whole SDK is loaded: that may take its time on a busy machine.
const runApp = (command, args, env) => new Promise((resolve) => {
  execFile(command, args, { env: cleanEnvironment({ ...environment, ...env }), timeout: 120_000 }, (error, stdout, stderr) =>
    resolve({ code: error ? error.code ?? error.signal : 0, stdout, stderr }));
});

const assertServed = ({ code, stdout, stderr }) => {
  assert.equal(code, 0, stderr);
  const { uri, token, failure } = JSON.parse(stdout);
  assert.equal(uri, `https://unify.apideck.com/session/${token}`);
  assert.equal(failure, 402, "an error by a magic consumer id");
};

async function startTls(args = []) {
  const state = temporaryFolder();
  const mock = await start(["--tls", "--tls-port", "0", ...args], { env: { XDG_STATE_HOME: state } });
  return { port: new URL(mock.url.split("\n")[1]).port, ca: join(state, "vault-mock/ca.pem") };
}

describe("with a preload that answers for DNS, and maps the port", () => {
  const call = (sdk, env) => runApp(process.execPath, ["--import", override, app, sdk], env);

  for (const sdk of sdks) {
    test(`${sdk} is served`, async () => {
      const { port, ca } = await startTls();
      assertServed(await call(sdk, { MOCK_PORT: port, NODE_EXTRA_CA_CERTS: ca }));
    });
  }

  test("without NODE_EXTRA_CA_CERTS it is not: the certificate is checked", async () => {
    const { port } = await startTls();
    const { code, stderr } = await call("@apideck/unify", { MOCK_PORT: port, NODE_EXTRA_CA_CERTS: "" });
    assert.equal(code, 1);
    assert.match(stderr, /certificate/);
  });
});

// The whole way as a user would go it: a line in /etc/hosts and port 443, in namespaces of their own.
describe("with /etc/hosts and port 443, in a namespace", () => {
  const enter = ["--user", "--map-root-user", "--mount", "--net"];
  const trial = spawnSync("unshare", [...enter, "sh", "-c", "ip link set lo up && mount --bind /etc/hosts /etc/hosts"], { encoding: "utf8" });
  const skip = trial.status !== 0 && "this machine lets nobody make namespaces with unshare and ip";

  for (const sdk of sdks) {
    test(`${sdk} is served`, { skip }, async () => {
      const folder = temporaryFolder();
      const hosts = join(folder, "hosts");
      writeFileSync(hosts, "127.0.0.1 localhost unify.apideck.com vault.apideck.com vaultjs.apideck.com\n");
      const script = `
        ip link set lo up && mount --bind '${hosts}' /etc/hosts || exit 9
        '${program}' --port 80 --tls-port 443 --ready-file '${folder}/ready' --log-level off >'${folder}/output' 2>&1 &
        mock=$!
        trap 'kill $mock' EXIT TERM
        while [ ! -e '${folder}/ready' ]; do kill -0 $mock || exit 8; sleep 0.02; done
        NODE_EXTRA_CA_CERTS=$('${program}' ca --path) '${process.execPath}' '${app}' '${sdk}'
        code=$?
        '${program}' doctor --port 80 --tls-port 443 >'${folder}/doctor'
        exit $code`;
      assertServed(await runApp("unshare", [...enter, "sh", "-c", script], { XDG_STATE_HOME: folder }));
      assert.match(readFileSync(join(folder, "doctor"), "utf8"), /serves port 443 [^]*\/etc\/hosts leads the vendor's names here\n/);
    });
  }
});

test("the app of this test is code as anybody writes it: no URL in it", () => {
  assert.doesNotMatch(readFileSync(app, "utf8"), /https?:|serverURL|basePath|lookup/);
  assert.ok(app.startsWith(root));
});
