// What is armed: rules added at run time that will answer requests to come. Each ends by one press.

import { enc, json, rootOf, space } from "./api.js";
import { $, button, emit, h, on, plural, say, status, sure } from "./dom.js";
import { to } from "./router.js";

// What can be armed without looking: the six of the keys 1 to 6, then others.
export const six = [400, 401, 402, 404, 422, 503];
export const others = [429, 500];
export const faults = { "delay 2s": { delay: "2s" }, "delay 10s": { delay: "10s" }, reset: { fault: "reset" }, close: { fault: "close" }, truncate: { fault: "truncate" }, malformed: { fault: "malformed" }, drip: { fault: "drip" }, hang: { fault: "hang" } };

// Whom it is for and how often: chosen once, for every place that arms.
export const aim = { who: "consumer", often: "once" };

export let rules = []; // as GET /_mock/rules has them, in the order they are asked
export const isAdded = (rule) => rule.origin === "added" || (rule.origin === undefined && rule.id !== undefined);
export const isOn = (rule) => rule.enabled !== false && rule.remaining !== 0;
export const armed = () => rules.filter((rule) => isAdded(rule) && isOn(rule));
export const nameOf = (rule) => rule.name || rule.rule?.name || rule.label;

export async function load() {
  const { added, files } = await json("rules?limit=500");
  rules = [...added, ...files];
  show();
  emit("rules", rules);
  return rules;
}

// `answer`: what a rule responds, or a whole rule without `when`.
export async function arm(answer, { title, consumer, operation, times, of = space }) {
  const rule = answer.respond || answer.sequence ? { ...answer } : { respond: answer };
  const when = { ...(operation && { operation }), ...(consumer && { consumer_id: consumer }) };
  if (Object.keys(when).length) rule.when = when;
  rule.name = `${title} for ${consumer || "everyone"}`;
  const made = await json(`rules${times ? `?times=${times}` : ""}`, { method: "POST", body: rule, of });
  say(`${times === 1 ? "The next call" : "Every call"} of ${consumer || "everyone"} gets ${title}${of === space ? "" : ` in ${of}`}.`);
  await load();
  return made;
}

export async function stop(...list) {
  await Promise.all(list.map((rule) => json(`rules/${enc(rule.id)}`, { method: "DELETE" }).catch((error) => {
    if (error.status !== 404) throw error; // it has ended by itself
  })));
  say(list.length === 1 ? `${nameOf(list[0])}: stopped.` : `${plural(list.length, "rule")} stopped.`);
  await load();
}

export const left = (rule) => (rule.remaining === null || rule.remaining === undefined ? (rule.ends_at ? `until ${rule.ends_at.slice(11, 16)}` : "always") : `${rule.remaining} left`);
export const answerOf = (rule) => {
  const answer = rule.respond ?? rule.sequence?.[0] ?? {};
  return answer.error?.status ?? (Number(answer.error) || answer.status || (answer.session ? 200 : "–"));
};

const shown = 3;
function show() {
  const all = armed();
  $("armed").classList.toggle("any", all.length > 0);
  const chip = (rule) => button([status(answerOf(rule.rule)), h("span.name", nameOf(rule)), h("b", left(rule)), h("span.x", { "aria-hidden": "true" }, "✕")], () => stop(rule),
    { class: "chip", "aria-label": `Stop ${nameOf(rule)}, ${left(rule)}`, title: "Stop", "data-key": `stop-${rule.id}` });
  $("armed").replaceChildren(...(all.length
    ? [h("span.label", "Armed"), ...all.slice(0, shown).map(chip),
      all.length > shown && h("a", { href: to("rules") }, `and ${all.length - shown} more`), all.length > 1 && sure("Stop all", "Stop all of them?", () => stop(...armed()))].filter(Boolean)
    : [h("span.hint", "Nothing is armed: every request gets its usual answer.")]));
}

// Asked again when the mock says so, and when a request may have used one up.
let waiting;
const soon = () => (waiting ??= setTimeout(() => ((waiting = undefined), load().catch(() => {})), 150));
on("changed", ({ what }) => (what === "rules" || what === "all") && soon());
on("arrived", (entries) => entries.some(({ rule, kind }) => rule || kind === "rule") && soon());

export const teach = () => `curl -X POST ${rootOf()}/vault/sessions -H 'Authorization: Bearer any-key' -H 'x-apideck-app-id: any-app' -H 'x-apideck-consumer-id: acme'`;
