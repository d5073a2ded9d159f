// The words that people try first do what they mean, and a slip is named.

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { run, start, temporaryFolder } from "../support/program.js";
import { askForSession } from "../support/vault.js";

const same = async (words, others) => {
  const [one, other] = [await run(words), await run(others)];
  assert.deepEqual([one.code, one.stderr], [0, ""]);
  assert.equal(one.stdout, other.stdout);
  assert.notEqual(one.stdout, "");
};

describe("help", () => {
  test("is --help", () => same(["help"], ["--help"]));
  for (const command of ["serve", "check", "explain", "health", "doctor", "ca", "completion", "manual", "version", "help"])
    test(`of ${command} is ${command} --help`, () => same(["help", command], [command, "--help"]));
  test("of start is that of serve", () => same(["help", "start"], ["--help"]));
  test("of what is not a command names the nearest", async () => {
    for (const [word, words] of [["chekc", /did you mean vault-mock check\?/], ["nonsense", /no command 'nonsense'/]]) {
      const { code, stdout, stderr } = await run(["help", word]);
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, words);
    }
  });
});

test("version and -V are --version", async () => {
  await same(["version"], ["--version"]);
  await same(["-V"], ["--version"]);
});

for (const word of ["start", "run", "serve"])
  test(`${word} serves, with the options of the program`, async () => {
    const mock = await start(["--secret", "s"], { wrap: ([program, ...args]) => [program, word, ...args] });
    assert.equal((await askForSession(mock.url)).status, 200);
    assert.equal((await mock.kill("SIGTERM")).code, 0);
  });

describe("-p", () => {
  for (const [what, words] of [["apart", ["-p", "0"]], ["together", ["-p0"]]])
    test(`is --port, ${what}`, async () => {
      const mock = await start([], { wrap: ([program, , , ...args]) => [program, ...args, ...words] });
      assert.equal((await askForSession(mock.url)).status, 200);
    });

  test("of health is its --port", async () => {
    const { url } = await start();
    assert.equal((await run(["health", "-p", new URL(url).port])).code, 0);
  });

  test("is refused in one line when it is not a port", async () => {
    const { code, stderr } = await run(["-p", "http"]);
    assert.equal(code, 2);
    assert.match(stderr, /^vault-mock: [^\n]*--port[^\n]*\n$/);
  });

  test("is in --help, in the manual and in what shells complete", async () => {
    assert.match((await run(["--help"])).stdout, /-p, --port PORT/);
    assert.match((await run(["manual"])).stdout, /\\-p, \\-\\-port/);
    assert.match((await run(["completion", "bash"])).stdout, /-p\|--port\)/);
    assert.match((await run(["completion", "fish"])).stdout, /-s p -l port/);
  });
});

describe("a word that is neither a command nor a file", () => {
  for (const [word, meant] of [["chekc", "check"], ["explian", "explain"], ["Version", "version"], ["strat", "start"], ["docter", "doctor"]])
    test(`${word}: ${meant} may be meant`, async () => {
      const { code, stderr } = await run([word, "rules/"]);
      assert.equal(code, 2);
      assert.match(stderr, new RegExp(`^vault-mock: '${word}' is neither a command nor a file; did you mean vault-mock ${meant}\\?[^\\n]*\\n$`));
    });

  test("and resembles none", async () => {
    const { code, stderr } = await run(["my-rules", "--port", "0"]);
    assert.equal(code, 2);
    assert.match(stderr, /^vault-mock: 'my-rules' is neither a command nor a file\. [^\n]*\n$/);
  });

  for (const path of ["my-rules/", "./my-rules", "my-rules.json"])
    test(`but looks like one is a rule file that is not there: ${path}`, async () => {
      const { code, stderr } = await run([path, "--port", "0"]);
      assert.equal(code, 2);
      assert.ok(stderr.includes(`${path}: there is no such file or folder`), stderr);
    });

  test("and a file or folder beside it resembles it", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "rules"));
    const { code, stdout } = await run(["check", "ruels/"], { cwd: folder });
    assert.equal(code, 1);
    assert.match(stdout, /^ruels\/: error: there is no such file or folder; did you mean rules\/\?\n/);
  });

  test("a file of such a name is a file", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "chekc"));
    writeFileSync(join(folder, "chekc/a.json"), '{"rules":[{"respond":{"error":402}}]}');
    const mock = await start([], { cwd: folder, wrap: ([program, ...args]) => [program, "chekc", ...args] });
    assert.equal((await askForSession(mock.url)).status, 402);
  });
});
