// The mock's own API, in this space or another one.

import { dialog, h } from "./dom.js";

const [, prefix, name] = /^(.*?)(?:\/@([^/]+))?\/_mock/.exec(location.pathname);
export const space = name ? decodeURIComponent(name) : "default";
export const enc = encodeURIComponent;
export const rootOf = (of = space) => location.origin + prefix + (of === "default" ? "" : `/@${enc(of)}`);

// With --admin-token it is asked for once; this tab of the browser remembers it.
const key = "vault-mock-admin-token";
let asking;
const askForToken = () => (asking ??= new Promise((given) => {
  const input = h("input", { type: "password", required: true, aria: "Admin token" });
  const box = dialog("Admin token", h("form", { method: "dialog" }, h("p", "The mock was started with --admin-token. What is the token?"), input, h("button.primary", "Continue")));
  box.oncancel = () => false;
  box.addEventListener("close", () => {
    sessionStorage.setItem(key, input.value);
    asking = given();
  });
}));

// → the response. `path` is below /_mock/, or begins with a slash. Errors have the mock's own words, `status` and `body`.
export async function ask(path, { method, body, of, headers, signal } = {}) {
  for (;;) {
    const token = sessionStorage.getItem(key);
    const response = await fetch(rootOf(of) + (path[0] === "/" ? path : `/_mock/${path}`), {
      method, signal, body: typeof body === "object" ? JSON.stringify(body) : body,
      headers: { ...headers, ...(token && { authorization: `Bearer ${token}` }), ...(body && { "content-type": "application/json" }) },
    }).catch(() => {
      throw new Error("The mock does not answer. Is it still running?");
    });
    if (response.ok) return response;
    const { status } = response, told = await response.json().catch(() => {});
    if (status !== 401) throw Object.assign(new Error(told?.error ?? `The mock answered ${status}.`), { status, body: told });
    await askForToken();
  }
}
const call = (method) => async (path, body, of) => (await ask(path, { method, body, of })).json().catch(() => ({}));
export const [post, put, patch, drop] = ["POST", "PUT", "PATCH", "DELETE"].map(call);
export const get = (path, of) => call("GET")(path, undefined, of);

// What an empty page teaches.
export const curl = () => `curl -X POST ${rootOf()}/vault/sessions -H 'Authorization: Bearer any-key' -H 'x-apideck-app-id: any-app' -H 'x-apideck-consumer-id: acme'`;
