// Which view a route is: "" the list, "logs", or "{unified_api}/{service_id}", both percent-encoded.

import { connectionView } from "./connection.js";
import { listView } from "./list.js";
import { logsView } from "./logs.js";

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// The address of a link to one connection, such as /integrations/crm/hubspot?jwt=….
const linkToOne = /\/integrations\/([^/]+\/[^/]+)$/;

// The hash names the route; without one, the path of a link to one connection does.
export function routeIn({ hash, pathname }) {
  if (hash !== "") return hash.replace(/^#\/?/, "");
  return linkToOne.exec(pathname)?.[1] ?? "";
}

// The token of a session's own address, /session/{token}; a link to one connection has it in the query. Empty: there is
// none.
export function tokenIn({ pathname, search }) {
  if (linkToOne.test(pathname)) return new URLSearchParams(search).get("jwt") ?? "";
  return decoded(/\/session\/([^/]+)$/.exec(pathname)?.[1] ?? "");
}

export function routes(context) {
  return async (route) => {
    const [first, second] = route.split("/").map(decoded);
    if (first === "logs" && context.claims.logs && !context.options) return logsView(context);
    if (first && second) return connectionView(context, first, second);
    return listView(context);
  };
}
