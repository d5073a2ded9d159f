// A form out of the vendor's form fields.

import { element } from "./element.js";
import { t } from "./words.js";

const plainTypes = ["text", "tel", "email", "url", "date", "time", "number", "password"];

// An option, or a group of them.
const choice = (option, chosen) =>
  option.option_type === "group"
    ? element("optgroup", { label: option.label }, option.options.map((inner) => choice(inner, chosen)))
    : element("option", { value: option.value, selected: chosen.includes(option.value) }, String(option.label ?? option.value));

function control(field, value, id) {
  const shared = { id, name: field.id, required: field.required === true && field.type !== "checkbox", disabled: field.disabled === true };
  const hint = field.description ? { "aria-describedby": `${id}-hint` } : {};
  switch (field.type) {
    case "checkbox":
      return element("input", { ...shared, ...hint, type: "checkbox", checked: value === true });
    case "textarea":
      return element("textarea", { ...shared, ...hint, rows: 3, placeholder: field.placeholder, value: value ?? "" });
    case "select":
    case "filtered-select":
    case "multi-select": {
      const many = field.type === "multi-select";
      const chosen = many ? (Array.isArray(value) ? value : []) : [value];
      return element(
        "select",
        { ...shared, ...hint, multiple: many },
        many ? null : element("option", { value: "" }, t("Choose …")),
        (field.options ?? []).map((option) => choice(option, chosen)),
      );
    }
    case "datetime":
      return element("input", { ...shared, ...hint, type: "datetime-local", value: value ?? "" });
    default: {
      const type = field.sensitive === true ? "password" : plainTypes.includes(field.type) ? field.type : "text";
      return element("input", { ...shared, ...hint, type, placeholder: field.placeholder, autocomplete: "off", value: value ?? "" });
    }
  }
}

function row(field, value, prefix) {
  const id = `${prefix}-${field.id}`;
  const input = control(field, value, id);
  const label = element("label", { for: id }, field.label ?? field.id, field.required ? null : element("span", { class: "optional" }, ` (${t("optional")})`));
  const hint = field.description ? element("p", { class: "hint", id: `${id}-hint` }, field.description) : null;
  if (field.type === "checkbox") return element("div", { class: "field check" }, input, label, hint);
  const suffix = field.suffix ? element("span", { class: "suffix" }, field.suffix) : null;
  return element("div", { class: "field" }, label, element("div", { class: "entry" }, input, suffix), hint);
}

function valueOf(input) {
  if (input.type === "checkbox") return input.checked;
  if (input.multiple) return [...input.selectedOptions].map((option) => option.value);
  if (input.value === "") return null;
  return input.type === "number" ? Number(input.value) : input.value;
}

// `name` is read out before its fields: one page has several forms. `save` gets the values by field id; an empty one is
// null.
export function formOf({ name, prefix, fields, values, save }) {
  const shown = fields.filter((field) => field.hidden !== true);
  const button = element("button", { class: "primary", type: "submit" }, t("Save"));
  const onSubmit = async (event) => {
    event.preventDefault();
    const inputs = shown.map((field) => event.target.elements.namedItem(field.id)).filter(Boolean);
    button.disabled = true;
    await save(Object.fromEntries(inputs.map((input) => [input.name, valueOf(input)])));
    button.disabled = false;
  };
  return element(
    "form",
    { "aria-label": name, on: { submit: onSubmit } },
    shown.map((field) => row(field, values[field.id], prefix)),
    element("div", { class: "actions" }, button),
  );
}
