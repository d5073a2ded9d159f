// The mock's own API, and the views as links.

import { dialog, h, map, p } from "./dom.js";

const [, prefix, name] = /^(.*?)(?:\/@([^/]+))?\/_mock/.exec(location.pathname);
export const space = name ? decodeURIComponent(name) : "default",
  enc = encodeURIComponent,
  rootOf = (of = space) => location.origin + prefix + (of === "default" ? "" : `/@${enc(of)}`);

let asking;
const askForToken = (wrong) => (asking ??= new Promise((given) => {
  const input = h("input", { type: "password", required: true, aria: "Admin token" });
  const box = dialog("Admin token", h("form", { method: "dialog" }, p(wrong ? "This token is wrong." : "The mock was started with --admin-token: what is it?"), input, h("button.primary", "Continue")));
  box.lastChild.remove();
  box.oncancel = () => false;
  box.addEventListener("close", () => {
    sessionStorage.token = input.value;
    asking = given();
  });
}));

export async function ask(path, { method, body, of, signal } = {}) {
  for (;;) {
    const { token } = sessionStorage;
    const response = await fetch(`${rootOf(of)}/_mock/${path}`, {
      method, signal, body: typeof body === "object" ? JSON.stringify(body) : body,
      headers: { ...(token && { authorization: `Bearer ${token}` }), ...(body && { "content-type": "application/json" }) },
    }).catch(() => {
      throw new Error("The mock does not answer.");
    });
    if (response.ok) return response;
    const { status } = response, told = await response.json().catch(() => {});
    if (status !== 401) throw Object.assign(new Error(told?.error ?? `The mock answered ${status}.`), { body: told });
    if (token === sessionStorage.token) await askForToken(token);
  }
}
export const [get, post, put, patch, drop] = ["GET", "POST", "PUT", "PATCH", "DELETE"].map((method) => async (path, body, of) => (await ask(path, { method, body, of })).json().catch(() => ({})));

// All pages of a list, one after the other.
export async function whole(path, lists = {}, cursor = "") {
  const { next, ...page } = await get(`${path}?limit=1000${cursor}`);
  map(page, (name, list) => list.map && (lists[name] ??= []).push(...list));
  return next ? whole(path, lists, `&cursor=${enc(next)}`) : lists;
}

export const curl = () => `curl -X POST '${rootOf().replaceAll("'", "%27")}/vault/sessions' -H 'Authorization: Bearer any-key' -H 'x-apideck-app-id: any-app' -H 'x-apideck-consumer-id: acme'`;

// #/rules/rule-1?f=status:4xx&r=<opened request>&s=<its space>&all=1
export function here() {
  const [path, query] = location.hash.split("?"), words = new URLSearchParams(query), [, view, ...rest] = path.split("/").map((text) => new URLSearchParams(`of=${text}`).get("of"));
  return { view: view || "requests", rest, words, filter: words.get("f") ?? "", all: words.has("all"), id: words.get("r"), of: words.get("s") ?? space };
}
export function to(view, changes = {}, ...rest) {
  const { words } = here();
  map(changes || {}, (name, value) => (value ? words.set(name, value) : words.delete(name)));
  return `#/${[view, ...rest].map(enc).join("/")}?${words}`;
}
export const same = (changes) => to(here().view, changes, ...here().rest),
  go = (link) => (location.hash = link),
  closed = { r: "", s: "" },
  opened = ({ id, space: of = space }) => to("requests", { r: id, s: of === space ? "" : of });
