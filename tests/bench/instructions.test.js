// What a request costs, guarded: within 10 % of the instructions kept in instructions.txt, and no more blocks of memory.
// These are counted, so that the load of the machine does not matter.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { count, kept, kinds, madeWith } from "./instructions.mjs";

const tolerance = 0.1;
const advice = `If that is meant, run ./dev profile --keep and commit tests/bench/instructions.txt; if not, ./dev profile tells where they go.`;

function reasonToSkip() {
  if (spawnSync("valgrind", ["--version"]).error) return "valgrind is not installed";
  const [then, now] = [kept().madeWith, madeWith()];
  return then === now ? undefined : `the numbers are those of ${then}; here it is ${now}`;
}

for (const kind of kinds) {
  test(`${kind}: a request costs the instructions that it did, and no more blocks of memory`, (t) => {
    const reason = reasonToSkip();
    if (reason) return t.skip(reason);
    const before = kept().counts[kind];
    assert.ok(before, `instructions.txt has no number for ${kind}. ${advice}`);
    const result = count(kind);
    result.end();
    const change = result.perRequest / before.perRequest - 1;
    assert.ok(Math.abs(change) <= tolerance,
      `${result.perRequest} instructions, ${before.perRequest} kept: ${(100 * change).toFixed(1)} %. ${advice}`);
    assert.ok(result.allocations <= before.allocations,
      `${result.allocations} blocks of memory, ${before.allocations} kept. ${advice}`);
  });
}

test("the count repeats, but for times that are written with more digits or fewer", (t) => {
  if (spawnSync("valgrind", ["--version"]).error) return t.skip("valgrind is not installed");
  const counts = [1, 2].map(() => {
    const result = count("refused");
    result.end();
    return result.perRequest;
  });
  assert.ok(Math.abs(counts[0] - counts[1]) <= 5, `${counts[0]} and ${counts[1]} instructions`);
});
