// Sends a request again, edited if wanted. The journal does not keep keys, so one is asked for.

import { rootOf } from "./api.js";
import { bodyOf, headersOf, urlOf } from "./copies.js";
import { attempt, button, h, say } from "./dom.js";
import { go, opened } from "./router.js";

const key = "vault-mock-replay-key";

export function replay(entry, of) {
  const { request } = entry, root = rootOf(of);
  const field = (label, node) => h("label", h("span", label), node);
  const target = h("input", { value: urlOf(request, ""), spellcheck: "false", required: true });
  const method = h("input", { value: request.method, size: 7, required: true });
  const credential = h("input", { value: sessionStorage.getItem(key) ?? "any-key", autocomplete: "off", spellcheck: "false" });
  const headers = h("textarea", { rows: 4, spellcheck: "false" }, Object.entries(headersOf(request)).map(([name, value]) => `${name}: ${value}`).join("\n"));
  const body = h("textarea", { rows: 8, spellcheck: "false" }, bodyOf(request));
  const trouble = h("p.trouble", { role: "alert" });
  const send = async () => {
    sessionStorage.setItem(key, credential.value);
    const list = headers.value.split("\n").filter((row) => row.includes(":")).map((row) => [row.slice(0, row.indexOf(":")).trim(), row.slice(row.indexOf(":") + 1).trim()]);
    let response;
    try {
      response = await fetch(root + target.value, { method: method.value.trim().toUpperCase(), redirect: "manual", cache: "no-store", headers: [...list, ...(credential.value ? [["authorization", `Bearer ${credential.value}`]] : [])], body: body.value || undefined });
    } catch (error) {
      trouble.textContent = error instanceof TypeError && /fetch/i.test(error.message) ? "No answer came: the connection was broken, as a fault does, or the mock has ended. The stream shows which." : error.message;
      return;
    }
    await response.arrayBuffer().catch(() => {});
    dialog.close();
    const id = response.headers.get("x-apideck-request-id");
    say(`Sent again: ${response.status || "a redirection"}.`);
    if (id) go(opened({ id, space: of }));
  };
  const dialog = h("dialog.wide", { "aria-labelledby": "replay", on: { close: () => dialog.remove() } },
    h("form", { on: { submit: (event) => (event.preventDefault(), attempt(send)()) } }, h("h2", { id: "replay" }, "Replay"),
      h("div.target", field("Method", method), field("Path and query", target)), field("API key or session token", credential), field("Headers, one a line", headers), field("Body", body), trouble,
      h("div.row-of", h("button.primary", "Send"), button("Cancel", () => dialog.close()))));
  document.body.append(dialog);
  dialog.showModal();
  target.focus();
}
