// For an audience: the last call as one sentence and its answer, large; errors and stories on big buttons; no secrets.

import { curl, enc, get, patch } from "./api.js";
import { arm, armed, at, isAdded, nameOf, rules, six, stop } from "./arm.js";
import { $, button, calmly, code, dialog, h, line, on, pretty, safe, section, status } from "./dom.js";
import { draw } from "./qr.js";
import { newest } from "./stream.js";
import { press } from "./why.js";

const last = h("section"), big = h("div.big"), stories = h("div");

async function showLast() {
  if (!newest) return last.replaceChildren(h("h2", "Waiting for the first call"), line(curl()));
  const { status: number, sentence, answer } = await get(`requests/${enc(newest.id)}`, newest.space).catch(() => newest);
  last.replaceChildren(h("p.verdict", status(number)), h("h2", safe(sentence ?? newest.decided_by)), pretty(answer?.body));
}

// A story is a rule with a description. Those of magic consumer ids are played to everyone, others switched on and off.
function story(rule) {
  const { when = {}, name, description, ...rest } = rule.rule, magic = Object.keys(when).join() === "consumer_id";
  const playing = rules.find((one) => isAdded(one) && one.name?.startsWith(`${name}, `)), is = magic ? playing : rule.enabled;
  return button([h("b", nameOf(rule)), ` ${description}`], () => (!magic ? patch(at(rule), { enabled: !is }) : playing ? stop(playing) : arm(rest, `${name}, played`)), { class: "story", "aria-pressed": `${!!is}` });
}

function showButtons() {
  big.replaceChildren(...Object.entries(six).map(([number, name], i) => {
    const mine = () => armed(number);
    return button([h("kbd", i + 1), status(number), name], () => (mine()[0] ? stop(...mine()) : press(number)), { "aria-pressed": `${!!mine()[0]}` });
  }));
  stories.replaceChildren(...rules.filter((rule) => rule.description && !isAdded(rule)).slice(0, 8).map(story));
}

function follow() {
  const [url] = location.href.split("#");
  const box = dialog("Follow on another device", draw(url), code(url), /^(localhost|127|\[)/.test(location.hostname) && h("p.note", "Only this machine reaches this address. Start with --host 0.0.0.0, and open the page by the name of the machine."), button("Close", () => box.close()));
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
