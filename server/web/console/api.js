// The mock's own API, in this space or another one.

import { h } from "./dom.js";

const [, prefix, name] = /^(.*?)(?:\/@([^/]+))?\/_mock\/?$/.exec(location.pathname) ?? ["", "", ""];
export const space = name ? decodeURIComponent(name) : "default";

// Where a space begins: "http://127.0.0.1:4010/@name".
export const rootOf = (of = space) => `${location.origin}${prefix}${of === "default" ? "" : `/@${encodeURIComponent(of)}`}`;

// With --admin-token the page asks for it once, and this browser tab remembers it.
const key = "vault-mock-admin-token";
let asking;
function askForToken() {
  return (asking ??= new Promise((resolve) => {
    const input = h("input", { type: "password", required: true, autocomplete: "off", id: "token" });
    const dialog = h("dialog", { "aria-labelledby": "token-label" }, h("form", { method: "dialog" },
      h("label", { for: "token", id: "token-label" }, "The mock was started with ", h("code", "--admin-token"), ". Its token:"), input, h("button.primary", "Continue")));
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    dialog.addEventListener("close", () => {
      sessionStorage.setItem(key, input.value);
      dialog.remove();
      asking = undefined;
      resolve();
    });
    document.body.append(dialog);
    dialog.showModal();
  }));
}

// → the response. An error has the mock's own words, and its `body`.
export async function ask(path, { method = "GET", body, of = space, headers = {}, signal } = {}) {
  for (;;) {
    const token = sessionStorage.getItem(key);
    let response;
    try {
      response = await fetch(`${rootOf(of)}/_mock/${path}`, {
        method, signal, cache: "no-store",
        headers: { ...headers, ...(token && { authorization: `Bearer ${token}` }), ...(body !== undefined && { "content-type": "application/json" }) },
        body: body === undefined || typeof body === "string" ? body : JSON.stringify(body),
      });
    } catch (error) {
      throw signal?.aborted ? error : new Error("The mock does not answer. Is it still running?");
    }
    if (response.ok) return response;
    if (response.status === 401) {
      await askForToken();
      continue;
    }
    const told = await response.json().catch(() => null);
    throw Object.assign(new Error(told?.error ?? `The mock answered ${response.status}`), { status: response.status, body: told });
  }
}

export const json = async (path, options) => {
  const response = await ask(path, options);
  return response.status === 204 ? null : response.json();
};
export const text = async (path, options) => (await ask(path, options)).text();
export const enc = encodeURIComponent;
