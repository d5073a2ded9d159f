// A store behind TLS and a password; and one that is refused, or refuses, is said to be away in words.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { run } from "../support/launch.js";
import { startAuthority } from "./support/authority.js";
import { client, spaceOf } from "./support/client.js";
import { startRedis } from "./support/redis.js";
import { allHealthy, startReplica, startReplicas } from "./support/replicas.js";
import { suite } from "./support/suite.js";

const password = "s3cret /ä";
const unsaid = /s3cret|%2F/; // what no message may have of it

suite("a store behind TLS and a password", ["redis", "cli", "openssl"], () => {
  let tls, redis, trusted;
  before(async () => {
    tls = await startAuthority();
    redis = await startRedis({ tls, password });
    trusted = `${redis.url}?ca=${encodeURIComponent(tls.authority)}`;
  });

  async function isShared(url) {
    const replicas = await startReplicas(url, { count: 2 });
    const [one, other] = replicas.map((replica) => spaceOf(client(replica.url), "shared"));
    const { id } = await one.rule({ when: {}, times: 1, respond: { error: 402 } });
    assert.deepEqual([(await other.session()).status, (await one.session()).status], [402, 200]);
    assert.ok((await other.verify(2)).pass);
    await one.delete(`/rules/${id}`);
    await one.forget();
    for (const replica of replicas) {
      const { code, stdout, stderr } = await replica.kill("SIGTERM");
      assert.equal(code, 0);
      assert.doesNotMatch(stdout + stderr, unsaid);
    }
  }

  test("with the authority's certificate named it is used", () => isShared(trusted));
  test("with verify=no any certificate will do", () => isShared(`${redis.url}?verify=no`));
  test("a user of its access list is one, too", async () => {
    await redis.ask("acl", "setuser", "mock", "on", ">of a user", "~vm:*", "&vm:*", "+@all");
    const { host } = new URL(redis.url);
    await isShared(`rediss://mock:${encodeURIComponent("of a user")}@${host}?ca=${encodeURIComponent(tls.authority)}`);
  });

  // What is wrong, and the words that say it: in health, in the log, and by the doctor.
  const wrong = {
    "another authority": [async () => `${redis.url}?ca=${encodeURIComponent((await startAuthority()).authority)}`, /certificate/],
    "the system's authorities": [() => redis.url, /certificate/],
    "a certificate for another name": [
      async () => {
        const other = await startAuthority("DNS:cache.example");
        const { url } = await startRedis({ tls: other, password });
        return `${url}?ca=${encodeURIComponent(other.authority)}`;
      },
      /certificate.*\b(name|address|host)/,
    ],
    "another password": [() => trusted.replace(/:[^:@]*@/, ":s3cret-of-another@"), /password/i],
    "no password": [() => trusted.replace(/:[^:@]*@/, ""), /password|authentication/i],
    "a store without TLS": [async () => `rediss://127.0.0.1:${(await startRedis()).port}?verify=no`, /TLS/],
    "no TLS where the store wants it": [() => `redis://127.0.0.1:${redis.port}`, /TLS|closed|reset/],
    "a port where nothing listens": [() => "redis://127.0.0.1:1", /refused/],
    "a host that is none": [() => "redis://no-such-host.invalid:6379", /no-such-host\.invalid/],
  };
  for (const [what, [makeUrl, words]] of Object.entries(wrong))
    test(`${what}: said in words, without the password`, async () => {
      const url = await makeUrl();
      const replica = await startReplica(url, ["--log-level", "info"]);
      const [{ store }] = await allHealthy([replica], "it was noticed", (health) => health.store?.status === "away" && words.test(health.store.why));
      assert.doesNotMatch(store.why, unsaid);
      const { stdout, stderr } = await replica.kill("SIGTERM");
      assert.match(stdout + stderr, words);
      assert.doesNotMatch(stdout + stderr, unsaid);
      const doctor = await run(["doctor", "--port", "0", "--store", url]);
      assert.equal(doctor.code, 1, doctor.stdout);
      assert.match(doctor.stdout, words);
      assert.doesNotMatch(doctor.stdout + doctor.stderr, unsaid);
    });

  for (const [url, words] of [
    ["http://cache:6379", /redis:\/\//],
    ["redis://", /host/],
    ["redis://cache:port", /port/],
    ["redis://cache:70000", /port/],
    ["redis://:s3cret@cache/one", /database/],
    ["redis://:s3cret@cache?tls=yes", /ca=FILE/],
    ["rediss://cache?ca=/no/such/file", /\/no\/such\/file/],
    ["", /--store/],
  ])
    test(`an address that is none is refused at the start: ${url || "an empty one"}`, async () => {
      const { code, stdout, stderr } = await run(["--port", "0", "--store", url]);
      assert.equal(code, 2, stdout);
      assert.match(stderr, /--store/);
      assert.match(stderr, words);
      assert.doesNotMatch(stdout + stderr, unsaid);
    });
});
