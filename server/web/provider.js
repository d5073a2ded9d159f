// The page of a provider that is none: it allows, denies or fails as the user picks.

import { root } from "./api.js";
import { readToken } from "./claims.js";
import { element } from "./element.js";

const endings = {
  done: ["Done", "You can close this window."],
  access_denied: ["Access was denied", "Nothing was changed. You can close this window."],
  server_error: ["The provider failed", "The connection has to be authorised again. You can close this window."],
  broken: ["This link is broken", "Its state is not one that this mock handed out in this space. Begin again from the app."],
  unsafe: ["Not redirected", "The redirect_uri is no http(s) address and no app's own scheme. The answer was noted all the same. You can close this window."],
};

const { state } = document.documentElement.dataset;
const query = new URLSearchParams(location.search);
const page = document.getElementById("page");

function show(title, ...content) {
  document.title = title;
  page.replaceChildren(element("main", { class: "ending", id: "main" }, element("h1", { tabindex: -1 }, title), ...content),
    element("footer", { class: "foot" }, element("p", {}, "This is Vault Mock, a stand-in: nothing here reaches a real service.")));
}

function answer(result) {
  const target = new URL("vault/callback", root);
  for (const name of ["state", "redirect_uri"]) if (query.has(name)) target.searchParams.set(name, query.get(name));
  for (const [name, value] of Object.entries(result)) target.searchParams.set(name, value);
  return target.href;
}

if (state === "ask") {
  const claims = readToken(query.get("state") ?? "") ?? {};
  const name = typeof claims.name === "string" ? claims.name : "The provider";
  const choice = (text, result, className) => element("a", { class: `button ${className}`, href: answer(result) }, text);
  show(`${name}: allow access?`,
    element("p", {}, `Here ${name} would ask who you are and whether the app may use your data. Pick its answer.`),
    element("div", { class: "actions" },
      choice("Allow", { code: "mock-code" }, "primary"),
      choice("Deny", { error: "access_denied" }, ""),
      choice("Fail", { error: "server_error" }, "")));
} else {
  const [title, text] = endings[state] ?? endings.broken;
  show(title, element("p", {}, text));
  if (state === "done" && window.opener) window.close();
}
