// No memory left: that costs connections and answers, never the program.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { start, until } from "../support/program.js";
import { connect, head, vanish } from "../support/socket.js";
import { each, isSanitized, looksFine, othersAreServed } from "./support.js";

const spareMegabytes = 40;

const virtualMegabytes = ({ pid }) => Number(/^VmSize:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1024;

test("bodies for which there is no memory end their connections, and nothing else", { skip: isSanitized && "sanitizers reserve memory of their own" }, async () => {
  const quiet = ["--log-level", "off"];
  const env = { MALLOC_ARENA_MAX: "1" }; // else each thread reserves much more than it takes
  const measured = await start(quiet, { env });
  await othersAreServed(measured.url, 3);
  const kilobytes = Math.round((virtualMegabytes(measured) + spareMegabytes) * 1024);
  await measured.kill("SIGTERM");

  const wrap = (words) => ["sh", "-c", `ulimit -v ${kilobytes} && exec "$@"`, "sh", ...words];
  const mock = await start(quiet, { env, wrap });
  const body = "x".repeat(999_999);
  for (let round = 0; round < 3; round++) {
    const clients = [];
    let turnedAway = 0;
    await each(120, 20, async () => {
      const client = await connect(mock.url).catch(() => turnedAway++);
      if (!client.ended) return;
      client.ended.then(() => turnedAway++);
      clients.push(client);
      await Promise.race([new Promise((sent) => client.write(head("content-length: 1000000\r\n\r\n") + body, sent)), client.ended]);
    });
    await until(() => turnedAway > 0 || undefined, "the first that is turned away", mock);
    clients.forEach(vanish);
    await othersAreServed(mock.url, 5);
  }
  // What the clients had comes back when the program has noticed that they left.
  let trouble;
  const isFine = () => looksFine(mock.url).then(() => true, (error) => void (trouble = error));
  await until(isFine, "answers to all", mock).catch(() => assert.fail(trouble));
  assert.equal((await mock.kill("SIGTERM")).code, 0);
});
