// Every answer of the program, before the vendor's description and before the project's own.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { start } from "../support/program.js";
import { operationsOf, vendorsDocument, withVendorsFile } from "./documents.js";
import { playAll, Player } from "./exchanges.js";
import { Judge } from "./judge.js";

let own, player, states;
before(async () => {
  const { url } = await start();
  own = await (await fetch(`${url}/_mock/openapi.json`)).json();
  player = new Player(url);
  states = await playAll(player, own);
});

const isVaults = ({ path, accept }) => path.startsWith("/vault/") && accept === undefined; // pages are the mock's own
const isDescribed = ({ path }) => !path.startsWith("/_mock/"); // by the project's own document: the API, and the pages

// The violations of all exchanges, each once, with how often it was seen and in which.
function violationsBy(document, counts) {
  const judge = new Judge(document);
  const found = new Map();
  for (const exchange of player.exchanges.filter(counts)) {
    const { id, violations } = judge.judge(exchange);
    for (const violation of violations) {
      const words = `${id} ${exchange.status}: ${violation.replace(/\/\d+(?=\/|$| )/g, "/…")}`;
      const known = found.get(words) ?? { count: 0, example: `${exchange.method} ${exchange.path} ${exchange.state}` };
      found.set(words, { ...known, count: known.count + 1 });
    }
  }
  return [...found].map(([words, { count, example }]) => `${count} × ${words} (${example})`);
}

describe("answers", () => {
  test("are there for every operation, in every state, 300 and more", (t) => {
    const judge = new Judge(own);
    const pairs = new Set(player.exchanges.map(({ method, path, status }) => `${judge.operation(method, path)?.id} ${status}`));
    t.diagnostic(`${player.exchanges.length} exchanges, ${pairs.size} pairs of operation and status`);
    assert.ok(player.exchanges.length >= 300, `${player.exchanges.length}`);
    for (const { id, path } of operationsOf(own)) {
      if (!path.startsWith("/vault/")) continue;
      assert.ok([...pairs].some((pair) => pair.startsWith(`${id} 2`) || pair.startsWith(`${id} 3`)), `${id} never succeeded: ${[...pairs].filter((pair) => pair.startsWith(`${id} `))}`);
      assert.ok([...pairs].some((pair) => pair.startsWith(`${id} 4`)), `${id} never refused`);
    }
    for (const state of ["available", "added", "authorized", "callable", "invalid"]) assert.ok(states.has(state), state);
  });

  test("are there for every page, with every status that is declared", () => {
    const judge = new Judge(own);
    const pages = player.exchanges.filter(({ type }) => type === "text/html");
    const seen = new Set(pages.map(({ method, path, status }) => `${judge.operation(method, path)?.id} ${status}`));
    const declared = [...operationsOf(own)].flatMap(({ id, responses }) =>
      Object.entries(responses).filter(([, { content }]) => content?.["text/html"]).map(([status]) => `${id} ${status}`));
    assert.ok(declared.length >= 10, declared.join());
    assert.deepEqual(declared.filter((pair) => !seen.has(pair)), []);
    for (const { path, body } of pages) assert.match(body, /^<!doctype html>\n<html lang="en"[^]*<title>.+<\/title>[^]*<\/html>\n$/, path);
  });

  test("satisfy the contract that the program serves", () => assert.deepEqual(violationsBy(own, isDescribed), []));

  test("satisfy the vendor's description", withVendorsFile, () => assert.deepEqual(violationsBy(vendorsDocument, isVaults), []));
});
