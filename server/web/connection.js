// One connection: connect, fill settings, authorise, switch off and on, delete, go back to the app.

import { returnUrl } from "./claims.js";
import { announce, drawing, element } from "./element.js";
import { formOf } from "./fields.js";
import { apiName, badge, iconOf } from "./list.js";
import { mappingsSection } from "./mappings.js";

const errors = {
  access_denied: "The provider says that access was denied. Nothing was changed.",
  server_error: "The provider failed. Try to authorise again.",
};

// What the callback adds to the address after a failure.
const failure = ["error_type", "error_message", "service_id"];

const usesBrowser = ({ authorize_url }) => Boolean(authorize_url);
const isConnected = ({ state }) => state === "callable" || state === "authorized";

// To the provider's page, and back to this one.
function leaveFor(url) {
  const here = new URL(location.href);
  for (const name of failure) here.searchParams.delete(name);
  here.searchParams.set("back", "1");
  location.assign(`${url}&redirect_uri=${encodeURIComponent(here.href)}`);
}

// What the address brought back from the provider's page; taken out of the address.
function takeReturn() {
  const here = new URL(location.href);
  const result = { error: here.searchParams.get("error_type"), isBack: here.searchParams.has("back") };
  for (const name of failure) here.searchParams.delete(name);
  here.searchParams.delete("back");
  if (result.error || result.isBack) history.replaceState(null, "", here.href);
  return result;
}

function confirmed(question, detail, yes) {
  return new Promise((resolve) => {
    const dialog = element("dialog", { "aria-labelledby": "question" },
      element("h2", { id: "question" }, question), element("p", {}, detail),
      element("form", { method: "dialog", class: "actions" },
        element("button", { value: "no" }, "Cancel"), element("button", { value: "yes", class: "danger filled" }, yes)));
    dialog.addEventListener("close", () => { resolve(dialog.returnValue === "yes"); dialog.remove(); });
    document.body.append(dialog);
    dialog.showModal();
  });
}

class ConnectionPage {
  constructor(context, connection) {
    this.context = context;
    this.connection = connection;
    this.node = element("div", {});
  }

  goesBackTo() {
    const { claims } = this.context;
    return claims.redirectUri ? returnUrl(claims.redirectUri, this.connection.service_id) : null;
  }

  // A step that ended well: say so, and leave when the session asks for it.
  settle(connection, words) {
    const wasCallable = this.connection.state === "callable";
    this.connection = connection;
    const url = this.goesBackTo();
    if (connection.state === "callable" && connection.enabled && !wasCallable && this.context.claims.autoRedirect && url) return location.assign(url);
    this.draw();
    announce(words);
    const heading = this.node.querySelector("h1");
    if (!document.activeElement || document.activeElement === document.body) heading.focus();
  }

  async update(changes, words) {
    const connection = await this.context.attempt(() => this.context.api.update(this.connection, changes));
    if (connection) this.settle(connection, words(connection));
  }

  async connect() {
    const { api, attempt } = this.context;
    const connection = await attempt(() => api.update(this.connection, { enabled: true }));
    if (!connection) return;
    if (usesBrowser(connection)) return leaveFor(connection.authorize_url);
    this.settle(connection, connection.state === "callable" ? "Connected." : "Added. Fill in the settings to connect.");
  }

  async authorise() {
    const { api, attempt } = this.context;
    if (usesBrowser(this.connection)) return leaveFor(this.connection.authorize_url);
    const connection = await attempt(() => api.fetchToken(this.connection));
    if (connection) this.settle(connection, "Authorised.");
  }

  async disconnect() {
    if (usesBrowser(this.connection)) return leaveFor(this.connection.revoke_url);
    const required = this.connection.form_fields.filter((field) => field.required);
    await this.update({ settings: Object.fromEntries(required.map(({ id }) => [id, null])) }, () => "Disconnected.");
  }

  async remove() {
    const { name } = this.connection;
    if (!(await confirmed(`Delete the connection to ${name}?`, "Its settings and its authorisation are forgotten.", "Delete"))) return;
    const { api, attempt } = this.context;
    if ((await attempt(async () => { await api.remove(this.connection); return true; })) !== true) return;
    announce(`The connection to ${name} was deleted.`);
    location.hash = "#/";
  }

  steps() {
    const { state, auth_type, name, form_fields } = this.connection;
    const button = (text, action) => element("button", { class: "primary", type: "button", on: { click: () => action.call(this) } }, text);
    if (state === "available") return this.offer(button(`Connect ${name}`, this.connect));
    const needsGrant = auth_type === "oauth2" && (state === "added" || state === "invalid");
    const needsSettings = !usesBrowser(this.connection) && form_fields.some((field) => field.required && !this.connection.settings?.[field.id]);
    if (needsGrant && needsSettings) return element("p", { class: "notice" }, "Fill in the settings, then authorise.");
    if (needsGrant) return element("div", { class: "actions" }, button(state === "invalid" ? "Authorise again" : "Authorise", this.authorise));
    const url = this.goesBackTo();
    if (state === "callable" && url) return element("div", { class: "actions" }, element("a", { class: "button primary", href: url }, "Return to the app"));
    return null;
  }

