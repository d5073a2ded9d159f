// Why a request was answered so; what the next one gets; the request copied, or sent again.

import { ask, closed, curl, enc, get, go, here, opened, rootOf, same, space } from "./api.js";
import { aim, arm, faults, now, six, span, until } from "./bar.js";
import { button, code, coded, copy, count, dialog, empty, fill, fold, h, hint, json, line, link, many, map, onStage, p, pre, pretty, say, section, select, some, status } from "./dom.js";
import { newest } from "./stream.js";

export let selected; // the entry that was opened last
const entryOf = async ({ id, of }) => (selected = selected?.id === id ? selected : await get(`requests/${enc(id)}`, undefined, of));
export async function withOpened(act) {
  const place = here(), is = place.id && !onStage;
  if (is) await act(await entryOf(place), place.of);
  return is;
}
const give = (name, { consumer_id, operation } = {}, of) => arm({ respond: +name ? { error: +name } : name === "delay" ? { delay: "2s" } : { fault: name } }, name, { consumer: !aim.everyone && consumer_id, operation, once: !aim.always, of });
export const press = async (number) => (await withOpened((entry, of) => give(number, entry, of))) || give(number);

export async function why() {
  const place = here(), { id, of } = place;
  if (!id) return newest ? ready() : nothing();
  const entry = await entryOf(place);
  return [h("div.line", h("h2", entry.sentence), link(same(closed), "✕ Close", "button")), h("p.some.hint", status(entry.status), h("span", `${entry.at}, ${count(entry.us)} µs`), of !== space && `in ${of}`, code(id)),
    next(entry, of), ways(entry, of), trace(entry.trace), entry.token && session(entry.token), exchange(entry)];
}

