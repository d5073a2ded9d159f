// The two descriptions of the API: the vendor's, where its folder is beside the project, and the project's own as the
// program serves it.

import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { vendorsFile } from "../support/vendor.js";

export { withVendorsFile } from "../support/vendor.js";
export const methods = ["get", "put", "post", "delete", "patch"];

export const vendorsDocument = vendorsFile && parse(readFileSync(vendorsFile, "utf8"), { maxAliasCount: -1 });

// What a local "$ref" names; anything else is itself.
export function resolved(document, node) {
  if (!node?.$ref) return node;
  const found = node.$ref
    .slice(2)
    .split("/")
    .reduce((inner, key) => inner?.[key.replaceAll("~1", "/").replaceAll("~0", "~")], document);
  if (!found) throw new Error(`${node.$ref} leads nowhere`);
  return resolved(document, found);
}

// Each operation: { path, method, id, operation, parameters, body, responses }, with references resolved but for schemas.
export function* operationsOf(document) {
  for (const [path, item] of Object.entries(document.paths))
    for (const method of methods) {
      const operation = item[method];
      if (!operation) continue;
      yield {
        path,
        method,
        id: operation.operationId,
        operation,
        parameters: [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((each) => resolved(document, each)),
        body: resolved(document, operation.requestBody),
        responses: Object.fromEntries(Object.entries(operation.responses).map(([status, each]) => [status, resolved(document, each)])),
      };
    }
}

const shapes = { properties: "map", items: "one", additionalProperties: "one", not: "one", oneOf: "list", anyOf: "list", allOf: "list" };

// A schema of OpenAPI 3.0 in the words of JSON Schema: `nullable` becomes a type, what says nothing about values goes.
export function jsonSchema(schema) {
  if (schema === null || typeof schema !== "object") return schema;
  if (schema.$ref) return { $ref: schema.$ref };
  const result = {};
  for (const [key, value] of Object.entries(schema)) {
    if (["nullable", "discriminator", "example", "readOnly"].includes(key)) continue;
    if (shapes[key] === "map") result[key] = Object.fromEntries(Object.entries(value).map(([name, each]) => [name, jsonSchema(each)]));
    else if (shapes[key] === "one") result[key] = jsonSchema(value);
    else if (shapes[key] === "list") result[key] = value.map(jsonSchema);
    else result[key] = value;
  }
  if (schema.nullable && result.type) result.type = [result.type, "null"].flat();
  if (schema.nullable && result.enum) result.enum = [...result.enum, null];
  return result;
}