  // What connecting takes and gives, before anything was done.
  offer(button) {
    const { name, auth_type, form_fields, resource_schema_support: resources = [] } = this.connection;
    const wanted = form_fields.filter((field) => field.required && !field.hidden).map(({ label, id }) => label ?? id);
    const way = usesBrowser(this.connection) ? `You go to ${name}, allow access there, and come back.`
      : auth_type === "none" ? "Nothing has to be signed in to." : "You give its settings here.";
    const facts = [
      ["How", way],
      wanted.length > 0 ? ["Have ready", wanted.join(", ")] : null,
      resources.length > 0 ? ["Shares", resources.map(apiName).join(", ")] : null,
    ].filter(Boolean);
    return element("div", { class: "card" },
      element("dl", { class: "facts" }, facts.map(([term, text]) => [element("dt", {}, term), element("dd", {}, text)])),
      element("div", { class: "actions" }, button));
  }

  settings() {
    const { form_fields, settings, state } = this.connection;
    if (state === "available" || form_fields.length === 0) return null;
    const save = (values) => this.update({ settings: values }, (connection) => (connection.state === "callable" ? "Saved. Connected." : "Saved."));
    return element("section", {}, element("h2", {}, "Settings"), formOf({ name: "Settings", prefix: "setting", fields: form_fields, values: settings ?? {}, save }));
  }

  resources() {
    const { configurable_resources: resources = [], state } = this.connection;
    if (this.context.claims.hideResourceSettings || state === "available" || resources.length === 0) return null;
    const { api, attempt } = this.context;
    const one = (resource) => {
      const place = element("div", {});
      const open = async (event) => {
        if (!event.target.open || place.childNodes.length > 0) return;
        const config = await attempt(() => api.config(this.connection, resource));
        const fields = config?.form_fields ?? [];
        const values = Object.fromEntries(fields.map((field) => [field.id, field.value]));
        const save = async (changes) => {
          if (await attempt(() => api.saveConfig(this.connection, resource, changes))) announce("Saved.");
        };
        place.replaceChildren(fields.length > 0 ? formOf({ name: apiName(resource), prefix: resource, fields, values, save }) : element("p", { class: "hint" }, "Nothing to set."));
      };
      return element("details", { on: { toggle: open } }, element("summary", {}, apiName(resource)), place);
    };
    return element("section", { class: "resources" }, element("h2", {}, "Resource settings"), resources.map(one));
  }

  guide() {
    const { has_guide, name } = this.connection;
    if (this.context.claims.hideGuides || !has_guide) return null;
    const steps = usesBrowser(this.connection)
      ? [`Sign in to ${name} as an administrator.`, "Allow access on the page that follows.", "Come back here and check the settings."]
      : [`Sign in to ${name} as an administrator.`, "Look up what the settings ask for.", "Enter it here and save."];
    return element("section", { class: "guide" }, element("h2", {}, "Guide"), element("ol", {}, steps.map((step) => element("li", {}, step))));
  }

  actions() {
    const { state, enabled, auth_type } = this.connection;
    const { allows } = this.context.claims;
    if (state === "available") return null;
    const button = (text, action, className) => element("button", { type: "button", class: className, on: { click: () => action() } }, text);
    const buttons = [
      allows("disable") && button(enabled ? "Disable" : "Enable", () => this.update({ enabled: !enabled }, (now) => (now.enabled ? "Enabled." : "Disabled."))),
      allows("reauthorize") && auth_type === "oauth2" && isConnected(this.connection) && button("Reauthorise", () => this.authorise()),
      allows("disconnect") && isConnected(this.connection) && auth_type !== "none" && button("Disconnect", () => this.disconnect()),
      allows("delete") && button("Delete", () => this.remove(), "danger"),
    ].filter(Boolean);
    if (buttons.length === 0) return null;
    return element("section", {}, element("h2", {}, "Manage"), element("div", { class: "actions" }, buttons));
  }

  draw(error) {
    const { connection, context } = this;
    this.node.replaceChildren(...[
      context.claims.isolated ? null : element("p", { class: "back" }, element("a", { href: "#/" }, "← All connections")),
      element("header", { class: "title" }, iconOf(context, connection, "icon large"),
        element("div", {}, element("h1", { tabindex: -1 }, connection.name), element("p", { class: "hint" }, connection.tag_line || apiName(connection.unified_api))),
        badge(connection)),
      error ? element("p", { class: "error", role: "alert" }, drawing("alert"), element("span", {}, errors[error] ?? errors.server_error)) : null,
      this.steps(), this.settings(), this.resources(), mappingsSection(context, connection), this.guide(), this.actions(),
    ].filter(Boolean));
  }
}

export async function connectionView(context, unified_api, service_id) {
  if (!context.claims.shows(unified_api)) return element("p", { class: "notice" }, "This integration is not part of your session.");
  const connection = await context.api.get({ unified_api, service_id });
  const { error, isBack } = takeReturn();
  const view = new ConnectionPage(context, connection);
  const url = view.goesBackTo();
  if (isBack && !error && connection.state === "callable" && connection.enabled && context.claims.autoRedirect && url) {
    location.assign(url);
    return view.node;
  }
  view.draw(error);
  return view.node;
}
