// All connections: the user's own, then what else there is.

import { webUrl } from "./claims.js";
import { outsideImage } from "./consumer.js";
import { drawing, element, picture } from "./element.js";
import { t } from "./words.js";

const stateWords = {
  available: () => t("Not connected"),
  added: () => t("Not finished"),
  authorized: () => t("Needs settings"),
  callable: () => t("Connected"),
  invalid: () => t("Authorization failed"),
};

const apiWords = { ats: "ATS", crm: "CRM", csp: "CSP", hris: "HRIS", pos: "POS", sms: "SMS" };
export const apiName = (api) => apiWords[api] ?? (api.charAt(0).toUpperCase() + api.slice(1)).replaceAll("-", " ");

function stateName({ state, health }) {
  if (health === "pending_confirmation") return t("Not confirmed");
  return stateWords[state]?.() ?? state;
}

export function badge(connection) {
  const off = connection.state !== "available" && !connection.enabled;
  return element("span", { class: `badge ${off ? "off" : connection.state}` }, off ? t("Disabled") : stateName(connection));
}

// Icons of the catalogue are drawn in the address itself; others may be on other hosts.
export const iconOf = (context, connection, className) =>
  picture(/^data:image\//.test(connection.icon) ? connection.icon : outsideImage(context, webUrl(connection.icon)), connection.name, className);

function row(context, connection) {
  const href = `#/${encodeURIComponent(connection.unified_api)}/${encodeURIComponent(connection.service_id)}`;
  return element("li", {}, element("a", { class: "row", href },
    iconOf(context, connection, "icon"),
    element("span", { class: "names" }, element("strong", {}, connection.name), element("span", { class: "hint" }, connection.tag_line || apiName(connection.unified_api))),
    connection.state === "available" ? element("span", { class: "go" }, t("Connect")) : badge(connection), drawing("chevron")));
}

function section(context, title, connections) {
  if (connections.length === 0) return null;
  return element("section", {}, element("h2", {}, title), element("ul", { class: "rows" }, connections.map((connection) => row(context, connection))));
}

function sections(context, connections) {
  const own = connections.filter(({ state }) => state !== "available");
  const rest = connections.filter(({ state }) => state === "available");
  const used = new Set(own.map(({ unified_api }) => unified_api));
  const suggested = context.claims.suggestions ? rest.filter(({ unified_api }) => !used.has(unified_api)).slice(0, 3) : [];
  const others = rest.filter((connection) => !suggested.includes(connection));
  const apis = [...new Set(others.map(({ unified_api }) => unified_api))];
  return [
    section(context, t("Your connections"), own),
    section(context, t("Suggested"), suggested),
    apis.map((api) => section(context, apiName(api), others.filter(({ unified_api }) => unified_api === api))),
  ].flat().filter(Boolean);
}

function searchIn(context, all, results) {
  const count = element("p", { class: "unseen", role: "status" });
  const input = element("input", { id: "search", type: "search", autocomplete: "off", placeholder: t("Search connections") });
  const clear = () => {
    input.value = "";
    narrow();
    input.focus();
  };
  const nothing = () => element("div", { class: "notice" }, element("p", {}, t("No connection matches.")),
    element("div", { class: "actions" }, element("button", { type: "button", on: { click: clear } }, t("Clear the search"))));
  function narrow() {
    const wanted = input.value.trim().toLowerCase();
    const matches = ({ name, service_id, unified_api }) => [name, service_id, unified_api, apiName(unified_api)].some((text) => text.toLowerCase().includes(wanted));
    const found = all.filter(matches);
    results.replaceChildren(...(found.length > 0 ? sections(context, found) : [nothing()]));
    count.textContent = wanted === "" ? "" : found.length === 1 ? t("1 connection matches.") : t("{count} connections match.", { count: found.length });
  }
  input.addEventListener("input", narrow);
  return element("div", { class: "search" }, drawing("search"), element("label", { for: "search", class: "unseen" }, t("Search connections")), input, count);
}

export async function listView(context) {
  const all = (await context.api.list(context.options?.unifiedApi)) ?? []; // of the session's unified APIs alone
  const results = element("div", {}, sections(context, all));
  return element("div", {},
    element("h1", {}, t("Connections")),
    all.length > 5 ? searchIn(context, all, results) : null,
    all.length > 0 ? results : element("p", { class: "notice" }, t("This session shows no connections: there are none for its unified APIs.")));
}
