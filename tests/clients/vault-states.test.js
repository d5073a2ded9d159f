// Every method of vault of the vendor's TypeScript SDKs, of three generations, in every state of a connection: nothing of
// an answer is undefined in the model, or of an unknown kind, that the SDK has a name for.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";

import * as node from "@apideck/node";

import { mockForThisSuite } from "../support/program.js";
import { keys } from "../support/vault.js";
import { apiKey, appId } from "./support/example.js";
import { typedStatuses, untypedStatuses } from "./support/vendor-error.js";
import { Node, Unify } from "./support/vault-clients.js";

const connectors = [
  { unifiedApi: "crm", serviceId: "hubspot", resource: "contacts" }, // oauth2 by authorization_code
  { unifiedApi: "crm", serviceId: "zoho-crm", resource: "leads" }, // the same, with required settings and options
  { unifiedApi: "hris", serviceId: "personio", resource: "employees" }, // oauth2 by client_credentials
  { unifiedApi: "crm", serviceId: "pipedrive", resource: "leads" }, // apiKey
  { unifiedApi: "hris", serviceId: "bamboohr", resource: "employees" }, // basic
  { unifiedApi: "accounting", serviceId: "netsuite", resource: "invoices" }, // custom
  { unifiedApi: "lead", serviceId: "webhook-leads", resource: "leads" }, // none
];

const unify = async (name) => ({ ...(await import(name)), ...(await import(`${name}/lib/http.js`)) });
// In settings of a resource, which the vendor does not describe: the resource, and a field's value.
const undescribed = ["resource", "value"];
const laterAdded = ["application_data_scopes", "consent_state", "consents", "credentials_expire_at", "health", "last_downstream_error_at", "last_refresh_failed_at"];
const generations = [
  { title: "@apideck/unify 0.52.2", Client: Unify, sdk: await unify("@apideck/unify"), dropped: undescribed },
  { title: "@apideck/unify 0.22.1", Client: Unify, sdk: await unify("@apideck/unify-0.22"), dropped: [...laterAdded, ...undescribed] },
  { title: "@apideck/node 3.8.0", Client: Node, sdk: node, dropped: [...laterAdded, "option_type", ...undescribed] },
];

const valueOf = ({ type, options }) => (options?.length ? (options[0].options ?? options)[0].value : type === "checkbox" ? true : "a value");

