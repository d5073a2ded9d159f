// The error catalogue as cards, and faults and delays like them: what each is, and how to make it happen.

import { answerOf, arm, armed, left, stop } from "./arm.js";
import { get } from "./api.js";
import { again, button, code, h, head, status } from "./dom.js";
import { pretty } from "./json.js";
import { newest } from "./stream.js";
import { selected } from "./why.js";

export const title = "Errors";
let cards, consumer;

function card({ type_name: type, name = type, title: words = name, status: number = name, when, next, evidence, sdk, body, provoke: { rule, consumer_id, prefer } }) {
  const mine = () => armed().filter((one) => [`${number}`, type].includes(answerOf(one))), on = mine();
  const act = (label, options) => button(label, () => arm(rule, number, options), { aria: `${label}: ${words}` });
  return h(on[0] ? "article.card.on" : "article.card", h("div.some", status(type ? number : "✕"), h("h3", words), evidence && h(`span.tag.${evidence}`, { title: "How well it is known" }, evidence)),
    h("p", `When ${when}.`), sdk && h("p.hint", "The SDK shows ", code(sdk), next && `; ${next}`, "."),
    body && h("details", h("summary", "Exact answer"), pretty(body), h("p.hint", consumer_id && ["Consumer id ", code(consumer_id), " "], prefer && code(`Prefer: ${prefer}`))),
    h("div.some", act("Next call", { times: 1 }), consumer && act(consumer, { consumer }), act("Always"), on[0] && button(`Stop (${on.map(left).join(", ")})`, () => stop(...mine()), { class: "primary", aria: `Stop ${words}` })));
}

export async function render() {
  const { errors, faults } = (cards ??= await get("errors"));
  consumer ||= (selected() ?? newest)?.consumer_id ?? "";
  const usual = [400, 401, 402, 404, 422, 429, 500, 503].map((number) => errors.find((one) => one.status === number));
  const group = (heading, list) => h("section", h("h3", heading), h("div.cards", list.map(card)));
  return [head("Make the next error happen", h("label", "Consumer ", h("input", { value: consumer, onchange: ({ target }) => ((consumer = target.value), again()) }))),
  group("Asked for most", usual), group("Faults and delays", faults), group("Others of the catalogue", errors.filter((one) => !usual.includes(one)))];
}
