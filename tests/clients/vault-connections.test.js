// The SDK's vault.connections.*, vault.consumers.* and their neighbours: its own models parse every answer.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { Apideck } from "@apideck/unify";

import { apiKey, appId } from "./support/example.js";
import { vaultMockForThisSuite } from "./support/vault-mock.js";

const crm = (serviceId) => ({ unifiedApi: "crm", serviceId });

describe("@apideck/unify on connections and consumers", () => {
  const mock = vaultMockForThisSuite();
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

  test("logs hold the consumer's own calls", async () => {
    const vault = sdk("logged");
    await vault.connections.get(crm("hubspot"));
    const page = (await vault.logs.list({}))[Symbol.asyncIterator]();
    const { value } = await page.next();
    assert.equal(value.getLogsResponse.data[0].path, "/vault/connections/crm/hubspot");
    assert.ok(value.getLogsResponse.data.every(({ consumerId }) => consumerId === "logged"));
  });

  test("a session's token stands for key, consumer and app, and for no other consumer", async () => {
    const { createSessionResponse: { data } } = await sdk("own").sessions.create({});
    const ask = (headers) => fetch(`${mock.url}/vault/connections`, { headers: { authorization: `Bearer ${data.sessionToken}`, ...headers } });
    assert.equal((await ask({})).status, 200);
    assert.equal((await ask({ "x-apideck-consumer-id": "own", "x-apideck-app-id": appId })).status, 200);
    assert.equal((await ask({ "x-apideck-consumer-id": "somebody else" })).status, 401);
    assert.equal((await fetch(`${mock.url}/vault/consumers`, { headers: { authorization: `Bearer ${data.sessionToken}`, "x-apideck-app-id": appId, "x-apideck-auth-type": "JWT" } })).status, 401, "not for consumers");
  });
});
