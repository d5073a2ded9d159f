// @apideck/unify, today's name of the SDK that the vendor's page calls @apideck/sdk, in its current and in its strictest
// generation. The page's example is used as it stands.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { apiKey, appId, consumerId, defaultSettings, exampleBody, exampleInput } from "./support/example.js";
import { mockForThisSuite } from "../support/program.js";
import { claimsOf, isSignedWith } from "../support/claims.js";
import { assertSession } from "./support/session.js";
import { assertVendorError, typedStatuses, untypedStatuses } from "./support/vendor-error.js";

async function generation(version, name) {
  const { Apideck } = await import(name);
  const { ApideckCore } = await import(`${name}/core.js`);
  const { vaultSessionsCreate } = await import(`${name}/funcs/vaultSessionsCreate.js`);
  const { HTTPClient } = await import(`${name}/lib/http.js`);
  const errors = await import(`${name}/models/errors/index.js`);
  return { version, Apideck, ApideckCore, vaultSessionsCreate, HTTPClient, errors };
}
const generations = [await generation("0.52.2", "@apideck/unify"), await generation("0.22.1", "@apideck/unify-0.22")];

// On the wire the SDK fills in the defaults of `settings`.
const exampleClaims = { ...exampleBody, settings: { ...defaultSettings, ...exampleBody.settings } };
const once = { retries: { strategy: "none" } };
const classOf = {
  400: "BadRequestResponse",
  401: "UnauthorizedResponse",
  402: "PaymentRequiredResponse",
  404: "NotFoundResponse",
  422: "UnprocessableResponse",
};

