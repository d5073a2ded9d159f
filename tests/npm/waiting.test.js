// Tools that wait for an address, with the command lines of docs/ci.md: they find GET / answering 200.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { test } from "node:test";
import { cleanEnvironment, freePort } from "../support/program.js";
import { lend, project, run, succeed, tool } from "./support.js";

test("wait-on goes on when the mock serves", async (t) => {
  const folder = await project();
  const port = await freePort();
  const waiting = succeed(tool("wait-on"), ["--timeout", "60s", `http-get://127.0.0.1:${port}/`]);
  const mock = spawn("npx", ["vault-mock", "--port", `${port}`, "--with-parent"], { cwd: folder, env: cleanEnvironment(), stdio: ["pipe", "ignore", "inherit"] });
  t.after(() => mock.stdin.end());
  await waiting;
  assert.equal((await fetch(`http://127.0.0.1:${port}/`)).status, 200);
});

test("Playwright's webServer starts it for the tests, and ends it", async () => {
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const folder = lend(await project({
    "playwright.config.mjs": `export default { testMatch: /pw\\.mjs/, webServer: { command: "npx vault-mock --port ${port} --strict", url: "${base}/" } };`,
    "asks.pw.mjs": `import { expect, test } from "@playwright/test";
      test("asks", async ({ request }) => expect((await request.get("${base}/_mock/health")).status()).toBe(200));`,
  }), "@playwright/test", "playwright", "playwright-core");
  const { code, stdout, stderr } = await run(tool("playwright"), ["test"], { cwd: folder });
  assert.equal(code, 0, stdout + stderr);
  await assert.rejects(fetch(base), "it has ended");
});
