// What `vault-mock check` says of rules: mistakes with their place, warnings of what can never match.

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { run, temporaryFolder } from "../support/program.js";

const folder = temporaryFolder();

// → { code, stdout }
async function check(text) {
  const file = join(folder, "mine.json");
  writeFileSync(file, text);
  const { code, stdout, stderr } = await run(["check", file]);
  assert.equal(stderr, "");
  return { code, stdout: stdout.replaceAll(`${folder}/`, "") };
}

const rule = (when, respond = { pass: true }) => JSON.stringify({ rules: [{ when, respond }] });

describe("a warning of what can never match", () => {
  const meant = [
    [{ body: { "$.settings.session_length": "7d" } }, '"/settings/session_length"'],
    [{ body: { "settings.session_length": "7d" } }, '"/settings/session_length"'],
    [{ path: "vault/sessions" }, '"/vault/sessions"'],
    [{ path: "/vault/sessions?x=1" }, '"/vault/sessions"'],
    [{ path: "/@t/vault/sessions" }, '"/vault/sessions"'],
    [{ path: "http://localhost:4010/vault/sessions" }, '"/vault/sessions"'],
    [{ path: "/vault/connections/*" }, '{"matches": "^/vault/connections/.*$"}'],
    [{ path: "/vault/connections/{unified_api}/{service_id}" }, '{"matches": "^/vault/connections/[^/]+/[^/]+$"}'],
    [{ api_key: "Bearer x" }, '"x"'],
    [{ operation: "sessionsCreate", method: "GET" }, '"POST"'],
  ];
  for (const [when, words] of meant) {
    test(JSON.stringify(when), async () => {
      const { code, stdout } = await check(rule(when));
      assert.equal(code, 0, stdout);
      assert.match(stdout, /^mine\.json:1:\d+: warning: .* match: /);
      assert.ok(stdout.includes(`did you mean ${words}?`), stdout);
      assert.match(stdout, /no mistakes, 1 warning\n$/);
    });
  }

  test("a missing consumer id, which the checks demand", async () => {
    const { code, stdout } = await check(rule({ consumer_id: { exists: false } }));
    assert.equal(code, 0);
    assert.match(stdout, /warning: .*write "before": "validation"/);
  });

  test("points at the value", async () => {
    const { stdout } = await check('{"rules": [\n  { "when": { "path": "vault/sessions" }, "respond": { "error": 402 } } ] }\n');
    assert.equal(stdout.split("\n").slice(0, 3).join("\n"),
      'mine.json:2:23: warning: "vault/sessions" can never match: a path must begin with a slash; did you mean "/vault/sessions"?\n' +
      '  2 |   { "when": { "path": "vault/sessions" }, "respond": { "error": 402 } } ] }\n' +
      "    |                       ^~~~~~~~~~~~~~~~");
  });
});

describe("a mistake with its place in a JSON Schema", () => {
  const schemas = [
    ['{"properties": {"vault_name": {"type": "string", "required": true}}}', 61, /"required" is a list of names/],
    ['{"minLength": "x"}', 14, /expected a whole number from 0, found "x"/],
    ['{"$ref": "#"}', 9, /refers back to itself/],
    ['{"anyOf": [{"$ref": "#"}]}', 20, /refers back to itself/],
    ['{"multipleOf": 0}', 15, /expected a number above 0, found 0/],
    ['{"pattern": "["}', 12, /not a valid regular expression/],
    ['{"patternProperties": {"[": {}}}', 23, /not a valid regular expression/],
    ['{"propertyNames": {"pattern": "["}}', 30, /not a valid regular expression/],
    ["5", 0, /expected a JSON Schema/],
    ["[5]", 0, /expected a JSON Schema/],
  ];
  for (const [schema, offset, words] of schemas) {
    test(schema, async () => {
      const before = '{"rules": [{"when": {"body": {"/theme": {"schema": ';
      const { code, stdout } = await check(`${before}${schema}}}}, "respond": {"pass": true}}]}`);
      assert.equal(code, 1, stdout);
      assert.match(stdout, words);
      assert.ok(stdout.startsWith(`mine.json:1:${before.length + offset + 1}: error: `), stdout);
    });
  }
});

test("warnings of one line are bounded, and counted", async () => {
  const { code, stdout } = await check(`{"rules": [${Array(300).fill('{"respond":{"pass":true}}').join(",")}]}`);
  assert.equal(code, 0);
  assert.match(stdout, /\nand 199 more rules that can never match\n[^\n]*no mistakes, 299 warnings\n$/);
  assert.equal(stdout.split("\n").length, 303);
  assert.match(stdout, /\n  1 \| \.\.\..*\.\.\.\n/, "what is around the place");
});

