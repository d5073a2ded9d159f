// Plays the API as applications use it, and keeps every exchange: { method, path, accept, status, type, body, state }.

import { keys } from "../support/vault.js";
import { operationsOf } from "./documents.js";

// One connector of each way to authenticate, and those whose fields have options.
const connectors = [
  { id: "crm/hubspot", resource: "contacts" }, // oauth2 by authorization_code
  { id: "crm/zoho-crm", resource: "leads" }, // the same, with required settings and options
  { id: "hris/personio", resource: "employees" }, // oauth2 by client_credentials
  { id: "crm/pipedrive", resource: "leads" }, // apiKey
  { id: "hris/bamboohr", resource: "employees" }, // basic
  { id: "accounting/netsuite", resource: "invoices" }, // custom
  { id: "lead/webhook-leads", resource: "leads" }, // none
  { id: "email-marketing/mailchimp", resource: "lists" }, // an API that logs cannot name
];
const errors = [400, 401, 402, 404, 409, 422, 429, 500, 503];
const day = { start_datetime: "2020-01-01T00:00:00.000Z", end_datetime: "2040-01-01T00:00:00.000Z" };

export class Player {
  exchanges = [];
  state = ""; // of the connection under way, for the report

  constructor(url, app = "vendor-app") {
    this.url = url;
    this.app = app;
  }

  // → the answer, its body read when it is JSON
  async call(method, path, body, { headers = {}, consumer = "test_user_id" } = {}) {
    const sent = { ...keys(consumer, { app: this.app }), ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers };
    for (const name of Object.keys(sent)) if (sent[name] === undefined) delete sent[name];
    const answer = await fetch(this.url + path, {
      method, headers: sent, body: body === undefined ? undefined : JSON.stringify(body), redirect: "manual",
    });
    const text = await answer.text();
    const type = (answer.headers.get("content-type") ?? "").replace(/;.*/, "");
    this.exchanges.push({ method, path: path.replace(/[?].*/, ""), accept: headers.accept, status: answer.status, type, body: text, state: this.state });
    return { status: answer.status, headers: answer.headers, data: type === "application/json" ? JSON.parse(text).data : undefined };
  }

  // Everything that can be read about one connection.
  async read({ id, resource }, state) {
    this.state = `${id} ${state}`;
    const place = `/vault/connections/${id}`;
    const { data } = await this.call("GET", place);
    await this.call("POST", `${place}/validate`, {});
    await this.call("GET", `${place}/consent`);
    for (const each of ["config", "schema", "example", "custom-fields", "custom-mappings"]) await this.call("GET", `${place}/${resource}/${each}`);
    await this.call("GET", `/vault/custom-mappings/${id}`);
    this.state = "";
    return data;
  }

  // To the provider. → the state that it sends back
  async authorize({ authorize_url }, nonce) {
    const { pathname, searchParams } = new URL(authorize_url);
    searchParams.set("redirect_uri", "https://app.example/done");
    if (nonce) searchParams.set("nonce", nonce);
    const { headers } = await this.call("GET", `${pathname}?${searchParams}`);
    return new URL(headers.get("location"), this.url).searchParams.get("state");
  }

  // In two steps: the credentials count once they are confirmed.
  async authorizeInTwoSteps(id) {
    await this.call("PUT", "/_mock/oauth", { confirm: true });
    const state = await this.authorize((await this.call("GET", `/vault/connections/${id}`)).data, "a-nonce");
    const { headers } = await this.call("GET", `/vault/callback?state=${state}&code=a-code`);
    await this.read({ id, resource: "contacts" }, "pending_confirmation");
    const confirm_token = new URLSearchParams(new URL(headers.get("location")).hash.slice(1)).get("confirm_token");
    for (let i = 0; i < 2; ++i) await this.call("POST", `/vault/connections/${id}/confirm`, { confirm_token }); // the second is too late
    await this.call("PUT", "/_mock/oauth", { confirm: false });
  }

