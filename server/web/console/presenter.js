// For an audience: the last call as one sentence and its answer, large; errors and stories on big buttons; no secrets.

import { answerOf, aim, arm, armed, isAdded, nameOf, rules, six, stop } from "./arm.js";
import { enc, json, space } from "./api.js";
import { $, button, h, line, on, status } from "./dom.js";
import { pretty, safe } from "./json.js";
import { draw } from "./qr.js";
import { newest } from "./stream.js";
import { teach } from "./arm.js";

const names = { 400: "Bad request", 401: "Unauthorized", 402: "Payment required", 404: "Not found", 422: "Unprocessable", 503: "Unavailable" };
const last = h("section", { id: "last", "aria-label": "The last call" }), buttons = h("div.big"), stories = h("div.stories");

async function showLast() {
  if (!newest) return last.replaceChildren(h("h2", "Waiting for the first call"), line(teach()));
  const entry = await json(`requests/${enc(newest.id)}`, { of: newest.space ?? space }).catch(() => ({ ...newest, answer: { body: null } }));
  last.replaceChildren(h("p.verdict", status(entry.status)), h("h2", safe(entry.sentence ?? `${entry.consumer_id} asked for ${entry.operation}; ${entry.decided_by} answered ${entry.status}.`)), pretty(entry.answer.body));
}

// A story is a rule with a description. One of magic consumer ids is played to everyone; others are switched on and off.
const magic = (rule) => Object.keys(rule.rule.when ?? {}).join() === "consumer_id" && rule.label.startsWith("defaults");
const story = (rule) => `story: ${nameOf(rule)}`;
function play(rule) {
  const playing = rules.find((one) => isAdded(one) && nameOf(one).startsWith(story(rule)));
  if (!magic(rule)) return json(`rules/${enc(rule.id ?? rule.label)}`, { method: "PATCH", body: { enabled: rule.enabled === false } });
  if (playing) return stop(playing);
  const { when, name, description, ...answer } = rule.rule;
  return arm(answer, { title: story(rule) });
}

function showButtons() {
  buttons.replaceChildren(...six.map((code, index) => {
    const mine = armed().filter((rule) => answerOf(rule.rule) === code);
    return button([h("kbd", index + 1), status(code), h("span", names[code])], () => (mine.length ? stop(...mine) : arm({ error: code }, { title: code, times: aim.often === "once" ? 1 : undefined })), { "aria-pressed": String(mine.length > 0), "data-key": `big${code}` });
  }));
  const told = rules.filter((rule) => rule.description && !isAdded(rule)).slice(0, 8);
  stories.replaceChildren(...told.map((rule) => button([h("b", nameOf(rule)), h("span", rule.description)], () => play(rule), { "aria-pressed": String(magic(rule) ? rules.some((one) => isAdded(one) && nameOf(one).startsWith(story(rule))) : rule.enabled !== false) })));
}

function follow() {
  const url = location.href, alone = /^(localhost|127\.|\[::1)/.test(location.hostname);
  const dialog = h("dialog", { "aria-labelledby": "follow", on: { close: () => dialog.remove() } }, h("h2", { id: "follow" }, "Follow on another device"), draw(url), h("p", h("code", url)),
    alone && h("p.note", `Only this machine reaches ${location.hostname}. Start with --host 0.0.0.0, and open this page by the machine's address.`), button("Close", () => dialog.close(), { class: "primary" }));
  document.body.append(dialog);
  dialog.showModal();
}

export function start() {
  document.body.classList.add("stage");
  $("tools").prepend(button("Follow …", follow));
  $("main").before(h("div", { id: "stage" }, last, h("h3", "The next answer"), buttons, h("h3", "Stories"), stories));
  on("rules", showButtons);
  showButtons();
  showLast();
  let soon;
  for (const news of ["arrived", "loaded"]) on(news, () => (soon ??= setTimeout(() => ((soon = undefined), showLast()), 100)));
}
