// All connections: the user's own, then what else there is.

import { drawing, element, picture } from "./element.js";
import { outsideImage } from "./frame.js";

export const stateWords = {
  available: "Not connected",
  added: "Needs attention",
  authorized: "Needs settings",
  callable: "Connected",
  invalid: "Reauthorise",
};

const apiWords = { ats: "ATS", crm: "CRM", csp: "CSP", hris: "HRIS", pos: "POS", sms: "SMS" };
export const apiName = (api) => apiWords[api] ?? (api.charAt(0).toUpperCase() + api.slice(1)).replaceAll("-", " ");

export function badge(connection) {
  const off = connection.state !== "available" && !connection.enabled;
  return element("span", { class: `badge ${off ? "off" : connection.state}` }, off ? "Disabled" : stateWords[connection.state] ?? connection.state);
}

// Icons of the catalogue are drawn in the address itself; others may be on other hosts.
export const iconOf = (context, connection, className) =>
  picture(/^data:image\//.test(connection.icon) ? connection.icon : outsideImage(context, connection.icon), connection.name, className);

function row(context, connection) {
  const href = `#/${encodeURIComponent(connection.unified_api)}/${encodeURIComponent(connection.service_id)}`;
  return element("li", {}, element("a", { class: "row", href },
    iconOf(context, connection, "icon"),
    element("span", { class: "names" }, element("strong", {}, connection.name), element("span", { class: "hint" }, connection.tag_line || apiName(connection.unified_api))),
    connection.state === "available" ? null : badge(connection), drawing("chevron")));
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
  const apis = [...new Set(rest.map(({ unified_api }) => unified_api))];
  const found = [
    section(context, "Your connections", own),
    section(context, "Suggested", suggested),
    apis.map((api) => section(context, apiName(api), rest.filter(({ unified_api }) => unified_api === api))),
  ].flat().filter(Boolean);
  return found.length > 0 ? found : [element("p", { class: "notice" }, "No connection matches.")];
}

export async function listView(context) {
  const all = ((await context.api.list()) ?? []).filter(({ unified_api }) => context.claims.shows(unified_api));
  const results = element("div", {}, sections(context, all));
  const count = element("p", { class: "unseen", role: "status" });
  const narrow = (event) => {
    const wanted = event.target.value.trim().toLowerCase();
    const matches = ({ name, service_id, unified_api }) => [name, service_id, unified_api, apiName(unified_api)].some((text) => text.toLowerCase().includes(wanted));
    const found = all.filter(matches);
    results.replaceChildren(...sections(context, found));
    count.textContent = wanted === "" ? "" : found.length === 1 ? "1 connection matches." : `${found.length} connections match.`;
  };
  return element("div", {},
    element("h1", {}, "Connections"),
    all.length > 5 ? element("div", { class: "search" }, drawing("search"),
      element("label", { for: "search", class: "unseen" }, "Search connections"),
      element("input", { id: "search", type: "search", autocomplete: "off", placeholder: "Search connections", on: { input: narrow } }), count) : null,
    all.length > 0 ? results : element("p", { class: "notice" }, "This session shows no connections: there are none for its unified APIs."));
}
