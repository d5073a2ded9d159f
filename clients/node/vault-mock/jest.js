"use strict";
// test("…", async ({ vault }) => { … }) for Jest: a space for each test.

const { expect, test: base } = require("@jest/globals");
const { withVault } = require("./lib/fixture.js");

function testWith(options) {
  const of = (method) => (name, body, timeout) =>
    method(
      name,
      () => {
        const { testPath, currentTestName } = expect.getState();
        // Tests that run at the same time share the current name.
        const title = currentTestName?.endsWith(name) ? currentTestName : name;
        return withVault({ file: testPath, title, options }, (journal) => console.error(journal), body);
      },
      timeout,
    );
  const concurrent = Object.assign(of(base.concurrent), { only: of(base.concurrent.only), skip: of(base.concurrent.skip) });
  return Object.assign(of(base), { only: of(base.only), skip: of(base.skip), failing: of(base.failing), todo: base.todo, concurrent });
}

const test = testWith();

module.exports = { test, testWith };
