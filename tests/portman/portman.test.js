// Portman, the vendor's contract-test tool, out of the box over the vendor's whole description. It stops at the first
// failure when it runs the requests itself, so it only writes them, and Newman, on which it is built, runs them.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runCommand, start, temporaryFolder } from "../support/program.js";
import { call, keys } from "../support/vault.js";
import { vendorsFile, withVendorsFile } from "../support/vendor.js";
import { faults } from "./faults.js";

const tool = (name) => new URL(`node_modules/.bin/${name}`, import.meta.url).pathname;

// An application's id as the description has it in its examples, and so in every request.
const idIn = (collection) => /"x-apideck-app-id",\s*"value": "(\w+)"/.exec(collection)[1];

// The consumer of the description's examples is there; the rest is as the program starts. → the run, as Newman reports it
async function newmansRun() {
  const folder = temporaryFolder();
  const tools = async (name, args) => {
    const { code, stdout, stderr } = await runCommand(tool(name), args, { cwd: folder, limit: 80_000 });
    return { code, output: stdout + stderr };
  };
  const { url } = await start();
  const written = await tools("portman", ["-l", vendorsFile, "-b", url, "-o", "collection.json"]);
  assert.equal(written.code, 0, written.output);

  const app = idIn(readFileSync(join(folder, "collection.json"), "utf8"));
  const consumer = await call(`${url}/vault/consumers`, {
    method: "POST",
    headers: { ...keys(undefined, { app }), "content-type": "application/json" },
    body: { consumer_id: "test_user_id" },
  });
  assert.equal(consumer.status, 200, consumer.text);

  const ran = await tools("newman", ["run", "collection.json", "--ignore-redirects", "-r", "json", "--reporter-json-export", "run.json"]);
  assert.ok(ran.code === 0 || ran.code === 1, ran.output);
  return JSON.parse(readFileSync(join(folder, "run.json"), "utf8")).run;
}

test("Portman finds no failure but its own", withVendorsFile, async (t) => {
  const { executions, failures } = await newmansRun();
  assert.ok(executions.length >= 37, `${executions.length} requests`);
  const names = executions.map(({ item }) => item.name);
  assert.deepEqual(faults.filter(({ request }) => !names.includes(request)), [], "listed, and not called");

  for (const { item, requestError, assertions = [] } of executions)
    await t.test(item.name, () => {
      assert.equal(requestError, undefined);
      assert.ok(assertions.length > 0, "nothing is asserted");
      const listed = faults.find(({ request }) => request === item.name)?.assertions ?? {};
      const found = assertions.filter(({ error }) => error).map(({ assertion, error }) => [assertion.split(" - ").at(-1), error.message]);
      assert.deepEqual(found.map(([name]) => name).sort(), Object.keys(listed).sort(), JSON.stringify(found, null, 2));
      for (const [name, message] of found) assert.match(message, listed[name]);
    });
  const elsewhere = failures.filter(({ source }) => !names.includes(source?.name));
  assert.deepEqual(elsewhere.map(({ error }) => error.message), []);
});
