// Every text of Vault in a frame is there in every language that vault-js can ask for. That the page shows no other is seen
// in a browser: pages/languages.js.

import assert from "node:assert/strict";
import test from "node:test";
import { languages } from "../../server/web/words.js";
import { modules, texts, textsIn, untranslated, untranslatedIn } from "./support/texts.js";

const placeholders = (text) => (text.match(/\{\w+\}/g) ?? []).sort();

test("the texts are found", () => {
  for (const name of ["vault-js.js", "api.js", "consumer.js", "endings.js", "watch.js"]) assert.ok(modules.includes(name), name);
  for (const text of ["Connect {name}", "Not finished", "This session was revoked"]) assert.ok(texts.has(text), text);
  assert.ok(texts.size > 80);
});

test("a text that does not go through t() is found, and a comment or a class is not", () => {
  const source = 'element("p", { class: "icon large", "aria-label": "Signed in as" }, `Status ${status}`, t("Close"), t("A {b}", { b: "it broke off." })); // "Not this"';
  assert.deepEqual(untranslatedIn(source), ["Signed in as", "Status ${status}", "it broke off."]);
  assert.deepEqual(textsIn(source), ["Close", "A {b}"]);
});

// Names, not words: the product's where the theme has none, a key, and a header's value.
const names = new Set(["vault-js.js: Vault", "vault-js.js: Escape", "api.js: Bearer ${token}"]);

test("every text of the frame goes through t()", () => {
  const own = new Set(Object.values(languages).map((name) => `words.js: ${name}`));
  assert.deepEqual(untranslated.filter((each) => !own.has(each)).sort(), [...names].sort());
});

for (const language of Object.keys(languages).filter((id) => id !== "en")) {
  test(`${languages[language]} has them all, and no other`, async () => {
    const { words } = await import(`../../server/web/words-${language}.js`);
    assert.deepEqual(Object.keys(words).sort(), [...texts].sort());
    for (const [text, own] of Object.entries(words)) assert.deepEqual(placeholders(own), placeholders(text), text);
  });
}
