// That the comparison of two schemas finds each kind of difference, and none where there is none.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { looser } from "./compare.js";

const compare = (own, other, options, components = {}) => looser({ document: { components }, schema: own }, { document: { components }, schema: other }, options);
const text = { type: "string" };
const object = (properties, more = {}) => ({ type: "object", properties, ...more });

// [what it is about, ours, theirs, what is said of it]
const differences = [
  ["no type", {}, text, ["/: any type where it is string"]],
  ["another type", { type: "integer" }, text, ["/: integer where it is string"]],
  ["a type more", { type: ["string", "null"] }, text, ["/: null where it is string"]],
  ["null in the words of OpenAPI 3.0", { type: "string", nullable: true }, text, ["/: null where it is string"]],
  ["a number for an integer", { type: "number" }, { type: "integer" }, ["/: number where it is integer"]],
  ["no values", text, { type: "string", enum: ["a", "b"] }, ["/: any value where it is one of 2"]],
  ["a value more", { enum: ["a", "c"] }, { enum: ["a", "b"] }, ["/: 'c' is not among its values"]],
  ["another constant", { const: "c" }, { enum: ["a"] }, ["/: 'c' is not among its values"]],
  ["no minimum", { type: "integer" }, { type: "integer", minimum: 1 }, ["/: minimum 1 is missing"]],
  ["a lower minimum", { minimum: 0 }, { minimum: 1 }, ["/: minimum 1 is missing"]],
  ["a higher maximum", { maximum: 300 }, { maximum: 200 }, ["/: maximum 200 is missing"]],
  ["fewer items", { minItems: 0 }, { minItems: 1 }, ["/: minItems 1 is missing"]],
  ["more items", { maxItems: 9 }, { maxItems: 3 }, ["/: maxItems 3 is missing"]],
  ["a shorter text", { minLength: 1 }, { minLength: 3 }, ["/: minLength 3 is missing"]],
  ["a longer text", {}, { maxLength: 3 }, ["/: maxLength 3 is missing"]],
  ["no format", text, { type: "string", format: "uri" }, ["/: format uri is missing"]],
  ["another pattern", { pattern: "a" }, { pattern: "b" }, ["/: pattern b is missing"]],
  ["a member that need not be there", object({ id: text }), object({ id: text }, { required: ["id"] }), ["/: 'id' is not required"]],
  ["members that nobody named", object({}), object({}, { additionalProperties: false }), ["/: it is not closed"]],
  ["a member that is not described", object({}), object({ id: text }), ["/: 'id' is not described"]],
  ["a member of ours alone", object({ id: text }, { additionalProperties: false }), object({}, { additionalProperties: false }), ["/: 'id' is one of ours alone"]],
  ["a member", object({ id: {} }), object({ id: text }), ["/id: any type where it is string"]],
  ["a member's member", object({ a: object({ b: {} }) }), object({ a: object({ b: text }) }), ["/a/b: any type where it is string"]],
  ["values of a map", { type: "object" }, { type: "object", additionalProperties: text }, ["/*: any type where it is string"]],
  ["items", { type: "array", items: {} }, { type: "array", items: text }, ["/…: any type where it is string"]],
  ["items without a word about them", { type: "array" }, { type: "array", items: text }, ["/…: any type where it is string"]],
  ["a choice more", { oneOf: [text, { type: "integer" }] }, { oneOf: [text, { type: "boolean" }] }, ["/1: integer where it is string"]],
  ["a choice of one", { type: "integer" }, { anyOf: [text, { type: "boolean" }] }, ["/0: integer where it is string"]],
  ["a choice where there is none", { anyOf: [text, { type: "integer" }] }, text, ["/1: integer where it is string"]],
];

describe("looser()", () => {
  for (const [what, own, other, said] of differences) {
    test(`finds ${what}`, () => assert.deepEqual(compare(own, other), said));
    test(`is content with a schema and itself: ${what}`, () => {
      assert.deepEqual(compare(own, own), []);
      assert.deepEqual(compare(other, other), []);
    });
  }

  test("lets ours be stricter", () => {
    const strict = object({ id: { type: "string", enum: ["a"], maxLength: 1 } }, { required: ["id"], additionalProperties: false });
    assert.deepEqual(compare(strict, object({ id: { type: ["string", "null"], enum: ["a", "b"], maxLength: 2 }, other: text })), []);
    assert.deepEqual(compare({ type: "integer", minimum: 2, maximum: 3 }, { type: "number", minimum: 1, maximum: 4 }), []);
    assert.deepEqual(compare(text, { oneOf: [{ type: "integer" }, text] }), []);
  });

  test("follows references, in each document its own", () => {
    const ours = { document: { components: { schemas: { Id: { type: "integer" } } } }, schema: object({ id: { $ref: "#/components/schemas/Id" } }) };
    const theirs = { document: { components: { schemas: { Name: text } } }, schema: object({ id: { $ref: "#/components/schemas/Name" } }) };
    assert.deepEqual(looser(ours, theirs), ["/id: integer where it is string"]);
    assert.deepEqual(looser(theirs, ours), ["/id: string where it is integer"]);
    assert.throws(() => looser(ours, { ...theirs, document: {} }), /#\/components\/schemas\/Name leads nowhere/);
  });

  test("passes over the members that do not count, required or not", () => {
    const isIgnored = ({ readOnly }) => readOnly === true;
    const other = object({ id: { type: "string", readOnly: true }, name: text }, { required: ["id", "name"] });
    assert.deepEqual(compare(object({}), other, { isIgnored }), ["/: 'name' is not required", "/: 'name' is not described"]);
    assert.deepEqual(compare(object({}), other).length, 4);
  });

  test("says every difference, not the first alone", () => {
    const found = compare(object({ a: {}, b: {} }), object({ a: text, b: { type: "integer", minimum: 1 } }, { required: ["a"] }));
    assert.deepEqual(found, ["/: 'a' is not required", "/a: any type where it is string", "/b: any type where it is integer", "/b: minimum 1 is missing"]);
  });
});
