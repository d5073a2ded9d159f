// The views beside the stream.

import { curl, drop, enc, get, go, patch, post, put, rootOf, space, to, whole } from "./api.js";
import { answerOf, arm, armed, at, isAdded, isOn, left, load, nameOf, rules as known, stop, until, whom } from "./bar.js";
import { again, button, code, coded, count, done, empty, fill, fold, h, head, hint, json, line, link, many, map, p, pretty, say, section, select, some, status, sure, table, tag, time } from "./dom.js";
import { newest } from "./stream.js";
import { selected } from "./why.js";

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
