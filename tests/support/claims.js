// Tokens of sessions, as a program reads them that does not know the secret, and as one does that knows it.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";

const part = (text) => JSON.parse(Buffer.from(text, "base64url").toString("utf8"));

export function decode(token) {
  const parts = token.split(".");
  assert.equal(parts.length, 3, `not a JWT: ${token}`);
  return { header: part(parts[0]), claims: part(parts[1]) };
}

export const claimsOf = (token) => decode(token).claims;

export function isSignedWith(secret, token) {
  const end = token.lastIndexOf(".");
  return createHmac("sha256", secret).update(token.slice(0, end)).digest("base64url") === token.slice(end + 1);
}
