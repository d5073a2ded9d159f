// The mock's own API, in this space or another one; and the views, each of which is a link.

import { dialog, h, p } from "./dom.js";

const [, prefix, name] = /^(.*?)(?:\/@([^/]+))?\/_mock/.exec(location.pathname);
export const space = name ? decodeURIComponent(name) : "default";
export const enc = encodeURIComponent;
export const rootOf = (of = space) => location.origin + prefix + (of === "default" ? "" : `/@${enc(of)}`);

// --admin-token: asked for once, and kept until the tab is closed.
const key = "vault-mock-admin-token";
let asking;
const askForToken = (wrong) => (asking ??= new Promise((given) => {
  const input = h("input", { type: "password", required: true, aria: "Admin token" });
  const box = dialog("Admin token", h("form", { method: "dialog" }, wrong && h("p.trouble", { role: "alert" }, "This token is wrong."), p("The mock was started with --admin-token. What is the token?"), input, h("button.primary", "Continue")));
  box.oncancel = () => false;
  box.addEventListener("close", () => {
    sessionStorage[key] = input.value;
    asking = given();
  });
}));

// → the response. `path` is below /_mock/, or begins with a slash. Errors have the mock's own words, `status` and `body`.
export async function ask(path, { method, body, of, headers, signal } = {}) {
  for (;;) {
    const token = sessionStorage[key];
    const response = await fetch(rootOf(of) + (path[0] === "/" ? path : `/_mock/${path}`), {
      method, signal, body: typeof body === "object" ? JSON.stringify(body) : body,
      headers: { ...headers, ...(token && { authorization: `Bearer ${token}` }), ...(body && { "content-type": "application/json" }) },
    }).catch(() => {
      throw new Error("The mock does not answer. Is it still running?");
    });
    if (response.ok) return response;
    const { status } = response, told = await response.json().catch(() => {});
    if (status !== 401) throw Object.assign(new Error(told?.error ?? `The mock answered ${status}.`), { status, body: told });
    if (token === sessionStorage[key]) await askForToken(token);
  }
}
const call = (method) => async (path, body, of) => (await ask(path, { method, body, of })).json().catch(() => ({}));
export const [post, put, patch, drop] = ["POST", "PUT", "PATCH", "DELETE"].map(call);
export const get = (path, of) => call("GET")(path, undefined, of);

// What an empty page teaches.
export const curl = () => `curl -X POST ${rootOf()}/vault/sessions -H 'Authorization: Bearer any-key' -H 'x-apideck-app-id: any-app' -H 'x-apideck-consumer-id: acme'`;

// #/rules/rule-1?f=status:4xx&r=<opened request>&s=<its space>&all=1
const parts = () => {
  const [path, query] = location.hash.slice(1).split("?");
  return [path, new URLSearchParams(query)];
};
const decoded = (text) => new URLSearchParams(`of=${text}`).get("of"); // never throws
export function here() {
  const [path, words] = parts(), [, view, ...rest] = path.split("/").map(decoded);
  return { view: view || "requests", rest, filter: words.get("f") ?? "", all: words.has("all"), id: words.get("r"), of: words.get("s") ?? space };
}
// What `changes` does not name stays.
export function to(view, changes = {}, ...rest) {
  const [, words] = parts();
  for (const [key, value] of Object.entries(changes)) value ? words.set(key, value) : words.delete(key);
  return `#/${[view, ...rest].map(enc).join("/")}?${words}`;
}
export const same = (changes) => to(here().view, changes, ...here().rest);
export const go = (link) => (location.hash = link);
export const closed = { r: "", s: "" };
export const opened = ({ id, space: of = space }) => to("requests", { r: id, s: of === space ? "" : of });
