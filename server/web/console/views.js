// The views: why a request was answered so, and others.

import { ask, closed, curl, drop, enc, get, go, here, opened, patch, post, put, rootOf, same, space, to, whole } from "./api.js";
import { answerOf, arm, armed, at, isAdded, isOn, left, load, nameOf, now, rules as known, six, span, stop, until, whom } from "./bar.js";
import { again, button, code, coded, copy, count, dialog, done, empty, fill, fold, h, head, hint, json, line, link, many, map, onStage, p, pre, pretty, say, section, select, some, status, sure, table, tag, time } from "./dom.js";
import { newest } from "./stream.js";

const faults = ["delay", "hang", "reset", "close", "truncate", "malformed", "drip"];
const aim = { everyone: false, always: false };
let selected;
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
  return [h("div.line", h("h2", entry.sentence), link(same(closed), "Close", "button")), h("p.some.hint", status(entry.status), h("span", `${entry.at}, ${count(entry.us)} µs`), of !== space && `in ${of}`, code(id)),
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

let authorization = "Bearer any-key";
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

const card = (kind, first, ...more) => h(`article.card${kind}`, some(first), more);
const cards = (list) => h("div.cards", list);

let catalogue, consumer;
function errorCard({ type_name: type, name = type, title = name, status: number = name, when, next, evidence, sdk, body, provoke: { rule, consumer_id, prefer } }) {
  const on = armed(`${number}`, type), act = (label, options) => button(label, () => arm(rule, number, options), { title: `${options.once ? "The next call" : "Every call"} of ${options.consumer ?? "everyone"}: ${title}` });
  return card(on[0] ? ".on" : "", [status(type ? number : "✕"), h("h3", title), evidence && tag(evidence)],
    p("When ", coded(when), "."), sdk && hint("The SDK shows ", code(sdk), next && ["; ", coded(next)], "."),
    body && fold("Exact answer", pretty(body), hint(consumer_id && ["Consumer id ", code(consumer_id), " "], prefer && code(`Prefer: ${prefer}`))),
    some(act("Next call", { once: true }), consumer && act(`Next of ${consumer}`, { consumer, once: true }), act("Always", {}), on[0] && button(`Stop (${on.map((rule) => `${whom(rule)}: ${left(rule)}`).join(", ")})`, () => stop(...on), { class: "primary", aria: `Stop ${title}` })));
}
export async function errors() {
  const { errors: all, faults } = (catalogue ??= await get("errors"));
  consumer ||= (selected ?? newest)?.consumer_id ?? "";
  return [head("Make the next error happen", h("label", "Consumer ", h("input", { value: consumer, onchange: ({ target }) => ((consumer = target.value), again()) }))),
    cards(all.map(errorCard)), section("Faults and delays", cards(faults.map(errorCard)))];
}

function sessionCard({ token, state, consumer_id: who = "nobody", application_id: app, issued, expires, claims, session_uri: href = `${rootOf()}/session/${token}` }) {
  const act = (call, words, body) => done(() => call(`sessions/${enc(token)}`, body), `The session of ${who} ${words}.`);
  return card("", [tag(state), h("h3", who), until({ state, expires })], hint(`${app}, issued ${time(issued)}, expires ${time(expires)}`), fold("Claims", pretty(claims)),
    some(/^https?:/.test(href) && h("a.button", { href, target: "_blank", rel: "noreferrer" }, "Open its page"), state === "active" && [button("Expire now", act(patch, "has expired", { state: "expired" }), { aria: `Expire now: ${who}` }), sure("Revoke", act(drop, "is revoked"))]));
}
export async function sessions() {
  const { sessions: all, truncated } = await get("sessions?limit=50");
  if (!all[0]) return empty("No sessions yet", line(curl()));
  return [head("Sessions"), cards(all.map(sessionCard)), truncated && "The newest 50 are shown."];
}

export async function connections([app, who]) {
  const { consumers = [] } = await whole("consumers");
  if (!consumers[0]) return empty("No consumers yet", line(curl()));
  if (!who) [{ application_id: app, consumer_id: who }] = consumers;
  const query = `?consumer_id=${enc(who)}&application_id=${enc(app)}`, { connections: all } = await get(`connections${query}`);
  const row = ({ unified_api: api, service_id: service, name, state, states }) => [[name, h("span.hint", ` ${service}`)], api, tag(state),
    select(`State of ${name}`, [...new Set([state, ...states])].map((one) => [one, one, one === state]), (wanted) => done(() => put(`connections/${enc(api)}/${enc(service)}${query}`, { state: wanted }), `${name} is ${wanted}.`)())];
  return [head(`Connections of ${who}`, select("Consumer", consumers.map(({ application_id: of, consumer_id: one }) => [`${one} (${of})`, to("connections", {}, of, one), of === app && one === who]), go)),
    table("Connections", ["Connector", "API", "State", "Set"], all.map(row))];
}

export async function spaces() {
  const { spaces: all } = await whole("spaces");
  const row = ({ name, requests, requests_kept, rules_added, sessions, last_used, dropped }) => [[link(`${rootOf(name)}/_mock/`, name), h("span.hint", name === space && " this one"), hint(map(dropped, (kind, number) => `${count(number)} ${kind} dropped`).join(", "))],
    ...[requests, requests_kept, rules_added, sessions].map(count), time(last_used),
    [sure("Reset", done(() => post("reset", undefined, name), `${name} is reset.`), { aria: `Reset ${name}` }), " ", name !== "default" && sure("Forget", done(() => drop("..", undefined, name), `${name} is forgotten.`), { aria: `Forget ${name}` })]];
  return [head("Spaces"),
    hint("With /@name in front of each path a test has a world of its own."),
    table("Spaces", ["Name", "Requests", "Kept", "Rules", "Sessions", "Last use", ""], all.map(row))];
}

const place = ({ origin: { file, line: number } }) => code(file ? `${file.split("/").pop()}:${number}` : "added");
const openRule = (id, text, kind) => link(to("rules", {}, id), text, kind);
function ruleRow(rule) {
  const is = isOn(rule), name = nameOf(rule), flip = async () => (await patch(at(rule), { enabled: !is }), say(`${name}: ${is ? "off" : "on"}.`), load());
  return [[openRule(rule.id, name), hint(coded(rule.description ?? ""))], button(is ? "on" : "off", flip, { role: "switch", "aria-checked": `${is}`, aria: name }),
    status(answerOf(rule)), place(rule), count(rule.hits), time(rule.last_hit), left(rule)];
}
export async function rules([id]) {
  if (id !== undefined) return oneRule(id);
  const added = known.filter(isAdded);
  return [head("Rules, in the order they are asked", openRule("", "New rule", "button"), added[0] && button("Download the added", () => h("a", { download: "rules.json", href: URL.createObjectURL(new Blob([json({ rules: added.map(({ rule }) => rule) })])) }).click())),
    table("Rules", ["Name", "", "Answer", "From", "Hits", "Last", "Left"], known.map(ruleRow))];
}

const matchNote = ({ would_match: would, differences }, { operation, path, consumer_id: who }) =>
  h(would ? "p.note.yes" : "p.note", `${would ? "Yes, it is" : would === false ? "No, it is not" : "Perhaps it is"} for ${operation || path} of ${who || "nobody"}. `, differences?.join("; "));

// The mock counts bytes of UTF-8, the browser UTF-16.
function offsetOf(text, line, column) {
  const rows = text.split("\n"), bytes = new TextEncoder().encode(rows[line - 1]);
  return rows.slice(0, line - 1).join("\n").length + (line > 1) + new TextDecoder().decode(bytes.slice(0, column - 1)).length;
}

async function editor({ id = "", rule }) {
  const draft = `draft ${space} ${id}`, forget = () => delete sessionStorage[draft];
  const told = h("div"), area = h("textarea", { aria: "Rule", rows: 14, spellcheck: "false", value: sessionStorage[draft] ?? json(rule) });
  async function check() {
    const text = area.value, entry = selected;
    const { valid, mistakes, ...rest } = await post(`rules?check=1${entry ? `&request=${enc(entry.id)}` : ""}`, text).catch(({ message, body }) => ({ mistakes: body?.mistakes ?? [{ line: 1, column: 1, message }] }));
    if (text !== area.value) return;
    fill(told, mistakes.map(({ line: row, column, message, suggestion, severity }) => h(severity === "warning" ? "p.note" : "p.note.bad", button(`${row}:${column}`, () => {
      area.focus();
      area.selectionEnd = area.selectionStart = offsetOf(text, row, column);
    }, { aria: `Go to line ${row}, column ${column}` }), ` ${message} `, suggestion && h("b", `Did you mean ${suggestion}?`))), !mistakes[0] && h("p.good", "✓ No mistakes"), valid && entry && matchNote(rest, entry));
  }
  async function save() {
    const made = await (id ? put(at({ id }), area.value) : post("rules", area.value));
    forget();
    area.remove();
    say("It is in effect.");
    await load();
    go(to("rules", {}, made.id));
  }
  let timer;
  area.oninput = () => {
    clearTimeout(timer);
    timer = setTimeout(check, 250);
    sessionStorage[draft] = area.value;
  };
  await check();
  return [area, told, some(button(id ? "Save" : "Add in front of all others", save, { class: "primary" }), button("Start over", () => (forget(), again())))];
}

async function oneRule(id) {
  const rule = known.find((one) => one.id === id), entry = selected;
  if (!id) return [h("h2", "A new rule"), await editor({ rule: { name: "free tier used up", when: { operation: "sessionsCreate", consumer_id: "acme" }, respond: { error: 402 } } })];
  if (!rule) return empty("This rule is gone");
  return [h("h2", nameOf(rule)), h("p.some.hint", place(rule), h("span", many(rule.hits, "hit")), h("span", isOn(rule) ? left(rule) : "off")),
    entry && matchNote(await get(`${at(rule)}?request=${enc(entry.id)}`), entry),
    isAdded(rule) ? [await editor(rule), sure("Delete", async () => (await drop(at(rule)), go(to("rules"))))] : [pretty(rule.rule), hint("Change it in its file, and it takes effect within a second.")]];
}
