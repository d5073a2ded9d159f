"use strict";
// test("…", async ({ vault }) => { … }) for node:test: a space for each test.

const { test: base } = require("node:test");
const { withVault } = require("./lib/fixture.js");

function testWith(options) {
  const wrapped = (body) => (t) => {
    const test = { file: t.filePath ?? process.argv[1], title: t.fullName ?? t.name, options };
    const report = (journal) =>
      t.signal.aborted ? console.error(journal) : journal.split("\n").forEach((line) => t.diagnostic(line)); // aborted: it is reported already
    return withVault(test, report, (fixtures) => body({ ...fixtures, t }), t.signal);
  };
  // ([name], [options], [body]), as node:test has it.
  const of = (method) => (...words) => method(...words.map((word) => (typeof word === "function" ? wrapped(word) : word)));
  return Object.assign(of(base), { only: of(base.only), skip: of(base.skip), todo: of(base.todo) });
}

const test = testWith();

module.exports = { test, testWith };
