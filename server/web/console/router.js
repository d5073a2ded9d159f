// Every view is a link: #/rules?f=status:4xx&r=<id of the opened request>&s=<its space>&all=1

import { space } from "./api.js";

const decoded = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

function parts() {
  const mark = location.hash.indexOf("?");
  const path = mark < 0 ? location.hash : location.hash.slice(0, mark);
  return [path, new URLSearchParams(mark < 0 ? "" : location.hash.slice(mark + 1))];
}

// → { view, rest, filter, all, id, of }
export function here() {
  const [path, words] = parts();
  const [, view, ...rest] = path.split("/").map(decoded);
  return { view: view || "requests", rest, filter: words.get("f") ?? "", all: words.has("all"), id: words.get("r"), of: words.get("s") ?? space };
}

// The link to a view; what is not changed stays. to("rules"), to("requests", { r: id })
export function to(view, changes = {}, ...rest) {
  const [, words] = parts();
  for (const [key, value] of Object.entries(changes)) value ? words.set(key, value) : words.delete(key);
  const query = words.toString();
  return `#/${[view, ...rest].map(encodeURIComponent).join("/")}${query ? `?${query}` : ""}`;
}

export const go = (link) => (location.hash = link);
export const opened = (entry) => to("requests", { r: entry.id, s: entry.space && entry.space !== space ? entry.space : "" });
