// The banner tells a newcomer what to do next: colored on a terminal, plain in a pipe.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { runCommand, start, temporaryFolder, until } from "../support/program.js";
import { askForSession } from "../support/vault.js";

const magicIds = ["error-400", "error-401", "error-402", "error-404", "error-422", "error-429", "error-500", "error-503",
  "flaky", "slow", "expired"];
const curlLine = (banner) => banner.split("\n").find((line) => line.trim().startsWith("curl "))?.trim();

describe("in a pipe", () => {
  test("it is plain and names the URL, the rules, the SDK line and every magic consumer id", async () => {
    const { stdout, url } = await start();
    assert.doesNotMatch(stdout, /\x1b/);
    assert.ok(stdout.includes(url));
    assert.match(stdout, /\b[1-9][0-9]* rules?\b/);
    assert.ok(stdout.includes(`serverURL: "${url}"`));
    assert.match(stdout, new RegExp(`Look inside:\n +${url}/_mock/ shows`));
    for (const id of magicIds) assert.match(stdout, new RegExp(`\\b${id}\\b`));
  });

  test("its curl line works when pasted", async () => {
    const { stdout } = await start();
    const line = curlLine(stdout);
    assert.ok(line, stdout);
    const answer = await runCommand("sh", ["-c", line]);
    assert.equal(answer.code, 0, answer.stderr);
    const { status_code, data } = JSON.parse(answer.stdout);
    assert.equal(status_code, 200);
    assert.equal(data.session_uri.split("/").at(-1), data.session_token);
  });

  test("its curl line works when keys, applications and the address are restricted", async () => {
    const { stdout } = await start(["--api-key", "sk_only", "--app-id", "only app", "--host", "0.0.0.0"]);
    const answer = await runCommand("sh", ["-c", curlLine(stdout)]);
    assert.equal(JSON.parse(answer.stdout).status_code, 200, answer.stdout);
  });

  test("its SDK line works when pasted", async () => {
    const { stdout } = await start();
    const [, options] = stdout.match(/new Apideck\((\{.*\})\)/);
    const { serverURL, apiKey, appId, consumerId, retryConfig } = Function(`return (${options})`)();
    assert.deepEqual(retryConfig, { strategy: "none" }); // else it asks for error-503 for 15 minutes
    const { status } = await askForSession(serverURL, { consumer: consumerId, app: appId, key: `Bearer ${apiKey}` });
    assert.equal(status, 200);
  });

  test("the rule files in use are named", async () => {
    const { stdout } = await start(["fixtures/defaults.json"], { cwd: new URL("../..", import.meta.url) });
    assert.ok(stdout.includes("fixtures/defaults.json"), stdout);
  });
});

test("on a terminal it is colored, and without the colors it is the same", async () => {
  const transcript = join(temporaryFolder(), "typescript");
  const mock = await start([], { wrap: (words) => ["script", "-qefc", words.join(" "), transcript] });
  const shown = await until(() => {
    const text = readFileSync(transcript, "utf8");
    return text.includes("expired") ? text : undefined;
  }, "the banner showed", mock);
  assert.match(shown, /\x1b\[[0-9;]*m/);
  const plain = shown.replaceAll(/\x1b\[[0-9;]*m/g, "");
  assert.ok(plain.includes(`serverURL: "${mock.url}"`), plain);
  assert.ok(curlLine(plain), plain);
});
