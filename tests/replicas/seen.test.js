// A change is seen by the next request, whichever replica gets it: 10,000 rules, and a tenth as many of each other change.
// CHANGES=1000 makes fewer.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { balancers } from "./support/balancers.js";
import { client, spaceOf } from "./support/client.js";
import { startRedis } from "./support/redis.js";
import { allHealthy, startReplica, startReplicas } from "./support/replicas.js";
import { each, isSanitized, suite } from "./support/suite.js";

const changes = Number(process.env.CHANGES ?? (isSanitized ? 500 : 10_000));
const atOnce = 8;

const statusOf = async (space, consumer) => (await space.session(consumer)).status;
const is = (value, expected) => assert.deepEqual(value, expected);
const pipedrive = "/connections/crm/pipedrive";
const stateOf = async (space) => (await space.ask("GET", `/vault${pipedrive}`)).json.data.state;
const timeOf = (number) => new Date(Date.UTC(2027, 0, 1) + number * 60_000).toISOString();

// Each makes a change, and asks at once for what it changes. `number` is another one each time.
const kinds = {
  "a rule that is added, and then removed": async (space, number) => {
    const { id } = await space.rule({ when: { consumer_id: `c-${number}` }, respond: { error: 402 } });
    is(await statusOf(space, `c-${number}`), 402);
    await space.delete(`/rules/${id}`);
    is(await statusOf(space, `c-${number}`), 200);
  },
  "a rule that is replaced, switched off and on": async (space) => {
    const { id } = await space.rule({ when: {}, respond: { error: 402 } });
    await space.put(`/rules/${id}`, { when: {}, respond: { error: 503 } });
    is(await statusOf(space), 503);
    await space.patch(`/rules/${id}`, { enabled: false });
    is(await statusOf(space), 200);
    await space.patch(`/rules/${id}`, { enabled: true });
    is(await statusOf(space), 503);
    await space.delete("/rules");
    is(await statusOf(space), 200);
  },
  "a built-in rule that is switched off and on": async (space) => {
    await space.patch("/rules/defaults.json%23flaky", { enabled: false });
    is(await statusOf(space, "flaky"), 200);
    await space.patch("/rules/defaults.json%23flaky", { enabled: true });
    is([await statusOf(space, "flaky"), await statusOf(space, "flaky"), await statusOf(space, "flaky")], [503, 503, 200]);
  },
  "the clock": async (space, number) => {
    await space.put("/clock", { freeze: timeOf(number) });
    is((await space.get("/clock")).now, timeOf(number));
    await space.put("/clock", { advance: "1m" });
    const { json } = await space.session();
    is((await space.get(`/sessions/${json.data.session_token}`)).issued, timeOf(number + 1));
  },
  "the seed, and how authorizing goes": async (space, number) => {
    await space.put("/seed", { seed: number });
    is(await space.get("/seed"), { seed: number });
    const settings = { confirm: number % 2 === 0, opener: number % 4 < 2 ? "kept" : "severed" };
    await space.put("/oauth", settings);
    is(await space.get("/oauth"), settings);
  },
  "a connection that a test sets up": async (space, number) => {
    const state = number % 2 === 0 ? "callable" : "added";
    await space.put(`${pipedrive}?consumer_id=acme&application_id=test-app`, { state });
    is(await stateOf(space), state);
  },
  "a connection that a client adds, and then removes": async (space) => {
    is((await space.ask("POST", `/vault${pipedrive}`, "acme", { body: { enabled: true } })).status, 200);
    is(await stateOf(space), "added");
    is((await space.ask("PATCH", `/vault${pipedrive}`, "acme", { body: { settings: { api_key: "k" } } })).status, 200);
    is(await stateOf(space), "callable");
    is((await space.ask("DELETE", `/vault${pipedrive}`)).status, 204);
    is(await stateOf(space), "available");
  },
  "what a session says of its consumer": async (space, number) => {
    const body = { consumer_metadata: { account_name: `account ${number}` } };
    is((await space.session("acme", { body })).status, 200);
    is((await space.ask("GET", "/vault/consumers/acme")).json.data.metadata.account_name, `account ${number}`);
  },
  "a session, which is then revoked": async (space) => {
    const { session_token: token } = (await space.session()).json.data;
    const status = async () => (await space.ask("GET", `/vault${pipedrive}`, "acme", { headers: { key: `Bearer ${token}` } })).status;
    is(await status(), 200);
    is((await space.get(`/sessions/${token}`)).state, "active");
    await space.delete(`/sessions/${token}`);
    is(await status(), 401);
    is((await space.get(`/sessions/${token}`)).state, "revoked");
    await space.post("/reset", { only: ["sessions"] });
  },
  "a reset": async (space, number) => {
    await space.rule({ when: {}, times: 2, respond: { error: 402 } });
    await space.put("/clock", { freeze: timeOf(number) });
    is(await statusOf(space), 402);
    await space.post("/reset", { only: ["counters"] });
    is([await statusOf(space), await statusOf(space), await statusOf(space)], [402, 402, 200]);
    await space.post("/reset");
    is((await space.get("/clock")).frozen, false);
    is(await space.get("/requests"), { requests: [], truncated: false });
    is([await statusOf(space), (await space.verify(1)).pass], [200, true]);
  },
  "a journal that is cleared": async (space) => {
    await space.session();
    await space.delete("/requests");
    is((await space.verify(0)).pass, true);
    await space.session();
    is([(await space.verify(1)).pass, (await space.get("/requests")).requests.length], [true, 1]);
  },
  "the removal of a space": async (space, number) => {
    await space.rule({ when: {}, respond: { error: 402 } });
    await space.put("/clock", { freeze: timeOf(number) });
    is(await statusOf(space), 402);
    await space.forget();
    is((await space.get("/rules")).added, []);
    is((await space.get("/clock")).frozen, false);
    is([await statusOf(space), (await space.verify(1)).pass], [200, true]);
  },
};

