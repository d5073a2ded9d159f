// test("…", async ({ vault }) => { … }) for Vitest: a space for each test.

import { test as base } from "vitest";
import fixture from "./lib/fixture.js";

// "checkout > a customer is told", without the file.
const titleOf = (task) => (task.suite?.name ? `${titleOf(task.suite)} > ${task.name}` : task.name);

export const testWith = (options) =>
  base.extend({
    vault: async ({ task }, use) => {
      const test = { file: task.file.filepath, title: titleOf(task), options };
      const { vault, end } = await fixture.spaceForTest(test);
      await use(vault);
      await end(task.result?.state === "fail", (journal) => console.error(journal));
    },
  });

export const test = testWith();
