// Schemathesis makes requests of each document that the program serves, allowed ones and others, and holds the answers
// to it. The same requests on every run; with $SCHEMATHESIS_SECONDS others each time, for so long per document.

import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root, runCommand, start, temporaryFolder } from "../support/program.js";
import { askForSession, call } from "../support/vault.js";

const tool = join(root, "build/schemathesis/bin/schemathesis");
const withTool = existsSync(tool)
  ? {}
  : { skip: "Schemathesis is not in build/schemathesis: that needs Python 3.10 or later with venv and pip (python3-venv), and ./dev test schemathesis" };
const configuration = readFileSync(new URL("schemathesis.toml", import.meta.url), "utf8");

const seconds = Number(process.env.SCHEMATHESIS_SECONDS ?? 0);
const seed = seconds ? Math.floor(Math.random() * 2 ** 31) : 1;
const extent = seconds ? ["--phases", "fuzzing,stateful", "--max-time", `${seconds}`] : ["--phases", "examples,coverage,fuzzing,stateful", "--max-examples", "10"];

// The configuration with what is there to be found: a session, its request in the journal, and a rule.
async function configurationFor(space) {
  const session = await askForSession(space);
  const rule = await call(`${space}/_mock/rules`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: { when: { consumer_id: "nobody" }, respond: { error: 503 } },
  });
  assert.equal(rule.status, 201, rule.text);
  return configuration
    .replace("SESSION_TOKEN", session.body.data.session_token)
    .replace("RULE_ID", rule.json.id)
    .replace("REQUEST_ID", session.headers.get("x-apideck-request-id"));
}

// Runs it on a document of a program of its own. → its report, and what it says of failures
async function examine(document) {
  const { url, kill } = await start(["--seed", "1", "--log-level", "error"]);
  const space = `${url}/@schemathesis`; // a named one: the default space cannot be removed
  const folder = temporaryFolder();
  writeFileSync(join(folder, "schemathesis.toml"), await configurationFor(space));
  const report = join(folder, "report.json");
  const { stdout, stderr } = await runCommand(
    tool,
    [
      ...["--config-file", "schemathesis.toml", "run", `${url}/_mock/${document}.json`, "--url", space, "--seed", `${seed}`, ...extent],
      ...["--report", "json", "--report-json-path", report, "--no-color", "--output-sanitize", "false", "--warnings", "off"],
    ],
    { cwd: folder, limit: 300_000 + 2000 * seconds },
  );
  assert.ok(existsSync(report), `seed ${seed}\n${stdout}${stderr}`);
  const stopped = await kill("SIGTERM");
  return { stopped, said: `seed ${seed}\n${stdout}${stderr}`, ...JSON.parse(readFileSync(report, "utf8")) };
}

for (const document of ["openapi", "admin"])
  test(`Schemathesis finds nothing with ${document}.json`, withTool, async (t) => {
    const { said, stopped, operations, errors, failures, test_cases: cases, stop_reason: reason } = await examine(document);
    t.diagnostic(`seed ${seed}: ${cases.generated} requests of ${operations.tested} operations, ${reason}`);
    assert.deepEqual([failures, errors], [[], []], said);
    assert.equal(operations.tested, operations.selected, said);
    assert.ok(operations.tested > 20 && cases.generated > 100, said);
    assert.equal(stopped.code, 0, stopped.stderr);
  });
