// What the page says, in the language that vault-js asks for. Texts are written in English where they are used; a
// language maps them to its own. Pure, but for speak().

export const languages = { en: "English", de: "Deutsch", es: "Español", fr: "Français", nl: "Nederlands" };

let words = {};

// "Connect {name}" in the language of speak(), with its values.
export const t = (text, values = {}) => (words[text] ?? text).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

// An unknown language is English. → the one that is spoken now
export async function speak(locale) {
  const language = Object.hasOwn(languages, locale) ? locale : "en";
  words = language === "en" ? {} : (await import(`./words-${language}.js`)).words;
  document.documentElement.lang = language;
  return language;
}
