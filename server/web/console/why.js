// Why a request was answered as it was: one sentence, then the steps as they ran; and what the next one gets.

import { aim, arm, faults, six, times } from "./arm.js";
import { ask, curl, enc, get, rootOf, space } from "./api.js";
import { now, span, until } from "./clock.js";
import { asFetch, asRule, asSdk, asTest, target } from "./copies.js";
import { attempt, button, choice, code, copy, count, empty, h, line, link, status } from "./dom.js";
import { pretty, safe } from "./json.js";
import { replay } from "./replay.js";
import { go, here, opened, same, to } from "./router.js";
import { newest } from "./stream.js";

export const title = "Why";
let kept; // the entry that was opened last
export const selected = () => kept;
export const entryOf = async ({ id, of }) => (kept = kept?.id === id ? kept : await get(`requests/${enc(id)}`, of));

export async function render() {
  const place = here(), { id, of } = place;
  if (!id) return nothing();
  const back = link(same({ r: "", s: "" }), "← All requests", "back");
  try {
    const entry = await entryOf(place), { sentence, status: number, at, us, trace: told, token: made } = entry;
    return [back, h("h2", safe(sentence)), h("p.some.hint", status(number), h("span", at), h("span", `${count(us)} µs`), of !== space && `in ${of}`, code(id)), next(entry, of), ways(entry, of), trace(told ?? {}), made && token(made), exchange(entry)];
  } catch (error) {
    if (error.status !== 404) throw error;
    return [back, empty("This request is gone", "The journal keeps the last ones only, and may have been cleared.")];
  }
}

export const armFor = ({ consumer_id, operation }, of, respond, name) => arm({ respond }, name, { consumer: aim.who === "consumer" && consumer_id, operation, times: times(), of });

function next(entry, of) {
  const { operation, consumer_id: who } = entry, give = (answer, name) => armFor(entry, of, answer, name);
  const select = h("select", { aria: "A fault or a delay next time", onchange: () => attempt(() => give(faults[select.value], select.value)) }, h("option", { value: "" }, "Fault or delay …"), Object.keys(faults).map((name) => h("option", name)));
  return h("section.card", h("h3", "Answer differently next time"),
    h("div.some", [...Object.keys(six), 429, 500].map((number, i) => button([status(number), i < 6 && h("kbd", i + 1)], () => give({ error: +number }, number), { title: six[number], aria: `${number} next time` })), select),
    h("div.some", who && choice("who", "For whom", { consumer: `for ${who}`, all: "for everyone" }, aim), choice("often", "How often", { once: "once", always: "always" }, aim), h("span.hint", operation && `when it is ${operation}`)));
}

function ways(entry, of) {
  const seen = h("div"), root = rootOf(of), from = (format) => async () => (await ask(`requests/${enc(entry.id)}?format=${format}`, { of })).text();
  const makers = { curl: from("curl"), fetch: asFetch, "SDK call": asSdk, rule: asRule, test: asTest, HAR: from("har") };
  return h("section", h("div.some", button("Replay …", () => replay(entry, of), { title: "r" }), h("b", "Copy as"), Object.entries(makers).map(([name, make]) => button(name, async () => {
    const text = await make(entry, root);
    seen.replaceChildren(h("pre", { tabindex: 0 }, text));
    await copy(text, `as ${name}`);
  }))), seen);
}

const signs = { passed: "✓", "did not run": "·" };
const told = ({ in: where = "", place, reason, text = reason, suggestion }) => h("li", code(safe(`${where} ${place}`)), ` ${safe(text)} `, h("b", suggestion));
const asked = (list) => h("ol.asked", list.map(({ rule, result }) => h(`li.${result}`, h("span", safe(rule)), h("span", result === "decided" ? "● decided the answer" : safe(result)))));
function trace({ hint, violations = [], advice = [], steps = [], rules = [], delay, fault }) {
  const rest = rules.filter(({ rule, result }) => rule.startsWith("defaults.json#") && result !== "decided");
  return [hint && h("p.note", `Hint: ${safe(hint)}`),
    violations[0] && h("section.note.bad", h("h3", "What the contract does not allow"), h("ul", violations.map(told))),
    advice[0] && h("section.note", h("h3", "Advice: accepted, yet suspicious"), h("ul", advice.map(told))),
    h("section", h("h3", "Steps"), h("ol.some.steps", steps.map(({ step, result }) => h(`li.${result.slice(0, 3)}`, `${signs[result] ?? "●"} ${step}${signs[result] ? "" : " decided"}`))), delay && h("p", `Delayed by ${delay}.`), fault && h("p", `Fault: ${fault}.`)),
    rules[0] && h("section", h("h3", "Rules, in the order they were asked"), asked(rules.filter((one) => !rest.includes(one))), rest[0] && h("details", h("summary", `${rest.length} built-in rules did not match`), asked(rest)))];
}

// What the answer handed out, with its life as a bar.
function token({ issued, expires, state, claims }) {
  const from = Date.parse(issued), life = Date.parse(expires) - from;
  return h("section", h("h3", "Token"), h("p.some", h("progress", { max: Math.max(1, life), value: Math.max(0, from + life - now()), aria: "What is left" }), h("b", state), until(expires), `of ${span(life)}`), h("details", h("summary", "Claims"), pretty(claims)));
}

function exchange({ request, answer, trace: { violations = [], advice = [] } }) {
  const wrong = new Map([...violations, ...advice].map(({ in: where = "body", place, reason, text = reason, suggestion = "" }) => [where === "body" ? place : place.toLowerCase(), `${text} ${suggestion}`]));
  const half = (name, first, { headers = {}, body, body_coding_error, body_truncated, body_bytes }, marks) => h("section", h("h3", name), h("p.first", first),
    h("details", h("summary", `${Object.keys(headers).length} headers`), h("dl", Object.entries(headers).map(([key, value]) => [h(marks?.has(key) ? "dt.wrong" : "dt", key), h("dd", safe(value))]))),
    body_coding_error && h("p.note", body_coding_error), pretty(body, marks), body_truncated && h("p.hint", `The beginning of ${count(body_bytes)} bytes`));
  return h("div.exchange", half("Request", safe(`${request.method} ${target(request)}`), request, wrong), half("Answer", status(answer.status), answer));
}

const keyed = (text) => text.split("*").map((part, i) => (i % 2 ? h("kbd", part) : part));
function nothing() {
  if (newest) return empty("Open a request to see why it was answered so", h("p", keyed("*j* and *k* go from one to the next; then *1* to *6* arm an error for the next one. *?* shows all keys.")), button("Open the newest", () => go(opened(newest)), { class: "primary" }));
  return empty("What happened, and why", h("p", "Send a request, and see here which rule or check answered it. A session:"), line(curl()), h("p", "With the official SDK:"), line(`new Apideck({ serverURL: "${rootOf()}", apiKey: "any-key", appId: "any-app", consumerId: "acme" })`),
    h("p", "Errors come by the consumer id alone (", code("error-402"), ", ", code("flaky"), ", ", code("slow"), "), or from ", link(to("errors"), "Errors"), "."));
}
