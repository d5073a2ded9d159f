// The connections of a consumer: the state of each, and another one on demand.

import { enc, json } from "./api.js";
import { empty, h, line, say } from "./dom.js";
import { to } from "./router.js";
import { teach } from "./arm.js";

export const title = "Connections";

function row(one, query) {
  const name = one.name || one.service_id;
  const select = h("select", { "aria-label": `State of ${name}`, "data-key": one.id ?? name, on: { change: async ({ target }) => {
    await json(`connections/${enc(one.unified_api)}/${enc(one.service_id)}${query}`, { method: "PUT", body: { state: target.value } }).then(() => say(`${name} is ${target.value}.`), (error) => ((target.value = one.state), say(error.message, "bad")));
  } } }, [...new Set([one.state, ...(one.states ?? [])])].map((state) => h("option", { selected: state === one.state }, state)));
  return h("tr", h("th", { scope: "row" }, name, h("span.hint", ` ${one.service_id}`)), h("td", one.auth_type), h("td", h(`span.state.${one.state}`, one.state), one.enabled === false && h("span.hint", " disabled")), h("td", select));
}

export async function render([app, consumer]) {
  const { consumers } = await json("consumers?limit=200");
  if (!consumers.length) return empty("No consumers yet", h("p", "One comes into being with its first session:"), line(teach()));
  if (!consumer) ({ application_id: app, consumer_id: consumer } = consumers[0]);
  const query = `?consumer_id=${enc(consumer)}&application_id=${enc(app)}`, { connections } = await json(`connections${query}`);
  const groups = new Map();
  for (const one of connections) groups.set(one.unified_api, [...(groups.get(one.unified_api) ?? []), one]);
  return [h("div.head", h("h2", "Connections of ", consumer), h("label.field", "Consumer ", h("select", { "data-key": "consumer", on: { change: ({ target }) => (location.hash = target.value) } },
    consumers.map((one) => h("option", { value: to("connections", {}, one.application_id, one.consumer_id), selected: one.consumer_id === consumer && one.application_id === app }, `${one.consumer_id} · ${one.application_id}${one.connections ? ` (${one.connections})` : ""}`))))),
  h("p.hint", "What an app does with each state is what there is to test: set one, and ask again."),
  [...groups].map(([api, list]) => h("section", h("h3", api), h("div.wide", h("table.set", h("tbody", list.map((one) => row(one, query)))))))];
}
