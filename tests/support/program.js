// Programs and folders that end with the test file, and what else launch.js has for tests.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { startIn } from "./launch.js";

export * from "./launch.js";

// What ends with the test file. Registered here, once: a hook made inside a test would end with that test.
const atEnd = [];
after(() => atEnd.forEach((end) => end()));

// A folder that lives as long as the test file.
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), "vault-mock-"));
  atEnd.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

// As startIn() does, with a ready file in a folder of its own unless `readyFile` names one.
export const start = (args = [], { readyFile, ...options } = {}) =>
  startIn(readyFile ?? join(temporaryFolder(), "ready"), args, {
    ...options,
    launched: ({ child }) => atEnd.unshift(() => child.kill("SIGKILL")),
  });

// For the body of a `describe`: a program that lives as long as the suite and must then end in order, as a supervisor
// ends it. Read `url` inside of tests only.
export function mockForThisSuite(...options) {
  const mock = {};
  before(async () => Object.assign(mock, await start(options)));
  after(async () => {
    const { code, stdout, stderr } = (await mock.kill?.("SIGTERM")) ?? { code: 0 };
    assert.equal(code, 0, `it ended badly. Its output:\n${stdout}${stderr}`);
  });
  return mock;
}
