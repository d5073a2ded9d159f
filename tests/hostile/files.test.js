// What lies where a file is expected and is none that can be read: folders, pipes, devices, links that lead nowhere or in
// a circle, editors' hidden files, files of others, files without end. At the start, in `check`, `explain` and `doctor`,
// and while the program runs: it is named, nothing hangs, and SIGTERM ends the program.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync, mkdirSync, openSync, rmSync, symlinkSync, truncateSync, unlinkSync, writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { program, run, runCommand, start, temporaryFolder, until } from "../support/program.js";
import { askForSession } from "../support/vault.js";
import { lookAround, rule } from "./files.js";

const makePipe = (path) => assert.equal(spawnSync("mkfifo", [path]).status, 0);
const isRoot = process.getuid() === 0;
// Root reads what it likes: the program runs as somebody else then.
const asNobody = (words) => (isRoot ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", ...words] : words);

// Puts something that is no file at `path`. → words that must be said of it
const kinds = {
  "a folder": (path) => (mkdirSync(path), "it is a folder"),
  "a pipe": (path) => (makePipe(path), "it is a pipe"),
  "a device": (path) => (symlinkSync("/dev/zero", path), "it is a device"),
  "a link to nothing": (path) => (symlinkSync("nothing", path), "it is a link to a file that does not exist"),
  "a link to itself": (path) => (symlinkSync(path, path), "it is a link that leads in a circle"),
  "a file without end": (path) => (writeFileSync(path, ""), truncateSync(path, 2 ** 40), "it is larger than"),
  "half a file": (path) => (writeFileSync(path, '{"rules":['), "not valid JSON"),
};

const oneLine = (text, ...words) => {
  assert.match(text, /^vault-mock[^\n]*\n$/, "one line");
  for (const word of words) assert.ok(text.includes(word), `${text} says ${word}`);
};

// Before a lock the program waits for ten seconds: meanwhile the other tests run.
function runBeforeALock() {
  const state = temporaryFolder();
  const folder = join(state, "vault-mock");
  mkdirSync(folder);
  return runCommand("flock", [folder, program, "ca"], { env: { XDG_STATE_HOME: state } });
}
const beforeALock = runBeforeALock();

for (const [kind, make] of Object.entries(kinds)) {
  describe(`${kind} among rule files`, () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "a.json"), rule(402));
    const path = join(folder, "b.json");
    const words = make(path);
    const isHalf = kind === "half a file";

    test("is named by check, and the rest goes on", async () => {
      const { code, stdout, stderr } = await run(["check", folder]);
      assert.deepEqual([code, stderr], [1, ""]);
      assert.ok(stdout.startsWith(`${path}:`) && stdout.includes(words), stdout);
      assert.match(stdout, /\n1 mistake\n$/);
    });

    test("ends the start and explain, and is named", async () => {
      for (const [command, ...args] of [["serve", "--port", "0"], ["explain"]]) {
        const { code, stdout, stderr } = await run([command, folder, ...args]);
        assert.deepEqual([code, stdout], [2, ""]);
        if (isHalf) assert.ok(stderr.includes(path) && stderr.includes(words), stderr);
        else oneLine(stderr, path, words);
      }
    });

    test("is a problem to doctor", async () => {
      const { code, stdout } = await run(["doctor", folder, "--port", "0"]);
      assert.equal(code, 1);
      assert.ok(stdout.split("\n").some((line) => line.startsWith("PROBLEM") && line.includes(path) && line.includes(words)), stdout);
    });

    test("while the program runs keeps the old rules, and health says why", async () => {
      const rules = temporaryFolder();
      writeFileSync(join(rules, "a.json"), rule(402));
      const mock = await start([rules]);
      const late = join(rules, "b.json");
      make(late);
      const trouble = async () => (await (await fetch(`${mock.url}/_mock/health`)).json()).rule_files;
      const told = await until(trouble, "health told of the file", mock);
      assert.ok(told.includes(late) && told.includes(words), told);
      assert.equal((await askForSession(mock.url, { consumer: "acme" })).status, 402);
      await until(() => (mock.stdout.includes("rules not reloaded") ? true : undefined), "the log told of it", mock);

      rmSync(late, { recursive: true });
      writeFileSync(join(rules, "a.json"), rule(404));
      const answersAnew = async () => ((await askForSession(mock.url, { consumer: "acme" })).status === 404 ? true : undefined);
      await until(answersAnew, "the new rules were used", mock);
      assert.equal(await trouble(), undefined);

      make(late);
      await until(trouble, "health told of the file again", mock);
      await lookAround(mock);
      assert.equal((await mock.kill("SIGTERM")).code, 0);
    });
  });

  describe(`${kind} in the place of another file`, () => {
    const folder = temporaryFolder();
    const path = join(folder, "other");
    const words = make(path);
    const isHalf = kind === "half a file";

    test("as the certificate or its key", async () => {
      for (const tls of [["--tls-cert", path, "--tls-key", path], ["--tls-cert", program, "--tls-key", path]]) {
        const { code, stderr } = await run(["--port", "0", "--tls-port", "0", ...tls]);
        assert.equal(code, 2);
        oneLine(stderr, "--tls-");
        if (tls[1] === path && !isHalf) oneLine(stderr, path, words);
      }
    });

    test("as a request to be explained", async () => {
      const { code, stderr } = await run(["explain", "--request", path]);
      assert.equal(code, 2);
      // A pipe that is named may be read; nobody has this one open.
      oneLine(stderr, path, isHalf ? "line 1" : kind === "a pipe" ? "nothing was written" : words);
    });

    test("as a catalogue", async () => {
      const rules = temporaryFolder();
      const catalogue = join(rules, "connectors.json");
      make(catalogue);
      for (const args of [["serve", "--port", "0", rules], ["explain", rules]]) {
        const { code, stderr } = await run(args);
        assert.equal(code, 2);
        if (isHalf) assert.ok(stderr.includes(`\n${catalogue}:1:`), stderr);
        else oneLine(stderr, catalogue, words);
      }
      const checked = await run(["check", rules]);
      assert.equal(checked.code, 1);
      assert.ok(checked.stdout.startsWith(`${catalogue}:`) && checked.stdout.endsWith("1 mistake\n"), checked.stdout);
      const { code, stdout } = await run(["doctor", rules, "--port", "0"]);
      assert.equal(code, 1);
      assert.ok(stdout.includes(catalogue), stdout);
    });

    test("as the local authority", async () => {
      const state = temporaryFolder();
      mkdirSync(join(state, "vault-mock"));
      make(join(state, "vault-mock/ca.pem"));
      const env = { XDG_STATE_HOME: state };
      // A link to nothing is no certificate: one is made in its place.
      if (kind === "a link to nothing") return assert.equal((await run(["ca"], { env })).code, 0);
      for (const args of [["ca"], ["--port", "0", "--tls-port", "0"]]) {
        const { code, stderr } = await run(args, { env });
        assert.equal(code, 2);
        oneLine(stderr, "vault-mock/ca");
      }
      const { code, stdout } = await run(["doctor", "--tls", "--port", "0", "--tls-port", "0"], { env });
      assert.equal(code, 1);
      assert.match(stdout, /^PROBLEM +TLS: .*vault-mock\/ca/m);
    });
  });
}

