// Programs without an SDK: Node's own fetch, and axios with its defaults.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import axios from "axios";

import { apiKey, appId, consumerId, exampleBody } from "./support/example.js";
import { mockForThisSuite } from "../support/program.js";
import { keys } from "../support/vault.js";
import { assertSession } from "./support/session.js";
import { assertVendorError } from "./support/vendor-error.js";

const headers = keys(consumerId, { app: appId, key: `Bearer ${apiKey}` });
const session = ({ status_code, status, data, ...others }) => {
  assert.deepEqual({ status_code, status, others }, { status_code: 200, status: "OK", others: {} });
  assert.deepEqual(Object.keys(data).sort(), ["session_token", "session_uri"]);
  return { uri: data.session_uri, token: data.session_token };
};
const uuid4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe("plain fetch", () => {
  const mock = mockForThisSuite();
  const expected = (more) => ({ baseUrl: mock.url, appId, consumerId, ...more });
  const post = (more) => fetch(`${mock.url}/vault/sessions`, { method: "POST", headers, ...more });

  test("no body and no content type make a session", async () => {
    const response = await post();
    assert.equal(response.status, 200);
    assert.match(response.headers.get("content-type"), /^application\/json/);
    assert.match(response.headers.get("x-apideck-request-id"), uuid4);
    assertSession(session(await response.json()), expected());
  });

  test("the example of the vendor's page as JSON makes a session", async () => {
    const response = await post({
      headers: { ...headers, "Content-Type": "application/json" },
      body: JSON.stringify(exampleBody),
    });
    assertSession(session(await response.json()), expected({ body: exampleBody, lifetime: 1800 }));
  });

  test("every answer on a kept connection has a request id of its own", async () => {
    const ids = new Set();
    for (let i = 0; i < 20; ++i) {
      const response = await post();
      await response.arrayBuffer();
      ids.add(response.headers.get("x-apideck-request-id"));
    }
    assert.equal(ids.size, 20);
  });

  test("a body wrapped in `session` is a bad request that names the mistake", async () => {
    const response = await post({
      headers: { ...headers, "Content-Type": "application/json" },
      body: JSON.stringify({ session: exampleBody }),
    });
    assert.equal(response.status, 400);
    assertVendorError(await response.json(), 400, { detail: /'session' property is not expected to be here/ });
  });

  test("camelCase keys are a bad request that suggests the right ones", async () => {
    const response = await post({
      headers: { ...headers, "Content-Type": "application/json" },
      body: JSON.stringify({ redirectUri: "https://mysaas.com/dashboard" }),
    });
    assert.equal(response.status, 400);
    assertVendorError(await response.json(), 400, { detail: /Did you mean property 'redirect_uri'\?/ });
  });
});

describe("axios", () => {
  const mock = mockForThisSuite();
  const expected = (more) => ({ baseUrl: mock.url, appId, consumerId, ...more });
  const client = (more) => axios.create({ baseURL: mock.url, headers: { ...headers, ...more } });

  test("a post without data makes a session", async () => {
    assertSession(session((await client().post("/vault/sessions")).data), expected());
  });

  test("a post with data makes a session", async () => {
    const { data } = await client().post("/vault/sessions", exampleBody);
    assertSession(session(data), expected({ body: exampleBody, lifetime: 1800 }));
  });

  test("a base URL with a path is kept", async () => {
    const baseURL = `${mock.url}/@axios`;
    const { data } = await axios.post("vault/sessions", {}, { baseURL, headers });
    assertSession(session(data), expected({ baseUrl: baseURL }));
  });

  test("an error carries the vendor's body", async () => {
    const promise = client({ "x-apideck-consumer-id": "error-422" }).post("/vault/sessions", {});
    await assert.rejects(promise, (error) => {
      assert.equal(error.response.status, 422);
      assertVendorError(error.response.data, 422);
      return true;
    });
  });
});
