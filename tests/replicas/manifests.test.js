// The balancer's configuration for docker/compose.yaml, read by haproxy. (tests/package reads the manifests.)

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { root, runCommand } from "../support/launch.js";
import { places } from "./support/services.js";
import { suite } from "./support/suite.js";

suite("docker/haproxy.cfg", ["haproxy"], () => {
  test("haproxy takes it without a word", async () => {
    const { code, stdout, stderr } = await runCommand(places.haproxy, ["-c", "-f", join(root, "docker/haproxy.cfg")]);
    assert.deepEqual([code, stderr.replace(/^\[NOTICE\].*\n/gm, "")], [0, ""], stdout + stderr);
  });
});
