// What is armed: rules added at run time that answer requests to come. Each ends by one press.

import { drop, enc, get, post, space, to } from "./api.js";
import { $, attempt, button, calmly, emit, h, link, on, say, status, sure, time } from "./dom.js";

export const six = { 400: "Bad request", 401: "Unauthorized", 402: "Payment required", 404: "Not found", 422: "Unprocessable", 503: "Unavailable" };
export const faults = { "2 s delay": { delay: "2s" }, "10 s delay": { delay: "10s" } };
for (const fault of ["reset", "close", "truncate", "malformed", "drip", "hang"]) faults[fault] = { fault };
export const aim = { who: "consumer", often: "once" }; // chosen once, for all places that arm
export const times = () => aim.often === "once" && 1;

export let rules = []; // in the order they are asked
export const isAdded = ({ origin }) => origin === "added";
export const isOn = ({ enabled, remaining }) => enabled && remaining !== 0;
export const nameOf = ({ name, label }) => name || label;
export const at = ({ id }) => `rules/${enc(id)}`;
export const armed = (...answers) => rules.filter((rule) => isAdded(rule) && isOn(rule) && (!answers[0] || answers.includes(answerOf(rule))));
export const left = ({ remaining, ends_at }) => (remaining ? `${remaining} left` : remaining === 0 ? "used up" : ends_at ? `until ${time(ends_at)}` : "always");
export function answerOf({ rule: { respond, sequence, random } }) {
  const { status: code, error, fault, session, delay } = respond ?? (sequence ?? random)[0];
  return `${code ?? error?.status ?? error ?? fault?.kind ?? fault ?? (session ? 200 : delay ? "delay" : "pass")}`;
}

export async function load() {
  const { added, files } = await get("rules?limit=500");
  rules = [...added, ...files];
  const all = armed(), chip = (rule) => button([status(answerOf(rule)), h("span", nameOf(rule)), h("b", left(rule)), "✕"], () => stop(rule), { class: "chip", aria: `Stop ${nameOf(rule)}, ${left(rule)}` });
  $("armed").replaceChildren(...(all[0] ? [h("b", "Armed"), ...all.slice(0, 3).map(chip), all[3] ? link(to("rules"), `${all.length - 3} more`) : "", all[1] ? sure("Stop all", () => stop(...armed())) : ""]
    : [h("span.hint", "Nothing is armed: each request gets its usual answer.")]));
  emit("rules");
}

// `rule`: one without `when`
export async function arm(rule, title, { consumer, operation, times: most, of } = {}) {
  const who = consumer || "everyone"; // what is undefined is not sent
  await post(`rules${most ? "?times=1" : ""}`, { ...rule, name: `${title} for ${who}`, when: { operation: operation || undefined, consumer_id: consumer || undefined } }, of);
  await load();
  say(`${most ? "Next" : "From now on"}, ${who} gets ${title}${of && of !== space ? ` in ${of}` : ""}.`);
}
export async function stop(...list) {
  await Promise.all(list.map((rule) => drop(at(rule)).catch(() => {}))); // one may have ended by itself
  await load();
  say(`Stopped: ${list.map(nameOf).join(", ")}.`);
}

// Asked again when the mock says so, and when a request may have used one up.
const later = calmly(() => attempt(load), 150);
on("changed", ({ what }) => what === "rules" && later());
on("arrived", (entries) => entries.some(({ rule }) => rule) && later());
