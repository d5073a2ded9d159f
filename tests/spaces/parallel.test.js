// What the spaces are for: a suite of 500 cases against one process, 16 at a time, each in a space of its own, with
// verification and time travel. ROUNDS=20 repeats it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { claimsOf } from "../support/claims.js";
import { space } from "./support.js";

const rounds = Number(process.env.ROUNDS ?? 1);
const cases = 500;
const atOnce = 16;

async function oneCase(number, round) {
  const one = space(`case-${round}-${number}`);
  const consumer = `consumer-${number}`;
  const expiry = new Date(Date.UTC(2027, 0, 1 + (number % 28)));
  await one.put("/clock", { freeze: expiry.toISOString() });
  await one.post("/rules?times=1", { when: { consumer_id: consumer }, respond: { error: 402, detail: `case ${number}` } });

  const refused = await one.session(consumer);
  assert.equal(refused.json.detail, `case ${number}`);
  const { session_token } = (await one.session(consumer)).json.data;
  assert.equal(claimsOf(session_token).exp, expiry / 1000 + 3600);

  await one.put("/clock", { advance: "2h" });
  assert.equal((await one.get(`/sessions/${session_token}`)).json.state, "expired");
  const verdict = (await one.post("/verify", { when: { consumer_id: consumer }, times: 2 })).json;
  assert.ok(verdict.pass, verdict.message);
  const total = (await one.post("/verify", { times: 2 })).json;
  assert.ok(total.pass, `somebody else's requests are here: ${total.message}`);
}

for (let round = 1; round <= rounds; round++)
  test(`${cases} cases, ${atOnce} at a time, round ${round}`, async () => {
    let next = 0;
    const worker = async () => {
      while (next < cases) await oneCase(next++, round);
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  });
