// How an OAuth flow ended, by the address that it ended at. Pure: the tests import it.

// A success in two steps stands in the fragment, a failure in the query, and one step leaves nothing.
// → the message for the opener, or null, and what the page shows
export function landed({ search, hash }) {
  const query = new URLSearchParams(search);
  const fragment = new URLSearchParams(hash.slice(1));
  const [nonce, confirmToken, serviceId] = ["nonce", "confirm_token", "service_id"].map((name) => fragment.get(name));
  if (nonce && confirmToken && serviceId)
    return {
      message: { type: "oauth_complete", nonce, confirmToken, serviceId, success: true },
      mark: "tick", title: "Done", text: "The app still has to confirm the connection. You can close this window.",
    };
  const error = query.get("error_type");
  if (!error) return { message: null, mark: "tick", title: "Done", text: "You can close this window." };
  const errorDescription = query.get("error_message") ?? undefined;
  const message = { type: "oauth_error", error, errorDescription, serviceId: query.get("service_id") ?? undefined };
  if (error === "access_denied")
    return { message, mark: "barred", title: "Access was denied", text: "Nothing was changed. You can close this window." };
  return { message, mark: "alert", title: "The provider failed", text: "The connection has to be authorized again. You can close this window." };
}
