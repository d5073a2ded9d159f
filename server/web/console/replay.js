// Sends a request again, edited if wanted. The journal keeps no keys, so one is asked for.

import { rootOf } from "./api.js";
import { bodyOf, headersOf, target } from "./copies.js";
import { attempt, button, dialog, h, say } from "./dom.js";
import { go, opened } from "./router.js";

export function replay({ request }, of) {
  const field = (label, node) => h("label", label, node), input = (value) => h("input", { value, spellcheck: "false" }), area = (text) => h("textarea", { rows: 5, spellcheck: "false" }, text);
  const method = input(request.method), place = input(target(request)), key = input(sessionStorage.getItem("replay-key") ?? "any-key"), headers = area(headersOf(request).map((header) => header.join(": ")).join("\n")), body = area(bodyOf(request)), trouble = h("p.trouble", { role: "alert" });
  async function send() {
    sessionStorage.setItem("replay-key", key.value);
    const list = [["authorization", `Bearer ${key.value}`], ...[...headers.value.matchAll(/^([^:\n]+): *(.*)$/gm)].map(([, ...header]) => header)];
    const answer = await fetch(rootOf(of) + place.value, { method: method.value, redirect: "manual", headers: list, body: body.value || undefined }).catch(({ message }) => {
      trouble.textContent = `No answer came, as with a fault: ${message}.`;
    });
    if (!answer) return;
    box.close();
    say(`Sent again: ${answer.status || "a redirection"}.`);
    const id = answer.headers.get("x-apideck-request-id");
    if (id) go(opened({ id, space: of }));
  }
  const box = dialog("Replay", h("form", { onsubmit: () => (attempt(send), false) }, field("Method", method), field("Path and query", place), field("API key or session token", key), field("Headers", headers), field("Body", body), trouble, h("div.some", h("button.primary", "Send"), button("Cancel", () => box.close()))));
}