test("a file of one's own called defaults.json is warned of as any other", async () => {
  writeFileSync(join(folder, "defaults.json"), '{"rules": [{"respond": {"error": 402}}, {"respond": {"error": 404}}]}');
  const { code, stdout } = await run(["check", "defaults.json"], { cwd: folder });
  assert.equal(code, 0, stdout);
  assert.match(stdout, /^defaults\.json:1:\d+: warning: .*\n[^]*no mistakes, 1 warning\n$/);
});

test("an empty file and a trailing comma are named", async () => {
  assert.match((await check("")).stdout, /^mine\.json:1:1: error: the file is empty: a rule file is \{"rules": \[ \.\.\. \]\}\n/);
  assert.match((await check('{"rules": [],}')).stdout, /^mine\.json:1:13: error: not valid JSON: .*JSON has no trailing commas/);
});

test("a word of another mock server is answered with ours", async () => {
  const { code, stdout } = await check('{"mappings": [{"request": {"urlPath": "/x"}, "response": {"status": 503}}]}');
  assert.equal(code, 1);
  assert.match(stdout, /"mappings" is a word of other mock servers; here a file is written \{"rules": \[\.\.\.\]\}/);
});

describe("what is checked", () => {
  test("is the built-in rules where no file is named", async () => {
    const { code, stdout } = await run(["check"]);
    assert.deepEqual([code, stdout], [0, "no rule file was named: checked only the built-in rules\n"]);
  });

  const connector = (members) => JSON.stringify({ connectors: [{ unified_api: "crm", service_id: "a", name: "A", auth_type: "none", ...members }] });

  test("is a catalogue of connectors, too, alone in its folder or beside rules", async () => {
    const rules = temporaryFolder();
    const catalogue = join(rules, "connectors.json");
    writeFileSync(catalogue, connector({}));
    const alone = await run(["check", rules]);
    assert.deepEqual([alone.code, alone.stdout], [0, `no rule file was named: checked only ${catalogue} with 1 connector and the built-in rules\n`]);
    writeFileSync(join(rules, "a.json"), '{"rules": []}');
    const both = await run(["check", rules]);
    assert.equal(both.code, 0);
    assert.match(both.stdout, /^1 file, \d+ rules with the defaults, and .*connectors\.json with 1 connector: no mistakes\n$/);
  });

  test("says where the mistakes of a catalogue are, with those of rules", async () => {
    const rules = temporaryFolder();
    const catalogue = join(rules, "connectors.json");
    writeFileSync(catalogue, connector({ tag_line: 5, website_url: "x" }));
    writeFileSync(join(rules, "a.json"), '{"rules": [5]}');
    const { code, stdout } = await run(["check", rules]);
    assert.equal(code, 1);
    assert.ok(stdout.startsWith(`${catalogue}:1:`), stdout);
    assert.match(stdout, /error: "tag_line" must be a text, found 5\n {2}1 \|.*\n {4}\|.*\^\n/);
    assert.match(stdout, /error: unknown key "website_url" in a connector/);
    assert.match(stdout, /a\.json:1:12: error: /);
    assert.match(stdout, /\n3 mistakes\n$/);
  });

  test("comes from the variable as well, as for serve", async () => {
    const file = join(folder, "mine.json");
    writeFileSync(file, '{"rules": [{"when": {"consumer_id": "x"}, "respond": {"error": 402}}]}');
    const env = { VAULT_MOCK_FIXTURES: file };
    assert.match((await run(["check"], { env })).stdout, /^1 file, /);
    assert.match((await run(["explain", "--consumer-id", "x"], { env })).stdout, /^answers 402 /m);
  });

  test("must be something in each folder that is named", async () => {
    const empty = temporaryFolder();
    const { code, stdout } = await run(["check", empty]);
    assert.equal(code, 1);
    assert.ok(stdout.endsWith(`\n${empty}: error: nothing in this folder was checked\n1 mistake\n`), stdout);
    mkdirSync(join(empty, "sub"));
    writeFileSync(join(empty, "sub/a.json"), '{"rules": []}');
    assert.ok((await run(["check", empty])).stdout.includes(
      `${empty}/sub: warning: folder not read; to read its rules name it too: vault-mock ${empty} ${empty}/sub\n`));
  });
});

test("--warnings-as-errors makes the exit code 1 on warnings", async () => {
  const file = join(folder, "mine.json");
  writeFileSync(file, rule({ path: "vault/sessions" }));
  assert.equal((await run(["check", file])).code, 0);
  assert.equal((await run(["check", "--warnings-as-errors", file])).code, 1);
  writeFileSync(file, rule({ path: "/vault/sessions" }));
  assert.equal((await run(["check", "--warnings-as-errors", file])).code, 0);
});
