// Compares two schemas of different documents: what one lets through that the other does not.

import { resolved } from "./documents.js";

const typesOf = (schema) => {
  const types = schema.type ? [schema.type].flat() : undefined;
  return types && schema.nullable ? [...types, "null"] : types;
};
const takes = (types, type) => types.includes(type) || (type === "integer" && types.includes("number"));
const limits = [
  ["minimum", (own, other) => own >= other],
  ["maximum", (own, other) => own <= other],
  ["minItems", (own, other) => own >= other],
  ["maxItems", (own, other) => own <= other],
  ["minLength", (own, other) => own >= other],
  ["maxLength", (own, other) => own <= other],
  ["format", (own, other) => own === other],
  ["pattern", (own, other) => own === other],
];

// `own` and `other`: { document, schema }. `isIgnored(schema)`: members of `other` that do not count, such as readOnly
// ones of a request. → ["/data/id: type string is missing", …]: where `own` is looser than `other`; empty: nowhere.
export function looser(own, other, { isIgnored = () => false, place = "" } = {}) {
  const found = [];
  const say = (words) => found.push(`${place || "/"}: ${words}`);
  const a = resolved(own.document, own.schema) ?? {};
  const b = resolved(other.document, other.schema) ?? {};
  const inside = (schemaA, schemaB, name) => looser({ ...own, schema: schemaA }, { ...other, schema: schemaB }, { isIgnored, place: `${place}/${name}` });

  for (const key of ["oneOf", "anyOf"]) {
    const choices = b.oneOf ?? b.anyOf;
    if (!choices || !b[key]) continue;
    const ours = a.oneOf ?? a.anyOf ?? [a];
    ours.forEach((branch, i) => {
      const compared = choices.map((choice) => inside(branch, choice, `${i}`));
      if (!compared.some((each) => each.length === 0)) found.push(...compared.reduce((least, each) => (each.length < least.length ? each : least)));
    });
    return found;
  }
  if (a.oneOf ?? a.anyOf) return (a.oneOf ?? a.anyOf).flatMap((branch, i) => inside(branch, b, `${i}`));

  const types = typesOf(b);
  for (const type of types ? typesOf(a) ?? ["any type"] : [])
    if (!takes(types, type)) say(`${type} where it is ${types.join(" or ")}`);
  if (b.enum) {
    const values = a.enum ?? (a.const === undefined ? undefined : [a.const]);
    if (!values) say(`any value where it is one of ${b.enum.length}`);
    for (const value of values ?? []) if (value !== null && !b.enum.includes(value)) say(`'${value}' is not among its values`);
  }
  for (const [key, isStrict] of limits)
    if (b[key] !== undefined && !(a[key] !== undefined && isStrict(a[key], b[key]))) say(`${key} ${b[key]} is missing`);
  for (const name of b.required ?? []) if (!a.required?.includes(name) && !isIgnored(resolved(other.document, b.properties?.[name]) ?? {})) say(`'${name}' is not required`);
  if (b.additionalProperties === false && a.additionalProperties !== false && !isIgnored(b)) say("it is not closed");
  if (b.additionalProperties?.type && !isIgnored(b)) found.push(...inside(a.additionalProperties ?? {}, b.additionalProperties, "*"));
  for (const [name, schema] of Object.entries(b.properties ?? {})) {
    if (isIgnored(schema) || isIgnored(resolved(other.document, schema))) continue;
    if (a.properties?.[name] === undefined) {
      if (a.additionalProperties !== false) say(`'${name}' is not described`);
    } else found.push(...inside(a.properties[name], schema, name));
  }
  if (b.additionalProperties === false)
    for (const name of Object.keys(a.properties ?? {})) if (!b.properties?.[name]) say(`'${name}' is one of ours alone`);
  if (b.items) found.push(...inside(a.items ?? {}, b.items, "…"));
  return found;
}
