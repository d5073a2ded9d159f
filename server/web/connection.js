// One connection: connect, fill settings, authorize, switch off and on, delete, go back to the app.

import { returnUrl, safeUrl, urlWith } from "./claims.js";
import { announce, drawing, element } from "./element.js";
import { apiName, badge, iconOf } from "./list.js";
import { mappingsSection } from "./mappings.js";
import { askProvider } from "./popup.js";
import { confirmed, guideOf, isConnected, lacksSettings, needsGrant, offerOf, resourcesOf, settingsOf, usesBrowser, wordsOfReturn } from "./sections.js";
import { t } from "./words.js";

// What the provider's page adds to the address of this one on the way back.
const returned = ["error_type", "error_message", "service_id", "back"];

const lookEvery = 2000; // milliseconds
const looksForChange = 60;

// To the provider's page, and back to this one.
function leaveFor(url) {
  const here = new URL(location.href);
  returned.forEach((name) => here.searchParams.delete(name));
  here.searchParams.set("back", "1");
  location.assign(urlWith(url, { redirect_uri: here.href }));
}

// What the address brought back; taken out of it.
function takeReturn() {
  const here = new URL(location.href);
  const result = { error: here.searchParams.get("error_type"), isBack: here.searchParams.has("back") };
  returned.forEach((name) => here.searchParams.delete(name));
  if (result.error || result.isBack) history.replaceState(null, "", here.href);
  return result;
}

class ConnectionPage {
  constructor(context, connection) {
    this.context = context;
    this.connection = connection;
    this.only = context.options?.initialView; // the one part that is shown, if there is such a part
    this.node = element("div", {});
  }

  goesBackTo() {
    const { claims, options } = this.context;
    return claims.redirectUri && !options ? returnUrl(claims.redirectUri, this.connection.service_id) : null;
  }

  // A step that ended well: say so, and leave when the session asks for it.
  settle(connection, words) {
    const wasCallable = this.connection.state === "callable";
    this.connection = connection;
    this.context.changed?.(connection);
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
    if (usesBrowser(connection) && !this.context.options) return this.browse(connection.authorize_url);
    this.settle(connection, connection.state === "callable" ? t("Connected.") : t("Added. Fill in the settings to connect."));
    if (usesBrowser(connection)) await this.browse(connection.authorize_url);
  }

  async authorize() {
    const { api, attempt } = this.context;
    if (usesBrowser(this.connection)) return this.browse(this.connection.authorize_url);
    const connection = await attempt(() => api.fetchToken(this.connection));
    if (connection) this.settle(connection, t("Authorized."));
  }

  async disconnect() {
    if (usesBrowser(this.connection)) return this.browse(this.connection.revoke_url);
    const required = this.connection.form_fields.filter((field) => field.required);
    await this.update({ settings: Object.fromEntries(required.map(({ id }) => [id, null])) }, () => t("Disconnected."));
  }

  browse(url) {
    if (safeUrl(url) === null) return announce(t("The address of {name} is not one that a browser may be sent to.", { name: this.connection.name }), "trouble");
    return this.context.options ? this.askInWindow(url) : leaveFor(url);
  }

  // A page in a frame stays where it is, and asks in a window beside it.
  async askInWindow(url) {
    const { api, attempt } = this.context;
    const before = JSON.stringify(this.connection);
    announce(t("Continue in the window that opened."));
    const { blocked, error, confirmToken } = await askProvider(url);
    if (!this.node.isConnected) return;
    if (blocked) return announce(t("The browser blocked the window. Press the button once more."), "trouble");
    const connection = await attempt(async () => {
      if (confirmToken) await api.confirm(this.connection, confirmToken);
      return api.get(this.connection);
    });
    if (!connection) return;
    if (error) return this.redraw(connection, error);
    if (JSON.stringify(connection) !== before) return this.settle(connection, this.wordsAfterWindow(connection));
    if (isConnected(connection)) return announce(t("Nothing changed: the connection works as before."));
    announce(t("No answer came from the window. If you allowed access there, wait a moment, or authorize again."), "trouble");
    this.waitForChange(before);
  }

  // A window that lost its opener looks closed while it is open: what happens there shows in the connection alone.
  async waitForChange(before) {
    for (let look = 0; look < looksForChange; ++look) {
      await new Promise((done) => setTimeout(done, lookEvery));
      if (!this.node.isConnected || JSON.stringify(this.connection) !== before) return;
      const connection = await this.context.api.get(this.connection).catch(() => null);
      if (connection && this.node.isConnected && JSON.stringify(connection) !== before) return this.settle(connection, this.wordsAfterWindow(connection));
    }
  }

  redraw(connection, error) {
    this.connection = connection;
    this.context.changed?.(connection);
    this.draw(error);
  }

  wordsAfterWindow({ state, health }) {
    if (health === "pending_confirmation") return t("The provider's answer did not reach this page, so the connection is not confirmed. Authorize it again.");
    return isConnected({ state }) ? t("Connected.") : t("Disconnected.");
  }

  async remove() {
    const { name } = this.connection;
    if (!(await confirmed(t("Delete the connection to {name}?", { name }), t("Its settings and its authorization are forgotten."), t("Delete")))) return;
    const { api, attempt } = this.context;
    if ((await attempt(async () => { await api.remove(this.connection); return true; })) !== true) return;
    this.context.deleted?.(this.connection);
    this.context.farewell = t("The connection to {name} was deleted.", { name });
    this.context.go("");
  }

