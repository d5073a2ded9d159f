// The words of the filter mean what they mean to GET /_mock/requests (site/request_filter.cpp). A minus turns one round.

const whole = { consumer: "consumer_id", operation: "operation", rule: "rule", method: "method", kind: "kind" };
const askable = ["status", "consumer", "operation", "rule", "text"];
const lower = (text) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

// status:4xx consumer:acme rule:"free tier" -method:GET other text → [{ name, value, not }]
export const read = (text) => [...text.matchAll(/(-?)(?:(\w+):)?("[^"]*"?|\S*)/g)].flatMap(([all, not, name = "text", value]) => {
  if (!askable.includes(name) && !whole[name]) [name, value] = ["text", all.slice(not.length)];
  return value ? { name, value: value.replaceAll('"', ""), not } : [];
});

const is = (entry, name, value) =>
  name === "text" ? ["path", "consumer_id", "operation", "rule", "id"].some((part) => lower(entry[part]).includes(lower(value)))
  : name === "status" ? [...value].every((digit, i) => digit === "x" || digit === `${entry.status}`[i])
  : entry[whole[name]] === value || (name === "rule" && entry.rule.replace(/^[^#]*#/, "") === value);
export const matches = (words, entry) => words.every(({ name, value, not }) => is(entry, name, value) === !not);

export function query(words) {
  const found = {};
  for (const { name, value, not } of words)
    if (!not && askable.includes(name) && (name !== "status" || /^[1-5](xx|\d\d)$/.test(value))) found[name === "consumer" ? whole[name] : name] ??= value;
  return new URLSearchParams(found);
}
