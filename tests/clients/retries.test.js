// The official SDK retries by itself for 15 minutes, which looks like a program that hangs. The mock says so.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Apideck } from "@apideck/unify";
import { apiKey, appId } from "./support/example.js";
import { start, until } from "../support/program.js";

const told = (text) => text.match(/: the SDK retries for up to 15 minutes, unless it is made with retryConfig: \{ strategy: "none" \}/g)?.length ?? 0;

test("log and journal tell once that the SDK retries", async () => {
  const mock = await start();
  const api = (path, body) => fetch(`${mock.url}/_mock/${path}`, body && { method: "POST", body: JSON.stringify(body) });
  const { sessions } = new Apideck({ apiKey, appId, consumerId: "error-503", serverURL: mock.url }).vault;
  const session = sessions.create({});
  await until(() => (told(mock.stdout) > 0 ? true : undefined), "the log told that the SDK retries", mock);
  assert.match(mock.stdout, /warning advice answered 503 to the same request 3 times in \d+ s, of consumer 'error-503': the SDK/);

  const asked = async () => (await (await api("requests")).json()).requests;
  const before = (await asked()).length;
  await until(async () => ((await asked()).length > before ? true : undefined), "the SDK asked once more", mock);
  await api("rules", { when: { consumer_id: "error-503" }, respond: { pass: true } });
  assert.equal((await session).createSessionResponse.statusCode, 200);

  const advice = (await asked()).flatMap(({ trace }) => trace.advice);
  assert.deepEqual(advice.map(({ text }) => told(text)), [1]);
  const { stdout } = await mock.kill("SIGTERM");
  assert.equal(told(stdout), 1);
});

test("nothing is told of an SDK that does not retry, and asks several times at once", async () => {
  const mock = await start();
  const { sessions } = new Apideck({ apiKey, appId, consumerId: "error-503", serverURL: mock.url, retryConfig: { strategy: "none" } }).vault;
  await Promise.all(Array.from({ length: 6 }, () => assert.rejects(sessions.create({}))));
  const { stdout } = await mock.kill("SIGTERM");
  assert.equal(told(stdout), 0, stdout);
});