  // A connection through its states. → those that were seen
  async live(connector) {
    const { id, resource } = connector;
    const place = `/vault/connections/${id}`;
    const seen = [];
    const look = async (what) => {
      const connection = await this.read(connector, what);
      seen.push(connection.state);
      return connection;
    };
    await look("available");
    await this.call("POST", place, { enabled: true, metadata: { plan: "gold" } });
    const added = await look("added");
    if (added.authorize_url) {
      const state = await this.authorize(added);
      await this.call("GET", `/vault/callback?state=${state}&error=server_error`);
      await look("invalid");
      await this.call("GET", `/vault/callback?state=${state}&code=a-code`);
      await look("authorized");
    }
    const settings = Object.fromEntries(added.form_fields.map((field) => [field.id, field.options?.[0].value ?? (field.type === "checkbox" ? true : "a value")]));
    await this.call("PATCH", place, { settings });
    if (added.oauth_grant_type === "client_credentials") await this.call("POST", `${place}/token`, {});
    await look("callable");
    const { data: config } = await this.call("GET", `${place}/${resource}/config`);
    const defaults = config.form_fields.map((field) => ({ id: field.id, value: field.options?.[0].value ?? "a value" }));
    await this.call("PATCH", `${place}/${resource}/config`, { configuration: [{ resource, defaults }] });
    for (const mapping of added.custom_mappings) {
      const mapped = `/vault/custom-mappings/${id}/${encodeURIComponent(mapping.id)}`;
      await this.call("GET", mapped);
      await this.call("POST", mapped, { value: "$['email']" });
      await this.call("PATCH", mapped, { value: "$['name']" });
      await this.call("GET", mapped);
      await this.call("DELETE", mapped);
      await this.call("DELETE", mapped);
    }
    await this.call("PATCH", `${place}/consent`, { granted: true, resources: { [resource]: { name: { read: true, write: false } } } });
    await this.call("PATCH", `${place}/consent`, { granted: false, resources: "*" });
    await look("configured, denied");
    await this.call("PATCH", `${place}/consent`, { granted: true, resources: "*" });
    await this.call("PATCH", place, { enabled: false });
    await look("disabled");
    await this.call("GET", "/vault/connections");
    await this.call("DELETE", place);
    await look("deleted");
    await this.call("DELETE", place);
    return seen;
  }

  async moves() {
    const credentials = { access_token: "a", refresh_token: null, issued_at: "2026-01-01T00:00:00Z", expires_in: 3600 };
    await this.call("POST", "/vault/connections/crm/salesforce/import", { credentials, settings: null, metadata: { plan: "gold" } });
    const { data } = await this.call("GET", "/vault/connections/crm/salesforce");
    await this.call("POST", "/vault/connections/crm/salesforce/migrate", { target_service_id: "hubspot" });
    await this.call("POST", "/vault/connections/crm/salesforce/migrate", { target_service_id: "hubspot" });
    await this.call("POST", "/vault/connections/crm/salesforce", { enabled: true });
    await this.call("POST", "/vault/connections/crm/salesforce/migrate", { target_service_id: "hubspot" }); // 409
    await this.call("POST", "/vault/connections/crm/salesforce/migrate", { target_service_id: "pipedrive" }); // another way to authenticate
    await this.call("POST", "/vault/connections/crm/salesforce/callback-state", { redirect_uri: "https://app.example/done" });
    await this.call("POST", "/vault/connections/crm/salesforce/confirm", { confirm_token: "00000000-0000-4000-8000-000000000000" });
    await this.authorizeInTwoSteps("crm/salesforce");
    await this.call("POST", "/vault/connections/crm/pipedrive/token", {});
    const state = new URL(data.revoke_url).searchParams.get("state");
    await this.call("GET", `${new URL(data.revoke_url).pathname}?state=${state}&redirect_uri=https://app.example/done`);
    await this.call("GET", `/vault/oauth/disconnect/${state}/salesforce`);
    await this.call("POST", `/vault/oauth/disconnect/${state}/salesforce`, { account: "1" });
    await this.call("POST", "/vault/oauth/disconnect/not.a.token/salesforce", { account: "1" });
    await this.call("GET", "/vault/authorize/hubspot/vendor-app?state=broken&redirect_uri=https://app.example/done");
    await this.call("GET", "/vault/callback?state=broken&code=a-code");
  }

  async consumers() {
    const metadata = { account_name: "SpaceX", user_name: "Elon Musk", email: "elon@musk.com", image: "https://spacex.example/i.jpg" };
    for (const consumer_id of ["alpha", "beta-1", "beta-2"]) await this.call("POST", "/vault/consumers", { consumer_id, metadata });
    await this.call("GET", "/vault/consumers");
    await this.call("GET", "/vault/consumers?filter[consumer_id]=beta");
    await this.call("GET", "/vault/consumers?filter[search]=musk&limit=1");
    await this.call("GET", "/vault/consumers?cursor=1&limit=1");
    await this.call("GET", "/vault/consumers?limit=0");
    await this.call("PATCH", "/vault/consumers/alpha", { metadata: { user_name: "Ada" } });
    await this.call("GET", "/vault/consumers/test_user_id");
    await this.call("GET", `/vault/consumers/test_user_id/stats?${new URLSearchParams(day)}`);
    await this.call("GET", "/vault/consumers/test_user_id/stats");
    await this.call("DELETE", "/vault/consumers/alpha");
    for (const method of ["GET", "PATCH", "DELETE"]) await this.call(method, "/vault/consumers/nobody", method === "PATCH" ? {} : undefined);
  }

