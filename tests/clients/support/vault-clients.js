// The SDKs' methods of vault under one set of names, each checked: what the SDK made of an answer is compared with the
// answer, and the members that it left out are kept in `dropped`.

import assert from "node:assert/strict";

const camel = (word) => word.replace(/_+([a-z])/g, (_, letter) => letter.toUpperCase());
const camelKeys = (value) => {
  if (Array.isArray(value)) return value.map(camelKeys);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [camel(key), camelKeys(member)]));
};

// Calls `found(name, value)` for each member of the answer that the model does not have; a value that became another
// fails. Names that the user chose stay as they are, those of metadata are held apart, and
// @apideck/node calls a member _configuration.
function compare(raw, model, found, place = "") {
  assert.ok(model?.isUnknown !== true, `${place} is unknown to the SDK: ${JSON.stringify(raw)}`);
  if (Array.isArray(raw)) {
    assert.equal(model.length, raw.length, place);
    raw.forEach((item, i) => compare(item, model[i], found, `${place}/${i}`));
  } else if (raw !== null && typeof raw === "object") {
    for (const [name, value] of Object.entries(raw)) {
      const member = [model[camel(name)], model[name], model[`_${name}`], model.additionalProperties?.[name]].find((each) => each !== undefined);
      if (member === undefined) found(name, value);
      else compare(value, member, found, `${place}/${name}`);
    }
  } else if (model instanceof Date) assert.equal(model.getTime(), Date.parse(raw), place);
  else assert.deepEqual(model, raw, place);
}

class Checked {
  dropped = new Set();

  // → the model's data, in this client's names
  data(raw, model) {
    compare(raw, model, (name, value) => this.drop(name, value));
    return model.data;
  }

  drop(name) {
    this.dropped.add(name);
  }
}

export class Unify extends Checked {
  constructor({ Apideck, HTTPClient }, options) {
    super();
    this.answers = [];
    const httpClient = new HTTPClient();
    httpClient.addHook("response", async (answer) => {
      const text = await answer.clone().text();
      this.answers.push(text && JSON.parse(text));
    });
    this.vault = (more) => new Apideck({ ...options, ...more, httpClient, retryConfig: { strategy: "none" } }).vault;
    this.names = camelKeys;
  }

  async of(promise) {
    const result = await promise;
    const raw = this.answers.at(-1);
    const [model] = Object.entries(result?.result ?? result ?? {}).flatMap(([name, value]) => (/Response$/.test(name) && value ? [value] : []));
    return raw ? this.data(raw, model) : undefined;
  }

  for(consumerId, appId) {
    const vault = this.vault({ consumerId, ...(appId && { appId }) });
    const call = (group, method, input) => this.of(vault[group][method](input));
    // The current generation holds what the user chose apart from the names that it knows.
    const metadataOf = (metadata) => metadata && { metadata: vault.connectionConsent ? { additionalProperties: metadata } : metadata };
    return {
      session: (session) => call("sessions", "create", { session: camelKeys(session) }),
      list: (input = {}) => call("connections", "list", input),
      get: (place) => call("connections", "get", place),
      update: (place, { metadata, ...connection }) => call("connections", "update", { ...place, connection: { ...connection, ...metadataOf(metadata) } }),
      remove: (place) => call("connections", "delete", place),
      imports: (place, data) => call("connections", "imports", { ...place, connectionImportData: camelKeys(data) }),
      token: (place) => call("connections", "token", place),
      settings: (place) => call("connectionSettings", "list", place),
      setSettings: (place, configuration) => call("connectionSettings", "update", { ...place, connection: { configuration } }),
      fields: (place) => call("customFields", "list", place),
      mappings: (place) => call("customMappings", "list", place),
      mappingsOf: (place) => call("connectionCustomMappings", "list", place),
      validate: (place) => call("validateConnection", "state", place),
      callbackState: (place, redirectUri) => call("createCallback", "state", { ...place, createCallbackState: { redirectUri } }),
      ...(vault.connectionConsent && {
        consent: (place, granted, resources) => call("connectionConsent", "update", { ...place, updateConsentRequest: { granted, resources } }),
        consents: (place) => call("connectionConsents", "list", place),
        migrate: (place, targetServiceId) => call("connections", "migrate", { ...place, connectionMigrateData: { targetServiceId } }),
      }),
      addConsumer: (consumer) => call("consumers", "create", { createConsumerRequest: camelKeys(consumer), consumer: camelKeys(consumer) }),
      updateConsumer: (id, metadata) => call("consumers", "update", { consumerId: id, updateConsumerRequest: { metadata: camelKeys(metadata) } }),
      consumer: (id) => call("consumers", "get", { consumerId: id }),
      removeConsumer: (id) => call("consumers", "delete", { consumerId: id }),
      counts: (id, start, end) => call("consumerRequestCounts", "list", { consumerId: id, startDatetime: start, endDatetime: end }),
      consumers: (limit) => this.pages(vault.consumers.list({ limit })),
      logs: (limit, filter) => this.pages(vault.logs.list({ limit, filter: camelKeys(filter) })),
    };
  }

