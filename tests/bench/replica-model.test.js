// What ./dev bench replicas makes of its figures.

import assert from "node:assert/strict";
import { test } from "node:test";
import { changesAtMost, limitOf, line, storeLoad, sum, turnOf } from "./parts/replica_model.mjs";

const costs = {
  answer: 20, counted: 10, entry: 2, batch: 50, batches: 100, take: 20, change: 40, acknowledged: 5, beat: 100, beatOfEach: 1,
  bytes: 1_000, takeBytes: 300,
};

test("the store's time of a second is the sum of what replicas make it do", () => {
  const load = storeLoad(costs, { replicas: 10, rate: 1_000, counting: 0.5, changes: 3 });
  assert.deepEqual(load, { journal: 10_000 * 2 + 1_000 * 50, counting: 5_000 * 20, changes: 3 * (40 + 50), heartbeats: 10 * (100 + 10) });
  assert.equal(sum(load), 70_000 + 100_000 + 270 + 1_100);
  assert.equal(storeLoad(costs, { replicas: 1, rate: 50 }).journal, 50 * 52, "slow replicas write each request by itself");
  assert.equal(storeLoad(costs, { replicas: 1, rate: 50, together: 10 }).journal, 50 * 2 + 5 * 50);
  assert.equal(turnOf(costs, 10), 10 * (50 + 200));
});

test("what ends first is the replicas' own processors, the store's, or the network", () => {
  const few = limitOf(costs, { replicas: 2 });
  assert.deepEqual([few.rate, few.all, few.ends], [50_000, 100_000, "a processor of each replica"]);
  const many = limitOf(costs, { replicas: 100 });
  assert.equal(many.ends, "the store's processor");
  assert.ok(Math.abs(sum(many.load) - 1e6) < 1 && many.rate < 50_000, JSON.stringify(many));
  const narrow = limitOf(costs, { replicas: 2, network: 1e6 });
  assert.deepEqual([narrow.rate, narrow.ends], [500, "the store's network"]);
  const counted = limitOf(costs, { replicas: 100, counting: 1 });
  assert.ok(counted.rate < many.rate);
});

test("replicas may be too many to do anything at all", () => {
  const { rate, ends } = limitOf(costs, { replicas: 2_000 });
  assert.ok(rate < 1e-9);
  assert.equal(ends, "the store's processor");
  assert.ok(changesAtMost(costs, 2_000) < 0);
  assert.equal(changesAtMost(costs, 10), (1e6 - 1_100) / 90);
});

test("a line through points, of which none is below 0", () => {
  const { a, b } = line([[1, 12], [2, 14], [4, 18]]);
  assert.ok(Math.abs(a - 10) < 1e-9 && Math.abs(b - 2) < 1e-9);
  assert.deepEqual(line([[1, 1], [2, 4]]).a, 0);
  assert.deepEqual(line([[1, 4], [2, 2]]).b, 0);
});

test("a point counts by the share that it is off by", () => {
  const { a } = line([[1, 10], [1, 10], [1_000, 1_100], [1_000, 900]]);
  assert.ok(Math.abs(a - 9) < 0.2, `${a}`);
});
