// The texts of Vault in a frame, as they stand in the sources of its page.

import { readFileSync } from "node:fs";

const folder = new URL("../../../server/web/", import.meta.url);
const read = (name) => readFileSync(new URL(name, folder), "utf8");

// What vault-js.js imports, and what that imports. The logs are not shown in a frame.
function modulesOf(name, found = new Set()) {
  if (found.has(name) || name === "logs.js") return found;
  found.add(name);
  for (const [, other] of read(name).matchAll(/from "\.\/([\w-]+\.js)"/g)) modulesOf(other, found);
  return found;
}
export const modules = [...modulesOf("vault-js.js")];

const literal = /"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g;
const translated = /\bt\("((?:[^"\\]|\\.)*)"/g;
const withoutComments = (source) => source.replace(/^\s*\/\/.*$|(?<=[\s;,{}()])\/\/ .*$/gm, "");

// → the texts that go through t() in a source
export const textsIn = (source) => [...withoutComments(source).matchAll(translated)].map(([, text]) => text);

// → the literals of a source that read like words for people and do not go through t(): a capital before small letters, or
// words that end like a sentence
export function untranslatedIn(source) {
  const rest = withoutComments(source).replace(translated, "t(");
  const found = [...rest.matchAll(literal)].map(([whole]) => whole.slice(1, -1));
  return found.filter((text) => /^[A-Z][a-z]/.test(text) || /[a-z] .*[a-z][.:!?…]$/.test(text));
}

export const texts = new Set(modules.flatMap((name) => textsIn(read(name))));
export const untranslated = modules.flatMap((name) => untranslatedIn(read(name)).map((text) => `${name}: ${text}`));
