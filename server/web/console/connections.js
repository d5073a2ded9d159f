// The connections of a consumer: the state of each, and another one on demand.

import { curl, enc, get, put } from "./api.js";
import { attempt, done, empty, h, head, line, table } from "./dom.js";
import { go, to } from "./router.js";

export const title = "Connections";
const choose = (aria, options, act) => h("select", { aria, onchange: ({ target }) => (target.blur(), attempt(act(target.value))) }, options);

export async function render([app, consumer]) {
  const { consumers } = await get("consumers?limit=200");
  if (!consumers[0]) return empty("No consumers yet", h("p", "One comes with its first session:"), line(curl()));
  if (!consumer) [{ application_id: app, consumer_id: consumer }] = consumers;
  const query = `?consumer_id=${enc(consumer)}&application_id=${enc(app)}`, { connections } = await get(`connections${query}`);
  const row = ({ unified_api: api, service_id: service, name, auth_type, state, states }) => h("tr", h("th", { scope: "row" }, name, h("span.hint", ` ${service}`)), h("td", api), h("td", auth_type), h("td", h(`span.tag.${state}`, state)),
    h("td", choose(`State of ${name}`, [...new Set([state, ...states])].map((one) => h("option", { selected: one === state }, one)), (wanted) => done(() => put(`connections/${enc(api)}/${enc(service)}${query}`, { state: wanted }), `${name} is ${wanted}.`))));
  return [head(`Connections of ${consumer}`, choose("Consumer", consumers.map(({ application_id: of, consumer_id: who }) => h("option", { value: to("connections", {}, of, who), selected: of === app && who === consumer }, `${who} (${of})`)), (link) => () => go(link))),
    h("p.hint", "What an app does in each state is what there is to test: set one, and ask again."), table("Connections", ["Connector", "API", "Auth", "State", "Set"], connections.map(row))];
}
