// status:4xx consumer:acme rule:"free tier" -method:GET any other text
//
// A word with a key must be in that part of the request, a word without one anywhere; a minus turns it round.

const parts = {
  status: (entry, value) => new RegExp(`^${value.replace(/[^\dx]/g, "").replaceAll("x", "\\d")}`).test(entry.status),
  consumer: (entry, value) => has(entry.consumer_id, value),
  operation: (entry, value) => has(entry.operation, value),
  rule: (entry, value) => has(entry.rule, value),
  method: (entry, value) => has(entry.method, value),
  path: (entry, value) => has(entry.path, value),
  by: (entry, value) => has(entry.kind, value) || has(entry.decided_by, value),
  space: (entry, value) => has(entry.space, value),
};
export const keys = Object.keys(parts);
const has = (text, value) => (text ?? "").toLowerCase().includes(value);
const anywhere = (entry, value) => ["path", "consumer_id", "operation", "rule", "id", "decided_by"].some((key) => has(entry[key], value));

// → [{ key, value, not }]
export function read(text) {
  return [...text.matchAll(/(-?)(?:([a-z_]+):)?("[^"]*"?|\S+)/gi)].map(([all, minus, key, value]) => {
    const name = keys.find((known) => key && known.startsWith(key.toLowerCase().replace(/_id$/, "")));
    const word = (key && !name ? all.slice(minus.length) : value).replaceAll('"', "").toLowerCase();
    return { key: name, value: word, not: minus === "-" };
  }).filter(({ value }) => value);
}

export const matches = (words, entry) => words.every(({ key, value, not }) => (key ? parts[key] : anywhere)(entry, value) !== not);

// What the mock itself can look for, so that older requests are found: never less than what matches.
export function asked(words) {
  const query = new URLSearchParams();
  for (const { key, value, not } of words) {
    if (not) continue;
    if (key === "status" && /^\d(xx|\d\d)$/.test(value)) query.set("status", value);
    else if (!["status", "by", "method", "space"].includes(key) && !query.has("text")) query.set("text", value);
  }
  return query.size ? `&${query}` : "";
}