for (const { version, Apideck, ApideckCore, vaultSessionsCreate, errors, HTTPClient } of generations) {
  describe(`@apideck/unify ${version}`, () => {
    const mock = mockForThisSuite("--secret", "known to the test");
    const options = (more) => ({ apiKey, consumerId, appId, serverURL: mock.url, ...more });
    const sessions = (more) => new Apideck(options(more)).vault.sessions;

    const session = (result) => {
      assert.equal(result.httpMeta.response.status, 200);
      assert.equal(result.createSessionResponse.statusCode, 200);
      assert.equal(result.createSessionResponse.status, "OK");
      const { sessionUri: uri, sessionToken: token } = result.createSessionResponse.data;
      return { uri, token };
    };
    const expected = (more) => ({ baseUrl: mock.url, appId, consumerId, ...more });

    // The SDK's own hook shows the answers that it retried, and the bodies that it threw away.
    const watch = () => {
      const answers = [];
      const httpClient = new HTTPClient();
      httpClient.addHook("response", async (answer) => {
        answers.push({ status: answer.status, body: await answer.clone().json() });
      });
      return { httpClient, answers };
    };

    const failure = async (promise) => {
      const [result] = await Promise.allSettled([promise]);
      assert.equal(result.status, "rejected", "the call did not fail");
      return result.reason;
    };
    const assertTyped = (error, status, more) => {
      assert.ok(error instanceof errors[classOf[status]], `${error.name}: ${error.message}`);
      const { statusCode, error: name, typeName, message, detail, ref } = error.data$;
      assertVendorError(
        { status_code: statusCode, error: name, type_name: typeName, message, detail, ref },
        status,
        more,
      );
    };

    test("the class makes a session from the example of the vendor's page", async () => {
      const result = await sessions().create({ session: exampleInput });
      assertSession(session(result), expected({ body: exampleClaims, lifetime: 1800 }));
    });

    test("the standalone function makes a session from the example of the vendor's page", async () => {
      const res = await vaultSessionsCreate(new ApideckCore(options()), { session: exampleInput });
      assert.ok(res.ok, String(res.error));
      assertSession(session(res.value), expected({ body: exampleClaims, lifetime: 1800 }));
    });

    // The page passes the session itself; the SDK that is published takes it as `session` and ignores all other keys.
    test("the example exactly as the page calls it makes a session without the page's settings", async () => {
      const byClass = await sessions().create(exampleInput);
      assertSession(session(byClass), expected());
      const byFunction = await vaultSessionsCreate(new ApideckCore(options()), exampleInput);
      assertSession(session(byFunction.value), expected());
    });

    test("a call without a session makes one that lasts an hour", async () => {
      assertSession(session(await sessions().create({})), expected());
    });

    test("any settings carry the documented defaults with them", async () => {
      const result = await sessions().create({ session: { settings: {} } });
      assertSession(session(result), expected({ body: { settings: defaultSettings } }));
    });

    test("consumer and app can be named by the call", async () => {
      const named = { consumerId: "a: b@c.d", appId: "another-app" };
      assertSession(session(await sessions().create(named)), expected(named));
    });

    test("the token is signed with the secret of the command line", async () => {
      const { token } = session(await sessions().create({ session: exampleInput }));
      assert.ok(isSignedWith("known to the test", token));
      assert.ok(!isSignedWith("another secret", token));
    });

    test("snake_case keys are dropped by the client, so the session is made without them", async () => {
      const result = await sessions().create({
        session: { redirect_uri: "https://mysaas.com/dashboard", consumer_metadata: { email: "elon@musk.com" } },
      });
      assertSession(session(result), expected());
      const inside = await sessions().create({ session: { settings: { session_length: "30m" } } });
      assertSession(session(inside), expected({ body: { settings: defaultSettings } }));
    });

    test("a server URL with a path is kept", async () => {
      const serverURL = `${mock.url}/@checkout-test-17`;
      const result = await sessions({ serverURL }).create({ session: exampleInput });
      assertSession(session(result), expected({ baseUrl: serverURL, body: exampleClaims, lifetime: 1800 }));
      const byCall = await sessions().create({ session: exampleInput }, { serverURL: `${serverURL}/` });
      assertSession(session(byCall), expected({ baseUrl: serverURL, body: exampleClaims, lifetime: 1800 }));
      assertTyped(await failure(sessions({ serverURL, consumerId: "error-422" }).create({})), 422);
    });

    for (const status of typedStatuses) {
      test(`the consumer error-${status} ends in ${classOf[status]}`, async () => {
        assertTyped(await failure(sessions({ consumerId: `error-${status}` }).create({})), status);
      });

      test(`Prefer: code=${status} ends in ${classOf[status]}`, async () => {
        const fetchOptions = { headers: { Prefer: `code=${status}` } };
        assertTyped(await failure(sessions().create({ session: exampleInput }, { fetchOptions })), status);
      });

      test(`the standalone function returns ${classOf[status]} as a value`, async () => {
        const core = new ApideckCore(options({ consumerId: `error-${status}` }));
        const res = await vaultSessionsCreate(core, {});
        assert.equal(res.ok, false);
        assertTyped(res.error, status);
      });
    }

    for (const status of untypedStatuses) {
      const assertUntyped = async (more, call) => {
        const { httpClient, answers } = watch();
        const error = await failure(sessions({ httpClient, ...more }).create({}, { ...once, ...call }));
        assert.ok(error instanceof errors.APIError, `${error.name}: ${error.message}`);
        assert.deepEqual(
          answers.map((answer) => answer.status),
          [status],
        );
        assertVendorError(answers[0].body, status);
      };

      test(`the consumer error-${status} ends in APIError`, async () => {
        await assertUntyped({ consumerId: `error-${status}` });
      });

      test(`Prefer: code=${status} ends in APIError`, async () => {
        await assertUntyped({}, { fetchOptions: { headers: { Prefer: `code=${status}` } } });
      });
    }

    test("no consumer is a bad request that names the header", async () => {
      assertTyped(await failure(sessions({ consumerId: undefined }).create({})), 400, {
        type_name: "RequestHeadersValidationError",
        detail: /Missing Header: x-apideck-consumer-id/,
      });
    });

    test("no app is a bad request that names the header", async () => {
      assertTyped(await failure(sessions({ appId: undefined }).create({})), 400, {
        type_name: "RequestHeadersValidationError",
        detail: /Missing Header: x-apideck-app-id/,
      });
    });

    // The page's `process.env["APIDECK_API_KEY"] ?? ""` in a shell without that variable.
    test("an empty API key is an unauthorized request", async () => {
      assertTyped(await failure(sessions({ apiKey: "" }).create({})), 401, { detail: "Missing authentication" });
    });

    test("retries by the SDK's own settings get through to a session for the consumer flaky", async () => {
      const { httpClient, answers } = watch();
      const result = await sessions({ consumerId: "flaky", httpClient }).create({ session: exampleInput });
      assert.deepEqual(
        answers.map((answer) => answer.status),
        [503, 503, 200],
      );
      assertSession(session(result), expected({ consumerId: "flaky", body: exampleClaims, lifetime: 1800 }));
    });

    test("without retries the consumer flaky is an APIError", async () => {
      const serverURL = `${mock.url}/@without-retries`;
      const error = await failure(sessions({ consumerId: "flaky", serverURL }).create({}, once));
      assert.ok(error instanceof errors.APIError, `${error.name}: ${error.message}`);
    });

    test("a 429 is not retried by the SDK's own settings", async () => {
      const { httpClient, answers } = watch();
      await failure(sessions({ consumerId: "error-429", httpClient }).create({}));
      assert.equal(answers.length, 1);
    });

    test("the consumer slow runs into a short timeout", async () => {
      const error = await failure(sessions({ consumerId: "slow" }).create({}, { ...once, timeoutMs: 100 }));
      assert.ok(error instanceof errors.RequestTimeoutError, `${error.name}: ${error.message}`);
    });

    test("the token of the consumer expired is past its time", async () => {
      const { token } = session(await sessions({ consumerId: "expired" }).create({}));
      assert.ok(claimsOf(token).exp <= Date.now() / 1000);
    });
  });
}
