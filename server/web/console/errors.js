// The error catalogue as cards, and faults and delays like them: what each is, and how to make it happen.

import { answerOf, arm, armed, left, stop } from "./arm.js";
import { get } from "./api.js";
import { button, h, head, status } from "./dom.js";
import { pretty } from "./json.js";
import { again } from "./router.js";
import { consumers } from "./stream.js";
import { selected } from "./why.js";

export const title = "Errors";
let cards, sought = "", consumer;

function card({ type_name: type, name = type, title: words = name, status: code, when, next, evidence, sdk, body, provoke }) {
  const short = `${code ?? name}`, on = armed().filter((rule) => [short, type].includes(`${answerOf(rule)}`));
  const act = (label, options) => button(label, () => arm(provoke.rule, short, options), { "aria-label": `${label}: ${words}` });
  return h(on[0] ? "article.card.on" : "article.card", h("header", status(code ?? "✕"), h("h3", words), evidence && h(`span.tag.${evidence}`, { title: "How well it is known" }, evidence)),
    h("p", `When ${when}.`), sdk && h("p.hint", "The SDK shows ", h("code", sdk), next && `; ${next}`, "."),
    body && h("details", h("summary", "Exact answer"), pretty(body), h("p.hint", provoke.consumer_id && ["Consumer id ", h("code", provoke.consumer_id), " "], provoke.prefer && h("code", `Prefer: ${provoke.prefer}`))),
    h("footer.some", act("Next call", { times: 1 }), consumer && act(consumer, { consumer }), act("Always"), on[0] && button(`Stop (${on.map(left).join(", ")})`, () => stop(...on), { class: "primary", "aria-label": `Stop ${words}` })));
}

export async function render() {
  cards ??= await get("errors");
  consumer ??= selected()?.consumer_id || [...consumers].pop();
  const { errors, faults = [] } = cards, usual = Object.values(Object.fromEntries(errors.map((one) => [one.status, one]).reverse())).filter(({ status: code }) => [400, 401, 402, 404, 422, 429, 500, 503].includes(code));
  const group = (heading, list) => (list = list.filter((one) => JSON.stringify(one).toLowerCase().includes(sought.toLowerCase())))[0] && h("section", h("h3", heading), h("div.cards", list.map(card)));
  return [head("Make the next error happen", h("input", { type: "search", "aria-label": "Search errors", placeholder: "Search", value: sought, oninput: ({ target }) => ((sought = target.value), again()) }),
    h("label", "Consumer ", h("input", { list: "known", value: consumer ?? "", onchange: ({ target }) => ((consumer = target.value), again()) })), h("datalist", { id: "known" }, [...consumers].map((value) => h("option", { value })))),
  group("Asked for most", usual), group("Faults and delays", faults), group("Others of the catalogue", errors.filter((one) => !usual.includes(one)))];
}
