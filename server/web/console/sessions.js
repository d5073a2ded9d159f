// The sessions that were handed out, each with what is left of it by the space's clock.

import { curl, drop, enc, get, patch } from "./api.js";
import { until } from "./clock.js";
import { button, empty, h, head, line, say, sure, time } from "./dom.js";
import { pretty } from "./json.js";
import { again } from "./router.js";

export const title = "Sessions";

function card({ token, state, consumer_id: who = "nobody", application_id: app, issued, expires, claims, session_uri: page }) {
  const act = (call, words) => async () => (await call(`sessions/${enc(token)}`, call === patch ? { state: "expired" } : undefined), say(`The session of ${who} ${words}.`), again());
  return h("article.card", h("header", h(`span.tag.${state}`, state), h("h3", who), until(expires)), h("p.hint", `${app}, issued ${time(issued)}, expires ${time(expires)}`), h("details", h("summary", "Claims"), pretty(claims)),
    h("footer.some", /^https?:/.test(page) && h("a.button", { href: page, target: "_blank", rel: "noreferrer" }, "Open its page"),
      state === "active" && [button("Expire now", act(patch, "has expired"), { "aria-label": `Expire now: ${who}` }), sure("Revoke", act(drop, "is revoked"))]));
}

export async function render() {
  const { sessions, truncated } = await get("sessions?limit=50");
  if (!sessions[0]) return empty("No sessions yet", h("p", "A back end asks for one, and sends its user to the page that it gets:"), line(curl()));
  return [head("Sessions"), h("p.hint", "They live by the space's clock: move it, and they expire without a wait."), h("div.cards", sessions.map(card)), truncated && "The newest 50 are shown."];
}
