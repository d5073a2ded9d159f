// A log that cannot be written is lost; the answers are not.

import assert from "node:assert/strict";
import { closeSync, openSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { start, temporaryFolder, vitals } from "../support/program.js";
import { askForSession } from "../support/vault.js";
import { calmAgain, each, othersAreServed } from "./support.js";

// The program with its standard output in a file; `start` waits for a banner, which goes to standard error here.
const into = (file, limits = "") => ({
  wrap: (words) => ["sh", "-c", `echo started; ${limits} exec "$@" >>"${file}" 2>&1`, "sh", ...words],
});

test("a full disk", async () => {
  for (const format of ["text", "json"]) {
    const mock = await start(["--log-format", format], into("/dev/full"));
    await othersAreServed(mock.url);
    const before = vitals(mock);
    await each(200, 8, async () => assert.equal((await askForSession(mock.url)).status, 200));
    await othersAreServed(mock.url);
    await calmAgain(mock, before);
    assert.equal((await mock.kill("SIGTERM")).code, 0);
  }
});

test("a log file that may not grow beyond a limit", async () => {
  const file = join(temporaryFolder(), "log");
  closeSync(openSync(file, "w"));
  const mock = await start([], into(file, "ulimit -f 8;"));  // blocks of 512 bytes
  await each(300, 8, async () => assert.equal((await askForSession(mock.url)).status, 200));
  assert.equal(statSync(file).size, 4096, "the limit was reached");
  await othersAreServed(mock.url);
  assert.equal((await mock.kill("SIGTERM")).code, 0);
});
