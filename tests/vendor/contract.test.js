// The project's own document beside the vendor's, field by field: as strict with requests, as strict with answers.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { start } from "../support/program.js";
import { looser } from "./compare.js";
import { different } from "./differences.js";
import { operationsOf, vendorsDocument, withVendorsFile } from "./documents.js";

let own;
before(async () => {
  const { url } = await start();
  own = await (await fetch(`${url}/_mock/openapi.json`)).json();
});

const schemaOf = (document, holder, type = "application/json") => ({ document, schema: holder.content[type].schema });
const isReadOnly = (schema) => schema.readOnly === true;
const named = (words, list) => list.map((each) => `${words} ${each}`);

function* parameterDifferences(mine, theirs) {
  const find = (list, { name, in: place }) => list.find((each) => each.in === place && each.name.toLowerCase() === name.toLowerCase());
  for (const theirOwn of theirs.parameters) {
    const ours = find(mine.parameters, theirOwn);
    const what = `parameter ${theirOwn.name}`;
    if (!ours) {
      yield `${what}: is missing`;
      continue;
    }
    if (Boolean(ours.required) !== Boolean(theirOwn.required)) yield `${what}: required ${Boolean(ours.required)} where it is ${Boolean(theirOwn.required)}`;
    if (theirOwn.style && ours.style !== theirOwn.style) yield `${what}: style ${ours.style} where it is ${theirOwn.style}`;
    const [a, b] = [{ document: own, schema: ours.schema }, { document: vendorsDocument, schema: theirOwn.schema }];
    yield* named(`${what} looser`, looser(a, b));
    yield* named(`${what} stricter`, looser(b, a));
  }
  for (const ours of mine.parameters) if (!find(theirs.parameters, ours)) yield `parameter ${ours.name}: is one of ours alone`;
}

function* bodyDifferences(mine, theirs) {
  if (!mine.body !== !theirs.body) yield `body: ${mine.body ? "is one of ours alone" : "is missing"}`;
  if (!mine.body || !theirs.body) return;
  if (Boolean(mine.body.required) !== Boolean(theirs.body.required)) yield `body: required ${Boolean(mine.body.required)}`;
  const [a, b] = [schemaOf(own, mine.body), schemaOf(vendorsDocument, theirs.body)];
  yield* named("body looser", looser(a, b, { isIgnored: isReadOnly }));
  yield* named("body stricter", looser(b, a));
}

function* answerDifferences(mine, theirs) {
  const statuses = (operation) => Object.keys(operation.responses).filter((status) => status !== "default");
  for (const status of statuses(theirs)) if (!mine.responses[status]) yield `answer ${status}: is missing`;
  for (const status of statuses(mine)) if (!theirs.responses[status]) yield `answer ${status}: is one of ours alone`;
  for (const [status, response] of Object.entries(theirs.responses)) {
    const ours = mine.responses[status];
    if (!ours) continue;
    for (const type of Object.keys(response.content ?? {})) {
      if (!ours.content?.[type]) yield `answer ${status}: ${type} is missing`;
      else yield* named(`answer ${status} looser`, looser(schemaOf(own, ours, type), schemaOf(vendorsDocument, response, type)));
    }
  }
}

describe("the contract and the vendor's description", withVendorsFile, () => {
  test("have the same operations", () => {
    const listed = (document) =>
      [...operationsOf(document)].filter(({ path }) => path.startsWith("/vault/")).map(({ path, method, id }) => `${method} ${path} ${id}`).sort();
    assert.deepEqual(listed(own), listed(vendorsDocument));
  });

  test("differ in nothing but what is listed with its reason", (t) => {
    const mine = new Map([...operationsOf(own)].map((each) => [each.id, each]));
    const used = new Set();
    const found = [];
    let accepted = 0;
    for (const theirs of operationsOf(vendorsDocument)) {
      const ours = mine.get(theirs.id);
      if (!ours) continue;
      for (const compare of [parameterDifferences, bodyDifferences, answerDifferences])
        for (const difference of compare(ours, theirs)) {
          const words = `${theirs.id} ${difference}`;
          const reason = different.find(({ difference: pattern }) => pattern.test(words));
          if (reason) used.add(reason), ++accepted;
          else found.push(words);
        }
    }
    t.diagnostic(`${accepted} differences for ${used.size} reasons`);
    assert.deepEqual(found, []);
    assert.deepEqual(different.filter((each) => !used.has(each)), [], "reasons for nothing");
  });
});
