// The lists beside the stream: errors, sessions, connections of a consumer, spaces.

import { ask, curl, drop, enc, get, go, patch, post, put, rootOf, space, to } from "./api.js";
import { arm, armed, left, stop, whom } from "./arm.js";
import { until } from "./clock.js";
import { again, button, card, code, coded, count, done, empty, fold, h, head, hint, line, link, map, p, pretty, section, select, some, status, sure, table, tag, time } from "./dom.js";
import { newest } from "./stream.js";
import { selected } from "./why.js";

const cards = (list) => h("div.cards", list);

// The catalogue as cards, and faults and delays like them: what each is, and how to make it happen.
let catalogue, consumer;
function errorCard({ type_name: type, name = type, title = name, status: number = name, when, next, evidence, sdk, body, provoke: { rule, consumer_id, prefer } }) {
  const on = armed(`${number}`, type), act = (label, options) => button(label, () => arm(rule, number, options), { aria: `${label}: ${title}` });
  return card(on[0] ? ".on" : "", [status(type ? number : "✕"), h("h3", title), evidence && tag(evidence, "How well it is known")],
    p("When ", coded(when), "."), sdk && hint("The SDK shows ", code(sdk), next && ["; ", coded(next)], "."),
    body && fold("Exact answer", pretty(body), hint(consumer_id && ["Consumer id ", code(consumer_id), " "], prefer && code(`Prefer: ${prefer}`))),
    some(act("Next call", { times: 1 }), consumer && act(consumer, { consumer }), act("Always"), on[0] && button(`Stop (${on.map((rule) => `${whom(rule)}: ${left(rule)}`).join(", ")})`, () => stop(...armed(`${number}`, type)), { class: "primary", aria: `Stop ${title}` })));
}
export async function errors() {
  const { errors: all, faults } = (catalogue ??= await get("errors"));
  consumer ||= (selected() ?? newest)?.consumer_id ?? "";
  const usual = [400, 401, 402, 404, 422, 429, 500, 503].map((number) => all.find((one) => one.status === number)), group = (title, list) => section(title, cards(list.map(errorCard)));
  return [head("Make the next error happen", h("label", "Consumer ", h("input", { value: consumer, onchange: ({ target }) => ((consumer = target.value), again()) }))),
    group("Asked for most", usual), group("Faults and delays", faults), group("Others of the catalogue", all.filter((one) => !usual.includes(one)))];
}

function sessionCard({ token, state, consumer_id: who = "nobody", application_id: app, issued, expires, claims, session_uri: href = `${rootOf()}/session/${token}` }) {
  const act = (call, words, body) => done(() => call(`sessions/${enc(token)}`, body), `The session of ${who} ${words}.`);
  return card("", [tag(state), h("h3", who), until({ state, expires })], hint(`${app}, issued ${time(issued)}, expires ${time(expires)}`), fold("Claims", pretty(claims)),
    some(/^https?:/.test(href) && h("a.button", { href, target: "_blank", rel: "noreferrer" }, "Open its page"), state === "active" && [button("Expire now", act(patch, "has expired", { state: "expired" }), { aria: `Expire now: ${who}` }), sure("Revoke", act(drop, "is revoked"))]));
}
export async function sessions() {
  const { sessions: all, truncated } = await get("sessions?limit=50");
  if (!all[0]) return empty("No sessions yet", p("A back end asks for one, and sends its user to the page that it gets:"), line(curl()));
  return [head("Sessions"), hint("They live by the space's clock: move it, and they expire without a wait."), cards(all.map(sessionCard)), truncated && "The newest 50 are shown."];
}

export async function connections([app, who]) {
  const { consumers } = await get("consumers?limit=200");
  if (!consumers[0]) return empty("No consumers yet", p("One comes with its first session:"), line(curl()));
  if (!who) [{ application_id: app, consumer_id: who }] = consumers;
  const query = `?consumer_id=${enc(who)}&application_id=${enc(app)}`, { connections: all } = await get(`connections${query}`);
  const row = ({ unified_api: api, service_id: service, name, auth_type, state, states }) => [[name, h("span.hint", ` ${service}`)], api, auth_type, tag(state),
    select(`State of ${name}`, [...new Set([state, ...states])].map((one) => [one, one, one === state]), (wanted) => done(() => put(`connections/${enc(api)}/${enc(service)}${query}`, { state: wanted }), `${name} is ${wanted}.`)())];
  return [head(`Connections of ${who}`, select("Consumer", consumers.map(({ application_id: of, consumer_id: one }) => [`${one} (${of})`, to("connections", {}, of, one), of === app && one === who]), go)),
    hint("What an app does in each state is what there is to test: set one, and ask again."), table("Connections", ["Connector", "API", "Auth", "State", "Set"], all.map(row))];
}

const size = ({ used }) => (used > 1e6 ? `${(used / 1e6).toFixed(1)} MB` : `${Math.ceil(used / 1e3)} kB`);
const lost = (dropped) => map(dropped, (kind, number) => `${count(number)} ${kind}`).join(", ") || "–";
const spaceRow = ({ name, requests, requests_kept, rules_added, sessions, last_used, now, memory, dropped }) => [[link(`${rootOf(name)}/_mock/`, name), h("span.hint", name === space && " this one")],
  ...[requests, requests_kept, rules_added, sessions].map((number) => count(number)), time(last_used ?? now), size(memory), lost(dropped),
  some(sure("Reset", done(() => post("reset", undefined, name), `${name} is as it was at the start.`), { aria: `Reset ${name}` }), name !== "default" && sure("Forget", done(() => ask("/", { method: "DELETE", of: name }), `${name} is forgotten.`), { aria: `Forget ${name}` }))];
export async function spaces() {
  const { spaces: all, count: number, most_spaces: most, memory, dropped, truncated } = await get("spaces?limit=200");
  return [head("Spaces"),
    hint(`Put /@name in front of each path, and a test has a world of its own. ${count(number)} of at most ${count(most)} in ${size(memory)}; dropped in all: ${lost(dropped)}.`),
    table("Spaces", ["Name", "Requests", "Kept", "Rules", "Sessions", "Last use", "Memory", "Dropped", ""], all.map(spaceRow)), truncated && "There are more."];
}
