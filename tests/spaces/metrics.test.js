// GET /_mock/metrics, as Prometheus reads it.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { describe, test } from "node:test";
import { start } from "../support/program.js";
import { connect } from "../support/socket.js";
import { call, keys } from "../support/vault.js";
import { space } from "./support.js";

const promtool = process.env.PROMTOOL ?? "promtool";
const hasPromtool = spawnSync(promtool, ["--version"]).status === 0;

const values = (text) => Object.fromEntries([...text.matchAll(/^([^#\s][^\s]*) (\S+)$/gm)].map(([, name, value]) => [name.replace("vault_mock_", ""), Number(value)]));

for (const transport of ["epoll", "httplib"])
  describe(`metrics over ${transport}`, async () => {
    const mock = await start(["--log-level", "off", "--transport", transport, "--journal-size", "3"]);
    const metrics = async () => (await call(`${mock.url}/_mock/metrics`)).text;

    test("count answers by status and kind, how long they took, and what is kept", async () => {
      const before = values(await metrics());
      for (let i = 0; i < 4; i++) await space("counted", mock.url).session(`c${i}`);
      await space("counted", mock.url).session("error-402");
      await call(`${mock.url}/nothing`, { headers: keys() });
      const { headers } = await call(`${mock.url}/_mock/metrics`);
      assert.match(headers.get("content-type"), /^text\/plain; version=0\.0\.4/);
      const after = values(await metrics());
      assert.equal(after['answers_total{status="200",kind="operation"}'], 4);
      assert.equal(after['answers_total{status="402",kind="rule"}'], 1);
      assert.equal(after['answers_total{status="404",kind="routing"}'], 1);
      assert.equal(after.answer_duration_seconds_count, 6);
      assert.equal(after['answer_duration_seconds_bucket{le="+Inf"}'], 6);
      assert.ok(after.answer_duration_seconds_sum > 0);
      assert.deepEqual([before.spaces, after.spaces], [1, 2]);
      assert.deepEqual([after.journal_entries, after['dropped_total{what="requests"}']], [4, 2], "each journal keeps 3");
      assert.equal(after.sessions, 4);
      assert.ok(after.open_connections >= 1);
      assert.ok(after.uptime_seconds > before.uptime_seconds);
      assert.equal(after.log_lines_dropped_total, 0);
      assert.match(await metrics(), /^vault_mock_build_info\{version="[\d.]+"\} 1$/m);
    });

    test("count requests that could not be read", async () => {
      const socket = await connect(mock.url);
      socket.write("NONSENSE\r\n\r\n");
      await socket.ended;
      assert.equal(values(await metrics())['refused_requests_total{status="400"}'], 1);
    });

    test("are what promtool takes", { skip: !hasPromtool && "promtool is missing: Debian's package prometheus has it" }, async () => {
      const check = spawn(promtool, ["check", "metrics"], { stdio: ["pipe", "pipe", "pipe"] });
      let said = "";
      for (const stream of [check.stdout, check.stderr]) stream.on("data", (bytes) => (said += bytes));
      check.stdin.end(await metrics());
      const [code] = await once(check, "close");
      assert.deepEqual([code, said], [0, ""]);
    });
  });
