// What the page of one connection consists of. Each part is null where the connection or the session has none of it.

import { announce, element } from "./element.js";
import { formOf } from "./fields.js";
import { apiName } from "./list.js";
import { t } from "./words.js";

export const usesBrowser = ({ authorize_url }) => Boolean(authorize_url);
export const isConnected = ({ state }) => state === "callable" || state === "authorized";
export const needsGrant = ({ auth_type, state }) => auth_type === "oauth2" && (state === "added" || state === "invalid");
export const lacksSettings = (connection) =>
  !usesBrowser(connection) && connection.form_fields.some((field) => field.required && !connection.settings?.[field.id]);

// What an attempt at the provider's page led to.
export function wordsOfReturn(error, { name, state }) {
  const what = error === "access_denied" ? t("Access was denied at {name}.", { name }) : t("{name} failed and gave no access.", { name });
  if (state === "callable") return `${what} ${t("Nothing changed: the connection works as before.")}`;
  if (state === "available") return `${what} ${t("Nothing changed: it is not connected.")}`;
  if (state === "invalid") return `${what} ${t("The connection does not work until it is authorized again.")}`;
  return `${what} ${t("The connection was added, but does not work until it is authorized.")}`;
}

// What connecting takes and gives, before anything was done.
export function offerOf(connection, button) {
  const { name, auth_type, form_fields, resource_schema_support: resources = [] } = connection;
  const wanted = form_fields.filter((field) => field.required && !field.hidden).map(({ label, id }) => label ?? id);
  const way = usesBrowser(connection) ? t("You go to {name}, allow access there, and come back.", { name })
    : auth_type === "none" ? t("No sign-in is needed.") : t("You enter its settings here.");
  const facts = [
    [t("How you connect"), way],
    wanted.length > 0 ? [t("What you need"), wanted.join(", ")] : null,
    resources.length > 0 ? [t("Data it shares"), resources.map(apiName).join(", ")] : null,
  ].filter(Boolean);
  return element("div", { class: "card" },
    element("dl", { class: "facts" }, facts.map(([term, text]) => [element("dt", {}, term), element("dd", {}, text)])),
    element("div", { class: "actions" }, button));
}

// `save(values)` promises that they were sent.
export function settingsOf({ form_fields, settings, state }, save) {
  if (state === "available" || form_fields.length === 0) return null;
  return element("section", { class: "settings" }, element("h2", {}, t("Settings")),
    formOf({ name: t("Settings"), prefix: "setting", fields: form_fields, values: settings ?? {}, save }));
}

// `changed(connection)` is called with what was saved.
export function resourcesOf({ api, attempt, claims }, connection, changed) {
  const { configurable_resources: resources = [], state } = connection;
  if (claims.hideResourceSettings || state === "available" || resources.length === 0) return null;
  const one = (resource) => {
    const place = element("div", {});
    const open = async (event) => {
      if (!event.target.open || place.childNodes.length > 0) return;
      const config = await attempt(() => api.config(connection, resource), place);
      if (!config) return;
      const fields = config.form_fields ?? [];
      const values = Object.fromEntries(fields.map((field) => [field.id, field.value]));
      const save = async (changes) => {
        const saved = await attempt(() => api.saveConfig(connection, resource, changes), place);
        if (!saved) return;
        announce(t("Saved."), "news", place);
        changed(saved);
      };
      place.replaceChildren(fields.length > 0 ? formOf({ name: apiName(resource), prefix: resource, fields, values, save }) : element("p", { class: "hint" }, t("Nothing to set.")));
    };
    return element("details", { on: { toggle: open } }, element("summary", {}, apiName(resource)), place);
  };
  return element("section", { class: "resources" }, element("h2", {}, t("Resource settings")), resources.map(one));
}

export function guideOf({ claims }, connection) {
  const { has_guide, name } = connection;
  if (claims.hideGuides || !has_guide) return null;
  const steps = usesBrowser(connection)
    ? [t("Sign in to {name} as an administrator.", { name }), t("Allow access on the page that follows."), t("Come back here and check the settings.")]
    : [t("Sign in to {name} as an administrator.", { name }), t("Look up what the settings ask for."), t("Enter it here and save.")];
  return element("section", { class: "guide" }, element("h2", {}, t("Guide")), element("ol", {}, steps.map((step) => element("li", {}, step))));
}

// A question that blocks the page. → whether the answer is yes
export function confirmed(question, detail, yes) {
  return new Promise((resolve) => {
    const dialog = element("dialog", { "aria-labelledby": "question" },
      element("h2", { id: "question" }, question), element("p", {}, detail),
      element("form", { method: "dialog", class: "actions" },
        element("button", { value: "no" }, t("Cancel")), element("button", { value: "yes", class: "danger filled" }, yes)));
    dialog.addEventListener("close", () => { resolve(dialog.returnValue === "yes"); dialog.remove(); });
    document.body.append(dialog);
    dialog.showModal();
  });
}
