// The contract as the program serves it, before public validators: one for OpenAPI 3.1, one for JSON Schema 2020-12.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";

import { Validator } from "@seriousme/openapi-schema-validator";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

import { start } from "../support/program.js";
import { askForSession } from "../support/vault.js";

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

let url, contract;
before(async () => {
  ({ url } = await start());
  contract = await (await fetch(`${url}/_mock/openapi.json`)).json();
});

// What a local "$ref" names; anything else is itself.
function resolved(node) {
  if (!node?.$ref) return node;
  const found = node.$ref
    .slice(2)
    .split("/")
    .reduce((inner, key) => inner?.[key.replaceAll("~1", "/").replaceAll("~0", "~")], contract);
  assert.ok(found, `${node.$ref} leads nowhere`);
  return resolved(found);
}

function* operations() {
  for (const [path, item] of Object.entries(contract.paths))
    for (const method of methods) if (item[method]) yield { path, item, method, operation: item[method] };
}

let ajv;

// Fails unless `value` satisfies the schema, whose references are into the document.
function assertSatisfies(schema, value, what) {
  if (!ajv) {
    ajv = new Ajv2020({ allErrors: true, strict: false });
    addFormats(ajv);
    ajv.addSchema({ $id: "contract:", components: contract.components });
  }
  const check = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"contract:#/')));
  assert.ok(check(value), `${what}: ${ajv.errorsText(check.errors, { separator: "; " })}`);
}

// Each documented example of a media type object.
const examplesOf = (media) =>
  [media.example, ...Object.values(media.examples ?? {}).map((each) => resolved(each).value)].filter((each) => each !== undefined);

describe("the contract document", () => {
  test("is valid OpenAPI 3.1", async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(contract));
    assert.ok(valid, JSON.stringify(errors, null, 2));
    assert.match(contract.openapi, /^3\.1\./);
  });

  test("has no reference that leads nowhere", () => {
    let references = 0;
    const walk = (node) => {
      if (node === null || typeof node !== "object") return;
      if (typeof node.$ref === "string") {
        assert.ok(node.$ref.startsWith("#/"), `${node.$ref} is not local`);
        resolved(node);
        ++references;
      }
      Object.values(node).forEach(walk);
    };
    walk(contract);
    assert.ok(references > 0);
  });

  test("names every operation, says how well it is known, and gives an example of its success", () => {
    const ids = new Set();
    for (const { path, method, operation } of operations()) {
      const what = `${method} ${path}`;
      assert.ok(operation.operationId && !ids.has(operation.operationId), `${what}: operationId ${operation.operationId}`);
      ids.add(operation.operationId);
      assert.ok(operation.summary, `${what}: summary`);
      assert.match(operation["x-evidence"] ?? "", /^(documented|observed|inferred|unknown)$/, `${what}: x-evidence`);
      for (const [status, reference] of Object.entries(operation.responses)) {
        const json = resolved(reference).content?.["application/json"];
        if (status.startsWith("2") && json) assert.ok(examplesOf(json).length > 0, `${what}: no example of ${status}`);
      }
    }
    assert.ok(ids.has("sessionsCreate"));
  });

  test("has examples that satisfy their schemas", () => {
    let examples = 0;
    const check = (schema, example, what) => {
      assertSatisfies(schema, example, what);
      ++examples;
    };
    for (const { path, item, method, operation } of operations()) {
      const what = `${method} ${path}`;
      for (const each of [...(item.parameters ?? []), ...(operation.parameters ?? [])].map(resolved))
        if (each.example !== undefined) check(each.schema, each.example, `${what}, parameter ${each.name}`);
      const places = [["the body", operation.requestBody], ...Object.entries(operation.responses)];
      for (const [place, reference] of places)
        for (const [type, media] of Object.entries(resolved(reference)?.content ?? {}))
          for (const example of examplesOf(media)) check(media.schema, example, `${what}, ${place} ${type}`);
    }
    assert.ok(examples > 2);
  });
});

describe("the program's answers satisfy the contract that it serves", () => {
  const schemaOf = (status) => {
    const { responses } = contract.paths["/vault/sessions"].post;
    return resolved(responses[status] ?? responses.default).content["application/json"].schema;
  };

  test("a session", async () => {
    const answer = await askForSession(url, { body: { redirect_uri: "https://mysaas.com/dashboard" } });
    assert.equal(answer.status, 200);
    assertSatisfies(schemaOf(200), answer.body, "200");
  });

  for (const status of [400, 401, 402, 404, 409, 418, 422, 429, 500, 503])
    test(`the error ${status}`, async () => {
      const answer = await askForSession(url, { headers: { prefer: `code=${status}` } });
      assert.equal(answer.status, status);
      assertSatisfies(schemaOf(status), answer.body, status);
    });

  // A request of the operation, as its examples have it.
  const requestOf = ({ path, item, method, operation }) => {
    const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map(resolved);
    const value = (name) => parameters.find((each) => each.name === name)?.example ?? "x";
    const headers = { authorization: "Bearer any-key", "content-type": "application/json" };
    for (const each of parameters) if (each.in === "header") headers[each.name] = each.example;
    const media = resolved(operation.requestBody)?.content["application/json"];
    const body = media && JSON.stringify(examplesOf(media)[0] ?? {});
    const query = new URLSearchParams(parameters.filter((each) => each.in === "query" && each.required).map(({ name }) => [name, value(name)]));
    const target = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(value(name))) + (query.size > 0 ? `?${query}` : "");
    return { path: target, init: { method: method.toUpperCase(), headers, body, redirect: "manual" } };
  };

  test("every operation answers as documented, and obeys Prefer, rules and the journal", async () => {
    for (const each of operations()) {
      const { operationId: id, responses } = each.operation;
      const { path, init } = requestOf(each);
      const space = `${url}/@contract-${id}`;
      const json = (response) => (response.headers.get("content-type")?.includes("json") ? response.json() : undefined);

      const plain = await fetch(space + path, init);
      const schema = resolved(responses[plain.status] ?? responses.default)?.content?.["application/json"]?.schema;
      const body = await json(plain);
      if (schema) assertSatisfies(schema, body, `${id}, ${plain.status}`);
      assert.ok(plain.status < 500, `${id}: ${plain.status}`);

      const preferred = await fetch(space + path, { ...init, headers: { ...init.headers, prefer: "code=418" } });
      assert.equal(preferred.status, 418, `${id} with Prefer`);

      const rule = { name: "gone", when: { operation: id }, respond: { error: 503 } };
      const added = await fetch(`${space}/_mock/rules`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(rule) });
      assert.ok(added.ok, `${id}: ${await added.text()}`);
      const ruled = await fetch(space + path, init);
      assert.equal(ruled.status, 503, `${id} with a rule`);

      const entry = await (await fetch(`${space}/_mock/requests/${ruled.headers.get("x-apideck-request-id")}`)).json();
      assert.equal(entry.operation, id);
      assert.match(entry.rule, /gone/);
    }
  });

  test("every error of the catalogue", async () => {
    const { errors } = await (await fetch(`${url}/_mock/errors`)).json();
    assert.ok(errors.length > 20);
    for (const each of errors) {
      assertSatisfies(contract.components.schemas.Error, each.body, each.type_name);
      assert.equal(each.body.status_code, each.status, each.type_name);
      assert.equal(each.body.ref, `https://developers.apideck.com/errors#${each.type_name.toLowerCase()}`);
    }
  });
});
