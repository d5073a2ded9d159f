// What each option does to the answers, from the command line and from the environment.

import assert from "node:assert/strict";
import { lookup } from "node:dns/promises";
import { once } from "node:events";
import { createServer } from "node:net";
import { request } from "node:http";
import { describe, test } from "node:test";
import { program, run, runCommand, start, version } from "../support/program.js";
import { claimsOf, isSignedWith } from "../support/claims.js";
import { askForSession, call, keys } from "../support/vault.js";

const variableOf = (option) => `VAULT_MOCK_${option.toUpperCase().replaceAll("-", "_")}`;

// What --help says of each option. → Map of "oauth-confirm" to the text beside it
async function options() {
  const { code, stdout, stderr } = await run(["--help"]);
  assert.deepEqual([code, stderr], [0, ""]);
  const [, list] = stdout.match(/^Listening:$([^]*)^Commands:$/m);
  return new Map(list.split(/^(?= {2}-\w, | {6}--)/m).slice(1).map((text) => [/--([\w-]+)/.exec(text)[1], text]));
}

test("--help lists every option with its environment name", async () => {
  const listed = await options();
  for (const option of ["no-mock-headers", "oauth-confirm", ...effects.map(([name]) => name)]) assert.ok(listed.has(option), option);
  for (const [option, text] of listed) {
    const isSet = !["help", "version"].includes(option); // those two ask for something else than serving
    assert.deepEqual(text.match(/\[env: \w+\]/g) ?? [], isSet ? [`[env: ${variableOf(option)}]`] : [], option);
  }
  const { stdout } = await run(["--help"]);
  for (const word of ["--version", "--help", "FIXTURES", "4010", "127.0.0.1"]) assert.ok(stdout.includes(word), word);
});

test("--help begins with examples, and has its options in groups", async () => {
  const { stdout } = await run(["--help"]);
  const titles = [...stdout.matchAll(/^(\S.*):$/gm)].map(([, title]) => title);
  assert.deepEqual(titles, ["Examples", "Rules", "Listening", "HTTPS", "Answers", "Repeatable runs", "Spaces and memory", "Replicas",
    "The mock's own API, /_mock/", "Log", "General", "Commands"]);
  assert.match(stdout, /\nUsage: vault-mock \[OPTIONS\] \[FIXTURES\.\.\.\]\n {7}vault-mock COMMAND \[OPTIONS\]\n/);
  assert.match(stdout, /\n {2}vault-mock serve /);
  assert.match((await run(["help", "--help"])).stdout, /\nUsage: vault-mock help \[OPTIONS\] \[COMMAND\]\n/);
  for (const line of stdout.split("\n")) assert.ok(line.length <= 100, line);
});

test("--help is as wide as a narrow terminal", async () => {
  const { stdout } = await runCommand("script", ["-qec", `stty columns 84; ${program} --help`, "/dev/null"]);
  const widths = stdout.split("\r\n").slice(20).filter((line) => line.startsWith("      ")).map((line) => line.length);
  assert.ok(Math.max(...widths) <= 84 && Math.max(...widths) > 76, String(Math.max(...widths)));
});

test("--version is the version of the project", async () => {
  assert.deepEqual(await run(["--version"]), { code: 0, signal: null, stdout: `vault-mock ${version}\n`, stderr: "" });
});

test("the word serve may be given or left out", async () => {
  const { url } = await start([], { wrap: ([program, ...args]) => [program, "serve", ...args] });
  assert.equal((await askForSession(url)).status, 200);
});

// [option, value, what shows it]: tried as an option and as an environment name.
const effects = [
  ["now", "2027-01-02T03:04:05Z", async (url) => {
    const { body } = await askForSession(url);
    assert.equal(claimsOf(body.data.session_token).iat, Date.UTC(2027, 0, 2, 3, 4, 5) / 1000);
  }],
  ["secret", "s3cret", async (url) => {
    const { body } = await askForSession(url);
    assert.ok(isSignedWith("s3cret", body.data.session_token));
  }],
  ["vault-url", "https://vault.test/base/", async (url) => {
    const { body } = await askForSession(url);
    assert.equal(body.data.session_uri, `https://vault.test/base/session/${body.data.session_token}`);
  }],
  ["public-url", "http://mock.test:8080", async (url) => {
    const { body } = await askForSession(url);
    assert.equal(body.data.session_uri, `http://mock.test:8080/session/${body.data.session_token}`);
  }],
  ["api-key", "sk_known", async (url) => {
    assert.equal((await askForSession(url, { key: "Bearer sk_known" })).status, 200);
    assert.equal((await askForSession(url, { key: "Bearer sk_other" })).status, 401);
  }],
  ["app-id", "known-app", async (url) => {
    assert.equal((await askForSession(url, { app: "known-app" })).status, 200);
    assert.ok([401, 404].includes((await askForSession(url, { app: "other-app" })).status));
  }],
  ["transport", "httplib", async (url) => assert.equal((await askForSession(url)).status, 200)],
  ["no-mock-headers", true, async (url) => {
    const { headers } = await askForSession(url);
    assert.deepEqual([...headers.keys()].filter((name) => name.startsWith("x-mock-")), []);
  }],
  ["oauth-confirm", true, async (url) => {
    assert.deepEqual((await call(`${url}/_mock/oauth`)).json, { confirm: true, opener: "kept" });
  }],
  ["strict", true, async (url) => {
    assert.equal((await askForSession(url, { body: { redirect_uri: "not a url" } })).status, 422);
  }],
];

