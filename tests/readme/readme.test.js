// What the project's pages tell a reader to type is typed here (blocks.js says how pages are written for that).

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { root } from "../support/program.js";
import { blocksOf } from "./blocks.js";
import { Reader } from "./reader.js";

const docs = readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md")).sort().map((name) => `docs/${name}`);

for (const page of ["README.md", ...docs, "fixtures/README.md"].filter((page) => existsSync(join(root, page)))) {
  describe(page, { concurrency: 1 }, () => {
    const reader = new Reader();
    for (const block of blocksOf(readFileSync(join(root, page), "utf8"))) {
      test(`line ${block.line}: ${block.text.split("\n")[0]}`, async (t) => {
        const whyNot = await reader.follow(block);
        if (whyNot) t.skip(whyNot);
      });
    }
  });
}
