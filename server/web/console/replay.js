// Sends a request again, edited if wanted. The journal does not keep keys, so one is asked for.

import { rootOf } from "./api.js";
import { bodyOf, headersOf, target } from "./copies.js";
import { attempt, button, dialog, h, say } from "./dom.js";
import { go, opened } from "./router.js";

export function replay({ request }, of) {
  const field = (label, node) => h("label", label, node), input = (value, more) => h("input", { value, spellcheck: "false", autocomplete: "off", ...more });
  const area = (rows, text) => h("textarea", { rows, spellcheck: "false" }, text);
  const method = input(request.method, { required: true, size: 7 }), place = input(target(request), { required: true }), key = input(sessionStorage.getItem("replay-key") ?? "any-key");
  const headers = area(4, headersOf(request).map((header) => header.join(": ")).join("\n")), body = area(8, bodyOf(request)), trouble = h("p.trouble", { role: "alert" });
  async function send() {
    sessionStorage.setItem("replay-key", key.value);
    const list = [...headers.value.matchAll(/^([^:\n]+): *(.*)$/gm)].map(([, name, value]) => [name, value]);
    if (key.value) list.push(["authorization", `Bearer ${key.value}`]);
    const response = await fetch(rootOf(of) + place.value, { method: method.value.toUpperCase(), redirect: "manual", headers: list, body: body.value || undefined }).catch(({ message }) => {
      trouble.textContent = /fetch/.test(message) ? "No answer came: the connection broke, as by a fault. The stream shows why." : message;
    });
    if (!response) return;
    box.close();
    say(`Sent again: ${response.status || "a redirection"}.`);
    const id = response.headers.get("x-apideck-request-id");
    if (id) go(opened({ id, space: of }));
  }
  const box = dialog("Replay", h("form", { onsubmit: () => (attempt(send), false) }, field("Method", method), field("Path and query", place), field("API key or session token", key), field("Headers", headers), field("Body", body), trouble,
    h("div.some", h("button.primary", "Send"), button("Cancel", () => box.close()))));
}
