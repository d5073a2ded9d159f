// status:4xx consumer:acme rule:"free tier" -method:GET any other text; a minus turns a word round.

const parts = { status: "status", consumer: "consumer_id", operation: "operation", rule: "rule", method: "method", path: "path", by: "kind", space: "space" };

// → [{ key, value, not }]
export const read = (text) => [...text.matchAll(/(-?)(?:(\w+):)?("[^"]*"?|\S+)/g)].map(([all, minus, name, value]) => {
  const key = name && Object.keys(parts).find((part) => name.startsWith(part));
  return { key, value: (name && !key ? all : value).replaceAll('"', "").toLowerCase(), not: minus > "" };
});

const is = (entry, key, value) => key === "status" ? [...value].every((digit, i) => digit === "x" || digit === `${entry.status}`[i])
  : (key ? [parts[key]] : ["path", "consumer_id", "operation", "rule", "id"]).some((part) => `${entry[part] ?? ""}`.toLowerCase().includes(value));
export const matches = (words, entry) => words.every(({ key, value, not }) => is(entry, key, value) !== not);

// What the mock itself looks for, so that older requests are found: never less than what matches.
export const asked = (words) => words.map(({ key, value, not }) => not || !value ? "" : key === "status" ? /^\d(xx|\d\d)$/.test(value) && `&status=${value}` : !/by|method|space/.test(key) && `&text=${encodeURIComponent(value)}`).filter(Boolean).slice(0, 1).join("");
