// The hosted page of a session: what it shows is the token's to say, what it does goes to the API of the same space.

import { apiOf } from "./api.js";
import { takeFailures } from "./attempts.js";
import { plainReturnUrl, readClaims, readToken, safeUrl } from "./claims.js";
import { wear } from "./colours.js";
import { element, hush } from "./element.js";
import { endingOf } from "./endings.js";
import { footer, frame } from "./frame.js";
import { routeIn, routes, tokenIn } from "./routes.js";
import { viewsIn } from "./views.js";
import { watchSession } from "./watch.js";

const said = document.documentElement.dataset; // by the server: state, now, images, request
const page = document.getElementById("page");
const token = tokenIn(location);

// Where the browser came from, when no redirect_uri says where the app is. Kept while it goes to a provider and back.
function referrer() {
  const isOther = document.referrer !== "" && new URL(document.referrer).origin !== location.origin;
  try {
    if (isOther) sessionStorage.setItem("referrer", document.referrer);
    return sessionStorage.getItem("referrer");
  } catch {
    return isOther ? document.referrer : null; // storage is off
  }
}
const wayBack = (claims) => plainReturnUrl(claims) ?? safeUrl(referrer());

function end(kind, error) {
  hush();
  const claims = kind === "broken" ? null : readToken(token);
  const back = claims ? wayBack(claims) : null;
  if (claims) wear(readClaims(claims).theme);
  page.replaceChildren(
    endingOf(kind, { error, way: back ? element("a", { class: "button primary", href: back }, "Back to the app") : null }),
    footer({ request: said.request }));
  if (end.wasOpen) page.querySelector("h1").focus();
}

function start(token, plainClaims) {
  const claims = readClaims(plainClaims);
  end.wasOpen = true;
  const context = { claims, api: apiOf(token), images: said.images === "all", title: claims.theme.name || "Vault", back: wayBack(plainClaims), traces: true, isSingle: claims.isolated };
  const main = element("main", { id: "main", tabindex: -1 });
  const clock = element("span", { class: "clock" });
  page.replaceChildren(...frame(context, main, clock, said));
  wear(claims.theme);
  if (context.images && claims.theme.favicon) document.querySelector("link[rel=icon]").href = claims.theme.favicon;

  const watch = watchSession({ api: context.api, expiresAt: claims.expiresAt, clock, now: Number(said.now), end });
  takeFailures(context, watch, end);
  context.go = (route) => (location.hash = `#/${route}`);

  const show = viewsIn(main, context, routes(context));
  const follow = (options) => {
    const route = routeIn(location);
    for (const link of document.querySelectorAll("nav a")) {
      const current = link.hash === "#/logs" ? route === "logs" : route !== "logs";
      if (current) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    return show(route, options);
  };
  addEventListener("hashchange", () => follow());
  return follow({ focus: false });
}

const claims = said.state === "active" ? readToken(token) : null;
if (claims) start(token, claims);
else end(said.state === "active" ? "broken" : said.state);
