// Field mapping: which property of the connector fills a field of the app's.

import { announce, element } from "./element.js";
import { formOf } from "./fields.js";
import { apiName } from "./list.js";
import { t } from "./words.js";

const resourceOf = ({ id }) => id.split("+")[1] ?? "";

// What can be picked for the target field, as options of a form field.
async function optionsFor(api, connection, mapping) {
  if (mapping.custom_field) {
    const fields = (await api.customFields(connection, resourceOf(mapping))) ?? [];
    return fields.map(({ id, name, finder }) => ({ label: name ?? id, value: finder }));
  }
  const { properties = {} } = (await api.schema(connection, resourceOf(mapping))) ?? {};
  return Object.entries(properties).map(([name, { description }]) => ({ label: name, value: description }));
}

async function formFor({ api, attempt }, connection, mappings, place, changed) {
  const fields = await Promise.all(mappings.map(async (mapping) => {
    const options = await optionsFor(api, connection, mapping);
    if (mapping.value && !options.some(({ value }) => value === mapping.value)) options.push({ label: mapping.value, value: mapping.value });
    const description = [mapping.description, apiName(resourceOf(mapping))].filter(Boolean).join(" · ");
    return { id: mapping.id, label: mapping.label || mapping.key, type: "select", required: mapping.required, description, options };
  }));
  const values = Object.fromEntries(mappings.map(({ id, value }) => [id, value ?? null]));
  const save = (chosen) => attempt(async () => {
    for (const [id, value] of Object.entries(chosen)) {
      if (value === values[id]) continue;
      await api.map(connection, id, value);
      values[id] = value;
    }
    announce(t("Saved."), "news", place);
    changed();
  }, place);
  return formOf({ name: t("Field mapping"), prefix: "mapping", fields, values, save });
}

// Null when the connection has no fields to map. `changed` is called after each change.
export function mappingsSection(context, connection, { isOpen, changed }) {
  const mappings = connection.custom_mappings ?? [];
  if (connection.state !== "callable" || mappings.length === 0) return null;
  const place = element("div", {});
  const open = async (event) => {
    if (!event.target.open || place.childNodes.length > 0) return;
    const form = await context.attempt(() => formFor(context, connection, mappings, place, changed), place);
    if (form) place.replaceChildren(form);
  };
  const missing = mappings.filter(({ required, value }) => required && !value).length;
  return element("section", { class: "mappings" }, element("h2", {}, t("Field mapping")),
    element("details", { open: isOpen, on: { toggle: open } },
      element("summary", {}, t("Fields to map"), missing > 0 ? element("span", { class: "badge added" }, missing === 1 ? t("1 required") : t("{count} required", { count: missing })) : null), place));
}
