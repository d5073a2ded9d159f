// status:4xx consumer:acme rule:"free tier" -method:GET any other text
//
// A word with a key must be in that part of a request, another one anywhere; a minus turns it round.

const parts = { status: "status", consumer: "consumer_id", operation: "operation", rule: "rule", method: "method", path: "path", by: "kind", space: "space" };
const anywhere = ["path", "consumer_id", "operation", "rule", "id"];

// → [{ key, value, not }]
export const read = (text) => [...text.matchAll(/(-?)(?:(\w+):)?("[^"]*"?|\S+)/g)].map(([all, minus, key, value]) => {
  const known = key && Object.keys(parts).find((part) => part.startsWith(key.toLowerCase().replace("_id", "")));
  return { key: known, value: (key && !known ? all : value).replaceAll('"', "").toLowerCase(), not: minus > "" };
});

const is = (entry, key, value) => key === "status" ? [...value].every((digit, i) => digit === "x" || digit === `${entry.status}`[i])
  : (key ? [parts[key]] : anywhere).some((part) => `${entry[part] ?? ""}`.toLowerCase().includes(value));
export const matches = (words, entry) => words.every(({ key, value, not }) => is(entry, key, value) !== not);

// What the mock itself looks for, so that older requests are found: never less than what matches.
export function asked(words) {
  const query = new URLSearchParams();
  for (const { key, value, not } of words)
    if (key === "status") /^\d(xx|\d\d)$/.test(value) && !not && query.set("status", value);
    else if (!not && value && !/by|method|space/.test(key)) query.set("text", value);
  return `&${query}`;
}
