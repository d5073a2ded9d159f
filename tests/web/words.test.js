// Every text of the page is there in every language that vault-js can ask for.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { languages } from "../../server/web/words.js";

const folder = fileURLToPath(new URL("../../server/web/", import.meta.url));
const sources = readdirSync(folder).filter((name) => name.endsWith(".js") && !name.startsWith("words"));

// What stands in t("…"), and in the tables whose texts go through t().
function textsOf(name) {
  const source = readFileSync(join(folder, name), "utf8");
  const called = [...source.matchAll(/\bt\("((?:[^"\\]|\\.)*)"/g)].map(([, text]) => text);
  const tables = { "list.js": /^ {2}\w+: "(.+)",$/gm, "endings.js": /"((?:This|Sessions|Whoever|The) [^"]*)"/g };
  return [...called, ...(tables[name] ? [...source.matchAll(tables[name])].map(([, text]) => text) : [])];
}
const texts = new Set(sources.flatMap(textsOf));
const placeholders = (text) => (text.match(/\{\w+\}/g) ?? []).sort();

test("the texts are found", () => {
  for (const text of ["Connect {name}", "Not finished", "This session was revoked"]) assert.ok(texts.has(text), text);
  assert.ok(texts.size > 80);
});

for (const language of Object.keys(languages).filter((id) => id !== "en")) {
  test(`${languages[language]} has them all, and no other`, async () => {
    const { words } = await import(`../../server/web/words-${language}.js`);
    assert.deepEqual(Object.keys(words).sort(), [...texts].sort());
    for (const [text, own] of Object.entries(words)) assert.deepEqual(placeholders(own), placeholders(text), text);
  });
}
