// A mistake on the command line is one line on standard error that says what was wrong and what to do; exit code 2.

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { run, start, temporaryFolder } from "../support/program.js";

async function refused(args, options) {
  const { code, stdout, stderr } = await run(args, options);
  assert.equal(code, 2, `exit code ${code}; ${stderr}`);
  assert.equal(stdout, "");
  assert.match(stderr, /^vault-mock: [^\n]+\n$/, "one line");
  return stderr;
}

const mistakes = [
  ["an unknown option, with the nearest known one", ["--prot", "1"], /--prot.*--port/],
  ["an unknown option that resembles none", ["--xyzzyplugh"], /--xyzzyplugh.*--help/],
  ["an unknown short option", ["-q"], /-q/],
  ["a port that is not a number", ["--port", "http"], /--port.*http/],
  ["a port too high", ["--port", "65536"], /--port.*65535/],
  ["a port below zero", ["--port", "-1"], /--port/],
  ["an option without its value", ["--port"], /--port/],
  ["a port that is not a number, and says what is", ["--port", "abc"], /--port: use a number from 0 to 65535, not 'abc'\. See/],
  ["-p alone", ["-p"], /: --port needs a value: --port PORT\. See/],
  ["a size without a known unit", ["--space-memory", "5xb"], /--space-memory: use a size from 1MB to 1TB, with its unit: 64MB\. See/],
  ["a size too small", ["--memory", "5"], /--memory: use a size from 1MB to 1TB/],
  ["a number of spaces that is not a number", ["--max-spaces", "many"], /--max-spaces: use a number from 1 to 1000000, not 'many'/],
  ["a word that is neither a command nor a file", ["xyzzy"], /^vault-mock: 'xyzzy' is neither a command nor a file\. See/],
  ["a command of another program", ["mock", "api.json"], /^vault-mock: 'mock' is neither a command nor a file; did you mean vault-mock serve\? See/],
  ["-v, which programs disagree about", ["-v"], /^vault-mock: -v is not an option: -V prints the version, and --log-level debug logs more\. See/],
  ["an unusable log level", ["--log-level", "loud"], /--log-level.*debug/],
  ["an unusable log format", ["--log-format", "xml"], /--log-format.*json/],
  ["an origin with a path", ["--admin-origin", "https://app.example/x"], /'https:\/\/app\.example\/x' is not an origin: write https:\/\/app\.example\. See/],
  ["an origin with the port of its scheme", ["--admin-origin", "http://app.example:80"], /is not an origin: write http:\/\/app\.example\. See/],
  ["an origin without a host", ["--admin-origin", "https://"], /is not an origin: it is written as https:\/\/app\.example/],
  ["an unusable public URL", ["--public-url", "mock.test"], /--public-url: 'mock\.test' is not a valid URL; it must start with http/],
  ["an unusable vault URL", ["--vault-url", "vault"], /--vault-url.*http/],
  ["an unusable time", ["--now", "yesterday"], /--now: 'yesterday' is not a valid time; use 2027-01-01T00:00:00Z/],
  ["a transport that does not exist", ["--transport", "libuv"], /--transport: 'libuv' is not one of .*httplib\. See/],
  ["a parent without a pipe", ["--with-parent", "--port", "0"], /--with-parent needs a pipe as standard input/],
  ["a parent that would write the rules", ["--with-parent", "-"], /--with-parent waits for .*rules cannot be read from there/],
  ["an option given twice", ["--port", "1", "--port", "2"], /--port was given 2 times; give it once/],
  ["a flag that is neither true nor false", ["--strict=maybe"], /--strict: use true or false, not 'maybe'/],
  ["a certificate without its key", ["--tls-cert", "c.pem"], /--tls-cert requires --tls-key/],
  ["a seed that is not a number", ["--seed", "abc"], /--seed.*abc/],
  ["a host that is not an address", ["--host", "999.999.999.999", "--port", "0"], /999\.999\.999\.999.*--host/],
  ["a host of another machine", ["--host", "192.0.2.1", "--port", "0"], /192\.0\.2\.1.*--host/],
  ["an empty key, as of a variable that is unset", ["--api-key", ""], /--api-key: the key is empty; is a variable unset\? See vault-mock --help/],
  ["an empty key among others", ["--api-key", "a,,b"], /--api-key: the key is empty/],
  ["an empty token", ["--admin-token", ""], /--admin-token: the token is empty/],
  ["an empty secret", ["--secret", ""], /--secret: the text is empty/],
  ["an empty port", ["--port", ""], /--port: the port is empty/],
  ["an empty ready file", ["--ready-file", ""], /--ready-file: the name of the file is empty/],
  ["an empty rule file", ["serve", ""], /an argument is empty/],
  ["an unknown option of explain", ["explain", "--consumer"], /\? See vault-mock explain --help$/m],
  ["an unknown option of health", ["health", "--url", "x"], /See vault-mock health --help$/m],
  ["an option of another command", ["check", "--strict"], /See vault-mock check --help$/m],
  ["a shell without completions", ["completion", "tcsh"], /See vault-mock completion --help$/m],
  ["a rule file that is not there", ["no-such-rules.json", "--port", "0"], /no-such-rules\.json/],
];

describe("refuses in one line", () => {
  for (const [what, args, words] of mistakes) test(what, async () => assert.match(await refused(args), words));

  test("a bad value from the environment, naming its variable", async () => {
    assert.match(await refused([], { env: { VAULT_MOCK_PORT: "http" } }), /VAULT_MOCK_PORT: use a number/);
  });

  test("a list in the variable of the rule files", async () => {
    assert.match(await refused([], { env: { VAULT_MOCK_FIXTURES: "rules,more" } }),
      /VAULT_MOCK_FIXTURES names one file or folder; there is no 'rules,more'\. For several write: vault-mock rules more\./);
  });

  test("a word that is nearly the name of a folder, which it names", async () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, "rules"));
    assert.match(await refused(["ruels"], { cwd }), /'ruels' is neither a command nor a file; did you mean rules\/\? See/);
  });

  test("a port in use, with a way out", async () => {
    const first = await start();
    const { port } = new URL(first.url);
    assert.match(await refused(["--port", port]), new RegExp(`${port} is in use.*--port`));
  });
});

test("a ready file that cannot be written ends the program", async () => {
  const { code, stdout, stderr } = await run(["--port", "0", "--ready-file", "/no/such/folder/ready"]);
  assert.deepEqual([code, stdout], [2, ""], "before the banner");
  assert.match(stderr, /^vault-mock: [^\n]*\/no\/such\/folder\/ready[^\n]*\n$/);
});

test("a broken rule file is named with the place of its mistake", async () => {
  const file = join(temporaryFolder(), "broken.json");
  writeFileSync(file, '{ "rules": [\n  { "when": { "consumer_id": } } ] }\n');
  const { code, stdout, stderr } = await run(["--port", "0", file]);
  assert.equal(code, 2);
  assert.equal(stdout, "");
  assert.ok(stderr.includes(`${file}:2:`), stderr);
});