suite("changes, over three replicas", ["redis", "cli", "haproxy", "nginx"], () => {
  let redis, replicas;
  before(async () => {
    redis = await startRedis();
    replicas = await startReplicas(redis.url, { args: ["--log-level", "warn"] });
  });

  for (const [name, start] of Object.entries(balancers))
    describe(`through ${name}`, () => {
      let entrance;
      before(async () => (entrance = client((await start(replicas)).url)));

      for (const [index, [kind, change]] of Object.entries(kinds).entries()) {
        const times = Math.ceil((index === 0 ? changes : changes / 10) / 2);
        test(`${times} times ${kind}: the next request sees it`, async (t) => {
          const began = performance.now();
          const spaces = Array.from({ length: atOnce }, (_, worker) => spaceOf(entrance, `${name}-${index}-${worker}`));
          const free = [...spaces];
          const failed = [];
          await each(times, atOnce, async (number) => {
            const space = free.pop();
            await change(space, number).catch((error) => failed.push(`the ${number}th: ${error.message}`));
            free.push(space);
          });
          t.diagnostic(`${Math.round(times / (performance.now() - began) * 1000)} a second`);
          assert.equal(failed.length, 0, `${failed.length} of ${times} were not seen; the first: ${failed[0]}`);
        });
      }

      test("rules that clients add to one space at once are all there, and all removed by one", async () => {
        const space = spaceOf(entrance, `${name}-crowd`);
        await each(100, 16, (i) => space.rule({ name: `n-${i}`, when: { consumer_id: `c-${i}` }, respond: { error: 402 } }));
        const names = (await space.get("/rules")).added.map((rule) => rule.name);
        assert.deepEqual(names.sort(), Array.from({ length: 100 }, (_, i) => `n-${i}`).sort());
        await each(100, 16, async (i) => assert.equal(await statusOf(space, `c-${i}`), 402));
        await space.delete("/rules");
        await each(100, 16, async (i) => assert.equal(await statusOf(space, `c-${i}`), 200));
      });
    });

  test("a replica that starts later has what there is, and is missed by nobody when it ends", async () => {
    const space = spaceOf(client(replicas[0].url), "before");
    await space.rule({ when: {}, times: 3, respond: { error: 402 } });
    assert.equal(await statusOf(space), 402);
    const late = await startReplica(redis.url, ["--log-level", "warn"]);
    const there = spaceOf(client(late.url), "before");
    assert.deepEqual([await statusOf(there), await statusOf(space), await statusOf(there)], [402, 402, 200]);
    assert.ok((await there.verify(4)).pass);
    const know = (count) => ({ store }) => store.replicas.length === count;
    await allHealthy([...replicas, late], "all four were known", know(4));
    assert.equal((await late.kill("SIGTERM")).code, 0);
    await allHealthy(replicas, "the one that ended was no longer known", know(3));
    await space.rule({ when: {}, respond: { error: 503 } });
    assert.equal(await statusOf(space), 503);
  });
});
