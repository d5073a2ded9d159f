// Why a request was answered as it was: one sentence, then the steps as they ran; and what to do about the next one.

import { aim, arm, faults, others, six } from "./arm.js";
import { enc, json, rootOf, space, text } from "./api.js";
import { now, span, until } from "./clock.js";
import { asFetch, asRule, asSdk, asTest, copied } from "./copies.js";
import { button, choice, count, empty, h, line, say, status } from "./dom.js";
import { pretty, safe } from "./json.js";
import { replay } from "./replay.js";
import { go, here, opened, to } from "./router.js";
import { newest } from "./stream.js";
import { teach } from "./arm.js";

export const title = "Why";
let shown; // { id, of, entry }
export const selected = () => shown?.entry;

export async function fetchEntry(id, of) {
  if (shown?.id !== id || shown.of !== of) shown = { id, of, entry: await json(`requests/${enc(id)}`, { of }) };
  return shown.entry;
}

export async function render() {
  const { id, of } = here();
  if (!id) return nothing();
  let entry;
  try {
    entry = await fetchEntry(id, of);
  } catch (error) {
    if (error.status !== 404) throw error;
    return empty("This request is gone", h("p", "The journal keeps a limited number of requests, and this one has made room for others, or was cleared."), h("a", { href: to("requests", { r: "", s: "" }) }, "Back to the stream"));
  }
  return h("article.why", { "aria-labelledby": "sentence" },
    h("a.back", { href: to("requests", { r: "", s: "" }) }, "← All requests"),
    h("h2", { id: "sentence", tabindex: -1 }, sentence(entry)),
    h("p.hint.facts", status(entry.status), h("span", entry.at), h("span", `${count(entry.us)} µs`), of !== space && h("span", `space ${of}`), h("code", entry.id)),
    next(entry, of), ways(entry, of), trace(entry), token(entry), exchange(entry));
}

const sentence = (entry) => safe(entry.sentence ?? `${entry.consumer_id || "Nobody"} asked for ${entry.operation || `${entry.method} ${entry.path}`}; ${entry.decided_by} answered ${entry.status}.`);

// What the next such request gets: a press, or a key.
function next(entry, of) {
  const { consumer_id: consumer, operation } = entry;
  const send = (answer, name) => armFor(entry, of, answer, name);
  const more = h("select", { "aria-label": "A fault or a delay next time", "data-key": "faults", on: { change: () => more.value && (send(faults[more.value], more.value).catch((error) => say(error.message, "bad")), (more.value = "")) } },
    h("option", { value: "" }, "Fault or delay …"), Object.keys(faults).map((name) => h("option", { value: name }, name)));
  return h("section.next", { "aria-labelledby": "next" }, h("h3", { id: "next" }, "Answer differently next time"),
    h("div.row-of", [...six, ...others].map((code) => button([status(code), six.includes(code) && h("kbd", six.indexOf(code) + 1)], () => send({ error: code }, code), { "data-key": `next${code}`, "aria-label": `${code} next time` })), more),
    h("div", { class: "row-of" },
      consumer ? choice("who", "For whom", [["consumer", `for ${consumer}`], ["all", "for everyone"]], aim.who, (value) => (aim.who = value)) : h("span.hint", "for everyone: the request names no consumer"),
      choice("often", "How often", [["once", "once"], ["always", "always"]], aim.often, (value) => (aim.often = value)), operation && h("span.hint", `when it is ${operation}`)));
}
export const armFor = (entry, of, answer, name) =>
  arm(answer, { title: name, consumer: aim.who === "consumer" ? entry.consumer_id : "", operation: entry.operation, times: aim.often === "once" ? 1 : undefined, of });

function ways(entry, of) {
  const root = rootOf(of), preview = h("div.preview");
  const copy = (name, make) => button(name, async () => {
    const made = await make();
    preview.replaceChildren(h("pre", { tabindex: 0, "aria-label": `Copied as ${name}` }, made));
    say((await copied(made)) ? `Copied as ${name}.` : "The browser does not let the page copy: mark the text below.", "good");
  }, { "data-key": `copy-${name}` });
  const from = (format) => () => text(`requests/${enc(entry.id)}?format=${format}`, { of });
  return h("section.ways", { "aria-label": "Take it elsewhere" },
    h("div.row-of", button("Replay …", () => replay(entry, of), { title: "r" }),
      h("span.label", "Copy as"), copy("curl", from("curl")), copy("fetch", () => asFetch(entry, root)), copy("SDK call", () => asSdk(entry, root)), copy("rule", () => asRule(entry)), copy("test", () => asTest(entry, root)), copy("HAR", from("har"))), preview);
}