  // The pages for people, which the project's own document describes: each as it should be, and refused.
  async pages() {
    const html = { headers: { accept: "text/html" } };
    const { data } = await this.call("POST", "/vault/sessions", {});
    const connection = (await this.call("GET", "/vault/connections/crm/hubspot")).data;
    const state = await this.authorize(connection);
    const places = (token) => [`/session/${token}`, `/integrations/crm/hubspot?jwt=${token}`];
    for (const path of [...places(data.session_token), ...places("a.b.c"), "/integrations/crm/hubspot"]) await this.call("GET", path, undefined, html);
    for (const path of ["/_vault-js/", "/oauth/callback", "/oauth/callback?opener=severed", `/provider/hubspot?state=${state}`]) await this.call("GET", path, undefined, html);
    await this.call("DELETE", `/_mock/sessions/${data.session_token}`);
    for (const path of places(data.session_token)) await this.call("GET", path, undefined, html);
    const broken = ["/provider/hubspot?state=broken", "/provider/hubspot", "/vault/callback?state=broken&code=c", ...["authorize", "revoke"].map((what) => `/vault/${what}/hubspot/vendor-app?state=broken&redirect_uri=https://app.example`)];
    for (const path of broken) for (const headers of [{ accept: "text/html" }, {}]) await this.call("GET", path, undefined, { headers });
  }

  async sessionsAndLogs() {
    await this.call("POST", "/vault/sessions");
    const { data } = await this.call("POST", "/vault/sessions", { settings: { unified_apis: ["crm"] }, theme: { vault_name: "A" } });
    const bySession = { authorization: `Bearer ${data.session_token}`, "x-apideck-app-id": undefined, "x-apideck-consumer-id": undefined };
    await this.call("GET", "/vault/connections", undefined, { headers: bySession });
    await this.call("GET", "/vault/connections", undefined, { headers: { "x-apideck-consumer-id": undefined } });
    await this.call("GET", "/vault/connections?api=anything&configured=true");
    const filters = ["", "filter[http_method]=GET", "filter[path]=/vault/connections&filter[path_match_mode]=STARTS_WITH", "filter[connector_id]=hubspot",
      "filter[status_codes][]=404&filter[status_codes][]=409", "filter[exclude_unified_apis]=vault", "filter[start_date]=2020-01-01T00:00:00Z",
      "filter[status_code]=9", "filter[start_date]=yesterday"];
    for (const filter of filters) await this.call("GET", `/vault/logs?limit=200&${filter}`);
    const first = await this.call("GET", "/vault/logs?limit=3");
    await this.call("GET", "/vault/logs?limit=3&cursor=" + JSON.parse(this.exchanges.at(-1).body).meta.cursors.next);
    return first;
  }

  // Each operation refused for want of credentials, of headers and of sense, unknown, and with every error asked for.
  async refusals(document) {
    const words = { unified_api: "crm", service_id: "hubspot", resource: "contacts", target_field_id: "crm+contacts+birthday", consumer_id: "beta-1", application_id: "vendor-app", jwt: "a.b.c" };
    for (const { path, method: name, operation, body } of operationsOf(document)) {
      if (!path.startsWith("/vault/")) continue;
      const method = name.toUpperCase();
      const filled = (others = {}) => path.replace(/\{(\w+)\}/g, (_, word) => encodeURIComponent({ ...words, ...others }[word]));
      const query = "?state=s&redirect_uri=https://app.example&code=c&" + new URLSearchParams(day);
      const valid = body && { consumer_id: "beta-1", value: "$.a", target_service_id: "salesforce", confirm_token: "t", granted: true, resources: "*" };
      if (operation.security?.length !== 0) {
        await this.call(method, filled(), body && {}, { headers: { authorization: undefined } });
        await this.call(method, filled(), body && {}, { headers: { "x-apideck-app-id": undefined } });
      }
      if (body) await this.call(method, filled(), [1]);
      if (/\{unified_api\}/.test(path)) await this.call(method, filled({ service_id: "no-such" }) + query, valid);
      if (/\{resource\}/.test(path)) await this.call(method, filled({ resource: "no-such" }) + query, valid);
      for (const code of errors) {
        const closed = body && Object.keys(jsonBody(document, body).properties ?? {});
        const sent = valid && Object.fromEntries(Object.entries(valid).filter(([key]) => closed.includes(key)));
        await this.call(method, filled() + query, sent, { headers: { prefer: `code=${code}` } });
      }
    }
  }
}

function jsonBody(document, body) {
  const { schema } = body.content["application/json"];
  return schema.$ref ? document.components.schemas[schema.$ref.split("/").at(-1)] : schema;
}

export async function playAll(player, document) {
  const seen = new Set();
  for (const connector of connectors) for (const state of await player.live(connector)) seen.add(state);
  await player.moves();
  await player.pages();
  await player.consumers();
  await player.sessionsAndLogs();
  await player.refusals(document);
  return seen;
}
