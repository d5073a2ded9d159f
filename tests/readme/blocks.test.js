import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { blocksOf, commandsOf, difference } from "./blocks.js";
import { Reader } from "./reader.js";

const page = (...lines) => lines.join("\n");

test("blocks are read with language, file name and line", () => {
  assert.deepEqual(blocksOf(page("# A", "", "```json rules/a.json", '{"rules": []}', "```", "", "    ```", "    x", "    ```")), [
    { line: 3, language: "json", file: "rules/a.json", notRun: undefined, text: '{"rules": []}\n' },
    { line: 7, language: "", file: "", notRun: undefined, text: "x\n" },
  ]);
});

test("a block is left out with a reason", () => {
  const [block] = blocksOf(page("<!-- not run: needs Docker -->", "```sh", "docker run x", "```"));
  assert.equal(block.notRun, "needs Docker");
});

test("a block without an end is a mistake", () => assert.throws(() => blocksOf("```sh\nls\n"), /line 1/));

test("a console block is commands and their output", () => {
  const text = page("$ curl \\", "    -s a", '{"a":1}', "$ git clone x", "$ ls");
  assert.deepEqual(commandsOf({ language: "console", text }), [
    { command: "curl \\\n    -s a", expected: ['{"a":1}'] },
    { command: "ls", expected: undefined },
  ]);
});

test("a script is one command, but for ./dev run", () => {
  const text = page("git clone https://example.test/vault-mock", "cd vault-mock", "./dev run --seed 1   # serves", "if a; then", "b", "fi");
  assert.deepEqual(commandsOf({ language: "sh", text }), [{ command: "./dev run --seed 1" }, { command: "if a; then\nb\nfi" }]);
});

describe("output", () => {
  const same = (shown, output) => assert.equal(difference(shown, output), undefined);
  const other = (shown, output) => assert.match(difference(shown, output), /The page shows/);
  test("is compared line by line", () => {
    same(["a.b", "c"], "a.b\nc\n");
    other(["a.b", "c"], "aXb\nc\n");
    other(["a"], "a\nb\n");
    other(["a", "b"], "a\n");
  });
  test("… stands for anything in a line", () => {
    same(['{"token":"…","n":1}'], '{"token":"x.y.z","n":1}\n');
    other(['{"token":"…","n":1}'], '{"token":"x.y.z","n":2}\n');
    other(["a…"], "a\nb\n");
  });
  test("a line of … stands for any lines", () => {
    same(["a", "…", "z"], "a\nb\nc\nz\n");
    same(["…", "z"], "z\n");
    same(["a", "…"], "a\nb\n");
    other(["a", "…", "z"], "a\nb\n");
  });
});

describe("a reader", () => {
  const follow = async (...lines) => {
    const reader = new Reader();
    let whyNot;
    for (const block of blocksOf(page(...lines))) whyNot = await reader.follow(block);
    return whyNot;
  };
  const health = "curl -s -o /dev/null -w '%{http_code}\\n' http://127.0.0.1:4010/_mock/health";

  test("reaches the program at the address that the page shows", async () => {
    assert.equal(await follow("```console", `$ ${health}`, "200", "```"), undefined);
    await assert.rejects(follow("```console", `$ ${health}`, "404", "```"), /It printed:\n200/);
  });
  test("sees the banner", async () => {
    await follow("```console", "$ ./dev run --seed 3", "vault-mock … serves http://127.0.0.1:4010 …", "…", "```");
    await assert.rejects(follow("```console", "$ ./dev run", "nothing", "```"), /The page shows:\nnothing/);
  });
  test("starts the program with the options shown", async () => {
    const curl = "curl -s http://127.0.0.1:4010/vault/sessions -X POST -H 'Authorization: Bearer no'";
    const lines = ["```sh", "./dev run --api-key yes", "```", "```console", `$ ${curl} | grep -o '\"status_code\":401'`, '"status_code":401', "```"];
    assert.equal(await follow(...lines), undefined);
  });
  test("is told when a script fails", async () => {
    await assert.rejects(follow("```sh", "false", "true", "```"), /ended with 1/);
  });
  test("finds the files of earlier blocks, and runs those that are programs", async () => {
    assert.equal(await follow("```json rules/a.json", "{}", "```", "```console", "$ cat rules/a.json", "{}", "```"), undefined);
    const failing = ["```js x.test.mjs", "import test from 'node:test';", "test('x', () => { throw new Error('told'); });", "```"];
    await assert.rejects(follow(...failing), /told/);
    assert.equal(await follow("```js y.mjs", "await fetch('http://127.0.0.1:4010/_mock/health');", "```"), undefined);
  });
  test("says why a block was not tried", async () => {
    assert.match(await follow("```yaml", "a: b", "```"), /yaml is not run/);
    assert.match(await follow("```sh", "./dev test", "```"), /nothing/);
  });
});
