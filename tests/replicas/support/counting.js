// Rules that count in all ways there are, the requests that they count, and what must have come of them.

import assert from "node:assert/strict";

const to = (prefix) => ({ consumer_id: { starts_with: prefix } });
const often = (consumer, times) => Array(times).fill(consumer);

// The consumers of one round, all of whose requests may be under way at once.
export const countingRound = [
  ...often("limited", 6), ...often("in-turn", 5), ...often("per-a", 4), ...often("per-b", 4), ...often("story-a", 3), ...often("plain", 3),
];
const inARound = (prefix) => countingRound.filter((consumer) => consumer.startsWith(prefix)).length;
const limitOf = (rounds) => inARound("limited") * rounds - Math.ceil(rounds / 2) - 1; // the last ones are over it
const sequenceOf = (rounds) => Array.from({ length: inARound("in-turn") * rounds - 2 }, (_, i) => ({ status: 500, headers: { "x-step": `${i}` } }));

export async function addRules(space, rounds) {
  for (const rule of [
    { when: to("limited"), times: limitOf(rounds), respond: { error: 402, detail: "{{count}}" } },
    { when: to("in-turn"), sequence: [...sequenceOf(rounds), { pass: true }] },
    { when: to("per-"), per: "consumer", times: 3, respond: { error: 429, detail: "{{count}}" } },
    { when: to("story-"), given: { step: "two" }, sets: { step: "three" }, respond: { status: 412, body: {} } },
    { when: to("story-"), given: { step: "one" }, sets: { step: "two" }, respond: { status: 411, body: {} } },
    { when: to("story-"), given: { step: null }, sets: { step: "one" }, respond: { status: 410, body: {} } },
  ])
    await space.rule(rule);
}

const tally = (values) => values.reduce((all, value) => ({ ...all, [value]: (all[value] ?? 0) + 1 }), {});
const upTo = (count) => Array.from({ length: count }, (_, i) => `${i + 1}`);
const inOrder = (numbers) => numbers.sort((a, b) => a - b);

// answers: of all rounds, in the order of the requests. Throws where one was counted over, or is lost.
export async function isExact(space, answers, rounds) {
  const of = (prefix) => answers.filter((_, i) => countingRound[i % countingRound.length].startsWith(prefix));
  const statuses = (prefix) => tally(of(prefix).map(({ status }) => status));
  const counted = (prefix, status) => inOrder(of(prefix).filter((answer) => answer.status === status).map(({ json }) => json.detail));
  const [limit, all] = [limitOf(rounds), inARound("limited") * rounds];
  assert.deepEqual(statuses("limited"), { 200: all - limit, 402: limit }, space.name);
  assert.deepEqual(counted("limited", 402), upTo(limit), "each count once");

  const steps = sequenceOf(rounds).length;
  const inTurn = of("in-turn");
  assert.deepEqual(statuses("in-turn"), { 200: inTurn.length - steps, ...(steps && { 500: steps }) }, space.name);
  const given = inOrder(inTurn.filter(({ status }) => status === 500).map(({ headers }) => headers["x-step"]));
  assert.deepEqual(given, sequenceOf(rounds).map((_, i) => `${i}`), "each answer of the sequence once");

  for (const consumer of ["per-a", "per-b"]) {
    assert.deepEqual(statuses(consumer), { 200: inARound(consumer) * rounds - 3, 429: 3 }, `${space.name}, ${consumer}`);
    assert.deepEqual(counted(consumer, 429), upTo(3));
  }
  const story = of("story-").length;
  assert.deepEqual(statuses("story-"), { 410: 1, 411: 1, 412: 1, ...(story > 3 && { 200: story - 3 }) }, space.name);

  for (const [times, when] of [
    [answers.length],
    [all, to("limited")],
    [of("per-").length, to("per-")],
    [of("plain").length, { consumer_id: "plain" }],
  ]) {
    const { pass, conclusive, message } = await space.verify(times, when);
    assert.ok(pass && conclusive, `${space.name}: ${message}`);
  }
  const { added } = await space.get("/rules");
  const hits = added.map((rule) => rule.hits).reverse();
  assert.deepEqual(hits, [limit, inTurn.length, 6, 1, 1, 1], `${space.name}: hits of the rules`);
  await isOneJournal(space, answers);
}

// The journal has each answer once, numbered without gaps, and says of each what its client got.
export async function isOneJournal(space, answers) {
  const requests = await space.lines();
  assert.deepEqual(inOrder(requests.map(({ sequence }) => sequence)), answers.map((_, i) => i + 1), `${space.name}: numbers of the journal`);
  const line = (id, status) => `${id} ${status}`;
  const got = answers.map(({ headers, status }) => line(headers["x-apideck-request-id"], status)).sort();
  assert.deepEqual(requests.map(({ id, status }) => line(id, status)).sort(), got, `${space.name}: entries of the journal`);
}