  steps() {
    const { connection } = this;
    const { state, enabled, name } = connection;
    const button = (text, action) => element("button", { class: "primary", type: "button", on: { click: () => action.call(this) } }, text);
    if (state === "available") return offerOf(connection, button(t("Connect {name}", { name }), this.connect));
    if (needsGrant(connection) && lacksSettings(connection)) return element("p", { class: "notice" }, t("Fill in the settings, then authorize."));
    const isUnconfirmed = connection.health === "pending_confirmation";
    if (needsGrant(connection) || isUnconfirmed)
      return element("div", { class: "actions" }, button(state === "invalid" || isUnconfirmed ? t("Authorize again") : t("Authorize"), this.authorize));
    if (!enabled) return element("p", { class: "notice" }, t("The connection is disabled: the app cannot use it."));
    const url = this.goesBackTo();
    if (state === "callable" && url) return element("div", { class: "actions" }, element("a", { class: "button primary", href: url }, t("Return to the app")));
    return null;
  }

  settings() {
    const save = (values) => this.update({ settings: values }, ({ state }) => (state === "callable" ? t("Saved. Connected.") : t("Saved.")));
    return settingsOf(this.connection, save);
  }

  resources() {
    return resourcesOf(this.context, this.connection, () => this.tellOfChange());
  }

  mappings() {
    return mappingsSection(this.context, this.connection, { isOpen: this.only === "custom-mapping", changed: () => this.tellOfChange() });
  }

  async tellOfChange() {
    if (!this.context.changed) return;
    const connection = await this.context.attempt(() => this.context.api.get(this.connection));
    if (connection) this.context.changed(connection);
  }

  actions() {
    const { state, enabled, auth_type } = this.connection;
    const { claims: { allows }, options } = this.context;
    if (state === "available") return null;
    const button = (text, action, className) => element("button", { type: "button", class: className, on: { click: () => action() } }, text);
    const buttons = [
      allows("disable") && button(enabled ? t("Disable") : t("Enable"), () => this.update({ enabled: !enabled }, (now) => (now.enabled ? t("Enabled.") : t("Disabled.")))),
      allows("reauthorize") && auth_type === "oauth2" && isConnected(this.connection) && button(t("Reauthorize"), () => this.authorize()),
      allows("disconnect") && isConnected(this.connection) && auth_type !== "none" && button(t("Disconnect"), () => this.disconnect()),
      allows("delete") && button(t("Delete"), () => this.remove(), "danger"),
    ].filter(Boolean);
    if (buttons.length === 0) return null;
    const row = element("div", { class: "actions" }, buttons);
    if (options && !options.showButtonLayout) return element("details", { class: "menu" }, element("summary", {}, t("Actions")), row);
    return element("section", { class: "manage" }, element("h2", {}, t("Manage")), row);
  }

  // The part that vault-js asked for, alone.
  onlyPart() {
    const parts = { settings: this.settings, "configurable-resources": this.resources, "custom-mapping": this.mappings };
    const part = Object.hasOwn(parts, this.only ?? "") ? parts[this.only].call(this) : null;
    if (part === null) return null;
    const showAll = () => {
      this.only = undefined;
      this.draw();
    };
    return [part, element("div", { class: "actions" }, element("button", { type: "button", on: { click: showAll } }, t("Show the whole connection")))];
  }

  parts() {
    const { context, connection } = this;
    const actions = this.actions();
    const isMenu = actions?.matches(".menu");
    return [isMenu ? actions : null, this.steps(), this.settings(), this.resources(), this.mappings(), guideOf(context, connection), isMenu ? null : actions];
  }

  draw(error) {
    const { connection, context } = this;
    this.node.replaceChildren(...[
      context.isSingle ? null : element("p", { class: "back" }, element("a", { href: "#/" }, `← ${t("All connections")}`)),
      element("header", { class: "title" }, iconOf(context, connection, "icon large"),
        element("div", {}, element("h1", { tabindex: -1 }, connection.name), element("p", { class: "hint" }, connection.tag_line || apiName(connection.unified_api))),
        badge(connection)),
      error ? element("p", { class: "error", role: "alert" }, drawing("alert"), element("span", {}, wordsOfReturn(error, connection))) : null,
      this.onlyPart() ?? this.parts(),
    ].flat().filter(Boolean));
  }
}

export async function connectionView(context, unified_api, service_id) {
  if (!context.claims.shows(unified_api)) return element("p", { class: "notice" }, t("This integration is not part of your session."));
  const connection = await context.api.get({ unified_api, service_id });
  const view = new ConnectionPage(context, connection);
  if (context.options) {
    view.draw();
    if (context.options.autoStartAuthorization && !context.wasStarted && usesBrowser(connection) && !isConnected(connection)) {
      context.wasStarted = true;
      context.afterwards = () => (connection.state === "available" ? view.connect() : view.authorize());
    }
    return view.node;
  }
  const { error, isBack } = takeReturn();
  const url = view.goesBackTo();
  if (isBack && !error && connection.state === "callable" && connection.enabled && context.claims.autoRedirect && url) {
    location.assign(url);
    return view.node;
  }
  view.draw(error);
  return view.node;
}
