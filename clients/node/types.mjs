// The types of the npm package, made from the documents of the mock: admin.json (its own API) and fixture.schema.json (rules).

const nameOf = (reference) => {
  const last = reference.split("/").at(-1);
  return last[0].toUpperCase() + last.slice(1);
};
const key = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));
const indented = (text) => text.replace(/^(?=.)/gm, "  ");
const comment = (text) => (text ? `/** ${text.replaceAll("*/", "*\\/")} */\n` : "");
const union = (types) => [...new Set(types)].join(" | ") || "never";

// A combination whose parts only say which members an object must have says nothing that a type could.
const isOnlyRequired = (schema) => Object.keys(schema).every((word) => ["required", "not", "properties"].includes(word)) && !schema.type;

function objectType(schema) {
  const { properties, required = [], additionalProperties: more, patternProperties } = schema;
  if (!properties) {
    if (patternProperties) return "Record<string, unknown>";
    return `Record<string, ${more && more !== true ? typeOf(more) : "unknown"}>`;
  }
  const members = Object.entries(properties).map(
    ([name, value]) => `${comment(value.description)}${key(name)}${required.includes(name) ? "" : "?"}: ${typeOf(value)};`,
  );
  // Every text has a length, too, and would do for such an object.
  return `${properties.length ? "object & " : ""}{\n${indented(members.join("\n"))}\n}`;
}

function typeNamed(name, schema) {
  if (name === "object") return objectType(schema);
  if (name === "array") return schema.items ? `Array<${typeOf(schema.items)}>` : "unknown[]";
  return { integer: "number", number: "number", string: "string", boolean: "boolean", null: "null" }[name];
}

// A JSON Schema (draft 7 or 2020-12) → a type; patterns, limits and `not` are left to the mock, which says more than a compiler can.
export function typeOf(schema) {
  if (schema === true || Object.keys(schema).length === 0) return "unknown";
  if (schema.$ref) return nameOf(schema.$ref);
  if ("const" in schema) return JSON.stringify(schema.const);
  if (schema.enum) return union(schema.enum.map((value) => JSON.stringify(value)));
  const alternatives = [schema.anyOf, schema.oneOf].filter((each) => each && !each.every(isOnlyRequired));
  const parts = [
    ...(schema.type ? [union([schema.type].flat().map((name) => typeNamed(name, schema)))] : []),
    ...alternatives.map((each) => union(each.map(typeOf))),
    ...(schema.allOf ?? []).map(typeOf),
  ].filter((type) => type !== "unknown");
  return parts.map((type) => (parts.length > 1 && type.includes(" | ") ? `(${type})` : type)).join(" & ") || "unknown";
}

const declared = (name, schema) => `${comment(schema.description)}export type ${name} = ${typeOf(schema)};\n`;
const declaredAll = (schemas) => Object.entries(schemas).map(([name, schema]) => declared(nameOf(name), schema));
const head = (document) => `// Made from ${document}: do not edit.\n\n`;

export const rulesTypes = (schema) => head("fixture.schema.json") + declaredAll(schema.definitions).join("\n");

const json = (content) => content?.["application/json"]?.schema;

// What an operation takes and gives, as { query, body, answer }.
function operationType({ parameters = [], requestBody, responses }) {
  const inQuery = parameters.filter((parameter) => parameter.in === "query");
  const query = {
    type: "object",
    required: inQuery.filter(({ required }) => required).map(({ name }) => name),
    properties: Object.fromEntries(inQuery.map(({ name, schema, description }) => [name, { ...schema, description }])),
  };
  const answer = Object.entries(responses).find(([status]) => status.startsWith("2"))?.[1];
  const types = { query, body: json(requestBody?.content), answer: json(answer?.content) };
  const members = Object.entries(types).map(([name, schema]) => `${name}: ${schema ? typeOf(schema) : "undefined"};`);
  return `{\n${indented(members.join("\n"))}\n}`;
}

export function adminTypes(document) {
  const operations = Object.values(document.paths)
    .flatMap((path) => Object.values(path))
    .filter(({ operationId }) => operationId)
    .map((operation) => `${comment(operation.summary)}${operation.operationId}: ${operationType(operation)};`);
  return (
    head("admin.json") +
    declaredAll(document.components.schemas).join("\n") +
    `\nexport interface Operations {\n${indented(operations.join("\n"))}\n}\n`
  );
}