for (const [option, value, shows] of effects) {
  test(`--${option}`, async () => {
    const { url } = await start(value === true ? [`--${option}`] : [`--${option}`, value]);
    await shows(url);
  });
  const name = variableOf(option);
  test(name, async () => {
    const { url } = await start([], { env: { [name]: String(value) } });
    await shows(url);
  });
}

test("without --strict, what is suspicious is accepted", async () => {
  const { url } = await start();
  assert.equal((await askForSession(url, { body: { redirect_uri: "not a url" } })).status, 200);
});

test("--api-key and --app-id may be repeated", async () => {
  const { url } = await start(["--api-key", "a", "--api-key", "b", "--app-id", "x", "--app-id", "y"]);
  for (const [key, app] of [["a", "x"], ["b", "y"], ["a", "y"]]) {
    assert.equal((await askForSession(url, { key: `Bearer ${key}`, app })).status, 200, `${key} ${app}`);
  }
});

test("--api-key and --app-id take one value each, and leave what follows to FIXTURES", async () => {
  for (const option of ["--api-key", "--app-id"]) {
    const { code, stderr } = await run(["--port", "0", option, "x", "no-such-rules.json"]);
    assert.equal(code, 2);
    assert.match(stderr, /no-such-rules\.json/);
  }
});

test("the command line wins over the environment", async () => {
  const { url } = await start(["--secret", "from-the-line"], { env: { VAULT_MOCK_SECRET: "from-the-environment" } });
  const { body } = await askForSession(url);
  assert.ok(isSignedWith("from-the-line", body.data.session_token));
});

test("an empty variable counts as unset", async () => {
  const { url } = await start([], { env: { VAULT_MOCK_PUBLIC_URL: "", VAULT_MOCK_NOW: "", VAULT_MOCK_STRICT: "" } });
  assert.equal((await askForSession(url)).status, 200);
});

test("a stopped clock, a seed and a secret make two runs the same to the byte, request ids included", async () => {
  const answers = [];
  for (let i = 0; i < 2; i++) {
    const { url } = await start(["--seed", "7", "--now", "2027-01-01T00:00:00Z", "--vault-url", "http://vault.test"]);
    const { status, headers, body } = await askForSession(url, { body: { redirect_uri: "https://app.test" } });
    answers.push([status, headers.get("x-apideck-request-id"), body]);
    const inSpace = await askForSession(`${url}/@one`);
    answers.at(-1).push(inSpace.headers.get("x-apideck-request-id"), inSpace.body);
  }
  assert.deepEqual(answers[0], answers[1]);
});

test("two runs without a seed give different request ids", async () => {
  const ids = new Set();
  for (let i = 0; i < 2; i++) ids.add((await askForSession((await start()).url)).headers.get("x-apideck-request-id"));
  assert.equal(ids.size, 2);
});

test("session_uri leads where the client addressed the mock", async () => {
  const { url } = await start();
  const headers = keys("c", { host: "mapped.test:9999" });
  const response = await new Promise((resolve, reject) =>
    request(`${url}/vault/sessions`, { method: "POST", headers }, resolve).on("error", reject).end());
  let text = "";
  for await (const chunk of response.setEncoding("utf8")) text += chunk;
  assert.ok(JSON.parse(text).data.session_uri.startsWith("http://mapped.test:9999/session/"), text);
});

test("--memory below --space-memory is warned of, once", async () => {
  const { kill } = await start(["--memory", "2MB", "--space-memory", "4MB"]);
  const { stdout } = await kill("SIGTERM");
  assert.equal(stdout.split("options: --memory (2 MB) is less than --space-memory (4 MB)").length, 2, stdout);
});

describe("--host", () => {
  test("0.0.0.0 serves every address and names one that works", async () => {
    const { url } = await start(["--host", "0.0.0.0"]);
    assert.equal((await fetch(`${url}/_mock/health`)).status, 200);
  });

  test("localhost is understood", async (t) => {
    if (!(await lookup("localhost").catch(() => false))) return t.skip("this machine does not know localhost: it has no /etc/hosts");
    const { url } = await start(["--host", "localhost"]);
    assert.equal((await fetch(`${url}/_mock/health`)).status, 200);
  });

  test("::1 is written in brackets", async (t) => {
    const probe = createServer().listen(0, "::1");
    try {
      await once(probe, "listening");
    } catch {
      return t.skip("this machine has no IPv6");
    }
    probe.close();
    const { url } = await start(["--host", "::1"]);
    assert.match(url, /^http:\/\/\[::1\]:[0-9]+$/);
    assert.equal((await fetch(`${url}/_mock/health`)).status, 200);
  });
});
