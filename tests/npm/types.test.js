// The types: strict over what a user writes, wrong words refused, and true of the code.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { before, test } from "node:test";
import { program, root } from "../support/program.js";
import { lend, project, run, tool, write } from "./support.js";

const strict = ["--strict", "--noEmit", "--pretty", "false", "--module", "nodenext", "--target", "es2022", "--types", "node"];
const libraries = ["--lib", "es2022,dom,esnext.disposable"];

const client = `
import { start, connect, VaultMockError, type Session, type Space } from "vault-mock";
const mock = await start({ rules: "rules/", strict: true });
const vault: Space = mock.space("checkout-17");
const token = "x";
await vault.when({ consumer_id: "acme" }).error(402).once();
await vault.when({ body: { "/settings/session_length": "30m" } }).sequence([503, 503, "pass"]);
await vault.when({ operation: "sessionsCreate", headers: { "x-a": { starts_with: "b" } } }).fault("reset").delay({ min: "1s", max: 2000 });
await vault.when({ any: [{ method: "GET" }, { not: { app_id: "a" } }] }).respond({ status: 418, body: { a: [1] } }).times(2);
await vault.verify({ consumer_id: "acme" }, { times: 1 });
await vault.clock.advance("61m");
const session: Session = await vault.sessions.get(token);
const state: string = session.state;
for await (const request of vault.requests.live()) console.log(request.sequence + 1, request.consumer_id?.length);
const rule = await (await vault.when().error("RequestLimitError")).get();
console.log(rule.hits + 1, state, (await vault.rules.check({ respond: { pass: true } })).mistakes[0].suggestion.length);
await vault.requests.list({ status: "4xx", limit: 3 });
await vault.reset(["journal", "clock"]);
await vault.connections.set("acme", "crm", "hubspot", { state: "callable" });
try { await connect("x"); } catch (error) { if (error instanceof VaultMockError) console.log(error.status + 1, error.mistakes.length); }
`;
const frameworks = {
  "node-test.mts": `import { test, testWith } from "vault-mock/node-test";
    test("a", async ({ vault, t }) => { t.diagnostic(vault.url); }); test.skip("b", { timeout: 1 }, ({ vault }) => void vault.name); testWith({ strict: true })("c", () => {});`,
  "vitest.mts": `import { test, testWith } from "vault-mock/vitest";
    test.concurrent("a", async ({ vault, task }) => { console.log(vault.url, task.name); }); testWith({ seed: 1 }).skip("b", ({ vault }) => void vault.name);`,
  "jest.mts": `import { test, testWith } from "vault-mock/jest";
    test("a", async ({ vault }) => { console.log(vault.url); }, 1000); test.concurrent.skip("b", async () => {}); test.todo("c"); testWith({}).failing("d", ({ vault }) => void vault.name);`,
  "playwright.mts": `import { test, testWith } from "vault-mock/playwright";
    test("a", async ({ page, vault, request }) => { await page.goto(vault.url); await request.get(vault.url); }); testWith({ now: new Date() }).describe("b", () => {});`,
};

let folder;
before(async () => {
  folder = lend(await project(), "@types/node", "undici-types", "@playwright/test", "playwright", "playwright-core", "vitest", "typescript");
});
const compile = (files, ...more) => run(tool("tsc"), [...strict, ...libraries, ...more, ...Object.keys(files)], { cwd: write(folder, files) });
const compiles = async (...words) => assert.deepEqual(await compile(...words), { code: 0, stdout: "", stderr: "" });

test("what a user writes compiles strictly, as a module and as CommonJS", async () => {
  await compiles({ "client.mts": client });
  await compiles({ "client.cts": client.replace(/(?<=;\n)const mock[^]*/, (body) => `async function main() {\n${body}\n}\nvoid main();`) });
});

// Their own types do not all compile, so not the libraries.
test("so do the fixtures of each framework", async () => compiles(frameworks, "--skipLibCheck"));

for (const [what, line, message] of [
  ["a key of a condition", 'void vault.when({ consumer_idd: "acme" });', /'consumer_idd' does not exist.*/],
  ["an operation", 'void vault.when({ operation: "sessionCreate" });', /"sessionCreate"/],
  ["a key of an answer", "void vault.when().respond({ eror: 402 });", /'eror' does not exist/],
  ["a fault", 'void vault.when().fault("rest");', /"rest"/],
  ["an expectation", "void vault.verify({}, { time: 1 });", /'time' does not exist/],
  ["a part of a reset", 'void vault.reset("journals");', /"journals"/],
  ["an option", "void start({ rule: 1 });", /'rule' does not exist/],
  ["a member of a session", 'void vault.sessions.get("x").then((session) => session.expired);', /'expired' does not exist on type/],
]) {
  test(`${what} that does not exist is a mistake`, async () => {
    const head = 'import { start } from "vault-mock";\nconst vault = (await start()).space();\n';
    const { code, stdout } = await compile({ "wrong.mts": head + line });
    assert.equal(code, 2, stdout);
    assert.match(stdout, new RegExp(`^wrong\\.mts\\(3,.*${message.source}`));
  });
}

// What the types promise is there, and nothing is there that they do not name.
test("the types name what the code has", async () => {
  process.env.VAULT_MOCK_BINARY = program;
  const types = readFileSync(join(root, "clients/node/vault-mock/index.d.ts"), "utf8");
  const namesIn = (name) => {
    const body = types.match(new RegExp(`^export (?:interface|class) ${name}\\b[^{]*\\{\\n([^]*?)^\\}`, "m"))[1];
    return [...body.matchAll(/^ {2}(?:readonly )?(\w+)[?(:]/gm)].map(([, member]) => member).sort();
  };
  const groupIn = (name) => [...types.match(new RegExp(`^  readonly ${name}: \\{\\n([^]*?)^  \\};`, "m"))[1].matchAll(/^ {4}(\w+)\(/gm)].map(([, member]) => member).sort();
  const namesOf = (value) => [...new Set([...Object.keys(value), ...Object.getOwnPropertyNames(Object.getPrototypeOf(value))])].filter((name) => !["constructor", "then"].includes(name)).sort();
  const { start, ...others } = createRequire(import.meta.url)(join(root, "clients/node/vault-mock/index.js"));
  assert.deepEqual(Object.keys(others), ["connect", "VaultMockError"]);
  const mock = await start();
  const vault = mock.space("x");
  assert.deepEqual(namesOf(mock), namesIn("Mock"));
  assert.deepEqual(namesOf(vault), namesIn("Space"));
  assert.deepEqual(namesOf(vault.when()), namesIn("RuleBuilder"));
  assert.deepEqual(Object.keys(await vault.when().error(402)).sort(), namesIn("Added"));
  for (const group of ["clock", "sessions", "requests", "rules", "connections"]) assert.deepEqual(Object.keys(vault[group]).sort(), groupIn(group), group);
  await mock.stop();
});