  async pages(promise) {
    const all = [];
    for await (const page of await promise) all.push(...(await this.of(page)));
    return all;
  }
}

export class Node extends Checked {
  constructor({ Apideck }, options) {
    super();
    this.vault = (more) =>
      new Apideck({ ...options, basePath: options.serverURL, ...more }).vault.withPostMiddleware(async ({ response }) => {
        const text = response.ok ? await response.clone().text() : "";
        this.raw = text && JSON.parse(text);
      });
    this.names = (value) => value;
  }

  // It makes undefined of null.
  drop(name, value) {
    if (value !== null) super.drop(name);
  }

  async of(promise) {
    const model = await promise;
    return this.raw ? this.data(this.raw, model) : undefined;
  }

  for(consumerId, appId) {
    const vault = this.vault({ consumerId, ...(appId && { appId }) });
    const call = (method, input) => this.of(vault[method](input));
    const pages = async (method, input) => {
      const all = [];
      for (let cursor; cursor !== null; cursor = this.raw.meta.cursors.next) all.push(...(await call(method, { ...input, cursor })));
      return all;
    };
    return {
      session: (session) => call("sessionsCreate", { session }),
      list: (input = {}) => call("connectionsAll", input),
      get: (place) => call("connectionsOne", place),
      update: (place, connection) => call("connectionsUpdate", { ...place, connection }),
      remove: (place) => call("connectionsDelete", place),
      imports: (place, connection) => call("connectionsImport", { ...place, connection }),
      token: (place) => call("connectionsToken", place),
      settings: (place) => call("connectionSettingsAll", place),
      setSettings: (place, configuration) => call("connectionSettingsUpdate", { ...place, connection: { _configuration: configuration } }),
      fields: (place) => call("customFieldsAll", place),
      mappings: (place) => call("customMappingsAll", place),
      mappingsOf: (place) => call("connectionCustomMappingsAll", place),
      validate: (place) => call("validateConnectionState", place),
      callbackState: (place, redirect_uri) => call("createCallbackState", { ...place, createCallbackState: { redirect_uri } }),
      addConsumer: (consumer) => call("consumersAdd", { consumer }),
      updateConsumer: (id, metadata) => call("consumersUpdate", { consumerId: id, consumer: { metadata } }),
      consumer: (id) => call("consumersOne", { consumerId: id }),
      removeConsumer: (id) => call("consumersDelete", { consumerId: id }),
      counts: (id, start, end) => call("consumerRequestCountsAll", { consumerId: id, startDatetime: start, endDatetime: end }),
      consumers: (limit) => pages("consumersAll", { limit }),
      logs: (limit, filter) => pages("logsAll", { limit, filter }),
    };
  }
}
