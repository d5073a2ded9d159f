// The filter's words mean what they mean to GET /_mock/requests (site/request_filter.cpp).

export const keys = ["status", "consumer", "operation", "rule", "method", "kind"];
const word = new RegExp(`(-?)(?:(text|${keys.join("|")}):)?((?:"[^"]*"?|[^\\s"])*)`, "g");
const lower = (text) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

// status:4xx consumer:acme rule:"free tier" -method:GET other text → [{ name, value, not }]
export const read = (text) => [...text.matchAll(word)].flatMap(([, not, name = "text", value]) =>
  value ? { name: name.replace("consumer", "consumer_id"), value: value.replaceAll('"', ""), not } : []);

const is = (entry, name, value) =>
  name === "text" ? ["path", "consumer_id", "operation", "rule", "id"].some((part) => lower(entry[part]).includes(lower(value)))
  : name === "status" ? [...value].every((digit, i) => digit === "x" || digit === `${entry.status}`[i])
  : entry[name] === value || (name === "rule" && entry.rule.replace(/^[^#]*#/, "") === value);
export const matches = (words, entry) => words.every(({ name, value, not }) => is(entry, name, value) === !not);

// What the mock takes: one of each name, any number of texts.
const taken = { status: /^[1-5](xx|\d\d)$/, kind: /^(operation|rule|prefer|magic|contract|authentication|advice|routing|preflight)$/ };
export function query(words) {
  const found = new URLSearchParams();
  for (const { name, value, not } of words)
    if (!not && (name === "text" || !found.has(name)) && taken[name]?.test(value) !== false) found.append(name, value);
  return found;
}
