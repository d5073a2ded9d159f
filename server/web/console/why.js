// Why a request was answered as it was: one sentence, then the steps as they ran; and what the next one gets.

import { aim, arm, faults, six } from "./arm.js";
import { ask, curl, enc, get, rootOf, space } from "./api.js";
import { now, span, until } from "./clock.js";
import { asFetch, asRule, asSdk, asTest, target } from "./copies.js";
import { attempt, button, choice, copy, count, empty, h, line, status } from "./dom.js";
import { pretty, safe } from "./json.js";
import { replay } from "./replay.js";
import { go, here, opened, same, to } from "./router.js";
import { newest } from "./stream.js";

export const title = "Why";
let kept; // the last entry that was opened
export const selected = () => kept;
export async function entryOf({ id, of }) {
  if (kept?.id !== id) kept = await get(`requests/${enc(id)}`, of);
  return kept;
}

export async function render() {
  const place = here();
  if (!place.id) return nothing();
  const back = h("a.back", { href: same({ r: "", s: "" }) }, "← All requests");
  try {
    const entry = await entryOf(place);
    return [back, h("h2", { id: "sentence" }, safe(entry.sentence)), h("p.facts.hint", status(entry.status), h("span", entry.at), h("span", `${count(entry.us)} µs`), place.of !== space && `in ${place.of}`, h("code", entry.id)),
      next(entry, place.of), ways(entry, place.of), trace(entry.trace ?? {}), token(entry.token), exchange(entry)];
  } catch (error) {
    if (error.status !== 404) throw error;
    return [back, empty("This request is gone", "The journal keeps the last ones only, and may have been cleared.")];
  }
}

export const armFor = ({ consumer_id, operation }, of, respond, name) =>
  arm({ respond }, name, { consumer: aim.who === "consumer" && consumer_id, operation, times: aim.often === "once" && 1, of });

function next(entry, of) {
  const give = (answer, name) => armFor(entry, of, answer, name), who = entry.consumer_id;
  const select = h("select", { "aria-label": "A fault or a delay next time", onchange: () => attempt(() => give(faults[select.value], select.value)).then(() => (select.value = "")) }, h("option", { value: "" }, "Fault or delay …"), Object.keys(faults).map((name) => h("option", name)));
  return h("section.next", h("h3", "Answer differently next time"),
    h("div.some", [...Object.keys(six), 429, 500].map((code, i) => button([status(code), i < 6 && h("kbd", i + 1)], () => give({ error: +code }, code), { title: six[code], "aria-label": `${code} next time` })), select),
    h("div.some", who && choice("who", "For whom", { consumer: `for ${who}`, all: "for everyone" }, aim.who, (value) => (aim.who = value)), choice("often", "How often", { once: "once", always: "always" }, aim.often, (value) => (aim.often = value)),
      h("span.hint", entry.operation && `when it is ${entry.operation}`)));
}

function ways(entry, of) {
  const seen = h("div"), root = rootOf(of), from = (format) => async () => (await ask(`requests/${enc(entry.id)}?format=${format}`, { of })).text();
  const makers = { curl: from("curl"), fetch: () => asFetch(entry, root), "SDK call": () => asSdk(entry, root), rule: () => asRule(entry), test: () => asTest(entry, root), HAR: from("har") };
  return h("section", h("div.some", button("Replay …", () => replay(entry, of), { title: "r" }), h("b", "Copy as"), Object.entries(makers).map(([name, make]) => button(name, async () => {
    const text = await make();
    seen.replaceChildren(h("pre", { tabindex: 0 }, text));
    await copy(text, `as ${name}`);
  }))), seen);
}