function next(entry, of) {
  const { operation, consumer_id: who } = entry, act = (name) => give(name, entry, of);
  const check = (name, words) => h("label", h("input", { type: "checkbox", value: name, checked: aim[name], onchange: () => (aim[name] = !aim[name]) }), words);
  return h("section.card", h("h3", "Answer differently next time"),
    some(Object.keys(six).map((number, i) => button([status(number), h("kbd", i + 1)], () => act(number), { aria: `${number} next time` })),
      select("A fault or a delay next time", [["Fault or delay …", ""], ...faults.map((name) => [name])], act)),
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

const plain = { operation: "route", "early rules": "rules before the checks", advice: "strict mode", act: "operation" };
const signs = { passed: "✓", "did not run": "·" };
const told = (list) => h("ul", list.map(({ in: where = "", place, reason, text = reason, suggestion }) => h("li", code(`${where} ${place}`), ` ${text} `, h("b", suggestion))));
const asked = (list) => h("ol.asked", list.map(({ rule, result }) => h(`li.${result}`, h("span", rule), h("span", result))));
function trace({ hint: likely, violations, advice, steps, rules }) {
  const rest = rules.filter(({ rule, result }) => rule.startsWith("defaults.json#") && result !== "decided");
  return [likely && h("p.note", `Hint: ${likely}`),
    violations[0] && h("div.note.bad", section("What the contract does not allow", told(violations))),
    advice[0] && h("div.note", section("Advice: accepted, yet suspicious", told(advice))),
    section("Steps", h("ol.some.steps", steps.map(({ step, result }) => h(`li.${result.slice(0, 3)}`, `${signs[result] ?? "●"} ${plain[step] ?? step}${signs[result] ? "" : " decided"}`)))),
    rules[0] && section("Rules, in the order they were asked", asked(rules.filter((one) => !rest.includes(one))), rest[0] && fold(`${many(rest.length, "built-in rule")} did not match`, asked(rest)))];
}

function session(given) {
  const end = Date.parse(given.expires), life = end - Date.parse(given.issued), left = until(given);
  return section("Token", h("p.some", h("progress", { max: life, value: left ? end - now() : 0, aria: "What is left" }), h("b", given.state), left, `of ${span(life)}`), fold("Claims", pretty(given.claims)));
}

function exchange({ request, answer, trace: { violations, advice } }) {
  const wrong = new Map([...violations, ...advice].map(({ in: where = "body", place, reason, text = reason, suggestion = "" }) => [where === "body" && place, `${text} ${suggestion}`]));
  const half = (name, first, { headers = {}, body, body_coding_error: unread, body_truncated, body_bytes }, marks) => section(name, p(code(first)),
    fold(many(Object.keys(headers).length, "header"), h("dl", map(headers, (key, value) => [h("dt", key), h("dd", value)]))),
    unread && h("p.note", unread), pretty(body, marks), body_truncated && hint(`The beginning of ${count(body_bytes)} bytes`));
  return h("div.exchange", half("Request", `${request.method} ${target(request)}`, request, wrong), half("Answer", status(answer.status), answer));
}

const ready = () => empty("Open a request to see why it was answered so", p(coded("`j` opens one, `1` to `6` arm an error for the next, `?` shows all keys.")), button("Open the newest", () => go(opened(newest)), { class: "primary" }));
const nothing = () => empty("What happened, and why", p("Send a request, and see which rule or check answered it:"), line(curl()), p(coded("The consumer ids `error-402`, `flaky` and `slow` get what they say.")));

// But what clients add by themselves.
const headersOf = ({ headers = {} }) => Object.entries(headers).filter(([key]) => !/^(host|connection|content-length|user-agent|accept.*|authorization|sec-.*|x-forwarded.*)$/.test(key));
const bodyOf = ({ body }) => (typeof body === "string" ? body : body ? json(body) : undefined);
const target = ({ path, query }) => path + (query && `?${query}`);
const whenOf = ({ operation, consumer_id, request: { method, path } }) => ({ ...(operation ? { operation } : { method, path }), consumer_id: consumer_id || undefined });

// Of @apideck/unify.
const methods = { Create: "create", Add: "create", All: "list", One: "get", Update: "update", Delete: "delete" };

const from = (format) => async ({ id }, root, of) => (await ask(`requests/${enc(id)}?format=${format}`, { of })).text();
const copies = {
  curl: from("curl"),
  fetch: ({ request }, root) => `await fetch(${json(root + target(request))}, ${json({ method: request.method, headers: { authorization: "Bearer any-key", ...Object.fromEntries(headersOf(request)) }, body: bodyOf(request) })});`,
  "SDK call"({ operation, request: { path, headers, body }, consumer_id: consumerId }, serverURL) {
    const [, group, one, method] = /^((session|connection|consumer|log)s)(\w+)$/.exec(operation) ?? [], [, , , unifiedApi, serviceId] = path.split("/");
    if (!methods[method]) return "// @apideck/unify has no such method: use fetch.";
    const given = { ...(one === "connection" && unifiedApi && { unifiedApi, serviceId }), ...(body && { [one]: body }) };
    return `const apideck = new Apideck(${json({ serverURL, apiKey: "any-key", appId: headers["x-apideck-app-id"], consumerId, retryConfig: { strategy: "none" } })});
await apideck.vault.${group}.${methods[method]}(${json(given).replace(/_(\w)(?=\w*":)/g, (_, letter) => letter.toUpperCase())});`;
  },
  rule(entry) {
    const { status, body } = entry.answer, { type_name: error, message, detail, data } = body ?? {};
    const respond = error ? { error, status, message, detail } : data?.session_token ? { session: true } : { status, [typeof body === "string" ? "text" : "body"]: body || undefined };
    return json({ name: `${status} for ${entry.consumer_id || "everyone"}`, when: whenOf(entry), respond });
  },
  test: (entry, root) => `const answer = await fetch("${root}/_mock/verify", { method: "POST", body: JSON.stringify(${json({ when: whenOf(entry), times: 1, status: entry.answer.status })}) });
const { pass, message } = await answer.json();
assert.ok(pass, message);`,
  HAR: from("har"),
};

let authorization = "Bearer any-key"; // as it was sent last
export function replay({ request }, of) {
  const lines = [`${request.method} ${target(request)}`, `authorization: ${authorization}`, ...headersOf(request).map((header) => header.join(": "))];
  const area = h("textarea", { aria: "Request", rows: 16, spellcheck: "false", value: `${lines.join("\n")}\n\n${bodyOf(request) ?? ""}` }), told = h("p.hint", { role: "alert" }, "The journal keeps no keys: put in yours.");
  async function send() {
    const [head, body] = area.value.split(/\n\n([^]*)/), [first, ...more] = head.split("\n"), [method, place] = first.split(" ");
    const headers = new Headers(more.map((header) => header.split(/: *(.*)/, 2)));
    authorization = headers.get("authorization") ?? authorization;
    const answer = await fetch(rootOf(of) + place, { method, redirect: "manual", headers, body: body || undefined }), id = answer.headers.get("x-apideck-request-id");
    box.close();
    say(`Sent again: ${answer.status || "a redirection"}.`);
    if (id) go(opened({ id, space: of }));
  }
  const failed = ({ message }) => fill(told, `Not sent, or no answer came: ${message}`);
  const box = dialog("Replay", told, area, button("Send", () => send().catch(failed), { class: "primary" }));
}
