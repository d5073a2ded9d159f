// Says how an answer violates a description of the API.

import Ajv from "ajv";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { jsonSchema, operationsOf } from "./documents.js";

const segmentsOf = (path) => path.split("/").map((each) => (each.startsWith("{") ? undefined : each));
const fits = (pattern, segments) => pattern.length === segments.length && pattern.every((each, i) => each === undefined || each === segments[i]);

export class Judge {
  #ajv;
  #operations;
  #checks = new Map();
  #isOld;

  constructor(document) {
    this.#isOld = document.openapi.startsWith("3.0");
    this.#ajv = new (this.#isOld ? Ajv : Ajv2020)({ allErrors: true, strict: false });
    addFormats(this.#ajv);
    const schemas = Object.entries(document.components.schemas).map(([name, schema]) => [name, this.#readable(schema)]);
    this.#ajv.addSchema({ $id: "document:", components: { schemas: Object.fromEntries(schemas) } });
    this.#operations = [...operationsOf(document)].map((each) => ({ ...each, segments: segmentsOf(each.path) }));
    this.#operations.sort((a, b) => b.segments.filter(Boolean).length - a.segments.filter(Boolean).length); // literal ones first
  }

  #readable(schema) {
    const plain = this.#isOld ? jsonSchema(schema) : schema;
    return JSON.parse(JSON.stringify(plain).replaceAll('"#/', '"document:#/'));
  }

  operation(method, path) {
    const segments = path.replace(/[?].*/, "").split("/");
    return this.#operations.find((each) => each.method === method.toLowerCase() && fits(each.segments, segments));
  }

  // { method, path, status, type, body } → { id, violations }; `id` undefined: there is no such operation.
  judge({ method, path, status, type, body }) {
    const operation = this.operation(method, path);
    if (!operation) return { violations: [`${method} ${path} is not an operation`] };
    const { id, responses } = operation;
    const place = responses[status] ? String(status) : "default";
    const response = responses[place];
    if (!response || (place === "default" && status < 400)) return { id, violations: [`${status} is not declared`] };
    const content = response.content ?? {};
    if (Object.keys(content).length === 0) return { id, violations: body === "" ? [] : ["a body where none is declared"] };
    const media = content[type];
    if (!media) return { id, violations: [`${type} where ${Object.keys(content).join(" or ")} is declared`] };
    if (type !== "application/json" || !media.schema) return { id, violations: [] };
    const name = `${id} ${place}`;
    if (!this.#checks.has(name)) this.#checks.set(name, this.#ajv.compile(this.#readable(media.schema)));
    const check = this.#checks.get(name);
    if (check(JSON.parse(body))) return { id, violations: [] };
    return { id, violations: check.errors.map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`) };
  }
}