test("files that the user may not read are named", async (t) => {
  if (isRoot && spawnSync("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", "true"]).status !== 0)
    return t.skip("no right to run as somebody else here");
  const folder = temporaryFolder();
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, "a.json"), rule(402));
  chmodSync(join(folder, "a.json"), 0o000);
  const [command, ...words] = asNobody([program, "check", folder]);
  const closed = await runCommand(command, words);
  assert.equal(closed.code, 1, closed.stderr);
  assert.match(closed.stdout, /a\.json: error: cannot read this rule file: Permission denied/);

  const inner = join(folder, "inner");
  mkdirSync(inner, { mode: 0o000 });
  const [, ...again] = asNobody([program, "check", inner]);
  const unlisted = await runCommand(command, isRoot ? again : ["check", inner]);
  chmodSync(inner, 0o700);
  assert.equal(unlisted.code, 1, unlisted.stderr);
  assert.match(unlisted.stdout, /inner: error: cannot list this folder: Permission denied/);
});

describe("what lies beside the rule files", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "a.json"), rule(402));
  writeFileSync(join(folder, "B.JSON"), rule(404, "upper"));
  writeFileSync(join(folder, "README.md"), "about");
  symlinkSync("ann@laptop.1234", join(folder, ".#a.json"));
  writeFileSync(join(folder, "._a.json"), "\x01");
  writeFileSync(join(folder, "c.yaml"), "rules: []");
  mkdirSync(join(folder, "team"));
  writeFileSync(join(folder, "team/d.json"), rule(500));
  const mentioned = [".#a.json", "._a.json", "c.yaml", "team", "README.md"];

  test("is mentioned by check and doctor, and is no mistake", async () => {
    const checked = await run(["check", folder]);
    assert.equal(checked.code, 0, checked.stdout);
    assert.match(checked.stdout, /\n2 files, .* no mistakes, 4 warnings\n$/);
    const examined = await run(["doctor", folder, "--port", "0"]);
    assert.equal(examined.code, 0, examined.stdout);
    for (const name of mentioned) assert.ok(checked.stdout.includes(join(folder, name)), name);
    for (const name of mentioned) assert.ok(examined.stdout.includes(join(folder, name)), name);
  });

  for (const format of ["text", "json"])
    test(`is mentioned in the log of the start, as ${format}`, async () => {
      const mock = await start([folder, "--log-format", format]);
      assert.equal((await askForSession(mock.url, { consumer: "upper" })).status, 404, "other cases of .json are read");
      const { stdout, code } = await mock.kill("SIGTERM");
      assert.equal(code, 0);
      for (const name of mentioned) assert.ok(stdout.includes(join(folder, name)), name);
    });

  test("an editor's hidden file that comes and goes changes nothing", async () => {
    const rules = temporaryFolder();
    writeFileSync(join(rules, "a.json"), rule(402));
    const mock = await start([rules]);
    for (let i = 0; i < 20; i++) {
      symlinkSync("ann@laptop.1234", join(rules, ".#a.json"));
      assert.equal((await askForSession(mock.url, { consumer: "acme" })).status, 402);
      unlinkSync(join(rules, ".#a.json"));
    }
    const { stdout } = await mock.kill("SIGTERM");
    assert.doesNotMatch(stdout, /reloaded/);
  });
});

