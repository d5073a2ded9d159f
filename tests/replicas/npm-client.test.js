// The npm client's own tests, through each balancer: the client notices nothing of the replicas.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { before, describe } from "node:test";
import { clientSuite } from "../npm/client-suite.js";
import { root } from "../support/launch.js";
import { balancers } from "./support/balancers.js";
import { startRedis } from "./support/redis.js";
import { startReplicas } from "./support/replicas.js";
import { suite } from "./support/suite.js";

const { connect } = createRequire(import.meta.url)(join(root, "clients/node/vault-mock/index.js"));

// A balancer answers for a replica that resets the connection, or hangs up, too.
const brokenOff = (asked) => asked.then((status) => assert.equal(status, 502), (error) => assert.ok(error instanceof TypeError, error));

suite("the npm client, with three replicas", ["redis", "cli", "haproxy", "nginx"], () => {
  let replicas;
  before(async () => {
    const redis = await startRedis();
    replicas = await startReplicas(redis.url, { args: ["--log-level", "warn"] });
  });

  for (const [name, start] of Object.entries(balancers))
    describe(`through ${name}`, () => {
      let mock;
      before(async () => (mock = await connect((await start(replicas)).url)));
      clientSuite(() => mock, { brokenOff });
    });
});
