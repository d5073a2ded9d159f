// @apideck/unify 0.22.1 reads answers more strictly than any other client at hand: it refuses a session without one of its
// members and an error whose `detail` is a list. Its own schemas judge the bytes of the program here, and each check
// shows that a body which is a little worse would have been refused.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { createSessionResponseFromJSON } from "@apideck/unify-0.22/models/components/createsessionresponse.js";
import * as errors from "@apideck/unify-0.22/models/errors/index.js";

import { apiKey, appId, consumerId } from "./support/example.js";
import { mockForThisSuite } from "../support/program.js";
import { keys } from "../support/vault.js";
import { typedStatuses } from "./support/vendor-error.js";

const schemaOf = {
  400: errors.BadRequestResponse$inboundSchema,
  401: errors.UnauthorizedResponse$inboundSchema,
  402: errors.PaymentRequiredResponse$inboundSchema,
  404: errors.NotFoundResponse$inboundSchema,
  422: errors.UnprocessableResponse$inboundSchema,
};

describe("the schemas of @apideck/unify 0.22.1", () => {
  const mock = mockForThisSuite();
  const headers = keys(consumerId, { app: appId, key: `Bearer ${apiKey}` });
  const post = (more, body) => fetch(`${mock.url}/vault/sessions`, { method: "POST", headers: { ...headers, ...more }, body });

  test("accept a session, all of whose members they need", async () => {
    const text = await (await post()).text();
    assert.ok(createSessionResponseFromJSON(text).ok, text);

    for (const [where, key] of [
      ["", "status_code"],
      ["", "status"],
      ["", "data"],
      ["data", "session_uri"],
      ["data", "session_token"],
    ]) {
      const worse = JSON.parse(text);
      delete (where === "" ? worse : worse[where])[key];
      assert.ok(!createSessionResponseFromJSON(JSON.stringify(worse)).ok, `they do not need ${key}`);
    }
  });

  for (const status of typedStatuses) {
    test(`accept the error ${status}, and would not accept a list as its detail`, async () => {
      const body = await (await post({ prefer: `code=${status}` })).json();
      const verdict = schemaOf[status].safeParse(body);
      assert.ok(verdict.success, String(verdict.error));
      assert.ok(!schemaOf[status].safeParse({ ...body, detail: [body.detail] }).success);
    });
  }

  test("accept the answer to a body with many mistakes", async () => {
    const mistakes = { redirect_uri: 1, redirectUri: "x", settings: { unified_apis: ["crn"], colour: "red" } };
    const response = await post({ "content-type": "application/json" }, JSON.stringify(mistakes));
    assert.equal(response.status, 400);
    const body = await response.json();
    const verdict = schemaOf[400].safeParse(body);
    assert.ok(verdict.success, String(verdict.error));
    for (const named of ["redirect_uri", "redirectUri", "crm", "colour"])
      assert.ok(body.detail.includes(named), body.detail);
  });
});