for (const ending of ["yaml", "yml", "json5"])
  test(`a folder with only .${ending} files is said to have no rules`, async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, `a.${ending}`), "rules: []");
    const checked = await run(["check", folder]);
    assert.equal(checked.code, 1);
    assert.ok(checked.stdout.includes(`${folder}: warning: not read: no file in this folder is a rule file`), checked.stdout);
    const mock = await start([folder]);
    assert.ok(mock.stdout.includes("no file in this folder is a rule file"), mock.stdout);
  });

describe("texts from a pipe", () => {
  test("rules named on the command line are read once: check, explain and the start", async () => {
    const script = (command) => ["bash", ["-c", `"$0" ${command} <(printf %s "$1")`, program, rule(402, "test-consumer")]];
    assert.match((await runCommand(...script("check"))).stdout, /^1 file, .* no mistakes\n$/);
    assert.match((await runCommand(...script("explain"))).stdout, /answers 402/);
    const mock = await start([], { wrap: (words) => ["bash", "-c", `exec "$@" <(printf %s '${rule(402)}')`, "bash", ...words] });
    assert.equal((await askForSession(mock.url, { consumer: "acme" })).status, 402);
    mock.child.kill("SIGHUP");
    await until(() => (mock.stdout.includes("rules reloaded") ? true : undefined), "the rules were read again", mock);
    assert.equal((await askForSession(mock.url, { consumer: "acme" })).status, 402, "and they are still there");
    assert.equal((await mock.kill("SIGTERM")).code, 0);
  });

  test("rules as - or /dev/stdin", async () => {
    for (const name of ["-", "/dev/stdin"]) {
      const { code, stdout } = await runCommand("sh", ["-c", `printf %s "$2" | "$0" check "$1"`, program, name, rule(402)]);
      assert.deepEqual([code, stdout.split(",")[0]], [0, "1 file"], stdout);
    }
  });

  test("certificate and key, too", async () => {
    const [key, certificate] = ["key", "certificate"].map((name) => join(temporaryFolder(), name));
    const made = await runCommand("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-keyout", key, "-out", certificate]);
    assert.equal(made.code, 0, made.stderr);
    const script = `exec "$@" --tls-port 0 --tls-cert <(cat ${certificate}) --tls-key <(cat ${key})`;
    const mock = await start([], { wrap: (words) => ["bash", "-c", script, "bash", ...words] });
    assert.match(mock.url, /^http:.*\nhttps:/, "both URLs");
    assert.equal((await mock.kill("SIGTERM")).code, 0);
  });

  test("a pipe that nobody writes to keeps neither the start nor its end waiting", async () => {
    const pipe = join(temporaryFolder(), "pipe");
    makePipe(pipe);
    const { code, stderr } = await run(["--port", "0", pipe]);
    assert.equal(code, 2);
    oneLine(stderr, "nothing was written");

    openSync(pipe, "r+"); // somebody has it open, and writes nothing: the program waits, and is told to end meanwhile
    const ready = join(temporaryFolder(), "ready");
    writeFileSync(ready, "old");
    const script = '"$0" --port 0 --ready-file "$2" "$1" & while [ -e "$2" ]; do sleep 0.01; done; kill $!; wait $!';
    const ended = await runCommand("sh", ["-c", script, program, pipe, ready]);
    assert.equal(ended.code, 0, ended.stderr);
  });
});

test("a lock on the local authority that is never given back is named", async () => {
  const { code, stderr } = await beforeALock;
  assert.equal(code, 2);
  assert.match(stderr, /^vault-mock ca: [^\n]*another program keeps [^\n]* locked[^\n]*\n$/);
});
