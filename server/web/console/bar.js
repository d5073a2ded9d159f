// The bar on top: what is armed, and the clock.

import { drop, enc, get, post, put, space, to, whole } from "./api.js";
import { $, attempt, button, calmly, emit, fill, h, hint, hush, link, on, onStage, say, status, time } from "./dom.js";

export const six = { 400: "Bad request", 401: "Unauthorized", 402: "Payment required", 404: "Not found", 422: "Unprocessable", 503: "Unavailable" };

export let rules = [];
export const isAdded = ({ origin }) => origin === "added",
  isOn = ({ enabled, remaining }) => enabled && remaining !== 0,
  nameOf = ({ name, label }) => name || label,
  at = ({ id }) => `rules/${enc(id)}`,
  armed = (...answers) => rules.filter((rule) => isAdded(rule) && isOn(rule) && (!answers[0] || answers.includes(answerOf(rule)))),
  left = ({ remaining, ends_at }) => (remaining ? `${remaining} left` : remaining === 0 ? "used up" : ends_at ? `until ${time(ends_at)}` : "always");
export function answerOf({ rule: { respond, sequence, random } }) {
  const { status: code, error, fault, session, delay } = respond ?? (sequence ?? random)[0];
  return `${code ?? error?.status ?? error ?? fault?.kind ?? fault ?? (session ? 200 : delay ? "delay" : "pass")}`;
}
export function whom({ rule: { when = {} } }) {
  const { consumer_id: who, operation, ...more } = when;
  return typeof who === "string" ? who : who || Object.keys(more)[0] ? "some" : "everyone";
}

const wordsOf = (rule) => [nameOf(rule), [" for ", whom(rule)], [" · ", rule.rule.when?.operation]].reduce((text, [mark, part]) => (!part || text.includes(part) ? text : text + mark + part));

let told;
export async function load() {
  const [{ added, files }, { rule_files: trouble }] = await Promise.all([whole("rules"), get("health")]);
  rules = [...added, ...files];
  const all = armed();
  fill($("armed"), all[0] ? [h("b", "Armed"), all.slice(0, 3).map((rule) => {
    const answer = answerOf(rule), words = wordsOf(rule);
    return button([+answer && status(answer), h("span", +answer ? words.replace(`${answer} `, "") : words), h("b", left(rule)), "✕"], () => stop(rule), { class: "chip", aria: `Stop ${words}, ${left(rule)}` });
  }), all[3] && link(to("rules"), `${all.length - 3} more`)] : hint("Nothing is armed"));
  fill($("trouble"), trouble && `Rule files: ${trouble}`);
  if (told && !all.some(({ id }) => id === told.id)) hush(told.text);
  emit("rules");
}

// The same again ends it.
export async function arm(rule, title, { consumer, operation, once, of = space } = {}) {
  const who = consumer || "everyone", when = { operation: operation || undefined, consumer_id: consumer || undefined }, text = `${once ? "Next" : "From now on"}, ${who} gets ${title}${of === space ? "" : ` in ${of}`}.`;
  await load();
  const before = armed(answerOf({ rule })).filter((one) => of === space && one.name.includes(title) && whom(one) === who && one.rule.when?.operation === when.operation && (onStage || !one.remaining === !once));
  if (before[0]) return stop(...before);
  const { id } = await post(`rules${once ? "?times=1" : ""}`, { ...rule, name: `${title} for ${who}${operation ? ` · ${operation}` : ""}`, when }, of);
  await load();
  say(text);
  told = of === space && { id, text };
}
export async function stop(...list) {
  await Promise.all(list.map((rule) => drop(at(rule)).catch(() => {}))); // one may have ended by itself
  await load();
  say(`Stopped: ${list.map(nameOf).join(", ")}.`);
}

const later = calmly(() => attempt(load), 150);
on("changed", ({ what }) => what === "rules" ? later() : what === "clock" && loadClock());
on("arrived", (entries) => entries.some(({ rule }) => rule) && later());

let then = Date.now(), read = 0, frozen, moved;
export const now = () => then + (frozen ? 0 : performance.now() - read);

export function span(ms) {
  const s = Math.abs(ms) / 1000, [days, hours, minutes] = [s / 86400, (s / 3600) % 24, (s / 60) % 60].map(Math.floor);
  return days ? `${days} d ${hours} h` : hours ? `${hours} h ${minutes} min` : minutes ? `${minutes} min` : `${Math.floor(s)} s`;
}
const rest = (end) => (end > now() ? `${span(end - now())} left` : `ended ${span(now() - end)} ago`);
export function until({ state, expires }) {
  const end = Date.parse(expires);
  return (state === "active" || end <= now()) && h("span.hint", { "data-until": end }, rest(end));
}

const change = (words, body) => async () => (take(await put("clock", body)), say(words));
const iso = () => new Date(now()).toISOString();
export const stands = (at) => frozen && at === iso(),
  toggle = () => (frozen || moved ? change("The clock runs with real time.", { resume: true }) : change("The clock stands.", { freeze: iso() }))(),
  hour = change("It is an hour later.", { advance: "1h" });
const face = h("time"), state = h("span.hint"), hold = button("", toggle, { title: "z" });

function tick() {
  fill(face, time(iso()));
  for (const node of document.querySelectorAll("[data-until]")) fill(node, rest(+node.dataset.until));
}
function take(clock) {
  [then, read, frozen] = [Date.parse(clock.now), performance.now(), clock.frozen];
  moved = Math.abs(then - Date.now()) > 5000;
  fill(hold, frozen ? "Resume" : moved ? "Real time" : "Freeze");
  fill(state, frozen ? "frozen" : moved ? "moved" : "UTC");
  $("clock").classList.toggle("moved", frozen || moved);
  tick();
}
const loadClock = async () => take(await get("clock"));
export function startBar() {
  fill($("clock"), face, state, hold, button("+1 h", hour, { title: "+" }), button("+1 d", change("It is a day later.", { advance: "24h" })));
  setInterval(tick, 500);
  return Promise.all([attempt(loadClock), attempt(load)]);
}
