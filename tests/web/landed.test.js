// What the landing page makes of the address at which an OAuth flow ended.

import assert from "node:assert/strict";
import test from "node:test";
import { landed } from "../../server/web/landed.js";

const at = (rest) => landed(new URL(`https://vault.example/oauth/callback${rest}`));

test("a success in two steps has its message", () => {
  const { message, title } = at("#nonce=a%26b&confirm_token=t&service_id=hubspot");
  assert.deepEqual(message, { type: "oauth_complete", nonce: "a&b", confirmToken: "t", serviceId: "hubspot", success: true });
  assert.equal(title, "Done");
});

test("one step has none, nor has a success of which a part is missing", () => {
  for (const rest of ["", "#", "?x=1", "#nonce=n&confirm_token=t", "#nonce=n&service_id=s", "#confirm_token=t&service_id=s", "?nonce=n&confirm_token=t&service_id=s"])
    assert.equal(at(rest).message, null, rest);
});

test("a failure is told from the query alone, with what is there of it", () => {
  const { message, title } = at("?error_type=access_denied&error_message=no%20thanks&service_id=hubspot");
  assert.deepEqual(message, { type: "oauth_error", error: "access_denied", errorDescription: "no thanks", serviceId: "hubspot" });
  assert.equal(title, "Access was denied");
  assert.deepEqual(at("?error_type=x").message, { type: "oauth_error", error: "x", errorDescription: undefined, serviceId: undefined });
  assert.notEqual(at("?error_type=x").title, title);
  assert.equal(at("#error_type=access_denied").message, null);
});
