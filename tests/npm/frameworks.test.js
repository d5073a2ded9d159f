// The fixtures in each framework: fifty tests at once that never meet, and a failed one that shows its requests.

import assert from "node:assert/strict";
import { chmodSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { startIn } from "../support/launch.js";
import { program, temporaryFolder } from "../support/program.js";
import { call } from "../support/vault.js";
import { lend, project, run, tool } from "./support.js";

const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium";

// Each test arms an error of its own and verifies one request of its own: in a shared space all of them would fail.
const body = `
const headers = { authorization: "Bearer k", "x-apideck-app-id": "app", "x-apideck-consumer-id": "acme" };
const checkout = (vault) => fetch(vault.url + "/vault/sessions", { method: "POST", headers });
const works = (number) => async ({ vault }) => {
  const status = 450 + number;
  await vault.when({ consumer_id: "acme" }).error(status).once();
  const answer = await checkout(vault);
  if (answer.status !== status) throw new Error("was " + answer.status);
  await vault.verify({ consumer_id: "acme" }, { times: 1 });
};
const fails = async ({ vault }) => {
  await checkout(vault);
  await vault.verify({ consumer_id: "globex" });
};
const numbers = Array.from({ length: 50 }, (_, number) => number);
`;
const verified = /Expected at least 1 matching request, found 0/;
const journal = (title) => new RegExp(`space '[^']*${title} \\(\\w+-\\d+\\)':\\n.*POST /vault/sessions 200: acme asked for a session`);

// The frameworks, each with files of fifty tests that pass ("passing") and a failing one, and how it is run.
const frameworks = {
  "node:test": {
    files: {
      "passing.test.mjs": `import { describe } from "node:test"; import { test } from "vault-mock/node-test"; ${body}
        describe("all", { concurrency: 50 }, () => { for (const number of numbers) test("is told " + number, works(number)); });`,
      "failing.test.cjs": `const { test } = require("vault-mock/node-test"); ${body} test("fails", fails); test.todo("later"); test.skip("never", fails);`,
    },
    command: (kind) => [process.execPath, ["--test", "--test-reporter=spec", kind === "passing" ? "passing.test.mjs" : "failing.test.cjs"]],
    passed: /^ℹ pass 50$/m,
  },
  Vitest: {
    modules: ["vitest", "vite"],
    files: {
      "passing.spec.mjs": `import { describe } from "vitest"; import { test } from "vault-mock/vitest"; ${body}
        describe("all", () => { for (const number of numbers) test.concurrent("is told " + number, works(number)); });`,
      "failing.spec.mjs": `import { test } from "vault-mock/vitest"; ${body} test("fails", fails); test.skip("never", fails);`,
      "vitest.config.mjs": "export default { test: { maxConcurrency: 50 } };",
    },
    command: (kind) => [tool("vitest"), ["run", `${kind}.spec.mjs`]],
    passed: /Tests +50 passed/,
  },
  Jest: {
    files: {
      "passing.test.js": `const { test } = require("vault-mock/jest"); ${body} describe("all", () => { for (const number of numbers) test.concurrent("is told " + number, works(number)); });`,
      "failing.test.js": `const { test } = require("vault-mock/jest"); ${body} describe("some", () => { test("fails", fails); test.skip("never", fails); test.failing("may fail", fails); });`,
    },
    command: (kind) => [tool("jest"), ["--rootDir", ".", "--maxConcurrency", "50", "--testMatch", `**/${kind}.test.js`]],
    passed: /Tests: +50 passed/,
  },
  Playwright: {
    modules: ["@playwright/test", "playwright", "playwright-core"],
    files: {
      "passing.pw.mjs": `import { test } from "vault-mock/playwright"; ${body} for (const number of numbers) test("is told " + number, works(number));`,
      "failing.pw.mjs": `import { test } from "vault-mock/playwright"; ${body} test.describe("some", () => { test("fails", fails); test.skip("never", fails); });`,
      "playwright.config.mjs": 'export default { testMatch: /pw\\.mjs/, fullyParallel: true, workers: 4, retries: 1, reporter: [["line"], ["json", { outputFile: "report.json" }]] };',
    },
    command: (kind) => [tool("playwright"), ["test", `${kind}.pw.mjs`]],
    passed: /50 passed/,
  },
};
for (const [name, { modules = [], files, command, passed }] of Object.entries(frameworks)) {
  describe(name, () => {
    let folder;
    before(async () => (folder = lend(await project(files), ...modules)));
    const runs = (kind, env) => run(...command(kind), { cwd: folder, env });

    test("fifty tests at once never meet", async () => {
      const { code, stdout, stderr } = await runs("passing");
      assert.equal(code, 0, stdout + stderr);
      assert.match(stdout + stderr, passed);
    });

    test("a test that fails shows its requests", async () => {
      const { code, stdout, stderr } = await runs("failing");
      const output = (stdout + stderr).replace(/^ℹ |^\s+(?=POST)/gm, "");
      assert.equal(code, 1, output);
      assert.match(output, verified);
      assert.match(output, journal(name === "Jest" ? "some fails" : "fails"));
      // Once, and once again.
      if (name === "Playwright") assert.equal(attachments(folder).filter((one) => one.name === "vault-mock journal").length, 2);
    });

    test("with VAULT_MOCK_URL they use that mock, leave no space in it, and start none", async (t) => {
      const mock = await startIn(join(temporaryFolder(), "ready"), []);
      t.after(() => mock.kill("SIGTERM"));
      const { code, stdout, stderr } = await runs("passing", { VAULT_MOCK_URL: mock.url, VAULT_MOCK_BINARY: "/nowhere" });
      assert.equal(code, 0, stdout + stderr);
      assert.deepEqual((await call(`${mock.url}/_mock/spaces`)).json.spaces.filter(({ name: space }) => space !== "default"), []);
      const answers = (await call(`${mock.url}/_mock/metrics`)).text;
      assert.match(answers, /status="499"/);
    });
  });
}

test("Jest's test files share the mock of their worker, and nothing keeps Jest from ending", async () => {
  const file = `const { test } = require("vault-mock/jest"); ${body} test("a", works(1)); test("b", works(2));`;
  const folder = await project({ "one.test.js": file, "two.test.js": file, "vault-mock": `#!/bin/sh\necho >> started\nexec '${program}' "$@"\n` });
  chmodSync(join(folder, "vault-mock"), 0o755);
  const { code, stdout, stderr } = await run(tool("jest"), ["--rootDir", ".", "--runInBand"], { cwd: folder, env: { VAULT_MOCK_BINARY: "./vault-mock" } });
  assert.equal(code, 0, stdout + stderr);
  assert.match(stderr, /Tests: +4 passed/);
  assert.doesNotMatch(stderr, /did not exit/);
  assert.equal(readFileSync(join(folder, "started"), "utf8"), "\n");
});

// What the front end shows is of the test's own space.
const inBrowser = `
import { expect } from "@playwright/test";
import { test } from "vault-mock/playwright";
${body}
const consumers = ["acme", "globex"];
for (const consumer of consumers) {
  test("the hosted page of " + consumer, async ({ page, request, vault }) => {
    const theme = { theme: { vault_name: "Vault of " + consumer } };
    const answer = await request.post(vault.url + "/vault/sessions", { headers, data: theme });
    await page.goto((await answer.json()).data.session_uri);
    await expect(page.getByText("Vault of " + consumer).first()).toBeVisible();
    await vault.verify({ operation: "sessionsCreate" }, { times: 1, status: 200 });
    await vault.verify({ operation: "sessionPage" }, { times: 1 });
  });
}
`;

test("Playwright's browser shows the page of a test's own space", { skip: existsSync(chromium) ? false : "there is no chromium" }, async () => {
  const options = { executablePath: chromium, args: ["--no-sandbox"] };
  const config = `export default { testMatch: /pw\\.mjs/, fullyParallel: true, workers: 2, use: { launchOptions: ${JSON.stringify(options)} } };`;
  const folder = lend(await project({ "page.pw.mjs": inBrowser, "playwright.config.mjs": config }), ...frameworks.Playwright.modules);
  const { code, stdout, stderr } = await run(tool("playwright"), ["test"], { cwd: folder });
  assert.equal(code, 0, stdout + stderr);
  assert.match(stdout, /2 passed/);
});

// Of the tests that Playwright ran last.
const attachments = (folder) =>
  JSON.parse(readFileSync(join(folder, "report.json"), "utf8")).suites[0].suites[0].specs[0].tests[0].results.flatMap(({ attachments }) => attachments);
