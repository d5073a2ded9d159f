// @apideck/node, the older SDK, in its last and in an earlier generation. It takes snake_case, sends empty headers for what is not set,
// does not retry, and throws the raw Response.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import * as node3 from "@apideck/node";
import * as node2 from "@apideck/node-2";

import { apiKey, appId, consumerId, exampleBody, exampleInput } from "./support/example.js";
import { mockForThisSuite } from "../support/program.js";
import { assertSession } from "./support/session.js";
import { assertVendorError, typedStatuses, untypedStatuses } from "./support/vendor-error.js";

const generations = [
  { version: "3.8.0", Apideck: node3.Apideck },
  { version: "2.9.3", Apideck: node2.Apideck },
];

for (const { version, Apideck } of generations) {
  describe(`@apideck/node ${version}`, () => {
    const mock = mockForThisSuite();
    const vault = (more) => new Apideck({ apiKey, appId, consumerId, basePath: mock.url, ...more }).vault;

    const session = ({ status_code, status, data }) => {
      assert.deepEqual([status_code, status], [200, "OK"]);
      return { uri: data.session_uri, token: data.session_token };
    };
    const expected = (more) => ({ baseUrl: mock.url, appId, consumerId, ...more });

    const assertThrowsResponse = async (promise, status, more) => {
      const [{ status: outcome, reason: response }] = await Promise.allSettled([promise]);
      assert.equal(outcome, "rejected", "the call did not fail");
      assert.equal(response.status, status, String(response));
      assert.match(response.headers.get("content-type"), /^application\/json/);
      assertVendorError(await response.json(), status, more);
    };

    test("a session is made from the example of the vendor's page, in this client's snake_case", async () => {
      const result = await vault().sessionsCreate({ session: exampleBody });
      assertSession(session(result), expected({ body: exampleBody, lifetime: 1800 }));
    });

    test("a call without a session makes one that lasts an hour", async () => {
      assertSession(session(await vault().sessionsCreate({})), expected());
      assertSession(session(await vault().sessionsCreate()), expected());
    });

    test("camelCase keys are dropped by the client, so the session is made without them", async () => {
      const { customConsumerSettings, redirectUri } = exampleInput;
      const result = await vault().sessionsCreate({ session: { customConsumerSettings, redirectUri } });
      assertSession(session(result), expected());
    });

    test("settings are sent as they are, without defaults", async () => {
      const settings = { session_length: "24h", allow_actions: [] };
      const result = await vault().sessionsCreate({ session: { settings } });
      assertSession(session(result), expected({ body: { settings }, lifetime: 86400 }));
    });

    test("consumer and app can be named by the call", async () => {
      const named = { consumerId: "a: b@c.d", appId: "another-app" };
      assertSession(session(await vault().sessionsCreate(named)), expected(named));
    });

    test("a base path with a path in it is kept", async () => {
      const basePath = `${mock.url}/@checkout-test-17`;
      const result = await vault({ basePath }).sessionsCreate({ session: exampleBody });
      assertSession(session(result), expected({ baseUrl: basePath, body: exampleBody, lifetime: 1800 }));
    });

    test("no consumer is sent as an empty header, which counts as a missing one", async () => {
      await assertThrowsResponse(vault({ consumerId: undefined }).sessionsCreate({}), 400, {
        type_name: "RequestHeadersValidationError",
        detail: /Missing Header: x-apideck-consumer-id/,
      });
    });

    test("a value outside of an enum is a bad request that suggests the right one", async () => {
      const promise = vault().sessionsCreate({ session: { settings: { unified_apis: ["crn"] } } });
      await assertThrowsResponse(promise, 400, { detail: /Did you mean 'crm'\?/ });
    });

    test("a wrong type is a bad request that names the property", async () => {
      const promise = vault().sessionsCreate({ session: { redirect_uri: 5 } });
      await assertThrowsResponse(promise, 400, { detail: /'redirect_uri' property type must be string/ });
    });

    for (const status of [...typedStatuses, ...untypedStatuses]) {
      test(`the consumer error-${status} throws the Response with the vendor's body`, async () => {
        await assertThrowsResponse(vault({ consumerId: `error-${status}` }).sessionsCreate({}), status);
      });

      test(`Prefer: code=${status} throws the Response with the vendor's body`, async () => {
        // An init of its own replaces the headers of this client, so the middleware it offers adds the one.
        const preferring = vault().withPreMiddleware(async ({ url, init }) => ({
          url,
          init: { ...init, headers: { ...init.headers, Prefer: `code=${status}` } },
        }));
        await assertThrowsResponse(preferring.sessionsCreate({ session: exampleBody }), status);
      });
    }

    test("the consumer flaky fails twice and then gets a session, one call at a time", async () => {
      const flaky = vault({ consumerId: "flaky" });
      await assertThrowsResponse(flaky.sessionsCreate({}), 503);
      await assertThrowsResponse(flaky.sessionsCreate({}), 503);
      assertSession(session(await flaky.sessionsCreate({})), expected({ consumerId: "flaky" }));
    });
  });
}
