// The sessions that were handed out, each with what is left of it by the space's clock.

import { curl, drop, enc, get, patch, rootOf } from "./api.js";
import { until } from "./clock.js";
import { button, done, empty, h, head, line, sure, time } from "./dom.js";
import { pretty } from "./json.js";

export const title = "Sessions";

function card({ token, state, consumer_id: who = "nobody", application_id: app, issued, expires, claims, session_uri: href = `${rootOf()}/session/${token}` }) {
  const act = (call, words, body) => done(() => call(`sessions/${enc(token)}`, body), `The session of ${who} ${words}.`);
  return h("article.card", h("div.some", h(`span.tag.${state}`, state), h("h3", who), until(expires)), h("p.hint", `${app}, issued ${time(issued)}, expires ${time(expires)}`), h("details", h("summary", "Claims"), pretty(claims)),
    h("div.some", /^https?:/.test(href) && h("a.button", { href, target: "_blank", rel: "noreferrer" }, "Open its page"), state === "active" && [button("Expire now", act(patch, "has expired", { state: "expired" }), { aria: `Expire now: ${who}` }), sure("Revoke", act(drop, "is revoked"))]));
}

export async function render() {
  const { sessions, truncated } = await get("sessions?limit=50");
  if (!sessions[0]) return empty("No sessions yet", h("p", "A back end asks for one, and sends its user to the page that it gets:"), line(curl()));
  return [head("Sessions"), h("p.hint", "They live by the space's clock: move it, and they expire without a wait."), h("div.cards", sessions.map(card)), truncated && "The newest 50 are shown."];
}
