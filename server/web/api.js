// Calls to the API of the same space, or of another base URL, with the session's token.

import { t } from "./words.js";

// Where this space begins: "http://127.0.0.1:4010/@name/".
export const root = new URL("../", import.meta.url).href;

// `status` 0: nobody answered. `requestId` is that of the answer, or empty.
export class ApiError extends Error {
  constructor(status, message, requestId = "") {
    super(message);
    this.status = status;
    this.requestId = requestId;
  }
}

function detailOf(body) {
  const detail = typeof body?.detail === "string" ? body.detail : "";
  return [body?.message, detail].filter(Boolean).join(": ");
}

export function apiOf(token, base = root) {
  const start = base.endsWith("/") ? base : `${base}/`;
  async function call(method, path, body) {
    let response;
    try {
      response = await fetch(`${start}vault/${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          "x-apideck-auth-type": "JWT",
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
    } catch {
      throw new ApiError(0, t("The mock does not answer. Is it still running?"));
    }
    const id = response.headers.get("x-apideck-request-id") ?? "";
    const answer = response.status === 204 ? {} : await response.json().catch(() => null);
    if (!response.ok) throw new ApiError(response.status, detailOf(answer) || t("The API answered with status {status}.", { status: response.status }), id);
    if (answer === null) throw new ApiError(response.status, t("The answer is not JSON, or it broke off in the middle."), id);
    return answer.data;
  }
  const place = ({ unified_api, service_id }, rest = "") =>
    `connections/${encodeURIComponent(unified_api)}/${encodeURIComponent(service_id)}${rest}`;
  return {
    // → { state, now, frozen }: what became of the session, by the space's clock; null: nobody says.
    watch: () => fetch(`${start}_page/session?token=${encodeURIComponent(token)}`).then((response) => (response.ok ? response.json() : null)).catch(() => null),
    list: (api) => call("GET", api ? `connections?api=${encodeURIComponent(api)}` : "connections"),
    get: (connection) => call("GET", place(connection)),
    update: (connection, changes) => call("PATCH", place(connection), changes),
    remove: (connection) => call("DELETE", place(connection)),
    fetchToken: (connection) => call("POST", place(connection, "/token"), {}),
    confirm: (connection, confirm_token) => call("POST", place(connection, "/confirm"), { confirm_token }),
    config: (connection, resource) => call("GET", place(connection, `/${encodeURIComponent(resource)}/config`)),
    saveConfig: (connection, resource, settings) =>
      call("PATCH", place(connection, `/${encodeURIComponent(resource)}/config`), { settings }),
    schema: (connection, resource) => call("GET", place(connection, `/${encodeURIComponent(resource)}/schema`)),
    customFields: (connection, resource) => call("GET", place(connection, `/${encodeURIComponent(resource)}/custom-fields`)),
    // `value` null: not mapped any more.
    map: ({ unified_api, service_id }, id, value) =>
      call(value === null ? "DELETE" : "PATCH", `custom-mappings/${[unified_api, service_id, id].map(encodeURIComponent).join("/")}`, value === null ? undefined : { value }),
    logs: () => call("GET", "logs?limit=100"),
  };
}
