// status:4xx consumer:acme rule:"free tier" -method:GET any other text
//
// A word with a key must be in that part of a request, another one anywhere; a minus turns it round.

const parts = { status: "status", consumer: "consumer_id", operation: "operation", rule: "rule", method: "method", path: "path", by: "kind", space: "space" };
const anywhere = ["path", "consumer_id", "operation", "rule", "id", "decided_by"];

// → [{ key, value, not }]
export const read = (text) => [...text.matchAll(/(-?)(?:(\w+):)?("[^"]*"?|\S+)/g)].map(([all, minus, key = "", value]) => {
  const known = Object.keys(parts).find((part) => part.startsWith(key.toLowerCase().replace("_id", "")) && key);
  return { key: known, value: (key && !known ? all : value).replaceAll('"', "").toLowerCase(), not: minus > "" };
}).filter(({ value }) => value);

const has = (text, value) => `${text ?? ""}`.toLowerCase().includes(value);
const is = (entry, key, value) =>
  key === "status" ? [...value].every((digit, i) => digit === "x" || digit === `${entry.status}`[i]) : key ? has(entry[parts[key]], value) : anywhere.some((part) => has(entry[part], value));
export const matches = (words, entry) => words.every(({ key, value, not }) => is(entry, key, value) !== not);

// What the mock itself looks for, so that older requests are found: never less than what matches.
export function asked(words) {
  const query = new URLSearchParams();
  for (const { key, value, not } of words)
    if (not) continue;
    else if (key === "status" && /^\d(xx|\d\d)$/.test(value)) query.set("status", value);
    else if (!/^(status|by|method|space)$/.test(key)) query.set("text", value);
  return `&${query}`;
}
