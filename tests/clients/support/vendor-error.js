// The vendor's error bodies, as its reference documents them.

import assert from "node:assert/strict";

const documented = {
  400: { error: "Bad Request", type_name: "RequestValidationError", message: "Invalid Params" },
  401: { error: "Unauthorized", type_name: "UnauthorizedError", message: "Unauthorized Request" },
  402: { error: "Payment Required", type_name: "RequestLimitError", message: "Request Limit Reached" },
  404: { error: "Not Found", type_name: "EntityNotFoundError" },
  422: { error: "Unprocessable Entity", type_name: "InvalidStateError", message: "Invalid State" },
  429: { error: "Too Many Requests", type_name: "ConnectorRateLimitError", message: "Connector Rate Limit Error" },
};

export const typedStatuses = [400, 401, 402, 404, 422];
export const untypedStatuses = [429, 500, 503];

// `expected` overrides members of the documented body; a RegExp is matched.
export function assertVendorError(body, status, expected = {}) {
  const wanted = { status_code: status, ...documented[status], ...expected };
  for (const [key, value] of Object.entries(wanted)) {
    if (value instanceof RegExp) assert.match(body[key], value);
    else assert.equal(body[key], value, `${key} of ${JSON.stringify(body)}`);
  }
  assert.deepEqual(Object.keys(body).sort(), ["detail", "error", "message", "ref", "status_code", "type_name"]);
  for (const key of ["error", "type_name", "message"]) assert.ok(body[key].length > 0, `${key} is empty`);
  assert.ok(typeof body.detail === "string" || (body.detail !== null && body.detail.constructor === Object), "detail");
  if (status === 402) assert.equal(typeof body.detail, "string");
  if (status === 429) assert.equal(typeof body.detail, "object");
  assert.ok(body.ref.startsWith("https://developers.apideck.com/errors#"), body.ref);
}
