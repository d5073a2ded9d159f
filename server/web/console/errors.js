// The error catalogue as cards, and faults and delays like them: what each is, and how to make it happen.

import { answerOf, arm, armed, left, nameOf, stop } from "./arm.js";
import { json } from "./api.js";
import { button, h, status } from "./dom.js";
import { pretty } from "./json.js";
import { consumers } from "./stream.js";
import { selected } from "./why.js";

export const title = "Errors";
let cards, sought = "", consumer;

// A rule of the card's, wherever it was armed: the same answer.
const same = (card) => (rule) => {
  const [mine, its] = [card.rule?.respond ?? {}, rule.rule.respond ?? {}];
  return card.status ? answerOf(rule.rule) === card.status || its.error === card.type_name : JSON.stringify(mine.fault ?? mine.delay) === JSON.stringify(its.fault ?? its.delay);
};

function card(one) {
  const name = one.type_name ?? one.title ?? one.name, on = armed().filter(same(one)), short = one.status ?? one.name;
  const act = (label, options) => button(label, () => arm(one.rule, { title: short, ...options }), { "data-key": `${name} ${label}`, "aria-label": `${label}: ${name}` });
  return h("article.card", { class: on.length ? "on" : "" },
    h("header", status(one.status ?? "✕"), h("h3", name), one.evidence && h(`span.evidence.${one.evidence}`, { title: "How well it is known" }, one.evidence)),
    h("p", `When ${one.when}.`),
    one.sdk && h("p.hint", "The SDK shows ", h("code", one.sdk), one.next ? ` — ${one.next}.` : "."),
    one.body && h("details", { "data-key": `body ${name}` }, h("summary", "Exact answer"), pretty(one.body),
      one.consumer_id && h("p.hint", "By consumer id: ", h("code", one.consumer_id)), one.prefer && h("p.hint", "By header: ", h("code", `Prefer: ${one.prefer}`))),
    h("footer", act("Next call", { times: 1 }), consumer && act(consumer, { consumer }), act("Always", {}), on.length > 0 && button(`Stop (${on.map(left).join(", ")})`, () => stop(...on), { class: "primary", "aria-label": `Stop ${name}`, title: on.map(nameOf).join(", ") })));
}

export async function render() {
  if (!cards) {
    const { errors, faults = [] } = await json("errors");
    const flat = ({ provoke, ...one }) => ({ ...one, ...(typeof provoke === "object" ? provoke : {}), rule: provoke?.rule ?? one.rule ?? { respond: { error: one.type_name } } });
    cards = { errors: errors.map(flat), faults: faults.map(flat) };
  }
  consumer ??= selected()?.consumer_id || [...consumers].at(-1);
  const sections = h("div");
  const draw = () => {
    const has = (one) => JSON.stringify(one).toLowerCase().includes(sought.toLowerCase());
    const usual = new Set([400, 401, 402, 404, 422, 429, 500, 503]), seen = new Set();
    const first = cards.errors.filter(({ status: code }) => usual.has(code) && !seen.has(code) && seen.add(code));
    const group = (heading, list) => list.some(has) && h("section", h("h2", heading), h("div.cards", list.filter(has).map(card)));
    sections.replaceChildren(...[group("Asked for most", first), group("Faults and delays", cards.faults), group("The others of the vendor's catalogue", cards.errors.filter((one) => !first.includes(one)))].filter(Boolean));
  };
  draw();
  return [h("div.head", h("h2", "Make the next error happen"), h("input", { type: "search", "aria-label": "Search the errors", placeholder: "Search", value: sought, "data-key": "sought", on: { input: ({ target }) => ((sought = target.value), draw()) } }),
    h("label.field", "Consumer ", h("input", { list: "consumers", value: consumer ?? "", "data-key": "consumer", spellcheck: "false", on: { change: ({ target }) => ((consumer = target.value), draw()) } })), h("datalist", { id: "consumers" }, [...consumers].map((id) => h("option", { value: id })))), sections];
}
