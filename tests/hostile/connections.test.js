// Connections without end, and none left: opened and dropped by the hundred thousand, more than there are descriptors
// for, and faults that leave clients hanging.

import assert from "node:assert/strict";
import { test } from "node:test";
import { onlyEpoll, start, temporaryFolder, until, vitals } from "../support/program.js";
import { answers, connect, request, vanish, endOf } from "../support/socket.js";
import { calmAgain, each, othersAreServed, sparing } from "./support.js";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const quiet = ["--log-level", "off", "--journal-size", "100", "--space-memory", "4MB"];

test("100,000 connections, opened and dropped in four ways, leave nothing behind", onlyEpoll("100,000 connections"), async () => {
  const mock = await start(quiet);
  await othersAreServed(mock.url);
  const before = vitals(mock);
  const total = Number(process.env.CONNECTIONS ?? 100_000);
  const whole = request();
  const storm = each(total, 64, async (i) => {
    // An orderly end occupies the client's port for a minute: other addresses have other ports.
    const socket = await connect(mock.url, i % 4 === 3 ? { from: `127.0.0.${2 + (i % 16)}` } : {});
    if (i % 4 === 1) socket.write(whole.slice(0, i % whole.length));
    if (i % 4 === 2) socket.write(whole);
    if (i % 4 === 3) {
      socket.end();
      await endOf(socket);
      socket.destroy();
    } else vanish(socket);
  });
  await Promise.all([storm, othersAreServed(mock.url)]);
  await othersAreServed(mock.url);
  await calmAgain(mock, before);
  assert.equal((await mock.kill("SIGTERM")).code, 0);
});

test("without a descriptor left, those who are there are served, and newcomers as soon as there is room", onlyEpoll("counts of descriptors"), async () => {
  const { wrap } = await sparing(50, () => start(quiet));
  const mock = await start(quiet, { wrap });
  const early = await connect(mock.url);
  early.write(request());
  await answers(early, 1, mock);
  const before = vitals(mock);

  const hoard = [];
  for (let i = 0; i < 200; i++) hoard.push(await connect(mock.url));
  for (let i = 2; i <= 10; i++) {
    early.write(request());
    assert.equal((await answers(early, i, mock)).at(-1), 200);
  }
  await othersAreServed(mock.url, 5);  // the program lets go of those who say nothing
  hoard.forEach(vanish);
  await calmAgain(mock, before);
  await othersAreServed(mock.url);
  assert.equal((await mock.kill("SIGTERM")).code, 0);
});

test("clients in faulty, late and streaming answers hold up nobody, and can vanish", onlyEpoll("hundreds of clients that wait"), async () => {
  const rules = join(temporaryFolder(), "faults.json");
  const faults = ["hang", "drip", "truncate", "reset", "close"].map((fault) => ({
    when: { headers: { "x-fault": fault } },
    respond: { fault },
  }));
  faults.push({ when: { headers: { "x-fault": "delay" } }, respond: { pass: true, delay: "10m" } });
  writeFileSync(rules, JSON.stringify({ rules: faults }));
  const mock = await start([...quiet, rules]);
  await othersAreServed(mock.url);
  const before = vitals(mock);

  const clients = [];
  const ways = ["hang", "drip", "truncate", "reset", "close", "delay"];
  await each(600, 50, async (i) => {
    const socket = await connect(mock.url);
    socket.write(request("{}", `x-fault: ${ways[i % ways.length]}\r\n`));
    clients.push(socket);
  });
  const streams = [];
  await each(50, 10, async () => {
    const socket = await connect(mock.url);
    socket.write("GET /_mock/events HTTP/1.1\r\nhost: localhost\r\n\r\n");
    await answers(socket, 1, mock);
    streams.push(socket);
  });
  await othersAreServed(mock.url);
  await until(
    () => (clients.filter((client) => client.destroyed || client.readableEnded).length >= 300 ? true : undefined),
    "the end of those who were reset, closed and cut off",
    mock,
  );
  [...clients, ...streams].forEach(vanish);
  await calmAgain(mock, before);
  assert.equal((await mock.kill("SIGTERM")).code, 0);
});