const signs = { passed: "✓", "did not run": "·" };
const told = ({ in: where, place, reason, text, suggestion }) => h("li", place && h("code", safe(where && where !== "body" ? `${where} ${place}` : place)), ` ${safe(reason ?? text)} `, h("b", suggestion));
function trace({ hint, violations = [], advice = [], steps = [], rules = [], delay, fault }) {
  const asked = ({ rule, result }) => h(result === "decided" ? "li.decided" : "li", h("span", safe(rule)), h("span", result === "decided" ? "● decided the answer" : safe(result)));
  const own = rules.filter(({ rule, result }) => result === "decided" || !rule.startsWith("defaults.json#")), rest = rules.filter((one) => !own.includes(one));
  return [hint && h("p.note", `Hint: ${safe(hint)}`),
    violations[0] && h("section.bad", h("h3", "What the contract does not allow"), h("ul", violations.map(told))),
    advice[0] && h("section.note", h("h3", "Advice: accepted, yet suspicious"), h("ul", advice.map(told))),
    h("section", h("h3", "Steps"), h("ol.some.steps", steps.map(({ step, result }) => h(`li.${signs[result] ? result.split(" ")[0] : "decided"}`, h("span", { title: result }, signs[result] ?? "●"), ` ${step}${signs[result] ? "" : " decided"}`))),
      delay && h("p", `Delayed by ${delay}.`), fault && h("p", `Fault: ${fault}.`)),
    rules[0] && h("section", h("h3", "Rules, in the order they were asked"), h("ol.asked", own.map(asked)), rest[0] && h("details", h("summary", `${rest.length} built-in rules did not match`), h("ol.asked", rest.map(asked))))];
}

// What the answer handed out, with its life as a bar.
function token(made) {
  if (!made) return;
  const issued = Date.parse(made.issued), life = Date.parse(made.expires) - issued;
  return h("section", h("h3", "Token"), h("p.facts", h("progress", { max: Math.max(1, life), value: Math.max(0, now() - issued), "aria-label": "Of its life" }), h("b", made.state), until(made.expires), `of ${span(life)}`), h("details", h("summary", "Claims"), pretty(made.claims)));
}

function exchange({ request, answer, trace: { violations = [], advice = [] } = {} }) {
  const marks = new Map([...violations.filter((one) => one.in === "body"), ...advice].map(({ place, reason, text, suggestion }) => [place, `${reason ?? text} ${suggestion ?? ""}`]));
  const wrong = violations.filter((one) => one.in === "header").map(({ place }) => place.toLowerCase());
  const half = (name, first, { headers = {}, body, body_coding_error, body_truncated, body_bytes }, where) => h("section", h("h3", name), h("p.first", first),
    h("details", h("summary", `${Object.keys(headers).length} headers`), h("dl", Object.entries(headers).map(([key, value]) => [h(wrong.includes(key) ? "dt.wrong" : "dt", key), h("dd", safe(value))]))),
    body_coding_error && h("p.note", body_coding_error), pretty(body, where), body_truncated && h("p.hint", `The beginning of ${count(body_bytes)} bytes`));
  return h("div.exchange", half("Request", safe(`${request.method} ${target(request)}`), request, marks), half("Answer", status(answer.status), answer));
}

function nothing() {
  if (newest) return empty("Open a request to see why it was answered so", h("p", h("kbd", "j"), " and ", h("kbd", "k"), " go from one to the next; then ", h("kbd", "1"), " to ", h("kbd", "6"), " arm an error for the next one. ", h("kbd", "?"), " shows all keys."), button("Open the newest", () => go(opened(newest)), { class: "primary" }));
  return empty("What happened, and why", h("p", "Send a request, and see here which rule or check answered it. A session:"), line(curl()), h("p", "With the official SDK:"), line(`new Apideck({ serverURL: "${rootOf()}", apiKey: "any-key", appId: "any-app", consumerId: "acme" })`),
    h("p", "Errors come by the consumer id alone (", h("code", "error-402"), ", ", h("code", "flaky"), ", ", h("code", "slow"), "), or from ", h("a", { href: to("errors") }, "Errors"), "."));
}
