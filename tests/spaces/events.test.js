// The feed: what is shown and what is missed is together everything.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { start } from "../support/program.js";
import { call } from "../support/vault.js";
import { readFeed } from "./feed.js";
import { space } from "./support.js";

const many = (count, make) => Promise.all(Array.from({ length: count }, (_, i) => make(i)));

for (const transport of ["epoll", "httplib"])
  describe(`events over ${transport}`, async () => {
    const mock = await start(["--log-level", "off", "--transport", transport, "--journal-size", "50"]);
    const one = (name) => space(name, mock.url);
    const eventsOf = (name, query = "", options = {}) => readFeed(`${mock.url}${name ? `/@${name}` : ""}/_mock/events${query}`, options);

    test("a request is shown as the journal's summary has it", async () => {
      const { session, get } = one("shown");
      const feed = await eventsOf("shown");
      assert.match(feed.headers.get("content-type"), /^text\/event-stream/);
      await session("acme");
      await session("error-402");
      await feed.until("both", () => feed.of("request").length === 2);
      const { requests } = (await get("/requests?summary=1")).json;
      assert.deepEqual(feed.of("request").map(({ data }) => data), requests.reverse());
      assert.deepEqual(feed.of("request").map(({ id }) => id), [1, 2]);
      const { us, id, at, ...rest } = feed.of("request")[1].data;
      assert.deepEqual(rest, { sequence: 2, space: "shown", method: "POST", path: "/vault/sessions", status: 402, operation: "sessionsCreate",
        consumer_id: "error-402", rule: "defaults.json#error-402", decided_by: "rule defaults.json#error-402", kind: "rule" });
      assert.ok(us >= 0 && id && at);
      await feed.stop();
    });

    test("what is above the rate is missed, with exact counts by status", async () => {
      const { session } = one("above");
      const feed = await eventsOf("above", "?per_second=3");
      await many(40, (i) => session(i % 4 === 0 ? "error-402" : "acme"));
      await feed.until("all", () => feed.count() === 40);
      assert.deepEqual(feed.byStatus(), { 200: 30, 402: 10 });
      assert.deepEqual(feed.gaps(), []);
      assert.ok(feed.of("missed").length > 0);
      await feed.stop();
    });

    test("who comes back goes on where it was, also when that has left the journal", async () => {
      const { session } = one("back");
      const before = await eventsOf("back");
      await session("first");
      await before.until("the first", () => before.count() === 1);
      await before.stop();
      await many(70, (i) => session(i % 7 === 0 ? "error-500" : "acme"));
      for (const [query, headers] of [["?per_second=1000&after=1", {}], ["?per_second=1000&after=60", { "last-event-id": "1" }]]) {
        const after = await eventsOf("back", query, { headers });
        await after.until("the rest", () => after.count() === 70);
        assert.deepEqual(after.byStatus(), { 200: 60, 500: 10 });
        assert.deepEqual(after.gaps(1), []);
        assert.equal(after.of("request").length, 50, "those that the journal has");
        await after.stop();
      }
    });

    test("a number that has not come yet is of another run: all is told from the beginning", async () => {
      const { session } = one("anew");
      await session("acme");
      const feed = await eventsOf("anew", "?after=5000");
      await feed.until("it", () => feed.count() === 1);
      assert.deepEqual(feed.events.map(({ name }) => name), ["reset", "request"]);
      await feed.stop();
      assert.equal((await call(`${mock.url}/_mock/events`, { headers: { "last-event-id": "x" } })).status, 400);
      assert.match((await call(`${mock.url}/_mock/events?per_second=0`)).json.error, /per_second/);
    });

    test("who comes back to a journal that was cleared meanwhile is told so", async () => {
      const { session, delete: remove } = one("away");
      for (const consumer of ["first", "second"]) await session(consumer);
      await remove("/requests");
      await session("third");
      const feed = await eventsOf("away", "?after=2");
      await feed.until("it", () => feed.count() === 1);
      assert.deepEqual(feed.events.map(({ name, id }) => [name, id]), [["reset", undefined], ["request", 3]]);
      await feed.stop();
    });

    test("a cleared journal is told of between what came before and what comes after", async () => {
      const { session, delete: remove } = one("cleared");
      const feed = await eventsOf("cleared");
      await session("before");
      await feed.until("the one before", () => feed.count() === 1);
      await remove("/requests");
      await session("after");
      await feed.until("the one after", () => feed.count() === 2);
      assert.deepEqual(feed.events.filter(({ name }) => name !== "changed").map(({ name }) => name), ["request", "reset", "request"]);
      assert.deepEqual(feed.of("reset")[0].data, { space: "cleared" });
      assert.deepEqual(feed.gaps(), []);
      await feed.stop();
    });

    test("a space that is deleted and made again goes on", async () => {
      const { session, url } = one("deleted");
      const feed = await eventsOf("deleted");
      await session("former");
      await feed.until("the former", () => feed.of("request").length === 1);
      assert.equal((await call(`${url}/`, { method: "DELETE" })).status, 204);
      await feed.until("the end", () => feed.of("reset").length === 1);
      await session("latter");
      await feed.until("the latter", () => feed.of("request").length === 2);
      assert.deepEqual(feed.of("request").map(({ id, data }) => [id, data.consumer_id]), [[1, "former"], [1, "latter"]]);
      await feed.stop();
    });

    test("a space that is not there yet is followed from when it is made", async () => {
      const { session, url } = one("yet-to-come");
      const feed = await eventsOf("yet-to-come");
      const names = (await call(`${mock.url}/_mock/spaces?limit=1000`)).json.spaces.map(({ name }) => name);
      assert.ok(!names.includes("yet-to-come"));
      await call(`${url}/nothing`); // which a passing space answers
      await session("first");
      await session("second");
      await feed.until("both", () => feed.of("request").length === 2);
      assert.deepEqual(feed.of("request").map(({ id, data }) => [id, data.consumer_id]), [[1, "first"], [2, "second"]]);
      assert.deepEqual(feed.of("reset"), []);
      await feed.stop();
    });

    test("changes of rules, clock, sessions and connections are told, and of nothing else", async () => {
      const { session, get, put, post, url } = one("changes");
      const feed = await eventsOf("changes");
      const told = () => feed.of("changed").map(({ data }) => data.what);
      await put("/clock", { advance: "1h" });
      await feed.until("the clock", () => told().includes("clock"));
      const { json: rule } = await post("/rules", { when: { consumer_id: "nobody" }, respond: { error: 402 } });
      await feed.until("the rule", () => told().includes("rules"));
      const count = told().length;
      await get("/rules");
      await get(`/rules/${rule.id}`);
      await get("/clock");
      await session("error-402");
      await feed.until("the request", () => feed.count() === 1);
      assert.equal(told().length, count);
      await session("acme");
      await feed.until("the session", () => told().includes("sessions"));
      assert.ok(!told().includes("connections"));
      const headers = { authorization: "Bearer k", "x-apideck-app-id": "test-app", "x-apideck-consumer-id": "acme" };
      const connection = `${url}/vault/connections/crm/pipedrive`;
      assert.ok((await call(connection, { method: "POST", headers, body: { enabled: true } })).status < 300);
      await feed.until("the connection", () => told().includes("connections"));
      assert.ok(feed.of("changed").every(({ data }) => data.space === "changes"));
      await feed.stop();
    });

    test("spaces=all has the requests of all, in one order, and their changes", async () => {
      const feed = await eventsOf("", "?spaces=all&per_second=1000");
      for (const name of ["all-a", "all-b", "all-a"]) await one(name).session(name);
      await feed.until("all three", () => feed.of("request").length === 3);
      await one("all-b").put("/clock", { advance: "1h" });
      await one("all-a").delete("/requests");
      await feed.until("all of it", () => feed.of("reset").length === 1 && feed.of("changed").some(({ data }) => data.what === "clock"));
      const shown = feed.of("request").map(({ id, data }) => [id, data.sequence, data.space]);
      assert.deepEqual(shown.map(([, , name]) => name), ["all-a", "all-b", "all-a"]);
      assert.deepEqual(shown.map(([id]) => id), shown.map(([, sequence]) => sequence));
      assert.equal(shown[2][0] - shown[0][0], 2);
      assert.deepEqual(feed.of("reset")[0].data, { space: "all-a" });
      assert.ok(feed.of("changed").some(({ data }) => data.space === "all-b" && data.what === "clock"));
      const { requests } = (await call(`${mock.url}/_mock/requests?spaces=all&summary=1&limit=1`)).json;
      assert.equal(requests[0].space, "all-b", "the other journal is empty");
      assert.equal(requests[0].sequence, shown[1][1]);
      await feed.stop();
    });

    // More than there are threads, where each has one of its own.
    test("a crowd of readers leaves the others alone", async () => {
      const feeds = await many(transport === "epoll" ? 300 : 100, () => eventsOf("crowd"));
      assert.ok(feeds.every(({ status }) => status === 200));
      await one("crowd").session("acme");
      await Promise.all(feeds.map((feed) => feed.until("it", () => feed.count() === 1)));
      await Promise.all(feeds.map((feed) => feed.stop()));
    });
  });

test("the feed is behind --admin-token", async () => {
  const mock = await start(["--log-level", "off", "--admin-token", "t0ken"]);
  assert.equal((await call(`${mock.url}/_mock/events`)).status, 401);
  const feed = await readFeed(`${mock.url}/_mock/events`, { headers: { authorization: "Bearer t0ken" } });
  assert.equal(feed.status, 200);
  await feed.stop();
});
