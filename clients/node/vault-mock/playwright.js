"use strict";
// test("…", async ({ page, vault }) => { … }) for Playwright: a space for each test.

const { test: base } = require("@playwright/test");
const { spaceForTest } = require("./lib/fixture.js");

const testWith = (options) =>
  base.extend({
    vault: async ({}, use, info) => {
      const { vault, end } = await spaceForTest({ file: info.file, title: info.titlePath.slice(1).join(" > "), options });
      await use(vault);
      const attach = (journal) => info.attach("vault-mock journal", { body: journal, contentType: "text/plain" });
      await end(info.status !== info.expectedStatus, attach);
    },
  });

const test = testWith();

module.exports = { test, testWith };
