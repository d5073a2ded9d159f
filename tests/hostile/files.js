// After an attack: what keeps data is opened, and answers.

import assert from "node:assert/strict";
import { askForSession } from "../support/vault.js";

export async function lookAround(mock) {
  const { status, body } = await askForSession(mock.url);
  assert.equal(status, 200);
  for (const path of ["health", "requests", "spaces", "rules", `sessions/${body.data.session_token}`]) {
    const answer = await fetch(`${mock.url}/_mock/${path}`);
    assert.equal(answer.status, 200, path);
    await answer.json();
  }
}
