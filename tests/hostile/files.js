// What tests of hostile files share.

import assert from "node:assert/strict";
import { askForSession } from "../support/vault.js";

// A rule file in which that consumer is answered with that error.
export const rule = (status, consumer = "acme") =>
  JSON.stringify({ rules: [{ when: { consumer_id: consumer }, respond: { error: status } }] });

// After an attack: what keeps data is opened, and answers.
export async function lookAround(mock) {
  const { status, body } = await askForSession(mock.url);
  assert.equal(status, 200);
  for (const path of ["health", "requests", "spaces", "rules", `sessions/${body.data.session_token}`]) {
    const answer = await fetch(`${mock.url}/_mock/${path}`);
    assert.equal(answer.status, 200, path);
    await answer.json();
  }
}
