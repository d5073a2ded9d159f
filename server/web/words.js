// What the page says, in the language that vault-js asks for. Texts are written in English where they are used; a
// language maps them to its own. Pure, but for speak().

export const languages = { en: "English", de: "Deutsch", es: "Español", fr: "Français", nl: "Nederlands" };

let words = {};

// "Connect {name}" in the language of speak(), with its values.
export const t = (text, values = {}) => (words[text] ?? text).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

let asked = 0;

// An unknown language is English. Of several at once the last one is spoken, whichever comes first.
export async function speak(locale) {
  const turn = ++asked;
  const language = Object.hasOwn(languages, locale) ? locale : "en";
  const found = language === "en" ? {} : (await import(`./words-${language}.js`)).words;
  if (turn !== asked) return;
  words = found;
  document.documentElement.lang = language;
}
