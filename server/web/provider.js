// The page of the fake provider: it allows, denies or fails as the user picks.

import { root } from "./api.js";
import { readToken } from "./claims.js";
import { drawing, element, ending, picture } from "./element.js";
import { footer } from "./frame.js";

const endings = {
  disconnected: ["tick", "Disconnected", "The app can no longer use the connection. You can close this window."],
  broken: ["broken", "This link is broken", "Its state is not one that this mock handed out in this space. Begin again from the app."],
  unsafe: ["alert", "Not redirected", "The redirect_uri is neither an http(s) address nor one of an app's own scheme. Nothing was changed. You can close this window."],
  incomplete: ["broken", "This link is not complete", "It lacks something that the API asks for."],
};

const { state, icon, message, request } = document.documentElement.dataset; // said by the server
const query = new URLSearchParams(location.search);
const page = document.getElementById("page");

function show(mark, title, ...content) {
  page.replaceChildren(ending(mark, title, ...content), footer({ request }));
}

function answer(result) {
  const target = new URL("vault/callback", root);
  target.searchParams.set("state", query.get("state"));
  for (const [name, value] of Object.entries(result)) target.searchParams.set(name, value);
  return target.href;
}

if (state === "ask") {
  const claims = readToken(query.get("state") ?? "") ?? {};
  const name = typeof claims.name === "string" ? claims.name : "The provider";
  const choices = [
    ["Allow", { code: "mock-code" }, "primary", "The connection works."],
    ["Deny", { error: "access_denied", error_description: `Access to ${name} was denied` }, "", "Nothing changes."],
    ["Fail", { error: "server_error", error_description: `${name} is out of order` }, "", "As if the provider were out of order."],
  ];
  show(picture(icon, name, "icon large"), `${name}: allow access?`,
    element("p", {}, `Here ${name} would ask who you are and whether the app may use your data. Pick its answer.`),
    typeof claims.scope === "string" ? element("p", { class: "hint" }, `Asked for: ${claims.scope.split(" ").join(", ")}`) : null,
    element("ul", { class: "choices" }, choices.map(([text, result, className, meaning]) => element("li", {},
      element("a", { class: `button ${className}`, href: answer(result) }, text), element("span", { class: "hint" }, meaning)))));
} else {
  const [mark, title, text] = endings[state] ?? endings.broken;
  show(drawing(mark, "mark"), title, element("p", {}, text), message ? element("p", { class: "hint" }, message) : null);
}
