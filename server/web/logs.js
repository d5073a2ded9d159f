// What this consumer's calls were answered.

import { element } from "./element.js";

// A path that goes on in the next line at one of its slashes.
const breakable = (path) => path.split(/(?<=\/)/).map((part) => [part, element("wbr")]);

export async function logsView(context) {
  const logs = (await context.api.logs()) ?? [];
  const row = (log) => element("tr", {},
    element("td", {}, element("time", { datetime: log.timestamp }, new Date(log.timestamp).toLocaleTimeString())),
    element("td", { class: "request" }, `${log.http_method} `, breakable(log.path)),
    element("td", { class: "service" }, log.service?.name ?? ""),
    element("td", { class: log.success ? "fine" : "failed" }, String(log.status_code)));
  const head = ["Time", "Request", "Service", "Status"].map((name) => element("th", { scope: "col", class: name === "Service" ? "service" : null }, name));
  return element("div", {}, element("h1", {}, "Logs"),
    logs.length === 0 ? element("p", { class: "notice" }, "Nothing was logged yet.")
      : element("div", { class: "table", tabindex: 0, role: "region", "aria-label": "Logs" },
        element("table", {}, element("thead", {}, element("tr", {}, head)), element("tbody", {}, logs.map(row)))));
}
