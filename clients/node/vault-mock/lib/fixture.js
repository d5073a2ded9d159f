"use strict";
// What the fixtures of all test frameworks share: one mock for a process, and a space for each test.

const childProcess = require("node:child_process");
const { randomBytes } = require("node:crypto");
const { relative } = require("node:path");
const { start } = require("./start.js");
const { connect } = require("./mock.js");
const { VaultMockError } = require("./error.js");
const { unfinishedOf } = require("./space.js");

const longestName = 200;
const run = randomBytes(3).toString("hex");
let tests = 0;

// Jest and Vitest load this file anew for each test file, but not Node's own modules: the mocks of the process are there.
const mocks = (childProcess[Symbol.for("vault-mock")] ??= new Map());

// The mock of VAULT_MOCK_URL, or one that was started with these options.
function mockOfProcess(options = {}) {
  const { VAULT_MOCK_URL: url, VAULT_MOCK_ADMIN_TOKEN: adminToken } = process.env;
  const key = JSON.stringify(url ?? options);
  if (!mocks.has(key)) mocks.set(key, url ? connect(url, { adminToken }) : start(options));
  return mocks.get(key);
}

// "checkout.test.js: a customer is told (1a2b3c-7)": after the test, and no other test has it, nor the same one again.
function nameOf(file, title) {
  const suffix = ` (${run}-${++tests})`;
  const plain = Buffer.from(`${file ? `${relative(process.cwd(), file)}: ` : ""}${title}`).toString();
  const characters = [...plain.replace(/[\u0000-\u001f\u007f-\u009f]/g, " ")];
  const room = longestName - suffix.length;
  return (characters.length > room ? ["…", ...characters.slice(1 - room)] : characters).join("") + suffix;
}

// The requests of a space, oldest first, a line each.
async function journalOf(vault) {
  const requests = (await vault.requests.list({ limit: 50 })).reverse();
  const lines = requests.map(({ method, path, status, sentence }) => `  ${method} ${path} ${status}: ${sentence}`);
  return [`vault-mock, space '${vault.name}':`, ...(lines.length === 0 ? ["  no request came"] : lines)].join("\n");
}

// A space for a test: { vault, end(failed, report) }. Where the test failed, its journal goes to `report`; nothing that goes
// wrong then takes the place of the test's own failure.
async function spaceForTest({ file, title, options }) {
  const mock = await mockOfProcess(options);
  const vault = mock.space(nameOf(file, title));
  const end = async (failed, report) => {
    if (failed) await report(await journalOf(vault).catch((error) => `vault-mock: there is no journal: ${error.message}`));
    await vault.forget().catch((error) => {
      if (!failed && error.status !== 0) throw error; // 0: the mock is gone, and the space with it
    });
    const [unfinished] = unfinishedOf(vault);
    if (!failed && unfinished)
      throw new VaultMockError(`The rule of when(${JSON.stringify(unfinished)}) was not added: end it with .once(), .times(n) or .always(), or await it.`);
  };
  return { vault, end };
}

// Rejects where the framework gives a test up, which its body may never notice.
const aborted = (signal) =>
  new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));

// The body of a test, for frameworks that have no fixtures of their own.
async function withVault(test, report, body, signal) {
  const { vault, end } = await spaceForTest(test);
  try {
    await Promise.race([body({ vault }), ...(signal ? [aborted(signal)] : [])]);
  } catch (error) {
    await end(true, report);
    throw error;
  }
  await end(false, report);
}

module.exports = { spaceForTest, withVault };
