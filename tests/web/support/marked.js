// Vault in a frame in a language whose every text is marked: what it shows without a mark was never translated.

import { apiName } from "../../../server/web/list.js";
import { texts } from "./texts.js";

export const marked = (text) => `‹${text}›`;

// In place of German. `globalThis.spoken` holds what the page asked for.
const module = `globalThis.spoken = new Set();
export const words = new Proxy({}, { get: (_, text) => (spoken.add(text), "‹" + text + "›") });`;

const wordsOf = (value) => (value === null || typeof value !== "object" ? [value] : Object.values(value).flatMap(wordsOf));
const namesOf = (value) => (value === null || typeof value !== "object" ? [] : Object.entries(value).flatMap(([name, inner]) => [name, ...namesOf(inner)]));
// The unified APIs and resources in an answer, which the page names by their ids.
const idsIn = (value, key = "") => {
  if (["unified_api", "configurable_resources", "resource_schema_support"].includes(key)) return wordsOf(value);
  if (key === "id") return /^[^+]*\+([^+]*)\+/.exec(value)?.slice(1) ?? []; // of a mapping: crm+contacts+birthday
  return value === null || typeof value !== "object" ? [] : Object.entries(value).flatMap(([name, inner]) => idsIn(inner, name));
};
const piecesOf = (text) => String(text).split(/[·:()←,\n]+/).map((piece) => piece.trim());

// `data`: texts that are not the page's own words. What the API answers becomes one of them.
export class MarkedLanguage {
  #data = new Set();
  #said = new Set();

  constructor(data) {
    this.#know(data);
  }

  #know(list) {
    for (const text of list) for (const piece of piecesOf(text)) this.#data.add(piece);
  }

  // Of a page that is not open yet. The frame is to be opened with the locale "de". `change(body, url)`: of what the API answers.
  async teach(page, change) {
    await page.context().route(/\/_page\/words-de\.js$/, (route) => route.fulfill({ contentType: "text/javascript", headers: { "access-control-allow-origin": "*" }, body: module }));
    await page.context().route(/\/vault\/(connections|custom-mappings)/, async (route) => {
      const answer = await route.fetch().catch(() => null);
      if (answer === null) return route.abort();
      this.#know([answer.headers()["x-apideck-request-id"] ?? ""]);
      const body = await answer.json().catch(() => null);
      if (body === null) return route.fulfill({ response: answer });
      change?.(body, route.request().url());
      this.#know([...wordsOf(body), ...idsIn(body).map(apiName)]);
      if (/\/schema$/.test(route.request().url())) this.#know(namesOf(body)); // a property's name is its label
      await route.fulfill({ response: answer, json: body });
    });
  }

  // → what a frame shows without a mark, in texts and in attributes that are read out or shown
  async unmarked(frame) {
    const { shown, spoken } = await frame.evaluate(() => {
      const found = [["title", document.title]];
      for (const node of document.querySelectorAll("body, body *:not(script, noscript, noscript *, option[lang])")) {
        for (const inner of node.childNodes) if (inner.nodeType === Node.TEXT_NODE) found.push([node.localName, inner.data]);
        for (const name of ["aria-label", "aria-description", "aria-roledescription", "title", "placeholder", "alt", "label"])
          if (node.hasAttribute(name)) found.push([`${node.localName} ${name}`, node.getAttribute(name)]);
      }
      return { shown: found, spoken: [...spoken] };
    });
    for (const text of spoken) this.#said.add(text);
    const isForeign = (text) => piecesOf(text.replaceAll(/‹[^›]*›/g, ":")).some((piece) => /\p{L}{2}/u.test(piece) && !this.#data.has(piece));
    return shown.filter(([, text]) => isForeign(text)).map(([place, text]) => `${place}: ${text}`);
  }

  // Texts of the sources that no page asked for so far.
  silent() {
    return [...texts].filter((text) => !this.#said.has(text));
  }
}
