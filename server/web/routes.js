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

// The hash names the route; without one, a path such as /integrations/crm/hubspot does.
export function routeIn({ hash, pathname }) {
  if (hash !== "") return hash.replace(/^#\/?/, "");
  return /\/integrations\/([^/]+\/[^/]+)$/.exec(pathname)?.[1] ?? "";
}

export function routes(context) {
  return async (route) => {
    const [first, second] = route.split("/").map(decoded);
    if (first === "logs" && context.claims.logs && !context.options) return logsView(context);
    if (first && second) return connectionView(context, first, second);
    return listView(context);
  };
}