for (const { title, Client, sdk, dropped } of generations) {
  describe(title, () => {
    const mock = mockForThisSuite();
    let client;
    before(() => (client = new Client(sdk, { apiKey, appId, serverURL: mock.url })));

    const comeBack = async (authorizeUrl, more = "") => {
      const state = new URL(authorizeUrl).searchParams.get("state");
      const answer = await fetch(`${mock.url}/vault/callback?state=${state}&code=a-code${more}`);
      await answer.text();
    };

    test("sessions, and the list of connections", async () => {
      const vault = client.for("session");
      const made = client.names(await vault.session({ redirect_uri: "https://app.example", settings: { unified_apis: ["crm"] } }));
      assert.ok((made.sessionUri ?? made.session_uri).endsWith(`/${made.sessionToken ?? made.session_token}`));
      assert.ok((await vault.list()).length >= 20);
      assert.equal((await vault.list({ configured: true })).length, 0);
      assert.ok((await vault.list({ api: "hris" })).length >= 2);
    });

    const kinds = { 400: "BadRequestResponse", 401: "UnauthorizedResponse", 402: "PaymentRequiredResponse", 404: "NotFoundResponse", 422: "UnprocessableResponse" };
    for (const status of [...typedStatuses, ...untypedStatuses]) {
      test(`the error ${status} of connections, mappings and logs`, async () => {
        const vault = client.for(`error-${status}`);
        const place = { unifiedApi: "crm", serviceId: "hubspot" };
        for (const call of [() => vault.list(), () => vault.get(place), () => vault.remove(place), () => vault.mappings(place), () => vault.logs(1)]) {
          const [{ reason }] = await Promise.allSettled([call()]);
          if (Client === Unify) assert.deepEqual([reason?.name, reason?.statusCode ?? reason?.httpMeta.response.status], [kinds[status] ?? "APIError", status], String(reason));
          else assert.deepEqual([reason?.constructor.name, reason?.status], ["Response", status], String(reason));
        }
      });
    }

    for (const connector of connectors) {
      const { unifiedApi, serviceId, resource } = connector;
      test(`${unifiedApi}/${serviceId} in every state`, async () => {
        const vault = client.for(`states of ${serviceId}`);
        const place = { unifiedApi, serviceId };
        const read = async () => {
          for (const method of ["settings", "fields", "mappingsOf"]) assert.ok(await vault[method](connector), method);
          for (const method of ["mappings", "validate", "consents"]) assert.ok(!vault[method] || (await vault[method](place)), method);
          assert.ok((await vault.list()).length > 0);
          const connection = await vault.get(place);
          return { ...connection, authorizeUrl: connection.authorizeUrl ?? connection.authorize_url, formFields: connection.formFields ?? connection.form_fields };
        };
        assert.equal((await read()).state, "available");
        await vault.update(place, { enabled: true, metadata: { plan: "gold" } });
        const added = await read();
        assert.equal(added.metadata.additionalProperties?.plan ?? added.metadata.plan, "gold");
        if (added.authorizeUrl) {
          await comeBack(added.authorizeUrl, "&error=server_error");
          assert.equal((await read()).state, "invalid");
          await comeBack(added.authorizeUrl);
          await read();
        }
        const settings = Object.fromEntries(added.formFields.map((field) => [field.id, valueOf(field)]));
        assert.deepEqual((await vault.update(place, { settings })).settings, settings);
        if ((added.oauthGrantType ?? added.oauth_grant_type) === "client_credentials") await vault.token(place);
        assert.equal((await read()).state, "callable");
        const config = await vault.settings(connector);
        const defaults = (config.formFields ?? config.form_fields).map((field) => ({ id: field.id, value: valueOf(field) }));
        await vault.setSettings(connector, [{ resource, defaults }]);
        if (vault.consent) {
          await vault.consent(place, true, { [resource]: { name: { read: true, write: false } } });
          await read();
          await vault.consent(place, false, "*");
          assert.equal((await read()).consentState, "denied");
        }
        assert.equal((await vault.update(place, { enabled: false })).enabled, false);
        await read();
        await vault.remove(place);
        assert.equal((await read()).state, "available");
      });
    }

    test("a custom mapping that has a value", async () => {
      const place = { unifiedApi: "crm", serviceId: "hubspot" };
      const vault = client.for("mappings");
      await vault.update(place, { enabled: true });
      const [{ id }] = await vault.mappings(place);
      const headers = keys("mappings", { app: appId, key: `Bearer ${apiKey}`, "content-type": "application/json" });
      const answer = await fetch(`${mock.url}/vault/custom-mappings/crm/hubspot/${id}`, { method: "POST", headers, body: '{"value": "$.a"}' });
      assert.equal(answer.status, 200, await answer.text());
      assert.equal((await vault.mappings(place))[0].value, "$.a");
      await vault.get(place);
    });

    test("imports, migrations and states for a callback", async () => {
      const vault = client.for("moves");
      const place = { unifiedApi: "crm", serviceId: "salesforce" };
      assert.equal((await vault.imports(place, { credentials: { access_token: "a", refresh_token: "r" } })).state, "callable");
      if (vault.migrate) assert.equal((await vault.migrate(place, "hubspot")).serviceId, "hubspot");
      assert.ok((await vault.callbackState(place, "https://app.example/done")).state);
    });

    test("consumers, in pages", async () => {
      const vault = client.for("ada", "an-app-for-consumers");
      const idOf = (consumer) => consumer.consumerId ?? consumer.consumer_id;
      assert.equal(idOf(await vault.addConsumer({ consumer_id: "ada", metadata: { email: "ada@quill.example" } })), "ada");
      await vault.addConsumer({ consumer_id: "ben" });
      const { metadata } = await vault.updateConsumer("ada", { user_name: "Ada" });
      assert.equal(metadata.userName ?? metadata.user_name, "Ada");
      await vault.update({ unifiedApi: "crm", serviceId: "pipedrive" }, { settings: { api_key: "k" } });
      assert.equal((await vault.consumer("ada")).connections.length, 1);
      assert.deepEqual((await vault.consumers(1)).map(idOf).sort(), ["ada", "ben"]);
      const counted = await vault.counts("ada", "2020-01-01T00:00:00.000Z", "2040-01-01T00:00:00.000Z");
      assert.ok((counted.aggregatedRequestCount ?? counted.aggregated_request_count) >= 1);
      assert.equal(idOf(await vault.removeConsumer("ada")), "ada");
      await assert.rejects(vault.consumer("ada"), (error) => (error.statusCode ?? error.status) === 404);
    });

    test("logs, in pages", async () => {
      const vault = client.for("logs", "an-app-for-logs");
      for (let i = 0; i < 5; i++) await vault.get({ unifiedApi: "crm", serviceId: "hubspot" });
      await assert.rejects(vault.get({ unifiedApi: "crm", serviceId: "nobody" }));
      const logs = await vault.logs(2);
      assert.equal(new Set(logs.map(({ id }) => id)).size, 6, "each once");
      assert.deepEqual((await vault.logs(20, { status_code: 404 })).map(({ path }) => path), ["/vault/connections/crm/nobody"]);
    });

    test("all that is left out of these answers is what the SDK has no name for", () => assert.deepEqual([...client.dropped].sort(), [...dropped].sort()));
  });
}
