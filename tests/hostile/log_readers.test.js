// A log that nobody reads: a harness that starts the program with a pipe and forgets it, or a reader that stopped.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { closeSync, constants, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { start, temporaryFolder } from "../support/program.js";
import { askForSession } from "../support/vault.js";
import { each, othersAreServed } from "./support.js";

// All that waits in a pipe.
function drained(pipe) {
  const bytes = Buffer.alloc(1 << 20);
  let text = "";
  for (;;) {
    try {
      const count = readSync(pipe, bytes);
      if (count === 0) return text;
      text += bytes.toString("latin1", 0, count);
    } catch (error) {
      if (error.code === "EAGAIN") return text;
      throw error;
    }
  }
}

for (const format of ["text", "json"])
  test(`a log as ${format} that nobody reads stops no answer, and says later how much is lost`, async () => {
    const file = join(temporaryFolder(), "pipe");
    assert.equal(spawnSync("mkfifo", [file]).status, 0);
    const pipe = openSync(file, constants.O_RDWR | constants.O_NONBLOCK);  // a reader that reads when it likes
    const mock = await start(["--log-format", format], { wrap: (words) => ["sh", "-c", `echo started; exec "$@" >"${file}"`, "sh", ...words] });

    await each(2000, 8, async () => assert.equal((await askForSession(mock.url)).status, 200));
    await othersAreServed(mock.url);
    const first = drained(pipe);
    assert.ok(first.length > 32_000, "the pipe was full");

    await othersAreServed(mock.url, 5);
    const later = drained(pipe).split("\n").filter(Boolean);
    const lost = format === "json" ? later.map((line) => JSON.parse(line).entry).find((entry) => entry.lost_lines)?.lost_lines
      : Number(/nobody read them: (\d+)/.exec(later.join())?.[1]);
    assert.ok(lost > 500, `${lost} lines are said to be lost`);
    assert.equal(later.length, 6, "and from then on every line is there");

    await each(2000, 8, async () => assert.equal((await askForSession(mock.url)).status, 200));
    assert.equal((await mock.kill("SIGTERM")).code, 0, "a full pipe does not keep it from ending");
    closeSync(pipe);
  });