const mark = { passed: "✓", "did not run": "·" };
function trace({ trace: told, advice = told?.advice ?? [] }) {
  if (!told) return null;
  const rules = (told.rules ?? []).filter(({ result }) => result);
  const reason = ({ in: where, place, reason: why, text: words, suggestion }) => h("li", place && h("code", safe(where && where !== "body" ? `${where} ${place}` : place)), " ", safe(why ?? words), suggestion && h("b", ` ${safe(suggestion)}`));
  return [
    told.hint && h("p.note", h("b", "Hint: "), safe(told.hint)),
    told.violations?.length > 0 && h("section.bad", h("h3", "What the contract does not allow"), h("ul", told.violations.map(reason))),
    advice.length > 0 && h("section.warn", h("h3", "Advice: accepted, yet suspicious"), h("ul", advice.map(reason))),
    h("section", h("h3", "Steps"), h("ol.steps", told.steps.map(({ step, result }) =>
      h("li", { class: result in mark ? (result === "passed" ? "passed" : "skipped") : "decided" }, h("span", { "aria-hidden": "true" }, mark[result] ?? "●"), ` ${step} `, h("span", { class: result in mark ? "unseen" : "" }, result)))),
    (told.delay || told.fault) && h("p", [told.delay && `Delayed by ${told.delay}.`, told.fault && `Fault: ${told.fault}.`].filter(Boolean).join(" "))),
    rules.length > 0 && h("section", h("h3", "Rules, in the order they were asked"), h("ol.asked", rules.map(({ rule, result }) =>
      h("li", { class: result === "decided" ? "decided" : "" }, h("span.name", safe(rule)), h("span", result === "decided" ? "● decided the answer" : safe(result)))))),
  ];
}

// The token that the answer handed out, with its life as a bar.
function token({ token: made }) {
  if (!made) return null;
  const issued = Date.parse(made.issued), whole = Math.max(1, Date.parse(made.expires) - issued);
  return h("section", h("h3", "The token"),
    h("div.life", h("progress", { max: whole, value: Math.max(0, Math.min(whole, now() - issued)), "aria-label": "Of its life" }), h("span", h("b", made.state), " · ", h("span", { "data-until": made.expires }, until(made.expires)), ` of ${span(whole)}`)),
    h("details", { "data-key": "claims" }, h("summary", "Claims"), pretty(made.claims)));
}

function exchange({ request, answer, trace: told }) {
  const marks = new Map([...(told?.violations ?? []), ...(told?.advice ?? [])].filter((one) => (one.in ?? "body") === "body").map(({ place, reason, text: words, suggestion }) => [place, [reason ?? words, suggestion].filter(Boolean).join(" ")]));
  const wrong = new Set((told?.violations ?? []).filter((one) => one.in === "header").map(({ place }) => place.toLowerCase()));
  const half = (name, first, part, where) => h("section.half", { "aria-label": name }, h("h3", name), h("p.first", first),
    h("details", { "data-key": `headers-${name}` }, h("summary", `${Object.keys(part.headers ?? {}).length} headers`), h("dl.headers", Object.entries(part.headers ?? {}).map(([key, value]) => [h("dt", { class: wrong.has(key) ? "wrong" : "" }, key), h("dd", safe([value].flat().join("\n")))]))),
    part.body_coding_error && h("p.note", part.body_coding_error), pretty(part.body, where), part.body_truncated && h("p.hint", `Not all of it: the body has ${count(part.body_bytes)} bytes.`));
  return h("div.exchange", half("Request", safe(`${request.method} ${request.path}${request.query ? `?${request.query}` : ""}`), request, marks), half("Answer", status(answer.status), answer));
}

function nothing() {
  if (!newest) return empty("What happened, and why", h("p", "Send a request, and open it here to see which rule or check answered it. This is a session:"), line(teach()),
    h("p", "The official SDK:"), line(`new Apideck({ serverURL: "${rootOf()}", apiKey: "any-key", appId: "any-app", consumerId: "acme" })`),
    h("p", "An error comes by the consumer id alone: ", ["error-402", "error-422", "flaky", "slow", "expired"].map((id) => [h("code", id), " "]), "or from ", h("a", { href: to("errors") }, "Errors"), "."));
  return empty("Open a request to see why it was answered so", h("p", h("kbd", "j"), " and ", h("kbd", "k"), " go from one to the next; then ", h("kbd", "1"), " to ", h("kbd", "6"), " arm an error for the next one. ", h("kbd", "?"), " shows all keys."),
    button("Open the newest", () => go(opened(newest)), { class: "primary" }));
}
