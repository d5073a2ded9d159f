// Rule files that change without pause, and many rules at once: the program reads what is good, and ends when it is told.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { start, temporaryFolder, until } from "../support/program.js";
import { askForSession } from "../support/vault.js";
import { lookAround, rule } from "./files.js";

test("rule files that are written, replaced and removed without pause keep a program that serves good rules", async () => {
  const folder = temporaryFolder();
  const file = join(folder, "a.json");
  writeFileSync(file, rule(402));
  const mock = await start([folder]);
  let asked = 0;
  for (let i = 0; asked < 40; i++) {
    const path = join(folder, `b${i % 3}.json`);
    if (i % 4 === 0) writeFileSync(path, rule(500, "nobody").slice(0, i % 50));
    if (i % 4 === 1) (writeFileSync(`${path}.new`, rule(500, "nobody")), renameSync(`${path}.new`, path));
    if (i % 4 === 2) rmSync(path, { force: true });
    if (i % 4 === 3) (mkdirSync(join(folder, "x.json"), { recursive: true }), rmSync(join(folder, "x.json"), { recursive: true }));
    if (i % 10 !== 0) continue;
    assert.equal((await askForSession(mock.url, { consumer: "acme" })).status, 402);
    asked += 1;
  }
  for (const name of ["b0.json", "b1.json", "b2.json"]) rmSync(join(folder, name), { force: true });
  writeFileSync(file, rule(404));
  await until(async () => ((await askForSession(mock.url, { consumer: "acme" })).status === 404 ? true : undefined), "the last rules", mock);
  await lookAround(mock);
  assert.equal((await mock.kill("SIGTERM")).code, 0);
  assert.ok(readFileSync(file, "utf8"));
});

test("tens of thousands of equal rules are read, at the start and again, and SIGTERM ends the program", async () => {
  const file = join(temporaryFolder(), "equal.json");
  const many = (one) => writeFileSync(file, `{"rules":[${Array(40_000).fill(one).join(",")}]}`);
  many('{"respond":{"error":402}}');
  const mock = await start([file]);
  assert.equal((await askForSession(mock.url)).status, 402);
  many('{"respond":{"error":404}}');
  await until(async () => ((await askForSession(mock.url)).status === 404 ? true : undefined), "the new rules", mock);
  many('{"respond":{"error":503}}');
  mock.child.kill("SIGHUP");
  assert.equal((await mock.kill("SIGTERM")).code, 0);
});

test("SIGHUP reads rule files that are written without pause, and says so", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "a.json"), rule(402));
  const mock = await start([folder]);
  let i = 0;
  const timer = setInterval(() => writeFileSync(join(folder, "b.json"), rule(500, "nobody") + " ".repeat(++i % 100)), 5);
  // On a busy machine there may be a pause after all, in which they are read: then it is asked again.
  const ask = () => mock.child.kill("SIGHUP");
  const again = setInterval(ask, 2_000);
  try {
    ask();
    await until(() => (mock.stdout.includes("although they still change") ? true : undefined), "it said so", mock);
  } finally {
    clearInterval(timer);
    clearInterval(again);
  }
  assert.equal((await mock.kill("SIGTERM")).code, 0);
});
