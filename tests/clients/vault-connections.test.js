// The SDK's vault.connections.*, vault.consumers.* and their neighbours: its own models parse every answer.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { Apideck } from "@apideck/unify";

import { apiKey, appId } from "./support/example.js";
import { mockForThisSuite } from "../support/program.js";
import { keys } from "../support/vault.js";

const crm = (serviceId) => ({ unifiedApi: "crm", serviceId });

describe("@apideck/unify on connections and consumers", () => {
  const mock = mockForThisSuite();
  const sdk = (consumerId) => new Apideck({ apiKey, consumerId, appId, serverURL: mock.url, retryConfig: { strategy: "none" } }).vault;
  const dataOf = (result) => (result.getConnectionsResponse ?? result.getConnectionResponse ?? result.updateConnectionResponse).data;

  test("lists all, or those of one unified API", async () => {
    const all = dataOf(await sdk("list").connections.list({}));
    assert.ok(all.length >= 20, `${all.length} connectors`);
    assert.ok(new Set(all.map((connection) => connection.unifiedApi)).size >= 8);
    assert.ok(all.every(({ id, unifiedApi, serviceId, state }) => id === `${unifiedApi}+${serviceId}` && state === "available"));
    const some = dataOf(await sdk("list").connections.list({ api: "crm" }));
    assert.deepEqual([...new Set(some.map((connection) => connection.unifiedApi))], ["crm"]);
  });

  test("updates, reads, narrows by configured, and deletes", async () => {
    const { connections } = sdk("change");
    const updated = dataOf(await connections.update({ ...crm("pipedrive"), connection: { enabled: true, settings: { api_key: "k" } } }));
    assert.deepEqual([updated.state, updated.enabled, updated.settings], ["callable", true, { api_key: "k" }]);
    assert.equal(dataOf(await connections.get(crm("pipedrive"))).state, "callable");
    assert.deepEqual(dataOf(await connections.list({ configured: true })).map(({ serviceId }) => serviceId), ["pipedrive"]);
    const off = dataOf(await connections.update({ ...crm("pipedrive"), connection: { enabled: false } }));
    assert.deepEqual([off.enabled, off.settings], [false, { api_key: "k" }]);
    await connections.delete(crm("pipedrive"));
    assert.equal(dataOf(await connections.get(crm("pipedrive"))).state, "available");
    await assert.rejects(connections.delete(crm("pipedrive")), { statusCode: 404 });
  });

  test("an unknown connector is a 404 of the SDK's own kind", async () => {
    await assert.rejects(sdk("unknown").connections.get(crm("nobody")), { name: "NotFoundResponse", statusCode: 404, typeName: "ConnectorNotFoundError" });
  });

  test("validates a state, fetches a token, and keeps settings of a resource", async () => {
    const vault = sdk("more");
    const { validateConnectionStateResponse: checked } = await vault.validateConnection.state(crm("pipedrive"));
    assert.deepEqual([checked.data.id, checked.data.state], ["crm+pipedrive", "available"]);
    const hris = { unifiedApi: "hris", serviceId: "personio" };
    await assert.rejects(vault.connections.token(hris), { statusCode: 400 });
    await vault.connections.update({ ...hris, connection: { settings: { client_id: "i", client_secret: "s" } } });
    assert.equal(dataOf(await vault.connections.token(hris)).state, "callable");
    const defaults = [{ id: "default_stage", value: "new" }];
    await vault.connectionSettings.update({ ...crm("pipedrive"), resource: "leads", connection: { configuration: [{ resource: "leads", defaults }] } });
    const { getConnectionResponse: { data } } = await vault.connectionSettings.list({ ...crm("pipedrive"), resource: "leads" });
    assert.equal(data.configuration[0].defaults[0].value, "new");
    const { getCustomFieldsResponse: fields } = await vault.customFields.list({ ...crm("pipedrive"), resource: "leads" });
    assert.equal(fields.data[0].id, "source_page");
  });

  test("consumers are made by sessions, listed, changed, counted and deleted", async () => {
    const vault = sdk("made by a session");
    await vault.sessions.create({ session: { consumerMetadata: { accountName: "Quill" } } });
    const { getConsumerResponse: one } = await vault.consumers.get({ consumerId: "made by a session" });
    assert.equal(one.data.metadata.accountName, "Quill");
    const { createConsumerResponse: made } = await vault.consumers.create({ createConsumerRequest: { consumerId: "user:1@a.b", metadata: { email: "a@b.example" } } });
    assert.equal(made.data.consumerId, "user:1@a.b");
    const { updateConsumerResponse: changed } = await vault.consumers.update({ consumerId: "user:1@a.b", updateConsumerRequest: { metadata: { userName: "Ada" } } });
    assert.deepEqual([changed.data.metadata.email, changed.data.metadata.userName], ["a@b.example", "Ada"]);
    const listed = [];
    for await (const page of await vault.consumers.list({ limit: 1 })) listed.push(...page.getConsumersResponse.data.map(({ consumerId }) => consumerId));
    assert.ok(listed.includes("user:1@a.b") && listed.includes("made by a session"), listed.join());
    const { consumerRequestCountsInDateRangeResponse: counted } = await vault.consumerRequestCounts.list({ consumerId: "user:1@a.b", startDatetime: "2020-01-01T00:00:00.000Z", endDatetime: "2099-01-01T00:00:00.000Z" });
    assert.equal(counted.data.aggregatedRequestCount, 0);
    await vault.consumers.delete({ consumerId: "user:1@a.b" });
    await assert.rejects(vault.consumers.get({ consumerId: "user:1@a.b" }), { statusCode: 404 });
  });

  test("imports a connection that was authorised elsewhere", async () => {
    const { connections } = sdk("import");
    const connectionImportData = { credentials: { accessToken: "a", refreshToken: "r", issuedAt: new Date(0), expiresIn: 1 }, metadata: { plan: "enterprise" } };
    const { createConnectionResponse: { data } } = await connections.imports({ ...crm("hubspot"), connectionImportData });
    assert.deepEqual([data.id, data.state, data.enabled, data.metadata.additionalProperties.plan], ["crm+hubspot", "callable", true, "enterprise"]);
    assert.doesNotMatch(JSON.stringify(data), /"a"|"r"/, "tokens are not shown");
    const { createConnectionResponse: { data: bare } } = await connections.imports({ ...crm("salesforce"), connectionImportData: {} });
    assert.equal(bare.state, "added", "nothing authorised it");
    const { createConnectionResponse: { data: key } } = await connections.imports({ ...crm("pipedrive"), connectionImportData: { settings: { api_key: "k" } } });
    assert.equal(key.state, "callable");
  });

  test("migrates a connection: once, and again", async () => {
    const { connections } = sdk("migrate");
    const migrate = (serviceId, targetServiceId) => connections.migrate({ ...crm(serviceId), connectionMigrateData: { targetServiceId } });
    await assert.rejects(migrate("hubspot", "salesforce"), { statusCode: 404, typeName: "ConnectionNotFoundError" });
    await connections.imports({ ...crm("hubspot"), connectionImportData: { credentials: { accessToken: "a" }, metadata: { plan: "x" } } });
    for (const time of ["first", "again"]) {
      const { createConnectionResponse: { data } } = await migrate("hubspot", "salesforce");
      assert.deepEqual([data.id, data.state, data.metadata.additionalProperties.plan], ["crm+salesforce", "callable", "x"], time);
    }
    assert.equal(dataOf(await connections.get(crm("hubspot"))).state, "available", "the source is gone");
    await connections.update({ ...crm("hubspot"), connection: { enabled: true } });
    await assert.rejects(migrate("hubspot", "salesforce"), { name: "ConflictResponse", statusCode: 409 });
    await assert.rejects(migrate("hubspot", "nobody"), { statusCode: 404, typeName: "ConnectorNotFoundError" });
    await assert.rejects(migrate("hubspot", "pipedrive"), { statusCode: 422, detail: /cannot take over the credentials/ });
  });

  test("a callback state leads back to the app, and nowhere dangerous", async () => {
    const vault = sdk("callback");
    const stateFor = async (redirectUri) =>
      (await vault.createCallback.state({ ...crm("hubspot"), createCallbackState: redirectUri ? { redirectUri } : {} })).createCallbackStateResponse.data.state;
    const callback = (state) => fetch(`${mock.url}/vault/callback?state=${state}&code=c`, { redirect: "manual" });
    const answer = await callback(await stateFor("https://mysaas.com/dashboard?a=1"));
    assert.deepEqual([answer.status, answer.headers.get("location")], [301, "https://mysaas.com/dashboard?a=1"]);
    assert.equal(dataOf(await vault.connections.get(crm("hubspot"))).state, "callable");
    await assert.rejects(stateFor("javascript:alert(1)"), { name: "BadRequestResponse", typeName: "OAuthRedirectUriError" });
    assert.equal((await callback(await stateFor())).headers.get("location"), `${mock.url}/oauth/callback`, "a page that closes itself");
  });

  test("custom mappings: those there are, set, changed and taken away", async () => {
    const vault = sdk("mappings");
    const all = async () => (await vault.customMappings.list(crm("hubspot"))).getCustomMappingsResponse.data;
    const before = await all();
    assert.deepEqual(before.map(({ id, value }) => [id, value]), [["crm+contacts+birthday", undefined], ["crm+contacts+salutation", undefined], ["crm+leads+landing_page", undefined]]);
    const headers = keys("mappings", { app: appId, key: `Bearer ${apiKey}`, "content-type": "application/json" });
    const ask = async (method, id, body) => {
      const response = await fetch(`${mock.url}/vault/custom-mappings/crm/hubspot/${id}`, { method, headers, body: body && JSON.stringify(body) });
      return { status: response.status, body: response.status === 204 ? null : await response.json() };
    };
    const value = "$.custom_fields.birthday";
    assert.equal((await ask("POST", "crm+contacts+birthday", { value })).status, 404, "there is no connection yet");
    await vault.connections.update({ ...crm("hubspot"), connection: { enabled: true } });
    assert.deepEqual((await ask("POST", "crm+contacts+birthday", {})).body.type_name, "RequestValidationError");
    assert.equal((await ask("POST", "crm%2Bcontacts%2Bbirthday", { value })).body.data.value, value, "as clients encode it");
    assert.equal((await ask("PATCH", "crm+contacts+birthday", { value: "$.b" })).body.data.value, "$.b");
    assert.equal((await ask("GET", "crm+contacts+birthday")).body.data.value, "$.b");
    const { getCustomMappingsResponse: ofContacts } = await vault.connectionCustomMappings.list({ ...crm("hubspot"), resource: "contacts" });
    assert.deepEqual(ofContacts.data.map(({ key, value: mapped }) => [key, mapped]), [["birthday", "$.b"], ["salutation", undefined]]);
    assert.equal(dataOf(await vault.connections.get(crm("hubspot"))).customMappings[0].value, "$.b");
    assert.equal((await ask("DELETE", "crm+contacts+birthday")).status, 204);
    assert.equal((await ask("DELETE", "crm+contacts+birthday")).status, 404);
    assert.equal((await ask("GET", "crm+contacts+shoe")).status, 404);
    assert.deepEqual(await all(), before);
    await assert.rejects(vault.connectionCustomMappings.list({ ...crm("hubspot"), resource: "invoices" }), { statusCode: 404 });
  });

  test("what the SDK has no call for: create, confirm, schema and example, with a session's token", async () => {
    const { createSessionResponse: { data } } = await sdk("raw").sessions.create({});
    const ask = async (method, path, body) => {
      const headers = { authorization: `Bearer ${data.sessionToken}`, "content-type": "application/json" };
      const response = await fetch(`${mock.url}/vault/connections/crm/${path}`, { method, headers, body: body && JSON.stringify(body) });
      return { status: response.status, data: (await response.json()).data };
    };
    const created = await ask("POST", "hubspot", { metadata: { plan: "x" } });
    assert.deepEqual([created.status, created.data.state, created.data.enabled, created.data.metadata], [200, "added", true, { plan: "x" }]);
    assert.equal((await ask("POST", "hubspot/confirm", { confirm_token: "any" })).status, 401, "authorizing takes one step here");
    const schema = (await ask("GET", "hubspot/leads/schema")).data;
    assert.deepEqual(schema.properties.email, { type: "string", description: "$['email']", example: "moss@fields.example" });
    assert.deepEqual((await ask("GET", "hubspot/leads/example")).data.example_response.name, "Moss Fields");
    assert.equal((await ask("GET", "hubspot/nothing/schema")).status, 404);
  });

  test("consents are recorded, newest first", async () => {
    const vault = sdk("consents");
    const resources = { "crm.contacts": { first_name: { read: true, write: false } } };
    const { updateConsentResponse: given } = await vault.connectionConsent.update({ ...crm("hubspot"), updateConsentRequest: { granted: true, resources } });
    assert.deepEqual([given.data.granted, given.data.resources], [true, resources]);
    await vault.connectionConsent.update({ ...crm("hubspot"), updateConsentRequest: { granted: false, resources: "*" } });
    const { getConsentRecordsResponse: { data } } = await vault.connectionConsents.list(crm("hubspot"));
    assert.deepEqual(data.map(({ granted }) => granted), [false, true]);
    const connection = dataOf(await vault.connections.get(crm("hubspot")));
    assert.deepEqual([connection.consentState, connection.latestConsent.granted], ["denied", false]);
  });

  test("logs hold the consumer's own calls", async () => {
    const vault = sdk("logged");
    await vault.connections.get(crm("hubspot"));
    const page = (await vault.logs.list({}))[Symbol.asyncIterator]();
    const { value } = await page.next();
    assert.equal(value.getLogsResponse.data[0].path, "/vault/connections/crm/hubspot");
    assert.ok(value.getLogsResponse.data.every(({ consumerId }) => consumerId === "logged"));
  });

  test("logs come in pages that asking does not move, and can be filtered", async () => {
    const vault = sdk("paged");
    for (let i = 0; i < 5; i++) await vault.connections.get(crm("hubspot"));
    await assert.rejects(vault.connections.get(crm("nobody")));
    const ids = [];
    for await (const page of await vault.logs.list({ limit: 2 })) ids.push(...page.getLogsResponse.data.map(({ id }) => id));
    assert.equal(ids.length, 6);
    assert.equal(new Set(ids).size, 6, "each once");
    const found = async (filter) => (await (await vault.logs.list({ filter, limit: 200 }))[Symbol.asyncIterator]().next()).value.getLogsResponse.data;
    assert.equal((await found({ connectorId: "hubspot", path: "/connections/" })).length, 6, "a connector is not filtered by, as documented");
    assert.deepEqual((await found({ statusCodes: [404, 500] })).map(({ path }) => path), ["/vault/connections/crm/nobody"]);
    assert.equal((await found({ path: "/crm/nobody", pathMatchMode: "ENDS_WITH" })).length, 1);
    assert.equal((await found({ path: "/vault/connections/crm", pathMatchMode: "EXACT" })).length, 0);
    assert.equal((await found({ httpMethods: ["post", "PATCH"] })).length, 0);
    assert.equal((await found({ excludeUnifiedApis: "vault, accounting" })).length, 0, "every call is one of vault");
    assert.ok((await found({ excludeUnifiedApis: "crm" })).length > 6);
    assert.equal((await found({ endDate: new Date("2020-01-01") })).length, 0);
    assert.ok((await found({ startDate: new Date("2020-01-01") })).length > 6);
    await assert.rejects(vault.logs.list({ cursor: "x" }), { statusCode: 400 });
    await assert.rejects(vault.logs.list({ limit: 201 }), { statusCode: 400 });
  });

  test("a session's token takes the place of key, consumer and app, and is good for no other consumer", async () => {
    const { createSessionResponse: { data } } = await sdk("own").sessions.create({});
    const key = `Bearer ${data.sessionToken}`;
    const ask = (headers) => fetch(`${mock.url}/vault/connections`, { headers: { authorization: key, ...headers } });
    assert.equal((await ask({})).status, 200);
    assert.equal((await ask(keys("own", { app: appId, key }))).status, 200);
    assert.equal((await ask({ "x-apideck-consumer-id": "somebody else" })).status, 401);
    const { "x-apideck-consumer-id": _, ...ofNoConsumer } = keys("own", { app: appId, key, "x-apideck-auth-type": "JWT" });
    assert.equal((await fetch(`${mock.url}/vault/consumers`, { headers: ofNoConsumer })).status, 401, "not for consumers");
  });
});
