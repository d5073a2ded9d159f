// For an audience: the last call as one sentence and its answer, large; errors and stories on big buttons; no secrets.

import { curl, enc, get, patch } from "./api.js";
import { arm, armed, at, isAdded, isForAll, nameOf, rules, six, stop } from "./arm.js";
import { $, button, calmly, code, coded, dialog, fill, h, line, on, pretty, safe, section, status } from "./dom.js";
import { encode } from "./qr.js";
import { newest } from "./stream.js";
import { press } from "./why.js";

const last = h("section"), big = h("div.big"), stories = h("div");

async function showLast() {
  if (!newest) return fill(last, h("h2", "Waiting for the first call"), line(curl()));
  const { status: number, sentence, answer } = await get(`requests/${enc(newest.id)}`, newest.space).catch(() => newest);
  fill(last, h("p.verdict", status(number)), h("h2", safe(sentence ?? newest.decided_by)), pretty(answer?.body));
}

// A story is a rule with a description. Those of magic consumer ids are played to everyone, others switched on and off.
function story(rule) {
  const { when = {}, name, description, ...rest } = rule.rule, magic = Object.keys(when).join() === "consumer_id";
  const playing = rules.find((one) => isAdded(one) && one.name?.startsWith(`${name}, `)), is = magic ? playing : rule.enabled;
  return button([h("b", nameOf(rule)), " ", coded(description)], () => (!magic ? patch(at(rule), { enabled: !is }) : playing ? stop(playing) : arm(rest, `${name}, played`)), { class: "story", "aria-pressed": `${!!is}` });
}

function showButtons() {
  fill(big, Object.keys(six).map((number, i) => {
    const mine = () => armed(number).filter(isForAll);
    return button([h("kbd", i + 1), status(number), six[number]], () => (mine()[0] ? stop(...mine()) : press(number)), { "aria-pressed": `${!!mine()[0]}` });
  }));
  fill(stories, rules.filter((rule) => rule.description && !isAdded(rule)).slice(0, 8).map(story));
}

function codeOf(text) {
  const rows = encode(text), side = rows?.length + 8, node = h("canvas.qr", { width: side, height: side, role: "img", aria: "QR code of the address" });
  rows?.forEach((row, y) => row.forEach((dark, x) => dark && node.getContext("2d").fillRect(x + 4, y + 4, 1, 1)));
  return rows ? node : "The address is too long for a code.";
}
function follow() {
  const [url] = location.href.split("#");
  const box = dialog("Follow on another device", codeOf(url), code(url), /^(localhost|127|\[)/.test(location.hostname) && h("p.note", "Only this machine reaches this address. Start with --host 0.0.0.0, and open the page by the name of the machine."), button("Close", () => box.close()));
}

export function present() {
  document.body.className = "stage";
  $("tools").prepend(button("Follow …", follow));
  $("main").before(h("div", { id: "stage" }, last, section("Next answer", big, h("h3", "Stories"), stories)));
  on("rules", showButtons);
  showButtons();
  showLast();
  const later = calmly(showLast, 100);
  for (const news of ["arrived", "loaded"]) on(news, later);
}
