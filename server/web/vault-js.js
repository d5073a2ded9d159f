// Vault in a frame, for @apideck/vault-js (observed in its source, 1.8.1): says "on-ready" to the app's page, gets the
// options of ApideckVault.open() from it, tells it of changes, and says "on-close" at the end.

import { apiOf, root } from "./api.js";
import { takeFailures } from "./attempts.js";
import { readClaims, readToken, webUrl } from "./claims.js";
import { wear } from "./colours.js";
import { consumerCard } from "./consumer.js";
import { drawing, element, hush } from "./element.js";
import { endingOf } from "./endings.js";
import { routes } from "./routes.js";
import { viewsIn } from "./views.js";
import { watchSession } from "./watch.js";
import { languages, speak, t } from "./words.js";

const page = document.getElementById("page");
const app = window.parent === window ? null : window.parent;
const tell = (message) => app?.postMessage(message, "*"); // to whoever framed it, as the vendor's does
const text = (value) => (typeof value === "string" ? value : "");

let watch = null;
let turn = 0; // of open() and close(): the last one counts, however long the one before takes

function close() {
  ++turn;
  watch?.stop();
  page.replaceChildren();
  tell("on-close");
}

function dialogOf(context, main) {
  const { options, claims, title } = context;
  const button = element("button", { type: "button", class: "close", "aria-label": t("Close"), on: { click: close } }, drawing("close"));
  const pick = (event) => open({ ...options, locale: event.target.value }, context.route);
  const languageSwitch = options.showLanguageSwitch === true
    ? element("label", { class: "language" }, element("span", { class: "unseen" }, t("Language")),
      element("select", { on: { change: pick } },
        Object.entries(languages).map(([id, name]) => element("option", { value: id, lang: id, selected: id === document.documentElement.lang }, name))))
    : null;
  const consumer = options.showConsumer === true ? consumerCard(context) : null;
  return element("div", { class: "dialog", role: "dialog", "aria-modal": "true", "aria-label": title },
    element("div", { class: "bar-above" }, element("strong", {}, title), button),
    claims.sandbox ? element("p", { class: "banner", role: "note" }, t("Sandbox: what you connect here is for testing.")) : null,
    main, consumer || languageSwitch ? element("footer", { class: "below" }, consumer, languageSwitch) : null);
}

// What lies outside of the dialog closes it, as Escape does.
function put(dialog, options) {
  const powered = options.showAttribution === false ? null : element("p", { class: "powered" }, t("Powered by Vault Mock, a stand-in for Apideck Vault"));
  const backdrop = element("div", { class: "backdrop", on: { click: (event) => event.target === backdrop && close() } }, dialog, powered);
  page.replaceChildren(backdrop);
}

async function open(options, route) {
  watch?.stop();
  hush();
  const own = ++turn;
  await speak(options.locale);
  if (own !== turn) return;
  const token = text(options.token);
  const plainClaims = readToken(token);
  const claims = readClaims(plainClaims ?? {});
  const title = claims.theme.name || "Vault";
  // Without unifyBaseUrl the API is that of the mock which served this page.
  const context = { claims, options, api: apiOf(token, webUrl(options.unifyBaseUrl) ?? root), images: false, title, traces: false };
  context.isSingle = Boolean(text(options.unifiedApi) && text(options.serviceId));
  wear(claims.theme);

  const end = (kind, error) => {
    hush();
    const ended = endingOf(kind, { error, way: element("button", { type: "button", class: "primary", on: { click: close } }, t("Close")) });
    put(dialogOf(context, ended), options);
    page.querySelector("h1").focus();
  };
  if (plainClaims === null) return end("broken");

  const main = element("main", { id: "main", tabindex: -1 });
  put(dialogOf(context, main), options);
  watch = watchSession({ api: context.api, expiresAt: claims.expiresAt, clock: element("span"), end });
  takeFailures(context, watch, end);
  context.changed = (connection) => tell({ type: "on-connection-change", data: connection });
  context.deleted = (connection) => tell({ type: "on-connection-delete", data: connection });

  const show = viewsIn(main, context, routes(context));
  const only = context.isSingle ? [options.unifiedApi, options.serviceId].map(encodeURIComponent).join("/") : "";
  context.go = (next) => {
    context.route = context.isSingle ? only : next;
    return show(context.route);
  };
  // Not by the address: what the user does here does not belong in the history of the app's page.
  main.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href^='#/']");
    if (!link) return;
    event.preventDefault();
    context.go(link.getAttribute("href").slice(2));
  });
  await context.go(route ?? only);
}

addEventListener("message", ({ source, data }) => {
  if (source !== app || data === null || typeof data !== "object") return;
  if (data.type === "close") close();
  else if ("token" in data) open(data);
});
addEventListener("keydown", (event) => event.key === "Escape" && !document.querySelector("dialog[open]") && close());

if (app) tell("on-ready");
else {
  await speak(navigator.language.slice(0, 2));
  page.replaceChildren(element("p", { class: "notice" }, t("This page is for @apideck/vault-js, which shows it in a frame and sends it a session token.")));
}
