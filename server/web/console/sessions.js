// The sessions that were handed out, each with what is left of its life by the space's clock.

import { enc, json } from "./api.js";
import { until } from "./clock.js";
import { button, empty, h, line, say, sure, time } from "./dom.js";
import { pretty } from "./json.js";
import { teach } from "./arm.js";

export const title = "Sessions";
const page = (claim) => (/^https?:/.test(claim ?? "") ? claim : undefined);

function card(session) {
  const { token, state, consumer_id: consumer } = session, who = consumer || "no consumer";
  const act = (method, words, body) => async () => {
    await json(`sessions/${enc(token)}`, { method, body });
    say(`The session of ${who} ${words}.`);
    window.dispatchEvent(new HashChangeEvent("hashchange"));
  };
  return h("article.card", { class: state === "active" ? "" : "off" }, h("header", h(`span.state.${state}`, state), h("h3", who), h("span.hint", { "data-until": session.expires }, until(session.expires))),
    h("p.hint", `App ${session.application_id || "–"} · issued ${time(session.issued).slice(0, 8)}, expires ${time(session.expires).slice(0, 8)}`),
    h("details", { "data-key": `claims ${token.slice(-20)}` }, h("summary", "Claims"), pretty(session.claims)),
    h("footer", page(session.session_uri) && h("a.button", { href: session.session_uri, target: "_blank", rel: "noreferrer" }, "Open its page"),
      state === "active" && [button("Expire now", act("PATCH", "has expired", { state: "expired" }), { "aria-label": `Expire now: ${who}` }), sure("Revoke", "Revoke it?", act("DELETE", "is revoked"), { "aria-label": `Revoke: ${who}` })]));
}

export async function render() {
  const { sessions, truncated } = await json("sessions?limit=60");
  if (!sessions.length) return empty("No sessions yet", h("p", "A back end asks for one, and sends its user to the page that it gets:"), line(teach()));
  return [h("div.head", h("h2", "Sessions"), h("p.hint", "They live by the space's clock: move it, and they expire without waiting.")), h("div.cards", sessions.map(card)), truncated && h("p.hint", "Only the newest are shown.")];
}
