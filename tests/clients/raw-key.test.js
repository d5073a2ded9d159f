// The vendor's page "VaultApi.SessionsApi" documents a JavaScript client, `vault_api`, that anyone can generate from the
// API description with OpenAPI Generator but that is not on npm. So this writes its request down as the generated
// ApiClient makes it, with the same library (superagent): the API key goes into `Authorization` raw, without `Bearer `,
// and `new Session()` is an empty object.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import superagent from "superagent";

import { appId, exampleBody } from "./support/example.js";
import { mockForThisSuite } from "../support/program.js";
import { keys } from "../support/vault.js";
import { assertSession } from "./support/session.js";
import { assertVendorError } from "./support/vendor-error.js";

const consumerId = "xApideckConsumerId_example";

describe("the generated JavaScript client", () => {
  const mock = mockForThisSuite();

  // → { error, data }, what the callback of the page is called with.
  function sessionsCreate(session, { headers = {}, apiKeyPrefix, basePath = mock.url } = {}) {
    const key = "YOUR API KEY";
    const request = superagent("POST", `${basePath}/vault/sessions`);
    request.query({});
    request.set({}).set(keys(consumerId, { app: appId, key: apiKeyPrefix ? `${apiKeyPrefix} ${key}` : key, ...headers }));
    request.timeout(60000);
    request.type("application/json");
    if (session) request.send(session);
    request.accept("application/json");
    return new Promise((resolve) => request.end((error, response) => resolve({ error, data: response?.body })));
  }

  const assertMade = ({ error, data }, more) => {
    assert.equal(error, null);
    assert.deepEqual([data.status_code, data.status], [200, "OK"]);
    const { session_uri: uri, session_token: token } = data.data;
    assertSession({ uri, token }, { baseUrl: mock.url, appId, consumerId, ...more });
  };

  test("a raw key and the page's empty Session make a session", async () => {
    assertMade(await sessionsCreate({}));
  });

  test("a raw key and no Session at all make a session", async () => {
    assertMade(await sessionsCreate(undefined));
  });

  test("a raw key and a full Session make a session", async () => {
    assertMade(await sessionsCreate(exampleBody), { body: exampleBody, lifetime: 1800 });
  });

  test("the page's apiKeyPrefix makes no difference", async () => {
    assertMade(await sessionsCreate({}, { apiKeyPrefix: "Token" }));
    assertMade(await sessionsCreate({}, { apiKeyPrefix: "Bearer" }));
  });

  test("a base path with a path in it is kept", async () => {
    const basePath = `${mock.url}/@raw`;
    assertMade(await sessionsCreate({}, { basePath }), { baseUrl: basePath });
  });

  test("an error reaches the callback with the vendor's body", async () => {
    const { error } = await sessionsCreate({}, { headers: { "x-apideck-consumer-id": "error-402" } });
    assert.equal(error.status, 402);
    assertVendorError(error.response.body, 402);
  });
});

describe("the generated JavaScript client, where only one key is known", () => {
  const mock = mockForThisSuite("--api-key", "known");
  const post = (authorization) =>
    superagent
      .post(`${mock.url}/vault/sessions`)
      .set(keys(consumerId, { app: appId, key: authorization }))
      .ok(() => true);

  test("that key makes a session, raw or with Bearer", async () => {
    assert.equal((await post("known")).status, 200);
    assert.equal((await post("Bearer known")).status, 200);
  });

  test("another key is unauthorized, raw or with Bearer", async () => {
    for (const authorization of ["another", "Bearer another"]) {
      const response = await post(authorization);
      assert.equal(response.status, 401);
      assertVendorError(response.body, 401, { detail: "Invalid Authorization Token" });
    }
  });
});
