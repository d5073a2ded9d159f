// Why a request was answered as it was: one sentence, then the steps as they ran; and what the next one gets.

import { closed, curl, enc, get, go, here, opened, rootOf, same, space, to } from "./api.js";
import { aim, arm, faults, six, times } from "./arm.js";
import { now, span, until } from "./clock.js";
import { copies, replay, target } from "./copies.js";
import { button, choice, code, copy, count, empty, fold, h, hint, line, link, onStage, p, pre, pretty, safe, section, select, some, status } from "./dom.js";
import { newest } from "./stream.js";

let kept; // the entry that was opened last
export const selected = () => kept;
const entryOf = async ({ id, of }) => (kept = kept?.id === id ? kept : await get(`requests/${enc(id)}`, of));
// → whether a request is open to act on
export async function withOpened(act) {
  const place = here(), is = place.id && !onStage;
  if (is) await act(await entryOf(place), place.of);
  return is;
}

export async function why() {
  const place = here(), { id, of } = place;
  if (!id) return nothing();
  const back = link(same(closed), "← All requests", "back");
  try {
    const entry = await entryOf(place);
    return [back, h("h2", safe(entry.sentence)), h("p.some.hint", status(entry.status), h("span", entry.at), h("span", `${count(entry.us)} µs`), of !== space && `in ${of}`, code(id)), next(entry, of), ways(entry, of), trace(entry.trace ?? {}), entry.token && token(entry.token), exchange(entry)];
  } catch (error) {
    if (error.status !== 404) throw error;
    return [back, empty("This request is gone", "The journal keeps the last ones only, and may have been cleared.")];
  }
}

const armFor = ({ consumer_id, operation }, of, respond, name) => arm({ respond }, name, { consumer: aim.who === "consumer" && consumer_id, operation, times: times(), of });
export const press = async (number, respond = { error: +number }) => (await withOpened((entry, of) => armFor(entry, of, respond, number))) || arm({ respond }, number, { times: times() });

function next(entry, of) {
  const { operation, consumer_id: who } = entry, give = (name) => armFor(entry, of, faults[name] ?? { error: +name }, name);
  return h("section.card", h("h3", "Answer differently next time"),
    some([...Object.keys(six), "429", "500"].map((number, i) => button([status(number), i < 6 && h("kbd", i + 1)], () => give(number), { title: six[number], aria: `${number} next time` })),
      select("A fault or a delay next time", [["Fault or delay …", ""], ...Object.keys(faults).map((name) => [name, name])], give)),
    some(who && choice("who", "For whom", { consumer: `for ${who}`, all: "for everyone" }, aim), choice("often", "How often", { once: "once", always: "always" }, aim), h("span.hint", operation && `when it is ${operation}`)));
}

function ways(entry, of) {
  const seen = h("div");
  return h("section", some(button("Replay …", () => replay(entry, of), { title: "r" }), h("b", "Copy as"), Object.entries(copies).map(([name, make]) => button(name, async () => {
    const text = await make(entry, rootOf(of), of);
    seen.replaceChildren(pre(text));
    await copy(text, `as ${name}`);
  }))), seen);
}

const signs = { passed: "✓", "did not run": "·" };
const told = (list) => h("ul", list.map(({ in: where = "", place, reason, text = reason, suggestion }) => h("li", code(safe(`${where} ${place}`)), ` ${safe(text)} `, h("b", suggestion))));
const asked = (list) => h("ol.asked", list.map(({ rule, result }) => h(`li.${result}`, h("span", safe(rule)), h("span", result === "decided" ? "● decided the answer" : safe(result)))));
function trace({ hint, violations = [], advice = [], steps = [], rules = [], delay, fault }) {
  const rest = rules.filter(({ rule, result }) => rule.startsWith("defaults.json#") && result !== "decided");
  return [hint && h("p.note", `Hint: ${safe(hint)}`),
    violations[0] && h("div.note.bad", section("What the contract does not allow", told(violations))),
    advice[0] && h("div.note", section("Advice: accepted, yet suspicious", told(advice))),
    section("Steps", h("ol.some.steps", steps.map(({ step, result }) => h(`li.${result.slice(0, 3)}`, `${signs[result] ?? "●"} ${step}${signs[result] ? "" : " decided"}`))), delay && p(`Delayed by ${delay}.`), fault && p(`Fault: ${fault}.`)),
    rules[0] && section("Rules, in the order they were asked", asked(rules.filter((one) => !rest.includes(one))), rest[0] && fold(`${rest.length} built-in rules did not match`, asked(rest)))];
}

// What the answer handed out, with its life as a bar.
function token({ issued, expires, state, claims }) {
  const from = Date.parse(issued), life = Date.parse(expires) - from;
  return section("Token", h("p.some", h("progress", { max: Math.max(1, life), value: Math.max(0, from + life - now()), aria: "What is left" }), h("b", state), until(expires), `of ${span(life)}`), fold("Claims", pretty(claims)));
}

function exchange({ request, answer, trace: { violations = [], advice = [] } }) {
  const wrong = new Map([...violations, ...advice].map(({ in: where = "body", place, reason, text = reason, suggestion = "" }) => [where === "body" ? place : place.toLowerCase(), `${text} ${suggestion}`]));
  const half = (name, first, { headers = {}, body, body_coding_error, body_truncated, body_bytes }, marks) => section(name, h("p.first", first),
    fold(`${Object.keys(headers).length} headers`, h("dl", Object.entries(headers).map(([key, value]) => [h(marks?.has(key) ? "dt.wrong" : "dt", key), h("dd", safe(value))]))),
    body_coding_error && h("p.note", body_coding_error), pretty(body, marks), body_truncated && hint(`The beginning of ${count(body_bytes)} bytes`));
  return h("div.exchange", half("Request", safe(`${request.method} ${target(request)}`), request, wrong), half("Answer", status(answer.status), answer));
}

const worded = (text) => text.split("*").map((part, i) => (i % 2 ? h("kbd", part) : part));
const nothing = () => newest ? empty("Open a request to see why it was answered so", p(worded("*j* and *k* go from one to the next; then *1* to *6* arm an error for the next one. *?* shows all keys.")), button("Open the newest", () => go(opened(newest)), { class: "primary" }))
  : empty("What happened, and why", p("Send a request, and see here which rule or check answered it. A session:"), line(curl()), p("With the official SDK:"), line(`new Apideck({ serverURL: "${rootOf()}", apiKey: "any-key", appId: "any-app", consumerId: "acme" })`),
    p(worded("Errors come by the consumer id alone (*error-402*, *flaky*, *slow*), or from "), link(to("errors"), "Errors"), "."));
