// What a session looks like from outside, checked as the vendor's own programs read it: they cut the token out of
// `session_uri` after the last slash and decode it without knowing the secret.

import assert from "node:assert/strict";
import { decode } from "../../support/claims.js";

// Checks a session that was just made, and that it carries these claims and none but them; `lifetime` in seconds.
export function assertSession({ uri, token }, { baseUrl, appId, consumerId, body = {}, lifetime = 3600 }) {
  const cut = uri.lastIndexOf("/") + 1;
  assert.deepEqual([uri.slice(0, cut), uri.slice(cut)], [`${baseUrl}/session/`, token]);

  const { header, claims } = decode(token);
  assert.deepEqual(header, { alg: "HS256", typ: "JWT" });
  const { iat, exp, ...rest } = claims;
  assert.deepEqual(rest, {
    ...body,
    consumer_id: consumerId,
    application_id: appId,
    scopes: [],
    data_scopes: { enabled: false },
  });
  assert.ok(Number.isInteger(iat) && Math.abs(iat - Date.now() / 1000) < 60, `issued at ${iat}, not now`);
  assert.equal(exp - iat, lifetime);
}
