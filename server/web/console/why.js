// Why a request was answered as it was: one sentence, then the steps as they ran; and what the next one gets.

import { closed, curl, enc, get, go, here, opened, rootOf, same, space, to } from "./api.js";
import { aim, arm, faults, six, times } from "./arm.js";
import { now, span, until } from "./clock.js";
import { copies, replay, target } from "./copies.js";
import { button, code, coded, copy, count, empty, fill, fold, h, hint, line, link, many, map, onStage, p, pre, pretty, safe, section, select, some, status } from "./dom.js";
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
  const place = here(), { id, of } = place, back = link(same(closed), "← All requests", "back");
  if (!id) return newest ? ready() : nothing();
  try {
    const entry = await entryOf(place), { sentence, status: code_, at, us, trace: facts, token: handed } = entry;
    return [back, h("h2", safe(sentence)), h("p.some.hint", status(code_), h("span", at), h("span", `${count(us)} µs`), of !== space && `in ${of}`, code(id)), next(entry, of), ways(entry, of), trace(facts), handed && token(handed), exchange(entry)];
  } catch (error) {
    if (error.status !== 404) throw error;
    return [back, empty("This request is gone", "The journal keeps the last ones only, and may have been cleared.")];
  }
}

const armFor = ({ consumer_id, operation }, of, respond, name) => arm({ respond }, name, { consumer: !aim.everyone && consumer_id, operation, times: times(), of });
export const press = async (number, respond = { error: +number }) => (await withOpened((entry, of) => armFor(entry, of, respond, number))) || arm({ respond }, number, { times: times() });

function next(entry, of) {
  const { operation, consumer_id: who } = entry, give = (name) => armFor(entry, of, faults[name] ?? { error: +name }, name);
  const check = (name, words) => h("label", h("input", { type: "checkbox", value: name, checked: aim[name], onchange: ({ target }) => (aim[name] = target.checked) }), words);
  return h("section.card", h("h3", "Answer differently next time"),
    some([...Object.keys(six), "429", "500"].map((number, i) => button([status(number), i < 6 && h("kbd", i + 1)], () => give(number), { title: six[number], aria: `${number} next time` })),
      select("A fault or a delay next time", [["Fault or delay …", ""], ...Object.keys(faults).map((name) => [name, name])], give)),
    some(who && check("everyone", ` for everyone, not only ${who}`), check("always", " always, not only once"), operation && h("span.hint", `when it is ${operation}`)));
}

function ways(entry, of) {
  const seen = h("div");
  return h("section", some(button("Replay …", () => replay(entry, of), { title: "r" }), h("b", "Copy as"), map(copies, (name, make) => button(name, async () => {
    const text = await make(entry, rootOf(of), of);
    fill(seen, pre(text));
    await copy(text, `as ${name}`);
  }))), seen);
}

// The steps by names that say what they are, where their own do not.
const plain = { operation: "route", "early rules": "rules before the checks", advice: "strict mode", "consumer id": "magic consumer id", prefer: "Prefer header", act: "operation" };
const signs = { passed: "✓", "did not run": "·" };
const told = (list) => h("ul", list.map(({ in: where = "", place, reason, text = reason, suggestion }) => h("li", code(safe(`${where} ${place}`)), ` ${safe(text)} `, h("b", suggestion))));
const asked = (list) => h("ol.asked", list.map(({ rule, result }) => h(`li.${result}`, h("span", safe(rule)), h("span", result === "decided" ? "● decided the answer" : safe(result)))));
function trace({ hint: likely, violations, advice, steps, rules, delay, fault }) {
  const rest = rules.filter(({ rule, result }) => rule.startsWith("defaults.json#") && result !== "decided");
  return [likely && h("p.note", `Hint: ${safe(likely)}`),
    violations[0] && h("div.note.bad", section("What the contract does not allow", told(violations))),
    advice[0] && h("div.note", section("Advice: accepted, yet suspicious", told(advice))),
    section("Steps", h("ol.some.steps", steps.map(({ step, result }) => h(`li.${result.slice(0, 3)}`, `${signs[result] ?? "●"} ${plain[step] ?? step}${signs[result] ? "" : " decided"}`))), delay && p(`Delayed by ${delay}.`), fault && p(`Fault: ${fault}.`)),
    rules[0] && section("Rules, in the order they were asked", asked(rules.filter((one) => !rest.includes(one))), rest[0] && fold(`${many(rest.length, "built-in rule")} did not match`, asked(rest)))];
}

// What the answer handed out, with its life as a bar.
function token(given) {
  const end = Date.parse(given.expires), life = end - Date.parse(given.issued), left = until(given);
  return section("Token", h("p.some", h("progress", { max: Math.max(1, life), value: left ? Math.max(0, end - now()) : 0, aria: "What is left" }), h("b", given.state), left, `of ${span(life)}`), fold("Claims", pretty(given.claims)));
}

function exchange({ request, answer, trace: { violations, advice } }) {
  const wrong = new Map([...violations, ...advice].map(({ in: where = "body", place, reason, text = reason, suggestion = "" }) => [where === "body" ? place : place.toLowerCase(), `${text} ${suggestion}`]));
  const half = (name, first, { headers = {}, body, body_coding_error: unread, body_truncated, body_bytes }, marks) => section(name, h("p.first", first),
    fold(many(Object.keys(headers).length, "header"), h("dl", map(headers, (key, value) => [h(marks?.has(key) ? "dt.wrong" : "dt", key), h("dd", safe(value))]))),
    unread && h("p.note", unread), pretty(body, marks), body_truncated && hint(`The beginning of ${count(body_bytes)} bytes`));
  return h("div.exchange", half("Request", safe(`${request.method} ${target(request)}`), request, wrong), half("Answer", status(answer.status), answer));
}

const ready = () => empty("Open a request to see why it was answered so", p(coded("`j` and `k` go from one to the next; then `1` to `6` arm an error for the next one. `?` shows all keys.")), button("Open the newest", () => go(opened(newest)), { class: "primary" }));
const nothing = () => empty("What happened, and why", p("Send a request, and see here which rule or check answered it. A session:"), line(curl()), p("With the official SDK:"), line(`new Apideck({ serverURL: "${rootOf()}", apiKey: "any-key", appId: "any-app", consumerId: "acme" })`),
  p(coded("Errors come by the consumer id alone (`error-402`, `flaky`, `slow`), or from "), link(to("errors"), "Errors"), "."));
