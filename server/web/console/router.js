// Every view is a link: #/rules/rule-1?f=status:4xx&r=<opened request>&s=<its space>&all=1

import { enc, space } from "./api.js";

const parts = () => {
  const [, path, query] = /^#?([^?]*)\??(.*)$/s.exec(location.hash);
  return [path, new URLSearchParams(query)];
};
const decoded = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

export function here() {
  const [path, words] = parts(), [, view, ...rest] = path.split("/").map(decoded);
  return { view: view || "requests", rest, filter: words.get("f") ?? "", all: words.has("all"), id: words.get("r"), of: words.get("s") ?? space };
}

// The link to a view; what `changes` does not name stays.
export function to(view, changes = {}, ...rest) {
  const [, words] = parts();
  for (const [key, value] of Object.entries(changes)) value ? words.set(key, value) : words.delete(key);
  return `#/${[view, ...rest].map(enc).join("/")}?${words}`;
}
export const same = (changes) => to(here().view, changes, ...here().rest);
export const go = (link) => (location.hash = link);
export const opened = ({ id, space: of = space }) => to("requests", { r: id, s: of === space ? "" : of });
